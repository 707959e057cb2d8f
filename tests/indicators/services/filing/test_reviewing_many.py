"""Many returns approved at once, and many people at one return: each by its own rules, one decision."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import close_old_connections, connections

from indicators.models import Actual, AuditEvent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.filing import FilingError, Typed
from tests.indicators.filing_steps import at, opened, submitted
from tests.people import account, unit
from towns.choices import Role

FIGURE = {"robot-firms": "3"}


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def town_return(period: Period, code: str) -> QuarterlyReturn:
    return submitted(period, code, account(code, Role.TOWN, unit_code=code), FIGURE)


def test_each_return_is_decided_by_its_own_rules(
    period: Period, office: User, second_office: User, clerk: User
) -> None:
    free = town_return(period, "xiaolan")
    own_units = submitted(period, "jingxin", clerk)
    decided = town_return(period, "guzhen")
    filing.approve_return(decided, version=decided.version, by=second_office, at=at(9))
    changed = town_return(period, "nantou")
    taken_back = filing.withdraw_return(
        changed, version=changed.version, by=User.objects.get(username="nantou"), at=at(9)
    )
    filing.submit_return(
        taken_back, version=taken_back.version, by=User.objects.get(username="nantou"), at=at(9)
    )
    half = filing.save_return(
        period,
        unit=unit("huangpu"),
        version=0,
        figures={"robot-firms": Typed("2")},
        by=second_office,
        at=at(8),
    )
    own_hand = filing.save_return(
        period, unit=unit("dongfeng"), version=0, figures={"robot-firms": Typed("2")}, by=office, at=at(8)
    )
    last = town_return(period, "shaxi")
    chosen = [
        (free, free.version),
        (own_units, own_units.version),
        (decided, decided.version - 1),
        (changed, changed.version - 1),
        (half, half.version),
        (own_hand, own_hand.version),
        (last, last.version),
    ]
    outcomes = filing.approve_each(chosen, by=office, at=at(10))
    told = {one.filed.unit.code: one.why_not for one in outcomes}
    assert list(told) == ["xiaolan", "jingxin", "guzhen", "nantou", "huangpu", "dongfeng", "shaxi"]
    assert (told["xiaolan"], told["shaxi"]) == ("", "")
    assert told["jingxin"] == "不能审定自己所在单位的季报表，请由其他单位的人员审定。"
    assert told["guzhen"] == "这张季报表已由冯志远于7月9日10:00审定，没有重复办理。"
    assert told["nantou"] == "列出之后又有改动，请看过现在的数再审定。"
    assert told["huangpu"].startswith("还有需要更正或说明的：")
    assert told["huangpu"].endswith("等 10 处")
    assert told["dongfeng"] == "不能审定自己填写或修改过的季报表，请由另一位同事审定。"
    assert [one.filed.unit.code for one in outcomes if one.was_done] == ["guzhen"]
    approved = QuarterlyReturn.objects.filter(state="APPROVED").values_list("unit__code", flat=True)
    assert set(approved) == {"xiaolan", "shaxi", "guzhen"}
    assert set(Actual.objects.values_list("area__code", flat=True)) == {"xiaolan", "shaxi", "guzhen"}


def test_sent_twice_it_has_one_effect(period: Period, office: User) -> None:
    chosen = [
        (filed, filed.version) for filed in (town_return(period, "xiaolan"), town_return(period, "guzhen"))
    ]
    assert [one.why_not for one in filing.approve_each(chosen, by=office, at=at(9))] == ["", ""]
    again = filing.approve_each(chosen, by=office, at=at(9))
    assert [one.was_done for one in again] == [True, True]
    assert AuditEvent.objects.filter(act="审定季报").count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_return_decided_taken_back_and_begun_at_once_goes_one_way(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    """Eight threads on one return: two of each act. Of approving, sending back and taking back one happens."""
    period = opened(zhongshan, office)
    filed = submitted(period, "xiaolan", xiaolan, FIGURE)
    officers = [account(f"officer_{n}", Role.OFFICE, unit_code="fagai") for n in range(6)]
    version = filed.version
    acts: list[Callable[[], object]] = []
    for one in officers[:2]:
        acts.append(lambda by=one: filing.approve_return(filed, version=version, by=by, at=at(9)))
    for one in officers[2:4]:
        acts.append(
            lambda by=one: filing.send_back_return(filed, version=version, reason="请核对", by=by, at=at(9))
        )
    for one in officers[4:]:
        acts.append(lambda by=one: filing.begin_review(filed, by=by, at=at(9)))
    acts += [lambda: filing.withdraw_return(filed, version=version, by=xiaolan, at=at(9))] * 2
    start = threading.Barrier(len(acts))
    broken: list[str] = []

    def take(act: Callable[[], object]) -> None:
        close_old_connections()
        start.wait()
        try:
            act()
        except FilingError:
            pass
        except Exception as fault:  # a lost thread must fail the test
            broken.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    events = list(AuditEvent.objects.order_by("sequence").values_list("act", flat=True))
    happened = [act for act in events if act in ("审定季报", "退回季报", "撤回季报")]
    assert len(happened) == 1
    end = {"审定季报": "APPROVED", "退回季报": "RETURNED", "撤回季报": "DRAFT"}[happened[0]]
    filed.refresh_from_db()
    assert (filed.state, Actual.objects.exists()) == (end, end == "APPROVED")
    # Begun at most once, never after it went its way, and never before it was taken back.
    assert events.count("开始审核") <= 1
    if "开始审核" in events:
        assert events.index("开始审核") < events.index(happened[0])
        assert happened != ["撤回季报"]
    assert list(verify_chains()) == []
