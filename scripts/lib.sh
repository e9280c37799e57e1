# What the scripts share; POSIX sh, to be sourced.
# shellcheck shell=sh

# Tells the user something, on standard error: standard output is for results.
say() {
  printf '%s\n' "$*" >&2
}

# Says what is wrong and what to do, and ends the script.
die() {
  say "$(basename -- "$0"): $*"
  exit 1
}

# Whether the flag $1 is among the arguments after it.
has_flag() {
  wanted=$1
  shift
  for argument in "$@"; do
    case $argument in
      "$wanted" | "$wanted"=*) return 0 ;;
    esac
  done
  return 1
}

# Whether the arguments ask what there is.
asks_for_help() {
  has_flag --help "$@" || has_flag -h "$@"
}

# The major version of a java program, 0 when it does not run.
java_major() {
  version=$("$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  printf '%s\n' "${version:-0}"
}

# Sets $java and $java_version to the first Java of at least version $1 that has the program $2
# beside it (java itself by default): JAVA_HOME, PATH, then the usual folders.
find_java() {
  found=""
  for java in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} "$(command -v java || true)" \
    /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -x "$java" ] || continue
    java_version=$(java_major "$java")
    if [ "$java_version" -ge "$1" ] && [ -x "$(java_home "$java")/bin/${2:-java}" ]; then
      return 0
    fi
    found="$found $java (version $java_version)"
  done
  return 1
}

# The home of a java program.
java_home() {
  program=$(readlink -f "$1" 2>/dev/null || printf '%s' "$1")
  dirname -- "$(dirname -- "$program")"
}

# Puts a JDK of at least version 17 first, for Maven.
need_jdk() {
  find_java 17 javac ||
    die "expected a JDK 17 or newer in JAVA_HOME, PATH or /usr/lib/jvm, found${found:- none}: install one (Debian, Ubuntu, Raspberry Pi OS: apt-get install openjdk-17-jdk-headless)"
  JAVA_HOME=$(java_home "$java")
  export JAVA_HOME
}

# Installs Debian packages when this user may without a password; false when not.
apt_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  if [ "$(id -u)" -eq 0 ]; then
    as_root="env"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
  else
    return 1
  fi
  say "installing $* with apt-get"
  $as_root apt-get update -q >&2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" >&2
}

# Whether there is a Maven of at least 3.8.
has_maven() {
  maven_version=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  # shellcheck disable=SC2086 # two words
  set -- ${maven_version:-0 0}
  [ "$1" -gt 3 ] || { [ "$1" -eq 3 ] && [ "$2" -ge 8 ]; }
}

need_maven() {
  has_maven && return 0
  apt_install maven && has_maven && return 0
  die "expected Maven 3.8 or newer as 'mvn' in PATH, found ${maven_version:-none}: install it (Debian, Ubuntu: apt-get install maven)"
}

# Whether the runnable jar of the checkout $1 is newer than all that it is made of.
is_built() {
  jar=$1/verticles/target/edgeshard.jar
  [ -f "$jar" ] && [ -z "$(
    find "$1/pom.xml" "$1/cluster.xml" "$1"/*/pom.xml "$1"/*/src/main -type f -newer "$jar" \
      2>/dev/null | head -n 1
  )" ]
}

# Builds the checkout $1 where that is needed.
need_program() {
  is_built "$1" && return 0
  need_jdk
  need_maven
  say "building, which takes a minute or two the first time"
  mvn -B -q -f "$1/pom.xml" -DskipTests package >&2
}
