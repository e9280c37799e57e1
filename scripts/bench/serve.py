"""Compares servers on one model file: EdgeShard with 1, 2 and 3 nodes on this machine, and llama.cpp.

llama.cpp comes as a Python package (llama.cpp) and, where 'scripts/bench.sh native' has built it for this
machine, as its own server (llama.cpp-native) and split over two of its RPC servers (llama.cpp-rpc).

One server runs at a time, and they take turns for several rounds, so that a machine that grows
slower or faster on the way does so for all of them. Medians, ranges and ratios go to the terminal
and, with every single figure as JSON lines, to target/bench.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import contenders
import machine
import report
import scenarios
from chat_client import LoadError
from interruption import Interrupted, Interruption
from native import NotBuilt
from peer import PeerError
from server_process import ServerError
from turn import Turn, Work

ROOT = Path(__file__).resolve().parent.parent.parent
LEAST_SEQUENCES = 4
MOST_CHATS = 64


class Run:
    """All rounds, and what was found in them."""

    def __init__(self, arguments: argparse.Namespace, interruption: Interruption):
        self._arguments = arguments
        self._interruption = interruption
        self._rows = []
        self._facts = {}
        self._failures = []
        self._contenders = arguments.only or contenders.ALL
        self._setup = contenders.Setup(arguments.model, arguments.threads, max(LEAST_SEQUENCES, *arguments.chats),
                                       arguments.context, arguments.folder)

    def all_rounds(self) -> None:
        end = time.monotonic() + 60 * self._arguments.limit
        self._prepare()
        for number in range(1, self._arguments.rounds + 1):
            for contender in self._contenders:
                if time.monotonic() > end:
                    raise Interrupted(f"the time limit of {self._arguments.limit:g} minutes is over")
                self._turn(contender, number)

    def fail(self, sentence: str) -> None:
        self._failures.append(sentence)
        say(sentence)

    def write(self) -> bool:
        """Prints and keeps what was found; whether all of it was."""
        figures = report.Figures(self._rows)
        rows = [self._machine(), *({"kind": "measure", **row} for row in self._rows),
                *report.summary_rows(figures), *report.goal_rows(figures),
                *({"kind": "failure", "sentence": sentence} for sentence in self._failures)]
        text = self._title() + "\n\n" + report.text(figures)
        if self._failures:
            text += "\n" + "\n".join("FAILED " + sentence for sentence in self._failures) + "\n"
        self._arguments.folder.mkdir(parents=True, exist_ok=True)
        (self._arguments.folder / "serve.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (self._arguments.folder / "serve.txt").write_text(text)
        print("\n" + text)
        say(f"kept in {self._arguments.folder}: serve.txt, serve.jsonl, logs")
        return not self._failures

    def _prepare(self) -> None:
        """Leaves out, with a word on it, what is not built here and was not asked for by name."""
        for contender in self._contenders:
            try:
                self._facts.update(contender.prepare())
            except NotBuilt as reason:
                if self._arguments.only:
                    raise
                say(f"{contender.name} is left out: {reason}")
                self._contenders = tuple(one for one in self._contenders if one is not contender)

    def _turn(self, contender, number: int) -> None:
        say(f"round {number} of {self._arguments.rounds}: {contender.name}")
        work = Work(scenarios.expanded(self._arguments.scenarios, self._arguments.chats), self._arguments.repetitions, self._arguments.warm_ups,
                    with_memory=number == 1, quiet_wait_s=self._arguments.quiet_wait,
                    answer_limit_s=self._arguments.answer_limit)
        try:
            Turn(contender, self._setup, number, self._interruption, self._rows.append).run(work)
        except (ServerError, LoadError) as failure:
            self.fail(f"{contender.name}, round {number}: {failure}")

    def _machine(self) -> dict:
        arguments = self._arguments
        return {"kind": "machine", "atUtc": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **machine.facts(),
                "model": arguments.model.name, "modelBytes": arguments.model.stat().st_size,
                "threads": arguments.threads, "contextTokens": arguments.context, "sequences": self._setup.sequences,
                "rounds": arguments.rounds, "warmUps": arguments.warm_ups, **self._facts}

    def _title(self) -> str:
        facts = self._machine()
        lines = [f"{facts['model']}, {facts['threads']} threads, {facts['rounds']} rounds, {facts['atUtc']}",
                 f"{facts['processor']}, {facts['cores']} cores, {facts['system']}"]
        if "package" in facts:
            lines.append(f"llama.cpp: {facts['package']}, {facts['builtFor']}")
        if "native" in facts:
            lines.append(f"llama.cpp-native, llama.cpp-rpc: {facts['native']}")
        return "\n".join(lines)


def main() -> int:
    arguments = parse()
    interruption = Interruption()
    run = Run(arguments, interruption)
    try:
        run.all_rounds()
    except (Interrupted, PeerError) as end:
        run.fail(str(end))
    with interruption.held():
        return 0 if run.write() else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.sh serve", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=model, required=True, metavar="FILE", help="the GGUF file")
    parser.add_argument("--only", type=names(contenders.ALL), metavar="NAME,…",
                        help=", ".join(contender.name for contender in contenders.ALL) + "; all that are there by default")
    parser.add_argument("--scenarios", type=names(scenarios.ALL), default=scenarios.ALL, metavar="NAME,…",
                        help=", ".join(f"{one.name} ({one.title})" for one in scenarios.ALL) + "; all by default")
    parser.add_argument("--chats", type=counts(1, MOST_CHATS), default=(1, 4, 8, 16), metavar="N,…",
                        help=f"how many chats the scenario {scenarios.AT_ONCE} asks at once; every server is started for the most "
                             f"of them, and for at least {LEAST_SEQUENCES} (default 1,4,8,16)")
    parser.add_argument("--rounds", type=count(1, 100), default=5, help="turns of each server (default 5)")
    parser.add_argument("--repetitions", type=count(1, 100), metavar="N",
                        help="of each scenario in a turn (default: " +
                             ", ".join(f"{one.name} {one.repetitions}" for one in scenarios.ALL) + ")")
    parser.add_argument("--quick", action="store_true", help="2 rounds of 1 repetition: a first impression")
    parser.add_argument("--threads", type=count(1, 1024), default=2, help="threads that compute (default 2)")
    parser.add_argument("--context", type=count(1024, 1 << 20), default=2048, help="tokens promised to each chat (default 2048)")
    parser.add_argument("--warm-ups", type=count(1, 100), default=3, metavar="N",
                        help="answers of each server that do not count (default 3)")
    parser.add_argument("--quiet-wait", type=float, default=5, metavar="S",
                        help="how long to wait, before each repetition, while other programs are busy (default 5)")
    parser.add_argument("--answer-limit", type=float, default=120, metavar="S", help="an answer that takes longer has failed (default 120)")
    parser.add_argument("--limit", type=float, default=90, metavar="MIN", help="no turn begins later than this (default 90)")
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "bench", help="where results and logs go")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.rounds, arguments.repetitions = 2, 1
    return arguments


def model(text: str) -> Path:
    path = Path(text).absolute()
    if not os.access(path, os.R_OK) or not path.is_file():
        raise argparse.ArgumentTypeError(f"expected a file to read, found none at {path}: get the default model with scripts/get-model.sh")
    return path


def names(known: tuple):
    by_name = {one.name: one for one in known}

    def chosen(text: str) -> tuple:
        unknown = [name for name in text.split(",") if name not in by_name]
        if unknown:
            raise argparse.ArgumentTypeError(f"expected one of {', '.join(by_name)}, found {', '.join(unknown)}")
        return tuple(by_name[name] for name in text.split(","))

    return chosen


def count(least: int, most: int):
    def number(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"expected a number from {least} to {most}, found {text}")
        return int(text)

    return number


def counts(least: int, most: int):
    one = count(least, most)

    def numbers(text: str) -> tuple:
        return tuple(sorted({one(part) for part in text.split(",")}))

    return numbers


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
