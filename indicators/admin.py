"""The administrator's pages: accounts and their roles, and nothing else; no figure can be seen or changed here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import ForeignKey, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from indicators.services.accounts import account_state, record_account_act
from towns.access import can_manage_accounts, city_of
from towns.models import Area, Membership, Unit

# Django registers its own pages for these two; rights here come from roles, not from groups.
admin.site.unregister([User, Group])


class ForAdministrators:
    """Rights by role rather than by Django's permission tables."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_manage_accounts(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_manage_accounts(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_manage_accounts(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_manage_accounts(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: who did what must stay legible. An account that is no longer used is switched off."""
        return False


class MembershipInline(ForAdministrators, admin.StackedInline):
    model = Membership
    can_delete = False
    min_num = 1
    max_num = 1

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody gives themselves another role, city or unit."""
        is_own = obj is not None and obj.pk == request.user.pk
        return ("role", "city", "unit") if is_own else ()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        city = city_of(request.user)
        if city is not None and db_field.name == "city":
            kwargs["queryset"] = Area.objects.of_city(city).cities()
        if city is not None and db_field.name == "unit":
            kwargs["queryset"] = Unit.objects.of_city(city)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(User)
class AccountAdmin(ForAdministrators, UserAdmin):
    """An account: name, password, whether it is in use, its one role. No permission tables, no superusers."""

    inlines = (MembershipInline,)
    list_display = ("username", "first_name", "email", "role", "unit", "is_active", "last_login")
    list_filter = ("membership__role", "is_active")
    list_select_related = ("membership__unit",)
    search_fields = ("username", "first_name")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("账号", {"fields": ("first_name", "email", "is_active")}),
        ("时间", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "email", "usable_password", "password1", "password2")}),
    )
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """The accounts of the administrator's own city, and those that belong to none yet."""
        city = city_of(request.user)
        if city is None:
            return User.objects.none()
        here = Q(membership__city__city_code=city.city_code)
        return super().get_queryset(request).filter(here | Q(membership__isnull=True))

    @admin.display(description="角色")
    def role(self, user: User) -> str:
        return user.membership.get_role_display() if hasattr(user, "membership") else "—"

    @admin.display(description="所在单位")
    def unit(self, user: User) -> str:
        return str(user.membership.unit or "—") if hasattr(user, "membership") else "—"

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        # As the database has it: the object holds what was typed already.
        form.state_before = account_state(User.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record_account_act(
            "变更账号" if change else "开设账号",
            form.instance,
            form.state_before,
            account_state(form.instance),
            by=request.user,
            at=timezone.now(),
        )

    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Django saves the password and logs it one after the other: here both, or neither."""
        return super().user_change_password(request, id, form_url)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        if request.resolver_match and request.resolver_match.url_name == "auth_user_password_change":
            state = account_state(obj)
            record_account_act("重设密码", obj, state, state, by=request.user, at=timezone.now())
        return super().log_change(request, obj, message)
