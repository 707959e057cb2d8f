"""The reports that can be downloaded or exported, by name: what each holds, and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, BinaryIO

from openpyxl import Workbook

from indicators.queries.reading import Reading
from reports.documents.bulletin import bulletin_file
from reports.documents.half_year import half_year_file
from reports.pages import annex1 as annex1_page
from reports.pages import annex2 as annex2_page
from reports.pages import board_sheet, half_year, indicator_sheets
from reports.pages import details as details_page
from reports.pages import filing as filing_page
from reports.pages import quarterly as quarterly_page
from reports.pages import ranking as ranking_page
from reports.pages import statement as statement_page
from reports.pages.file_names import file_name
from reports.workbooks import (
    annex1,
    annex2,
    board,
    details,
    details_csv,
    filing,
    quarterly,
    ranking,
    statement,
)
from reports.workbooks import indicator as indicator_book
from towns.access import can_read_figures, can_read_returns

if TYPE_CHECKING:
    from towns.access import Person


class Subject(Enum):
    """What a report is about beside a plan and a quarter: the name of its parameter, and what people choose."""

    PLAN = ""
    TOWN = "town"
    INDICATOR = "indicator"


class Shelf(Enum):
    """Under which heading the download page shows a report."""

    WORKBOOKS = "Excel 表"
    DOCUMENTS = "Word 文件"
    DATA = "明细数据"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a file is made of and for whom.

    `about` is the code of a town or an indicator, `called` its name; both are empty for a report of the whole plan.
    """

    reading: Reading
    user: Person
    on: date
    about: str = ""
    called: str = ""


Writer = Callable[[Asked, BinaryIO], None]


def _always(asked: Asked) -> str:
    return ""


def _quarter(asked: Asked) -> tuple[str, ...]:
    """ "2015年第二季度", and "未定稿" where it is."""
    marks = () if asked.reading.period.is_published else ("未定稿",)
    return (asked.reading.quarter.label, *marks)


@dataclass(frozen=True, slots=True)
class Report:
    """`writers` are by the file's extension: {"xlsx": …}; the first is the usual one.

    `refusal` answers why there is no such file for what is asked, in a Chinese sentence, empty when there is one.
    `may_read` says for whom the report exists at all. `file_title` is what its files are called, where the title alone
    would say the subject twice: 小榄镇对账单; `when` of when they tell, then how surely.
    """

    name: str
    title: str
    holds: str
    paper: str
    writers: Mapping[str, Writer]
    shelf: Shelf = Shelf.WORKBOOKS
    subject: Subject = Subject.PLAN
    may_read: Callable[[Person], bool] = can_read_figures
    refusal: Callable[[Asked], str] = _always
    file_title: str = ""
    when: Callable[[Asked], tuple[str, ...]] = _quarter

    def file_name(self, asked: Asked, extension: str) -> str:
        """Says what it holds, of when, and how sure: 中山市附件1目标总表2015年第二季度（未定稿）.xlsx."""
        when, *marks = self.when(asked)
        words = f"{asked.called}{self.file_title or self.title}{when}"
        return file_name(asked.reading.plan, words, extension, *marks)


def workbook(make: Callable[[Asked], Workbook]) -> Mapping[str, Writer]:
    """The writer of a workbook that is put together in memory."""

    def write(asked: Asked, file: BinaryIO) -> None:
        make(asked).save(file)

    return {"xlsx": write}


def document(file_of: Callable[[Asked], bytes]) -> Mapping[str, Writer]:
    """The writer of a Word document."""

    def write(asked: Asked, file: BinaryIO) -> None:
        file.write(file_of(asked))

    return {"docx": write}


def _filing_page(asked: Asked) -> filing_page.FilingPage:
    return filing_page.build(asked.reading, asked.user, today=asked.on)


def _statement_page(asked: Asked) -> statement_page.StatementPage:
    return statement_page.build(asked.reading, asked.user, asked.about, today=asked.on)


