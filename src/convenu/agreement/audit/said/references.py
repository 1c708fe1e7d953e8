"""What a contract refers to in itself: articles and annexes that it does not have, and titles under which nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from convenu.agreement.audit.looking.looking import LONGEST_QUOTE, Quote
from convenu.agreement.audit.said.marks import Mark
from convenu.agreement.audit.text.notes import without
from convenu.agreement.audit.text.segmentation import Document

_REFERENCE = re.compile(r"\b(?:article|clause)s?\s+(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?![\d-])(?P<after>[^.;\n]{0,45})", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"^\s*(?:(?:et|à|,)\s*\d+(?:\.\d+)*\s*)*(?:du|de la|de l[’']|des|d[’'])\s*(?!présent|present)"
    r"|code|rgpd|règlement|reglement|loi|directive|ccag|cctp|ccap|décret|cgi|\(\d\)",
    re.IGNORECASE,
)
_BEFORE_ELSEWHERE = re.compile(r"(?:ccag|rgpd|code|loi|règlement|cgv|conditions générales)[^.;\n]{0,30}$", re.IGNORECASE)
_DATA_LAW = re.compile(
    r"rgpd|(?:dudit|du m[eê]me|de ce) r[eè]glement|r[eè]glement (?:\(ue\)|europ|g[eé]n[eé]ral)|2016/679|code (?:civil|de|du|p[eé]nal)",
    re.IGNORECASE,
)
# Articles of the regulation on data that agreements cite by their number alone.
_OF_THE_REGULATION = frozenset({*range(12, 23), 24, 25, 26, 28, 30, *range(32, 38), *range(44, 50), 82, 83})
_REGULATION = re.compile(r"\brgpd\b|2016/679|r[eè]glement g[eé]n[eé]ral sur la protection", re.IGNORECASE)
_DATA_ANNEX = re.compile(r"donn[ée]es (?:à caract[eè]re )?personnelles|donn[ée]es à caract[eè]re personnel|\bdpa\b", re.IGNORECASE)
_NEAR = 160
_LONGEST_LINE = 1500
# A public contract derogates from articles of the general clauses that it names: their numbers are not its own.
_PUBLIC_CLAUSES = re.compile(r"\bccag\b|cahier des clauses administratives g[eé]n[eé]rales", re.IGNORECASE)
_MOST = 8
_NUMBER = r"(?:\d{1,2}|[IVX]{1,5}|[A-H])"
# « l'annexe 15.2 »: a section of the file, if it has one of that number.
_PART = re.compile(r"(?:\.\d{1,2}){1,2}(?!\d)")
# « 9.1. Annexe A »: the annexes of a text may be the last of its articles; « 2. Annexe 1 » is a line of a list of them.
_ANNEX_HEAD = re.compile(
    rf"^\W{{0,6}}(?:\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\W{{1,4}})?annexes?\s*(?:n\s?[°ºo]\s*)?(?P<number>(?:(?-i:{_NUMBER})))\b", re.IGNORECASE
)
_ANNEXES = re.compile(
    rf"\bannexes?\s+(?:n\s?[°ºo]s?\s*)?(?P<numbers>(?-i:{_NUMBER})(?:\s*(?:,|et|ou|à)\s*(?-i:{_NUMBER})\b){{0,6}})"
    r"(?![\w°])(?=(?P<after>[^.;\n]{0,45}))",
    re.IGNORECASE,
)
# « Annexe — Grille des prix », alone on its line: an annex that bears a title and no number.
_TITLED_ANNEX = re.compile(
    r"^[ \t#*]{0,6}annexe[ \t]*[—–:-][ \t]*(?P<title>[^\n.;:|\d(][^\n.;:|]{2,60}?)[ \t*]*$", re.IGNORECASE | re.MULTILINE
)
_LEAST_TITLED = 2
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_NUMBERS = re.compile(rf"(?P<to>\bà\s*)?\b(?P<number>{_NUMBER})\b")
_OF_ANOTHER = re.compile(
    r"^[\s,]*(?:(?:«[^»]{0,40}»|\([^)]{0,40}\))\s*)?(?:du|de la|de l[’']|des|au|aux)\s+(?!présent|present)\w*"
    r"|\bccag|\bcctp|\bccap|r[eè]glement|directive|code\b|d[eé]cret|arr[eê]t[eé]|iso\b|contrat[ -]cadre|conditions? g[eé]n[eé]rales?",
    re.IGNORECASE,
)
# Words under the title of an annex that make it one with a text.
_LEAST_TEXT = 12
# Words left, marks aside, of a title whose text is only to be written.
_NOTHING = 6
_NOTHING_BUT_MARKS = 3
_MANY_EMPTY = 2
_LONGEST_LINE = 400
# « 1. Envoyer la demande », or « Procédure : », in the line just above.
_OPENS_A_STEP = re.compile(r"\s*\d{1,2}[.)]\s+\S|.*:[\s*_]*$")
_WORD = re.compile(r"[^\W_]+")
_SIGNATURES = re.compile(r"signatures?\b|fait [àa]\b", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(
    r"[:;]|joint|\bsign[ée]e?s?\b|\bune page\b|\d pages?\b|\bremise?s? |mod[eè]le|formulaire|\bvoir\b|s[ée]par|[?!]|\.\.\."
    r"|reproduit|disponible|consultable|t[ée]l[ée]charg",
    re.IGNORECASE,
)
# Words of a sentence that say where the annexes are.
_KEPT_APART = re.compile(
    r"\bremise?s (?:sur|avec|s[ée]par|[àa] la signature)|s[ée]par[ée]|reproduit|consultable|t[ée]l[ée]charg", re.IGNORECASE
)
_LEAST_ARTICLES = 5
# A title longer than this, or that goes on after a colon, holds its own text.
_TITLE_WORDS = 7
_DATA = re.compile(
    r"donn[eé]es? [àa] caract[eè]re personnel|donn[eé]es? personnelles?|\brgpd\b|\b2016/679|sous-traitan\w+ (?:de|des) donn", re.IGNORECASE
)
# Annexes that are not there beside others that are: more than so many are rather in files of their own.
_FEW_MISSING = 2


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference to an article, or to an annex, that the text does not have."""

    number: str
    quote: Quote
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Empty:
    """A title under which nothing is written but a note or marks to fill, or nothing at all.

    `referring`: the sentence that relies on it, where one does; `on_data`: it should hold what the law asks on personal data;
    `annex`: its number, of an annex.
    """

    label: str
    quote: Quote
    referring: Quote | None
    on_data: bool
    annex: str = ""


