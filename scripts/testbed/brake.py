"""Slows nodes of one core down to a part of its speed, short bursts as exactly as long ones.

Every 0.2 ms it takes the core from everybody, reads in the nodes' control groups how much of it each
has used meanwhile, and keeps the core for as long as a slower one would have needed more. A node with
half the speed that computed for 0.2 ms waits for 0.2 ms. The kernel's own quota (cfs_quota_us) is
looked at in its ticks alone, 4 ms apart on most machines: a stage that computes for 2 ms is then not
slowed at all. Stopped (SIGSTOP), it brakes nobody.
"""

import argparse
import os
import time

LOOK_S = 0.0002
# What a node used while nobody looked (we were stopped, or Linux stopped us) is not held against it.
LONGEST_HOLD_NS = 5_000_000


class Account:
    """What a control group has used of all cores, as the kernel counts it."""

    def __init__(self, path: str):
        self._is_v2 = path.endswith("cpu.stat")
        self._file = os.open(path, os.O_RDONLY)

    def used_ns(self) -> int:
        text = os.pread(self._file, 64, 0)
        return 1000 * int(text.split(None, 2)[1]) if self._is_v2 else int(text)


class Debt:
    """How long a node has to wait for what it used since the last look."""

    def __init__(self, account, share: float):
        self._account = account
        self._factor = 1 / share - 1
        self._last = account.used_ns()

    def take_ns(self) -> int:
        used = self._account.used_ns()
        owed = int((used - self._last) * self._factor)
        self._last = used
        return owed


def hold(debts: list[Debt]) -> None:
    """Brakes for ever."""
    look_ns = int(LOOK_S * 1e9)
    free_at = time.perf_counter_ns()
    while True:
        time.sleep(LOOK_S)
        owed = sum(debt.take_ns() for debt in debts)
        # From when we were to wake: the time that waking and looking take is waiting as well.
        until = free_at + look_ns + min(owed, LONGEST_HOLD_NS)
        while (free_at := time.perf_counter_ns()) < until:
            pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--core", type=int, required=True)
    parser.add_argument("nodes", nargs="+", metavar="ACCOUNT=SHARE")
    arguments = parser.parse_args()
    debts = []
    for node in arguments.nodes:
        path, _, share = node.rpartition("=")
        debts.append(Debt(Account(path), float(share)))
    os.sched_setaffinity(0, {arguments.core})
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    hold(debts)


if __name__ == "__main__":
    main()
