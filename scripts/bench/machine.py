"""What the operating system says about this machine and about processes; empty where it has no /proc."""

import os
import platform
from pathlib import Path

PROC = Path("/proc")


def facts() -> dict:
    return {"processor": _processor(), "cores": len(_usable_cores()), "system": platform.platform(),
            "python": platform.python_version()}


def _processor() -> str:
    found = [line for line in _lines(PROC / "cpuinfo") if line.startswith("model name")]
    return found[0].partition(":")[2].strip() if found else platform.machine()


def processor_flags() -> set[str]:
    """What the processor says that it can do."""
    found = [line for line in _lines(PROC / "cpuinfo") if line.startswith(("flags", "Features"))]
    return set(found[0].partition(":")[2].split()) if found else set()


def _usable_cores() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(os.cpu_count() or 1))


def resident_bytes(pid: int) -> int | None:
    """A process's resident memory, the pages of mapped files included."""
    found = [line.split() for line in _lines(PROC / str(pid) / "status") if line.startswith("VmRSS:")]
    return int(found[0][1]) * 1024 if found else None


def command_line(pid: int) -> list[str]:
    """A process's arguments."""
    return "\n".join(_lines(PROC / str(pid) / "cmdline")).split("\0")


def group_members(group: int) -> list[int]:
    """The living processes of a process group, zombies left out."""
    return [stat.pid for stat in _process_stats() if stat.group == group and stat.state != "Z"]


class CpuShares:
    """Since it was made: how much of the machine others used beside a process group and ourselves."""

    def __init__(self, group: int):
        self._group = group
        self._busy, self._all = _machine_ticks()
        self._own = self._own_ticks()

    def of_others(self) -> float | None:
        """Between 0 and 1; None where it cannot be told."""
        busy, total = _machine_ticks()
        if total == self._all:
            return None
        others = (busy - self._busy) - (self._own_ticks() - self._own)
        return max(0.0, others / (total - self._all))

    def _own_ticks(self) -> int:
        me = os.getpid()
        return sum(stat.ticks for stat in _process_stats() if stat.group == self._group or stat.pid == me)


class _ProcessStat:
    """A line of /proc/PID/stat; a command may hold blanks and brackets, so fields count from its end."""

    def __init__(self, pid: int, text: str):
        fields = text[text.rindex(")") + 2:].split()
        self.pid = pid
        self.state = fields[0]
        self.group = int(fields[2])
        self.ticks = int(fields[11]) + int(fields[12])


def _process_stats() -> list[_ProcessStat]:
    if not PROC.is_dir():
        return []
    stats = []
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            for line in _lines(folder / "stat"):
                stats.append(_ProcessStat(int(folder.name), line))
    return stats


def _machine_ticks() -> tuple[int, int]:
    """Busy ticks and all ticks of all cores."""
    lines = _lines(PROC / "stat")
    if not lines:
        return 0, 0
    user, nice, system, idle, waiting, *rest = [int(field) for field in lines[0].split()[1:9]]
    total = user + nice + system + idle + waiting + sum(rest)
    return total - idle - waiting, total


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(errors="replace").splitlines()
    except OSError:
        return []