@dataclass(frozen=True, slots=True)
class References:
    """What became of the references of a contract to itself; `apart`: the annexes that may be in files of their own."""

    broken: tuple[Broken, ...] = ()
    empty: tuple[Empty, ...] = ()
    apart: tuple[str, ...] = ()
    apart_quote: Quote | None = None
    hollow: tuple[tuple[int, int], ...] = ()


def references_of(document: Document, marks: tuple[Mark, ...], *, is_part: bool) -> References:
    """The references that lead nowhere, the titles without text, the annexes that the file does not hold.

    `hollow`: the stretches of text that refer to what is not written: nothing is agreed by them alone.
    """
    annexes = _annexes(document)
    texts = {number: _words(document, *_stretch(document, annexes, article), marks) for number, article in annexes.items()}
    cited = list(_cited(document))
    empty = tuple(_empty_annexes(document, annexes, texts, marks, cited))
    gone = {one.annex for one in empty}
    elsewhere = {number for number, quote in cited if _KEPT_APART.search(_sentence(document, quote).text)}
    missing: dict[str, Quote] = {}
    for number, quote in cited:
        if number not in annexes and number not in elsewhere:
            missing.setdefault(number, quote)
    # Beside annexes that are there, one or two that are not were forgotten; more are rather in files of their own.
    forgotten = any(words >= _LEAST_TEXT for words in texts.values()) and not is_part and len(missing) <= _FEW_MISSING
    return References(
        broken=(
            *_broken_articles(document),
            *(Broken(number, quote, annex=True) for number, quote in missing.items() if forgotten),
        ),
        empty=(*empty, *_empty_titled_annexes(document), *_empty_articles(document, set(annexes.values()), marks)),
        apart=() if forgotten else tuple(missing),
        apart_quote=None if forgotten else next(iter(missing.values()), None),
        hollow=tuple((quote.start, quote.end) for number, quote in cited if number in gone),
    )


