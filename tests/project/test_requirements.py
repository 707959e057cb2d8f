"""Each pinned package is used, or says who uses it; each line pins one version."""

import ast
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.project.commands import ROOT

LINE = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ #]+)(?:\s+#\s*(?P<why>.+))?")
FOLDERS = ("towns", "indicators", "reports", "zhongshan_targets", "bench", "tests")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins_of(file: str) -> list[re.Match[str]]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    matches = [LINE.fullmatch(line) for line in wanted]
    assert all(matches), wanted
    return [match for match in matches if match]


def imported_distributions() -> set[str]:
    distributions = packages_distributions()
    found: set[str] = set()
    for path in [ROOT / "manage.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]:
        for top_level in top_level_imports(path):
            found.update(normal(name) for name in distributions.get(top_level, []))
    return found


def top_level_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def installed_apps() -> set[str]:
    """Distributions that the settings name in text instead of importing them."""
    text = (ROOT / "zhongshan_targets" / "settings.py").read_text(encoding="utf-8")
    distributions = packages_distributions()
    named = {name.split(".")[0] for name in re.findall(r'"([a-z_.A-Z]+)"', text)}
    return {normal(dist) for name in named for dist in distributions.get(name, [])}


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_imported_or_says_who_uses_it(file: str) -> None:
    used = imported_distributions() | installed_apps()
    unexplained = [pin["name"] for pin in pins_of(file) if normal(pin["name"]) not in used and not pin["why"]]
    assert unexplained == []


def test_no_package_is_pinned_twice() -> None:
    files = ("requirements.txt", "requirements-dev.txt", "requirements.lock")
    names = [normal(pin["name"]) for file in files for pin in pins_of(file)]
    assert len(names) == len(set(names))


def test_what_runs_it_imports_nothing_that_only_tests_it() -> None:
    tools = {normal(pin["name"]) for pin in pins_of("requirements-dev.txt")}
    distributions = packages_distributions()
    for folder in FOLDERS[:-1]:
        for path in (ROOT / folder).rglob("*.py"):
            imported = {normal(d) for name in top_level_imports(path) for d in distributions.get(name, [])}
            assert not imported & tools, path
