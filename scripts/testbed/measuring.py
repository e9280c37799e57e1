"""What a cluster is asked: to plan by a method, then requests one by one, or several chats at once."""

import time
from dataclasses import dataclass
from typing import Callable

import scenarios
from chat_client import ChatClient, LoadError
from experiment import PROMPT_TOKENS

TELL_A_STORY_TOKENS = 4
POLL_S = 0.2
NO_PLAN = "no plan fits"


@dataclass(frozen=True)
class Work:
    """What is asked for each plan: ``requests`` of ``new_tokens`` each, one after another, and so many ``chats`` at once."""

    new_tokens: int
    requests: int
    chats: int


@dataclass(frozen=True)
class Plan:
    """Who runs which layers, and what that was predicted to give where the cluster says so."""

    stages: tuple
    view: dict | None

    @staticmethod
    def read(client: ChatClient) -> "Plan":
        nodes = [node for node in client.get_json("/cluster")["nodes"] if node["embedding"] or node["head"]
                 or node["layerEnd"] > node["layerStart"]]
        try:
            view = client.get_json("/cluster/plan")
        except LoadError:
            view = None
        stages = view["stages"] if view else [{**node, "node": node["id"]} for node in nodes]
        return Plan(tuple((stage["node"], stage["layerStart"], stage["layerEnd"]) for stage in stages), view)

    def predicted(self) -> dict:
        if self.view is None:
            return {}
        figures = {"predictedTtftMs": self.view["predicted"]["ttftMs"],
                   "predictedTpotMs": self.view["predicted"]["tokenMs"], "notes": self.view["notes"],
                   "leftOut": self.view["leftOut"]}
        single = self.view.get("bestSingle")
        if single:
            figures.update(singleNode=single["node"], singleTpotMs=single["predicted"]["tokenMs"])
        return figures

    def __str__(self) -> str:
        return " → ".join(f"{node} {end - start}" for node, start, end in self.stages)


class Refused(Exception):
    """The cluster says that no plan fits; its sentence."""


def await_nodes(client: ChatClient, count: int, limit_s: float, check: Callable[[], None]) -> None:
    """Waits until so many nodes have joined; ``check`` raises when none will."""
    def found() -> int:
        return len(client.get_json("/cluster")["nodes"])

    def are_here() -> bool:
        if found() >= count:
            return True
        check()
        return False

    _await(are_here, limit_s, lambda: f"expected {count} nodes within {limit_s:.0f} s, found {found()}")


def await_plan(client: ChatClient, limit_s: float) -> None:
    """Waits until the cluster answers; raises ``Refused`` when it says that it never will."""
    def is_ready() -> bool:
        status = client.get_json("/cluster")
        if not status["ready"] and status["reason"].startswith(NO_PLAN):
            raise Refused(status["reason"])
        return status["ready"]

    _await(is_ready, limit_s, lambda: f"the cluster was not ready within {limit_s:.0f} s: {_reason(client)}")


def _await(is_so: Callable[[], bool], limit_s: float, failure: Callable[[], str]) -> None:
    end = time.monotonic() + limit_s
    while not is_so():
        if time.monotonic() > end:
            raise LoadError(failure())
        time.sleep(POLL_S)


def _reason(client: ChatClient) -> str:
    return client.get_json("/cluster")["reason"]


def plan_by(client: ChatClient, planner: str, limit_s: float) -> None:
    """Has a running cluster plan by another planner from what it knows; raises ``Refused`` when no plan fits."""
    status, answer = client.post_json("/cluster/plan", {"planner": planner})
    if status != 202:
        message = answer["error"]["message"]
        if message.startswith(NO_PLAN):
            raise Refused(message)
        raise LoadError(f"expected the cluster to plan by {planner}, found status {status}: {message}")
    _await(lambda: _is_planned_by(client, planner), limit_s,
           lambda: f"the cluster had no plan by {planner} within {limit_s:.0f} s: {_reason(client)}")


def measure_device(client: ChatClient, kept: Callable[[], str], limit_s: float) -> None:
    """Has a node that is alone measure itself anew, and waits until what it ``kept`` on disk is another figure."""
    before = kept()
    _order_measuring(client, {})
    _await(lambda: kept() != before, limit_s, lambda: f"the node did not measure itself anew within {limit_s:.0f} s")


def measure_links(client: ChatClient) -> None:
    """Has a running cluster measure its links anew; the next plan waits for that."""
    _order_measuring(client, {"linksOnly": True})


def _order_measuring(client: ChatClient, what: dict) -> None:
    status, _ = client.post_json("/cluster/profile", what)
    if status != 202:
        raise LoadError(f"expected the cluster to measure again, found status {status}")


def _is_planned_by(client: ChatClient, planner: str) -> bool:
    if not client.get_json("/cluster")["ready"]:
        return False
    try:
        return client.get_json("/cluster/plan")["planner"] == planner
    except LoadError:
        # Between the two questions the layers may have begun to move.
        return False


def text(salt: int) -> str:
    """A text of exactly ``PROMPT_TOKENS`` tokens."""
    return scenarios.prompt(PROMPT_TOKENS - TELL_A_STORY_TOKENS, salt)


def requests(client: ChatClient, count: int, new_tokens: int, salt: int) -> list[dict]:
    """Figures of each of some requests that come one after another."""
    rows = []
    for i in range(count):
        answer = client.complete(text(salt + i), new_tokens)
        if answer.prompt_tokens != PROMPT_TOKENS:
            raise LoadError(f"expected a prompt of {PROMPT_TOKENS} tokens, found {answer.prompt_tokens}")
        rows.append({"scenario": "request", "ttftMs": answer.ttft_ms, "tpotMs": answer.tpot_ms, **_parts(answer.timings)})
    return rows


def chats(client: ChatClient, work: Work, salt: int) -> dict:
    """What all of several chats at once get together."""
    together = scenarios.Scenario("chats", "", PROMPT_TOKENS, work.new_tokens, work.chats, 1)
    return {"scenario": "chats", "totalTokensPerS": together.ask(client, salt).figures()["totalTokensPerS"]}


def _parts(timings: dict) -> dict:
    return {"queueMs": timings.get("queue_ms"), "promptMs": timings.get("prompt_ms"),
            "stagesMs": [part["ms"] for part in timings.get("stages", [])],
            "hopsMs": [part["ms"] for part in timings.get("hops", [])]}
