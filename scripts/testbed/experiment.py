"""What is compared with what: devices, wires, rows and methods, after the paper's Table IV."""

from dataclasses import dataclass

from cluster import Device
from cpus import Core
from network import Wire

PROMPT_TOKENS = 32
FAST_MBIT = 50
ROOMY = "1g"


@dataclass(frozen=True)
class Method:
    """Who decides on the layers: what people call it, and the planner's name; without one the plan stays as it is."""

    title: str
    planner: str | None


SOLO = Method("Edge-Solo", "edge-solo")
EVEN = Method("Cloud-Edge-Even", "cloud-edge-even")
OPT = Method("Cloud-Edge-Opt", "cloud-edge-opt")
PUBLISHED = Method("EdgeShard as published", "published-latency")
OURS = Method("ours", "best")
METHODS = (SOLO, EVEN, OPT, PUBLISHED, OURS)
BY_HAND = Method("by hand", None)


@dataclass(frozen=True)
class Row:
    """One setting that all methods are measured in.

    ``cloud_mbit`` is the rate of the wire between source and cloud, all others have
    ``FAST_MBIT``; ``memory`` is what each device's node may use; ``flags`` are the source's.
    """

    name: str
    cloud_mbit: float
    memory: dict[str, str]
    flags: tuple[str, ...] = ()

    def devices(self) -> list[Device]:
        return [Device(name, core, self.memory.get(name, ROOMY)) for name, core in CORES.items() if name in self.memory]

    def wires(self) -> list[Wire]:
        names = list(self.memory)
        return [Wire(one, other, *2 * (self.cloud_mbit if {one, other} == {"source", "cloud"} else FAST_MBIT,))
                for i, one in enumerate(names) for other in names[i + 1:]]


# One stage computes at a time for one chat, so three slow devices share a core and do not meet there.
CORES = {"source": Core(0, 0.25), "edge-1": Core(0, 0.5), "edge-2": Core(0, 0.5), "cloud": Core(1, 1.0)}


def _memory(source: str, edge: str, cloud: str) -> dict[str, str]:
    return {"source": source, "edge-1": edge, "edge-2": edge, "cloud": cloud}


ROWS = (
    *(Row(f"{mbit} Mbit/s", mbit, _memory(ROOMY, ROOMY, ROOMY)) for mbit in (1, 10, 50)),
    # Half of the model fits on the source, all of it nowhere.
    Row("1 Mbit/s, little memory", 1, _memory("450m", "400m", "480m")),
)
# Layers by hand need no measured profiles, so that a first look takes seconds.
QUICK = Row("quick", 10, {"source": ROOMY, "cloud": ROOMY}, ("--layers", "10,20"))
