"""Whether what recognition names exists: the terms of a contract, and the facts by which a situation or a danger is known."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.audit.guides.guides import Recognition
from convenu.agreement.audit.verdict import dangers, gates
from convenu.library.front_matter import FrontMatterError
from convenu.terms.contract import TERM_KEYS


def with_known_names(read: Recognition) -> Recognition:
    """The same recognition; raises with the file and the name when a term or a fact is none."""
    known = frozenset(TERM_KEYS)
    for file, term in _terms(read):
        if term not in known:
            raise FrontMatterError(f"{file}: « {term} » is no term")
    for gate in read.gates:
        if gate.fact not in ("", *gates.FACTS):
            raise FrontMatterError(f"gates.yaml, {gate.name}: fact is one of {', '.join(gates.FACTS)}")
    for danger in read.dangers:
        if danger.fact not in ("", *dangers.FACTS):
            raise FrontMatterError(f"dangers, {danger.name}: fact is one of {', '.join(dangers.FACTS)}")
    return read


def _terms(read: Recognition) -> Iterator[tuple[str, str]]:
    """Each term that is named, after the file that names it."""
    for provision in read.provisions:
        yield from ((f"audit, {provision.key}", term) for term in provision.terms)
    yield from (("choices.yaml", choice.term) for choice in read.choices)
    for trace in read.traces:
        yield from (("traces.yaml", term) for term in (*trace.terms, *trace.near))
    for gate in read.gates:
        yield from ((f"gates.yaml, {gate.name}", term) for _, term in (*gate.drops, *gate.silent) if term)
    for danger in read.dangers:
        yield from ((f"dangers, {danger.name}", term) for term in danger.terms)
    for counterpart in read.counterparts:
        yield from ((f"counterparts.yaml, {counterpart.name}", term) for _, term in counterpart.rules if term)
