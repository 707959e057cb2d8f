"""Every report as LibreOffice opens it, without a word of repair: it becomes a PDF of so many pages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from django.contrib.auth.models import User

from indicators.models import Plan
from reports.downloads.catalogue import REPORTS
from reports.downloads.subjects import asked_for
from tests.environment import required_command
from tests.reports.results import publish, reading, record
from tests.reports.workbooks.cells import ON

ABOUT = {"town": "guzhen", "indicator": "industrial-investment", "": ""}
# The annexes, the board and the register are made to be one sheet of paper each, a statement two: what is signed, and
# the quarters' figures behind it.
PAGES = {"annex1": 1, "annex2": 1, "board": 1, "filing": 1, "statement": 2}


def test_every_report_opens_and_prints(zhongshan: Plan, office: User, tmp_path: Path) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "4.10"})
    publish(zhongshan, "2015Q2", office)
    files = []
    for name, report in REPORTS.items():
        extension = next(iter(report.writers))
        files.append(tmp_path / f"{name}.{extension}")
        asked = asked_for(report, reading(office, "2015Q2"), office, ON, ABOUT[report.subject.value])
        with files[-1].open("wb") as file:
            report.writers[extension](asked, file)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    soffice = required_command("soffice", "libreoffice")
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files],
        check=True,
        capture_output=True,
        timeout=240,
    )
    printed = {file.stem: pages_of(file.with_suffix(".pdf")) for file in files}
    assert {name: printed[name] for name in PAGES} == PAGES
    assert all(printed.values()), printed


def pages_of(pdf: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
