"""A network namespace for each node, and between any two of them a wire of its own that is shaped both ways.

Wires are veth pairs made inside the namespaces, so nothing of it is ever seen outside them. Each end
has a token bucket (tbf) for what leaves it: every ordered pair of nodes has its own rate.
"""

import contextlib
import ctypes
import os
from dataclasses import dataclass

import host

NETWORK_FLAG = 0x40000000
ETHERNET_BYTES = 14
QUEUE_BYTES = 2_000_000
# A bucket must hold a packet, and what it holds passes at once after a pause. On a slow wire small
# packets keep this gift small: 5 ms of a wire of 1 Mbit/s.
SLOW_MBIT = 20
SLOW_PACKET_BYTES = 576
PACKET_BYTES = 1500


@dataclass(frozen=True)
class Wire:
    """A wire between two nodes: what it carries each way in megabits per second."""

    one: str
    other: str
    there_mbit: float
    back_mbit: float

    @property
    def packet_bytes(self) -> int:
        return SLOW_PACKET_BYTES if min(self.there_mbit, self.back_mbit) < SLOW_MBIT else PACKET_BYTES


def shaping(mbit: float, packet_bytes: int) -> list[str]:
    """What tc is told of one direction."""
    return ["tbf", "rate", f"{round(mbit * 1000)}kbit", "burst", str(packet_bytes + ETHERNET_BYTES),
            "limit", str(QUEUE_BYTES)]


class Network:
    """Namespaces of one driver; ``close`` takes them down, with the wires that end in them."""

    def __init__(self, owner: host.Owner, names: list[str]):
        self._owner = owner
        self._names = names
        self._made = []

    def open(self, wires: list[Wire]) -> None:
        for name in self._names:
            namespace = self.namespace(name)
            self._made.append(namespace)
            host.run("ip", "netns", "add", namespace)
            host.run("ip", "-n", namespace, "address", "add", f"{self.address(name)}/32", "dev", "lo")
            host.run("ip", "-n", namespace, "link", "set", "lo", "up")
        for wire in wires:
            self._lay(wire)
            self.shape(wire)

    def shape(self, wire: Wire) -> None:
        """Gives a wire its rates, also while it is in use."""
        for sender, receiver, mbit in ((wire.one, wire.other, wire.there_mbit), (wire.other, wire.one, wire.back_mbit)):
            device = _device(receiver)
            host.run("ip", "-n", self.namespace(sender), "link", "set", device, "mtu", str(wire.packet_bytes))
            host.run("tc", "-n", self.namespace(sender), "qdisc", "replace", "dev", device, "root",
                     *shaping(mbit, wire.packet_bytes))

    def namespace(self, name: str) -> str:
        return self._owner.name(name)

    def address(self, name: str) -> str:
        return f"10.77.0.{1 + self._names.index(name)}"

    def command(self, name: str, *command: str) -> list[str]:
        return ["ip", "netns", "exec", self.namespace(name), *command]

    @contextlib.contextmanager
    def inside(self, name: str):
        """A block whose thread, and all that it starts, sees the network as that node does."""
        with open("/proc/thread-self/ns/net", "rb") as outside, \
                open(f"/run/netns/{self.namespace(name)}", "rb") as namespace:
            _enter(namespace.fileno())
            try:
                yield
            finally:
                _enter(outside.fileno())

    def close(self) -> None:
        while self._made:
            delete(self._made.pop())

    def _lay(self, wire: Wire) -> None:
        one, other = self.namespace(wire.one), self.namespace(wire.other)
        host.run("ip", "-n", one, "link", "add", _device(wire.other), "type", "veth",
                 "peer", "name", _device(wire.one), "netns", other)
        for end, far in ((wire.one, wire.other), (wire.other, wire.one)):
            namespace = self.namespace(end)
            host.run("ip", "-n", namespace, "link", "set", _device(far), "addrgenmode", "none", "up")
            host.run("ip", "-n", namespace, "route", "add", f"{self.address(far)}/32", "dev", _device(far),
                     "src", self.address(end))


def probe(owner: host.Owner) -> None:
    """Raises where the kernel, or the container that we are in, does not let us make and shape wires."""
    probed = Network(owner, ["one", "two"])
    try:
        probed.open([Wire("one", "two", 1, 1)])
    finally:
        probed.close()


def left_behind() -> list[str]:
    """Namespaces of drivers that are no more."""
    names = [line.split()[0] for line in host.run("ip", "netns", "list").splitlines() if line.strip()]
    return [name for name in names if (owner := host.Owner.of(name)) is not None and not owner.is_alive()]


def processes(namespace: str) -> list[int]:
    return [int(line) for line in host.run("ip", "netns", "pids", namespace).split()]


def delete(namespace: str) -> None:
    host.run("ip", "netns", "delete", namespace)


def _device(far: str) -> str:
    return f"to-{far}"


def _enter(namespace: int) -> None:
    # Python has os.setns from 3.12 on.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, NETWORK_FLAG) != 0:
        code = ctypes.get_errno()
        raise host.HostError(f"expected to enter a network namespace, found {os.strerror(code)}")
