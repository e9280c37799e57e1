"""One contender's turn in a round: its server is started, warmed up, measured and ended."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import gguf_sizes
import machine
from chat_client import ChatClient
from histogram import Histogram
from interruption import Interruption
from scenarios import CHAT, Scenario
from server_process import ServerProcess

READY_LIMIT_S = 120
MEMORY_AFTER_S = 10
MEMORY_BASE_BYTES = 400_000_000
QUIET_SHARE = 0.1
WARM_UP_SALT = 1_000_000


@dataclass(frozen=True)
class Work:
    """What is done in a turn.

    ``warm_ups`` is how often each server is asked before anything counts: a Java program compiles
    what it does often. ``quiet_wait_s`` is how long to wait for other programs to become quiet.
    """

    scenarios: tuple
    repetitions: int | None
    warm_ups: int
    with_memory: bool
    quiet_wait_s: float
    answer_limit_s: float


class Turn:
    """``record`` takes every row of figures as soon as there is one."""

    def __init__(self, contender, setup, round_number: int, interruption: Interruption,
                 record: Callable[[dict], None]):
        self._contender = contender
        self._setup = setup
        self._round = round_number
        self._interruption = interruption
        self._record = record

    def run(self, work: Work) -> None:
        server = None
        start = {}
        try:
            with self._interruption.held():
                server = self._contender.start(self._setup, self._round)
            start["readyS"] = server.await_ready(self._contender.ready_path, READY_LIMIT_S) / 1000
            client = ChatClient(server.base_url, work.answer_limit_s)
            if work.with_memory:
                start.update(self._memory(server, client))
            self._warm_up(client, work)
            for scenario in work.scenarios:
                self._measure(scenario, server, client, work)
        finally:
            if server is not None:
                with self._interruption.held():
                    start["endS"] = server.end() / 1000
        self._add("start", start)

    def _warm_up(self, client: ChatClient, work: Work) -> None:
        if not work.scenarios:
            return
        for i in range(work.warm_ups):
            CHAT.ask(client, WARM_UP_SALT + i)
        for scenario in work.scenarios:
            if scenario is not CHAT:
                scenario.ask(client, WARM_UP_SALT)

    def _measure(self, scenario: Scenario, server: ServerProcess, client: ChatClient, work: Work) -> None:
        for i in range(work.repetitions or scenario.repetitions):
            self._await_quiet(server, work.quiet_wait_s)
            shares = machine.CpuShares(server.group)
            hops = self._hops(client)
            # The same texts for every contender, others in every repetition.
            asked = scenario.ask(client, 10_000 * self._round + 100 * i)
            median = self._hops(client).since(hops).median()
            others = shares.of_others()
            if self._contender.is_exact:
                asked.check_alone(client)
            self._add(scenario.name, {**asked.figures(), **({} if median is None else {"hopMs": 1000 * median}),
                                      "othersCpuShare": others})

    def _hops(self, client: ChatClient) -> Histogram:
        """Seconds between two nodes in a decode step, the waiting for a thread included."""
        if not self._contender.is_split:
            return Histogram({})
        return Histogram.read(client.get("/metrics"), "edgeshard_hop_seconds",
                              lambda labels: labels["from"] != labels["to"])

    def _await_quiet(self, server: ServerProcess, limit_s: float) -> None:
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            shares = machine.CpuShares(server.group)
            time.sleep(0.5)
            if (shares.of_others() or 0) <= QUIET_SHARE:
                return

    def _memory(self, server: ServerProcess, client: ChatClient) -> dict:
        time.sleep(MEMORY_AFTER_S)
        used = {name: machine.resident_bytes(pid) for name, pid in self._nodes(server).items()}
        used = {name: found for name, found in used.items() if found}
        if not used:
            return {}
        figures = {"residentBytes": used, "largestNodeMb": max(used.values()) / 1e6}
        limits = self._limits(client)
        if limits and limits.keys() <= used.keys():
            figures["limitBytes"] = limits
            figures["memoryRatio"] = max(used[name] / limits[name] for name in limits)
        return figures

    def _nodes(self, server: ServerProcess) -> dict[str, int]:
        """The processes that compute, by their names."""
        named = {self._contender.computes_as(machine.command_line(pid)): pid
                 for pid in machine.group_members(server.group)}
        return {name: pid for name, pid in named.items() if name is not None}

    def _limits(self, client: ChatClient) -> dict:
        """What a node's process may take: a base, and twice the bytes of its share in the file."""
        if not self._contender.is_split:
            return {}
        sizes = gguf_sizes.read(Path(self._setup.model))
        return {node["id"]: MEMORY_BASE_BYTES + 2 * sizes.of_range(
                    node["layerStart"], node["layerEnd"], node["embedding"], node["head"])
                for node in client.get_json("/cluster")["nodes"]}

    def _add(self, scenario: str, figures: dict) -> None:
        self._record({"round": self._round, "contender": self._contender.name, "scenario": scenario, **figures})
