#!/bin/sh
# Runs every test: mvn verify on the JDK that is there, and the tests once more on a newer JDK
# (25, from JAVA25_HOME or /usr/lib/jvm) where one is installed. On a fresh Debian 12 machine with
# a JDK it installs the rest (Maven, pip, Chromium) or says what to install. With CI=true a test
# that was skipped is a failure.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

has_chromium() {
  for program in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$program" ] && command -v "$program" >/dev/null 2>&1 && return 0
  done
  return 1
}

need_chromium() {
  has_chromium || apt_install chromium || true
  has_chromium || die "expected Chromium in PATH or in CHROMIUM, found none: install it (Debian: apt-get install chromium)"
}

# The home of a newer JDK than the one the build runs on, if there is one.
newer_jdk() {
  for home in ${JAVA25_HOME:+"$JAVA25_HOME"} /usr/lib/jvm/*25*; do
    if [ -x "$home/bin/javac" ] && [ "$(java_major "$home/bin/java")" -gt "$java_version" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
}

# Adds up one number, tests or skipped, over all reports newer than the file $2.
sum() {
  find "$project" -path '*/target/*-reports/TEST-*.xml' -newer "$2" -exec grep -h '<testsuite ' {} + |
    sed -n "s/.* $1=\"\\([0-9]*\\)\".*/\\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

# Runs Maven with the rest of the arguments and tells how the tests went; $1 names the Java.
pass() {
  on=$1
  shift
  touch "$started"
  begin=$(date +%s)
  mvn -B -f "$project/pom.xml" "$@" verify
  skipped=$(sum skipped "$started")
  report="$report$(sum tests "$started") tests ($skipped skipped) on Java $on in $(($(date +%s) - begin)) s; "
  if [ "${CI:-}" = true ] && [ "$skipped" -ne 0 ]; then
    die "expected no skipped test with CI=true, found $skipped on Java $on: see */target/*-reports"
  fi
}

need_jdk
need_maven
need_chromium
"$folder/get-model.sh" >/dev/null

# What is newer than this file is a report of the present run.
started=$(mktemp)
trap 'rm -f "$started"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

report=""
pass "$java_version"
newer=$(newer_jdk)
if [ -n "$newer" ]; then
  # What was compiled and checked for style above is run once more by another JVM.
  pass "$(java_major "$newer/bin/java")" -Pjdk24 -Djvm="$newer/bin/java" -Dspotless.check.skip=true \
    -Denforcer.skip=true -Dshade.skip=true
fi
say "passed: ${report}the default model and Chromium included"
