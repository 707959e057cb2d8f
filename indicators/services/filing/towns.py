"""代填 of a whole quarter: many towns' drafts saved by the office in one act, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.comparisons import Figure
from indicators.services.filing.acts import begin_and_hold
from indicators.services.filing.drafts import save_draft
from indicators.services.filing.refusals import Conflict, FilingError
from indicators.services.filing.uploads import as_sent
from towns.access import can_run_office, is_in_city, require
from towns.models import Unit


@dataclass(frozen=True, slots=True)
class TownDraft:
    """What is to be saved in one town's name, {indicator code: figure}, over the version that was shown."""

    unit: Unit
    version: int
    figures: Mapping[str, Figure]


class TownsRefusedError(FilingError):
    """Some towns' returns have moved on since the preview; nothing was saved in any.

    `towns` are those: (unit, why, the cells that were not saved).
    """

    def __init__(self, towns: Sequence[tuple[Unit, str, tuple[Conflict, ...]]]) -> None:
        names = "、".join(unit.short_name for unit, _, _ in towns)
        super().__init__(f"预览之后，{names}的季报表已有变化，整份代填表都没有保存。请重新下载代填表再填。")
        self.towns = tuple(towns)


def fill_in_towns(
    period: Period, drafts: Sequence[TownDraft], *, key: str, by: User, at: datetime
) -> list[QuarterlyReturn]:
    """Save these drafts in the towns' names, each by the rules of `save_draft`; one transaction.

    `key` is one that the preview drew: sent again, nothing happens a second time.
    Raises TownsRefusedError when any town cannot be saved as it was shown, PermissionDenied for all but the office.
    """
    city_code = period.plan.city.city_code
    require(can_run_office(by) and is_in_city(by, city_code), "只有联席会议办公室可以整季代填。")
    filed, refused = [], []
    with transaction.atomic():
        begin_and_hold((period, draft.unit) for draft in drafts)
        for draft in drafts:
            try:
                filed.append(_save(period, draft, key=key, by=by, at=at))
            except FilingError as refusal:
                refused.append((draft.unit, str(refusal), refusal.conflicts))
            except PermissionDenied as refusal:
                refused.append((draft.unit, str(refusal), ()))
        if refused:
            raise TownsRefusedError(refused)
    return filed


def _save(period: Period, draft: TownDraft, *, key: str, by: User, at: datetime) -> QuarterlyReturn:
    typed = {code: as_sent(figure) for code, figure in draft.figures.items()}
    saved = save_draft(period, unit=draft.unit, version=draft.version, figures=typed, key=key, by=by, at=at)
    if saved.faults:
        raise FilingError(" ".join(saved.faults.values()))
    return saved.filed
