"""What a server is asked, and the figures that are taken from its answers."""

import concurrent.futures
import random
import statistics
import time
from dataclasses import dataclass

from chat_client import Answer, ChatClient

# One token each in every vocabulary that was made for English.
WORDS = ("the river ran past old stone houses while people in the market spoke of rain bread ships and "
         "a long road to the north where winter came early and the fields lay quiet under snow").split()


@dataclass(frozen=True)
class Scenario:
    """Chats asked at once; ``repetitions`` times for every start of a server."""

    name: str
    title: str
    prompt_words: int
    new_tokens: int
    at_once: int
    repetitions: int

    def measure(self, client: ChatClient, first_salt: int) -> dict:
        """The figures of one repetition, by name; names end in their unit."""
        start = time.perf_counter()
        answers = self._ask(client, first_salt)
        wall_s = time.perf_counter() - start
        figures = {
            "promptTokens": statistics.median(answer.prompt_tokens for answer in answers),
            "newTokens": sum(answer.new_tokens for answer in answers),
            "ttftMs": statistics.median(answer.ttft_ms for answer in answers),
            "tpotMs": statistics.median(answer.tpot_ms for answer in answers),
            "totalTokensPerS": sum(answer.new_tokens for answer in answers) / wall_s,
        }
        figures["decodeTokensPerS"] = 1000 / figures["tpotMs"]
        figures["prefillTokensPerS"] = 1000 * figures["promptTokens"] / figures["ttftMs"]
        return {**figures, **_shares(answers)}

    def _ask(self, client: ChatClient, first_salt: int) -> list[Answer]:
        prompts = [prompt(self.prompt_words, first_salt + i) for i in range(self.at_once)]
        if self.at_once == 1:
            return [client.ask(prompts[0], self.new_tokens)]
        pool = concurrent.futures.ThreadPoolExecutor(self.at_once)
        try:
            return list(pool.map(lambda text: client.ask(text, self.new_tokens), prompts))
        finally:
            # Chats that still run after a failure end with their server, which is not waited for here.
            pool.shutdown(wait=False, cancel_futures=True)


CHAT = Scenario("chat", "one chat, 32 prompt words, 96 new tokens", 32, 96, at_once=1, repetitions=3)
PROMPT = Scenario("prompt", "one prompt of 700 tokens, 4 new tokens", 666, 4, at_once=1, repetitions=2)
CHATS = Scenario("chats", "4 chats at once, 32 prompt words, 96 new tokens each", 32, 96, at_once=4, repetitions=1)
ALL = (CHAT, PROMPT, CHATS)


def prompt(words: int, salt: int) -> str:
    """Filler of so many words; another salt is another text from the first words on."""
    chosen = random.Random(salt)
    return "Tell a story. " + " ".join(chosen.choice(WORDS) for _ in range(words))


def _shares(answers: list[Answer]) -> dict:
    """What a token's time went into, as the server tells it; nothing where it does not."""
    told = [answer.timings for answer in answers if answer.timings.get("stages")]
    return {
        "stagesMs": statistics.median(sum(part["ms"] for part in timings["stages"]) for timings in told),
        "hopsMs": statistics.median(sum(part["ms"] for part in timings["hops"]) for timings in told),
    } if told else {}
