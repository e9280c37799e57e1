"""From single figures to medians, spreads and ratios, as a table and as JSON lines."""

import statistics
from dataclasses import dataclass

from contenders import NATIVE
from scenarios import ALL as SCENARIOS
from scenarios import AT_ONCE, FIRST_TOKEN


@dataclass(frozen=True)
class Spread:
    """A median and the range around it."""

    low: float
    median: float
    high: float

    @staticmethod
    def of(values: list[float]) -> "Spread":
        return Spread(min(values), statistics.median(values), max(values))

    def __str__(self) -> str:
        return f"{_short(self.median)} [{_short(self.low)} … {_short(self.high)}]"


@dataclass(frozen=True)
class Figures:
    """All that was measured: one dictionary for each repetition."""

    rows: list[dict]

    def values(self, contender: str, scenario: str, figure: str) -> list[float]:
        return [row[figure] for row in self._of(contender, scenario) if figure in row]

    def by_round(self, contender: str, scenario: str, figure: str) -> dict:
        """The median of each round."""
        rounds = {}
        for row in self._of(contender, scenario):
            if figure in row:
                rounds.setdefault(row["round"], []).append(row[figure])
        return {number: statistics.median(values) for number, values in rounds.items()}

    def spread(self, contender: str, scenario: str, figure: str) -> Spread | None:
        values = self.values(contender, scenario, figure)
        return Spread.of(values) if values else None

    def ratios(self, scenario: str, figure: str, contender: str, reference: str) -> Spread | None:
        """Of one contender's figure to another's within each round."""
        own = self.by_round(contender, scenario, figure)
        other = self.by_round(reference, scenario, figure)
        found = [own[number] / other[number] for number in own if number in other]
        return Spread.of(found) if found else None

    def scenarios(self) -> list[str]:
        return list(dict.fromkeys(row["scenario"] for row in self.rows))

    def contenders(self) -> list[str]:
        return list(dict.fromkeys(row["contender"] for row in self.rows))

    def _of(self, contender: str, scenario: str) -> list[dict]:
        return [row for row in self.rows if row["contender"] == contender and row["scenario"] == scenario]


@dataclass(frozen=True)
class Goal:
    """A figure of one contender, or its ratio to that of another, and what it has to be.

    A ratio is taken within each round, where both were measured under the same conditions, and the
    median of these ratios counts: a machine that grows slower or faster on the way moves both.
    """

    name: str
    scenario: str
    figure: str
    contender: str
    reference: str | None
    at_least: float | None = None
    at_most: float | None = None

    def result(self, figures: Figures) -> Spread | None:
        if self.reference is None:
            own = figures.by_round(self.contender, self.scenario, self.figure)
            return Spread.of(list(own.values())) if own else None
        return figures.ratios(self.scenario, self.figure, self.contender, self.reference)

    def is_met(self, result: Spread) -> bool:
        if self.at_least is not None:
            return result.median >= self.at_least
        return result.median <= self.at_most

    def target(self) -> str:
        return f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"


GOALS = (
    Goal("one node decodes against llama.cpp", "chat", "decodeTokensPerS", "edgeshard-1", "llama.cpp", at_least=1.15),
    Goal("one node prefills against llama.cpp", "prompt", "prefillTokensPerS", "edgeshard-1", "llama.cpp", at_least=1.5),
    Goal("first token after 700 against llama.cpp", "prompt", "ttftMs", "edgeshard-1", "llama.cpp", at_most=0.7),
    Goal("exact decodes against fast", "chat", "decodeTokensPerS", "edgeshard-1-exact", "edgeshard-1", at_least=0.5),
    Goal("three nodes decode against one", "chat", "decodeTokensPerS", "edgeshard-3", "edgeshard-1", at_least=0.75),
    Goal("median of a hop between three nodes, ms", "chat", "hopMs", "edgeshard-3", None, at_most=0.5),
    Goal("three nodes ready, s", "start", "readyS", "edgeshard-3", None, at_most=20),
    Goal("memory of one node against its limit", "start", "memoryRatio", "edgeshard-1", None, at_most=1),
    Goal("memory of three nodes against their limits", "start", "memoryRatio", "edgeshard-3", None, at_most=1),
)

COLUMNS = {
    "start": (("ready s", "readyS"), ("largest node MB", "largestNodeMb"), ("of its limit", "memoryRatio"), ("end s", "endS")),
    "chat": (("TTFT ms", "ttftMs"), ("TPOT ms", "tpotMs"), ("decode tokens/s", "decodeTokensPerS")),
    "prompt": (("TTFT ms", "ttftMs"), ("prefill tokens/s", "prefillTokensPerS"), ("prompt tokens", "promptTokens")),
    "chats": (("total tokens/s", "totalTokensPerS"), ("TPOT ms", "tpotMs"), ("TTFT ms", "ttftMs")),
    FIRST_TOKEN.name: (("TTFT ms", "ttftMs"), ("prefill tokens/s", "prefillTokensPerS"), ("prompt tokens", "promptTokens")),
}
SHARES = (("TPOT ms", "tpotMs"), ("stages ms", "stagesMs"), ("hops ms", "hopsMs"), ("median of a hop ms", "hopMs"))
TITLES = {"start": "start, memory 10 s after ready, end", **{scenario.name: scenario.title for scenario in SCENARIOS}}
OTHERS_LIMIT = 0.1


