"""How much memory a file takes to be written: the highest of a process that writes it, above what it had before."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import django

STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")
WAYS = ("ours", "bare")


@dataclass(frozen=True, slots=True)
class Growth:
    """In MiB, of the process that wrote ours, and of one that wrote the bare file."""

    name: str
    ours: float
    bare: float


def grow(name: str, extension: str, username: str) -> Growth:
    """Each in a process of its own, since one gives nothing back that it has once had."""
    ours, bare = (_apart(name, extension, username, way) for way in WAYS)
    return Growth(f"{name}.{extension}, {username}", ours, bare)


def _apart(*asked: str) -> float:
    command = [sys.executable, "-m", "bench.report_memory", *asked]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - names of ours
    return float(told.stdout)


def main(name: str, extension: str, username: str, way: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshan_targets.settings"
    django.setup()
    from bench.report_writers import annex, long_table, ours_alone

    if way == "ours":
        write = ours_alone(name, extension, username)
    else:
        write = (long_table(extension, username) if name == "details" else annex(name, username)).bare
    with TemporaryFile() as file:
        before = _kib("VmRSS")
        RESET.write_text("5", encoding="ascii")  # the highest is counted from now on
        write(file)
        print((_kib("VmHWM") - before) / 1024)  # noqa: T201


def _kib(line: str) -> int:
    found = re.search(rf"^{line}:\s+(\d+) kB", STATUS.read_text(encoding="ascii"), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"no {line} in {STATUS}")
    return int(found[1])


if __name__ == "__main__":
    main(*sys.argv[1:])
