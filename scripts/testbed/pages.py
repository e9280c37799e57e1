"""The results for people: a table in the terminal, and a page that needs nothing else."""

from html import escape

from report import Spread, aligned
from results import Cell, Verdict

COLUMNS = ("setting", "method", "plan (layers)", "ms per token", "predicted", "error",
           "first token, ms", "predicted", "error", "tokens/s of several chats")
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; color: #1c2430 }
table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .3rem .7rem; border-bottom: 1px solid #d5dbe3 }
th { text-align: left; font-weight: 600 } td.number { text-align: right; font-variant-numeric: tabular-nums }
tr.ours { background: #eef6ee } .missed { color: #a02020; font-weight: 600 } .met { color: #1c6b2f }
small { color: #5a6675 }
"""


def text(cells: list[Cell], verdicts: list[Verdict], alone: list[dict]) -> str:
    parts = [aligned("median [least … most]", [list(COLUMNS), *(_texts(cell) for cell in cells)])] if cells else []
    if alone:
        parts.append(aligned("devices alone", [["device", "share of a core", "ms per token", "slower by", "ideal"],
                                               *(_alone(one) for one in alone)]))
    if verdicts:
        parts.append(aligned("goals", [["", "found", ""], *([one.goal, one.found, _word(one)] for one in verdicts)]))
    return "\n\n".join(parts) + "\n"


def html(title: str, facts: dict, cells: list[Cell], verdicts: list[Verdict], alone: list[dict], failures: list[str],
         ours: str) -> str:
    parts = [f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{escape(title)}</title><style>{STYLE}</style>",
             f"<h1>{escape(title)}</h1>", "<p>" + escape(", ".join(f"{name}: {value}" for name, value in facts.items())) + "</p>"]
    if verdicts:
        parts += ["<h2>Goals</h2>", _table(("goal", "found", ""), [[one.goal, one.found, _word(one)] for one in verdicts])]
    if cells:
        parts += ["<h2>Measured and predicted</h2>", "<p>Medians [least … most] over all turns; predictions are of the plan in force, "
                  "before a turn asked anything; an error is a turn's prediction against what it measured, and of a line the median of its turns counts. Throughput is shown, not judged.</p>",
                  _table(COLUMNS, [_texts(cell) for cell in cells], [cell.method == ours for cell in cells]), _notes(cells)]
    if alone:
        parts += ["<h2>Devices alone</h2>", _table(("device", "share of a core", "ms per token", "slower by", "ideal"),
                                                  [_alone(one) for one in alone])]
    if failures:
        parts += ["<h2>Failures</h2>", *(f"<p class='missed'>{escape(one)}</p>" for one in failures)]
    return "\n".join(parts) + "</html>\n"


def _texts(cell: Cell) -> list[str]:
    if cell.refusal is not None:
        return [cell.row, cell.method, "does not fit", *["-"] * (len(COLUMNS) - 3)]
    return [cell.row, cell.method, cell.plan, _text(cell.tpot_ms), _text(cell.predicted_tpot_ms), _percents(cell.tpot_errors),
            _text(cell.ttft_ms), _text(cell.predicted_ttft_ms), _percents(cell.ttft_errors), _text(cell.tokens_per_s)]


def _notes(cells: list[Cell]) -> str:
    lines = [f"<li><b>{escape(cell.row)}, {escape(cell.method)}</b>: {escape(sentence)}</li>" for cell in cells
             for sentence in ([cell.refusal] if cell.refusal else cell.notes)]
    return "<ul>" + "".join(lines) + "</ul>"


def _alone(one: dict) -> list[str]:
    return [one["device"], f"{one['share']:.0%}", _text(one["tpotMs"]), f"{one['found']:.2f}", f"{one['ideal']:.2f}"]


def _table(heads: tuple, rows: list[list[str]], marked: list[bool] | None = None) -> str:
    body = "".join(f"<tr{' class=ours' if marked and marked[i] else ''}>" + "".join(_cell(text) for text in row) + "</tr>"
                   for i, row in enumerate(rows))
    return "<table><tr>" + "".join(f"<th>{escape(head)}</th>" for head in heads) + f"</tr>{body}</table>"


def _cell(text: str) -> str:
    kind = {"met": " class='met'", "MISSED": " class='missed'"}.get(text, " class='number'" if text[:1].isdigit() else "")
    return f"<td{kind}>{escape(text)}</td>"


def _text(value) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, Spread) else f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _percents(values: tuple) -> str:
    return ", ".join(f"{value:+.0%}" for value in values) or "-"


def _word(verdict: Verdict) -> str:
    return "met" if verdict.met else "MISSED"
