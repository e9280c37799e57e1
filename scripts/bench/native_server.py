"""llama.cpp's server built on this machine, alone or over so many of its RPC servers; ends at the end of its input."""

import argparse
import signal
import socket
import subprocess
import sys
import threading
import time

from server_process import free_port

LISTEN_LIMIT_S = 30
END_LIMIT_S = 5


class Family:
    """Programs that end together: when one of them ends, or when nobody wants them any more."""

    def __init__(self):
        self._over = threading.Event()
        self._programs = []

    def start(self, command: list[str]) -> None:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._programs.append(program)
        threading.Thread(target=self._await, args=(program,), daemon=True).start()

    def end_soon(self) -> None:
        self._over.set()

    def is_over(self) -> bool:
        return self._over.is_set()

    def stay(self) -> int:
        """Until the end of all; the status of the first that failed."""
        self._over.wait()
        status = next((program.poll() for program in self._programs if program.poll()), 0)
        for program in self._programs:
            program.terminate()
        for program in self._programs:
            try:
                program.wait(END_LIMIT_S)
            except subprocess.TimeoutExpired:
                program.kill()
        return 1 if status else 0

    def _await(self, program: subprocess.Popen) -> None:
        program.wait()
        self.end_soon()


def main() -> int:
    arguments = parse()
    family = Family()
    signal.signal(signal.SIGTERM, lambda *_: family.end_soon())
    threading.Thread(target=lambda: (sys.stdin.read(), family.end_soon()), daemon=True).start()
    devices = [f"127.0.0.1:{start_rpc(arguments, family)}" for _ in range(arguments.rpc_servers)]
    if not family.is_over():
        family.start(server(arguments, devices))
    return family.stay()


def start_rpc(arguments: argparse.Namespace, family: Family) -> int:
    """The port of a new RPC server that listens; it computes with its part of the threads."""
    port = free_port()
    threads = max(1, arguments.threads // arguments.rpc_servers)
    family.start([arguments.rpc_program, "--host", "127.0.0.1", "--port", str(port), "--threads", str(threads)])
    end = time.monotonic() + LISTEN_LIMIT_S
    while not family.is_over() and not listens(port):
        if time.monotonic() > end:
            print(f"expected an RPC server on port {port} within {LISTEN_LIMIT_S} s, found none: see its words above", flush=True)
            family.end_soon()
        time.sleep(0.02)
    return port


def listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def server(arguments: argparse.Namespace, devices: list[str]) -> list[str]:
    command = [arguments.program, "--model", arguments.model, "--host", "127.0.0.1", "--port", str(arguments.port),
               "--threads", str(arguments.threads), "--parallel", str(arguments.sequences),
               "--ctx-size", str(arguments.sequences * arguments.context), "--cont-batching", "--fit", "off",
               # No prompt is computed for less than it costs.
               "--no-cache-prompt", "--cache-ram", "0", "--no-ui", "--offline"]
    return command + (["--rpc", ",".join(devices), "--n-gpu-layers", "99"] if devices else [])


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--program", required=True, help="llama-server")
    parser.add_argument("--rpc-program", required=True, help="ggml-rpc-server")
    parser.add_argument("--rpc-servers", type=int, default=0, help="over how many of them the model is split; 0 does not")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--sequences", type=int, required=True, help="chats served at once")
    parser.add_argument("--context", type=int, required=True, help="tokens promised to each chat")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
