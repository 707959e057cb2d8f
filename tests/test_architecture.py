"""Imports go one way: reports → indicators → towns, and inside an app from its domain out to its pages."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Of the apps, each may import itself and those before it.
APPS = ("towns", "indicators", "reports")

# The rooms of each app, innermost first: a room may import itself and what stands on an earlier line.
# Rooms on one line are neighbours that do not know each other.
ROOMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "towns": (
        ("choices",),
        ("models",),
        ("migrations", "access", "backends"),
        ("management", "apps"),
    ),
    "indicators": (
        ("choices",),
        ("domain",),
        ("triggers",),
        ("models",),
        ("migrations", "queries"),
        ("services",),
        ("workbooks",),
        ("forms",),
        ("views", "accounts_site"),
        ("admin",),
        ("urls", "management", "apps"),
    ),
    "reports": (
        ("figures",),
        ("pages",),
        ("charts", "workbooks", "documents"),
        ("context", "templatetags", "downloads", "forms"),
        ("views",),
        ("urls", "management", "apps"),
    ),
}

# The domain is arithmetic on what it is handed: the standard library without the world outside.
OUTSIDE_WORLD = {"io", "logging", "os", "pathlib", "random", "socket", "sqlite3", "subprocess", "sys", "time"}
DOMAIN_MAY_IMPORT = sys.stdlib_module_names - OUTSIDE_WORLD


def modules_of(app: str) -> list[Path]:
    return sorted(path.relative_to(ROOT) for path in (ROOT / app).rglob("*.py"))


def room_of(module: Path) -> str:
    """The first folder or file below the app: `indicators/services/audit.py` lies in `services`."""
    return Path(module.parts[1]).stem


def level_of(app: str, room: str) -> int:
    for level, rooms in enumerate(ROOMS[app]):
        if room in rooms:
            return level
    raise AssertionError(f"{app}/{room} is a room that ROOMS does not list: say what it may know")


def imports_of(module: Path) -> Iterator[str]:
    """Dotted names that the module imports, also inside functions and under TYPE_CHECKING."""
    package = module.parent.parts
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join([*start, *(node.module or "").split(".")]).strip(".")
            # `from indicators import triggers` names a room; `from indicators.models import Plan` does not.
            yield from (f"{source}.{alias.name}" for alias in node.names)


ALL_MODULES = [
    module for app in APPS for module in modules_of(app) if len(module.parts) > 2 or module.stem != "__init__"
]


@pytest.mark.parametrize("module", ALL_MODULES, ids=str)
def test_imports_only_what_stands_before_it(module: Path) -> None:
    app = module.parts[0]
    room = room_of(module)
    level = level_of(app, room)
    for name in imports_of(module):
        parts = name.split(".")
        if parts[0] not in APPS:
            continue
        assert APPS.index(parts[0]) <= APPS.index(app), f"{module} imports {name}"
        if parts[0] == app and len(parts) > 1 and parts[1] != room:
            assert level_of(app, parts[1]) < level, f"{module} imports {name}"


@pytest.mark.parametrize("module", [m for m in modules_of("indicators") if room_of(m) == "domain"], ids=str)
def test_domain_knows_no_framework(module: Path) -> None:
    for name in imports_of(module):
        own = name.startswith(("indicators.choices.", "indicators.domain"))
        assert own or name.split(".")[0] in DOMAIN_MAY_IMPORT, f"{module} imports {name}"


def test_apps_do_not_know_the_project_package() -> None:
    knowing = [str(m) for m in ALL_MODULES if any(n.startswith("zhongshan_targets") for n in imports_of(m))]
    assert knowing == []


def test_a_forbidden_import_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "towns" / "access.py"
    planted.parent.mkdir()
    planted.write_text(
        "def late():\n    from indicators.models import Plan\n    return Plan\n", encoding="utf-8"
    )
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    with pytest.raises(AssertionError, match=r"imports indicators\.models\.Plan"):
        test_imports_only_what_stands_before_it(Path("towns/access.py"))


def test_an_unlisted_room_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="towns/utils"):
        level_of("towns", "utils")
