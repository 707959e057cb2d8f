"""Filing as domain.md section 5 has it, written once more in plain Python: what the state machine test believes.

It imports nothing of the rules that it checks. Whom it names by user name, units and indicators by code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Cell = tuple[Decimal | None, str]
"""A figure, none for a blank one, and its note."""

STEPS = frozenset(
    {
        ("DRAFT", "SUBMITTED"),
        ("DRAFT", "APPROVED"),  # 代填 alone
        ("SUBMITTED", "DRAFT"),
        ("SUBMITTED", "RETURNED"),
        ("SUBMITTED", "APPROVED"),
        ("RETURNED", "SUBMITTED"),
        ("RETURNED", "APPROVED"),  # 代填 alone
        ("APPROVED", "RETURNED"),
    }
)


@dataclass(frozen=True)
class Person:
    name: str
    role: str
    unit: str = ""
    is_local: bool = True

    @property
    def is_officer(self) -> bool:
        return self.is_local and self.role == "OFFICE"

    def belongs_to(self, unit: str) -> bool:
        return self.is_local and self.unit == unit


@dataclass
class Return:
    """What is known of one unit's return. `hands`: everybody who ever wrote in it or handed it in."""

    state: str = "DRAFT"
    version: int = 1
    cells: dict[str, Cell] = field(default_factory=dict)
    text: str = ""
    files: set[str] = field(default_factory=set)
    hands: set[str] = field(default_factory=set)
    is_the_units: bool = False
    is_filled_in: bool = False
    submitted_by: str | None = None
    review_begun_by: str | None = None
    reopened_until: date | None = None

    @property
    def may_change(self) -> bool:
        return self.state in ("DRAFT", "RETURNED")


