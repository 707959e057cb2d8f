#!/usr/bin/env bash
# make run: from a fresh clone to a served site. A second run does only what has changed since.
set -euo pipefail
source "$(dirname "$0")/common.sh"

plan=fixtures/zhongshan-2015-2017
port=${PORT:-8000}

[[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || fail "PORT must be a number from 1 to 65535, not '$port'."
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  fail "port $port is in use. Choose another one: PORT=$((port + 1)) make run"
fi

# Done once for a database in var/, and again after that was deleted. One behind DATABASE_URL may have
# been replaced without our knowing: the step is done on each run, and changes nothing the second time.
once() {
  local name=$1 inputs=$2
  shift 2
  if [[ -n ${DATABASE_URL:-} ]]; then
    "$@"
  elif ! done_before "$name" "$inputs"; then
    "$@"
    mark_done "$name" "$inputs"
  fi
}

load_plan() {
  say "Loading the plan"
  manage load_plan "$plan" >var/load_plan.txt || {
    cat var/load_plan.txt
    fail "the plan could not be loaded."
  }
}

load_demo() {
  say "Loading demonstration data"
  manage load_demo >var/load_demo.txt || {
    cat var/load_demo.txt
    fail "the demonstration data could not be loaded. With DEMO=0 it starts without."
  }
}

# One office account of the reader's own choosing, unless there is one already.
ensure_office_account() {
  local offices unit found
  found=$(manage shell --verbosity 0 --command '
from towns.models import Membership, Unit
unit = Unit.objects.filter(is_office=True).first()
print(Membership.objects.filter(role="OFFICE").count(), unit.code if unit else "")')
  read -r offices unit <<<"$found"
  [[ -n $unit ]] || fail "the plan names no unit in which the office sits (is_office in units.csv)."
  ((offices == 0)) || return 0
  if [[ -z ${OFFICE_USER:-} || -z ${OFFICE_PASSWORD:-} ]]; then
    [[ -t 0 ]] || fail "with DEMO=0, set OFFICE_USER and OFFICE_PASSWORD for the first office account."
    read -rp "User name of the first office account: " OFFICE_USER
    read -rsp "Its password (at least 10 characters): " OFFICE_PASSWORD
    echo
  fi
  OFFICE_PASSWORD=$OFFICE_PASSWORD manage create_account "$OFFICE_USER" --role office --unit "$unit" \
    --password-env OFFICE_PASSWORD
}

# Without demonstration data means without: its accounts have a password that everybody knows.
refuse_on_the_demonstration() {
  local found afresh='Remove var/db.sqlite3 to start afresh.'
  found=$(manage shell --verbosity 0 --command '
from indicators.models import Plan
print("yes" if Plan.objects.filter(demonstration=True).exists() else "no")')
  [[ -z ${DATABASE_URL:-} ]] || afresh='Name an empty database in DATABASE_URL to start afresh.'
  [[ $found == no ]] || fail "the database holds demonstration data, which DEMO=0 does without. $afresh"
}

say_who_can_sign_in() {
  if [[ $demo == 0 ]]; then
    manage shell --verbosity 0 --command '
from towns.models import Membership
for member in Membership.objects.filter(role="OFFICE").select_related("user"):
    print(f"  {member.user.username} ({member.get_role_display()})")'
  else
    cat var/load_demo.txt
  fi
}

start_server() {
  mkdir -p var/log
  .venv/bin/gunicorn --bind "127.0.0.1:$port" >>var/log/server.log 2>&1 &
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  trap 'exit 0' INT TERM HUP
  for _ in {1..300}; do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return
    kill -0 "$server" 2>/dev/null || fail "the server did not start: $(tail -n 1 var/log/server.log)"
    sleep 0.1
  done
  fail "the server did not answer within 30 seconds; see var/log/server.log"
}

ensure_python
ensure_virtualenv requirements.txt

[[ -n ${DATABASE_URL:-} || -e var/db.sqlite3 ]] || rm -rf var/stamps
# Who once chose to start without demonstration data does not get it by forgetting to say so again.
demo=${DEMO:-$(cat var/stamps/demo-choice 2>/dev/null || echo 1)}
if [[ ${ENVIRONMENT:-} == production && $demo != 0 ]]; then
  say "ENVIRONMENT=production: starting without demonstration data"
  demo=0
fi

manage migrate --no-input --verbosity 0
if [[ $demo == 0 ]]; then refuse_on_the_demonstration; fi
mark_done demo-choice "$demo"
once plan "$(hash_of "$plan")" load_plan
if [[ $demo == 0 ]]; then ensure_office_account; else once demo done load_demo; fi
collect_static
start_server

say
say "Who can sign in:"
say_who_can_sign_in
say
say "Serving on http://127.0.0.1:$port (log: var/log/server.log; stop with Ctrl-C)"
wait "$server"
