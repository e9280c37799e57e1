"""A server in a process group of its own: started, awaited, and ended with all that it started."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Callable

import machine

END_LIMIT_S = 10


class ServerError(Exception):
    """A server that cannot be measured, told in one sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess:
    """One server on loopback; what it prints goes to a log file.

    Its standard input is a pipe from us that ends when we do, however that happens: a server that
    reads it knows that it is no longer wanted.
    """

    def __init__(self, command: list[str], environment: dict, base_url: str, log: Path,
                 prepare: Callable[[], None] = lambda: None):
        """``prepare`` is called in the new process before it becomes the server."""

        def begin() -> None:
            os.setpgrp()
            prepare()

        self.base_url = base_url
        self._log = log
        self._started = time.monotonic()
        with open(log, "wb") as output:
            self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=output,
                                             stderr=subprocess.STDOUT, preexec_fn=begin)

    @property
    def group(self) -> int:
        return self._process.pid

    def await_ready(self, path: str, limit_s: float) -> float:
        """Milliseconds from the start of the process to the first answer 200 of ``path``."""
        while time.monotonic() - self._started < limit_s:
            self.check_alive()
            if self._answers(path):
                return 1000 * (time.monotonic() - self._started)
            time.sleep(0.02)
        raise ServerError(f"the server was not ready within {limit_s:.0f} s; {self._last_words()}")

    def check_alive(self) -> None:
        if self._process.poll() is not None:
            raise ServerError(f"the server ended with status {self._process.returncode} before it was ready; {self._last_words()}")

    def end(self) -> float:
        """Asks all to end, makes those end that do not; milliseconds until none was left."""
        start = time.monotonic()
        if self._process.poll() is None:
            self._process.stdin.close()
            self._process.terminate()
        while self._remains() and time.monotonic() - start < END_LIMIT_S:
            time.sleep(0.02)
        if self._remains():
            os.killpg(self.group, signal.SIGKILL)
            self._process.wait(END_LIMIT_S)
        return 1000 * (time.monotonic() - start)

    def _remains(self) -> bool:
        if self._process.poll() is None:
            return True
        try:
            os.killpg(self.group, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return bool(machine.group_members(self.group))

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.base_url + path, timeout=2) as response:
                return response.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return f"its last words in {self._log}: {' | '.join(lines[-3:])}" if lines else f"it left nothing in {self._log}"