def _annexes(document: Document) -> dict[str, int]:
    """The last heading of each annex, by its number: a list of annexes comes before them."""
    found = ((index, _ANNEX_HEAD.match(document.text[one.start : one.start + 40])) for index, one in enumerate(document.articles))
    return {_as_number(head["number"]): index for index, head in found if head is not None}


def _stretch(document: Document, annexes: Mapping[str, int], article: int) -> tuple[int, int]:
    """Where the text of an annex stands: up to the next one, or to the signatures."""
    after = (
        one.start
        for index, one in enumerate(document.articles)
        if index > article and (index in annexes.values() or _SIGNATURES.match(one.title))
    )
    return document.articles[article].end, next(after, len(document.text))


def _cited(document: Document) -> Iterator[tuple[str, Quote]]:
    """Each annex of its own that the text names, heads aside, with the words."""
    heads = {one.start for one in document.articles}
    numbered = set(_numbers(document))
    for found in _ANNEXES.finditer(document.clauses):
        line = document.clauses.rfind("\n", 0, found.start()) + 1
        marks = ' \t#*«"-•–' + (".)0123456789" if line in heads else "")
        alone = not document.clauses[line : found.start()].strip(marks)
        if alone and (line in heads or found["after"].strip()[:1] in (":", "-", "–", "")):
            continue
        if _OF_ANOTHER.search(found["after"]) or _BEFORE_ELSEWHERE.search(document.clauses[max(0, found.start() - 45) : found.start()]):
            continue
        part = _PART.match(document.clauses, found.end())
        if part is not None and f"{found['numbers']}{part[0]}" in numbered:
            continue
        quote = Quote(found[0], found.start(), found.end())
        for number in _each(found["numbers"]):
            yield number, quote


def _each(numbers: str) -> Iterator[str]:
    """« 1, 2 et 4 », « 1 à 4 »: each number."""
    last = ""
    for found in _NUMBERS.finditer(numbers):
        number = _as_number(found["number"])
        if found["to"] and last.isdigit() and number.isdigit():
            yield from map(str, range(int(last) + 1, int(number)))
        yield number
        last = number


_ROMAN = {"I": 1, "V": 5, "X": 10}


def _as_number(written: str) -> str:
    """« IV » as « 4 », so that an annex is the same however it is numbered; a letter stays one."""
    if written.isdigit():
        return str(int(written))
    if set(written.upper()) <= set(_ROMAN):
        values = [_ROMAN[letter] for letter in written.upper()]
        return str(sum(-one if any(after > one for after in values[place + 1 : place + 2]) else one for place, one in enumerate(values)))
    return written.upper()


def _words(document: Document, start: int, end: int, marks: tuple[Mark, ...]) -> int:
    """How many words stand in a stretch, notes and marks to fill aside."""
    text = without(document.clauses, tuple((one.quote.start, one.quote.end) for one in marks))
    return len(_WORD.findall(text, start, end))


