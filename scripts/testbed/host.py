"""What this machine lets a testbed do, and the commands that shape it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMAND_LIMIT_S = 20


class HostError(Exception):
    """Something of the machine that did not work, told in one sentence."""


def run(*command: str) -> str:
    """A command's output; it must succeed, and soon."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise HostError(f"{' '.join(command)}: {failure}") from failure
    if done.returncode != 0:
        raise HostError(f"{' '.join(command)}: expected it to work, found status {done.returncode}: "
                        f"{(done.stderr or done.stdout).strip()}")
    return done.stdout


def obstacle() -> str | None:
    """Why no testbed can be built here, in one sentence; None where it can."""
    if not sys.platform.startswith("linux"):
        return f"expected Linux, found {sys.platform}: network namespaces and control groups are Linux's"
    if os.geteuid() != 0:
        return "expected root, found another user: network namespaces and real-time priority need root"
    missing = [program for program in ("ip", "tc") if shutil.which(program) is None]
    if missing:
        return f"expected ip and tc in PATH, found no {' and no '.join(missing)}: install iproute2"
    return _refused_scheduling()


def _refused_scheduling() -> str | None:
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        os.sched_setscheduler(0, policy, parameters)
    except OSError as failure:
        return f"expected real-time priority for what slows nodes down, found {failure}: this container does not allow it"
    return None


class Owner:
    """A driver process, named so that nobody is taken for it who got its number later."""

    PREFIX = "estb"

    def __init__(self, pid: int, started: str):
        self.pid = pid
        self.started = started

    @staticmethod
    def this_process() -> "Owner":
        return Owner(os.getpid(), _started(os.getpid()))

    @staticmethod
    def of(name: str) -> "Owner | None":
        """Whose the thing of that name is; None when it is no testbed's."""
        parts = name.split("-")
        if len(parts) < 4 or parts[0] != Owner.PREFIX or not parts[1].isdigit() or not parts[2].isdigit():
            return None
        return Owner(int(parts[1]), parts[2])

    def name(self, thing: str) -> str:
        return f"{self.PREFIX}-{self.pid}-{self.started}-{thing}"

    def is_alive(self) -> bool:
        return _started(self.pid) == self.started


def _started(pid: int) -> str:
    """When a process began, in ticks since the machine did; empty when there is none."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return text[text.rindex(")") + 2:].split()[19]
