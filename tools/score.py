"""`python -m tools.score FOLDER...`: how well contracts are read, held against labels that somebody made by reading them.

A folder holds, for each contract, its text and a `<id>.json` with `text_file`, `provisions` and `values`; a text may stand in another of
the folders. No folder is named in the project. What is told: provisions present against absent (a label « partial » counts as either, a
reading « partial » as present), values right when stated, values invented when not, quotes that are not in the text, and every miss.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from convenu.agreement.audit.said.levels.times import numbered
from convenu.agreement.audit.said.reading import Reading, read_contract
from convenu.agreement.audit.words.letters import LETTERS
from convenu.agreement.audit.words.numbers import number_in, span_in
from convenu.agreement.audit.words.shadow import plain
from convenu.documents.reading.reader import read
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

WHOLE = (
    "initial_duration_months", "renewal_duration_months", "notice_period_days", "payment_terms_days", "liability_cap_months",
    "availability_pct", "index_cap_pct", "cure_period_days", "non_solicitation_months", "force_majeure_exit_days",
)  # fmt: skip
NAMES = ("jurisdiction_city", "index_name")
NUMBERS = ("late_penalty_rate", "liability_cap")
NO_FOLDER = "Score not run: no folder of labelled contracts was given (make score CORPUS=folder)."
# « 9h », « 9h00 », « 9:00 »; whatever else is written of hours, a date or a priority, is none of them.
_HOUR = re.compile(r"(?<!\d)(\d{1,2}) ?[h:] ?(\d{2})?(?!\d)")
_AROUND_THE_CLOCK = re.compile(r"24 ?h? ?/ ?(?:24|7)(?: ?h)?(?:,? ?7 ?j? ?/ ?7)?|a toute heure|jour et nuit")
# « 1 x l'intérêt légal » is the legal interest.
_ONCE = re.compile(r"\b1 x\b")
# The names of a time that is promised for every call alike.
_EVERY_CALL = re.compile(r"(?:all|tous|toutes|toute demande|none)\b|$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# « triple du taux d'intérêt légal » is three times it.
_TIMES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_IN_LETTERS = re.compile(rf"(?<![a-z]){LETTERS}(?![a-z])")
_THOUSANDS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)")


@dataclass
class Count:
    """Right, missed and said without ground."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was said."""
        total = 2 * self.right + self.missed + self.wrong
        return 2 * self.right / total if total else 1.0


@dataclass
class Score:
    """The counts over all contracts."""

    types: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    stated: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    unstated: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    quotes: int = 0
    contracts: int = 0
    misses: list[str] = field(default_factory=list)

    def provision(self, name: str, key: str, label: Mapping[str, Any], read: str, words: str) -> None:
        """One type in one contract."""
        said = read != "absent"
        count = self.types[key]
        if label["status"] == "present":
            count.right += said
            count.missed += not said
            if not said:
                self.misses.append(f"{name}: {key} missed: {[anchor['text'] for anchor in label.get('anchors', ())]}")
        elif label["status"] == "absent" and said:
            count.wrong += 1
            self.misses.append(f"{name}: {key} said {read}, is absent: {words[:160]!r}")

    def value(self, name: str, key: str, label: Any, read: Any) -> None:
        """One value in one contract."""
        lacks = not _states(label)
        right = not lacks and same_value(key, label, read)
        counted = (self.unstated if lacks else self.stated)[key]
        counted[0] += 1
        counted[1] += _states(read) if lacks else right
        if (lacks and _states(read)) or (not lacks and not right):
            self.misses.append(f"{name}: {key} is {label!r}, read {read!r}")


def _states(value: Any) -> bool:
    """Whether a value is stated; no day at all is, as what is paid on receipt or ended at once."""
    return value not in (None, [], "") and value is not False


def same_value(key: str, label: Any, read: Any) -> bool:
    """Whether a value as read is the one of the label: whole numbers exactly, names without case or accent, sentences by their numbers."""
    if read is None:
        return False
    if key in WHOLE:
        return Decimal(str(label)) == Decimal(str(read))
    if key in NAMES:
        return plain(str(read)) in plain(str(label)) or plain(str(label)) in plain(str(read))
    if key in NUMBERS:
        return numbers_of(str(label)) == numbers_of(str(read))
    if key == "service_hours":
        return hours_of(str(label)) == hours_of(str(read))
    if key == "sla":
        return set(levels_of(label)) == set(levels_of(read))
    return bool(label) == bool(read)


def numbers_of(words: str) -> frozenset[Decimal]:
    """The numbers that a few words hold, in figures or in letters; « un » is an article."""
    words = _ONCE.sub("", words)
    figures = (Decimal(number.replace(",", ".")) for number in _NUMBER.findall(_THOUSANDS.sub("", words)))
    folded = plain(words)
    letters = (number_in(found[0]) for found in _IN_LETTERS.finditer(folded))
    times = (Decimal(number) for name, number in _TIMES.items() if re.search(rf"\b{name} d(?:u|e|es)\b", folded))
    return frozenset((*figures, *(number for number in letters if number is not None and number > 1), *times))


