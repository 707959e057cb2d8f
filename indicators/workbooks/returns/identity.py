"""What a template carries unseen: of which city, plan, quarter and unit it is, and of which version.

A sheet that no menu shows holds it in plain rows, and a code over them: whoever edits one of the rows, or copies
the sheet into another file, is told so instead of filing figures where they do not belong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from openpyxl import Workbook

from indicators.domain.periods import Quarter
from indicators.models import Period
from indicators.workbooks.returns.refusals import AGAIN, RefusedFileError

SHEET = "校验信息"
SALT = "indicators.workbooks.returns"
MAX_ROWS = 2000
UNSTAMPED = f"这不是从本系统下载的季报模板（缺少“{SHEET}”表）。{AGAIN}"
CHANGED = f"模板的校验信息与下载时不同（“{SHEET}”表被改过、换过，或系统已更换密钥）。{AGAIN}"


class Format(StrEnum):
    """Which of our workbooks it is; the number rises when their layout changes."""

    RETURN = "季报模板/1"
    TOWNS = "镇区代填表/1"


@dataclass(frozen=True, slots=True)
class Identity:
    """`versions` are those of the returns at the download, {unit code: version}; a unit's own template has one."""

    format: Format
    city: str
    plan: str
    period: str
    versions: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[str, str]]:
        about = [("格式", str(self.format)), ("市", self.city), ("计划", self.plan), ("报送期", self.period)]
        return about + [(code, str(version)) for code, version in self.versions.items()]


def identity_of(period: Period, form: Format, versions: Mapping[str, int]) -> Identity:
    plan = period.plan
    return Identity(form, plan.city.city_code, plan.code, period.code, versions)


def stamp(book: Workbook, identity: Identity) -> None:
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    for row in [*identity.rows, ("校验码", _code(identity.rows))]:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type, cell.number_format = "s", "@"


def read_identity(sheet: Any, expected: Format) -> Identity:
    """What the hidden sheet says. Raises RefusedFileError when it was tampered with, or is another workbook's."""
    rows = [
        (str(name), str(value))
        for name, value in sheet.iter_rows(max_row=MAX_ROWS, max_col=2, values_only=True)
        if name is not None or value is not None
    ]
    if len(rows) < 5 or rows[0][0] != "格式":
        raise RefusedFileError(UNSTAMPED)
    *content, (_, code) = rows
    if not constant_time_compare(code, _code(content)):
        raise RefusedFileError(CHANGED)
    if content[0][1] != expected:
        raise RefusedFileError(_other_format(content[0][1]))
    (_, city), (_, plan), (_, period), *versions = content[1:]
    return Identity(expected, city, plan, period, {code: int(version) for code, version in versions})


def require_same_quarter(found: Identity, period: Period) -> None:
    """Raises RefusedFileError for a template of another city, plan or quarter."""
    plan = period.plan
    if found.city != plan.city.city_code:
        raise RefusedFileError(f"这是另一个市的模板，本页是{plan.city.name}的。{AGAIN}")
    if found.plan != plan.code:
        raise RefusedFileError(f"这是另一个行动计划（{found.plan}）的模板，本页是《{plan.name}》。{AGAIN}")
    if found.period != period.code:
        quarter = Quarter.parse(found.period).label
        label = period.quarter.label
        raise RefusedFileError(
            f"这是{quarter}的模板，本页是{label}。请到{quarter}的页面上传，或下载{label}的模板。"
        )


def _other_format(found: str) -> str:
    if found == Format.TOWNS:
        return "这是联席会议办公室的镇区代填表，请到该报送期的页面上传；本页只收本单位的季报模板。"
    if found == Format.RETURN:
        return "这是一个单位的季报模板，请到该单位季报的页面上传；本页只收整季的镇区代填表。"
    return f"这份模板的格式（{found}）不是本系统现在用的。{AGAIN}"


def _code(rows: list[tuple[str, str]]) -> str:
    return salted_hmac(SALT, "\n".join("\t".join(row) for row in rows)).hexdigest()
