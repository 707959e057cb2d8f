"""What the units filed in words: each behind its name, those who say the same together."""

from __future__ import annotations

from indicators.queries.filed_texts import FiledTexts
from reports.pages.filed_sections import problems_section
from reports.pages.official_text import Paragraph
from towns.choices import UnitKind


def test_units_that_wrote_the_same_are_named_together_in_their_order() -> None:
    town = UnitKind.TOWN
    section = problems_section(
        [
            FiledTexts("小榄镇", town, "用地紧张。\n用工不足。", ""),
            FiledTexts("古镇镇", town, "没有问题。", ""),
            FiledTexts("横栏镇", town, " 用地紧张。\n\n用工不足。 ", ""),
        ]
    )
    assert section is not None
    assert section.subsections[0].paragraphs == (
        Paragraph("用地紧张。", named="小榄镇、横栏镇："),
        Paragraph("用工不足。"),
        Paragraph("没有问题。", named="古镇镇："),
    )
