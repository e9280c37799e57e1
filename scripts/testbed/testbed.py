"""Repeats the paper's experiment on this machine: devices in network namespaces, with slow links and slow cores.

A source with a quarter of a core, two edge devices with half of one each and a cloud with a whole one
run one node each, joined by wires of 50 Mbit/s, that between source and cloud of 1, 10 and 50. In each
setting every method plans, and what its plan gives is measured beside what was predicted. A table goes
to the terminal; that, a page and every single figure as JSON lines go to target/testbed. Needs Linux
and root; whatever it makes is taken down again, also after Ctrl-C, and after a crash by the next run.
"""

import argparse
import contextlib
import fcntl
import json
import os
import shutil
import sys
import time
from pathlib import Path

import experiment
import host
import leftovers
import machine
import measuring
import network
import pages
import results
from chat_client import ChatClient, LoadError
from cluster import Device, Testbed
from cpus import Groups
from interruption import Interrupted, Interruption
from server_process import ServerError

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = Path("/run/lock/edgeshard-testbed")
LOCK_LIMIT_S = 900
JOINED_LIMIT_S = 90
READY_LIMIT_S = 120
CONTEXT_TOKENS = 512
CANNOT = 3
FULL = measuring.Work(new_tokens=96, requests=2, chats=4)
QUICK = measuring.Work(new_tokens=16, requests=2, chats=0)
# Answers that do not count: a Java program compiles what it does often.
WARM_UPS = 3
ALONE_REQUESTS = 3


