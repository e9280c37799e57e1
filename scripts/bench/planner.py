"""Measures how long planning takes with JMH, on clusters of catalogue devices, against its targets.

Prints what was found, and keeps JMH's figures as JSON in target/bench.
"""

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import report

ROOT = Path(__file__).resolve().parent.parent.parent
BENCHMARK = "io.edgeshard.planner.speed.PlannerSpeed"
ROOMS = ("ROOMY", "TIGHT")
# What the benchmark gives in place of a gap.
NO_PLAN, UNPROVEN = -1, -2


@dataclass(frozen=True)
class Case:
    """A planner at one size, and what it has to reach; without targets it is shown for comparison."""

    planner: str
    nodes: int
    model: str
    layers: int
    at_most_ms: float | None = None
    at_most_gap_percent: float | None = None

    def name(self) -> str:
        return f"{self.planner}, {self.nodes} devices x {self.layers} layers"


CASES = (
    Case("best", 16, "llama-3-70b", 80, at_most_ms=100, at_most_gap_percent=0),
    Case("best", 64, "llama-3.1-405b", 126, at_most_ms=2000, at_most_gap_percent=1),
    Case("best", 256, "llama-3.1-405b", 126, at_most_ms=10000),
    Case("throughput", 16, "llama-3-70b", 80, at_most_ms=100),
    Case("throughput", 64, "llama-3.1-405b", 126, at_most_ms=2000, at_most_gap_percent=1),
    Case("throughput", 256, "llama-3.1-405b", 126, at_most_ms=10000),
    Case("published-throughput", 15, "llama-3-70b", 80),
)


@dataclass(frozen=True)
class Found:
    """What JMH measured of a case: times in ms, and how far the plan may be from the best."""

    case: Case
    room: str
    times_ms: list[float]
    gap_percent: float | None
    failure: str | None = None

    def is_met(self) -> bool | None:
        if self.case.at_most_ms is None:
            return None
        if self.failure or self.gap_percent == NO_PLAN:
            return False
        gap_limit = self.case.at_most_gap_percent
        in_time = report.Spread.of(self.times_ms).median <= self.case.at_most_ms
        return in_time and (gap_limit is None or 0 <= self.gap_percent <= gap_limit + 1e-6)

    def row(self) -> list[str]:
        name = f"{self.case.name()}, {self.room.lower()}"
        limits = [] if self.case.at_most_ms is None else [f"<= {self.case.at_most_ms:g} ms"]
        if self.case.at_most_gap_percent is not None:
            limits.append(f"gap <= {self.case.at_most_gap_percent:g} %")
        verdict = {None: "", True: "met", False: "MISSED"}[self.is_met()]
        if self.failure:
            return [name, self.failure, "", ", ".join(limits), verdict]
        gap = {NO_PLAN: "no plan", UNPROVEN: "unproven"}.get(self.gap_percent, f"{self.gap_percent:.2f}")
        return [name, str(report.Spread.of(self.times_ms)), gap, ", ".join(limits), verdict]

    def as_json(self) -> dict:
        return {"case": self.case.name(), "room": self.room, "timesMs": self.times_ms,
                "gapPercent": self.gap_percent, "targetMs": self.case.at_most_ms,
                "targetGapPercent": self.case.at_most_gap_percent, "met": self.is_met(), "failure": self.failure}


def measure(case: Case, room: str, arguments: argparse.Namespace) -> Found:
    result = arguments.folder / "jmh.json"
    result.unlink(missing_ok=True)
    command = [arguments.java, "-cp", arguments.classpath, "org.openjdk.jmh.Main", BENCHMARK, "-rf", "json",
               "-rff", str(result), "-foe", "true", "-p", f"planner={case.planner}", "-p", f"nodes={case.nodes}",
               "-p", f"model={case.model}", "-p", f"room={room}", "-wi", str(arguments.warmups),
               "-i", str(arguments.iterations), "-jvmArgs", "-Xmx2g"]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=arguments.limit, check=False)
    except subprocess.TimeoutExpired:
        return Found(case, room, [], None, f"not done within {arguments.limit:g} s")
    if done.returncode != 0 or not result.exists():
        return Found(case, room, [], None, "failed: " + (done.stdout.strip().splitlines() or ["no output"])[-1][:80])
    measured = json.loads(result.read_text())[0]
    times = measured["primaryMetric"]["rawData"][0]
    gaps = measured["secondaryMetrics"]["gapPercent"]["rawData"][0]
    return Found(case, room, times, gaps[-1])


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.sh planner", description=__doc__)
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--classpath", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", metavar="TEXT", help="cases whose name contains this")
    parser.add_argument("--warmups", type=int, default=5, help="unmeasured runs of a case (default: 5)")
    parser.add_argument("--iterations", type=int, default=5, help="measured runs of a case (default: 5)")
    parser.add_argument("--limit", type=float, default=180, metavar="SECONDS",
                        help="the longest a case may take, all runs together (default: 180)")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "bench", help="where JSON goes")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = []
    for case in CASES:
        for room in ROOMS:
            if arguments.only in case.name():
                print(f"measuring {case.name()}, {room.lower()}", file=sys.stderr)
                found.append(measure(case, room, arguments))
    if not found:
        parser.error(f"expected a part of a case's name, found '{arguments.only}': {', '.join(c.name() for c in CASES)}")
    rows = [["", "ms", "gap %", "target", ""], *(one.row() for one in found)]
    print(report.aligned("planning: median [least … most]", rows))
    path = arguments.folder / time.strftime("planner-%Y%m%d-%H%M%S.json")
    path.write_text(json.dumps([one.as_json() for one in found], indent=1) + "\n")
    print(f"kept in {path}")
    return 1 if any(one.is_met() is False for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
