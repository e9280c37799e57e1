"""What the benchmark's figures are worth: reading of answers, medians and ratios, sizes in a GGUF file.

python3 -m unittest discover scripts/bench
"""

import contextlib
import http.client
import http.server
import json
import struct
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import chat_client
import gguf_sizes
import machine
import native
import questions
import report
import scenarios
from chat_client import Answer, ChatClient, LoadError
from histogram import Histogram
from report import Figures, Goal, Spread, aligned


class SpreadTest(unittest.TestCase):
    def test_of_even_count_is_mean_of_the_middle(self):
        self.assertEqual(Spread.of([4, 1, 3, 2]), Spread(1, 2.5, 4))


class QuestionsTest(unittest.TestCase):
    def test_text_that_ends_in_a_loop_repeats_itself(self):
        self.assertTrue(questions.repeats_itself("It began well. " + "And it goes on and on. " * 60))
        self.assertTrue(questions.repeats_itself("My, Your, My, My, " * 80))
        self.assertTrue(questions.repeats_itself("ha" * 400))

    def test_text_that_goes_on_does_not(self):
        self.assertFalse(questions.repeats_itself(" ".join(f"{n}. Put item {n} of the list here." for n in range(100))))
        self.assertFalse(questions.repeats_itself("Yes, yes, yes, yes."))
        self.assertFalse(questions.repeats_itself(""))

    def test_questions_are_twenty(self):
        self.assertEqual(len(set(questions.QUESTIONS.read_text().splitlines())), 20)


class GoalTest(unittest.TestCase):
    ROWS = [{"round": number, "contender": name, "scenario": "chat", "speed": speed}
            for number, name, speed in
            [(1, "own", 100), (1, "other", 50), (2, "own", 10), (2, "own", 30), (2, "other", 10), (3, "own", 7)]]

    def test_ratio_is_taken_within_rounds_that_have_both(self):
        goal = Goal("", "chat", "speed", "own", "other", at_least=2)
        result = goal.result(Figures(self.ROWS))
        self.assertEqual(result, Spread(2, 2, 2))
        self.assertTrue(goal.is_met(result))

    def test_without_reference_the_rounds_themselves_count(self):
        goal = Goal("", "chat", "speed", "own", None, at_most=19)
        result = goal.result(Figures(self.ROWS))
        self.assertEqual(result, Spread(7, 20, 100))
        self.assertFalse(goal.is_met(result))

    def test_nothing_measured_is_no_result(self):
        self.assertIsNone(Goal("", "chat", "speed", "nobody", "other", at_least=1).result(Figures(self.ROWS)))


class TableTest(unittest.TestCase):
    def test_columns_line_up(self):
        self.assertEqual(aligned("t", [["", "x"], ["name", "1.00"]]), "t\n           x\n  name  1.00")


class AtOnceTest(unittest.TestCase):
    ROWS = [{"round": number, "contender": name, "scenario": scenario, "totalTokensPerS": speed}
            for number, name, scenario, speed in
            [(1, "llama.cpp-native", "at-once-8", 50), (1, "edgeshard-1", "at-once-8", 100), (1, "edgeshard-1", "at-once-16", 120),
             (2, "llama.cpp-native", "at-once-8", 100), (2, "edgeshard-1", "at-once-8", 100)]]

    def test_every_number_of_chats_is_a_scenario_of_its_own(self):
        chosen = scenarios.expanded((scenarios.CHAT, scenarios.AtOnce()), (1, 16))
        self.assertEqual([(one.name, one.at_once) for one in chosen], [("chat", 1), ("at-once-1", 1), ("at-once-16", 16)])

    def test_table_has_ratios_to_the_native_server_where_it_was_measured(self):
        text = report.text(Figures(self.ROWS))
        self.assertRegex(text, r"edgeshard-1 +100 \[100 … 100\] +120 \[120 … 120\]")
        self.assertRegex(text, r"as multiples of llama.cpp-native.*\n +8 chats\n +edgeshard-1 +1.50 \[1.00 … 2.00\]")

    def test_without_the_native_server_there_are_no_ratios_to_it(self):
        own = [row for row in self.ROWS if row["contender"] == "edgeshard-1"]
        self.assertNotIn("multiples", report.text(Figures(own)))


