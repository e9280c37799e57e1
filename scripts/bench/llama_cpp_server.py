"""llama.cpp's own HTTP server on a GGUF file, from the package xllamacpp; ends at the end of its input."""

import argparse
import sys

import xllamacpp


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--sequences", type=int, required=True, help="chats served at once")
    parser.add_argument("--context", type=int, required=True, help="tokens promised to each chat")
    arguments = parser.parse_args()

    params = xllamacpp.CommonParams()
    params.model.path = arguments.model
    params.hostnames = ["127.0.0.1"]
    params.port = arguments.port
    params.cpuparams.n_threads = arguments.threads
    params.cpuparams_batch.n_threads = arguments.threads
    params.n_parallel = arguments.sequences
    params.n_ctx = arguments.sequences * arguments.context
    # No prompt is computed for less than it costs.
    params.cache_prompt = False
    params.cache_ram_mib = 0
    params.warmup = True
    print(xllamacpp.get_system_info(), flush=True)
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
