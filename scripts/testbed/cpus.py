"""Which core a node computes on, how much it used of it, and the brake that makes it slower."""

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import host
from brake import Account

LIBC = ctypes.CDLL(None)
SIGNAL_AT_PARENTS_END = 1
BRAKE = Path(__file__).with_name("brake.py")
END_LIMIT_S = 5
# Above other programs of this machine, which are no part of the experiment.
PRIORITY = -20


@dataclass(frozen=True)
class Core:
    """One core and a part of its speed; 1 is all of it."""

    number: int
    share: float


class Groups:
    """Control groups that count what a node's processes use, of version 1 (cpuacct) or 2."""

    def __init__(self, parent: Path, account: str):
        self.parent = parent
        self._account = account

    @staticmethod
    def of_this_machine() -> "Groups":
        own = dict(_own_groups())
        for controller, account in (("cpuacct", "cpuacct.usage"), ("", "cpu.stat")):
            for parent in _parents(controller, own.get(controller)):
                if (parent / account).is_file() and os.access(parent, os.W_OK):
                    return Groups(parent, account)
        raise host.HostError("expected control groups (cpuacct, or version 2) to write to in /sys/fs/cgroup, found none")

    def account(self, name: str) -> Path:
        return self.parent / name / self._account

    def make(self, name: str) -> None:
        (self.parent / name).mkdir()

    def join(self, name: str) -> None:
        """Puts this process into a group, and what it starts from now on."""
        (self.parent / name / "cgroup.procs").write_text(str(os.getpid()))

    def members(self, name: str) -> list[int]:
        return [int(line) for line in (self.parent / name / "cgroup.procs").read_text().split()]

    def remove(self, name: str) -> None:
        """Removes a group whose processes have ended; the kernel may still be at it."""
        end = time.monotonic() + END_LIMIT_S
        while True:
            try:
                return (self.parent / name).rmdir()
            except OSError as failure:
                if failure.errno != errno.EBUSY or time.monotonic() > end:
                    raise host.HostError(f"expected to remove control group {name}, found {failure}") from failure
                time.sleep(0.02)

    def left_behind(self) -> list[str]:
        """Groups of drivers that are no more."""
        return [path.name for path in self.parent.iterdir()
                if path.is_dir() and (owner := host.Owner.of(path.name)) is not None and not owner.is_alive()]


class Cpus:
    """A group and a core for each node of one driver, and one brake for each core that needs one."""

    def __init__(self, owner: host.Owner, groups: Groups, cores: dict[str, Core]):
        self._owner = owner
        self._groups = groups
        self._cores = cores
        self._made = []
        self._brakes = []

    def open(self) -> None:
        for name in self._cores:
            group = self._owner.name(name)
            self._groups.make(group)
            self._made.append(group)
        for number in sorted({core.number for core in self._cores.values() if core.share < 1}):
            self._brakes.append(self._start_brake(number))

    def join(self, name: str) -> None:
        """Makes this process one of the node's; for use between fork and exec."""
        self._groups.join(self._owner.name(name))
        os.sched_setaffinity(0, {self._cores[name].number})
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)

    def release(self) -> None:
        """Brakes nobody for now: programs start sooner."""
        for brake in self._brakes:
            brake.send_signal(signal.SIGSTOP)

    def hold(self) -> None:
        for brake in self._brakes:
            if brake.poll() is not None:
                raise host.HostError(f"expected the brake to hold, found that it ended with status {brake.returncode}")
            brake.send_signal(signal.SIGCONT)

    def used_ms(self, name: str) -> float:
        """What the node has used so far."""
        return Account(str(self._groups.account(self._owner.name(name)))).used_ns() / 1e6

    def close(self) -> None:
        while self._brakes:
            brake = self._brakes.pop()
            brake.kill()
            brake.wait(END_LIMIT_S)
        while self._made:
            self._groups.remove(self._made.pop())

    def _start_brake(self, number: int) -> subprocess.Popen:
        nodes = [f"{self._groups.account(self._owner.name(name))}={core.share}"
                 for name, core in self._cores.items() if core.number == number and core.share < 1]
        return subprocess.Popen([sys.executable, "-B", str(BRAKE), "--core", str(number), *nodes],
                                stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent)


def _end_with_parent() -> None:
    """Has the kernel end this process when its parent ends, also while it is stopped."""
    LIBC.prctl(SIGNAL_AT_PARENTS_END, signal.SIGKILL, 0, 0, 0)


def _own_groups():
    """This process's group by controller; the empty controller is version 2."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            yield controller, path


def _parents(controller: str, own: str | None):
    """Where a group could be made: in our own group, or at the top of what this container sees."""
    for mount in _mounts(controller):
        if own:
            yield mount / own.lstrip("/")
        yield mount


def _mounts(controller: str):
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, path, kind, options = line.split()[:4]
        if (kind == "cgroup2" and not controller) or (kind == "cgroup" and controller and controller in options.split(",")):
            yield Path(path)
