"""The Django admin, cut down to what this application lets it do: manage accounts."""

from django.contrib.admin.apps import AdminConfig


class AccountsAdminConfig(AdminConfig):
    """Puts our site in the place of the admin's own."""

    default_site = "indicators.accounts_site.AccountsSite"
