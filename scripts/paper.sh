#!/bin/sh
# Computes the paper's tables and figures again, in its own model and beside this planner's, and
# writes one page and its data to target/paper.
# All flags: scripts/paper.sh --help
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

[ -n "${EDGESHARD_JAR:-}" ] || need_program "$project"
has_flag --out "$@" || set -- --out "$project/target/paper" "$@"
# The published algorithm keeps a table of all sets of devices, and is worth compiling.
EDGESHARD_JAVA_OPTS="-Xmx2g -XX:TieredStopAtLevel=4 ${EDGESHARD_JAVA_OPTS:-}"
export EDGESHARD_JAVA_OPTS
exec "$folder/edgeshard" paper "$@"
