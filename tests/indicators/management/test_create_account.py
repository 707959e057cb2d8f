"""`create_account`: the first accounts of a new system, and every refusal in Chinese."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from indicators.management.commands import create_account
from indicators.models import AuditEvent, Plan
from indicators.services.audit import ACCOUNTS_CHAIN
from towns.models import Unit

PASSWORD = "gongye-zhuanxing-2015"


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEW_PASSWORD", PASSWORD)


def create(username: str, **options: str) -> str:
    said = StringIO()
    call_command("create_account", username, stdout=said, **{"password_env": "NEW_PASSWORD"} | options)
    return said.getvalue()


def test_an_office_account_needs_no_more_than_its_name(zhongshan: Plan) -> None:
    assert create("ouyang", role="office", name="欧阳敏") == (
        "已开设账号 ouyang：联席会议办公室，中山市 市经济和信息化局。\n"
    )
    user = authenticate(RequestFactory().post("/"), username="ouyang", password=PASSWORD)
    assert user is not None
    assert user.get_full_name() == "欧阳敏"
    assert (user.membership.role, user.membership.unit.code) == ("OFFICE", "jingxin")
    event = AuditEvent.objects.get(chain__name=ACCOUNTS_CHAIN)
    assert (event.act, event.object_key, event.actor_name) == ("开设账号", "ouyang", "命令行")
    assert PASSWORD not in str(event.new)


def test_an_address_for_reminders_is_kept_and_one_that_is_none_is_refused(zhongshan: Plan) -> None:
    home = {"role": "town", "unit": "xiaolan"}
    create("xiaolan", **home, email="xiaolan@zhongshan.example")
    assert User.objects.get().email == "xiaolan@zhongshan.example"
    assert AuditEvent.objects.get(chain__name=ACCOUNTS_CHAIN).new["email"] == "xiaolan@zhongshan.example"
    with pytest.raises(CommandError, match="有效的 Email 地址"):
        create("guzhen", **(home | {"unit": "guzhen"}), email="guzhen")


def test_every_role_can_be_given(zhongshan: Plan) -> None:
    create("he", role="town", unit="xiaolan")
    create("lin", role="department", unit="keji")
    create("feng", role="office", unit="fagai")
    for username, role in (("liang", "leader"), ("shen", "auditor"), ("guan", "admin")):
        create(username, role=role)
    held = {
        user.username: (user.membership.role, user.membership.unit and user.membership.unit.code)
        for user in User.objects.select_related("membership__unit")
    }
    assert held == {
        "he": ("TOWN", "xiaolan"),
        "lin": ("DEPARTMENT", "keji"),
        "feng": ("OFFICE", "fagai"),
        "liang": ("LEADER", None),
        "shen": ("AUDITOR", None),
        "guan": ("ADMIN", None),
    }


def test_with_two_cities_the_city_is_named(zhongshan: Plan, linhai: Plan) -> None:
    with pytest.raises(CommandError, match="请用 --city 指明：linhaiwan（临海湾市）、zhongshan（中山市）"):
        create("ouyang", role="office")
    create("ouyang", role="office", city="linhaiwan")
    assert User.objects.get().membership.unit.name == "市工业和信息化局"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"role": "boss"}, "没有“boss”这个角色，可用：admin（系统管理员）、office（联席会议办公室）"),
        ({"role": "office", "city": "foshan"}, "没有代码为“foshan”的市，可用：zhongshan（中山市）"),
        ({"role": "town", "unit": "foshan"}, "中山市没有代码为“foshan”的填报单位"),
        ({"role": "town"}, "镇区必须选定“所在单位”"),
        ({"role": "town", "unit": "keji"}, "市科技局是市直部门单位，与角色“镇区”不符"),
        ({"role": "leader", "unit": "keji"}, "市领导不属于填报单位"),
        ({"role": "leader", "password_env": "UNSET"}, "环境变量 UNSET 没有设置，或为空"),
        ({"role": "leader", "password_env": ""}, "不能在此处输入密码"),
    ],
)
def test_what_does_not_fit_is_refused_in_chinese(
    zhongshan: Plan, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        create("ouyang", **options)
    assert not User.objects.exists()


def test_a_weak_password_is_refused_in_chinese(zhongshan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEW_PASSWORD", "12345678")
    with pytest.raises(CommandError, match="密码太短，至少 10 个字符。 这个密码太常见了。 密码只包含数字。"):
        create("ouyang", role="leader")


@pytest.mark.parametrize("second", [PASSWORD, "gongye-zhuanxing-2016"])
def test_without_a_variable_it_asks_twice(
    zhongshan: Plan, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    answers = {"密码：": PASSWORD, "再输入一次：": second}
    monkeypatch.setattr(create_account, "getpass", answers.pop)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    if second == PASSWORD:
        create("ouyang", role="leader", password_env="")
        assert User.objects.get().check_password(PASSWORD)
    else:
        with pytest.raises(CommandError, match="两次输入的密码不同。"):
            create("ouyang", role="leader", password_env="")
        assert not User.objects.exists()
    assert answers == {}


def test_a_name_that_is_taken_is_refused(zhongshan: Plan) -> None:
    create("ouyang", role="leader")
    with pytest.raises(CommandError, match="已存在"):
        create("ouyang", role="auditor")
    assert User.objects.get().membership.role == "LEADER"


def test_without_a_plan_there_is_no_city_to_belong_to(db: None) -> None:
    with pytest.raises(CommandError, match="请先运行 load_plan"):
        create("ouyang", role="office")


def test_an_office_that_sits_in_no_single_unit_is_asked_for(zhongshan: Plan) -> None:
    Unit.objects.filter(code="fagai").update(is_office=True)
    with pytest.raises(CommandError, match="请用 --unit 指明"):
        create("ouyang", role="office")
