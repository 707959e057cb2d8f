"""What every page must be, whoever reads it: drawn, in its place, accessible, silent."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

TELEPHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}
GRAVE = {"serious", "critical"}

# The boxes a page is laid out in. Two overlap where neither holds the other and they share more than a hair.
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(
    "header > *, main > *, main .card, main .count, main .card__head > *, main [data-chart-plot], main table"
  )].filter((box) => box.checkVisibility() && getComputedStyle(box).position !== "sticky");
  const named = (box) => `${box.tagName.toLowerCase()}.${box.className} ${box.textContent.trim().slice(0, 20)}`;
  const found = [];
  boxes.forEach((one, at) => {
    const a = one.getBoundingClientRect();
    boxes.slice(at + 1).forEach((other) => {
      if (one.contains(other) || other.contains(one)) return;
      const clipped = one.closest(".table-scroll") !== other.closest(".table-scroll");
      const b = (clipped && other.closest(".table-scroll") || other).getBoundingClientRect();
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 1 && height > 1) found.push(`${named(one)} × ${named(other)}`);
    });
  });
  return found;
}"""

# A drawing that has left its plot covers what stands beside it.
SPILLED = """() => [...document.querySelectorAll("[data-chart-plot]")].filter((plot) => {
  const svg = plot.querySelector(".svg-container");
  if (!svg) return true;
  const [box, drawing] = [plot.getBoundingClientRect(), svg.getBoundingClientRect()];
  return Math.abs(box.width - drawing.width) > 1 || drawing.height - box.height > 1;
}).map((plot) => plot.parentElement.id)"""


def draw_charts(page: Page) -> int:
    """Scroll every chart into view until it is drawn; how many there are."""
    charts = page.locator("[data-chart]")
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-drawn", "true")
    return charts.count()


def assert_offers_nothing_beyond_the_site(page: Page) -> None:
    """Plotly's own buttons are gone but ours; nothing on the page points elsewhere."""
    buttons = page.locator(".modebar-btn").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert set(buttons) <= {"下载为图片"}
    assert page.get_by_text("Share", exact=False).count() == 0
    elsewhere = page.evaluate(
        "[...document.querySelectorAll('[href], [src], [action]')]"
        ".map((one) => one.href?.baseVal ?? one.href ?? one.src ?? one.action)"
        ".filter((url) => typeof url === 'string' && /^https?:/.test(url) && new URL(url).host !== location.host)"
    )
    assert elsewhere == []


def assert_nothing_overlaps(page: Page) -> None:
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(SPILLED) == []


def assert_fits_a_telephone(page: Page) -> None:
    page.set_viewport_size(TELEPHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    assert page.evaluate(OVERLAPS) == []
    page.set_viewport_size(DESKTOP)


def grave_violations(page: Page) -> list[tuple[Any, ...]]:
    """What axe calls serious or critical, as (rule, where)."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (rule["id"], node["target"], node.get("failureSummary", "")[:200])
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"][:3]
    ]
