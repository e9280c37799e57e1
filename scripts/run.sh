#!/bin/sh
# Builds EdgeShard where needed, gets the default model where needed, and runs a cluster on this
# machine: scripts/run.sh [--nodes 3] [--port 8080] [--model FILE] [--weights HOW] [--no-browser]
# All flags: scripts/edgeshard help run
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")
jar=$project/verticles/target/edgeshard.jar

is_built() {
  [ -f "$jar" ] && [ -z "$(
    find "$project/pom.xml" "$project/cluster.xml" "$project"/*/pom.xml "$project"/*/src/main \
      -type f -newer "$jar" 2>/dev/null | head -n 1
  )" ]
}

model_is_named() {
  for argument in "$@"; do
    case $argument in
      --model | --model=*) return 0 ;;
    esac
  done
  [ -n "${EDGESHARD_MODEL:-}" ]
}

if ! is_built; then
  need_jdk
  need_maven
  say "building, which takes a minute or two the first time"
  mvn -B -q -f "$project/pom.xml" -DskipTests package >&2
fi
model_is_named "$@" || "$folder/get-model.sh" >/dev/null
exec "$folder/edgeshard" run "$@"
