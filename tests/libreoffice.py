"""LibreOffice at work on a file: a few lines of its own Basic, run without a screen in a profile of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.environment import required_command

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Steps" script:language="StarBasic">
{basic}
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
    library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Steps"/>
</library:library>
"""


def run_basic(basic: str, *arguments: str | Path, folder: Path) -> None:
    """Run `Sub Main(...)` with these arguments; without LibreOffice the test is skipped, or fails with REQUIRE_ALL."""
    soffice = required_command("soffice", "libreoffice")
    profile = folder / "profile"
    command = [
        soffice,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
    ]
    # The first start lays the profile out and would put its own empty module over ours.
    _run([*command, "--terminate_after_init"])
    library = profile / "user" / "basic" / "Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Steps.xba").write_text(MODULE.format(basic=escape(basic)), encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    given = ",".join(f'"{argument}"' for argument in arguments)
    _run([*command, f"macro:///Standard.Steps.Main({given})"])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=False, capture_output=True, timeout=120)
