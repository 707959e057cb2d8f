from django.apps import AppConfig


class TownsConfig(AppConfig):
    """Who and where: areas, filing units, members and what they may do."""

    name = "towns"
    verbose_name = "镇区与部门"
