"""The reports that can be downloaded or exported, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook

from indicators.queries.reading import Reading
from indicators.workbooks.official import saved
from reports.pages import annex1 as annex1_page
from reports.pages import annex2 as annex2_page
from reports.workbooks import annex1, annex2
from reports.workbooks.sheet import file_name

if TYPE_CHECKING:
    from towns.access import Person

Maker = Callable[[Reading, "Person | None", date], Workbook]


@dataclass(frozen=True, slots=True)
class Report:
    """`make` reads as the reader does; as the server where that is None."""

    name: str
    title: str
    holds: str
    paper: str
    make: Maker

    def content(self, reading: Reading, user: Person | None, on: date) -> bytes:
        return saved(self.make(reading, user, on))

    def file_name(self, reading: Reading) -> str:
        return file_name(reading, self.title)


def _annex1(reading: Reading, user: Person | None, on: date) -> Workbook:
    return annex1.make(annex1_page.build(reading, user), on)


def _annex2(reading: Reading, user: Person | None, on: date) -> Workbook:
    return annex2.make(annex2_page.build(reading, user), on)


REPORTS = {
    report.name: report
    for report in (
        Report(
            "annex1",
            "附件1目标总表及完成情况",
            "目标总表各项指标的分年度目标，本季累计、完成率、超欠序时、预计全年、同比和状态。",
            "A4 横向",
            _annex1,
        ),
        Report(
            "annex2",
            "附件2目标分解及完成情况",
            "按计划附件的样式，各镇区年度目标，右侧并列本季累计和完成率，附镇区相加与合计的差额。",
            "A3 横向",
            _annex2,
        ),
    )
}
