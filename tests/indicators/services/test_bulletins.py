"""发布通报: frozen with its number and date; refused where the figures are open, moved, or the number is used."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from indicators import triggers
from indicators.choices import Edition
from indicators.domain.bulletins import ShownFigure
from indicators.models import AuditEvent, Bulletin, BulletinFile, Period, Plan
from indicators.queries.bulletins import changed_figures, changed_ranks
from indicators.queries.facts import load_facts
from indicators.queries.league import league_of
from indicators.services.bulletins import Imprint, publish_bulletin
from indicators.services.filing import AlreadyDoneError, FilingError
from indicators.services.filing.acts import bump
from tests.closed_quarter import correct
from tests.indicators.filing_steps import at, opened

IMPRINT = Imprint("联席会议办公室", "中经信〔2015〕12号", date(2015, 7, 28))
EDITIONS = {Edition.FULL: b"PK full", Edition.TOWNS: b"PK towns"}


def publish(period: Period, by: User, imprint: Imprint = IMPRINT) -> Bulletin:
    revision = Plan.objects.get(pk=period.plan_id).revision
    return publish_bulletin(
        period, imprint=imprint, editions=EDITIONS, revision=revision, by=by, at=at(28, hour=15)
    )


def test_the_files_are_kept_byte_for_byte_under_the_number(closed_quarter: Period, office: User) -> None:
    bulletin = publish(closed_quarter, office)
    kept = {file.edition: bytes(file.data) for file in BulletinFile.objects.all()}
    assert kept == {"FULL": b"PK full", "TOWNS": b"PK towns"}
    assert (bulletin.serial, bulletin.number, bulletin.issued_on) == (
        1,
        "中经信〔2015〕12号",
        date(2015, 7, 28),
    )
    event = AuditEvent.objects.order_by("sequence").last()
    assert (event.act, event.object_key) == ("发布通报", "2015Q2")
    assert event.new["full_sha256"] == sha256(b"PK full").hexdigest()


def test_a_second_one_of_the_quarter_counts_on(closed_quarter: Period, office: User) -> None:
    publish(closed_quarter, office)
    again = publish(closed_quarter, office, Imprint("联席会议办公室", "中经信〔2015〕13号", date(2015, 8, 1)))
    assert again.serial == 2


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_lets_nothing_of_it_be_changed(
    closed_quarter: Period, office: User, statement: str
) -> None:
    publish(closed_quarter, office)
    for table in triggers.BULLETINS:
        refused = pytest.raises(DatabaseError, match=triggers.FROZEN_REFUSAL)
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table))
    assert BulletinFile.objects.count() == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL replaces no row on an insert")
@pytest.mark.parametrize("key", ["id", "id + 100"], ids=["the same row", "another of the same edition"])
def test_an_insert_does_not_replace_a_file(closed_quarter: Period, office: User, key: str) -> None:
    """It would delete the published one without a word to the triggers on DELETE."""
    publish(closed_quarter, office)
    file, columns = BulletinFile._meta.db_table, "bulletin_id, edition, size, sha256"
    replacing = (
        f"INSERT OR REPLACE INTO {file} (id, {columns}, data) SELECT {key}, {columns}, 'x' FROM {file}"  # noqa: S608
    )
    refused = pytest.raises(DatabaseError, match=triggers.FROZEN_REFUSAL)
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replacing)
    assert {bytes(file.data) for file in BulletinFile.objects.all()} == set(EDITIONS.values())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
@pytest.mark.parametrize("table", triggers.BULLETINS)
def test_the_tables_cannot_be_emptied_either(closed_quarter: Period, office: User, table: str) -> None:
    publish(closed_quarter, office)
    refused = pytest.raises(DatabaseError, match=triggers.FROZEN_REFUSAL)
    with refused, transaction.atomic(), connection.cursor() as cursor:
        # Foreign keys that are still to be checked would stand in the way, and the triggers untried.
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")
    assert BulletinFile.objects.count() == 2


def test_a_number_is_used_once(closed_quarter: Period, office: User) -> None:
    publish(closed_quarter, office)
    with pytest.raises(AlreadyDoneError, match="文号“中经信〔2015〕12号”已用于2015年第二季度的通报"):
        publish(closed_quarter, office)
    assert Bulletin.objects.count() == 1


def test_figures_that_moved_meanwhile_are_not_published_unseen(closed_quarter: Period, office: User) -> None:
    seen = Plan.objects.get(pk=closed_quarter.plan_id).revision
    bump(closed_quarter.plan)
    with pytest.raises(FilingError, match="没有发布；请重新看样稿核对"):
        publish_bulletin(
            closed_quarter, imprint=IMPRINT, editions=EDITIONS, revision=seen, by=office, at=at(28, hour=15)
        )
    assert not Bulletin.objects.exists()


def test_an_open_quarter_has_no_bulletin(zhongshan: Plan, office: User) -> None:
    with pytest.raises(FilingError, match="还没有定稿"):
        publish(opened(zhongshan, office), office)


@pytest.mark.parametrize("person", ["leader", "auditor", "clerk", "xiaolan", "admin_account"])
def test_the_office_alone_publishes(
    closed_quarter: Period, person: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        publish(closed_quarter, request.getfixturevalue(person))


def test_nothing_is_said_to_have_changed_while_nothing_has(closed_quarter: Period, office: User) -> None:
    bulletin = publish(closed_quarter, office)
    facts = load_facts(closed_quarter.plan, office, at=closed_quarter.quarter)
    assert changed_figures(bulletin, facts, office) == ()
    assert changed_ranks(bulletin, league_of(facts, closed_quarter.quarter)) == ()


def test_a_correction_is_named_with_both_lights_and_ranks(
    closed_quarter: Period, office: User, second_office: User, xiaolan: User
) -> None:
    """14.51 is on pace with 12.30; 11.50 is 0.935 of it, yellow; its score falls, its place stays."""
    bulletin = Bulletin.objects.get(pk=publish(closed_quarter, office).pk)
    correct(closed_quarter, xiaolan, second_office, "11.50")
    facts = load_facts(closed_quarter.plan, office, at=closed_quarter.quarter)
    (figure,) = changed_figures(bulletin, facts, office)
    assert (figure.area.code, figure.indicator.code) == ("xiaolan", "industrial-investment")
    target = facts.target(figure.indicator, figure.area, 2015)
    value = type(target)
    assert figure.then == ShownFigure(value("14.51"), target, "GREEN")
    assert figure.now == ShownFigure(value("11.50"), target, "YELLOW")
    assert figure.correction is not None
    assert figure.correction.filed_in.unit.code == "xiaolan"
    moved = {
        one.town.code: (one.then, one.now)
        for one in changed_ranks(bulletin, league_of(facts, closed_quarter.quarter))
    }
    assert set(moved) == {"xiaolan"}
    assert moved["xiaolan"][0].rank == moved["xiaolan"][1].rank == 1
    assert moved["xiaolan"][0].score > moved["xiaolan"][1].score


def test_a_towns_official_learns_of_their_own_and_the_citys_corrections_alone(
    closed_quarter: Period, office: User, second_office: User, xiaolan: User, guzhen: User
) -> None:
    bulletin = publish(closed_quarter, office)
    correct(closed_quarter, xiaolan, second_office, "11.50")
    for person, areas in ((guzhen, []), (xiaolan, ["xiaolan"])):
        facts = load_facts(closed_quarter.plan, person, at=closed_quarter.quarter)
        assert [one.area.code for one in changed_figures(bulletin, facts, person)] == areas


def test_each_reader_has_their_edition(
    closed_quarter: Period, office: User, leader: User, xiaolan: User
) -> None:
    publish(closed_quarter, office)
    assert [file.edition for file in BulletinFile.objects.visible_to(leader)] == ["FULL"]
    assert [file.edition for file in BulletinFile.objects.visible_to(xiaolan)] == ["TOWNS"]


def test_nobody_elsewhere_sees_any(
    closed_quarter: Period, office: User, outsider: User, admin_account: User
) -> None:
    publish(closed_quarter, office)
    assert not BulletinFile.objects.visible_to(outsider).exists()
    assert not BulletinFile.objects.visible_to(admin_account).exists()


@pytest.mark.parametrize("day", [date(2015, 6, 30), date(2015, 8, 29), date(1900, 1, 1), date(9999, 12, 31)])
def test_it_is_dated_after_its_quarter_and_not_far_ahead(
    closed_quarter: Period, office: User, day: date
) -> None:
    """Published on 28 July, it may bear a day until 28 August."""
    with pytest.raises(FilingError, match="成文日期"):
        publish(closed_quarter, office, Imprint("联席会议办公室", "中经信〔2015〕12号", day))
    assert (
        publish(
            closed_quarter, office, Imprint("联席会议办公室", "中经信〔2015〕12号", date(2015, 8, 28))
        ).serial
        == 1
    )


@pytest.mark.parametrize(
    "typed", ["中经信[2015]12号", "中经信（2015）12 号", "中经信【2015】12号", " 中经信〔２０１５〕12号\x0b"]
)
def test_a_number_written_another_way_is_the_same_number(
    closed_quarter: Period, office: User, typed: str
) -> None:
    publish(closed_quarter, office)
    with pytest.raises(AlreadyDoneError):
        publish(closed_quarter, office, Imprint("联席会议办公室", typed, date(2015, 7, 29)))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("第3期(总第15期)", "第3期（总第15期）"), ("中经信〔2015〕12号（补发）", "中经信〔2015〕12号（补发）")],
)
def test_brackets_that_hold_no_year_stay_round(
    closed_quarter: Period, office: User, typed: str, printed: str
) -> None:
    assert (
        publish(closed_quarter, office, Imprint("联席会议办公室", typed, date(2015, 7, 29))).number == printed
    )


def test_an_edition_that_is_missing_is_noticed(closed_quarter: Period, office: User) -> None:
    with pytest.raises(ValueError, match="TOWNS"):
        publish_bulletin(
            closed_quarter,
            imprint=IMPRINT,
            editions={Edition.FULL: b"PK"},
            revision=Plan.objects.get(pk=closed_quarter.plan_id).revision,
            by=office,
            at=at(28),
        )
