"""From measured requests to one line for each row and method, and to goals met or missed."""

import statistics
from dataclasses import dataclass

from report import Spread

OURS_AT_MOST = 1.03
SAYS_SLOWER = "alone would be better"


@dataclass(frozen=True)
class Cell:
    """A method in a row, over all its turns: what was measured and predicted, or why there is nothing.

    An error is how far a turn's prediction was from what that turn measured, as a part of it, with its sign;
    ``tpot_of_rounds`` is what each round's turn measured.
    """

    row: str
    method: str
    plan: str
    refusal: str | None
    tpot_ms: Spread | None
    ttft_ms: Spread | None
    tokens_per_s: float | None
    predicted_tpot_ms: float | None
    predicted_ttft_ms: float | None
    tpot_errors: tuple
    ttft_errors: tuple
    tpot_of_rounds: dict
    single_tpot_ms: float | None
    notes: tuple

    def is_single(self) -> bool:
        """Whether the plan is the best single device itself."""
        return self.predicted_tpot_ms is not None and self.predicted_tpot_ms == self.single_tpot_ms

    def says_slower(self) -> bool:
        """Whether the plan itself says that a single device would be better."""
        return any(SAYS_SLOWER in note for note in self.notes)


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
        measured = [one for turn in turns for one in self._measured(turn)]
        plans = list(dict.fromkeys(turn["plan"] for turn in turns if "plan" in turn))
        chats = [one for one in self._measures if one["row"] == row and one["plan"] in plans]
        return Cell(row, method, " or ".join(plans), turns[-1].get("refusal"), _spread(measured, "tpotMs"),
                    _spread(measured, "ttftMs"), median(chats, "totalTokensPerS"), median(turns, "predictedTpotMs"),
                    median(turns, "predictedTtftMs"), self._errors(turns, "predictedTpotMs", "tpotMs"),
                    self._errors(turns, "predictedTtftMs", "ttftMs"), self._rounds(turns), median(turns, "singleTpotMs"),
                    tuple(turns[-1].get("notes", ())))

    def _measured(self, turn: dict) -> list[dict]:
        """What was measured in a turn; methods that chose the same plan in a round share it."""
        key = (turn["row"], turn["round"], turn.get("plan"))
        return [one for one in self._measures if (one["row"], one["round"], one["plan"]) == key]

    def _rounds(self, turns: list[dict]) -> dict:
        found = {turn["round"]: median(self._measured(turn), "tpotMs") for turn in turns}
        return {number: tpot for number, tpot in found.items() if tpot is not None}

    def _errors(self, turns: list[dict], predicted: str, figure: str) -> tuple:
        found = [(turn.get(predicted), median(self._measured(turn), figure)) for turn in turns]
        return tuple(told / was - 1 for told, was in found if told is not None and was is not None)


@dataclass(frozen=True)
class Verdict:
    """A goal, what was found, and whether that meets it."""

    goal: str
    found: str
    met: bool


def verdicts(cells: list[Cell], ours: str) -> list[Verdict]:
    """The goals that something was measured for."""
    found = []
    tpot = [_usual(cell.tpot_errors) for cell in cells if cell.tpot_errors]
    ttft = [_usual(cell.ttft_errors) for cell in cells if cell.ttft_errors]
    if tpot:
        found.append(_at_most("error of predicted TPOT, median", statistics.median(tpot), 0.15))
        found.append(_at_most("error of predicted TPOT, worst", max(tpot), 0.30))
    if ttft:
        found.append(_at_most("error of predicted TTFT, median", statistics.median(ttft), 0.25))
    for row in dict.fromkeys(cell.row for cell in cells):
        found.extend(_fastest([cell for cell in cells if cell.row == row], ours))
    found.extend(_slower_than_single(cells))
    return found


def _usual(errors: tuple) -> float:
    """How far off a method's predictions are in a row: the median of its turns, for a turn has its mood."""
    return statistics.median(abs(error) for error in errors)


def _at_most(goal: str, value: float, limit: float) -> Verdict:
    return Verdict(f"{goal}, at most {limit:.0%}", f"{value:.1%}", value <= limit)


def _fastest(cells: list[Cell], ours: str) -> list[Verdict]:
    measured = [cell for cell in cells if cell.tpot_ms is not None]
    own = [cell for cell in measured if cell.method == ours]
    if not own or len(measured) < 2:
        return []
    best = min(measured, key=lambda cell: cell.tpot_ms.median)
    ratio = _beside(own[0], best)
    return [Verdict(f"{own[0].row}: ours is fastest, or within {OURS_AT_MOST - 1:.0%}",
                    f"{ratio:.3f} of {best.method}", ratio <= OURS_AT_MOST)]


def _beside(cell: Cell, other: Cell) -> float:
    """A method's TPOT as a part of another's: the median over the rounds that both were measured in, if there are any."""
    both = cell.tpot_of_rounds.keys() & other.tpot_of_rounds.keys()
    return statistics.median([cell.tpot_of_rounds[number] / other.tpot_of_rounds[number] for number in both]
                             or [cell.tpot_ms.median / other.tpot_ms.median])


def _slower_than_single(cells: list[Cell]) -> list[Verdict]:
    """A plan that is slower than the best single device must say so itself."""
    judged = [cell for cell in cells if cell.tpot_ms is not None and cell.single_tpot_ms is not None]
    slower = [cell for cell in judged if cell.tpot_ms.median > OURS_AT_MOST * _single_tpot_ms(cell, judged)]
    silent = [cell for cell in slower if not cell.says_slower()]
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