def summary_rows(figures: Figures) -> list[dict]:
    """One for every figure of every contender in every scenario."""
    rows = []
    for contender in figures.contenders():
        for scenario in figures.scenarios():
            for figure in sorted({key for row in figures.rows if row["scenario"] == scenario for key in row}):
                values = [value for value in figures.values(contender, scenario, figure) if _is_number(value)]
                if values and figure != "round":
                    spread = Spread.of(values)
                    rows.append({"kind": "summary", "contender": contender, "scenario": scenario, "figure": figure,
                                 "count": len(values), "min": spread.low, "median": spread.median, "max": spread.high})
    return rows


def goal_rows(figures: Figures) -> list[dict]:
    rows = []
    for goal in GOALS:
        result = goal.result(figures)
        if result is not None:
            rows.append({"kind": "goal", "goal": goal.name, "target": goal.target(), "min": result.low,
                         "median": result.median, "max": result.high, "met": goal.is_met(result)})
    return rows


def text(figures: Figures) -> str:
    parts = [_table(TITLES[name], columns, figures, name) for name, columns in COLUMNS.items()]
    parts.append(_table("where a token's time goes, as the nodes tell it (one chat)", SHARES, figures, "chat", only_with="stagesMs"))
    parts.append(_chats_at_once(figures))
    parts.append(_against_native(figures))
    parts.append(_goals(figures))
    parts.append(_disturbance(figures))
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(title: str, columns, figures: Figures, scenario: str, only_with: str | None = None) -> str:
    rows = []
    for contender in figures.contenders():
        spreads = [figures.spread(contender, scenario, figure) for _, figure in columns]
        if any(spreads) and (only_with is None or figures.values(contender, scenario, only_with)):
            rows.append([contender, *map(_cell, spreads)])
    return aligned(f"{title}: median [least … most]", [["", *(name for name, _ in columns)], *rows]) if rows else ""


def _chats_at_once(figures: Figures) -> str:
    """A row for every contender, a column for every number of chats."""
    names = _at_once(figures)
    rows = [[contender, *(_cell(figures.spread(contender, name, "totalTokensPerS")) for name in names)]
            for contender in figures.contenders() if any(figures.values(contender, name, "totalTokensPerS") for name in names)]
    title = "tokens/s of all chats at once, 128 new tokens each: median [least … most]"
    return aligned(title, [["", *map(_chats, names)], *rows]) if rows else ""


def _against_native(figures: Figures) -> str:
    """The same as multiples of what llama.cpp built for this machine reached in the same round."""
    columns = [(FIRST_TOKEN.name, "ttftMs", "TTFT, less is better"),
               *((name, "totalTokensPerS", _chats(name)) for name in _at_once(figures))]
    columns = [column for column in columns if figures.values(NATIVE.name, column[0], column[1])]
    rows = [[contender, *(_cell(figures.ratios(name, figure, contender, NATIVE.name)) for name, figure, _ in columns)]
            for contender in figures.contenders() if contender != NATIVE.name]
    title = f"as multiples of {NATIVE.name}, time to the first token and tokens/s: median of the rounds [least … most]"
    return aligned(title, [["", *(head for _, _, head in columns)], *rows]) if columns and rows else ""


def _at_once(figures: Figures) -> list[str]:
    names = [name for name in figures.scenarios() if name.startswith(f"{AT_ONCE}-")]
    return sorted(names, key=lambda name: int(name.rpartition("-")[2]))


def _chats(name: str) -> str:
    number = name.rpartition("-")[2]
    return "1 chat" if number == "1" else f"{number} chats"


def _cell(spread: Spread | None) -> str:
    return "-" if spread is None else str(spread)


def _goals(figures: Figures) -> str:
    rows = []
    for goal in GOALS:
        result = goal.result(figures)
        if result is not None:
            rows.append([goal.name, str(result), goal.target(), "met" if goal.is_met(result) else "MISSED"])
    return aligned("goals: median of the rounds [least … most]", [["", "found", "target", ""], *rows]) if rows else ""


def _disturbance(figures: Figures) -> str:
    shares = [row["othersCpuShare"] for row in figures.rows if row.get("othersCpuShare") is not None]
    disturbed = [share for share in shares if share > OTHERS_LIMIT]
    if not disturbed:
        return ""
    return (f"{len(disturbed)} of {len(shares)} repetitions were disturbed: other programs used more than "
            f"{OTHERS_LIMIT:.0%} of the cores, up to {max(disturbed):.0%}. Repeat it on an idle machine.")


def aligned(title: str, rows: list[list[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                       for i, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in rows]
    return "\n".join([title, *("  " + line for line in lines)])


def _is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _short(value: float) -> str:
    """Three digits that say something."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
