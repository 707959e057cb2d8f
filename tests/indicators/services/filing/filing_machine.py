"""Random acts of people of every role on the real services, each weighed against the tests' own model of the rules."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date, datetime, time, timedelta
from random import Random

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from hypothesis import note

from indicators.models import Evidence, Period, QuarterlyReturn
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.filing import FilingError
from tests.evidence_files import PDF
from tests.indicators.filing_steps import SHANGHAI
from tests.indicators.services.filing.filing_model import STEPS, Filing, Person
from tests.indicators.services.filing.filing_store import Stored, as_believed, as_stored, read_stored
from tests.indicators.services.filing.filing_world import CAST, FIRST_DAY, OWN, QUARTER, World, read_by_hand

REFUSED = (PermissionDenied, FilingError)
WROTE = ("保存季报", "代填季报", "提交季报", "上传佐证材料", "删除佐证材料")
REVIEWED = ("审定季报", "开始审核", "退回季报", "退回更正")

OWNS = ("own",) * 6 + ("officer", "second_officer") * 2 + tuple(CAST)
OFFICERS = ("officer", "second_officer") * 8 + tuple(CAST)
KINDS = ("whole", "whole", "whole", "one", "blank", "unreadable", "foreign")
CLOSING_DAYS = (None, date(2021, 4, 6), date(2021, 4, 8))
FILE = "月报.pdf"
ANY_STATE = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED")
REASONS = ("请核对",) * 7 + ("  ",)
HAPPENINGS = 4
DRIFTS = (0, 0, 0, 0, 0, 0, -1, 1)
"""How far the version that an act names is from the one that stands there."""

Call = Callable[[User, datetime], object]


class FilingMachine:
    """One quarter. After each act the database is what the model believes, and an act refused has left no trace."""

    def __init__(self, world: World, luck: Random) -> None:
        self.world, self.luck = world, luck
        self.model = Filing(world.asked, FIRST_DAY)
        self.stored = self.read()

    def run(self) -> None:
        """Start where something is under way, so that few acts are spent on getting there, and go on from it."""
        luck = self.luck
        self.opens("officer", FIRST_DAY, luck.choice(CLOSING_DAYS))
        # The second is there for what a whole quarter asks: publishing, and reviewing for one's own unit.
        for code, furthest in (("dongqu", 6), ("gongxin", 2)):
            who = luck.choice(("own", "own", "officer", "second_officer"))
            self.gets_as_far_as(luck.randint(0, furthest), code, who)
        for _ in range(HAPPENINGS):
            self.something_happens()
        # The trail is whole: looked at once, since nobody could have mended in it what an act had broken.
        assert list(verify_chains()) == []

    def gets_as_far_as(self, stage: int, code: str, who: str) -> None:
        """A return's way: nothing, draft, submitted, approved; or looked into, sent back; or approved, sent back."""
        if stage > 0:
            self.saves(code, who, "whole", 3)
        if stage > 0 and self.luck.random() < 0.3:
            self.hands_in(code, who, FILE)
        if stage > 1:
            self.submits(code, "own")
        if stage in (3, 6):
            self.approves(code, "second_officer")
        if stage in (4, 5):
            self.begins_review(code, "second_officer")
        if stage > 4:
            self.sends_back(code, "second_officer", REASONS[0], None, 0)

    def something_happens(self) -> None:
        luck = self.luck
        happenings = (
            self.days_pass,
            self.office_decides,
            self.office_decides,
            self.unit_files,
            self.unit_files,
        )
        luck.choice(happenings)()

    def days_pass(self) -> None:
        if self.luck.random() < 0.8:
            self.model.today += timedelta(days=self.luck.randint(1, 6))
        else:
            self.opens(self.luck.choice(OFFICERS), self.some_day(), self.luck.choice((None, self.some_day())))

    def unit_files(self) -> None:
        luck, who, drift = self.luck, self.luck.choice(OWNS), self.luck.choice(DRIFTS)
        act = luck.choice(("save", "save", "save", "submit", "submit", "withdraw", "file", "file"))
        if act == "save":
            self.saves(self.at_home("DRAFT", "RETURNED"), who, luck.choice(KINDS), luck.randint(1, 4), drift)
        elif act == "submit":
            self.submits(self.at_home("DRAFT", "RETURNED"), who, drift)
        elif act == "file":
            self.hands_in(self.at_home(*ANY_STATE), who, FILE)
        else:
            self.withdraws(self.at_home("SUBMITTED"), who, drift)

    def office_decides(self) -> None:
        luck, who, drift = self.luck, self.luck.choice(OFFICERS), self.luck.choice(DRIFTS)
        until = luck.choice((None, None, self.some_day()))
        act = luck.choice(
            ("begin", "approve", "approve", "approve a draft", "send back", "correct", "reopen", "publish")
        )
        if act == "begin":
            self.begins_review(self.at_home("SUBMITTED"), who)
        elif act == "approve":
            self.approves(self.at_home("SUBMITTED"), who, drift)
        elif act == "approve a draft":
            self.approves(self.at_home("DRAFT", "RETURNED"), who, drift)
        elif act in ("send back", "correct"):
            code = self.at_home("SUBMITTED" if act == "send back" else "APPROVED")
            self.sends_back(code, who, luck.choice(REASONS), until, drift)
        elif act == "reopen":
            self.reopens(self.at_home("DRAFT", "RETURNED"), who, self.some_day())
        else:
            self.publishes(who)

    def some_day(self) -> date:
        return FIRST_DAY + timedelta(days=self.luck.randint(0, 24))

    def at_home(self, *states: str) -> str:
        """A unit: most often one whose return is there in one of these states."""
        fitting = [code for code in OWN if code in self.model.returns and self.model.of(code).state in states]
        return self.luck.choice(fitting if fitting and self.luck.random() < 0.8 else list(OWN))

    # What people do, told of one unit.

    def opens(self, who: str, opens_on: date, closes_on: date | None) -> None:
        by, model = CAST[who], self.model
        due_on = opens_on + timedelta(days=5)
        is_new = self.stored.period[:3] != (opens_on, due_on, closes_on)
        fits = closes_on is None or closes_on >= due_on

        def call(user: User, at: datetime) -> object:
            return filing.open_period(
                self.world.period, opens_on=opens_on, due_on=due_on, closes_on=closes_on, by=user, at=at
            )

        name = "调整报送日期" if model.opens_on else "开放报送期"
        allowed = by.is_officer and fits and is_new
        self.take(name, by, QUARTER, allowed, call, lambda: model.open(opens_on, closes_on))

    def saves(self, code: str, who: str, kind: str, number: int, drift: int = 0) -> None:
        by, model, filed = self.person(who, code), self.model, self.model.of(code)
        figures, text = self.world.typed(code, kind, number), f"进展{number}"
        version = max(filed.version + drift, 0)

        def call(user: User, at: datetime) -> object:
            return filing.save_return(
                self.world.period,
                unit=self.world.units[code],
                version=version,
                figures=figures,
                texts={"progress_text": text},
                by=user,
                at=at,
            )

        name = "保存季报" if by.belongs_to(code) else "代填季报"
        can_be_read = all(row.value != "1e5" for row in figures.values()) and kind != "foreign"
        cells = read_by_hand(figures) if can_be_read else {}
        changes = model.changes(code, cells, text)
        allowed = model.may_save(by, code) and can_be_read and (version == filed.version or not changes)
        effect = (lambda: model.save(by, code, cells, text)) if changes else None
        self.take(name, by, f"{QUARTER}/{code}", allowed, call, effect)

    def submits(self, code: str, who: str, drift: int = 0) -> None:
        by, model = self.person(who, code), self.model
        allowed, effect = model.may_submit(by, code), lambda: model.submit(by, code)
        self.decide("提交季报", by, code, drift, allowed, filing.submit_return, effect)

    def approves(self, code: str, who: str, drift: int = 0) -> None:
        by, model = self.person(who, code), self.model
        allowed, effect = model.may_approve(by, code), lambda: model.approve(code)
        self.decide("审定季报", by, code, drift, allowed, filing.approve_return, effect)

    def hands_in(self, code: str, who: str, name: str) -> None:
        """Add this file, or take it out where it is there."""
        by, model = self.person(who, code), self.model
        pk = self.stored.files.get(code, {}).get(name)

        def add(user: User, at: datetime) -> object:
            town, data = self.world.units[code], PDF + name.encode()
            return filing.add_evidence(self.world.period, unit=town, name=name, data=data, by=user, at=at)

        def remove(user: User, at: datetime) -> object:
            found = Evidence.objects.select_related("quarterly_return").get(pk=pk)
            return filing.remove_evidence(found, by=user, at=at)

        key, allowed = f"{QUARTER}/{code}", model.may_save(by, code)
        if pk is None:
            self.take("上传佐证材料", by, key, allowed, add, lambda: model.add_file(by, code, name))
        else:
            self.take("删除佐证材料", by, key, allowed, remove, lambda: model.remove_file(by, code, name))

    def withdraws(self, code: str, who: str, drift: int) -> None:
        by, model = self.person(who, code), self.model
        allowed, effect = model.may_withdraw(by, code), lambda: model.withdraw(code)
        self.decide("撤回季报", by, code, drift, allowed, filing.withdraw_return, effect)

    def begins_review(self, code: str, who: str) -> None:
        by, model = self.person(who, code), self.model

        def call(filed: QuarterlyReturn, *, version: int, by: User, at: datetime) -> object:
            return filing.begin_review(filed, by=by, at=at)

        is_first = model.of(code).review_begun_by is None
        effect = (lambda: model.begin_review(by, code)) if is_first else None
        self.decide("开始审核", by, code, 0, model.may_begin_review(by, code), call, effect)

    def sends_back(self, code: str, who: str, reason: str, until: date | None, drift: int) -> None:
        by, model = self.person(who, code), self.model
        name = "退回更正" if model.of(code).state == "APPROVED" else "退回季报"

        def call(filed: QuarterlyReturn, *, version: int, by: User, at: datetime) -> object:
            return filing.send_back_return(
                filed, version=version, reason=reason, reopened_until=until, by=by, at=at
            )

        allowed = model.may_send_back(by, code, reason, until)
        self.decide(name, by, code, drift, allowed, call, lambda: model.send_back(code, until))

    def reopens(self, code: str, who: str, until: date) -> None:
        by, unit, model = self.person(who, code), self.world.units[code], self.model

        def call(user: User, at: datetime) -> object:
            return filing.reopen_return(self.period(), unit=unit, until=until, by=user, at=at)

        allowed, effect = model.may_reopen(by, code, until), lambda: model.reopen(code, until)
        self.take("重新开放", by, f"{QUARTER}/{code}", allowed, call, effect)

    def publishes(self, who: str) -> None:
        by, model = CAST[who], self.model
        texts = {code: "口径不同" for asked in model.asked.values() for code in asked}

        def call(user: User, at: datetime) -> object:
            return filing.publish_period(self.world.period, explanations=texts, by=user, at=at)

        self.take("定稿", by, QUARTER, model.may_publish(by), call, lambda: model.publish(by))

    # How an act is taken and weighed.

    def decide(
        self,
        name: str,
        by: Person,
        code: str,
        drift: int,
        allowed: bool,
        call: Callable[..., object],
        effect: Callable[[], None] | None,
    ) -> None:
        """An act on a return that is there, naming its version."""
        if code not in self.model.returns:
            return
        version = self.model.returns[code].version + drift
        filed = QuarterlyReturn(pk=self.stored.returns[code][0])

        def decided(user: User, at: datetime) -> object:
            return call(filed, version=version, by=user, at=at)

        self.take(name, by, f"{QUARTER}/{code}", allowed and drift == 0, decided, effect)

    def take(
        self, name: str, by: Person, key: str, allowed: bool, call: Call, effect: Callable[[], None] | None
    ) -> None:
        """Take the act: refused exactly when the model refuses it, with its event exactly when it has an effect.

        `effect` is what the model expects of it, none where all is already as the act would make it.
        """
        at = datetime.combine(self.model.today, time(10), SHANGHAI)
        before, refusal = self.stored, ""
        try:
            call(self.world.users[by.name], at)
        except REFUSED as fault:
            refusal = str(fault)
        self.stored = self.read()
        note(f"{at:%m-%d}: {name}, {by.name}, {key}: {refusal or 'taken'}")
        self.world.seen[name, "refused" if refusal else "taken"] += 1
        assert (not refusal) == allowed, f"{name}, {by.name}, {key}: {refusal or 'taken'}"
        if refusal or effect is None:
            assert self.stored == before, (
                f"{name}, {by.name}, {key}: without effect, but it changed something"
            )
            return
        effect()
        assert as_stored(self.stored, self.world.names) == as_believed(self.model)
        new_events = self.stored.events[len(before.events) :]
        assert [row[1:] for row in new_events] == [(name, by.name, key)]
        self.weigh(before)

    def weigh(self, before: Stored) -> None:
        """What must hold whatever the model believes, told by the database and the trail alone."""
        for code, (_, state, *_) in self.stored.returns.items():
            old_state = before.returns.get(code, (0, "DRAFT"))[1]
            assert old_state == state or (old_state, state) in STEPS
            if state == "APPROVED":
                cells = self.stored.cells.get(code, {})
                figures = {name: value for name, (value, _) in cells.items() if value is not None}
                assert self.stored.actuals.get(code, {}) == figures, "half a return, or edited after approval"
            else:
                assert self.stored.actuals.get(code) == before.actuals.get(code), "actuals without approval"
        hands: dict[str, set[str]] = {}
        for _, act, name, key in self.stored.events:
            if act in WROTE:
                hands.setdefault(key, set()).add(name)
            if act in REVIEWED:
                assert CAST[name].is_officer
                assert name not in hands.get(key, set()), "reviewed one's own"
                assert not CAST[name].belongs_to(key.partition("/")[2]), "reviewed for one's own unit"

    def person(self, who: str, code: str) -> Person:
        return CAST[OWN[code] if who == "own" else who]

    def period(self) -> Period:
        """The quarter with the dates that it has now, as a page reads it."""
        period = copy(self.world.period)
        period.opens_on, period.due_on, period.closes_on = self.stored.period[:3]
        return period

    def read(self) -> Stored:
        return read_stored(self.world.period, self.world.trail_begins)
