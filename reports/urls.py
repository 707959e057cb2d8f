"""The read pages: overview, indicators, towns, the plan, downloads."""

from django.urls import path

from reports.views import city, downloads, indicators, plan, screen, towns

urlpatterns = [
    path("", city.overview, name="city"),
    path("revision/", screen.revision, name="revision"),
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/<slug:code>/", indicators.detail, name="indicator"),
    path("towns/", towns.index, name="towns"),
    path("towns/<slug:code>/", towns.detail, name="town"),
    path("plan/", plan.show, name="plan"),
    path("reports/", downloads.index, name="reports"),
    path("reports/<slug:name>.xlsx", downloads.workbook, name="report"),
]
