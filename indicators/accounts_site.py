"""The site that serves the administrator's pages, open to the role 系统管理员 alone."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from towns.access import can_manage_accounts


class AccountsSite(AdminSite):
    """Being a superuser opens nothing here."""

    site_header = site_title = "账号管理"
    index_title = "账号与角色"
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        return can_manage_accounts(request.user)
