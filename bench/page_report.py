"""What the benchmark of the pages prints, and which bounds it holds them to."""

from __future__ import annotations

from collections.abc import Sequence

from bench.page_scene import Growth
from bench.page_times import Floor, PageTime

CITY = "总览"
MOST_COLD, MOST_WARM = 20.0, 1.3
HEAD = f"{'page':<14}{'cold ms':>9}{'x empty':>9}{'warm ms':>9}{'x greeting':>12}{'queries':>9}{'KiB gz':>8}"


def table(engine: str, floor: Floor, times: Sequence[PageTime], growth: Sequence[Growth]) -> str:
    lines = [f"{engine}: empty view {floor.empty:.2f} ms, greeting {floor.greeting:.2f} ms", HEAD]
    lines += [_line(one, floor) for one in times]
    lines += [
        f"{one.what}: {one.milliseconds:.1f} ms, {one.ratio:.2f} times (at most {one.most})" for one in growth
    ]
    return "\n".join(lines)


def faults_of(floor: Floor, times: Sequence[PageTime], growth: Sequence[Growth]) -> list[str]:
    """The bounds that were missed, in words; empty for none."""
    faults = []
    city = next(one for one in times if one.name == CITY)
    if city.cold > MOST_COLD * floor.empty:
        faults.append(f"cold, the overview costs {city.cold / floor.empty:.1f} empty views")
    if city.warm > MOST_WARM * floor.greeting:
        faults.append(f"warm, the overview costs {city.warm / floor.greeting:.2f} greetings")
    return faults + [f"{one.what}: {one.ratio:.2f} times" for one in growth if one.ratio > one.most]


def _line(one: PageTime, floor: Floor) -> str:
    # A Chinese character is as wide as two others.
    name = one.name + " " * (14 - 2 * len(one.name))
    queries = f"{one.cold_queries}/{one.warm_queries}"
    return (
        f"{name}{one.cold:>9.1f}{one.cold / floor.empty:>9.1f}{one.warm:>9.1f}"
        f"{one.warm / floor.greeting:>12.2f}{queries:>9}{one.size:>8.1f}"
    )
