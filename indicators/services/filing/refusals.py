"""Why filing refuses an act: each a Chinese sentence for people, with what a page needs to show it well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from django.core.exceptions import PermissionDenied

from indicators.domain.filing import Finding
from indicators.domain.workflow import Refusal

# Of the workflow's refusals, those that no waiting and no other date would lift for this person.
ABOUT_RIGHTS = frozenset({"not_own_unit", "not_office", "has_edited", "has_submitted", "same_unit"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell that was not saved: what this person typed, and what is stored."""

    code: str
    label: str
    typed: str
    saved: str


class FilingError(ValueError):
    """An act that cannot be taken as things stand; its message is a Chinese sentence.

    `conflicts` are the cells that were typed and not saved, so that nothing typed is lost.
    """

    def __init__(self, sentence: str, conflicts: Sequence[Conflict] = ()) -> None:
        super().__init__(sentence)
        self.conflicts = tuple(conflicts)


class AlreadyDoneError(FilingError):
    """The act has been taken before, by the same person or another: nothing was done twice."""


class DatesError(FilingError):
    """The dates of a period do not fit together."""


class UnreadableError(FilingError):
    """Cells that cannot be read: {indicator code: what is wrong and what to do}. Nothing was saved."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"有 {len(faults)} 处无法识别，请改正后再保存，已填的内容都还在。")
        self.faults = faults


class OpenFindingsError(FilingError):
    """Errors, or doubts without a note, stand in the way: {indicator code: findings}."""

    def __init__(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        super().__init__(f"有 {len(findings)} 处需要更正或说明，尚未提交。")
        self.findings = findings


class StaleReturnError(FilingError):
    """Somebody else has saved since this copy was opened; nothing of it was saved."""

    def __init__(self, conflicts: Sequence[Conflict] = (), *, version: int) -> None:
        super().__init__(
            "您打开之后，这张季报表已有改动（别人改的，或您在另一个窗口保存过），本次没有保存。"
            "请对照两边的数，选定后再保存。",
            conflicts,
        )
        self.version = version


class UnexplainedError(FilingError):
    """Differences beyond rounding that nobody has explained: {indicator code: indicator name}."""

    def __init__(self, sentence: str, names: Mapping[str, str]) -> None:
        super().__init__(sentence)
        self.names = names


def refuse(refusal: Refusal, conflicts: Sequence[Conflict] = ()) -> NoReturn:
    """Raise what the workflow refuses: PermissionDenied when it is about rights, else FilingError."""
    if refusal.code in ABOUT_RIGHTS:
        raise PermissionDenied(refusal.sentence)
    raise FilingError(refusal.sentence, conflicts)
