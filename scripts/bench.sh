#!/bin/sh
# Measures on this machine; what it finds is printed and kept in target/bench.
# All flags: scripts/bench.sh serve --help
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")
gguf_version=0.19.0

usage() {
  cat <<'USAGE'
Usage: bench.sh [serve|native|planner|questions|model] [FLAGS]

  serve     speed, memory and start of EdgeShard on 1, 2 and 3 nodes of this machine, beside
            llama.cpp's server on the same file (the default)
  native    builds llama.cpp for this machine's processor, once, in about five minutes; serve measures
            beside it where it is there, alone and split over two processes
  planner   how long planning takes for 15 to 256 devices, and how far plans may be from the best
  questions twenty everyday questions to a server that runs: how long its answers are, and how many
            only repeat themselves
  model     writes a model file of a known shape, filled with random numbers, to measure with

Examples:
  scripts/bench.sh
  scripts/bench.sh --quick --only llama.cpp,edgeshard-1
  scripts/bench.sh native
  scripts/bench.sh serve --only llama.cpp-native,edgeshard-1 --scenarios first-token,at-once --chats 1,8,16
  scripts/bench.sh planner --only "16 devices"
  scripts/bench.sh questions --url http://127.0.0.1:8080 --seeds 5
  scripts/bench.sh model SmolLM2-360M target/360m.gguf
  scripts/bench.sh serve --model target/360m.gguf --only edgeshard-1,edgeshard-3 --rounds 1
  scripts/bench.sh serve --help
USAGE
}

has_python() {
  command -v python3 >/dev/null 2>&1 &&
    python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

need_python() {
  has_python || apt_install python3 python3-venv || true
  has_python ||
    die "expected Python 3.10 or newer with venv as 'python3' in PATH, found none: install it (Debian, Ubuntu: apt-get install python3-venv)"
}

serve() {
  need_python
  if ! asks_for_help "$@"; then
    [ -n "${EDGESHARD_JAR:-}" ] || need_program "$project"
    has_flag --model "$@" || set -- "$@" --model "$("$folder/get-model.sh")"
  fi
  # In this process's place, so that a signal to it is a signal to the benchmark.
  exec python3 -B "$folder/bench/serve.py" "$@"
}

# What builds llama.cpp for this machine; the rest comes with g++ or cmake.
has_compiler() {
  command -v cmake >/dev/null 2>&1 && command -v g++ >/dev/null 2>&1 && command -v make >/dev/null 2>&1
}

native() {
  need_python
  if ! asks_for_help "$@"; then
    has_compiler || apt_install cmake g++ make || true
    has_compiler ||
      die "expected cmake, g++ and make in PATH, found not all of them: install them (Debian, Ubuntu: apt-get install cmake g++ make)"
  fi
  exec python3 -B "$folder/bench/native.py" "$@"
}

# JMH lives in the planner's test sources: it is compiled and run there, and never in the program.
planner() {
  need_python
  if asks_for_help "$@"; then
    exec python3 -B "$folder/bench/planner.py" --java java --classpath none --help
  fi
  need_jdk
  need_maven
  classpath=$project/planner/target/bench.classpath
  say "compiling the planner and its benchmarks"
  mvn -B -q -f "$project/pom.xml" -pl planner test-compile dependency:build-classpath \
    -DincludeScope=test -Dmdep.outputFile="$classpath" >&2
  classes=$project/planner/target/test-classes:$project/planner/target/classes
  exec python3 -B "$folder/bench/planner.py" --java "$JAVA_HOME/bin/java" \
    --classpath "$classes:$(cat "$classpath")" "$@"
}

questions() {
  need_python
  exec python3 -B "$folder/bench/questions.py" "$@"
}

# The package gguf, which writes such files, in an environment of its own.
model() {
  need_python
  venv=${XDG_CACHE_HOME:-$HOME/.cache}/edgeshard/gguf-venv
  if ! "$venv/bin/python" -c 'import gguf' 2>/dev/null; then
    say "fetching gguf $gguf_version into $venv"
    python3 -m venv --clear "$venv" && "$venv/bin/python" -m pip install --quiet \
      --disable-pip-version-check --only-binary :all: "gguf==$gguf_version" >&2 ||
      die "pip could not install gguf $gguf_version: check the network and pip's index, then run this again"
  fi
  has_flag --tokenizer "$@" || asks_for_help "$@" || set -- "$@" --tokenizer "$("$folder/get-model.sh")"
  exec "$venv/bin/python" -B "$folder/bench/sized_model.py" "$@"
}

case ${1:-} in
  serve)
    shift
    serve "$@"
    ;;
  native)
    shift
    native "$@"
    ;;
  planner)
    shift
    planner "$@"
    ;;
  questions)
    shift
    questions "$@"
    ;;
  model)
    shift
    model "$@"
    ;;
  -h | --help | help) usage ;;
  "" | -*) serve "$@" ;;
  *) die "expected serve, native, planner, questions, model or a flag, found '$1': scripts/bench.sh --help shows what there is" ;;
esac
