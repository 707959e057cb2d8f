from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Shows it: pages, charts, workbooks. Holds no facts of its own."""

    name = "reports"
    verbose_name = "图表与报表"
