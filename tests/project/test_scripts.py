"""The scripts behind make: a step that fails is neither counted as passed nor remembered as done."""

import subprocess

from tests.project.commands import ROOT

STATIC_STEP = """
set -euo pipefail
source scripts/common.sh
manage() { return 3; }
done_before() { return 1; }
mark_done() { echo "remembered $1"; }
collect_static || echo "failed with $?"
"""


def test_static_files_that_could_not_be_collected_are_collected_again_next_time() -> None:
    result = subprocess.run(
        ["bash", "-c", STATIC_STEP], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    assert result.stdout.splitlines() == ["Collecting static files", "failed with 3"]
