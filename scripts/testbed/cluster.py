"""One EdgeShard node for each device of a testbed, started, awaited and ended."""

import contextlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import host
from chat_client import ChatClient
from cpus import Core, Cpus, Groups
from network import Network, Wire
from server_process import ServerProcess

EDGESHARD = Path(__file__).resolve().parent.parent / "edgeshard"
HTTP_PORT = 8080
ANSWER_LIMIT_S = 120


@dataclass(frozen=True)
class Device:
    """A computer of the experiment; ``memory`` is what its node may use, as --memory takes it."""

    name: str
    core: Core
    memory: str


class Testbed:
    """Namespaces, wires, groups and brakes for some devices, and the nodes in them.

    The first device is the source: it names the model and serves clients. Neighbours have no node here, but
    the brakes look after them as well: what that costs the machine is the same with them and without.
    """

    def __init__(self, devices: list[Device], wires: list[Wire], model: Path, folder: Path, neighbours: tuple[Device, ...]):
        owner = host.Owner.this_process()
        self._join_token = secrets.token_hex(16)
        names = [device.name for device in devices]
        self.network = Network(owner, names)
        self.cpus = Cpus(owner, Groups.of_this_machine(), {device.name: device.core for device in (*devices, *neighbours)})
        self._devices = devices
        self._wires = wires
        self._model = model
        self._folder = folder
        self._servers = {}

    @property
    def source(self) -> str:
        return self._devices[0].name

    def open(self) -> None:
        self.network.open(self._wires)
        self.cpus.open()

    def start(self, source_flags: list[str]) -> None:
        """Starts a node on every device."""
        for device in self._devices:
            command = self._source_command(source_flags) if device.name == self.source else self._join_command()
            self._servers[device.name] = self._start(device, command)

    def check_alive(self) -> None:
        for server in self._servers.values():
            server.check_alive()

    def await_answer(self, path: str, limit_s: float) -> float:
        """Milliseconds from the source's start until it answers 200 there."""
        with self.network.inside(self.source):
            return self._servers[self.source].await_ready(path, limit_s)

    @contextlib.contextmanager
    def client(self):
        """A client on the source."""
        with self.network.inside(self.source):
            yield ChatClient(self._base_url(), ANSWER_LIMIT_S)

    def keep_profiles(self) -> None:
        """Keeps what the nodes measured of themselves, for ``give_profiles``."""
        for device in self._devices:
            shutil.copytree(self._profiles(device), self._kept(device), dirs_exist_ok=True)

    def profiles(self) -> str:
        """What the nodes keep of what they measured of themselves."""
        return "".join(file.read_text() for device in self._devices for file in sorted(self._profiles(device).glob("*.json")))

    def give_profiles(self) -> None:
        """Lets the nodes find what was kept, whatever they measured since: all turns plan with the same."""
        for device in self._devices:
            if self._kept(device).is_dir():
                shutil.rmtree(self._profiles(device), ignore_errors=True)
                shutil.copytree(self._kept(device), self._profiles(device))

    def _profiles(self, device: Device) -> Path:
        return self._folder / device.name / "cache" / "edgeshard" / "profiles"

    def _kept(self, device: Device) -> Path:
        return self._folder / device.name / "profiles"

    def end_nodes(self) -> None:
        """Ends all of them, the source first, so that it does not plan anew meanwhile."""
        with contextlib.ExitStack() as ends:
            for server in reversed(self._servers.values()):
                ends.callback(server.end)
            self._servers.clear()
            self.cpus.release()

    def close(self) -> None:
        """Takes everything down; goes on where a part of it fails, and tells of the first failure."""
        with contextlib.ExitStack() as parts:
            parts.callback(self.network.close)
            parts.callback(self.cpus.close)
            parts.callback(self.end_nodes)

    def _base_url(self) -> str:
        return f"http://{self.network.address(self.source)}:{HTTP_PORT}"

    def _source_command(self, source_flags: list[str]) -> list[str]:
        return ["start", "--port", str(HTTP_PORT), "--nodes", str(len(self._devices)), *source_flags]

    def _join_command(self) -> list[str]:
        return ["join", self.network.address(self.source)]

    def _start(self, device: Device, arguments: list[str]) -> ServerProcess:
        command = self.network.command(
            device.name, str(EDGESHARD), *arguments, "--name", device.name, "--machine", device.name,
            "--host", self.network.address(device.name), "--memory", device.memory, "--threads", "1",
            "--model", str(self._model), "--parent-pid", str(os.getpid()))
        folder = self._folder / device.name
        folder.mkdir(parents=True, exist_ok=True)
        return ServerProcess(command, {**_environment(folder), "EDGESHARD_TOKEN": self._join_token}, self._base_url(), _new_log(folder),
                             lambda: self.cpus.join(device.name))




def _new_log(folder: Path) -> Path:
    return folder / f"{1 + len(list(folder.glob('*.log')))}.log"


def _environment(folder: Path) -> dict:
    """Ours without the user's settings, and with folders of the node's own."""
    kept = {"EDGESHARD_JAR", "EDGESHARD_JAVA_OPTS"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("EDGESHARD_") or name in kept}
    folders = {"XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state", "XDG_CACHE_HOME": "cache"}
    return {**clean, **{name: str(folder / part) for name, part in folders.items()}}