def _empty_annexes(
    document: Document,
    annexes: Mapping[str, int],
    texts: Mapping[str, int],
    marks: tuple[Mark, ...],
    cited: list[tuple[str, Quote]],
) -> Iterator[Empty]:
    """The annexes of which only the title is written, each with the sentence that relies on it most."""
    held = any(words >= _LEAST_TEXT for words in texts.values())
    for number, article in annexes.items():
        start, end = _stretch(document, annexes, article)
        to_write = texts[number] < _NOTHING and _is_to_write(document, start, end, marks)
        bare = (
            held
            and texts[number] == 0
            and _is_a_bare_title(document.articles[article].title)
            and not _is_listed(document, article, texts, annexes)
        )
        if to_write or bare:
            relying = [_sentence(document, quote) for one, quote in cited if one == number]
            referring = min(relying, key=lambda quote: len(_ANNEXES.findall(quote.text)), default=None)
            title = document.articles[article].title
            on_data = bool(_DATA.search(title))
            yield Empty(f"annexe {number}", _heading(document, article), referring, on_data=on_data, annex=number)


def _empty_titled_annexes(document: Document) -> Iterator[Empty]:
    """The annex without a number of which only the title is written, between others that hold a text, where a clause relies on it.

    Titles one under another are a list of annexes; several without text are rather in files of their own.
    """
    text = document.clauses
    heads = list(_TITLED_ANNEX.finditer(text))
    if len(heads) < _LEAST_TITLED:
        return
    ends = [one.start() for one in heads[1:]] + [len(text)]
    words = [len(_WORD.findall(text, head.end(), end)) for head, end in zip(heads, ends, strict=True)]
    empty = [index for index, held in enumerate(words) if held == 0]
    if len(empty) != 1 or sum(held >= _LEAST_TEXT for held in words) < len(words) - 1:
        return
    head, end = heads[empty[0]], ends[empty[0]]
    relying = re.search(rf"annexe[^\S\n]{{0,3}}[«\"“][^\S\n]{{0,3}}{re.escape(head['title'])}\b", text, re.IGNORECASE)
    if relying is None or _BLANK_LINE.search(text, head.end(), end) is None:
        return
    quote = Quote(head[0].strip(), head.end() - len(head[0].lstrip()), head.start() + len(head[0].rstrip()))
    referring = _sentence(document, Quote(relying[0], relying.start(), relying.end()))
    yield Empty(f"annexe « {head['title']} »", quote, referring, on_data=bool(_DATA.search(head["title"])))


def _empty_articles(document: Document, annexes: set[int], marks: tuple[Mark, ...]) -> Iterator[Empty]:
    """The numbered articles that hold a note or marks alone; those that hold nothing, when they are few among many that hold a text."""
    bare: list[int] = []
    to_write: list[int] = []
    full = 0
    for index, article in enumerate(document.articles):
        if index in annexes or not article.number or not _is_a_bare_title(article.title) or any(one in annexes for one in article.above):
            continue
        start, end = article.end, _until(document, index)
        if any(one.settled and one.whole and one.article == index for one in document.revisions):
            continue
        words = _words(document, start, end, marks)
        full += words >= _LEAST_TEXT
        if words < _NOTHING_BUT_MARKS and _is_to_write(document, start, end, marks):
            to_write.append(index)
        elif words == 0 and _stands_between(document, index) and not _is_a_step(document, index):
            bare.append(index)
    if full < _LEAST_ARTICLES or len(bare) > _MANY_EMPTY:
        bare = []
    for index in sorted((*to_write, *bare)):
        yield Empty(f"article {document.articles[index].number}", _heading(document, index), None, on_data=False)


def _is_a_bare_title(title: str) -> bool:
    """Whether a title says nothing by itself, nor that what it names is joined or is a form."""
    return bool(title) and len(title.split()) <= _TITLE_WORDS and not _SAYS_SOMETHING.search(title)


def _is_to_write(document: Document, start: int, end: int, marks: tuple[Mark, ...]) -> bool:
    """Whether a note or a mark stands in a stretch."""
    places = (*(note[0] for note in document.notes), *(mark.quote.start for mark in marks))
    return any(start <= place < end for place in places)


def _until(document: Document, index: int) -> int:
    following = document.under[index][-1] + 1
    return document.articles[following].start if following < len(document.articles) else len(document.text)


def _is_listed(document: Document, article: int, texts: Mapping[str, int], annexes: Mapping[str, int]) -> bool:
    """Whether a title of an annex stands in a list of them, where the next or the one before holds nothing either, or ends the file."""
    beside = [texts[number] for number, one in annexes.items() if one in (article - 1, article + 1)]
    return 0 in beside or article == len(document.articles) - 1


