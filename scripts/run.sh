#!/bin/sh
# Builds EdgeShard where needed, gets the default model where needed, and runs a cluster on this
# machine: scripts/run.sh [--nodes 3] [--port 8080] [--model FILE] [--weights HOW] [--no-browser]
# All flags: scripts/edgeshard help run
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

model_is_named() {
  for argument in "$@"; do
    case $argument in
      --model | --model=*) return 0 ;;
    esac
  done
  [ -n "${EDGESHARD_MODEL:-}" ]
}

need_program "$project"
model_is_named "$@" || "$folder/get-model.sh" >/dev/null
exec "$folder/edgeshard" run "$@"
