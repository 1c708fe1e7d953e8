"""What the opening of a contract tells of its two parties, each where it is given its role: whether it is a company of trade, its seat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from convenu.agreement.audit.text.party_names import PartyRole
from convenu.agreement.audit.text.segmentation import Document

# Letters within which the parties are named.
_OPENING = 4000
_ROLE = rf"(?P<role>{'|'.join(PartyRole)})"
# A blank line ends a paragraph, unless a comma or « ci-après » says that it goes on.
_BLANK_LINE = re.compile(r"(?<!,)\n[ \t]*\n(?!\W{0,4}ci[- ]apr[eè]s)", re.IGNORECASE)
_LINE = re.compile(r"^[ \t*|-]{0,8}", re.MULTILINE)
# « Client : Roseaux SARL », at the head of a line.
_LABEL = re.compile(rf"(?:le )?{_ROLE} ?:")
# « …, ci-après dénommée « le Client », d'autre part »; « Lumen, SAS, 3 rue Haute, le Prestataire. »
_GIVEN = re.compile(
    rf"(?:\b(?:ci[- ]?apres|denomme|designe|appele)[^.;]{{0,60}}?(?<![a-z])|[\"(,] ?)\"? ?(?:le )?{_ROLE}(?= ?(?:[\"),;.:]|$|d'|et |ou ))"
)
# A company of trade by its form, before its number in the register.
_FORM = (
    r"(?<![a-z])(?:s\.?a\.?s\.?u?|s\.?a\.?r\.?l|e\.?u\.?r\.?l|s\.a|sa(?= au capital)|s\.?n\.?c|s\.?c\.?a"
    r"|societe (?:anonyme|par actions simplifiee|en nom collectif|a responsabilite limitee))(?![a-z])"
)
_TRADER = re.compile(
    rf"{_FORM}(?:(?!{_FORM}).){{0,300}}?(?:rcs|r\.c\.s\.?|registre du commerce)[^;]{{0,60}}?(?P<number>\d{{3}} ?\d{{3}} ?\d{{3}})(?!\d)"
)
# An address, or a number in the register.
_SAYS_WHO = re.compile(r"(?<!\d)(?:\d{5} [a-z]|\d{3} ?\d{3} ?\d{3}(?!\d))")
_SEAT = re.compile(r"(?<!\d)\d{5} (?!EUR|Euros)(?P<town>[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+){0,3})")


def is_between_traders(document: Document) -> bool:
    """Whether each party is presented as a company that is a trader by its form, each by a number of its own."""
    presented = (_TRADER.search(document.shadow.plain, *stretch) for stretch in _presented(document).values())
    return len({one["number"].replace(" ", "") for one in presented if one is not None}) == len(PartyRole)


def towns_of_seats(document: Document) -> tuple[str, ...]:
    """The town where each of the two parties has its seat; none unless that of both is told."""
    stretches = (document.shadow.span(*stretch) for stretch in _presented(document).values())
    seats = [seat["town"] for start, end in stretches if (seat := _SEAT.search(document.text, start, end)) is not None]
    return tuple(seats) if len(seats) == len(PartyRole) else ()


def _presented(document: Document) -> dict[PartyRole, tuple[int, int]]:
    """Where each party is presented, a stretch of the shadow: what says who it is before its role, or after the label that gives it."""
    found: dict[PartyRole, tuple[int, int]] = {}
    for role, start, end in _stretches(document):
        if role not in found and _SAYS_WHO.search(document.shadow.plain, start, end):
            found[role] = start, end
    return found


def _stretches(document: Document) -> Iterator[tuple[PartyRole, int, int]]:
    """Each role that the opening gives, and what its paragraph says before it; after it, up to the next label, where it is a label."""
    shadow = document.shadow
    opening = document.text[:_OPENING]
    for start, end in pairwise((0, *(blank.end() for blank in _BLANK_LINE.finditer(opening)), len(opening))):
        low, high = shadow.at(start), shadow.at(end)
        heads = [shadow.at(line.end()) for line in _LINE.finditer(opening, start, end)]
        labels = [label for head in heads if (label := _LABEL.match(shadow.plain, head, high)) is not None]
        ends = [*(label.start() for label in labels[1:]), high]
        yield from ((PartyRole(label["role"]), label.end(), last) for label, last in zip(labels, ends, strict=False))
        for given in () if labels else _GIVEN.finditer(shadow.plain, low, high):
            yield PartyRole(given["role"]), low, given.start()
            low = given.end()
