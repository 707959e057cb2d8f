"""What files are called: in Chinese, with nothing in it that would be a folder, or that Windows takes for no name."""

from __future__ import annotations

from indicators.models import Plan

_FULL_WIDTH = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜")


def file_name(plan: Plan, words: str, extension: str, *marks: str) -> str:
    """Whose it is, what it holds, and how sure that is: 中山市晴雨表2015年第二季度（未定稿，演示数据）.xlsx.

    Names of towns and indicators and 文号 are typed by people, and unpacked by many programs.
    """
    marks = (*marks, "演示数据") if plan.demonstration else marks
    marked = f"（{'，'.join(marks)}）" if marks else ""
    said = f"{plan.city.name}{words}{marked}"
    plain = "".join(character for character in said if character.isprintable())
    return f"{plain.translate(_FULL_WIDTH)}.{extension}"
