#!/usr/bin/env bash
# make test: every check, every test on SQLite, and on PostgreSQL what a database decides. Goes on after a fault and
# counts it at the end.
set -euo pipefail
source "$(dirname "$0")/common.sh"

export REQUIRE_ALL=${REQUIRE_ALL:-}
# Debian's smallest images have no locale set: PostgreSQL would make a cluster without an encoding.
export LC_ALL=C.UTF-8
# A shell set up to run the site must not decide what the tests run on.
unset DATABASE_URL CACHE_URL ENVIRONMENT SECRET_KEY ALLOWED_HOSTS DEBUG

failed=()

step() {
  local name=$1
  shift
  say "== $name"
  "$@" || failed+=("$name")
}

missing() {
  [[ -n $REQUIRE_ALL ]] && fail "$1 (REQUIRE_ALL is set)"
  say "Notice: $1"
}

ensure_test_packages() {
  local -a wanted lacking
  mapfile -t wanted < <(packages_in scripts/packages-test.txt)
  command -v dpkg-query >/dev/null || return 0
  read -ra lacking <<<"$(not_installed "${wanted[@]}")"
  ((${#lacking[@]} == 0)) || install_packages "${lacking[@]}" || missing "not installed: ${lacking[*]}"
}

deploy_check() {
  ENVIRONMENT=production ALLOWED_HOSTS=targets.example \
    SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
    .venv/bin/python manage.py check --deploy --fail-level WARNING
}

# One more than there are processors, since the browser's tests wait. PostgreSQL's share of the suite is the smaller:
# beside the other it takes as long with fewer.
workers=${TEST_WORKERS:-$(($(nproc) + 1))}
workers_on_postgresql=$(((workers + 2) / 3))

run_pytest() { .venv/bin/python -m pytest -q "$@"; }

on_postgresql() {
  local -a cluster=(pg_virtualenv -o fsync=off -o synchronous_commit=off -o full_page_writes=off)
  # The name alone: pg_virtualenv tells host, port and account in the environment.
  DATABASE_URL=postgresql:///targets "${cluster[@]}" .venv/bin/python -m pytest -q "$@"
}

# 5: none of the tests that were named asks a database.
or_none_chosen() {
  local status=0
  "$@" || status=$?
  return $((status == 5 ? 0 : status))
}

# The one in the background, a group of its own so that it can be ended, its output told when the other has ended.
on_both() {
  set -m
  or_none_chosen on_postgresql -n "$workers_on_postgresql" "$@" >"$scratch/postgresql.log" 2>&1 &
  on_postgresql_pid=$!
  set +m
  CACHE_URL='' step "tests on SQLite" run_pytest -n "$workers" "$@"
  step "tests on PostgreSQL" wait "$on_postgresql_pid"
  on_postgresql_pid=
  cat "$scratch/postgresql.log"
}

start_redis() {
  local folder=$1
  redis-server --port 0 --unixsocket "$folder/redis.sock" --save '' --appendonly no --dir "$folder" \
    >"$folder/redis.log" 2>&1 &
  redis_pid=$!
  for _ in {1..50}; do
    [[ -S $folder/redis.sock ]] && return
    sleep 0.1
  done
  fail "redis-server did not start: $(tail -n 1 "$folder/redis.log")"
}

ensure_python
ensure_test_packages
ensure_virtualenv requirements-dev.txt

scratch=$(mktemp -d)
redis_pid=
on_postgresql_pid=
end_all() {
  [[ -z $on_postgresql_pid ]] || { kill -- "-$on_postgresql_pid" && wait "$on_postgresql_pid"; } 2>/dev/null || true
  [[ -z $redis_pid ]] || kill "$redis_pid"
  rm -rf "$scratch"
}
trap end_all EXIT

step "lint and types" scripts/lint.sh
step "migrations are complete" manage makemigrations --check --dry-run --verbosity 1
step "deployment check" deploy_check
step "static files" collect_static
if command -v redis-server >/dev/null; then
  start_redis "$scratch"
  export CACHE_URL="rediscache://$scratch/redis.sock"
else
  missing "no redis-server: the tests on PostgreSQL use local memory as their cache"
fi
if command -v pg_virtualenv >/dev/null; then
  on_both "$@"
else
  missing "no pg_virtualenv: the tests did not run on PostgreSQL"
  CACHE_URL='' step "tests on SQLite" run_pytest -n "$workers" "$@"
fi

if ((${#failed[@]})); then
  printf 'FAILED: %s\n' "${failed[@]}" >&2
  exit 1
fi
say "All passed."
