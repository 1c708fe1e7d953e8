"""Words that an amendment puts in place of others (« les mots « trois mois » deviennent « un an » »), and the value then said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from convenu.agreement.audit.looking import Looker
from convenu.agreement.audit.read_values import ReadValue
from convenu.agreement.audit.segmentation import Document, Sentence, segmented
from convenu.agreement.audit.shadow import plain
from convenu.vocabulary.read_text import ReadText

_QUOTED = r"[«“\"]\s*(?P<{name}>[^«»“”\"]{{1,160}}?)\s*[»”\"]"
_OLD, _NEW = _QUOTED.format(name="old"), _QUOTED.format(name="new")
_WAYS = (
    rf"{_OLD}[^«»“”\"]{{0,20}}\b(?:remplac\w+\s+par|devien(?:t|nent)|(?:est|sont)\s+(?:port\w+|ramen\w+)\s+à)\b[^«»“”\"]{{0,40}}{_NEW}",
    rf"\bremplac(?:er|ez|e|ent)\b[^«»“”\"]{{0,40}}{_OLD}\s*par\b[^«»“”\"]{{0,40}}{_NEW}",
    rf"{_NEW}\s*(?:au lieu (?:de|et place de)|en lieu et place de)\b[^«»“”\"]{{0,40}}{_OLD}",
    rf"\bau lieu de\s*:?\s*{_OLD}[^«»“”\"]{{0,20}}\blire\b[^«»“”\"]{{0,20}}{_NEW}",
)
_EXCHANGES = tuple(re.compile(way, re.IGNORECASE) for way in _WAYS)
_OF_ARTICLE = re.compile(r"\b(?:article|art\.?|clause|paragraphe)\s+(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}\b)", re.IGNORECASE)

ValuesOf = Callable[[Document], Mapping[str, ReadValue]]


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Words that a sentence puts in place of others; `article`: the number of the one it names, if any."""

    sentence: int
    old: str
    new: str
    article: str


def with_words_replaced(looker: Looker, values: Mapping[str, ReadValue], values_of: ValuesOf) -> dict[str, ReadValue]:
    """The values, each read anew in its sentence where a later sentence replaces words of it; `values_of` reads those of a text."""
    told, document = dict(values), looker.document
    exchanges = tuple(_exchanges(document))
    amending = frozenset(one.sentence for one in exchanges)
    for exchange in exchanges:
        by = document.sentences[exchange.sentence]
        for sentence in _amended(document, exchange, amending):
            touched = {key for key, one in told.items() if _within(one, sentence) or _within(one, by)}
            anew = values_of(_written_anew(document, sentence, exchange))
            quote = looker.quote(by.low, by.high, exchange.sentence)
            told |= {key: replace(anew[key], quote=quote, others=()) for key in touched & anew.keys()}
    return told


def _exchanges(document: Document) -> Iterator[_Exchange]:
    for index, sentence in enumerate(document.sentences):
        words = document.text[sentence.start : sentence.end]
        for pattern in _EXCHANGES:
            for found in pattern.finditer(words):
                named = list(_OF_ARTICLE.finditer(words, 0, found.start()))
                yield _Exchange(index, _spaced(found["old"]), _spaced(found["new"]), named[-1]["number"] if named else "")


def _amended(document: Document, exchange: _Exchange, amending: frozenset[int]) -> list[Sentence]:
    """The sentences whose words are replaced: those of the article named, else the only one that holds them."""
    holding = [
        sentence
        for place, sentence in enumerate(document.sentences[: exchange.sentence])
        if place not in amending and plain(exchange.old) in document.words(sentence)
    ]
    if exchange.article:
        return [sentence for sentence in holding if _in_article(document, sentence, exchange.article)]
    return holding if len(holding) == 1 else []


def _in_article(document: Document, sentence: Sentence, number: str) -> bool:
    around = (sentence.article, *document.articles[sentence.article].above)
    return any(document.articles[one].number.rstrip(".") == number for one in around)


def _written_anew(document: Document, sentence: Sentence, exchange: _Exchange) -> Document:
    """The sentence as amended, under the title of its article."""
    words = document.words(sentence).replace(plain(exchange.old), plain(exchange.new))
    title = document.articles[sentence.article].title or "Dispositions"
    return segmented(ReadText(name="", text=f"Article 1 - {title}\n\n{words}", blocks=()))


def _within(value: ReadValue, sentence: Sentence) -> bool:
    return sentence.start <= value.quote.start and value.quote.end <= sentence.end


def _spaced(words: str) -> str:
    return " ".join(words.split())