def _stands_between(document: Document, index: int) -> bool:
    """Whether an article without a word stands between two that follow one another, each with a text: its title was not misread."""
    if not 0 < index < len(document.articles) - 1:
        return False
    before, one, after = document.articles[index - 1], document.articles[index], document.articles[index + 1]
    if not all(each.number.isdigit() for each in (one, after)) or after.level != one.level or int(after.number) != int(one.number) + 1:
        return False
    return before.level >= one.level and all(any(True for _ in document.body(each)) for each in (index - 1, index + 1))


def _is_a_step(document: Document, index: int) -> bool:
    """Whether a bare title is a step of a list: the line just above it has a number, or ends by a colon."""
    start = document.articles[index].start
    lines = document.text[max(0, start - _LONGEST_LINE) : start].split("\n")
    return len(lines) > 1 and _OPENS_A_STEP.match(lines[-2]) is not None


def _heading(document: Document, index: int) -> Quote:
    article = document.articles[index]
    words = document.text[article.start : article.end]
    start = article.start + len(words) - len(words.lstrip())
    return Quote(words.strip(), start, start + len(words.strip()))


def _sentence(document: Document, quote: Quote) -> Quote:
    """The sentence that some words stand in."""
    found = next((one for one in document.sentences if one.start <= quote.start < one.end), None)
    return quote if found is None else Quote(document.text[found.start : found.end], found.start, found.end)


def _broken_articles(document: Document) -> tuple[Broken, ...]:
    """The references to articles of the contract itself that lead nowhere; nothing is said of a text whose articles have no number."""
    numbers = set(_numbers(document))
    highest = max((int(number.split(".")[0]) for number in numbers), default=0)
    if len(numbers) < 3 or _PUBLIC_CLAUSES.search(document.clauses):
        return ()
    cites_the_regulation = bool(_REGULATION.search(document.clauses))
    broken: dict[str, Broken] = {}
    for found in _REFERENCE.finditer(document.clauses):
        number = found["number"]
        if _ELSEWHERE.search(found["after"]) or _BEFORE_ELSEWHERE.search(document.clauses[max(0, found.start() - 45) : found.start()]):
            continue
        if _DATA_LAW.search(_line_of(document.clauses, found.start(), found.end())):
            continue
        # « Article 28.3.f », as writers shorten « article 28, paragraphe 3, f ».
        of_the_regulation = int(number.split(".")[0]) in _OF_THE_REGULATION
        if of_the_regulation and (cites_the_regulation or _stands_in_a_data_annex(document, found.start())):
            continue
        if number not in numbers and int(number.split(".")[0]) > highest:
            broken.setdefault(
                number, Broken(number, Quote(found[0][:LONGEST_QUOTE].rstrip(), found.start(), found.start() + len(found[0].rstrip())))
            )
    return tuple(broken.values())[:_MOST]


def _stands_in_a_data_annex(document: Document, place: int) -> bool:
    """Whether words stand under a title on personal data: there a bare number is the regulation's, even where nothing names it."""
    article = document.article_at(place)
    above = (document.articles[one].title for one in article.above)
    return any(_DATA_ANNEX.search(title) for title in (article.title, *above))


def _numbers(document: Document) -> Iterator[str]:
    for article in document.articles:
        number = article.number.replace(" ", "").replace("-", ".")
        if number[:1].isdigit() and number.replace(".", "").isdigit():
            parts = number.split(".")
            yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _line_of(text: str, start: int, end: int) -> str:
    """The line of a match with some letters on each side, long lines cut."""
    low = max(text.rfind("\n", 0, start), start - _LONGEST_LINE)
    after = text.find("\n", end)
    high = min(len(text) if after < 0 else after, end + _LONGEST_LINE)
    return text[min(max(0, low), max(0, start - _NEAR)) : max(high, end + _NEAR)]
