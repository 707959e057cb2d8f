"""The administrator's pages leave in the trail what an account was and what it became."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.admin import AccountAdmin
from indicators.models import AuditEvent
from tests.people import PASSWORD, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(admin_account: User) -> Client:
    client = Client()
    client.force_login(admin_account, backend="towns.backends.MembershipBackend")
    return client


def form_of(user: User, **changed: str) -> dict[str, str]:
    """What the account's page sends; a box that is not ticked is not sent."""
    membership = user.membership
    return {
        "username": user.username,
        "first_name": user.first_name,
        "membership-TOTAL_FORMS": "1",
        "membership-INITIAL_FORMS": "1",
        "membership-0-id": str(membership.pk),
        "membership-0-user": str(user.pk),
        "membership-0-role": membership.role,
        "membership-0-city": str(membership.city_id),
        "membership-0-unit": str(membership.unit_id),
        **changed,
    }


def test_switching_an_account_off_is_told_with_what_it_was_before(
    administrator: Client, admin_account: User, xiaolan: User
) -> None:
    sent = form_of(xiaolan, first_name="何小榄（已调离）")
    answer = administrator.post(f"/admin/auth/user/{xiaolan.pk}/change/", sent)
    assert answer.status_code == 302
    event = AuditEvent.objects.get(act="变更账号")
    assert (event.actor, event.object_key) == (admin_account, "xiaolan")
    assert (event.old["is_active"], event.new["is_active"]) == (True, False)
    assert (event.old["full_name"], event.new["full_name"]) == ("何小榄", "何小榄（已调离）")


def test_an_address_for_reminders_is_kept_and_told(administrator: Client, xiaolan: User) -> None:
    sent = form_of(xiaolan, email="hexiaolan@zhongshan.example", is_active="on")
    assert administrator.post(f"/admin/auth/user/{xiaolan.pk}/change/", sent).status_code == 302
    xiaolan.refresh_from_db()
    assert xiaolan.email == "hexiaolan@zhongshan.example"
    event = AuditEvent.objects.get(act="变更账号")
    assert (event.old["email"], event.new["email"]) == ("", "hexiaolan@zhongshan.example")


def test_a_new_password_and_its_event_stand_or_fall_together(
    administrator: Client, xiaolan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/admin/auth/user/{xiaolan.pk}/password/"
    typed = {"usable_password": "true", "password1": "xin-mima-2016", "password2": "xin-mima-2016"}

    def broken(*args: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(AccountAdmin, "log_change", broken)
        with pytest.raises(RuntimeError):
            administrator.post(address, typed)
    xiaolan.refresh_from_db()
    assert xiaolan.check_password(PASSWORD)

    assert administrator.post(address, typed).status_code == 302
    xiaolan.refresh_from_db()
    assert xiaolan.check_password("xin-mima-2016")
    assert AuditEvent.objects.get(act="重设密码").object_key == "xiaolan"


def test_another_citys_accounts_are_out_of_reach(
    administrator: Client, xiaolan: User, nobody: User, outsider: User
) -> None:
    listed = administrator.get("/admin/auth/user/").content.decode()
    assert "xiaolan" in listed
    assert "nobody" in listed
    assert "outsider" not in listed
    administrator.post(f"/admin/auth/user/{outsider.pk}/change/", form_of(outsider, first_name="改名"))
    password = {"usable_password": "true", "password1": "xin-mima-2016", "password2": "xin-mima-2016"}
    assert administrator.post(f"/admin/auth/user/{outsider.pk}/password/", password).status_code == 404
    outsider.refresh_from_db()
    assert outsider.first_name == "临海湾市长"
    assert outsider.check_password(PASSWORD)


def test_an_account_is_given_to_no_other_city_and_to_no_unit_of_one(
    administrator: Client, xiaolan: User, outsider: User
) -> None:
    address = f"/admin/auth/user/{xiaolan.pk}/change/"
    elsewhere = unit("gongxin", city="linhaiwan")
    moved = {
        "membership-0-city": str(outsider.membership.city_id),
        "membership-0-unit": str(elsewhere.pk),
        "membership-0-role": "OFFICE",
    }
    page = administrator.post(address, form_of(xiaolan, **moved))
    assert page.status_code == 200
    assert elsewhere.name not in page.content.decode()
    xiaolan.membership.refresh_from_db()
    assert (xiaolan.membership.role, xiaolan.membership.city.code) == ("TOWN", "zhongshan")


def test_nobody_gives_themselves_another_role(
    administrator: Client, admin_account: User, xiaolan: User
) -> None:
    typed = {
        "membership-0-role": "OFFICE",
        "membership-0-unit": str(unit("jingxin").pk),
        "is_active": "on",
        "first_name": "管理员甲",
    }
    sent = form_of(admin_account, **typed)
    assert administrator.post(f"/admin/auth/user/{admin_account.pk}/change/", sent).status_code == 302
    admin_account.refresh_from_db()
    admin_account.membership.refresh_from_db()
    assert (admin_account.first_name, admin_account.membership.role) == ("管理员甲", "ADMIN")
    assert admin_account.membership.unit is None