class AloneTest(unittest.TestCase):
    class Parrot:
        def ask(self, prompt, new_tokens):
            return answer(prompt)

    def test_answers_as_given_alone_are_right(self):
        scenarios.Asked(["a", "b"], [answer("a"), answer("b")], 1, 0).check_alone(self.Parrot())

    def test_another_answer_is_refused_with_the_place_where_they_part(self):
        with self.assertRaisesRegex(LoadError, "answer 2 of 2 .* part after 1 characters, 'c' alone and 'd' at once"):
            scenarios.Asked(["a", "bc"], [answer("a"), answer("bd")], 1, 0).check_alone(self.Parrot())


def answer(text: str) -> Answer:
    return Answer(1, 1, 1, 1, text, {})


class NativeTest(unittest.TestCase):
    def test_processor_with_amx_is_built_for_without_it_in_another_folder(self):
        with mock.patch.object(machine, "processor_flags", return_value={"avx2"}):
            plain, plain_folder = native.flags(), native.folder()
        with mock.patch.object(machine, "processor_flags", return_value={"avx2", "amx_tile"}):
            amx, amx_folder = native.flags(), native.folder()
        self.assertEqual(amx[:len(plain)], plain)
        self.assertEqual([flag.partition("=")[0] for flag in amx[len(plain):]], ["-DCMAKE_C_FLAGS", "-DCMAKE_CXX_FLAGS"])
        self.assertNotEqual(plain_folder, amx_folder)

    def test_where_it_is_not_built_it_says_how(self):
        with tempfile.TemporaryDirectory() as cache, mock.patch.object(native, "cache", return_value=Path(cache)):
            with self.assertRaisesRegex(native.NotBuilt, "scripts/bench.sh native"):
                native.facts()


class HistogramTest(unittest.TestCase):
    TEXT = """
# TYPE hop_seconds histogram
hop_seconds_bucket{from="a",to="b",le="1.0E-4"} %d
hop_seconds_bucket{from="a",to="b",le="5.0E-4"} %d
hop_seconds_bucket{from="a",to="b",le="+Inf"} %d
hop_seconds_bucket{from="b",to="b",le="1.0E-4"} 99
hop_seconds_bucket{from="b",to="b",le="+Inf"} 99
hop_seconds_count{from="a",to="b"} 1
"""

    def test_median_of_what_was_added_lies_within_its_bucket(self):
        earlier, later = self.read(5, 5, 5), self.read(6, 14, 15)
        # Of 10 new values the first is below 0.1 ms and eight more are below 0.5 ms.
        self.assertAlmostEqual(later.since(earlier).median(), 0.0003)

    def test_median_above_all_bounds_is_the_last_of_them(self):
        self.assertAlmostEqual(self.read(0, 1, 9).median(), 0.0005)

    def test_nothing_has_no_median(self):
        self.assertIsNone(self.read(5, 5, 5).since(self.read(5, 5, 5)).median())

    def read(self, *counts):
        return Histogram.read(self.TEXT % counts, "hop_seconds", lambda labels: labels["from"] != labels["to"])


class PromptTest(unittest.TestCase):
    def test_same_salt_same_text_another_salt_another(self):
        self.assertEqual(scenarios.prompt(20, 3), scenarios.prompt(20, 3))
        self.assertNotEqual(scenarios.prompt(20, 3), scenarios.prompt(20, 4))


