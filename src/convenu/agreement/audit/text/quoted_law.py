"""Words of others that a contract only gives to read: « L'article L. 215-1 du code dispose que : « … » », « la licence énonce : « … » »."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The law or the licence that speaks, what it does, and the mark that opens its words: the contract speaks of itself by other names.
_OPENS = re.compile(
    r"\b(?:code|loi|règlement|reglement|directive|décret|decret|ordonnance|rgpd"
    r"|licence|conditions (?:générales )?(?:du|des) (?:fabricant|constructeur|auteur|fondeur)s?)\b[^.;:«»“”\n]{0,80}"
    r"\s(?:dispose|disposent|prévoit|prévoient|énonce|énoncent|prescrit|prescrivent|précise|précisent|stipule|stipulent|indique|indiquent)\s{1,3}"
    r"(?:(?:que|ce qui suit|notamment)\s{0,3}){0,2}:?\s{0,3}(?P<mark>[«“\"])",
    re.IGNORECASE,
)
# A clause on late payment must give what that article says: quoted, its rate and its fixed sum are given.
_MUST_BE_GIVEN = re.compile(r"\bL\.? ?441", re.IGNORECASE)
_BEFORE = 60
_CLOSES = {"«": "»", "“": "”", '"': '"'}
_LONGEST = 6000


def quoted_law(text: str) -> Iterator[tuple[int, int]]:
    """Where words of laws and licences stand between their quotation marks, in reading order; none of a mark that is never closed."""
    after = 0
    for found in _OPENS.finditer(text):
        opened = found.start("mark")
        named = text[max(0, found.start() - _BEFORE) : opened]
        if opened < after or _MUST_BE_GIVEN.search(named.rpartition("\n")[2]):
            continue
        closed = _closing(text, opened, found["mark"])
        if closed is not None:
            yield opened, closed
            after = closed


def _closing(text: str, opened: int, mark: str) -> int | None:
    """Where the quotation that opens at a place ends, with those that it holds."""
    closing, depth = _CLOSES[mark], 0
    for place in range(opened, min(len(text), opened + _LONGEST)):
        if text[place] == closing and place > opened:
            depth -= 1
            if depth == 0:
                return place
        elif text[place] == mark:
            depth += 1
    return None
