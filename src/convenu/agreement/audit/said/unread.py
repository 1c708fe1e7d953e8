"""The articles of a stranger's contract in which nothing was recognised: what it seems to lack may stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.provisions import ReadProvision
from convenu.agreement.audit.said.read_values import ReadValue

# An article of fewer words of prose stipulates little.
_LEAST_WORDS = 25


def unread_articles(looker: Looker, provisions: Mapping[str, ReadProvision], values: Iterable[ReadValue]) -> Iterator[Quote]:
    """The heading of each article of some length where no provision and no value was seen; definitions apart."""
    document = looker.document
    read = document.definitions.union(*(provision.articles for provision in provisions.values()))
    starts = [value.quote.start for value in values]
    for index, article in enumerate(document.articles):
        inside = document.inside[index]
        if index == 0 or index in read or not article.title or not inside:
            continue
        words = sum(document.words(document.sentences[one]).count(" ") + 1 for one in inside if not document.sentences[one].row)
        first, last = document.sentences[inside[0]].start, document.sentences[inside[-1]].end
        if words >= _LEAST_WORDS and not any(first <= start < last for start in starts):
            yield looker.heading(index)
