"""The servers that are compared, and how each is started."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import native
import peer
from server_process import ServerProcess, free_port

SCRIPTS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setup:
    """What is the same for all: the file, the threads, the chats promised, where to leave traces."""

    model: Path
    threads: int
    sequences: int
    context: int
    folder: Path

    def log(self, name: str, round_number: int) -> Path:
        folder = self.folder / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}-{round_number}.log"


def _beside(script: str) -> str:
    return str(Path(__file__).with_name(script))


def _by_script(command: list[str], setup: Setup, log: Path) -> ServerProcess:
    """A server that one of the scripts beside this one starts; they all take the same arguments besides their own."""
    port = free_port()
    command = [*command, str(setup.model), "--port", str(port), "--threads", str(setup.threads),
               "--sequences", str(setup.sequences), "--context", str(setup.context)]
    return ServerProcess(command, dict(os.environ), f"http://127.0.0.1:{port}", log)


@dataclass(frozen=True)
class LlamaCpp:
    """llama.cpp's server as its Python package brings it."""

    name: str = "llama.cpp"
    ready_path: str = "/health"
    is_split: bool = False
    is_exact: bool = False

    def prepare(self) -> dict:
        """Makes sure that it can be started; what is worth telling about it."""
        peer.install()
        return peer.facts()

    def start(self, setup: Setup, round_number: int) -> ServerProcess:
        return _by_script([str(peer.python()), "-B", _beside("llama_cpp_server.py")], setup,
                          setup.log(self.name, round_number))

    def computes_as(self, command_line: list[str]) -> str | None:
        """What a process that computes is called; None for others."""
        return self.name if any(word.endswith("llama_cpp_server.py") for word in command_line) else None


@dataclass(frozen=True)
class NativeLlamaCpp:
    """llama.cpp's server built on this machine, alone or split over so many RPC servers, which share the threads."""

    name: str
    rpc_servers: int
    ready_path: str = "/health"
    is_split: bool = False
    is_exact: bool = False

    def prepare(self) -> dict:
        return native.facts()

    def start(self, setup: Setup, round_number: int) -> ServerProcess:
        command = [sys.executable, "-B", _beside("native_server.py"),
                   "--program", str(native.program(native.SERVER)),
                   "--rpc-program", str(native.program(native.RPC_SERVER)), "--rpc-servers", str(self.rpc_servers)]
        return _by_script(command, setup, setup.log(self.name, round_number))

    def computes_as(self, command_line: list[str]) -> str | None:
        program = Path(command_line[0]).name
        if program == native.SERVER:
            return self.name
        return f"rpc-{command_line[command_line.index('--port') + 1]}" if program == native.RPC_SERVER else None


@dataclass(frozen=True)
class EdgeShard:
    """EdgeShard with so many nodes on this machine, its weights run as ``weights`` says."""

    nodes: int
    weights: str
    ready_path: str = "/health/ready"
    is_split: bool = True

    @property
    def is_exact(self) -> bool:
        """Whether an answer has to be the same word for word however many others are made beside it."""
        return self.weights == "exact"

    @property
    def name(self) -> str:
        return f"edgeshard-{self.nodes}" + ("" if self.weights == "fast" else f"-{self.weights}")

    def prepare(self) -> dict:
        return {}

    def start(self, setup: Setup, round_number: int) -> ServerProcess:
        port = free_port()
        command = [str(SCRIPTS / "edgeshard"), "run", "--no-browser", "--nodes", str(self.nodes), "--port", str(port),
                   "--model", str(setup.model), "--weights", self.weights, "--threads", str(setup.threads),
                   "--sequences", str(setup.sequences), "--context", str(setup.context)]
        return ServerProcess(command, self._environment(setup), f"http://127.0.0.1:{port}",
                             setup.log(self.name, round_number))

    def computes_as(self, command_line: list[str]) -> str | None:
        names = [word.removeprefix("--name=") for word in command_line if word.startswith("--name=")]
        return names[0] if names else None

    @staticmethod
    def _environment(setup: Setup) -> dict:
        """Ours without the user's settings, which would make another server of it."""
        kept = {"EDGESHARD_JAR", "EDGESHARD_JAVA_OPTS"}
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith("EDGESHARD_") or name in kept}
        folders = {"XDG_CONFIG_HOME": setup.folder / "config", "XDG_STATE_HOME": setup.folder / "state"}
        return {**clean, **{name: str(folder.resolve()) for name, folder in folders.items()}}


PEER = LlamaCpp()
NATIVE = NativeLlamaCpp("llama.cpp-native", 0)
RPC = NativeLlamaCpp("llama.cpp-rpc", 2)
ONE = EdgeShard(1, "fast")
TWO = EdgeShard(2, "fast")
THREE = EdgeShard(3, "fast")
EXACT = EdgeShard(1, "exact")
# The order of a round: what is set against each other is measured close together.
ALL = (PEER, NATIVE, ONE, EXACT, TWO, THREE, RPC)