def hours_of(words: str) -> frozenset[tuple[int, int]]:
    """The hours and minutes that a few words name; (24, 7) for at any hour."""
    folded = plain(words)
    named = {(int(hour), int(minutes or 0)) for hour, minutes in _HOUR.findall(_AROUND_THE_CLOCK.sub("", folded))}
    return frozenset(named | ({(24, 7)} if _AROUND_THE_CLOCK.search(folded) else set()))


def levels_of(levels: Any) -> Iterator[tuple[str, str, Decimal]]:
    """(priority, kind, minutes) of each time promised; a time without a figure is none."""
    for level in levels or ():
        for kind in ("response", "restoration", "workaround"):
            span = span_in(numbered(plain(str(level.get(kind) or ""))).replace("ouvrees", "ouvre").replace("ouvree", "ouvre"))
            if span is not None:
                yield _priority(str(level.get("priority", ""))), kind, span.minutes()


def _priority(name: str) -> str:
    folded = plain(name)
    if _EVERY_CALL.match(folded):
        return "all"
    number = re.search(r"[0-5]", folded)
    return f"p{number_in(number[0])}" if number else re.sub(r"e?s?$", "", folded)[:7]


def labelled(folders: list[Path]) -> Iterator[tuple[str, Mapping[str, Any], ReadText]]:
    """Each contract's name, labels and text, read as the command line reads it."""
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            label = json.loads(file.read_text("utf-8"))
            found = next((place / label["text_file"] for place in (folder, *folders) if (place / label["text_file"]).is_file()), None)
            if found is not None:
                yield label["id"], label, read(found.name, found.read_bytes())


def score_of(folders: list[Path]) -> Score:
    """Read every labelled contract of the folders and count."""
    known, score = recognition(), Score()
    for name, label, text in labelled(folders):
        reading = read_contract(text, known)
        score.contracts += 1
        _count(score, name, label, reading)
    return score


def _count(score: Score, name: str, label: Mapping[str, Any], reading: Reading) -> None:
    for key, one in label["provisions"].items():
        read = reading.provisions.get(key)
        status = "absent" if read is None else read.status.value
        score.provision(name, key, one, status, read.quotes[0].text if read is not None and read.quotes else "")
    values = reading.values_as_json(recognition())
    for key in (*WHOLE, *NAMES, *NUMBERS, "service_hours", "indemnity_40_eur", "sla"):
        if key in label["values"]:
            score.value(name, key, label["values"][key], values.get(key))
    if not reading.is_service_contract:
        score.misses.append(f"{name}: not taken for an IT service contract")
    for provision in reading.provisions.values():
        for quote in provision.quotes:
            if reading.document.text[quote.start : quote.end] != quote.text:
                score.quotes += 1
                score.misses.append(f"{name}: {provision.key} quotes words that are not at {quote.start}")


def told(score: Score) -> Iterator[str]:
    """The figures, a line each, then the misses."""
    yield f"{'type':<28} {'right':>6} {'missed':>7} {'wrong':>6} {'F1':>6}"
    whole = Count()
    for key, count in sorted(score.types.items()):
        whole.right, whole.missed, whole.wrong = whole.right + count.right, whole.missed + count.missed, whole.wrong + count.wrong
        yield f"{key:<28} {count.right:>6} {count.missed:>7} {count.wrong:>6} {count.f1:>6.2f}"
    yield f"{'whole':<28} {whole.right:>6} {whole.missed:>7} {whole.wrong:>6} {whole.f1:>6.3f}"
    yield f"\n{'value':<28} {'stated':>6} {'right':>7} {'unstated':>9} {'invented':>9}"
    for key in sorted({*score.stated, *score.unstated}):
        yield f"{key:<28} {score.stated[key][0]:>6} {score.stated[key][1]:>7} {score.unstated[key][0]:>9} {score.unstated[key][1]:>9}"
    stated, right = (sum(count[place] for count in score.stated.values()) for place in (0, 1))
    unstated, invented = (sum(count[place] for count in score.unstated.values()) for place in (0, 1))
    shares = f"right {_share(right, stated)}, invented {_share(invented, unstated)}"
    yield f"{'whole':<28} {stated:>6} {right:>7} {unstated:>9} {invented:>9}   {shares}"
    yield f"\n{score.contracts} contracts, {score.quotes} quotes not in the text, {len(score.misses)} misses:"
    yield from (f"  {miss}" for miss in score.misses)


def _share(part: int, total: int) -> str:
    return f"{part / total:.1%}" if total else "none to read"


def main(arguments: list[str]) -> int:
    """Score the folders given; without one, say that nothing was run."""
    if not arguments:
        print(NO_FOLDER)
        return 0
    score = score_of([Path(one) for one in arguments])
    if not score.contracts:
        print(f"Score not run: no labelled contract (<id>.json beside its text) in {', '.join(arguments)}.", file=sys.stderr)
        return 2
    print("\n".join(told(score)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
