"""Writes a GGUF file of a known model's shape, filled with random numbers, with another file's tokenizer.

It says nothing sensible, and computes what a real file of that shape computes: for trying how large
a model loads, what memory it takes and how fast it is, where the real file is not to be had.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy

BLOCK = 32
DEVIATION = 0.02
SEED = 1


@dataclass(frozen=True)
class Shape:
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    feed_forward: int
    head_size: int = 64

    def tensors(self, vocabulary: int) -> dict[str, tuple[int, ...]]:
        """Matrices by name, as (rows, columns), and norms; the embedding is the head too."""
        queries, keys = self.heads * self.head_size, self.kv_heads * self.head_size
        found = {"token_embd.weight": (vocabulary, self.hidden), "output_norm.weight": (self.hidden,)}
        for layer in range(self.layers):
            part = {"attn_norm": (self.hidden,), "attn_q": (queries, self.hidden), "attn_k": (keys, self.hidden),
                    "attn_v": (keys, self.hidden), "attn_output": (self.hidden, queries), "ffn_norm": (self.hidden,),
                    "ffn_gate": (self.feed_forward, self.hidden), "ffn_up": (self.feed_forward, self.hidden),
                    "ffn_down": (self.hidden, self.feed_forward)}
            found |= {f"blk.{layer}.{name}.weight": shape for name, shape in part.items()}
        return found

    def metadata(self) -> dict[str, int]:
        return {"llama.block_count": self.layers, "llama.embedding_length": self.hidden,
                "llama.attention.head_count": self.heads, "llama.attention.head_count_kv": self.kv_heads,
                "llama.feed_forward_length": self.feed_forward, "llama.rope.dimension_count": self.head_size}


SHAPES = {
    "SmolLM2-360M": Shape(layers=32, hidden=960, heads=15, kv_heads=5, feed_forward=2560),
    "Llama-1.1B": Shape(layers=22, hidden=2048, heads=32, kv_heads=4, feed_forward=5632),
    "SmolLM2-1.7B": Shape(layers=24, hidden=2048, heads=32, kv_heads=32, feed_forward=8192),
}


def q4_0(rows: int, columns: int, random: numpy.random.Generator) -> numpy.ndarray:
    """Random blocks of Q4_0: a float16 scale, then 32 numbers of 4 bits that are 8 too large."""
    uniform_deviation = (16 * 16 - 1) / 12
    return _blocks(rows, columns, BLOCK // 2, DEVIATION / uniform_deviation**0.5, random)


def q8_0(rows: int, columns: int, random: numpy.random.Generator) -> numpy.ndarray:
    """Random blocks of Q8_0: a float16 scale, then 32 numbers of 8 bits."""
    uniform_deviation = (256 * 256 - 1) / 12
    return _blocks(rows, columns, BLOCK, DEVIATION / uniform_deviation**0.5, random)


def _blocks(rows: int, columns: int, quant_bytes: int, scale: float, random) -> numpy.ndarray:
    blocks = numpy.empty((rows, columns // BLOCK, 2 + quant_bytes), numpy.uint8)
    blocks[:, :, :2] = numpy.array([scale], numpy.float16).view(numpy.uint8)
    blocks[:, :, 2:] = random.integers(0, 256, (rows, columns // BLOCK, quant_bytes), numpy.uint8)
    return blocks.reshape(rows, -1)


def write(name: str, tokenizer: Path, target: Path) -> None:
    shape, source = SHAPES[name], gguf.GGUFReader(tokenizer)
    writer = gguf.GGUFWriter(target, "llama")
    own = shape.metadata() | {"general.name": f"{name}, random numbers"}
    for key, field in source.fields.items():
        if key.startswith("GGUF.") or key in ("general.architecture", "general.file_type"):
            continue
        array = field.types[0] == gguf.GGUFValueType.ARRAY
        writer.add_key_value(key, own.get(key, field.contents()), field.types[0], field.types[-1] if array else None)
    random = numpy.random.default_rng(SEED)
    vocabulary = len(source.fields["tokenizer.ggml.tokens"].data)
    for tensor, size in shape.tensors(vocabulary).items():
        if len(size) == 1:
            writer.add_tensor(tensor, numpy.ones(size, numpy.float32))
        elif tensor == "token_embd.weight":
            writer.add_tensor(tensor, q8_0(*size, random), raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(tensor, q4_0(*size, random), raw_dtype=gguf.GGMLQuantizationType.Q4_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.sh model", description=__doc__)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("file", type=Path, help="the GGUF file to write")
    parser.add_argument("--tokenizer", type=Path, required=True, help="a GGUF file whose tokenizer and chat template it gets")
    arguments = parser.parse_args()
    write(arguments.shape, arguments.tokenizer, arguments.file)
    print(f"{arguments.file}: {arguments.file.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
