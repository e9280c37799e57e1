# What the scripts share; POSIX sh, to be sourced.
# shellcheck shell=sh

# Says on standard error what is wrong and what to do, and ends the script.
die() {
  printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
  exit 1
}

say() {
  printf '%s\n' "$*" >&2
}

# The major version of a java program, 0 when it does not run.
java_major() {
  version=$("$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  printf '%s\n' "${version:-0}"
}

# Sets $java and $java_version to the first Java of at least version $1: JAVA_HOME, PATH, then the
# usual folders.
find_java() {
  found=""
  for java in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -x "$java" ] || continue
    java_version=$(java_major "$java")
    [ "$java_version" -lt "$1" ] || return 0
    found="$found $java ($java_version)"
  done
  die "expected Java $1 or newer in JAVA_HOME or PATH, found${found:- none}: install it (Debian, Ubuntu, Raspberry Pi OS: apt-get install openjdk-$1-jre-headless; macOS: brew install openjdk) or set JAVA_HOME"
}