class GgufSizesTest(unittest.TestCase):
    def test_layers_and_others_are_told_apart(self):
        tensors = [("token_embd.weight", 0), ("blk.0.a.weight", 64), ("blk.0.b.weight", 96), ("blk.1.a.weight", 128),
                   ("output_norm.weight", 224)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tiny.gguf"
            path.write_bytes(gguf(tensors, data=bytes(256)))
            sizes = gguf_sizes.read(path)
        self.assertEqual(sizes.layers, {0: 64, 1: 96})
        self.assertEqual(sizes.of_range(0, 1, has_embedding=True, has_head=False), 64 + 64)
        # The embedding is the head too where there is no other.
        self.assertEqual(sizes.of_range(1, 2, has_embedding=False, has_head=True), 96 + 32 + 64)
        self.assertEqual(sizes.of_range(0, 2, has_embedding=True, has_head=True), 256)


def gguf(tensors: list, data: bytes) -> bytes:
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    entries = (text("a.list") + struct.pack("<IIQ", 9, 8, 2) + text("x") + text("yy")
               + text("b.scale") + struct.pack("<If", 6, 0.5))
    infos = b"".join(text(name) + struct.pack("<IQIQ", 1, 8, 0, offset) for name, offset in tensors)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), 2) + entries + infos
    return head + bytes(-len(head) % 32) + data


class ChatClientTest(unittest.TestCase):
    """Against a server of our own that says what a test wants."""

    def test_answer_of_the_length_asked_for_is_timed(self):
        answer = self.ask(event(content="a"), event(content="b"), event(content="c", finish="length"), usage(7, 3))
        self.assertEqual((answer.prompt_tokens, answer.new_tokens), (7, 3))
        self.assertGreater(answer.ttft_ms, 0)
        self.assertGreaterEqual(answer.tpot_ms, 0)

    def test_answers_asked_at_once_are_each_read(self):
        events = (event(content="a"), event(content="b"), event(content="c", finish="length"), usage(7, 3))
        with serving(events) as client:
            self.assertEqual([answer.text for answer in client.ask_all(["one", "two", "three"], 3)], ["abc"] * 3)

    def test_pieces_are_timed_by_when_they_came(self):
        raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        pieces = [(1, raw), (2, b"5\r\ndata\n\r\n3\r\nm"), (3, b"o\n\r\n0\r\n\r\n")]
        replay = chat_client._Replay(pieces)
        response = http.client.HTTPResponse(replay)
        response.begin()
        self.assertEqual([(line, replay.now) for line in response], [(b"data\n", 2), (b"mo\n", 3)])

    def test_shorter_answer_is_refused(self):
        with self.assertRaisesRegex(LoadError, "expected 3 tokens.*found 2"):
            self.ask(event(content="a"), event(content="b", finish="length"), usage(7, 2))

    def test_error_event_is_refused(self):
        with self.assertRaisesRegex(LoadError, "node lost"):
            self.ask(event(content="a"), {"error": {"message": "node lost"}})

    def test_stream_that_breaks_off_is_refused(self):
        with self.assertRaisesRegex(LoadError, "done: False"):
            self.ask(event(content="a", finish="length"), usage(7, 3), done=False)

    def ask(self, *events, done=True):
        with serving(events, done) as client:
            return client.ask("hello", 3)


@contextlib.contextmanager
def serving(events: tuple, done: bool = True):
    """A client of a server that gives everyone these events."""
    body = "".join(f"data: {json.dumps(one)}\n\n" for one in events) + ("data: [DONE]\n\n" if done else "")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(body))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield ChatClient(f"http://127.0.0.1:{server.server_port}", timeout_s=5)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def event(content: str, finish: str | None = None) -> dict:
    return {"choices": [{"delta": {"content": content}, "finish_reason": finish}]}


def usage(prompt: int, completion: int) -> dict:
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": completion}}


def handler(body: str):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self._send("application/json", '{"data": [{"id": "tiny"}]}')

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self._send("text/event-stream", body)

        def log_message(self, *arguments):
            pass

        def _send(self, kind: str, text: str):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

    return Handler


if __name__ == "__main__":
    unittest.main()
