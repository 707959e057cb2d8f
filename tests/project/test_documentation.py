"""The README names every setting and every command there is, and no other."""

import re

from reports.downloads.catalogue import REPORTS
from tests.project.commands import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
READ = re.compile(r"""(?:env(?:\.\w+)?\(|environ\.get\(|environ\[)\s*"([A-Z_]+)\"""")
# What only the scripts and the tests among themselves use.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def documented_in_table(title: str, pattern: str) -> set[str]:
    rows = section(title).split("\n|---", 1)[1].splitlines()
    first_cells = [row.split("|")[1] for row in rows if row.startswith("| `")]
    return {name for cell in first_cells for name in re.findall(pattern, cell)}


def test_every_setting_that_is_read_is_documented_and_the_other_way_round() -> None:
    sources = [ROOT / "zhongshan_targets" / "settings.py", ROOT / "gunicorn.conf.py"]
    read = {name for source in sources for name in READ.findall(source.read_text(encoding="utf-8"))}
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "scripts").glob("*.sh"))
    read |= set(re.findall(r"\$\{([A-Z_]+):-", scripts))
    assert documented_in_table("Settings", r"`([A-Z_]+)`") == read - INTERNAL


def test_every_command_is_documented_and_the_other_way_round() -> None:
    folders = (ROOT / app / "management" / "commands" for app in ("towns", "indicators", "reports"))
    commands = {path.stem for folder in folders for path in folder.glob("*.py")} - {"__init__"}
    assert documented_in_table("Commands", r"^ `([a-z_]+)") == commands


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_document_that_the_code_cites_is_there() -> None:
    sources = [path for app in ("towns", "indicators", "reports") for path in (ROOT / app).rglob("*.py")]
    cited = {
        name for path in sources for name in re.findall(r"\b([a-z]+\.md)\b", path.read_text(encoding="utf-8"))
    }
    assert "domain.md" in cited
    assert [name for name in sorted(cited) if not (ROOT / "docs" / name).is_file()] == []


def test_every_report_is_named_with_its_command_and_no_other() -> None:
    (row,) = [line for line in section("Commands").splitlines() if line.startswith("| `export ")]
    named = re.findall(r"`([a-z0-9-]+)`", row.split("|")[2])
    assert named == list(REPORTS)
