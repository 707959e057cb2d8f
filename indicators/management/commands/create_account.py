"""Creates an account with its one role: the first ones; later ones are the administrator's, in /admin/."""

import os
import sys
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.services.accounts import create_account
from towns.choices import Role
from towns.models import Area, Unit

ROLES = {role.value.lower(): role for role in Role}


class Command(BaseCommand):
    help = "Create an account with its one role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--role", required=True, help=" | ".join(ROLES))
        parser.add_argument("--city", default="", help="code of the city; default the only one")
        parser.add_argument(
            "--unit", default="", help="code of the filing unit; office: default the one it sits in"
        )
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--email", default="", help="where reminders of returns are sent")
        parser.add_argument(
            "--password-env",
            default="",
            metavar="VAR",
            help="environment variable that holds the password; default: ask for it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        role = ROLES.get(options["role"].lower())
        if role is None:
            known = "、".join(f"{word}（{known.label}）" for word, known in ROLES.items())
            raise CommandError(f"没有“{options['role']}”这个角色，可用：{known}。")
        city = _city(options["city"])
        unit = _unit(options["unit"], city, role)
        try:
            user = create_account(
                options["username"],
                password=_password(options["password_env"]),
                full_name=options["name"],
                email=options["email"],
                role=role,
                city=city,
                unit=unit,
                by=None,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        place = f"{city.name} {unit.name}" if unit else city.name
        self.stdout.write(f"已开设账号 {user.username}：{role.label}，{place}。")


def _city(code: str) -> Area:
    cities = list(Area.objects.cities())
    if not cities:
        raise CommandError("还没有载入任何计划，请先运行 load_plan。")
    known = "、".join(f"{city.code}（{city.name}）" for city in cities)
    chosen = [city for city in cities if city.code == code] if code else cities
    if not chosen:
        raise CommandError(f"没有代码为“{code}”的市，可用：{known}。")
    if len(chosen) > 1:
        raise CommandError(f"有多个市，请用 --city 指明：{known}。")
    return chosen[0]


def _unit(code: str, city: Area, role: Role) -> Unit | None:
    units = Unit.objects.of_city(city)
    if code:
        found = units.filter(code=code).first()
        if found is None:
            raise CommandError(f"{city.name}没有代码为“{code}”的填报单位。")
        return found
    if role != Role.OFFICE:
        return None
    seats = list(units.filter(is_office=True))
    if len(seats) != 1:
        raise CommandError(f"{city.name}联席会议办公室所在单位不能确定，请用 --unit 指明。")
    return seats[0]


def _password(variable: str) -> str:
    if variable:
        password = os.environ.get(variable, "")
        if not password:
            raise CommandError(f"环境变量 {variable} 没有设置，或为空。")
        return password
    if not sys.stdin.isatty():
        raise CommandError("不能在此处输入密码，请把密码放在环境变量里，用 --password-env 指明。")
    password = getpass("密码：")
    if getpass("再输入一次：") != password:
        raise CommandError("两次输入的密码不同。")
    return password
