"""发布通报: the office publishes what a quarter's figures are, with a number and a date; it is frozen from then on."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from indicators.choices import Edition, PeriodAct
from indicators.domain.periods import Quarter
from indicators.models import Bulletin, BulletinFile, Period, Plan
from indicators.queries.bulletins import figures_of
from indicators.services.filing import AlreadyDoneError, FilingError
from indicators.services.filing.acts import bump, hold_period, record_period
from towns.access import can_run_office, is_in_city, require
from towns.models import Area

OFFICE_ALONE = "只有联席会议办公室发布通报。"
NOT_PUBLISHED = "本季还没有定稿，不能发布通报；请先定稿。"
MOVED = (
    "您打开本页之后，本计划有变动（如数字有更正，或已发布另一份通报），没有发布；请重新看样稿核对，再发布。"
)
FURTHEST_AHEAD = timedelta(days=31)
NUMBER_LENGTH = Bulletin._meta.get_field("number").max_length or 0
_WIDE = str.maketrans("()", "（）")
_YEAR = re.compile(r"[\[(【〔](\d{4})[\])】〕]")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands at the head of a bulletin: who issues it, its number, its date, and whether the head is red."""

    issuer: str
    number: str
    issued_on: date
    has_red_head: bool = False


def publish_bulletin(
    period: Period,
    *,
    imprint: Imprint,
    editions: Mapping[Edition, bytes],
    revision: int,
    by: User,
    at: datetime,
) -> Bulletin:
    """Freeze a published quarter's bulletin: its files byte for byte, and every figure that it could tell.

    `editions` were made of the plan as it stood at `revision`: where anything has moved since, nothing is published.
    Raises FilingError then, for a quarter whose books are open and for a head that `as_printed` refuses;
    AlreadyDoneError for a number that the city has used; PermissionDenied.
    """
    if set(editions) != set(Edition):
        raise ValueError(f"a bulletin has every edition: {set(Edition) - set(editions)} are missing")
    with transaction.atomic():
        held = hold_period(period)
        is_office = can_run_office(by) and is_in_city(by, held.plan.city.city_code)
        require(is_office, OFFICE_ALONE)
        imprint = as_printed(imprint, held.quarter, today=timezone.localdate(at))
        bump(held.plan)
        _refuse_unless_ready(held, imprint, revision)
        bulletin = Bulletin.objects.create(
            period=held,
            serial=(held.bulletins.aggregate(last=Max("serial"))["last"] or 0) + 1,
            number=imprint.number,
            issuer=imprint.issuer,
            issued_on=imprint.issued_on,
            has_red_head=imprint.has_red_head,
            figures=figures_of(held),
            published_at=at,
            published_by=by,
        )
        files = [_file(bulletin, edition, data) for edition, data in editions.items()]
        BulletinFile.objects.bulk_create(files)
        record_period(PeriodAct.ISSUE_BULLETIN, held, {}, _told(imprint, files), by=by, at=at)
    return bulletin


def as_printed(imprint: Imprint, quarter: Quarter, *, today: date) -> Imprint:
    """The head of a quarter's bulletin as it is printed and kept; FilingError for one that cannot be."""
    printed = replace(imprint, number=normal_number(imprint.number), issuer=_printable(imprint.issuer))
    if not (printed.number and printed.issuer):
        raise FilingError("请写明文号和发文单位。")
    if len(printed.number) > NUMBER_LENGTH:
        raise FilingError(f"文号最多 {NUMBER_LENGTH} 字，请缩短。")
    first, last = quarter.next.first_day, today + FURTHEST_AHEAD
    if not first <= printed.issued_on <= last:
        raise FilingError(
            f"成文日期应在本季结束以后、今天起 {FURTHEST_AHEAD.days} 天以内，"
            f"即 {first.isoformat()} 至 {last.isoformat()}，收到的是 {printed.issued_on.isoformat()}。"
        )
    return printed


def normal_number(typed: str) -> str:
    """文号 as it is printed: the year in 〔〕, figures in plain digits, no spaces, so that no number is used twice.

    Other brackets are none of a year's and stay round: 第3期（总第15期）.

    >>> normal_number("中工转办 [２０１６] 3 号")
    '中工转办〔2016〕3号'
    """
    folded = "".join(unicodedata.normalize("NFKC", _printable(typed)).split())
    return _YEAR.sub(r"〔\1〕", folded).translate(_WIDE)


def _printable(typed: str) -> str:
    return "".join(character for character in typed if character.isprintable()).strip()


def _refuse_unless_ready(held: Period, imprint: Imprint, revision: int) -> None:
    if not held.is_published:
        raise FilingError(NOT_PUBLISHED)
    # Numbers are the city's, whose plans have books of their own: whoever else publishes waits here.
    Area.objects.select_for_update(no_key=True).get(pk=held.plan.city_id)
    used = Bulletin.objects.filter(period__plan__city=held.plan.city, number=imprint.number)
    if (before := used.select_related("period").first()) is not None:
        raise AlreadyDoneError(
            f"文号“{imprint.number}”已用于{before.period.quarter.label}的通报，没有重复发布。"
        )
    # The plan's row is held by now, and what moves its figures waits for it.
    if Plan.objects.values_list("revision", flat=True).get(pk=held.plan_id) != revision + 1:
        raise FilingError(MOVED)


def _file(bulletin: Bulletin, edition: Edition, data: bytes) -> BulletinFile:
    digest = hashlib.sha256(data).hexdigest()
    return BulletinFile(bulletin=bulletin, edition=edition, size=len(data), sha256=digest, data=data)


def _told(imprint: Imprint, files: list[BulletinFile]) -> dict[str, object]:
    """What the trail keeps: the head, and by which each file can be told from a forged one."""
    return {
        "number": imprint.number,
        "issuer": imprint.issuer,
        "issued_on": imprint.issued_on,
        "has_red_head": imprint.has_red_head,
        **{f"{file.edition.lower()}_sha256": file.sha256 for file in files},
    }
