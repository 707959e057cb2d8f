"""Acknowledged = stored: what the server said it has, held against what the database and the trail have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bench.scene import Scene
from bench.writers import Acknowledged
from indicators.models import AuditEvent, Entry, QuarterlyReturn
from indicators.services.audit import verify_chains

Figures = dict[str, str]


@dataclass(frozen=True, slots=True)
class Audit:
    """`lost`: acknowledged saves that are not stored as they were sent. `damage`: what the trail's check found."""

    lost: tuple[str, ...]
    damage: tuple[str, ...]


def audit(scene: Scene, saved: Iterable[Acknowledged]) -> Audit:
    """Each version that was acknowledged was stored with these figures, and the last one stands there now."""
    history = stored_versions()
    now = stored_figures()
    lost = [
        f"{one.key} version {one.version}"
        for one in saved
        if history[one.key].get(one.version) != dict(one.figures)
    ]
    for key, versions in history.items():
        last_version, figures = now.get(key, (0, {}))
        if (max(versions), versions[max(versions)]) != (last_version, figures):
            lost.append(f"{key} now")
    return Audit(tuple(lost), tuple(verify_chains()))


def stored_versions() -> Mapping[str, dict[int, Figures]]:
    """{return: {version: figures}} as the trail tells it: each save is one version and names what it changed."""
    versions: defaultdict[str, dict[int, Figures]] = defaultdict(dict)
    events = AuditEvent.objects.filter(object_kind="季报表").order_by("chain", "sequence")
    for key, new in events.values_list("object_key", "new"):
        told = versions[key]
        changed = {code: figure["value"] for code, figure in new["figures"].items()}
        figures = {**told.get(len(told), {}), **changed}
        told[len(told) + 1] = {code: value for code, value in figures.items() if value}
    return versions


def stored_figures() -> Mapping[str, tuple[int, Figures]]:
    """{return: (version, figures)} as they stand in the tables."""
    stored = {
        filed.pk: (f"{filed.period.code}/{filed.unit.code}", filed.version)
        for filed in QuarterlyReturn.objects.select_related("period", "unit")
    }
    figures: defaultdict[int, Figures] = defaultdict(dict)
    entries = Entry.objects.filter(value__isnull=False)
    for pk, code, value in entries.values_list("quarterly_return", "indicator__code", "value"):
        figures[pk][code] = f"{value.normalize():f}"
    return {key: (version, figures[pk]) for pk, (key, version) in stored.items()}
