"""Every address of the site; each app names its own."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from zhongshan_targets import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("accounts/login/", views.SignInView.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("accounts/password/done/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("admin/login/", views.admin_sign_in),
    path("admin/", admin.site.urls),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]

handler400 = "zhongshan_targets.views.bad_request"
handler403 = "zhongshan_targets.views.permission_denied"
handler404 = "zhongshan_targets.views.page_not_found"
handler500 = "zhongshan_targets.views.server_error"
