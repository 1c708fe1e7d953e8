"""A contract looked at during a passage: read again as far as it moved, then looked at by the rules whose verdict no longer holds.

Everything is handed in and given back, so that it is done in whatever process: no row is read here and none is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from convenu.actions.contract_library import library_of
from convenu.actions.current_terms import reading_from
from convenu.agreement.assemble import assemble
from convenu.agreement.looking_again import Again, Asked, Kept, Printed, look_again, places_in, terms_in
from convenu.agreement.printed_figures import clauses_printing, written_again
from convenu.agreement.verdicts import Pack, Places, Sources, digest, what_law_says
from convenu.store.models import Contract
from convenu.terms.files import as_data
from convenu.vocabulary.kept_text import line_of, packed
from convenu.vocabulary.member_lines import in_lines

# What a contract that no longer holds together may raise: a release not shipped, a value of another shape, rules that contradict.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A contract to be looked at on a day, with what is kept of it.

    `answers`: what its answers say, when it is to be read as a whole. `moved`: else the figures that its words print and that moved, with
    what each says now.
    """

    contract: Contract
    on: date
    answers: Mapping[str, Any] | None
    moved: Mapping[str, str]
    kept: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen of a contract, and the columns of its row to be written."""

    again: Again
    columns: Mapping[str, Any]


def look(pack: Pack, asked: Asked, due: Due) -> Looked | str:
    """Read again what moved and let the rules look; why nothing could be seen, for a contract that no longer holds together."""
    try:
        read = _whole(due) if due.answers is not None else _reprinted(due) if due.moved else {}
        at_hand = read.pop("at_hand", None)
        kept = replace(_with(due.kept, read, due.on), at_hand=at_hand) if read else due.kept
        again = look_again(pack, asked, kept)
    except UNREADABLE as error:
        return str(error)
    if again.verdicts is None:
        return Looked(again=again, columns=read)
    today = due.on.isoformat()
    told = {name: one._replace(told=pack.said(name, today)) if name in again.told else one for name, one in kept.printed.items()}
    seen = {"verdicts": again.verdicts, "figures": again.figures, "lines": list(again.lines), "line_count": len(again.lines)}
    return Looked(again=again, columns={**read, **seen, "printed": told})


def digest_of_words(terms_digest: str, library: str, printed: Mapping[str, Printed]) -> str:
    """A digest of all that the words come from: the terms, the library, the figures that they print."""
    return digest([terms_digest, library, {name: one.said for name, one in printed.items()}])


def _with(kept: Kept, read: Mapping[str, Any], on: date) -> Kept:
    """What is kept, with what was read again in its place."""
    own = {name: read[name] for name in ("terms", "places", "words", "rewritten", "printed") if name in read}
    terms_digest = read.get("terms_digest", kept.now.terms)
    text = digest_of_words(terms_digest, read["library"], read["printed"])
    now = Sources(on=on, terms=terms_digest, text=text, reprinted="terms" not in read)
    return replace(kept, **own, now=now, news=True)


def _whole(due: Due) -> dict[str, Any]:
    """All of the contract from its answers."""
    library = library_of(due.contract)
    reading = reading_from(due.contract, due.answers or {})
    data, text = as_data(reading.terms), assemble(reading.terms, library, on=due.on)
    places = Places.of(text)
    printed = {
        figure: Printed.first(what_law_says(library.law, figure, due.on), clauses, due.kept.printed.get(figure))
        for figure, clauses in clauses_printing(reading.terms, library, on=due.on).items()
    }
    return {
        "terms": in_lines(data),
        "terms_digest": digest(data),
        "words": packed(text),
        "rewritten": {},
        "places": json.dumps([places.sections, places.stated], ensure_ascii=False),
        "library": library.hash,
        "printed": printed,
        "trouble": " ".join(str(mistake) for mistake in reading.unreadable),
        "at_hand": (reading.terms, text),
    }


def _reprinted(due: Due) -> dict[str, Any]:
    """The clauses that print a figure that moved: the rest of the contract is as it was."""
    library, kept = library_of(due.contract), due.kept
    clauses = dict.fromkeys(clause for figure in due.moved for clause in kept.printed[figure].clauses)
    sections = written_again(clauses, terms_in(kept.terms), places_in(kept.places), library, on=due.on)
    printed = {name: one._replace(said=due.moved.get(name, one.said)) for name, one in kept.printed.items()}
    return {
        "rewritten": {**kept.rewritten, **{section.clause: line_of(section) for section in sections}},
        "library": library.hash,
        "printed": printed,
    }
