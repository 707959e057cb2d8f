"""A heat map's cells as HTML: whatever a name or a story holds is text."""

from __future__ import annotations

from reports.figures import Shown
from reports.pages.heat_html import cells_html
from reports.pages.heatmap import HeatCell

BAD = '<b title="x">&\''
TEXT = "&lt;b title=&quot;x&quot;&gt;&amp;&#x27;"


def test_a_judged_cell_leads_to_its_story() -> None:
    cell = HeatCell(Shown("92.4"), "red", "小榄镇 工业投资：完成 9.00 亿元", "落后", "/cells/xiaolan/x/")
    assert cells_html([cell]) == (
        '<td class="heat__cell heat__cell--red"><a href="/cells/xiaolan/x/" title="小榄镇 工业投资：完成 9.00 亿元">'
        '92.4<span class="visually-hidden">落后</span></a></td>'
    )


def test_a_marked_cell_a_missing_one_and_a_target_alone() -> None:
    marked = HeatCell(Shown("1.0"), "green", "s", "达序时，更正中", "/c/", is_marked=True)
    missing = HeatCell(Shown("—", "未定目标"), "none", "")
    target = HeatCell(Shown("1,417.00"), "", "")
    found = cells_html([marked, missing, target])
    assert found.startswith('<td class="heat__cell heat__cell--green heat__cell--marked"><a href="/c/"')
    assert '<td class="heat__cell heat__cell--none"><span class="missing" title="未定目标">—' in found
    assert found.endswith('<td class="number muted">1,417.00</td>')


def test_markup_in_any_text_is_shown_as_text() -> None:
    bad = HeatCell(Shown(BAD), "red", BAD, BAD, BAD)
    unseen = HeatCell(Shown(BAD), "", "")
    found = cells_html([bad, unseen])
    assert found.count(TEXT) == 5
    assert "<b" not in found
