"""What the opening of a contract tells of the parties that it names: which are companies of trade by their form, where their seats are."""

from __future__ import annotations

import re

from convenu.agreement.audit.text.segmentation import Document

# Letters within which the parties are named.
_OPENING = 4000
# « Lumen SAS, capital 10 000 €, 3 rue Haute, 44000 Nantes, RCS Nantes 500 000 001, représentée par… »: each by its number.
_FORM = (
    r"(?<![a-z])(?:s\.?a\.?s\.?u?|s\.?a\.?r\.?l|e\.?u\.?r\.?l|s\.a|sa(?= au capital)|s\.?n\.?c|s\.?c\.?a"
    r"|societe (?:anonyme|par actions simplifiee|en nom collectif|a responsabilite limitee))(?![a-z])"
)
_TRADER = re.compile(
    rf"{_FORM}(?:(?!{_FORM}).){{0,300}}?(?:rcs|r\.c\.s\.?|registre du commerce)[^;]{{0,60}}?(?P<number>\d{{3}} ?\d{{3}} ?\d{{3}})(?!\d)"
    r".{0,120}?represent",
    re.DOTALL,
)
_SEAT = re.compile(r"(?P<street>[^,;\n]{4,60}),?[\s-]{1,3}(?P<code>\d{5}) (?P<town>[A-ZÀ-Ý][\w'’-]+(?:[ -][A-ZÀ-Ý][\w'’-]+){0,3})")
_TWO = 2


def is_between_traders(document: Document) -> bool:
    """Whether two parties at least are named, each a company that is a trader by its form."""
    opening = document.shadow.plain[:_OPENING]
    return len({one["number"].replace(" ", "") for one in _TRADER.finditer(opening)}) >= _TWO


def towns_of_seats(document: Document) -> tuple[str, ...]:
    """The town of each seat that the opening gives, once an address."""
    seats = {(one["street"].strip(), one["code"]): one["town"] for one in _SEAT.finditer(document.text[:_OPENING])}
    return tuple(seats.values())
