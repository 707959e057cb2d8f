"""The plan's printed text, read without the tables: its clauses, two annexes and brackets of departments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tests.plans.tables import ZHONGSHAN

WHOLE_AND_PART = re.compile(r"(\d+)（(\d+)）")


def squeeze(text: str) -> str:
    """Text without the spaces and line ends of its typesetting: 东  区 is 东区."""
    return re.sub(r"\s", "", text)


@cache
def lines() -> tuple[str, ...]:
    return tuple((ZHONGSHAN / "plan.txt").read_text(encoding="utf-8").split("\n"))


def whole_text() -> str:
    return squeeze("".join(lines()))


def _annex(number: int) -> str:
    start = lines().index(f"附件{number}")
    end = lines().index("附件2") if number == 1 else len(lines())
    return "\n".join(lines()[start + 1 : end])


def _rows(annex: str) -> list[list[str]]:
    """Table rows are parted by an empty line; a cell begins with a tab, a line without one continues it."""
    blocks = [block.strip("\n").removeprefix("\t").split("\n\t") for block in annex.split("\n\n")]
    return [[squeeze(cell) for cell in block] for block in blocks if any(block)]


@dataclass(frozen=True, slots=True)
class Annex1Row:
    category: str
    heading: str
    years: tuple[str, str, str]
    goal: str


@cache
def annex1() -> tuple[Annex1Row, ...]:
    """附件1's nineteen rows; a heading of the first column holds until the next one."""
    found: list[Annex1Row] = []
    for cells in _rows(_annex(1)):
        if "指标名称" in cells:
            continue
        category = cells[0] or found[-1].category
        found.append(Annex1Row(category, cells[1], (cells[2], cells[3], cells[4]), cells[5]))
    return tuple(found)


@cache
def annex2() -> tuple[list[str], dict[str, list[str]]]:
    """附件2: its ten headings, and {合计 or town heading: ten printed figures} in the order printed."""
    rows = _rows(_annex(2))
    start = next(number for number, cells in enumerate(rows) if cells[0] == "指标")
    return rows[start][1:], {cells[0]: cells[1:] for cells in rows[start + 1 :] if len(cells) > 1}


@cache
def clauses() -> dict[str, str]:
    """{clause as cited, e.g. 二(三)1: its printed text}; a section's text includes its numbered points'."""
    found = {"标题": "", "附件1": squeeze(_annex(1)), "附件2": squeeze(_annex(2))}
    chapter, section, point = "标题", "", ""
    for line in lines():
        if line.startswith("附件："):
            break
        if match := re.match(r"([一二三四])、", line):
            chapter, section, point = match[1], "", ""
        elif match := re.match(r"（([一二三四五])）", line):
            section, point = f"{chapter}({match[1]})", ""
        elif match := re.match(r"(\d)．", line):
            point = f"{section}{match[1]}"
        for clause in {chapter, section, point} - {""}:
            found[clause] = found.get(clause, "") + squeeze(line)
    return found


def found_in(clause: str, pattern: str) -> re.Match[str]:
    match = re.search(pattern, clauses()[clause])
    assert match, (clause, pattern)
    return match


def year_of_the_text(clause: str, year: str) -> str:
    """The paragraph of one year: ——2015年，…"""
    return found_in(clause, rf"——{year}年，[^—]*").group()


@dataclass(frozen=True, slots=True)
class PrintedTask:
    clause: str
    section: str
    paragraph: str
    departments: tuple[str, ...]
    all_towns: bool


@cache
def tasks() -> tuple[PrintedTask, ...]:
    """The paragraphs of 二's 重点任务 and 三's points: each ends with the departments in brackets."""
    found: list[PrintedTask] = []
    chapter = section = heading = ""
    for line in lines():
        if match := re.match(r"([一二三四])、", line):
            chapter = match[1]
        elif match := re.match(r"（([一二三四五])）(.+?)。", line):
            section, heading = f"{chapter}({match[1]})", match[2]
        elif chapter in ("二", "三") and (match := re.fullmatch(r"(——|\d．)(.+)（(市[^（）]+)）\s*", line)):
            clause = f"{section}2" if match[1] == "——" else f"{section}{match[1][0]}"
            named = re.split("[、，]", match[3])
            towns = named[-1] == "各镇区"
            names = tuple(named[:-1] if towns else named)
            found.append(PrintedTask(clause, heading, match[2], names, towns))
    return tuple(found)
