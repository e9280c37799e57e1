"""Everyday questions to a server that runs: how long its answers are, and which only repeat themselves."""

import argparse
import json
import statistics
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).with_name("questions.txt")
# What a request may say itself; what it leaves out is the server's to choose.
SAMPLING = {"temperature": float, "top_p": float, "top_k": int, "min_p": float, "repeat_penalty": float,
            "repeat_last_n": int}
GRAM_WORDS = 4
TAIL_WORDS = 120
# A text that goes on has nearly all of its word groups once; a list with one pattern still has most.
LEAST_DISTINCT = 0.5


@dataclass(frozen=True)
class Answer:
    question: str
    seed: int
    tokens: int
    text: str
    finish: str

    @property
    def repeats(self) -> bool:
        """Whether the end of the answer says the same over and over."""
        return repeats_itself(self.text)


def repeats_itself(text: str) -> bool:
    words = text.split()[-TAIL_WORDS:]
    groups = [tuple(words[i:i + GRAM_WORDS]) for i in range(len(words) - GRAM_WORDS + 1)]
    if not groups:
        # Without a single space: an endless word, if it is long at all.
        return len(text) > TAIL_WORDS * GRAM_WORDS
    return len(words) == TAIL_WORDS and len(set(groups)) < LEAST_DISTINCT * len(groups)


def ask(url: str, question: str, seed: int, limit: int, sampling: dict) -> Answer:
    body = json.dumps({"model": "default", "messages": [{"role": "user", "content": question}],
                       "max_tokens": limit, "seed": seed, **sampling})
    request = urllib.request.Request(url + "/v1/chat/completions", body.encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=600) as response:
        answer = json.load(response)
    choice = answer["choices"][0]
    return Answer(question, seed, answer["usage"]["completion_tokens"], choice["message"]["content"], choice["finish_reason"])


def read_flags(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.sh questions", description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="the server, which must be ready")
    parser.add_argument("--seeds", type=int, default=3, help="how often each question is asked, with another seed each time")
    parser.add_argument("--limit", type=int, default=1000, help="most tokens of an answer")
    parser.add_argument("--long", type=int, default=600, help="an answer of more tokens that repeats itself is a failure")
    parser.add_argument("--at-once", type=int, default=2, help="chats at the same time")
    parser.add_argument("--answers", type=Path, help="keep the answers in this file, JSON")
    parser.add_argument("questions", nargs="*", help="ask these instead of the twenty in questions.txt")
    for name, kind in SAMPLING.items():
        parser.add_argument("--" + name.replace("_", "-"), type=kind, help="sent with each question; else the server's own")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    flags = read_flags(arguments)
    questions = flags.questions or QUESTIONS.read_text().splitlines()
    sampling = {name: getattr(flags, name) for name in SAMPLING if getattr(flags, name) is not None}
    asked = [(question, seed) for seed in range(1, flags.seeds + 1) for question in questions]
    try:
        with ThreadPoolExecutor(flags.at_once) as pool:
            answers = list(pool.map(lambda one: ask(flags.url, *one, flags.limit, sampling), asked))
    except (OSError, ValueError) as failure:
        detail = failure.read().decode("utf-8", "replace") if isinstance(failure, urllib.error.HTTPError) else failure
        print(f"expected a server that answers at {flags.url}, found: {detail}", file=sys.stderr)
        return 1
    failures = [answer for answer in answers if answer.repeats and answer.tokens > flags.long]
    repeating = [answer for answer in answers if answer.repeats]
    lengths = [answer.tokens for answer in answers]
    print(f"{len(answers)} answers, tokens: median {statistics.median(lengths):.0f}, longest {max(lengths)}, "
          f"{sum(answer.finish == 'length' for answer in answers)} cut at {flags.limit}; {len(repeating)} repeat themselves, "
          f"{len(failures)} of them past {flags.long} tokens")
    for answer in failures:
        print(f"  seed {answer.seed}, {answer.tokens} tokens: {answer.question}")
    if flags.answers:
        flags.answers.write_text(json.dumps([vars(answer) for answer in answers], indent=1))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
