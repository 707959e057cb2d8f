"""A quarter from the clerk's first cell to the published figure, through the pages and without a script."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from indicators.models import Actual, Entry, Period, Plan, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_indicators
from tests.indicators.filing_steps import approved, opened, period_of
from tests.people import account, unit
from towns.choices import Role

RETURN = "/returns/2015Q2/jingxin/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, open since July 2015 and due in five days from today, since the pages go by the server's clock."""
    return opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))


def form(period: Period, version: int, action: str = "save", **typed: str) -> dict[str, str]:
    """The return form as a browser sends it: every row, here with `typed`, the others with a note."""
    sent = {
        "version": str(version),
        "action": action,
        "progress_text": "",
        "problems_text": "",
        "next_steps_text": "",
    }
    for indicator in assigned_indicators(period.plan, unit("jingxin"), period.quarter):
        text = typed.get(indicator.code.replace("-", "_"), "")
        sent[f"value-{indicator.code}"] = text
        sent[f"note-{indicator.code}"] = "" if text else "尚未统计"
    return sent


STORY = {"upgraded_firms": "350（220）", "industrial_value_added": "1,417", "upgrade_investment": "１３０"}


def test_a_clerks_figures_are_returned_corrected_approved_and_published(
    period: Period, clerk: User, office: User, second_office: User, leader: User
) -> None:
    at_the_bureau, at_the_office = signed_in(clerk), signed_in(second_office)

    page = at_the_bureau.get("/returns/")
    assert page.status_code == 200
    assert "还有 5 天" in page.content.decode()
    assert f'href="{RETURN}"' in page.content.decode()

    # 220 of 350 in brackets: the part's own row is left empty, and nothing need be said about it.
    sent = form(period, 0, "submit", **STORY) | {"note-upgraded-firms-large": ""}
    answer = at_the_bureau.post(RETURN, sent, follow=True)
    assert "市经济和信息化局2015年第二季度季报已提交，等待联席会议办公室审核。" in answer.content.decode()
    filed = QuarterlyReturn.objects.get()
    values = dict(Entry.objects.exclude(value=None).values_list("indicator__code", "value"))
    assert values == {
        "upgraded-firms": Decimal(350),
        "upgraded-firms-large": Decimal(220),
        "industrial-value-added": Decimal(1417),
        "upgrade-investment": Decimal(130),
    }

    queue = at_the_office.get("/returns/review/").content.decode()
    assert "市经济和信息化局" in queue
    assert "陈晓" in queue
    back = {"version": filed.version, "reason": "增加值应为上半年累计数，请核对"}
    at_the_office.post(RETURN + "send-back/", back)
    mine = at_the_bureau.get("/returns/").content.decode()
    assert "退回理由：增加值应为上半年累计数，请核对" in mine

    filed.refresh_from_db()
    corrected = form(period, filed.version, "submit", **STORY | {"industrial_value_added": "647.78"})
    at_the_bureau.post(RETURN, corrected | {"value-upgraded-firms-large": "220"})
    filed.refresh_from_db()
    assert filed.state == "SUBMITTED"
    answer = at_the_office.post(RETURN + "approve/", {"version": filed.version}, follow=True)
    assert "已审定，数字已采用。" in answer.content.decode()
    approved = Actual.objects.get(indicator__code="industrial-value-added")
    assert (approved.value, approved.area.code) == (Decimal("647.78"), "zhongshan")

    at_the_desk = signed_in(office)
    answer = at_the_desk.post("/periods/2015Q2/", follow=True)
    assert "2015年第二季度已定稿" in answer.content.decode()
    assert period_of(period.plan).is_published


