from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """What was promised and what was achieved."""

    name = "indicators"
    verbose_name = "行动计划与指标"
