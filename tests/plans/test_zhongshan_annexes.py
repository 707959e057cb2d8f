"""附件1 and 附件2, read out of the plan's own text, against the tables: every figure, in printed order."""

from __future__ import annotations

from decimal import Decimal

from tests.plans.printed import WHOLE_AND_PART, Annex1Row, annex1, annex2
from tests.plans.tables import ZHONGSHAN, Row, by_code, rows_of, targets_of

YEARS = ("2015", "2016", "2017")
TOTAL = "合计"
PART = "upgraded-firms-large"


def annex1_indicators() -> list[Row]:
    """附件1's own rows: without the part, which is printed inside its whole's row."""
    return [
        row for row in rows_of(ZHONGSHAN, "indicators") if row["listing"] == "ANNEX" and not row["part_of"]
    ]


def code_of(heading: str) -> str:
    """The one indicator that a printed heading names, with its unit in brackets."""
    found = {row["indicator"] for row in rows_of(ZHONGSHAN, "aliases") if row["alias"] == heading}
    assert len(found) == 1, heading
    return found.pop()


def figures(code: str, printed: str) -> dict[str, str]:
    """{indicator: figure} of one printed cell: `350（220）` holds a whole and its part, `-` holds none."""
    if match := WHOLE_AND_PART.fullmatch(printed):
        return {code: match[1], PART: match[2]}
    return {code: "" if printed == "-" else printed}


def towns_by_heading() -> dict[str, str]:
    """{heading as 附件2 prints it: town}, in the tables' order; only 火炬 is printed longer."""
    towns = [row for row in rows_of(ZHONGSHAN, "areas") if row["order"] != "0"]
    longer = {"火炬开发区": "火炬开发区（含翠亨新区）"}
    return {longer.get(row["name"], row["name"]): row["code"] for row in towns}


def test_eight_headings_of_which_five_are_campaigns() -> None:
    categories = rows_of(ZHONGSHAN, "categories")
    assert [row["name"] for row in categories] == list(dict.fromkeys(row.category for row in annex1()))
    assert [bool(row["is_campaign"]) for row in categories] == [False] * 3 + [True] * 5


def test_annex_1_has_nineteen_indicators_and_one_part() -> None:
    assert len(annex1()) == len(annex1_indicators()) == 19
    parts = [row for row in rows_of(ZHONGSHAN, "indicators") if row["listing"] == "ANNEX" and row["part_of"]]
    assert [(row["code"], row["part_of"]) for row in parts] == [(PART, "upgraded-firms")]


def test_annex_1_names_units_categories_and_goals_are_as_printed() -> None:
    categories = by_code(ZHONGSHAN, "categories")
    part = by_code(ZHONGSHAN, "indicators")[PART]
    for printed, row in zip(annex1(), annex1_indicators(), strict=True):
        inside = f"（其中{part['name']}）" if row["code"] == part["part_of"] else ""
        assert printed.heading == f"{row['name']}{inside}（{row['unit']}）"
        assert code_of(printed.heading) == row["code"]
        assert categories[row["category"]]["name"] == printed.category
        assert row["goal_text"] == printed.goal


def printed_targets(printed: Annex1Row) -> dict[tuple[str, str, str], tuple[str, str]]:
    code = code_of(printed.heading)
    return {
        (indicator, "zhongshan", year): (figure, cell)
        for year, cell in zip(YEARS, printed.years, strict=True)
        for indicator, figure in figures(code, cell).items()
    }


def test_every_figure_of_annex_1_is_a_target() -> None:
    expected = {key: pair for printed in annex1() for key, pair in printed_targets(printed).items()}
    rows = [row for row in rows_of(ZHONGSHAN, "targets") if row["clause"] == "附件1"]
    assert len(expected) == len(rows) == 20 * 3
    actual = {(row["indicator"], row["area"], row["year"]): (row["value"], row["printed"]) for row in rows}
    assert actual == expected
    assert {row["qualifier"] + row["derived"] for row in rows} == {""}


