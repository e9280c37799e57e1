"""What a server is asked, and the figures that are taken from its answers."""

import random
import statistics
import time
from dataclasses import dataclass

from chat_client import Answer, ChatClient, LoadError

# One token each in every vocabulary that was made for English.
WORDS = ("the river ran past old stone houses while people in the market spoke of rain bread ships and "
         "a long road to the north where winter came early and the fields lay quiet under snow").split()


@dataclass(frozen=True)
class Asked:
    """What was asked at once, the answers in the same order, and how long all of them took together."""

    prompts: list[str]
    answers: list[Answer]
    wall_s: float
    client_cpu_s: float

    def figures(self) -> dict:
        """By name; names end in their unit."""
        answers = self.answers
        figures = {
            "promptTokens": statistics.median(answer.prompt_tokens for answer in answers),
            "newTokens": sum(answer.new_tokens for answer in answers),
            "ttftMs": statistics.median(answer.ttft_ms for answer in answers),
            "tpotMs": statistics.median(answer.tpot_ms for answer in answers),
            "totalTokensPerS": sum(answer.new_tokens for answer in answers) / self.wall_s,
            "clientCpuShare": self.client_cpu_s / self.wall_s,
        }
        figures["decodeTokensPerS"] = 1000 / figures["tpotMs"]
        figures["prefillTokensPerS"] = 1000 * figures["promptTokens"] / figures["ttftMs"]
        return {**figures, **_shares(answers)}

    def check_alone(self, client: ChatClient) -> None:
        """Whether everyone was told what is told to one who asks alone."""
        if len(self.answers) == 1:
            return
        for number, (text, answer) in enumerate(zip(self.prompts, self.answers), 1):
            alone = client.ask(text, answer.new_tokens)
            if alone.text != answer.text:
                raise LoadError(f"expected answer {number} of {len(self.answers)} at once to be the one given alone, "
                                f"{_parting(alone.text, answer.text)}: do not count this server's speed")


@dataclass(frozen=True)
class Scenario:
    """Chats asked at once; ``repetitions`` times for every start of a server.

    ``is_cold``: every prompt begins with a number of its own, so that no server can know its first
    words from another.
    """

    name: str
    title: str
    prompt_words: int
    new_tokens: int
    at_once: int
    repetitions: int
    is_cold: bool = False

    def ask(self, client: ChatClient, first_salt: int) -> Asked:
        """One repetition."""
        prompts = [self._prompt(first_salt + i) for i in range(self.at_once)]
        start, cpu = time.perf_counter(), time.process_time()
        answers = client.ask_all(prompts, self.new_tokens)
        return Asked(prompts, answers, time.perf_counter() - start, time.process_time() - cpu)

    def _prompt(self, salt: int) -> str:
        return cold_prompt(self.prompt_words, f"{self.name} {salt}") if self.is_cold else prompt(self.prompt_words, salt)


CHAT = Scenario("chat", "one chat, 32 prompt words, 96 new tokens", 32, 96, at_once=1, repetitions=3)
PROMPT = Scenario("prompt", "one prompt of 700 tokens, 4 new tokens", 666, 4, at_once=1, repetitions=2)
CHATS = Scenario("chats", "4 chats at once, 32 prompt words, 96 new tokens each", 32, 96, at_once=4, repetitions=1)
FIRST_TOKEN = Scenario("first-token", "one prompt of 1,034 tokens that begins like no other, 4 new tokens", 998, 4,
                       at_once=1, repetitions=2, is_cold=True)
AT_ONCE = "at-once"


@dataclass(frozen=True)
class AtOnce:
    """So many chats at once as the user says, one number after the other."""

    name: str = AT_ONCE
    title: str = "as many chats at once as --chats says, prompts of about 40 tokens, 128 new tokens each"
    repetitions: int = 1

    def of(self, chats: int) -> Scenario:
        return Scenario(f"{self.name}-{chats}", f"{chats} at once", 8, 128, at_once=chats, repetitions=self.repetitions, is_cold=True)


ALL = (CHAT, PROMPT, CHATS, FIRST_TOKEN, AtOnce())


def expanded(chosen: tuple, chats: tuple) -> tuple:
    """The scenarios to measure, with one for every number of chats at once."""
    return tuple(one for scenario in chosen
                 for one in ([scenario.of(number) for number in chats] if isinstance(scenario, AtOnce) else [scenario]))


def prompt(words: int, salt: int) -> str:
    """Filler of so many words; another salt is another text from the first words on."""
    return "Tell a story. " + _filler(random.Random(salt), words)


def cold_prompt(words: int, salt: str) -> str:
    """Filler of so many words after a number; another salt is another number."""
    chosen = random.Random(salt)
    return f"{chosen.randrange(100_000, 1_000_000)} " + _filler(chosen, words)


def _filler(chosen: random.Random, words: int) -> str:
    return " ".join(chosen.choice(WORDS) for _ in range(words))


def _parting(expected: str, found: str) -> str:
    """Where two texts part."""
    at = next((i for i, (one, other) in enumerate(zip(expected, found)) if one != other), min(len(expected), len(found)))
    return f"found that they part after {at} characters, {expected[at:at + 20]!r} alone and {found[at:at + 20]!r} at once"


def _shares(answers: list[Answer]) -> dict:
    """What a token's time went into, as the server tells it; nothing where it does not."""
    told = [answer.timings for answer in answers if answer.timings.get("stages")]
    return {
        "stagesMs": statistics.median(sum(part["ms"] for part in timings["stages"]) for timings in told),
        "hopsMs": statistics.median(sum(part["ms"] for part in timings["hops"]) for timings in told),
    } if told else {}
