"""The servers that are compared, and how each is started."""

import os
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True)
class LlamaCpp:
    """llama.cpp's server as its Python package brings it."""

    name: str = "llama.cpp"
    ready_path: str = "/health"
    is_split: bool = False

    def prepare(self) -> dict:
        """Makes sure that it can be started; what is worth telling about it."""
        peer.install()
        return peer.facts()

    def start(self, setup: Setup, round_number: int) -> ServerProcess:
        port = free_port()
        command = [str(peer.python()), "-B", str(Path(__file__).with_name("llama_cpp_server.py")), str(setup.model),
                   "--port", str(port), "--threads", str(setup.threads),
                   "--sequences", str(setup.sequences), "--context", str(setup.context)]
        return ServerProcess(command, dict(os.environ), f"http://127.0.0.1:{port}", setup.log(self.name, round_number))


@dataclass(frozen=True)
class EdgeShard:
    """EdgeShard with so many nodes on this machine, its weights run as ``weights`` says."""

    nodes: int
    weights: str
    ready_path: str = "/health/ready"
    is_split: bool = True

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

    @staticmethod
    def _environment(setup: Setup) -> dict:
        """Ours without the user's settings, which would make another server of it."""
        kept = {"EDGESHARD_JAR", "EDGESHARD_JAVA_OPTS"}
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith("EDGESHARD_") or name in kept}
        folders = {"XDG_CONFIG_HOME": setup.folder / "config", "XDG_STATE_HOME": setup.folder / "state"}
        return {**clean, **{name: str(folder.resolve()) for name, folder in folders.items()}}


PEER = LlamaCpp()
ONE = EdgeShard(1, "fast")
TWO = EdgeShard(2, "fast")
THREE = EdgeShard(3, "fast")
EXACT = EdgeShard(1, "exact")
# The order of a round: what is set against each other is measured close together.
ALL = (PEER, ONE, EXACT, TWO, THREE)
