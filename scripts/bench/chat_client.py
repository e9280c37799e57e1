"""A client of any OpenAI-compatible server: streams one chat and takes the time of its tokens."""

import http.client
import io
import json
import selectors
import time
import urllib.parse
from dataclasses import dataclass


class LoadError(Exception):
    """An answer that must not be counted, told in one sentence."""


@dataclass(frozen=True)
class Answer:
    """One streamed answer as its client saw it; ``timings`` is what the server says about itself."""

    prompt_tokens: int
    new_tokens: int
    ttft_ms: float
    tpot_ms: float
    text: str
    timings: dict


class ChatClient:
    """Asks one server; may be used from several threads, every chat has a connection of its own.

    While answers come in, their bytes are kept with the time and nothing else is done: the client
    computes on the cores that the server needs. They are read once all are there.
    """

    def __init__(self, base_url: str, timeout_s: float):
        self._address = urllib.parse.urlsplit(base_url)
        self._timeout_s = timeout_s
        self._model = self.get_json("/v1/models")["data"][0]["id"]

    def get_json(self, path: str) -> dict:
        try:
            return json.loads(self.get(path))
        except ValueError as failure:
            raise LoadError(f"GET {path}: expected JSON, found something else: {failure}") from failure

    def get(self, path: str) -> str:
        status, body = self._exchange("GET", path)
        if status != 200:
            raise LoadError(f"GET {path}: expected status 200, found {status}")
        return body

    def post_json(self, path: str, asked: dict) -> tuple[int, dict]:
        """The status and what came with it, of an order or a refusal."""
        status, body = self._exchange("POST", path, json.dumps(asked), {"Content-Type": "application/json"})
        try:
            return status, json.loads(body)
        except ValueError as failure:
            raise LoadError(f"POST {path}: expected JSON, found something else: {failure}") from failure

    def _exchange(self, method: str, path: str, *rest) -> tuple[int, str]:
        connection = self._connection()
        try:
            connection.request(method, path, *rest)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as failure:
            raise LoadError(f"{method} {path}: {type(failure).__name__}: {failure}") from failure
        finally:
            connection.close()

    def ask(self, prompt: str, new_tokens: int) -> Answer:
        """Streams an answer of exactly ``new_tokens`` tokens, chosen greedily."""
        return self.ask_all([prompt], new_tokens)[0]

    def ask_all(self, prompts: list[str], new_tokens: int) -> list[Answer]:
        """Streams answers to all prompts at once, each of exactly ``new_tokens`` tokens, chosen greedily."""
        return self._stream("/v1/chat/completions",
                            [{"messages": [{"role": "user", "content": prompt}]} for prompt in prompts], new_tokens)

    def complete(self, text: str, new_tokens: int) -> Answer:
        """Streams exactly ``new_tokens`` tokens that go on with a text; no chat template is put around it."""
        return self._stream("/v1/completions", [{"prompt": text}], new_tokens)[0]

    def _stream(self, path: str, asked: list[dict], new_tokens: int) -> list[Answer]:
        bodies = [self._body(one, new_tokens) for one in asked]
        recordings = []
        try:
            for body in bodies:
                recordings.append(_Recording(self._connection(), path, body))
            self._receive(recordings)
            return [recording.answer(new_tokens) for recording in recordings]
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise LoadError(f"the answer broke off: {type(failure).__name__}: {failure}") from failure
        finally:
            for recording in recordings:
                recording.close()

    def _receive(self, recordings: list["_Recording"]) -> None:
        """Until every server has closed its connection."""
        end = time.perf_counter() + self._timeout_s
        with selectors.DefaultSelector() as selector:
            for recording in recordings:
                selector.register(recording.socket, selectors.EVENT_READ, recording)
            while selector.get_map():
                if time.perf_counter() > end:
                    raise LoadError(f"the answer was not complete after {self._timeout_s:.0f} s")
                for key, _ in selector.select(end - time.perf_counter()):
                    if not key.data.receive():
                        selector.unregister(key.fileobj)

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=self._timeout_s)

    def _body(self, asked: dict, new_tokens: int) -> str:
        return json.dumps({
            "model": self._model,
            **asked,
            "max_tokens": new_tokens,
            "temperature": 0,
            # Every answer has the same length, whatever the model would say.
            "ignore_eos": True,
            # llama.cpp would otherwise keep what two prompts share; others do not know the field.
            "cache_prompt": False,
            "stream": True,
            "stream_options": {"include_usage": True},
        })


class _Recording:
    """One answer as it came: pieces of bytes with their times."""

    def __init__(self, connection: http.client.HTTPConnection, path: str, body: str):
        self._connection = connection
        self._pieces = []
        self._start = time.perf_counter()
        connection.request("POST", path, body, {"Content-Type": "application/json", "Accept": "text/event-stream",
                                                "Connection": "close"})
        self.socket = connection.sock

    def receive(self) -> bool:
        """Takes what is there; false at the end."""
        data = self.socket.recv(65536)
        self._pieces.append((time.perf_counter(), data))
        return bool(data)

    def close(self) -> None:
        self._connection.close()

    def answer(self, new_tokens: int) -> Answer:
        replay = _Replay(self._pieces)
        response = http.client.HTTPResponse(replay)
        response.begin()
        if response.status != 200:
            raise LoadError(f"expected status 200, found {response.status}: {response.read(300)!r}")
        stream = _Stream(self._start)
        for line in response:
            stream.read(line, replay.now)
        return stream.answer(new_tokens)


class _Replay(io.RawIOBase):
    """A recording as a socket to read from; ``now`` is when the last piece that was read had come."""

    def __init__(self, pieces: list[tuple[float, bytes]]):
        self._pieces = iter(pieces)
        self._rest = b""
        self.now = 0.0

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._rest:
            self.now, self._rest = next(self._pieces, (self.now, b""))
        part, self._rest = self._rest[:len(buffer)], self._rest[len(buffer):]
        buffer[:len(part)] = part
        return len(part)


class _Stream:
    """The events of one answer, read line by line."""

    def __init__(self, start: float):
        self._start = start
        self._first = None
        self._last = None
        self._text = []
        self._usage = {}
        self._timings = {}
        self._finish = None
        self._done = False

    def read(self, line: bytes, now: float) -> None:
        if not line.startswith(b"data:"):
            return
        data = line[5:].strip()
        if data == b"[DONE]":
            self._done = True
            return
        event = json.loads(data)
        if "error" in event:
            raise LoadError(f"the server ended the answer: {event['error']}")
        self._usage = event.get("usage") or self._usage
        self._timings = event.get("timings") or self._timings
        for choice in event.get("choices", []):
            text = choice.get("delta", {}).get("content") or choice.get("text")
            if text:
                self._text.append(text)
                self._first = self._first or now
                self._last = now
            self._finish = choice.get("finish_reason") or self._finish

    def answer(self, new_tokens: int) -> Answer:
        found = self._usage.get("completion_tokens")
        if not self._done or self._finish != "length" or found != new_tokens or self._first is None:
            raise LoadError(f"expected {new_tokens} tokens, finish reason length and [DONE], "
                            f"found {found} tokens, {self._finish}, done: {self._done}")
        return Answer(
            prompt_tokens=self._usage["prompt_tokens"],
            new_tokens=found,
            ttft_ms=1000 * (self._first - self._start),
            tpot_ms=1000 * (self._last - self._first) / (new_tokens - 1),
            text="".join(self._text),
            timings=self._timings)
