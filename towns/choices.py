"""The closed lists of the who and where: roles of people and kinds of filing unit (domain.md sections 1 and 6)."""

from django.db import models


class Role(models.TextChoices):
    """What an account may do; an account has exactly one role, so that admin never meets office or auditor."""

    ADMIN = "ADMIN", "系统管理员"
    OFFICE = "OFFICE", "联席会议办公室"
    DEPARTMENT = "DEPARTMENT", "市直部门"
    TOWN = "TOWN", "镇区"
    LEADER = "LEADER", "市领导"
    AUDITOR = "AUDITOR", "审计"


class UnitKind(models.TextChoices):
    """Who files a return: a town government for its own area, or a city department for the city."""

    TOWN = "TOWN", "镇区"
    DEPARTMENT = "DEPARTMENT", "市直部门"
