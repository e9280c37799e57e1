#!/bin/sh
# Repeats the paper's experiment on this machine, with devices in network namespaces whose links and
# cores are slowed down; Linux and root only. scripts/testbed.sh --quick is a first look in a minute.
# All flags: scripts/testbed.sh --help
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

# What a machine cannot do is no failure of ours: its own exit code.
cannot() {
  say "no testbed can be built here: $*"
  exit 3
}

has_tools() {
  command -v ip >/dev/null 2>&1 && command -v tc >/dev/null 2>&1
}

has_python() {
  command -v python3 >/dev/null 2>&1 && python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

has_python || apt_install python3 || true
has_python || cannot "expected Python 3.10 or newer as 'python3' in PATH, found none: install it (Debian, Ubuntu: apt-get install python3)"
if ! asks_for_help "$@"; then
  [ "$(uname -s)" = Linux ] || cannot "expected Linux, found $(uname -s): network namespaces and control groups are Linux's"
  [ "$(id -u)" -eq 0 ] || cannot "expected root, found another user: run it with sudo"
  has_tools || apt_install iproute2 || true
  [ -n "${EDGESHARD_JAR:-}" ] || need_program "$project"
  has_flag --model "$@" || set -- "$@" --model "$("$folder/get-model.sh")"
fi
# In this process's place, so that a signal to it is a signal to the testbed.
PYTHONPATH=$folder/bench${PYTHONPATH:+:$PYTHONPATH} exec python3 -B "$folder/testbed/testbed.py" "$@"
