"""What a load found and did, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.choices import Listing, TaskKind
from indicators.domain.plan_check import Disagreement
from indicators.services.plans.rows import ParsedPlan
from indicators.services.plans.storing import TableChange


@dataclass(frozen=True)
class LoadedPlan:
    """A load that went through, or would (`dry_run`).

    `contents` says what the plan holds, `kept` which targets that people had changed were left alone;
    `disagreements` are the plan's own, and no obstacle.
    """

    plan_code: str
    plan_name: str
    is_new: bool
    dry_run: bool
    contents: Sequence[str]
    changes: Sequence[TableChange]
    periods_added: int
    kept: Sequence[str]
    disagreements: Sequence[Disagreement]

    @property
    def added_rows(self) -> int:
        return self.periods_added + sum(change.added for change in self.changes)

    @property
    def updated_rows(self) -> int:
        return sum(change.changed for change in self.changes)

    @property
    def changed_rows(self) -> int:
        return self.added_rows + self.updated_rows

    @property
    def left(self) -> list[tuple[str, Sequence[str]]]:
        """Rows of earlier loads that this one does not have: the table's noun, and their codes."""
        return [(change.table.noun, change.left) for change in self.changes if change.left]

    @property
    def summary(self) -> str:
        """The load in one line."""
        if not self.changed_rows:
            return f"计划“{self.plan_code}”没有变化：0 行。"
        did = "试运行，未写入：将" if self.dry_run else "已载入："
        return (
            f"计划“{self.plan_code}”{did}变更 {self.changed_rows} 行"
            f"（新增 {self.added_rows} 行，修改 {self.updated_rows} 行）。"
        )


def contents_of(plan: ParsedPlan) -> list[str]:
    """How much of what a plan holds: 附件1 指标 19 + 1 项, where the part (其中) stands apart."""
    annex = [row for row in plan.of("indicators") if row["listing"] == Listing.ANNEX]
    parts = sum(1 for row in annex if row["part_of"])
    tasks = [row["kind"] for row in plan.of("tasks")]
    of_city = sum(1 for row in plan.of("targets") if row["area"] == plan.city)
    return [
        f"{Listing.ANNEX.label} 指标 {len(annex) - parts}" + (f" + {parts} 项" if parts else " 项"),
        f"{Listing.TEXT.label}指标 {len(plan.of('indicators')) - len(annex)} 项",
        f"目标分类 {len(plan.of('categories'))} 个",
        f"镇区 {len(plan.towns)} 个",
        f"填报单位 {len(plan.of('units'))} 个",
        f"全市目标 {of_city} 个",
        f"镇区目标 {len(plan.of('targets')) - of_city} 个",
        f"基期 {len(plan.of('baselines'))} 个",
        f"别名 {len(plan.of('aliases'))} 个",
        f"{TaskKind.TASK.label} {tasks.count(TaskKind.TASK)} 项",
        f"{TaskKind.SAFEGUARD.label} {tasks.count(TaskKind.SAFEGUARD)} 项",
        f"里程碑 {len(plan.of('milestones'))} 个",
        f"原文不一致 {len(plan.of('notes'))} 处",
    ]