REPORTS = {
    report.name: report
    for report in (
        Report(
            "annex1",
            "附件1目标总表及完成情况",
            "目标总表各项指标的分年度目标，本季累计、完成率、超欠序时、预计全年、同比和状态。",
            "A4 横向",
            workbook(lambda asked: annex1.make(annex1_page.build(asked.reading, asked.user), asked.on)),
        ),
        Report(
            "annex2",
            "附件2目标分解及完成情况",
            "按计划附件的样式，各镇区年度目标，右侧并列本季累计和完成率，附镇区相加与合计的差额。",
            "A3 横向",
            workbook(lambda asked: annex2.make(annex2_page.build(asked.reading, asked.user), asked.on)),
        ),
        Report(
            "board",
            "晴雨表",
            "各灯号的项数，目标总表每项指标的目标、累计、完成率、超欠序时、预计全年、状态和牵头部门，落后指标逐条说明。",
            "A4 横向",
            workbook(lambda asked: board.make(board_sheet.build(asked.reading, asked.user), asked.on)),
        ),
        Report(
            "quarterly",
            "季度通报表",
            "每项指标的本季数、累计、上年同期、同比和状态升降；另一张表列各镇区名次变动（定稿后）。",
            "A4 横向",
            workbook(lambda asked: quarterly.make(quarterly_page.build(asked.reading, asked.user), asked.on)),
        ),
        Report(
            "ranking",
            "镇区排名表",
            "各镇区的名次、得分、得分档次、名次变动和未报项数，附得分图（定稿后）。",
            "A4 横向",
            workbook(lambda asked: ranking.make(ranking_page.build(asked.reading, asked.user), asked.on)),
        ),
        Report(
            "filing",
            "报送情况表",
            "各填报单位应填和已填的项数、提交和审定的时间和经办人、逾期天数、退回理由；填报单位只有本单位的。",
            "A3 横向",
            workbook(lambda asked: filing.make(_filing_page(asked), asked.on)),
            may_read=can_read_returns,
            refusal=lambda asked: filing_page.not_opened(asked.reading, asked.on),
        ),
        Report(
            "statement",
            "镇区对账单",
            "一个镇区：各项分解目标和完成情况，分季累计、名次得分和季报报送，留有镇区核对意见和双方签章处。",
            "A4 横向",
            workbook(lambda asked: statement.make(_statement_page(asked), asked.on)),
            subject=Subject.TOWN,
            file_title="对账单",
        ),
        Report(
            "indicator",
            "指标完成情况表",
            "一项指标：全市分年度、分季度的目标和完成，各镇区分季度累计。",
            "A4 横向",
            workbook(
                lambda asked: indicator_book.make(
                    indicator_sheets.build(asked.reading, asked.user, asked.about), asked.on
                )
            ),
            subject=Subject.INDICATOR,
        ),
        Report(
            "details",
            "明细数据",
            "一行一个数：基期、年度目标和截至本季的各季实绩，注明来源、版本、审定日期和状态，可直接筛选、透视。",
            "A4 横向",
            {
                "xlsx": lambda asked, file: details.write(
                    details_page.build(asked.reading, asked.user), file, asked.on
                ),
                "csv": lambda asked, file: details_csv.write(
                    details_page.build(asked.reading, asked.user), file
                ),
            },
            Shelf.DATA,
        ),
        Report(
            "bulletin",
            "工作通报",
            "按公文格式起草的季度通报：总体情况、分类目标、镇区名次、报送情况、各单位反映的问题和打算，附主要指标表。",
            "A4 纵向",
            document(lambda asked: bulletin_file(asked.reading, asked.user, on=asked.on)),
            shelf=Shelf.DOCUMENTS,
        ),
        Report(
            "half-year",
            "半年工作情况报告",
            "向省报送的上、下半年工作情况报告：本年最近一个已定稿季度的目标完成、各镇区推进、问题和打算，附主要指标表。",
            "A4 纵向",
            document(lambda asked: half_year_file(asked.reading, asked.user, on=asked.on)),
            shelf=Shelf.DOCUMENTS,
            refusal=lambda asked: half_year.refusal(asked.reading),
            when=lambda asked: half_year.told_of(asked.reading),
        ),
    )
}
