"""The application starts where it is safe to, and says in one line why it does not elsewhere."""

import stat
from pathlib import Path

import pytest

from tests.project.commands import GOOD_KEY, PRODUCTION, manage, run_python
from zhongshan_targets.environment import local_secret_key


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": f"django-insecure-{GOOD_KEY}"}, "SECRET_KEY"),
        ({"SECRET_KEY": f"change-me-{GOOD_KEY}"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ],
)
def test_production_is_refused_in_one_line(changed: dict[str, str], named: str) -> None:
    result = manage("check", **(PRODUCTION | changed))
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("Refused to start: ")
    assert named in lines[0]


def test_the_server_is_refused_in_the_same_line() -> None:
    result = run_python("-c", "import zhongshan_targets.wsgi", **(PRODUCTION | {"SECRET_KEY": ""}))
    assert result.returncode == 1
    assert result.stderr.startswith("Refused to start: in production SECRET_KEY")
    assert len(result.stderr.splitlines()) == 1


def test_deployment_check_finds_nothing_in_production() -> None:
    result = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
    assert "0 silenced" in result.stdout


@pytest.mark.parametrize("command", [("migrate",), ("showmigrations",), ("changepassword", "clerk")])
def test_unreachable_database_is_one_line_without_the_password(command: tuple[str, ...]) -> None:
    # Port 1 is never listened on.
    url = "postgresql://clerk:her-password@127.0.0.1:1/targets"
    result = manage(*command, DATABASE_URL=url)
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("Cannot reach the database (postgresql 127.0.0.1:1 targets): ")
    assert "her-password" not in result.stderr


def test_a_fault_of_ours_in_the_database_keeps_its_traceback(tmp_path: Path) -> None:
    # An empty database: it can be reached, and holds no table.
    result = manage("changepassword", "clerk", DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert result.returncode == 1
    assert "Cannot reach" not in result.stderr
    assert "no such table" in result.stderr


def test_local_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = local_secret_key(path)
    assert len(first) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert local_secret_key(path) == first
    assert local_secret_key(tmp_path / "another") != first


def test_debug_cannot_be_switched_on_in_production() -> None:
    script = "from zhongshan_targets import settings; print(settings.DEBUG)"
    assert run_python("-c", script, DEBUG="true", **PRODUCTION).stdout == "False\n"
    assert run_python("-c", script, DEBUG="true").stdout == "True\n"
    assert run_python("-c", script).stdout == "False\n"


@pytest.mark.parametrize(("cache_url", "engine"), [("", "db"), ("rediscache:///nowhere.sock", "cached_db")])
def test_sessions_are_cached_only_where_all_processes_share_the_cache(cache_url: str, engine: str) -> None:
    script = "from zhongshan_targets import settings; print(settings.SESSION_ENGINE)"
    result = run_python("-c", script, CACHE_URL=cache_url)
    assert result.stdout == f"django.contrib.sessions.backends.{engine}\n"