def test_a_dash_is_no_target_and_not_a_target_of_zero() -> None:
    dashes = {key for key, row in targets_of(ZHONGSHAN).items() if row["printed"] == "-"}
    assert dashes == {
        (code, "zhongshan", year)
        for code in ("motor-efficiency", "circular-parks")
        for year in ("2016", "2017")
    }
    assert {key for key, row in targets_of(ZHONGSHAN).items() if row["value"] == ""} == dashes


def test_annex_2_lists_twenty_four_towns_in_their_order() -> None:
    _, printed = annex2()
    assert list(printed) == [TOTAL, *towns_by_heading()]
    assert len(towns_by_heading()) == 24


def test_annex_2_columns_stand_in_their_order_with_the_part_after_its_whole() -> None:
    headings, _ = annex2()
    columns = [code_of(heading) for heading in headings]
    columns.insert(columns.index("upgraded-firms") + 1, PART)
    allocated = [row for row in rows_of(ZHONGSHAN, "indicators") if row["allocation_order"]]
    assert columns == [row["code"] for row in sorted(allocated, key=lambda row: int(row["allocation_order"]))]


def annex2_figures(line: str) -> dict[str, tuple[str, str]]:
    """{indicator: (figure, printed cell)} of one line of 附件2, eleven figures."""
    headings, printed = annex2()
    return {
        indicator: (figure, cell)
        for heading, cell in zip(headings, printed[line], strict=True)
        for indicator, figure in figures(code_of(heading), cell).items()
    }


def test_every_figure_of_annex_2_is_a_target() -> None:
    expected = {
        (indicator, town, "2015"): pair
        for heading, town in towns_by_heading().items()
        for indicator, pair in annex2_figures(heading).items()
    }
    rows = [row for row in rows_of(ZHONGSHAN, "targets") if row["area"] != "zhongshan"]
    assert len(expected) == len(rows) == 264
    actual = {(row["indicator"], row["area"], row["year"]): (row["value"], row["printed"]) for row in rows}
    assert actual == expected
    assert {(row["clause"], row["qualifier"], row["derived"]) for row in rows} == {("附件2", "", "")}


def test_the_total_line_of_annex_2_equals_annex_1() -> None:
    targets = targets_of(ZHONGSHAN)
    total = annex2_figures(TOTAL)
    assert len(total) == 11
    for indicator, (figure, _) in total.items():
        assert figure == targets[indicator, "zhongshan", "2015"]["value"]


def test_exactly_three_columns_of_annex_2_do_not_add_up() -> None:
    apart = {}
    for row in rows_of(ZHONGSHAN, "indicators"):
        if row["allocation_order"] and row["kind"] != "RATE":
            values = {
                area: Decimal(target["value"])
                for (code, area, year), target in targets_of(ZHONGSHAN).items()
                if code == row["code"] and year == "2015"
            }
            city = values.pop("zhongshan")
            if sum(values.values()) != city:
                apart[row["code"]] = (str(sum(values.values())), str(city))
    assert apart == {
        "equipment-value-added": ("479.97", "480"),
        "equipment-investment": ("119.96", "120"),
        "motor-efficiency": ("24.01", "24"),
    }


def test_exactly_four_towns_have_a_contained_figure_above_the_whole() -> None:
    targets = targets_of(ZHONGSHAN)
    above = set()
    for row in rows_of(ZHONGSHAN, "indicators"):
        container = row["within"] or row["part_of"]
        for (code, area, year), target in targets.items():
            whole = targets.get((container, area, year))
            if code == row["code"] and whole and Decimal(target["value"] or 0) > Decimal(whole["value"] or 0):
                above.add((code, area, target["value"], whole["value"]))
    assert above == {
        ("equipment-investment", "minzhong", "9.45", "7.10"),
        ("equipment-investment", "tanzhou", "11.81", "9.60"),
        ("equipment-investment", "henglan", "4.72", "4.50"),
        ("equipment-investment", "banfu", "9.45", "8.20"),
    }
