"""What the benchmark prints: both loads side by side, their ratio, and what must be nought."""

from __future__ import annotations

from bench.rounds import Round
from bench.scene import Scene
from bench.writers import Load

FINE = (200, 409)


def table(scene: Scene, seconds: float, returns: Round, bare: Load) -> str:
    """Figures of one engine. A ratio says how many times dearer a return is than the same rows alone."""
    load, statuses = returns.load, returns.load.statuses()
    rows = [
        ("saves acknowledged", len(load.acknowledged), len(bare.acknowledged), 0.0),
        ("saves a second", load.a_second, bare.a_second, _ratio(bare.a_second, load.a_second)),
        *(
            (
                f"{name} ms",
                load.milliseconds(share),
                bare.milliseconds(share),
                _ratio(load.milliseconds(share), bare.milliseconds(share)),
            )
            for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
        ),
    ]
    head = f"{scene.engine}: {len(scene.desks)} writers, {scene.contested} returns with two of them, {seconds:g} s"
    lines = [head, f"{'':<20}{'returns':>10}{'bare view':>12}{'ratio':>8}"]
    for name, ours, theirs, ratio in rows:
        lines.append(f"{name:<20}{ours:>10,.0f}{theirs:>12,.0f}" + (f"{ratio:>8.1f}" if ratio else ""))
    lines.append(
        f"conflicts (409) {statuses[409]}, lost {len(returns.audit.lost)}, 5xx {_server_errors(load)}, "
        f"database trouble {len(returns.trouble)}, unanswered {len(load.unanswered)}, "
        f"trail {'damaged' if returns.audit.damage else 'whole'}"
    )
    return "\n".join(lines)


def faults_of(returns: Round) -> list[str]:
    """Why the run failed; nothing when it did not."""
    load, statuses = returns.load, returns.load.statuses()
    other = {status: number for status, number in statuses.items() if status not in FINE and status < 500}
    faults = [f"lost: {which}" for which in returns.audit.lost[:5]]
    faults += [f"trail: {sentence}" for sentence in returns.audit.damage[:5]]
    faults += [f"log: {line[:300]}" for line in returns.trouble[:5]]
    faults += [f"unanswered: {fault}" for fault in load.unanswered[:5]]
    faults += [f"{_server_errors(load)} answers are 5xx"] if _server_errors(load) else []
    faults += [f"unexpected answers {other}"] if other else []
    return faults or ([] if load.acknowledged else ["nothing was saved"])


def _server_errors(load: Load) -> int:
    return sum(number for status, number in load.statuses().items() if status >= 500)


def _ratio(dear: float, cheap: float) -> float:
    return dear / cheap if cheap else 0.0
