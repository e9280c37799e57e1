"""Takes down what drivers left that are no more: killed, or cut off with the machine's power.

Everything a driver makes carries its process number and start; nothing else is touched.
"""

import os
import signal
import time

import host
import network
from cpus import Groups

END_LIMIT_S = 5


def clean_up(groups: Groups) -> list[str]:
    """What was taken down, by name."""
    found_groups, found_namespaces = groups.left_behind(), network.left_behind()
    for group in found_groups:
        _end(lambda: groups.members(group))
        groups.remove(group)
    for namespace in found_namespaces:
        _end(lambda: network.processes(namespace))
        network.delete(namespace)
    return sorted({*found_groups, *found_namespaces})


def _end(members) -> None:
    """Kills what a dead driver started, and waits until it is gone."""
    end = time.monotonic() + END_LIMIT_S
    while left := members():
        if time.monotonic() > end:
            raise host.HostError(f"expected processes {left} of a dead testbed to end, found them alive: end them by hand")
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.05)
