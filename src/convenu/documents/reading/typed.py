"""What typed words say of themselves: a heading, an item, an entry of a table of contents, for files that carry no style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convenu.vocabulary.read_text import ReadKind

_LONGEST_HEADING = 120
_ARTICLE = re.compile(
    r"(?P<number>(?:article|clause|annexe|section|chapitre|titre|appendix|exhibit|schedule)\s+(?:n[°o]\s*)?(?:\d+(?:[.-]\d+)*(?:er|ère)?|[IVXLC]+|[A-Z])\b)"
    r"\s*(?:[.:)–—-]\s*)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}(?:\.(?=\s|[^\W\d])|\s?[)–—:-]|(?=\s+[A-ZÀ-Þ«\"]))|[IVXLC]{1,6}(?:(?:\.\d{1,2})+\.?(?=\s)|\s?[.)–—-])|[A-LN-Z][.)])"
    r"\s*(?:[-–—:)]\s*)?(?=\S)"
)
_HASHES = re.compile(r"(?P<number>#{1,6})\s+(?=\S)")
_ITEM = re.compile(r"(?P<number>[-–—•·▪◦‣●○■□➢✓*o]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]|\(?\d{1,2}\))\s+(?=\S)")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}\s*$|…{2,}\s*\d{1,3}\s*$|\t\s*\d{1,3}\s*$")
# A figure followed by what it counts opens a sentence, not an article: « 12 mois », « 30 jours ».
_COUNTED = re.compile(
    r"\d+(?:\.\d+)?\s*(?:%|€|mois|jours?|ans?|années?|heures?|h\b|minutes?|euros?|rue\b|avenue\b|bis\b|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)",
)
# Words that end no sentence, before what they call for.
_CALLS_FOR_MORE = re.compile(
    r"(?:^|[\s(])(?:à|a|au|aux|de|du|des|d['’]|le|la|les|l['’]|un|une|et|ou|en|par|pour|sur|sous|dans|avec|selon|son|sa|ses|cet|cette|ce|présent|"
    r"(?:[ld]['’])?(?:articles?|annexes?|chapitres?|sections?|clauses?|alinéas?|titres?)|n[°o])\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = (".", ";", ",", ":", "!", "?")
_PAGE_NUMBER = re.compile(r"(?:page|p\.|pg\.?|-|–|—)?\s*(?:\d{1,4}\s*(?:(?:/|sur|de|of)\s*\d{0,4}|-|–|—)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a stretch is, by its words alone: its kind, the number it is typed with, and the level that the number shows."""

    kind: ReadKind
    number: str = ""
    level: int | None = None


def what_it_is(words: str, *, marked: bool = False) -> Typed:
    """Judged by the first line; `marked` when the file sets it apart (bold, larger), which makes a short line a heading."""
    line = words.strip()
    if _CONTENTS.search(line[-_LONGEST_HEADING:]):
        return Typed(ReadKind.CONTENTS)
    heading = _heading(line, marked=marked)
    if heading is not None:
        return heading
    item = _ITEM.match(line)
    if item:
        return Typed(ReadKind.ITEM, item["number"])
    number = _ARTICLE.match(line) or _numbered(line)
    return Typed(ReadKind.PARAGRAPH, number["number"].strip() if number else "")


def is_page_number(words: str) -> bool:
    """Whether words say the number of a page and nothing else: « 3 », « Page 3 sur 12 », « – 3 – »."""
    return _PAGE_NUMBER.fullmatch(words.strip()) is not None


def opens_a_block(line: str, *, after: str = "") -> bool:
    """True when a line that follows another cannot be its end: an article, a number, an item.

    « annexe 2 » or « 3. » after words that call for them (« figure en », « l'article ») opens nothing.
    """
    line = line.strip()
    if _CALLS_FOR_MORE.search(after) or (line[:1].islower() and _ARTICLE.match(line) and not after.rstrip().endswith(_SENTENCE_END)):
        return False
    return any(pattern.match(line) for pattern in (_ITEM, _HASHES)) or _ARTICLE.match(line) is not None or _numbered(line) is not None


def _heading(line: str, *, marked: bool) -> Typed | None:
    hashes = _HASHES.match(line)
    if hashes and "\n" not in line:
        title = line[hashes.end() :]
        number = _ARTICLE.match(title) or _numbered(title)
        return Typed(ReadKind.HEADING, number["number"].strip() if number else "", len(hashes["number"]))
    if "\n" in line or len(line) > _LONGEST_HEADING or line.count("\t") > 1:
        return None
    ended = line.endswith(_SENTENCE_END)
    article = _ARTICLE.match(line)
    if article and (not ended or article.end() == len(line)) and _is_title(line[article.end() :]):
        return Typed(ReadKind.HEADING, article["number"], 1)
    number = _numbered(line)
    if number and not ended and _is_title(line[number.end() :]):
        return Typed(ReadKind.HEADING, number["number"].strip(), number["number"].rstrip(". ").count(".") + 1)
    if not ended and (marked or _all_capitals(line)) and not _ITEM.match(line) and ". " not in line:
        return Typed(ReadKind.HEADING)
    return None


def _numbered(line: str) -> re.Match[str] | None:
    return None if _COUNTED.match(line) else _NUMBER.match(line)


def _is_title(words: str) -> bool:
    """The words after a number begin as a title does, and do not run on as a sentence."""
    return (not words or not words[0].islower()) and ". " not in words.strip()


def _all_capitals(line: str) -> bool:
    letters = [sign for sign in line if sign.isalpha()]
    return len(letters) >= 4 and all(sign.isupper() for sign in letters) and "|" not in line
