"""A rule that looks at several things apart: a value not known for one of them does not hide what the others show."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convenu.agreement.rule import Hit, Look, MissingTermError
from convenu.terms.contract import label_of
from convenu.vocabulary import french
from convenu.vocabulary.dated import NotInForceError
from convenu.vocabulary.findings import Status

Aspect = Callable[[Look], Iterator[Hit]]


def each_aspect(look: Look, *aspects: Aspect) -> Iterator[Hit]:
    """The hits of every aspect, then what could not be looked at: values to come, and figures of the law not published."""
    missing: dict[str, None] = {}
    gaps: dict[str, NotInForceError] = {}
    for aspect in aspects:
        try:
            yield from aspect(look)
        except MissingTermError as lacking:
            missing[lacking.key] = None
        except NotInForceError as unpublished:
            gaps[unpublished.name] = unpublished
    if missing:
        labels = french.enumeration([f"« {label_of(key)} »" for key in missing])
        yield Hit(message=f"Non vérifiable : il manque {labels}.", terms=tuple(missing), status=Status.NOT_VERIFIABLE)
    for name, gap in gaps.items():
        figure = look.book.values[name].label if name in look.book.values else name
        yield Hit(
            message=f"Non vérifiable au {french.day(look.on)} : {figure}, {gap.reason}.",
            terms=look.rule.reads[:1],
            status=Status.NOT_VERIFIABLE,
        )
