#!/bin/sh
# Builds EdgeShard where needed, gets the default model where needed, and runs a cluster on this
# machine: scripts/run.sh [--nodes 3] [--port 8080] [--model FILE] [--weights HOW] [--no-browser]
# All flags: scripts/edgeshard help run
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

usage() {
  cat <<'USAGE'
Usage: run.sh [--nodes 3] [--port 8080] [--model FILE] [--weights HOW] [--no-browser]

Builds EdgeShard where needed, gets the default model where needed, and runs a cluster on this
machine. Every flag: scripts/edgeshard help run (once it is built)
USAGE
}

# Help must not wait for a build: all flags where the program is there, else the few above.
if asks_for_help "$@"; then
  if [ -r "${EDGESHARD_JAR:-$project/verticles/target/edgeshard.jar}" ]; then
    exec "$folder/edgeshard" help run
  fi
  usage
  exit 0
fi
[ -n "${EDGESHARD_JAR:-}" ] || need_program "$project"
has_flag --model "$@" || [ -n "${EDGESHARD_MODEL:-}" ] || "$folder/get-model.sh" >/dev/null
exec "$folder/edgeshard" run "$@"