class Run:
    """All turns, and what was found in them."""

    def __init__(self, arguments: argparse.Namespace, interruption: Interruption):
        self._arguments = arguments
        self._interruption = interruption
        self._turns = []
        self._measures = []
        self._alone = []
        self._failures = []
        self._end = time.monotonic() + 60 * arguments.limit

    def devices_alone(self, devices: list[Device]) -> None:
        """Each device by itself: it measures its profile undisturbed, and shows how slow its brake makes it."""
        for device in devices:
            say(f"{device.name} alone")
            neighbours = tuple(one for one in devices if one != device)
            with self._testbed([device], [], [], neighbours) as (testbed, client):
                self._warm_up(testbed, client)
                # A program that has just started shares its slow core with its own beginnings.
                measuring.measure_device(client, testbed.profiles, READY_LIMIT_S)
                testbed.keep_profiles()
                measured = measuring.requests(client, ALONE_REQUESTS, self._arguments.work.new_tokens, salt=0)
            tpot = results.median(measured, "tpotMs")
            self._alone.append({"device": device.name, "share": device.core.share, "tpotMs": tpot})

    def all_rows(self) -> None:
        for row in self._arguments.rows:
            self._check_time()
            try:
                self._row(row)
            except measuring.Refused as refused:
                self.fail(f"{row.name}: {refused}")
            except (ServerError, LoadError, host.HostError) as failure:
                self.fail(f"{row.name}: {failure}")

    def _row(self, row: experiment.Row) -> None:
        """One cluster that stays, so that all methods plan with what it measured once; in turns, since machines have moods."""
        say(f"{row.name}: starting")
        with self._testbed(row.devices(), row.wires(), list(row.flags)) as (testbed, client):
            self._warm_up(testbed, client)
            if not self._arguments.quick:
                # Programs that have just started are slow, and here one's start holds up all on its core.
                measuring.measure_links(client)
            for number in range(1, self._arguments.rounds + 1):
                for method in self._in_turn(number):
                    self._check_time()
                    self._turn(client, number, row, method)
            self._chats(client, row)

    def _in_turn(self, number: int) -> tuple[experiment.Method, ...]:
        """All methods, each round beginning with another: whoever comes later finds more in its favour."""
        methods = self._arguments.methods
        first = 2 * (number - 1) % len(methods)
        return methods[first:] + methods[:first]

    def _check_time(self) -> None:
        if time.monotonic() > self._end:
            raise Interrupted(f"the time limit of {self._arguments.limit:g} minutes is over")

    def fail(self, sentence: str) -> None:
        self._failures.append(sentence)
        say(sentence)

    def write(self) -> bool:
        """Prints and keeps what was found; whether all of it was, and, if this is no first look, all goals were met."""
        cells = results.Results(self._turns, self._measures).cells()
        verdicts = results.verdicts(cells, experiment.OURS.title)
        alone = results.proportion(self._alone) if self._alone else []
        facts = self._facts()
        rows = [{"kind": "machine", **facts}, *({"kind": "alone", **one} for one in alone),
                *({"kind": "turn", **one} for one in self._turns), *({"kind": "measure", **one} for one in self._measures),
                *({"kind": "goal", "goal": one.goal, "found": one.found, "met": one.met} for one in verdicts),
                *({"kind": "failure", "sentence": sentence} for sentence in self._failures)]
        folder = self._arguments.folder
        text = pages.text(cells, verdicts, alone) + "".join(f"FAILED {sentence}\n" for sentence in self._failures)
        (folder / "testbed.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (folder / "report.txt").write_text(text)
        (folder / "report.html").write_text(pages.html("EdgeShard's testbed", facts, cells, verdicts, alone, self._failures,
                                                       experiment.OURS.title))
        print("\n" + text)
        say(f"kept in {folder}: report.html, report.txt, testbed.jsonl, logs")
        return not self._failures and (self._arguments.quick or all(one.met for one in verdicts))

    def _turn(self, client: ChatClient, number: int, row: experiment.Row, method: experiment.Method) -> None:
        say(f"{row.name}, round {number}: {method.title}")
        label = {"round": number, "row": row.name, "method": method.title}
        try:
            if method.planner is not None:
                measuring.plan_by(client, method.planner, READY_LIMIT_S)
        except measuring.Refused as refused:
            self._turns.append({**label, "refusal": str(refused)})
            return
        plan = measuring.Plan.read(client)
        self._turns.append({**label, "plan": str(plan), **plan.predicted(), "view": plan.view})
        if any((one["round"], one["row"], one["plan"]) == (number, row.name, str(plan)) for one in self._measures):
            # Another method has chosen the same plan.
            return
        measuring.requests(client, 1, self._arguments.work.new_tokens, salt=-1)
        for figures in measuring.requests(client, self._arguments.work.requests, self._arguments.work.new_tokens, salt=100 * number):
            self._measures.append({**label, "plan": str(plan), **figures})
        if str(measuring.Plan.read(client)) != str(plan):
            raise LoadError(f"expected {plan} to stay in force while it was measured, found another plan")

    def _chats(self, client: ChatClient, row: experiment.Row) -> None:
        """Several chats at once, by the plan of each method; at the end, as they take long."""
        work = self._arguments.work
        planned = {turn["plan"]: turn["method"] for turn in reversed(self._turns) if turn["row"] == row.name and "plan" in turn}
        for method in self._arguments.methods:
            if work.chats and method.title in planned.values():
                self._check_time()
                say(f"{row.name}: {method.title}, {work.chats} chats at once")
                measuring.plan_by(client, method.planner, READY_LIMIT_S)
                self._measures.append({"round": 0, "row": row.name, "method": method.title,
                                       "plan": str(measuring.Plan.read(client)), **measuring.chats(client, work, salt=10_000)})

    def _warm_up(self, testbed: Testbed, client: ChatClient) -> None:
        """Most of it without brakes, for it to be short."""
        testbed.cpus.release()
        measuring.requests(client, WARM_UPS, self._arguments.work.new_tokens, salt=-100)
        testbed.cpus.hold()
        measuring.requests(client, 1, self._arguments.work.new_tokens, salt=-1)

    @contextlib.contextmanager
    def _testbed(self, devices: list[Device], wires: list[network.Wire], source_flags: list[str], neighbours: tuple[Device, ...] = ()):
        """A cluster that is ready, and a client on its source; taken down whatever happens."""
        testbed = Testbed(devices, wires, self._arguments.model, self._arguments.folder / "nodes", neighbours)
        try:
            with self._interruption.held():
                testbed.open()
                testbed.give_profiles()
                # Programs start sooner without brakes. A node alone begins to measure itself before it answers.
                if len(devices) > 1:
                    testbed.cpus.release()
                testbed.start(["--context", str(CONTEXT_TOKENS), *source_flags])
            testbed.await_answer("/health/live", JOINED_LIMIT_S)
            testbed.cpus.hold()
            with testbed.client() as client:
                measuring.await_nodes(client, len(devices), JOINED_LIMIT_S, testbed.check_alive)
                measuring.await_plan(client, READY_LIMIT_S)
                yield testbed, client
        finally:
            with self._interruption.held():
                testbed.close()

    def _facts(self) -> dict:
        return {"atUtc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **machine.facts(),
                "model": self._arguments.model.name, "promptTokens": experiment.PROMPT_TOKENS,
                "newTokens": self._arguments.work.new_tokens, "rounds": self._arguments.rounds,
                "requestsARound": self._arguments.work.requests, "chatsAtOnce": self._arguments.work.chats}


def main() -> int:
    arguments = parse()
    interruption = Interruption()
    reason = obstacle()
    if reason is not None:
        say(f"no testbed can be built here: {reason}")
        return CANNOT
    try:
        with alone_on_this_machine():
            return run(arguments, interruption)
    except (host.HostError, Interrupted) as end:
        say(f"testbed: {end}")
        return 1


def obstacle() -> str | None:
    """Why no testbed can be built here, in one sentence; None where it can."""
    reason = host.obstacle()
    if reason is not None:
        return reason
    try:
        Groups.of_this_machine()
        network.probe(host.Owner.this_process())
    except host.HostError as failure:
        return str(failure)
    return None


def run(arguments: argparse.Namespace, interruption: Interruption) -> int:
    for name in leftovers.clean_up(Groups.of_this_machine()):
        say(f"taken down, left by a run that ended early: {name}")
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    found = Run(arguments, interruption)
    try:
        if not arguments.quick:
            found.devices_alone(experiment.ROWS[0].devices())
        found.all_rows()
    except (Interrupted, ServerError, LoadError) as end:
        found.fail(str(end))
    with interruption.held():
        return 0 if found.write() else 1


@contextlib.contextmanager
def alone_on_this_machine():
    """A block that no other testbed runs beside: each would measure the other."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with open(LOCK, "w") as lock:
        end = time.monotonic() + LOCK_LIMIT_S
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise host.HostError(f"expected no other testbed, found that one has run for {LOCK_LIMIT_S} s: end it") from None
                time.sleep(1)
        yield


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="testbed.sh", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, metavar="FILE", help="the GGUF file")
    parser.add_argument("--rows", type=rows, default=experiment.ROWS, metavar="N,…",
                        help="; ".join(f"{i}: {row.name}" for i, row in enumerate(experiment.ROWS, 1)) + "; all by default")
    parser.add_argument("--rounds", type=int, default=4, help="turns of each method in each setting (default 4)")
    parser.add_argument("--quick", action="store_true", help="2 devices, a split by hand, few tokens: does it work here at all?")
    parser.add_argument("--limit", type=float, default=45, metavar="MIN", help="no turn begins later than this (default 45)")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "testbed", help="where results and logs go")
    arguments = parser.parse_args()
    arguments.model = arguments.model.resolve()
    arguments.folder = arguments.folder.resolve()
    if not os.access(arguments.model, os.R_OK):
        parser.error(f"expected a file to read, found none at {arguments.model}: get the default model with scripts/get-model.sh")
    arguments.methods, arguments.work = experiment.METHODS, FULL
    if arguments.quick:
        arguments.rows, arguments.methods, arguments.work, arguments.rounds = (experiment.QUICK,), (experiment.BY_HAND,), QUICK, 1
    return arguments


def rows(text: str) -> tuple[experiment.Row, ...]:
    numbers = text.split(",")
    if not all(number.isdigit() and 1 <= int(number) <= len(experiment.ROWS) for number in numbers):
        raise argparse.ArgumentTypeError(f"expected numbers from 1 to {len(experiment.ROWS)}, found {text}")
    return tuple(experiment.ROWS[int(number) - 1] for number in numbers)


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
