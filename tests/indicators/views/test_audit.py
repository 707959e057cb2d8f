"""`/audit/`: the auditor finds any act by who, what, on what and when, and reads it in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode
from pytest_django.plugin import DjangoDbBlocker

from indicators.choices import FilingAct, ObjectKind, PeriodAct
from indicators.models import AuditChain, AuditEvent, Plan, Target
from indicators.queries.trail.asked import ACTS
from indicators.services import filing
from indicators.services.audit import Act, record
from indicators.services.targets import change_target
from tests.indicators.filing_steps import approved, at, opened, saved, submitted
from tests.people import account
from tests.plan_fixtures import stored
from tests.plans.tables import ZHONGSHAN
from tests.scenes import rolled_back
from towns.choices import Role

pytestmark = [pytest.mark.django_db, pytest.mark.once]

INVESTMENT = "industrial-investment"
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """2015Q2: 小榄镇 was sent back once and approved; 古镇镇 has a draft; a target was changed."""
    with rolled_back(django_db_blocker):
        plan = stored(ZHONGSHAN)
        office = account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")
        xiaolan = account("xiaolan", Role.TOWN, full_name="何小榄", unit_code="xiaolan")
        guzhen = account("guzhen", Role.TOWN, full_name="区古镇", unit_code="guzhen")
        account("auditor", Role.AUDITOR)
        period = opened(plan, office)
        waiting = submitted(period, "xiaolan", xiaolan, {INVESTMENT: "14"}, when=at(8))
        filing.send_back_return(waiting, version=waiting.version, reason="=请核对", by=office, at=at(9))
        approved(period, "xiaolan", xiaolan, office, {INVESTMENT: "14.51"}, when=at(10))
        saved(period, "guzhen", guzhen, {INVESTMENT: "7.2"}, when=at(11, hour=23))
        target = Target.objects.select_related("indicator__plan__city", "area").get(
            indicator__code=INVESTMENT, indicator__plan=plan, area__code="xiaolan", year=2015
        )
        change_target(
            target, new=target.value + 1, reason="调整", document="中府办〔2015〕1号", by=office, at=at(12)
        )
        yield plan


@pytest.fixture
def office(story: Plan) -> User:
    return User.objects.get(username="office")


@pytest.fixture
def xiaolan(story: Plan) -> User:
    return User.objects.get(username="xiaolan")


@pytest.fixture
def browser(client: Client, story: Plan) -> Client:
    client.force_login(User.objects.get(username="auditor"), backend="towns.backends.MembershipBackend")
    return client


def rows_of(browser: Client, **asked: str) -> list[str]:
    """The rows of the first page, each as one line of text."""
    response = browser.get("/audit/", asked)
    assert response.status_code == 200
    body = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))).strip()
        for row in body.split("</tr>")[:-1]
    ]


def acts_of(browser: Client, **asked: str) -> list[str]:
    found = [next(act for act in ACTS if f" {act} " in f" {row} ") for row in rows_of(browser, **asked)]
    assert found == [row.act for row in browser.get("/audit/", asked).context["page"].rows]
    return found


def test_an_event_is_told_in_words(story: Plan, browser: Client) -> None:
    [sent_back] = rows_of(browser, act="退回季报")
    assert sent_back.startswith("2015-07-09 10:00:00 欧阳敏 office 退回季报 小榄镇 2015年第二季度 季报表")
    assert "状态 已提交 → 已退回" in sent_back
    assert "理由 =请核对" in sent_back
    [changed] = rows_of(browser, act="调整目标")
    assert "工业投资 小榄镇 2015年" in changed
    newest = rows_of(browser, act="保存季报", unit="xiaolan")[0]
    assert "工业投资（亿元） 14 → 14.51" in newest


def test_the_newest_comes_first(story: Plan, browser: Client) -> None:
    assert acts_of(browser, quarter="2015Q2") == [
        "保存季报", "审定季报", "提交季报", "保存季报", "退回季报", "提交季报", "保存季报", "开放报送期",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "acts"),
    [
        ({"act": "审定季报"}, ["审定季报"]),
        ({"person": "guzhen"}, ["保存季报"]),
        ({"person": "区古镇"}, ["保存季报"]),
        ({"person": "nobody-of-this-name"}, []),
        ({"kind": "报送期"}, ["开放报送期"]),
        ({"object": "2015Q2/guzhen"}, ["保存季报"]),
        ({"quarter": "2015Q2", "unit": "guzhen"}, ["保存季报"]),
        ({"quarter": "2015Q3"}, []),
        ({"unit": "xiaolan", "person": "office"}, ["调整目标", "审定季报", "退回季报"]),
        # 23:00 in Zhongshan on 11 July is 15:00 of that day in Greenwich; the day itself is included on both sides
        ({"since": "2015-07-11", "until": "2015-07-11"}, ["保存季报"]),
        ({"since": "2015-07-12", "person": "office"}, ["调整目标"]),
        ({"until": "2015年7月1日", "quarter": "2015Q2"}, ["开放报送期"]),
        ({"text": "古镇"}, ["保存季报"]),
        ({"text": "guzh"}, ["保存季报"]),
        ({"text": "欧阳", "quarter": "2015Q2"}, ["审定季报", "退回季报", "开放报送期"]),
        ({"text": "%"}, []),
        ({"text": "'; --"}, []),
    ],
)
def test_each_condition_finds_what_it_says(
    story: Plan, browser: Client, asked: dict[str, str], acts: list[str]
) -> None:
    found = acts_of(browser, **asked)
    assert found == acts


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "yesterday"}, "起始日期应写作 2015-07-08。"),
        ({"until": "2015-02-30"}, "截止日期应写作 2015-07-08。"),
        ({"since": "2015-07-09", "until": "2015-07-08"}, "起始日期晚于截止日期，请对调。"),
        ({"until": "9999-12-31"}, "日期应在 2000 年至 2099 年之间。"),
        ({"quarter": "2015Q9"}, "没有“2015Q9”这一季度，季度写作 2015Q2。"),
        ({"unit": "baisha"}, "本市没有代码为“baisha”的填报单位。"),
        ({"act": "drop"}, "没有“drop”这种行为。"),
        ({"before": "first"}, "没有这一页，请从第一页翻起。"),
        ({"after": "9" * 30}, "没有这一页，请从第一页翻起。"),
        ({"text": "字" * 101}, "查找的文字最多 100 字，请缩短。"),
        ({"person": "a\0b"}, "空字符"),
    ],
)
@pytest.mark.parametrize("address", ["/audit/", "/audit.xlsx"])
def test_a_condition_that_makes_no_sense_is_refused_in_a_sentence(
    story: Plan, browser: Client, address: str, asked: dict[str, str], sentence: str
) -> None:
    response = browser.get(address, asked)
    assert response.status_code == 422
    assert sentence in unescape(response.content.decode())


def test_what_was_asked_stays_in_the_form_and_in_the_link_to_the_workbook(
    story: Plan, browser: Client
) -> None:
    asked = {
        "act": "保存季报",
        "person": "guzhen",
        "quarter": "2015Q2",
        "since": "2015-07-01",
        "text": "古镇",
    }
    response = browser.get("/audit/", asked)
    page = unescape(response.content.decode())
    assert f'href="/audit.xlsx?{urlencode(asked)}"' in page
    assert '<option value="保存季报" selected>' in page
    assert 'value="2015-07-01"' in page
    assert response.context["page"].rows[0].of_object == "?" + urlencode(
        {"act": "保存季报", "person": "guzhen", "kind": "季报表", "object": "2015Q2/guzhen",
         "since": "2015-07-01", "text": "古镇"}
    )  # fmt: skip


def test_the_head_of_each_chain_stands_on_the_page_as_the_command_takes_it(
    story: Plan, browser: Client
) -> None:
    page = browser.get("/audit/").content.decode()
    chain = AuditChain.objects.get(name=story.code)
    assert f"{chain.name}:{chain.length}:{chain.head}" in page
    assert "verify_audit" in page


def test_another_citys_events_do_not_exist(story: Plan, browser: Client, office: User) -> None:
    before = rows_of(browser)
    act = Act("保存季报", "季报表", "2015Q2/xiaolan", {}, {"progress_text": "别市的"})
    record("linhai-2021-2025", act, by=None, at=at(20), city_code="linhaiwan")
    assert rows_of(browser) == before
    assert "linhai" not in browser.get("/audit/").content.decode()


@pytest.mark.parametrize("person", ["office", "leader", "xiaolan", "clerk", "admin_account"])
@pytest.mark.parametrize("address", ["/audit/", "/audit.xlsx"])
def test_nobody_else_reads_the_trail(
    client: Client, story: Plan, request: pytest.FixtureRequest, person: str, address: str
) -> None:
    client.force_login(request.getfixturevalue(person), backend="towns.backends.MembershipBackend")
    response = client.get(address)
    assert response.status_code == 403
    assert "guzhen" not in response.content.decode()


def test_only_the_auditor_is_led_there(client: Client, browser: Client, story: Plan, office: User) -> None:
    assert 'href="/audit/' in browser.get("/").content.decode()
    client.force_login(office, backend="towns.backends.MembershipBackend")
    assert 'href="/audit/' not in client.get("/").content.decode()


def test_every_act_that_is_recorded_can_be_asked_for(story: Plan) -> None:
    assert set(FilingAct) | set(PeriodAct) <= set(ACTS)
    assert set(AuditEvent.objects.values_list("act", flat=True)) <= set(ACTS)
    assert set(AuditEvent.objects.values_list("object_kind", flat=True)) <= set(ObjectKind)


def test_hostile_text_stays_text(story: Plan, browser: Client, office: User) -> None:
    act = Act("保存季报", "季报表", "2015Q2/xiaolan", {}, {"progress_text": "<script>alert(1)</script>"})
    record(story.code, act, by=office, at=at(20), city_code="zhongshan")
    page = browser.get("/audit/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_event_of_any_shape_can_be_read(story: Plan, browser: Client, office: User) -> None:
    """Events are for good: those of earlier or later versions must not break the page."""
    shapes: list[Any] = [
        {"figures": {"gone": {"value": "1e5", "note": None}}, "actuals": [], "state": "NEW"},
        {"figures": "none", "differences": {"x": 1}, "added": 3, "unit": "nowhere", "role": ["a"]},
        {
            "indicators": {"rd-intensity": {"unit": "%", "no_such_column": None}},
            "deep": {"a": {"b": [1, True]}},
        },
        {"published_at": "2015-99-99T00:00:00", "opens_on": "2015-02-31", "value": None, "name": ""},
    ]
    for shape in shapes:
        for kind, key in (("季报表", "x"), ("年度目标", "a/b"), ("报送期", "Q"), ("别的", "")):
            record(
                story.code, Act("保存季报", kind, key, shape, {}), by=None, at=at(20), city_code="zhongshan"
            )
    assert len(rows_of(browser)) == 16 + 10


def many_events(plan: Plan, number: int) -> None:
    """So many events at the end of the chain, without their hashes: what a page costs does not depend on these."""
    chain = AuditChain.objects.get(name=plan.code)
    first = datetime(2015, 8, 1, tzinfo=UTC)
    with connection.cursor() as cursor:
        for place in range(chain.length + 1, chain.length + number + 1):
            cursor.execute(
                "INSERT INTO indicators_auditevent (chain_id, sequence, city_code, at, actor_name, act, object_kind,"
                " object_key, old, new, previous, hash) VALUES (%s, %s, 'zhongshan', %s, 'xiaolan', '保存季报',"
                " '季报表', '2015Q2/xiaolan', '{}', '{}', %s, %s)",
                [chain.pk, place, first + timedelta(seconds=place), f"h{place - 1}"
                 if place > chain.length + 1 else chain.head, f"h{place}"],
            )  # fmt: skip


def test_a_page_takes_as_many_queries_for_a_long_trail_and_every_event_stands_on_one(
    story: Plan, browser: Client
) -> None:
    with CaptureQueriesContext(connection) as few:
        assert rows_of(browser)
    many_events(story, 230)
    with CaptureQueriesContext(connection) as many:
        first = browser.get("/audit/")
    assert len(many) == len(few) <= MOST_QUERIES
    total = AuditEvent.objects.filter(city_code="zhongshan").count()
    assert first.context["page"].count == f"{total} 条"
    seen, page = [], first.context["page"]
    while True:
        seen += [row.place for row in page.rows]
        if not page.older:
            break
        page = browser.get("/audit/" + page.older).context["page"]
    assert len(seen) == len(set(seen)) == total
    back = [row.place for row in page.rows]
    while page.newer:
        page = browser.get("/audit/" + page.newer).context["page"]
        back = [row.place for row in page.rows] + back
    assert back == seen


def test_beyond_a_limit_it_is_only_said_that_there_are_more(
    story: Plan, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indicators.queries.trail.rows.COUNTED", 5)
    assert browser.get("/audit/").context["page"].count == "5 条以上"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("14.51", 2),  # typed, and approved
        ("=请核对", 1),
        ("工业投资", 5),  # typed three times, approved once, and its target changed
        ("小榄", 7),  # six acts on the return, and the target
        ("99.99", 0),
    ],
)
def test_what_was_written_is_found_by_figure_reason_and_indicator(
    browser: Client, story: Plan, text: str, number: int
) -> None:
    assert len(rows_of(browser, text=text)) == number