@dataclass
class Filing:
    """One quarter of one plan: its dates, the returns of its units, and what was approved."""

    asked: Mapping[str, tuple[str, ...]]
    """{unit: indicators it is asked for}; none: the unit files text only."""
    today: date
    opens_on: date | None = None
    closes_on: date | None = None
    published_by: str | None = None
    returns: dict[str, Return] = field(default_factory=dict)
    actuals: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def of(self, unit: str) -> Return:
        """The unit's return; a blank one of version 0 while there is none."""
        return self.returns.get(unit) or Return(version=0)

    def has_begun(self) -> bool:
        return self.opens_on is not None and self.opens_on <= self.today

    def is_locked(self, unit: str) -> bool:
        until = self.of(unit).reopened_until
        is_past = self.closes_on is not None and self.today > self.closes_on
        return self.has_begun() and is_past and not (until is not None and self.today <= until)

    def takes_figures(self, unit: str) -> bool:
        return self.has_begun() and not self.is_locked(unit)

    def is_complete(self, unit: str) -> bool:
        """Whether nothing stands in the way of handing it in: each figure has a note, a text-only unit its text."""
        filed = self.of(unit)
        noted = all(filed.cells.get(code, (None, ""))[1] for code in self.asked[unit])
        return noted if self.asked[unit] else bool(filed.text)

    # Who may do what, and when.

    def may_save(self, by: Person, unit: str) -> bool:
        filed = self.of(unit)
        own = by.belongs_to(unit)
        return (
            (own or (by.is_officer and not filed.is_the_units))
            and filed.may_change
            and self.takes_figures(unit)
        )

    def may_submit(self, by: Person, unit: str) -> bool:
        ready = self.of(unit).may_change and self.is_complete(unit)
        return by.belongs_to(unit) and ready and self.takes_figures(unit)

    def may_withdraw(self, by: Person, unit: str) -> bool:
        filed = self.of(unit)
        waits = filed.state == "SUBMITTED" and filed.review_begun_by is None
        return by.belongs_to(unit) and waits and self.takes_figures(unit)

    def is_second_person(self, by: Person, unit: str) -> bool:
        """Of the office, and neither a hand in the return nor one of its unit."""
        return by.is_officer and by.name not in self.of(unit).hands and not by.belongs_to(unit)

    def may_begin_review(self, by: Person, unit: str) -> bool:
        return self.is_second_person(by, unit) and self.of(unit).state == "SUBMITTED"

    def may_approve(self, by: Person, unit: str) -> bool:
        filed = self.of(unit)
        offices_own = filed.may_change and filed.is_filled_in and not filed.is_the_units
        waits = filed.state == "SUBMITTED" or (offices_own and self.is_complete(unit))
        return self.is_second_person(by, unit) and waits

    def may_send_back(self, by: Person, unit: str, reason: str, until: date | None) -> bool:
        decided = self.of(unit).state in ("SUBMITTED", "APPROVED")
        day_fits = until >= self.today if until else not self.is_locked(unit)
        return self.is_second_person(by, unit) and decided and bool(reason.strip()) and day_fits

    def may_reopen(self, by: Person, unit: str, until: date) -> bool:
        filed = self.of(unit)
        is_new = until >= self.today and until != filed.reopened_until
        return by.is_officer and self.has_begun() and filed.may_change and is_new

    def may_publish(self, by: Person) -> bool:
        return by.is_officer and self.published_by is None and self.has_begun()

    def changes(self, unit: str, cells: Mapping[str, Cell], text: str) -> bool:
        filed = self.of(unit)
        return text != filed.text or any(
            filed.cells.get(code, (None, "")) != cell for code, cell in cells.items()
        )

    # What follows from an act that is taken.

    def open(self, opens_on: date, closes_on: date | None) -> None:
        self.opens_on, self.closes_on = opens_on, closes_on

    def publish(self, by: Person) -> None:
        self.published_by = by.name

    def save(self, by: Person, unit: str, cells: Mapping[str, Cell], text: str) -> None:
        filed = self.returns.setdefault(unit, Return(version=0))
        filed.version += 1
        filed.cells.update(cells)
        filed.text = text
        filed.hands.add(by.name)
        filed.is_filled_in = not by.belongs_to(unit)
        filed.is_the_units |= by.belongs_to(unit)

    def add_file(self, by: Person, unit: str, name: str) -> None:
        self._hand_in_files(by, unit).files.add(name)

    def remove_file(self, by: Person, unit: str, name: str) -> None:
        self._hand_in_files(by, unit).files.remove(name)

    def _hand_in_files(self, by: Person, unit: str) -> Return:
        """A file begins the return where there is none, and moves its version where it is 代填."""
        filed = self.returns.setdefault(unit, Return(version=0))
        filed.version += not by.belongs_to(unit)
        filed.hands.add(by.name)
        filed.is_filled_in |= not by.belongs_to(unit)
        filed.is_the_units |= by.belongs_to(unit)
        return filed

    def submit(self, by: Person, unit: str) -> None:
        filed = self._moved(unit, "SUBMITTED")
        filed.hands.add(by.name)
        filed.is_the_units = True
        filed.submitted_by, filed.review_begun_by = by.name, None

    def withdraw(self, unit: str) -> None:
        self._moved(unit, "DRAFT").submitted_by = None

    def begin_review(self, by: Person, unit: str) -> None:
        filed = self.returns[unit]
        filed.review_begun_by = filed.review_begun_by or by.name

    def approve(self, unit: str) -> None:
        filed = self._moved(unit, "APPROVED")
        filed.reopened_until = None
        figures = {code: value for code, (value, _) in filed.cells.items() if value is not None}
        self.actuals[unit] = figures

    def send_back(self, unit: str, until: date | None) -> None:
        filed = self._moved(unit, "RETURNED")
        filed.reopened_until = until or filed.reopened_until

    def reopen(self, unit: str, until: date) -> None:
        """What is filed does not change, nor does its version."""
        self.returns.setdefault(unit, Return(version=0)).reopened_until = until

    def _moved(self, unit: str, state: str) -> Return:
        filed = self.returns[unit]
        filed.state, filed.version = state, filed.version + 1
        return filed
