#!/usr/bin/env bash
# make bench-returns, bench-pages, bench-reports: the benchmark on a fresh SQLite file and on a throwaway PostgreSQL, one after the other.
set -euo pipefail
source "$(dirname "$0")/common.sh"

export LC_ALL=C.UTF-8
# A shell set up to run the site must not decide what is measured.
unset DATABASE_URL CACHE_URL ENVIRONMENT SECRET_KEY ALLOWED_HOSTS DEBUG WORKERS BIND
export WRITERS=${WRITERS:-50} DURATION=${DURATION:-60} ROUNDS=${ROUNDS:-40}

ensure_python
ensure_virtualenv requirements.txt
collect_static

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

DATABASE_URL="sqlite:///$scratch/db.sqlite3" .venv/bin/python -m "bench.$1" || status=1
say
if command -v pg_virtualenv >/dev/null; then
  # With fsync, unlike the tests: an acknowledged save is on the disk here too.
  DATABASE_URL=postgresql:///targets pg_virtualenv \
    bash -c 'createdb targets && .venv/bin/python -m "bench.$1"' bench "$1" || status=1
else
  say "Notice: no pg_virtualenv: measured on SQLite alone"
fi
exit $status
