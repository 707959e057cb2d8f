"""The real server, as it is started everywhere: gunicorn with the settings of gunicorn.conf.py, on the loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN = 30
TROUBLE = ("database is locked", "deadlock detected", "OperationalError", "IntegrityError")


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    log: Path

    def trouble(self) -> list[str]:
        """Lines of its log that tell of a database at odds with itself."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if any(word in line for word in TROUBLE)]


@contextmanager
def serving(settings: str, log: Path) -> Iterator[Server]:
    """The application with these settings, until the block ends.

    Raises RuntimeError with the end of its log when it does not start.
    """
    port = int(os.environ.get("PORT", "0")) or _free_port()
    environment = {
        **os.environ,
        "BIND": f"127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": settings,
        "LOG_LEVEL": "ERROR",
    }
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=file, stderr=file
        )
    try:
        _wait(process, port, log)
        yield Server(port, log)
    finally:
        process.terminate()
        process.wait(timeout=STARTS_WITHIN)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(STARTS_WITHIN * 10):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")
