"""The articles of a stranger's contract in which nothing was recognised: what it seems to lack may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.provisions import ReadProvision
from convenu.agreement.audit.said.read_values import ReadValue

# A title without a number that only names what follows, or where one signs, opens no article.
_LABEL = re.compile(
    r"(?::|—)\W*$|^\W*(?:bon pour (?:accord|acceptation)|lu et approuv|fait (?:[àa]|en)\b|signature|sommaire|et$)", re.IGNORECASE
)
# What is told before the articles, and what closes nearly every contract: none of the provisions that one may lack stands there.
_MATTERS_LITTLE = re.compile(
    r"pr[ée]ambule|^\W*expos[ée]|expos[ée] (?:que|ce qui)|rappel[ée] (?:que|ce qui)|consid[ée]rants?\b|int[ée]gralit[ée]|nullit[ée]|invalid"
    r"|renonciation|^\W*[\d.]*\W*(?:titres?|langue|[ée]thique)\b|(?:documents|pi[èe]ces) contractuel"
    r"|(?:ordre|hi[ée]rarchie) des (?:documents|pi[èe]ces)",
    re.IGNORECASE,
)
# An article of fewer words of prose stipulates little.
_LEAST_WORDS = 25


def unread_articles(looker: Looker, provisions: Mapping[str, ReadProvision], values: Iterable[ReadValue]) -> Iterator[Quote]:
    """The heading of each article of some length where no provision and no value was seen; definitions and what matters little apart."""
    document = looker.document
    read = document.definitions.union(*(provision.articles for provision in provisions.values()))
    starts = [value.quote.start for value in values]
    for index, article in enumerate(document.articles):
        inside = document.inside[index]
        if index == 0 or index in read or not article.title or not inside:
            continue
        heading = looker.heading(index)
        if _MATTERS_LITTLE.search(heading.text) or (not article.number and _LABEL.search(heading.text)):
            continue
        words = sum(document.words(document.sentences[one]).count(" ") + 1 for one in inside if not document.sentences[one].row)
        first, last = document.sentences[inside[0]].start, document.sentences[inside[-1]].end
        if words >= _LEAST_WORDS and not any(first <= start < last for start in starts):
            yield heading
