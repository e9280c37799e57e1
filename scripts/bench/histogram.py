"""Histograms in the text that a server gives to Prometheus."""

import math
import re
from dataclasses import dataclass

LINE = re.compile(r'(?P<name>\w+)_bucket\{(?P<labels>.*)\} (?P<count>\S+)')
LABEL = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True)
class Histogram:
    """How many values were at most each bound, the bounds ascending, the last one infinite."""

    counts: dict

    @staticmethod
    def read(text: str, name: str, wanted) -> "Histogram":
        """The sum of those histograms of a name whose labels are ``wanted``."""
        counts = {}
        for line in LINE.finditer(text):
            labels = dict(LABEL.findall(line["labels"]))
            if line["name"] == name and wanted(labels):
                bound = float(labels["le"].replace("+Inf", "inf"))
                counts[bound] = counts.get(bound, 0) + float(line["count"])
        return Histogram(dict(sorted(counts.items())))

    def since(self, earlier: "Histogram") -> "Histogram":
        return Histogram({bound: count - earlier.counts.get(bound, 0) for bound, count in self.counts.items()})

    def median(self) -> float | None:
        """Interpolated within its bucket; the last finite bound for what lies above it."""
        half = max(self.counts.values(), default=0) / 2
        low, below = 0.0, 0.0
        for bound, count in self.counts.items():
            if half and count >= half:
                return low if math.isinf(bound) else low + (bound - low) * (half - below) / (count - below)
            low, below = bound, count
        return None
