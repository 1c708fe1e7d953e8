"""Values that a text leaves empty: under or beside a label, a line alone, a dash in the place of a value, a unit without its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A dash may say that there is none; beside these labels there is always one.
_LABEL = re.compile(
    r"\W{0,4}(?:services?|p[eé]riodicit[eé]|mode de r[eè]glement|dur[eé]e|d[eé]marrage|date|prix|montant|total|tarif|client"
    r"|soci[eé]t[eé]|si[eè]ge|siret|siren|engagement|abonnement|redevance|forfait|adresse|raison sociale|d[eé]but"
    r"|t[eé]l(?:[eé]phone)?|e-?mail|courriel)\b",
    re.IGNORECASE,
)
# The second of two cells, at the end of its row, or what stands after a label and its colon.
_CELL = re.compile(r"(?:(?<=\t)|(?<=\t )|(?<=\|)|(?<=\| )|(?<=: ))(?:[—–]|€|%)(?=[ \t]{0,4}\|?[ \t]{0,4}$)", re.MULTILINE)
# A unit alone above figures is the title of their column.
_FIGURES_BELOW = re.compile(
    r"[ \t|]{0,8}\n(?:[ \t|:-]{3,40}\n)?[^\n]{0,80}[\t|][ \t]{0,4}\d[\d .,\u00a0\u202f]{0,20}[ \t]{0,4}\|?[ \t]{0,4}(?:\n|$)"
)
_SEPARATORS = re.compile(r"\t|\||: ")
_LONGEST_LABEL = 60
# A line alone of so many signs sets two parts apart, unless it stands under a label.
_LONG_LINE = 30
_RUN = re.compile(r"[_.…]{4,}")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NAMES_A_PARTY = re.compile(
    r"soci[eé]t[eé]|\bclient|b[eé]n[eé]ficiaire|prestataire|soussign|interlocuteur|contact|\bentre\b|adresse|\bsites?\b|^\W*et\W*$",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[.;!?]\s*$")


def empty_cells(text: str) -> Iterator[re.Match[str]]:
    """The dashes and the units alone that stand in the place of a value that a contract always has."""
    for found in _CELL.finditer(text):
        low = text.rfind("\n", 0, found.start()) + 1
        row = text[low : found.end()].strip().strip("|")
        label = text[low : found.start()].strip(" \t|:*")
        if _FIGURES_BELOW.match(text, found.end()):
            continue
        if len(_SEPARATORS.findall(row)) == 1 and len(label) <= _LONGEST_LABEL and _LABEL.match(label):
            yield found


def is_alone(line: str) -> bool:
    """Whether a line holds blanks and no word."""
    return _LETTERS.search(line) is None


def is_a_rule(line: str, above: str) -> bool:
    """Whether a line alone is drawn between two parts or under a title, and waits for no value; `above`: the line with words before it."""
    if not _RUN.fullmatch(line.strip()):
        return False
    if _RUN.search(above):
        return False
    words = above.strip()
    titled = words.isupper() and not _NAMES_A_PARTY.search(words)
    labels = 0 < len(words) <= _LONGEST_LABEL and not titled and not _ENDS_A_SENTENCE.search(words)
    return not labels and (titled or len(line.strip()) >= _LONG_LINE)
