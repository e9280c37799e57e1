"""How many bytes the parts of a GGUF file take; reads its tables, no weights."""

import mmap
import re
import struct
from dataclasses import dataclass
from pathlib import Path

SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING = 8
ARRAY = 9


@dataclass(frozen=True)
class GgufSizes:
    """Bytes of each decoder layer, and of the tensors outside of them by name."""

    layers: dict
    others: dict

    def of_range(self, start: int, end: int, has_embedding: bool, has_head: bool) -> int:
        """Bytes of the layers [start, end); an embedding that is also the head counts once."""
        total = sum(self.layers.get(layer, 0) for layer in range(start, end))
        head = "output.weight" if "output.weight" in self.others else "token_embd.weight"
        names = ({"token_embd.weight"} if has_embedding else set()) | ({head, "output_norm.weight"} if has_head else set())
        return total + sum(self.others.get(name, 0) for name in names)


def read(path: Path) -> GgufSizes:
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _Reader(data).sizes()


class _Reader:
    def __init__(self, data):
        self._data = data
        self._at = 0

    def sizes(self) -> GgufSizes:
        if self._data[:4] != b"GGUF":
            raise ValueError("expected a GGUF file, found another")
        self._at = 8
        tensor_count, entry_count = self._value("Q"), self._value("Q")
        alignment = 32
        for _ in range(entry_count):
            key, kind = self._string(), self._value("I")
            value = self._metadata(kind)
            alignment = value if key == "general.alignment" else alignment
        offsets = {self._string(): self._tensor_offset() for _ in range(tensor_count)}
        start = -(-self._at // alignment) * alignment
        return _between(offsets, len(self._data) - start)

    def _tensor_offset(self) -> int:
        dimensions = self._value("I")
        self._at += 8 * dimensions + 4
        return self._value("Q")

    def _value(self, form: str):
        value, = struct.unpack_from("<" + form, self._data, self._at)
        self._at += struct.calcsize("<" + form)
        return value

    def _string(self) -> str:
        length = self._value("Q")
        self._at += length
        return self._data[self._at - length:self._at].decode("utf-8", "replace")

    def _metadata(self, kind: int):
        if kind == STRING:
            return self._string()
        if kind == ARRAY:
            element, count = self._value("I"), self._value("Q")
            if element in SCALARS:
                self._at += count * struct.calcsize("<" + SCALARS[element])
            else:
                for _ in range(count):
                    self._metadata(element)
            return None
        return self._value(SCALARS[kind])


def _between(offsets: dict, end: int) -> GgufSizes:
    """A tensor reaches to the next one's start: its padding is counted with it."""
    layers, others = {}, {}
    names = sorted(offsets, key=offsets.get)
    for name, following in zip(names, names[1:] + [None]):
        size = (offsets[following] if following else end) - offsets[name]
        layer = re.match(r"blk\.(\d+)\.", name)
        if layer:
            layers[int(layer[1])] = layers.get(int(layer[1]), 0) + size
        else:
            others[name] = size
    return GgufSizes(layers, others)
