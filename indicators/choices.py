"""The closed lists of the figures: kinds, directions, states, lights, reasons (domain.md sections 1, 3, 4 and 5)."""

from enum import StrEnum

from django.db import models


class Kind(models.TextChoices):
    """How a figure is reported and added up."""

    FLOW = "FLOW", "年度流量"
    STOCK = "STOCK", "期末存量"
    RATE = "RATE", "比率"


class Direction(models.TextChoices):
    """Whether more or less of the figure is better."""

    HIGHER = "HIGHER", "越高越好"
    LOWER = "LOWER", "越低越好"


class Frequency(models.TextChoices):
    """How often a figure is due."""

    QUARTER = "QUARTER", "每季"
    HALF = "HALF", "每半年"
    YEAR = "YEAR", "每年"


class Listing(models.TextChoices):
    """Where the plan states the indicator: a row of its annex of targets, or the text alone (never assessed)."""

    ANNEX = "ANNEX", "附件1"
    TEXT = "TEXT", "正文"


class GoalKind(models.TextChoices):
    """What the column 我市目标 states, where it can be computed."""

    TOTAL = "TOTAL", "各年累计"
    GROWTH = "GROWTH", "年均增长（%）"
    RISE = "RISE", "累计提高"


class TaskKind(models.TextChoices):
    """A key task of section 二, or a safeguard of section 三."""

    TASK = "TASK", "重点任务"
    SAFEGUARD = "SAFEGUARD", "保障措施"


class TaskRole(models.TextChoices):
    """The unit named first leads; the others support."""

    LEAD = "LEAD", "牵头"
    SUPPORT = "SUPPORT", "配合"


class NoteKind(models.TextChoices):
    """Where the plan disagrees with itself: in a figure that can be compared, or in its words."""

    FIGURE = "FIGURE", "数字不一"
    WORDING = "WORDING", "表述不一"


class ReturnState(models.TextChoices):
    """A quarterly return on its way from draft to approval."""

    DRAFT = "DRAFT", "草稿"
    SUBMITTED = "SUBMITTED", "已提交"
    RETURNED = "RETURNED", "已退回"
    APPROVED = "APPROVED", "已审定"


class FilingAct(StrEnum):
    """What can be done to a return, by the name that the trail keeps and history shows."""

    SAVE = "保存季报"
    FILL_IN = "代填季报"
    SUBMIT = "提交季报"
    WITHDRAW = "撤回季报"
    BEGIN_REVIEW = "开始审核"
    APPROVE = "审定季报"
    SEND_BACK = "退回季报"
    CORRECT = "退回更正"
    REOPEN = "重新开放"
    IMPORT = "导入公布数"
    BOOTSTRAP = "初始导入并审定"
    ADD_EVIDENCE = "上传佐证材料"
    REMOVE_EVIDENCE = "删除佐证材料"


class PeriodAct(StrEnum):
    """What can be done to a quarter, by the name that the trail keeps."""

    OPEN = "开放报送期"
    MOVE = "调整报送日期"
    CLOSE = "关闭报送期"
    EXPLAIN = "说明差额"
    PUBLISH = "定稿"
    ISSUE_BULLETIN = "发布通报"


class ObjectKind(StrEnum):
    """What an event of the trail is about, by the name that the trail keeps."""

    RETURN = "季报表"
    PERIOD = "报送期"
    TARGET = "年度目标"
    PLAN = "行动计划"
    DEMONSTRATION = "计划"
    ACCOUNT = "账号"


class ReminderKind(models.TextChoices):
    """Why somebody is reminded of a return."""

    DUE_SOON = "DUE_SOON", "即将到期"
    OVERDUE = "OVERDUE", "已逾期"


class Vintage(models.TextChoices):
    """快报 first; 年报 replaces it by a correction."""

    FLASH = "FLASH", "快报"
    ANNUAL = "ANNUAL", "年报"


class Edition(models.TextChoices):
    """For whom a bulletin is: what is sent to the towns names no town's figures."""

    FULL = "FULL", "全本"
    TOWNS = "TOWNS", "镇区本"


class Light(models.TextChoices):
    """The status board's verdict; each is a colour, a shape and a word."""

    GREEN = "GREEN", "达序时"
    YELLOW = "YELLOW", "略欠"
    RED = "RED", "落后"
    GREY = "GREY", "无数据"


class ProjectionMethod(models.TextChoices):
    """How the year's end was projected; always named beside the figure."""

    LINEAR = "LINEAR", "按序时进度推算"
    LAST_YEAR = "LAST_YEAR", "按上年同期占比推算"
    PRESENT = "PRESENT", "按现值"


class Reason(models.TextChoices):
    """Why a figure cannot be computed; shown beside the dash, never replaced by 0."""

    NO_TARGET = "NO_TARGET", "未定目标"
    ZERO_TARGET = "ZERO_TARGET", "目标为零"
    NOT_REPORTED = "NOT_REPORTED", "未报送"
    NOT_DUE = "NOT_DUE", "未到报送期"
    NO_BASE = "NO_BASE", "无可比基数"
    NO_PACE = "NO_PACE", "无序时进度"
    YEAR_OVER = "YEAR_OVER", "本年度已结束"
