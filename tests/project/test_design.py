"""The look: tokens complete and legible in both themes, components documented, Plotly's own style kept out."""

import re
from collections.abc import Iterator

import plotly
import pytest
from django.conf import settings
from django.template.loader import get_template

from zhongshan_targets.staticfiles import PlotlyFinder

CSS = settings.BASE_DIR / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
COMPONENTS = [CSS / "base.css", *sorted((CSS / "components").iterdir())]

# WCAG AA: text 4.5 to 1, shapes and lines that carry a meaning 3 to 1.
TEXT = [
    *(
        (ink, paper)
        for ink in ("ink", "ink-soft", "ink-faint")
        for paper in ("sheet", "inset", "ground", "blue-soft")
    ),
    *((f"{status}-ink", f"{status}-soft") for status in ("green", "yellow", "red", "grey")),
    *((f"{status}-ink", "sheet") for status in ("green", "yellow", "red", "grey")),
    ("blue", "sheet"),
    ("blue", "ground"),
    ("on-blue", "blue"),
    ("on-masthead", "masthead"),
    ("on-masthead-soft", "masthead"),
    ("blue-strong", "blue-soft"),
]
SHAPES = [
    *((status, "sheet") for status in ("green", "yellow", "red", "grey")),
    *((f"chart-{name}", "chart-paper") for name in ("actual", "target", "pace")),
    ("line-strong", "sheet"),
    ("focus", "sheet"),
    ("focus", "masthead"),
]


def declared(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", block))


def token_blocks() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Light values, dark ones for readers whose system is dark, dark ones asked for by data-theme."""
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    first, second, third = re.findall(r":root[^{]*\{([^}]*)\}", text)
    return declared(first), declared(second), declared(third)


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def themes() -> Iterator[tuple[str, dict[str, str]]]:
    light, dark, _ = token_blocks()
    yield "light", light
    yield "dark", light | dark


def test_black_on_white_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_ways_into_the_dark_theme_lead_to_the_same_colours() -> None:
    light, by_system, by_choice = token_blocks()
    assert by_system == by_choice
    assert by_system.keys() <= light.keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_shapes_are_legible(theme: str) -> None:
    values = dict(themes())[theme]
    faint = [pair for pair in TEXT if contrast(values[pair[0]], values[pair[1]]) < 4.5]
    faint += [pair for pair in SHAPES if contrast(values[pair[0]], values[pair[1]]) < 3]
    assert faint == []


def test_style_sheets_take_values_from_tokens_that_exist() -> None:
    """Or from the markup of one element (style="--done:45.7%"), or they name what else to take."""
    markup = [settings.BASE_DIR / "static" / "README.md", *(settings.BASE_DIR / "templates").rglob("*.html")]
    in_markup = {name for path in markup for name in re.findall(r"--([a-z0-9-]+):", path.read_text("utf-8"))}
    used = {
        name for sheet in SHEETS for name in re.findall(r"var\(--([a-z0-9-]+)\)", sheet.read_text("utf-8"))
    }
    assert used
    assert used - token_blocks()[0].keys() - in_markup == set()


def test_colours_stand_in_the_tokens_alone() -> None:
    for sheet in SHEETS:
        if sheet.name != "tokens.css":
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[\s;,)])|rgb|hsl", sheet.read_text("utf-8")) == [], (
                sheet.name
            )


def test_every_component_is_documented_or_used_by_the_templates_of_the_frame() -> None:
    frame = [
        settings.BASE_DIR / "templates" / "base.html",
        *(settings.BASE_DIR / "templates" / "components").iterdir(),
    ]
    scripts = (settings.BASE_DIR / "static" / "js").rglob("*.js")
    known = (settings.BASE_DIR / "static" / "README.md").read_text("utf-8")
    known += "".join(path.read_text("utf-8") for path in [*frame, *scripts])
    without_comments = (
        re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL) for sheet in COMPONENTS
    )
    classes = {
        name
        for text in without_comments
        for name in re.findall(r"\.([a-z][\w-]*[a-z])(?=[\s.,:>{\[)])", text)
    }
    plotly_and_django = {"modebar-container", "errorlist"}
    assert len(classes) > 100
    # The documentation shortens "notice notice--done | --warning" to the endings.
    endings = {
        name: name[name.find("--") :] if "--" in name else name for name in classes - plotly_and_django
    }
    undocumented = {
        name for name, end in endings.items() if not re.search(rf"{re.escape(end)}(?![\w-])", known)
    }
    assert undocumented == set()


def test_plotlys_style_sheet_of_maps_finds_the_page_has_it_already() -> None:
    """Its bundle adds that sheet to any page without an element of this id; the security policy would refuse it."""
    source = get_template("components/chart_scripts.html").template.source
    (name,) = re.findall(r'<style id="([0-9a-f]{64})"', source)
    bundle = (PlotlyFinder.folder / PlotlyFinder.name).read_text("utf-8")
    assert f'document.getElementById("{name}")' in bundle, f"plotly {plotly.__version__} has another"
