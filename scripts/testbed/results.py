"""From measured requests to one line for each row and method, and to goals met or missed."""

import statistics
from dataclasses import dataclass

from report import Spread

OURS_AT_MOST = 1.03


@dataclass(frozen=True)
class Cell:
    """A method in a row: what was measured and predicted, or why there is nothing."""

    row: str
    method: str
    plan: str
    refusal: str | None
    tpot_ms: Spread | None
    ttft_ms: Spread | None
    tokens_per_s: float | None
    predicted_tpot_ms: float | None
    predicted_ttft_ms: float | None
    single_tpot_ms: float | None
    notes: tuple

    def is_single(self) -> bool:
        """Whether the plan is the best single device itself."""
        return self.predicted_tpot_ms is not None and self.predicted_tpot_ms == self.single_tpot_ms

    def tpot_error(self) -> float | None:
        return _error(self.predicted_tpot_ms, self.tpot_ms)

    def ttft_error(self) -> float | None:
        return _error(self.predicted_ttft_ms, self.ttft_ms)


def _error(predicted: float | None, measured: Spread | None) -> float | None:
    """How far the prediction was from what was measured, as a part of that; with its sign."""
    return predicted / measured.median - 1 if predicted is not None and measured is not None else None


class Results:
    """All that was told of turns: what was planned, what was refused, what was measured."""

    def __init__(self, turns: list[dict], measures: list[dict]):
        self._turns = turns
        self._measures = measures

    def cells(self) -> list[Cell]:
        keys = list(dict.fromkeys((turn["row"], turn["method"]) for turn in self._turns))
        return [self._cell(row, method) for row, method in keys]

    def _cell(self, row: str, method: str) -> Cell:
        turns = [one for one in self._turns if (one["row"], one["method"]) == (row, method)]
        last = turns[-1]
        # Methods that chose the same plan share what was measured. A method plans anew each turn, with links
        # that traffic has told more about: its last plan counts, as it was predicted each time it was made.
        same = [one for one in turns if one.get("plan") == last.get("plan")]
        measured = [one for one in self._measures if one["row"] == row and one["plan"] == last.get("plan")]
        return Cell(row, method, last.get("plan", ""), last.get("refusal"), _spread(measured, "tpotMs"),
                    _spread(measured, "ttftMs"), median(measured, "totalTokensPerS"), median(same, "predictedTpotMs"),
                    median(same, "predictedTtftMs"), median(same, "singleTpotMs"), tuple(last.get("notes", ())))


@dataclass(frozen=True)
class Verdict:
    """A goal, what was found, and whether that meets it."""

    goal: str
    found: str
    met: bool


def verdicts(cells: list[Cell], ours: str) -> list[Verdict]:
    """The goals that something was measured for."""
    found = []
    tpot = [abs(error) for cell in cells if (error := cell.tpot_error()) is not None]
    ttft = [abs(error) for cell in cells if (error := cell.ttft_error()) is not None]
    if tpot:
        found.append(_at_most("error of predicted TPOT, median", statistics.median(tpot), 0.15))
        found.append(_at_most("error of predicted TPOT, worst", max(tpot), 0.30))
    if ttft:
        found.append(_at_most("error of predicted TTFT, median", statistics.median(ttft), 0.25))
    for row in dict.fromkeys(cell.row for cell in cells):
        found.extend(_fastest([cell for cell in cells if cell.row == row], ours))
    found.extend(_slower_than_single(cells))
    return found


def _at_most(goal: str, value: float, limit: float) -> Verdict:
    return Verdict(f"{goal}, at most {limit:.0%}", f"{value:.1%}", value <= limit)


def _fastest(cells: list[Cell], ours: str) -> list[Verdict]:
    measured = [cell for cell in cells if cell.tpot_ms is not None]
    own = [cell for cell in measured if cell.method == ours]
    if not own or len(measured) < 2:
        return []
    best = min(measured, key=lambda cell: cell.tpot_ms.median)
    ratio = own[0].tpot_ms.median / best.tpot_ms.median
    return [Verdict(f"{own[0].row}: ours is fastest, or within {OURS_AT_MOST - 1:.0%}",
                    f"{ratio:.3f} of {best.method}", ratio <= OURS_AT_MOST)]


def _slower_than_single(cells: list[Cell]) -> list[Verdict]:
    """A plan that is slower than the best single device must say so itself."""
    judged = [cell for cell in cells if cell.tpot_ms is not None and cell.single_tpot_ms is not None]
    slower = [cell for cell in judged if cell.tpot_ms.median > OURS_AT_MOST * _single_tpot_ms(cell, judged)]
    silent = [cell for cell in slower if not cell.notes]
    return [Verdict("none is slower than the best single device without its plan saying so",
                    f"{len(slower)} slower, {len(silent)} of them silent"
                    + "".join(f"; {cell.row}, {cell.method}" for cell in silent), not silent)] if judged else []


def _single_tpot_ms(cell: Cell, judged: list[Cell]) -> float:
    """What the best single device took in this row where that was measured, else what it was predicted to."""
    measured = [one.tpot_ms.median for one in judged if one.row == cell.row and one.is_single()]
    return min(measured, default=cell.single_tpot_ms)


def proportion(alone: list[dict]) -> list[dict]:
    """How well the brakes slow a node: TPOT of each device alone against the fastest's, by their shares."""
    reference = max(alone, key=lambda one: one["share"])
    return [{**one, "ideal": reference["share"] / one["share"], "found": one["tpotMs"] / reference["tpotMs"]} for one in alone]


def _spread(rows: list[dict], figure: str) -> Spread | None:
    values = [row[figure] for row in rows if figure in row]
    return Spread.of(values) if values else None


def median(rows: list[dict], figure: str) -> float | None:
    values = [row[figure] for row in rows if figure in row]
    return statistics.median(values) if values else None
