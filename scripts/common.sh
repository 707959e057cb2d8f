# Sourced by the other scripts: where we are, what is installed, the virtualenv.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p var

say() { printf '%s\n' "$*"; }

fail() {
  printf 'Stopped: %s\n' "$*" >&2
  exit 1
}

manage() { .venv/bin/python manage.py "$@"; }

packages_in() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"; }

not_installed() {
  local package
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s ' "$package"
  done
}

# Installs Debian packages as root or through sudo. Returns 1, having said what to install, where it may not.
install_packages() {
  local -a as_root=()
  if ! command -v apt-get >/dev/null; then
    say "This is not a Debian system. Install what these packages hold: $*" >&2
    return 1
  fi
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      say "Neither root nor sudo. Have these packages installed: apt-get install $*" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installing Debian packages: $*"
  # --no-install-recommends: a desktop's worth of packages is recommended and not needed.
  "${as_root[@]}" apt-get -qq update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@" \
      >var/apt.log 2>&1 || {
    tail -n 5 var/apt.log >&2
    say "Could not install: $*" >&2
    return 1
  }
}

# Prints the first Python that is new enough and can make a virtualenv. Debian's own comes first: a
# version manager's `python3` may be another one in the next directory.
find_python() {
  local candidate
  for candidate in /usr/bin/python3.11 /usr/bin/python3 python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}

ensure_python() {
  local -a packages
  find_python >/dev/null && return
  mapfile -t packages < <(packages_in scripts/packages-run.txt)
  install_packages "${packages[@]}" || fail "Python 3.11 or newer with its venv module is needed."
  find_python >/dev/null || fail "the system's Python is older than 3.11."
}

hash_of() { find "$@" -type f ! -name '*.pyc' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum; }

# Brings .venv to what the given requirements file pins; does nothing when it already is there.
ensure_virtualenv() {
  local requirements=$1 python wanted
  python=$(find_python)
  wanted="$("$python" --version) $(hash_of requirements*.txt requirements.lock)"
  # Moved or copied, or its Python gone: a virtualenv holds absolute paths.
  if ! grep -qsF "$PWD/.venv" .venv/bin/pip || ! .venv/bin/python --version >/dev/null 2>&1; then
    rm -rf .venv
    "$python" -m venv .venv
  fi
  [[ -f .venv/holds-$requirements && $(<".venv/holds-$requirements") == "$wanted" ]] && return
  say "Installing Python packages ($requirements)"
  .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --requirement "$requirements" ||
    fail "pip could not install $requirements."
  printf '%s' "$wanted" >".venv/holds-$requirements"
  # What tests it also runs it.
  if [[ $requirements == requirements-dev.txt ]]; then printf '%s' "$wanted" >.venv/holds-requirements.txt; fi
}

# done_before NAME HASH: whether the step was last done with just these inputs.
done_before() { [[ -f var/stamps/$1 && $(<"var/stamps/$1") == "$2" ]]; }

mark_done() {
  mkdir -p var/stamps
  printf '%s' "$2" >"var/stamps/$1"
}

collect_static() {
  local inputs
  inputs=$(hash_of static requirements.txt zhongshan_targets/staticfiles.py)
  [[ -f var/static/staticfiles.json ]] && done_before static "$inputs" && return
  say "Collecting static files"
  # Said aloud: within a condition the shell would go on, and call it done.
  manage collectstatic --no-input --verbosity 0 || return
  mark_done static "$inputs"
}
