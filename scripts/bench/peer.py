"""llama.cpp's Python package in a virtual environment of its own, fetched once."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

PACKAGE = "xllamacpp"
VERSION = "2026.10.11549"
INSTALL_LIMIT_S = 600


class PeerError(Exception):
    """The package cannot be had, told in one sentence."""


def cache() -> Path:
    """Where all that is fetched or built once is kept."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(named) if os.path.isabs(named) else Path.home() / ".cache"
    return base / "edgeshard"


def folder() -> Path:
    return cache() / "bench-venv"


def python() -> Path:
    return folder() / "bin" / "python"


def install() -> None:
    """Makes sure that the right version is there; needs the network only when it is not."""
    if _installed_version() == VERSION:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise PeerError("expected Python's venv module with pip, found none: install it "
                        "(Debian, Ubuntu, Raspberry Pi OS: apt-get install python3-venv)")
    print(f"fetching {PACKAGE} {VERSION} into {folder()}", file=sys.stderr)
    _run([sys.executable, "-m", "venv", "--clear", str(folder())])
    _run([str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
          f"{PACKAGE}=={VERSION}"])


def facts() -> dict:
    """What the package was built for; its own words."""
    told = subprocess.run([str(python()), "-c", f"import {PACKAGE}; print({PACKAGE}.get_system_info())"],
                          capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
    return {"package": f"{PACKAGE} {VERSION}", "builtFor": told.stdout.strip().rstrip("| ")}


def _installed_version() -> str | None:
    found = list(folder().glob(f"lib/python*/site-packages/{PACKAGE}-*.dist-info"))
    return found[0].name[len(PACKAGE) + 1:-len(".dist-info")] if found and python().exists() else None


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, timeout=INSTALL_LIMIT_S, stdin=subprocess.DEVNULL, stdout=sys.stderr)
    except (OSError, subprocess.SubprocessError) as failure:
        raise PeerError(f"could not fetch {PACKAGE} {VERSION}: {failure}; leave it out with --only, "
                        "naming the others") from failure
