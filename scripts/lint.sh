#!/usr/bin/env bash
# Lint, formatting, types where they pay. Goes on after a fault, so that one run shows all.
set -euo pipefail
source "$(dirname "$0")/common.sh"

ensure_python
ensure_virtualenv requirements-dev.txt

status=0
.venv/bin/ruff check . || status=1
.venv/bin/ruff format --check . || status=1
.venv/bin/mypy || status=1
exit $status
