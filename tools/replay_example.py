"""`python -m tools.replay_example LOG.csv`: the charts of `docs/replay.md`, and its comparison with the company's own opinion.

The log is that of `examples/uci498`, cut or whole. Three drawings: what was kept at each priority with its interval and what is promised,
the times taken in tenths of the limit, the credits of each period. The comparison is printed, ticket by ticket under `made_sla`.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from convenu.agreement.trial import Trial, trial_as_json
from convenu.cli.replay import proposed
from convenu.cli.terms_file import variants_of
from convenu.cli.tickets import tickets_of
from convenu.service.clock import Verdict
from convenu.service.commitments import Commitment
from convenu.service.replay import TENTHS
from convenu.vocabulary import french
from convenu.vocabulary.money import Money

FOLDER, EXAMPLE = Path("docs/images"), Path("examples/uci498")
# Any day of the law: nothing of the example depends on it.
DAY = date(2026, 11, 25)
WIDTH, LEFT, ROW = 860, 150, 34
PLOT = 480
INK, GRID, GOOD, BAD, PLAIN = "#1c2733", "#c9d1d9", "#1f6f4a", "#b3392f", "#35618e"
TALL = 90
# The limit itself stands after ten tenths.
LIMIT = 10


def charts(result: dict[str, Any]) -> dict[str, str]:
    """Each chart by the name of its file."""
    judged = [one for one in result["commitments"] if one["attainment"] is not None]
    owed = result["credits"]
    return {
        "replay-kept.svg": _drawing("Part tenue à chaque priorité", ROW * len(judged) + 26, _kept(judged)),
        "replay-times.svg": _drawing("Temps comptés, en dixièmes du délai", (TALL + 44) * len(judged), _times(judged)),
        "replay-credits.svg": _drawing(
            "Avoirs qui auraient été dus à la fin de chaque période", ROW * len(owed["by_month"]), _credits(owed)
        ),
    }


def _drawing(title: str, height: int, parts: Iterator[str]) -> str:
    tall = height + 44
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" role="img"'
    style = ' font-family="sans-serif">'
    ground = f'<rect width="{WIDTH}" height="{tall}" fill="#ffffff"/>'
    return "\n".join([head + style, f"<title>{escape(title)}</title>", ground, _text(12, 24, title, weight="bold"), *parts, "</svg>", ""])


def _kept(judged: Sequence[dict[str, Any]]) -> Iterator[str]:
    for rank, one in enumerate(judged):
        top = 44 + ROW * rank
        kept = one["promised"] is None or one["attainment"] >= one["promised"]
        low, high = one["ci95"]
        yield _text(12, top + 17, _name(one))
        yield _bar(LEFT, top + 4, PLOT * one["attainment"], 18, GOOD if kept else BAD)
        yield f'<path d="M{LEFT + PLOT * low:.1f} {top + 13}H{LEFT + PLOT * high:.1f}" stroke="{INK}" stroke-width="2"/>'
        if one["promised"] is not None:
            at = LEFT + PLOT * one["promised"]
            yield f'<path d="M{at:.1f} {top}V{top + 26}" stroke="{INK}" stroke-width="2" stroke-dasharray="3 2"/>'
        yield _text(LEFT + PLOT + 12, top + 17, f"{french.share(one['attainment'])} ({_of(one)})")
    yield _text(LEFT, 44 + ROW * len(judged) + 14, "Trait plein : intervalle à 95 %. Pointillé : ce qui est promis.", size=12)


def _times(judged: Sequence[dict[str, Any]]) -> Iterator[str]:
    step = PLOT / (TENTHS + 1)
    for rank, one in enumerate(judged):
        foot = 44 + (TALL + 44) * rank + TALL + 14
        most = max(one["tenths_of_target"]) or 1
        yield _text(12, foot - TALL / 2, _name(one))
        for place, count in enumerate(one["tenths_of_target"]):
            if count:
                high = max(1.0, TALL * count / most)
                yield _bar(LEFT + step * place + 1, foot - high, step - 2, high, GOOD if place < LIMIT else BAD)
        limit = LEFT + step * LIMIT
        yield f'<path d="M{LEFT} {foot}H{LEFT + PLOT}" stroke="{GRID}"/>'
        yield f'<path d="M{limit:.1f} {foot - TALL - 4}V{foot}" stroke="{INK}" stroke-width="2" stroke-dasharray="3 2"/>'
        yield _text(LEFT, foot + 15, "0", size=12)
        yield _text(limit - 20, foot + 15, "le délai", size=12)
        yield _text(LEFT + step * TENTHS - 50, foot + 15, "2 fois et plus", size=12)
        yield _text(LEFT + PLOT + 40, foot - TALL / 2, f"{french.number(one['tickets'])} tickets", size=12)


def _credits(owed: dict[str, Any]) -> Iterator[str]:
    amounts = [(one["month"], Money.parse(one["amount"])) for one in owed["by_month"]]
    most = max((amount.amount for _, amount in amounts), default=Decimal(0)) or Decimal(1)
    for rank, (month, amount) in enumerate(amounts):
        top = 44 + ROW * rank
        yield _text(12, top + 17, french.month(date.fromisoformat(f"{month}-01")))
        yield _bar(LEFT, top + 4, float(PLOT * amount.amount / most), 18, PLAIN)
        yield _text(LEFT + PLOT + 12, top + 17, french.euros(amount))


def _of(one: dict[str, Any]) -> str:
    return f"{french.number(one['met'])} sur {french.number(one['tickets'])}"


def _name(one: dict[str, Any]) -> str:
    return f"{Commitment(one['kind']).label} {one['priority']}"


def _bar(left: float, top: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{color}"/>'


def _text(left: float, base: float, words: str, *, size: int = 14, weight: str = "normal") -> str:
    look = f'fill="{INK}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{left:.1f}" y="{base:.1f}" {look}>{escape(french.typography(words))}</text>'


def trial_of(log: Path) -> Trial:
    """The proposal of the example tried on a log."""
    read = tickets_of(log, EXAMPLE / "correspondance.yaml")
    given = list(variants_of([EXAMPLE / "proposition.yaml"]).items())
    return proposed(given, read, on=DAY, solved=False)[0]


def opinions(one: Trial, log: Path) -> Counter[tuple[str, bool, bool]]:
    """How many tickets of each priority are kept here, or not, and kept in the company's own opinion, or not, as its last row says.

    A ticket opened again too late is measured as another one, « number/2 »; their opinion is about the whole.
    """
    with log.open(newline="", encoding="utf-8") as rows:
        theirs = {row["number"]: row["made_sla"].lower() == "true" for row in csv.DictReader(rows)}
    judged = [result for result in one.done.results if result.verdict in (Verdict.MET, Verdict.MISSED)]
    return Counter((result.priority, result.verdict is Verdict.MET, theirs[result.ticket.partition("/")[0]]) for result in judged)


def main(given: Sequence[str]) -> None:
    """Draw the charts beside the page that shows them; print the comparison."""
    log = Path(given[0])
    one = trial_of(log)
    FOLDER.mkdir(exist_ok=True)
    for name, drawn in charts(trial_as_json(one, with_stretches=False, solved=False)).items():
        (FOLDER / name).write_text(drawn, encoding="utf-8")
    found = opinions(one, log)
    for priority in sorted({priority for priority, *_ in found}):
        print(priority, *(found[priority, *both] for both in ((True, True), (True, False), (False, False), (False, True))))


if __name__ == "__main__":
    main(sys.argv[1:])
