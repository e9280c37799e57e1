#!/bin/sh
# Packs EdgeShard for machines without a checkout: edgeshard-VERSION.tar.gz with the jar, the
# launcher, a systemd unit and how to install it. Prints where it is; the same program gives the
# same bytes. scripts/package.sh [FOLDER], by default target
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"
project=$(dirname -- "$folder")

if asks_for_help "$@"; then
  say "Usage: package.sh [FOLDER]"
  say "Packs EdgeShard for machines without a checkout into FOLDER/edgeshard-VERSION.tar.gz; FOLDER is target by default."
  exit 0
fi
[ "$#" -le 1 ] || die "expected at most a folder, found $#: see scripts/package.sh --help"

# Everything below the folder $1 of the present one, in one order, with one owner.
archive() {
  find "$1" | LC_ALL=C sort >list
  if tar --version 2>/dev/null | grep -q GNU; then
    tar --format=ustar --owner=0 --group=0 --numeric-owner --no-recursion -cf - -T list
  else
    tar --format=ustar --uid 0 --gid 0 --uname '' --gname '' -n -cf - -T list
  fi
}

[ -n "${EDGESHARD_JAR:-}" ] || need_program "$project"
jar=${EDGESHARD_JAR:-$project/verticles/target/edgeshard.jar}
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$project/pom.xml" | head -n 1)
name=edgeshard-$version
mkdir -p "${1:-$project/target}"
out=$(CDPATH='' cd -- "${1:-$project/target}" && pwd -P)
work=$(mktemp -d "$out/.package.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir -p "$work/$name/bin" "$work/$name/lib" "$work/$name/systemd"
cp "$folder/edgeshard" "$folder/lib.sh" "$work/$name/bin/"
cp "$jar" "$work/$name/lib/edgeshard.jar"
cp "$folder/package/edgeshard@.service" "$folder/package/edgeshard.env" "$work/$name/systemd/"
cp "$folder/package/INSTALL.md" "$project/LICENSE" "$work/$name/"
# The umask, the clock and the user are no part of the program.
find "$work/$name" -type d -exec chmod 755 {} +
find "$work/$name" -type f -exec chmod 644 {} +
chmod 755 "$work/$name/bin/edgeshard"
find "$work/$name" -exec env TZ=UTC touch -t 202601010000 {} +
(cd "$work" && archive "$name" | gzip -n -9 >"$name.tar.gz")
mv -f "$work/$name.tar.gz" "$out/"

say "made $out/$name.tar.gz ($(($(wc -c <"$out/$name.tar.gz") / 1000000)) MB)"
say "next: copy it and the model file to the other machine, which needs Java 17 or newer, and there"
say "  tar -xzf $name.tar.gz && cd $name"
say "  EDGESHARD_TOKEN=… bin/edgeshard join FIRST-MACHINE --model FILE"
say "INSTALL.md in it says how to keep it running with systemd."
printf '%s\n' "$out/$name.tar.gz"