def test_a_cell_that_cannot_be_read_is_named_and_stands_as_typed_while_the_others_are_saved(
    period: Period, clerk: User
) -> None:
    sent = form(period, 0, industrial_value_added="1e5", industrial_investment="１２３.4", robot_firms="八十")
    sent |= {"progress_text": "进展顺利", "note-robot-firms": "含在建"}
    answer = signed_in(clerk).post(RETURN, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 2 处无法识别，没有保存，请改正；其余已保存。" in page
    assert '<a href="#entry-industrial-value-added">' in page
    for kept in ('value="1e5"', 'value="123.4"', 'value="八十"', 'value="含在建"', "进展顺利"):
        assert kept in page
    filed = QuarterlyReturn.objects.get()
    assert filed.progress_text == "进展顺利"
    assert filed.entries.get(indicator__code="industrial-investment").value == Decimal("123.4")
    assert not filed.entries.filter(indicator__code__in=["industrial-value-added", "robot-firms"]).exists()
    assert f'name="version" value="{filed.version}"' in page


def test_what_stands_in_the_way_of_submission_is_listed_and_the_draft_kept(
    period: Period, clerk: User
) -> None:
    sent = form(period, 0, "submit", upgraded_firms="220（350）", robot_firms="1.5")
    answer = signed_in(clerk).post(RETURN, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "草稿已保存。有 2 处需要更正或说明，尚未提交。" in page
    assert "超5000万元企业”350 大于“开展技改企业”220" in page
    assert "“机器换人企业”应为整数，填的是 1.5，请四舍五入后填写。" in page
    filed = QuarterlyReturn.objects.get()
    assert (filed.state, filed.entries.get(indicator__code="robot-firms").value) == ("DRAFT", Decimal("1.5"))
    assert f'name="version" value="{filed.version}"' in page


def test_a_stale_save_is_answered_with_both_values(period: Period, clerk: User) -> None:
    colleague = account("clerk_2", Role.DEPARTMENT, full_name="同事", unit_code="jingxin")
    signed_in(clerk).post(RETURN, form(period, 0, robot_firms="10"))
    first = QuarterlyReturn.objects.get().version
    signed_in(colleague).post(RETURN, form(period, first, robot_firms="12"))
    answer = signed_in(clerk).post(RETURN, form(period, first, robot_firms="１１"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'name="value-robot-firms" value="１１"' in page
    assert "<dt>已保存的</dt><dd>12</dd>" in page
    assert Entry.objects.get(indicator__code="robot-firms").value == 12
    # Having seen both, the clerk decides for the own figure.
    now = QuarterlyReturn.objects.get().version
    assert f'name="version" value="{now}"' in page
    signed_in(clerk).post(RETURN, form(period, now, robot_firms="１１"))
    assert Entry.objects.get(indicator__code="robot-firms").value == 11


def test_a_stale_save_is_answered_with_both_texts(period: Period, clerk: User) -> None:
    client = signed_in(clerk)
    client.post(RETURN, form(period, 0, robot_firms="10"))
    first = QuarterlyReturn.objects.get().version
    client.post(RETURN, form(period, first, robot_firms="10") | {"progress_text": "走访企业二十家。"})
    answer = client.post(
        RETURN, form(period, first, robot_firms="10") | {"progress_text": "走访企业三十家。"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">走访企业三十家。</textarea>" in page
    assert "<dt>已保存的</dt><dd>走访企业二十家。</dd>" in page
    assert 'aria-describedby="said-progress_text"' in page
    assert page.count("<dt>已保存的</dt><dd>") == 1


def test_a_text_too_long_in_a_stale_copy_does_not_hide_that_it_is_stale(period: Period, clerk: User) -> None:
    client = signed_in(clerk)
    client.post(RETURN, form(period, 0, robot_firms="10"))
    old = QuarterlyReturn.objects.get().version
    client.post(RETURN, form(period, old, robot_firms="12"))
    answer = client.post(RETURN, form(period, old, robot_firms="11") | {"progress_text": "长" * 4001})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<dt>已保存的</dt><dd>12</dd>" in page
    assert 'name="value-robot-firms" value="11"' in page
    assert "长" * 4001 in page


def test_an_unreadable_cell_in_a_stale_copy_does_not_hide_that_it_is_stale(
    period: Period, clerk: User
) -> None:
    signed_in(clerk).post(RETURN, form(period, 0, robot_firms="10"))
    old = QuarterlyReturn.objects.get().version
    signed_in(clerk).post(RETURN, form(period, old, robot_firms="12"))
    answer = signed_in(clerk).post(RETURN, form(period, old, robot_firms="十"))
    assert f'name="version" value="{old}"' in answer.content.decode()


def test_a_form_sent_twice_is_submitted_once_and_said_so(period: Period, clerk: User) -> None:
    client = signed_in(clerk)
    sent = form(period, 0, "submit", industrial_value_added="600")
    client.post(RETURN, sent)
    before = QuarterlyReturn.objects.get()
    answer = client.post(RETURN, sent, follow=True)
    assert "没有重复办理" in answer.content.decode()
    assert QuarterlyReturn.objects.get().version == before.version


def test_what_is_typed_after_somebody_submitted_is_shown_beside_what_is_saved(
    period: Period, clerk: User
) -> None:
    client = signed_in(clerk)
    client.post(RETURN, form(period, 0, "submit", industrial_value_added="600"))
    answer = client.post(RETURN, form(period, 0, "submit", industrial_value_added="610"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "您刚才填的，没有保存" in page
    assert '<td class="number" data-label="您填的">610</td>' in page
    assert Entry.objects.get(indicator__code="industrial-value-added").value == 600


def test_a_submitted_return_says_that_it_can_be_withdrawn_first(
    period: Period, clerk: User, second_office: User
) -> None:
    bureau = signed_in(clerk)
    bureau.post(RETURN, form(period, 0, "submit", industrial_value_added="600"))
    assert "季报表处于“已提交”，不能修改。如需修改，请先撤回。" in bureau.get(RETURN).content.decode()
    version = QuarterlyReturn.objects.get().version
    signed_in(second_office).post(RETURN + "approve/", {"version": version})
    page = bureau.get(RETURN).content.decode()
    assert "季报表处于“已审定”，不能修改。" in page
    assert "撤回" not in page


def test_the_office_reads_who_submits_what_it_filled_in(
    period: Period, clerk: User, second_office: User
) -> None:
    saved = signed_in(second_office).post(RETURN, form(period, 0, robot_firms="10"), follow=True)
    page = saved.content.decode()
    assert "代填的草稿由市经济和信息化局提交，或由办公室另一位同事审定。" in page.split("<h1>")[0]
    assert "请按“提交”" not in page
    version = QuarterlyReturn.objects.get().version
    own = signed_in(clerk).post(RETURN, form(period, version, robot_firms="11"), follow=True)
    assert "填完后请按“提交”。" in own.content.decode()


def test_a_return_sent_back_without_a_reason_keeps_the_day_that_was_typed(
    period: Period, clerk: User, second_office: User
) -> None:
    signed_in(clerk).post(RETURN, form(period, 0, "submit", industrial_value_added="600"))
    filed = QuarterlyReturn.objects.get()
    sent = {"version": filed.version, "reason": " ", "reopened_until": "2030-01-31"}
    answer = signed_in(second_office).post(RETURN + "send-back/", sent)
    assert answer.status_code == 422
    assert "请写明退回的原因。" in answer.content.decode()
    assert 'value="2030-01-31"' in answer.content.decode()
    filed.refresh_from_db()
    assert filed.state == "SUBMITTED"


def test_a_quarter_with_a_difference_is_not_published_without_a_word_on_it(
    period: Period, clerk: User, xiaolan: User, office: User, second_office: User
) -> None:
    approved(period, "jingxin", clerk, second_office, {"robot-firms": "6"})
    approved(period, "xiaolan", xiaolan, office, {"robot-firms": "5"})
    client = signed_in(office)
    page = client.get("/periods/2015Q2/").content.decode()
    assert "1 项指标镇区合计与全市数不一致" in page
    assert 'name="explanation-robot-firms" rows="2" maxlength="400" required' in page
    assert 'data-confirm="39 个单位尚未审定，其中 ' in page
    refused = client.post("/periods/2015Q2/", {"explanation-robot-firms": ""})
    assert refused.status_code == 422
    assert "以下指标镇区合计与全市数不一致，请先写明原因：机器换人企业。" in refused.content.decode()
    client.post("/periods/2015Q2/", {"explanation-robot-firms": "一家由市直管"})
    published = client.get("/periods/2015Q2/").content.decode()
    assert "欧阳敏" in published
    assert "一家由市直管" in published


def test_the_office_opens_a_quarter_and_refused_dates_stand_again(zhongshan: Plan, office: User) -> None:
    client = signed_in(office)
    dates = {"opens_on": "2015-10-20", "due_on": "2015-10-15", "closes_on": ""}
    refused = client.post("/periods/2015Q3/open/", dates)
    assert refused.status_code == 422
    assert "截止日期不能早于开放日期。" in refused.content.decode()
    assert 'value="2015-10-20"' in refused.content.decode()
    answer = client.post("/periods/2015Q3/open/", dates | {"opens_on": "2015-10-01"}, follow=True)
    assert "2015年第三季度的报送日期已定" in answer.content.decode()
    assert str(period_of(zhongshan, "2015Q3").opens_on) == "2015-10-01"


def test_a_town_of_another_citys_plan_files_by_the_same_pages(
    period: Period, linhai: Plan, xiaolan: User, outsider: User
) -> None:
    """Both cities have a 东区; the invented city's official files its own six-town plan."""
    official = account("dongqu", Role.TOWN, full_name="东区专员", unit_code="dongqu", city="linhaiwan")
    office = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    quarter = opened(linhai, office, "2021Q1", due_on=timezone.localdate())
    asked = assigned_indicators(linhai, unit("dongqu", city="linhaiwan"), quarter.quarter)
    sent = {f"value-{indicator.code}": "-" for indicator in asked}
    sent |= {f"note-{indicator.code}": "尚未统计" for indicator in asked}
    sent |= {"value-industrial-output": "12.5", "version": "0", "action": "submit"}
    answer = signed_in(official).post("/returns/2021Q1/dongqu/", sent, follow=True)
    assert "东区2021年第一季度季报已提交" in answer.content.decode()
    filed = QuarterlyReturn.objects.get()
    assert filed.unit.city_code == "linhaiwan"
    signed_in(office).post("/returns/2021Q1/dongqu/approve/", {"version": filed.version})
    actual = Actual.objects.get()
    assert (actual.value, actual.indicator.plan, actual.area.city_code) == (
        Decimal("12.5"),
        linhai,
        "linhaiwan",
    )
    assert signed_in(xiaolan).get("/returns/2021Q1/dongqu/").status_code == 404
