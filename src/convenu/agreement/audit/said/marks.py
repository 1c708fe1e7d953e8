"""The marks that somebody left to fill in a contract, by what they leave open: money, days, parties, annexes, the rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.by_hand import FilledBy, filled_by, is_for_who_tenders
from convenu.agreement.audit.said.left_open import (
    CAP,
    PARTIES,
    PRICE,
    SUBJECTS,
    Left,
    asked_before,
    asked_by_name,
    asked_by_unit,
    is_a_capital,
    subjects_of,
)
from convenu.agreement.audit.said.mark_forms import is_a_choice_of_wordings, is_an_article_to_number, line_above, line_of, marks_written
from convenu.agreement.audit.text.segmentation import Document, ReadArticle

_EVERYWHERE = 3
# Words of a line before a mark that tell of what it is.
_LONGEST_LEAD = 220
_NEXT, _NEAR, _UNIT = 30, 50, 16
_TITLE_SIGN = "#"
# « … € par [mois / jour] »: what a sum is for.
_PRICED_BY = re.compile(r"(?:€|\beuros?|\bht|\bttc)[\s*]{0,4}(?:(?:ht|ttc|hors taxes)[\s*]{0,4})?(?:par|/)\W*$", re.IGNORECASE)
_CELLS = re.compile(r"[|\t]")
_LETTERS = re.compile(r"[^\W\d_x]{3}")
# A blank inside a bracket is one by itself, whatever unit follows it: « [__ semaines] ».
_BLANK = re.compile(r"_{2,}|[.…]{4,}|[•●]")
_FIELD = re.compile(
    r"[\[\]{}]|_{3,}|:\s*\S|^(?:siret|siren|rcs|nom|adresse)\b|\b\d{5}\b|x{3,}"
    r"|^\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|route|all[ée]e|impasse|quai|cours)\b",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"^\W{0,6}annexe\b", re.IGNORECASE)
_BOX = re.compile(r"[□☐]|\[ ?\]")
_CHOICE = re.compile(r"\[[^\[\]\n]{1,40}\s/\s[^\[\]\n]{1,40}\]|\[[^\[\]\n]{0,40}\?[^\[\]\n]{0,40}\]")
_BETWEEN_TEXTS = re.compile(r"\[\s*(?:et\s?/\s?)?ou(?: bien)?\s*\]", re.IGNORECASE)
# What the filters of a variable say of it, and the words by which a mark only asks to be filled, name nothing.
_FILTER = re.compile(r"(?<=\S)\s*\|.*", re.DOTALL)
_ASKS = re.compile(r"[aà] (?:compl[eé]ter|d[eé]finir|pr[eé]ciser|renseigner|remplir)|ins[eé]rer|variable|num[eé]ro|nombre", re.IGNORECASE)
_TWO_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z]{2})(?=[A-Z][a-z])|[_.]")
_TELEPHONE = re.compile(r"(?:\+\d\d|0\d?)(?:[ .]?[X\d]{1,2}){4,6}")
_INSIDE = re.compile(r"^[\[\s_.…•●?xXnN°º]+")
_DATE = re.compile(r"[_.…X]\s?/|\s?20_|(?-i:[JMA]{2}/)", re.IGNORECASE)
# A sum before tax is a price.
_BEFORE_TAX = re.compile(r"\W{0,3}(?:€|euros?|eur)?\s?(?:ht|ttc)\b", re.IGNORECASE)
# « Fait à Tours, le… », « — Fin des conditions — »; alone on their line, « Signatures », « MANDAT DE PRÉLÈVEMENT SEPA »: what comes after
# is of no article above.
_END = re.compile(
    r"^[ \t*_#>|-]{0,8}(?:(?-i:Fait|FAIT) (?:à|a|le|en)\b|[—–-]+\s*fin (?:des?|du)\b|lu et approuv[ée]|bon pour accord"
    r"|(?:signatures?|mandat de pr[ée]l[èe]vement(?: [\w-]+){0,2})[ \t*_#:|]{0,8}$)",
    re.IGNORECASE | re.MULTILINE,
)
_FIGURES = re.compile(r"\d+")
# A line that comes back so often, so many lines apart all in all, is printed on each page.
_LEAST_PAGES = 5
_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to fill: its words, what it leaves open, the article it stands in; `name`: it stands for a name all along the text.

    `times`: how often it stands so in its article, or in the text if it is a name; `subjects`: what matters of all that it leaves open.
    """

    quote: Quote
    left: Left
    article: str
    name: bool = False
    times: int = 1
    subjects: frozenset[str] = frozenset()

    @property
    def is_blank(self) -> bool:
        """Whether it holds no word that says what it stands for: each time it is written, something else is to be filled."""
        return _is_blank(self.quote.text)

    @property
    def is_a_contact(self) -> bool:
        """Whether it only stands for a telephone number or an address of mail."""
        return "@" in self.quote.text or _TELEPHONE.fullmatch(self.quote.text) is not None

    @property
    def is_a_choice(self) -> bool:
        """Whether it holds several answers, of which none is given: « [50 000 / 100 000] »."""
        return bool(_CHOICE.fullmatch(self.quote.text))


@dataclass(frozen=True, slots=True)
class Marks:
    """What a contract leaves to fill before it is sent; `to_sign`: how many blanks are left to who signs, which is as it should be.

    `others`: it shows forms or boxes too, of which nobody can say how many marks they are; `for_who_tenders`: all of it is such a form.
    """

    to_fill: tuple[Mark, ...] = ()
    to_sign: int = 0
    others: bool = False
    for_who_tenders: bool = False


def marks_of(document: Document) -> Marks:
    """The marks that somebody left to fill, in reading order, each wording once an article; those of a comment are none.

    What is printed on each page is one mark, however many pages there are.
    """
    placed: dict[tuple[str, int, Left], Mark] = {}
    printed: dict[tuple[str, str, int], Mark] = {}
    hands = Counter[FilledBy]()
    found = _one_a_place(document)
    ends = [end.start() for end in _END.finditer(document.clauses)]
    pages = _lines_of_pages(document.clauses, [one.start() for one, _ in found])
    for one, by_machine in found:
        filled = FilledBy.WRITER if by_machine else filled_by(document, one)
        if filled is not FilledBy.WRITER:
            hands[filled] += one.start() not in pages
            continue
        quote = Quote(one[0], one.start(), one.end())
        if one.start() in pages:
            line = line_of(one)
            printed.setdefault((_bare(line), one[0], _before(one).count(one[0])), Mark(quote, Left.PAGES, "", name=True))
            continue
        article = document.article_at(one.start())
        numbered = _numbered(document, article)
        ended = _is_after_the_end(ends, document.clauses, numbered, one.start())
        own = _subjects(one)
        left = _left(document, article, one, own, by_machine=by_machine)
        if left is Left.MONEY and _BEFORE_TAX.match(one.string, one.end()):
            own |= {PRICE}
        subjects = own if ended else own or _titled(document, article, left)
        mark = Mark(quote, left, "" if ended else numbered.label, subjects=subjects)
        key = (one[0].casefold(), article.start, left)
        placed[key] = _with(placed[key], mark) if key in placed else mark
    return Marks(
        to_fill=(*_gathered(placed), *printed.values()),
        to_sign=hands[FilledBy.SIGNATORY],
        others=hands[FilledBy.USER_OF_A_FORM] > 0 or _BOX.search(document.clauses) is not None,
        for_who_tenders=is_for_who_tenders(document),
    )


def _one_a_place(document: Document) -> list[tuple[re.Match[str], bool]]:
    """What is written to be filled, in reading order, the longest where two forms see one mark; and whether a machine fills it."""
    kept: list[tuple[re.Match[str], bool]] = []
    for one, by_machine in sorted(marks_written(document), key=lambda found: (found[0].start(), -found[0].end(), not found[1])):
        if not kept or one.start() >= kept[-1][0].end():
            kept.append((one, by_machine))
    return kept


def _lines_of_pages(text: str, starts: list[int]) -> frozenset[int]:
    """Which of these places stand in a line of words that comes back on each page."""
    lines: dict[str, set[int]] = {}
    placed = []
    number, last = 0, 0
    for start in starts:
        number, last = number + text.count("\n", last, start), start
        bare = _bare(text[text.rfind("\n", 0, start) + 1 : start] + text[start : start + _LONGEST_LEAD].partition("\n")[0])
        lines.setdefault(bare, set()).add(number)
        placed.append((start, bare))
    pages = {bare for bare, found in lines.items() if len(found) >= _LEAST_PAGES and max(found) - min(found) >= _A_PAGE * (len(found) - 1)}
    return frozenset(start for start, bare in placed if bare in pages)


def _bare(line: str) -> str:
    """A line, the number of its page aside."""
    return " ".join(_FIGURES.sub("0", line).split())


def _before(found: re.Match[str]) -> str:
    """What stands before a mark on its line."""
    return found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]


def _with(mark: Mark, other: Mark) -> Mark:
    """A mark and one that is written alike in its article."""
    return replace(mark, times=mark.times + 1, subjects=mark.subjects | other.subjects)


def _is_blank(words: str) -> bool:
    return not words.startswith("{{") and "@" not in words and (_LETTERS.search(words) is None or _BLANK.search(words) is not None)


def _name(words: str) -> str:
    """What a mark says of what it asks for, in words apart: « DATE_DEPART », « {{ client.name | upper }} », « «PrixTotal» »."""
    return "" if _is_blank(words) else _TWO_WORDS.sub(" ", _ASKS.sub(" ", _FILTER.sub("", words))).strip(" {}[]<>«»:=-()")


def _subjects(found: re.Match[str]) -> frozenset[str]:
    """What matters of all that a mark leaves open, by its own words, else by those of its line before it."""
    if is_an_article_to_number(found[0]):
        return frozenset()
    return subjects_of(_name(found[0])) or subjects_of(_lead(found))


def _is_after_the_end(ends: Sequence[int], text: str, article: ReadArticle, place: int) -> bool:
    """Whether the line where an article ends, signed or said to be its last, stands above a mark: it is no part of that article."""
    line = text.find("\n", place)
    last = bisect_left(ends, len(text) if line < 0 else line) - 1
    return last >= 0 and ends[last] >= article.start


def _titled(document: Document, article: ReadArticle, left: Left) -> frozenset[str]:
    """What matters of all that the titles above a mark speak of, of the kind asked for by the mark: a sum, a time."""
    told = subjects_of(" ".join([*(document.articles[one].title for one in article.above), article.title])) - {PARTIES}
    return frozenset(name for name in told if SUBJECTS[name].left is left)


def _lead(found: re.Match[str]) -> str:
    """What the line of a mark says before it, its last clause; of a line without words, the line above it that leads to it."""
    before = _before(found)[-_LONGEST_LEAD:].rpartition(". ")[2].rpartition(" ; ")[2]
    if _LETTERS.search(before):
        return before
    above = line_above(found).strip()
    return before if _CELLS.search(above) or above.endswith((".", ";")) else f"{above} {before}".strip()


def _left(document: Document, article: ReadArticle, found: re.Match[str], own: frozenset[str], *, by_machine: bool) -> Left:
    """What a mark leaves open: money anywhere, then the annex in which it stands, then what it asks for."""
    if _BETWEEN_TEXTS.fullmatch(found[0]) or is_a_choice_of_wordings(found[0]):
        return Left.CHOICE
    if is_an_article_to_number(found[0]):
        return Left.REST
    asked = _asked(found, own, by_machine=by_machine)
    if asked is not Left.MONEY and _ANNEX.match(document.clauses[article.start : article.start + _NEAR]):
        return Left.ANNEXES
    return asked or Left.REST


def _asked(found: re.Match[str], own: frozenset[str], *, by_machine: bool) -> Left | None:
    """What a mark asks for: by its own name first, by its unit, then by the words before it."""
    lead, name = _lead(found), _name(found[0])
    if _PRICED_BY.search(lead):
        return Left.MONEY
    if name and (asked := asked_by_name(name)) is not None:
        return Left.PARTIES if asked is Left.MONEY and is_a_capital(lead) else asked
    if name and by_machine:
        return None
    if _DATE.search(found[0]):
        return Left.DAYS
    if "@" in found[0]:
        return Left.PARTIES
    if is_a_capital(lead):
        return Left.PARTIES
    if CAP in own:
        return Left.MONEY
    if not name:
        after = _INSIDE.sub("", found[0]).rstrip("]") + found.string[found.end() : found.end() + _UNIT].partition("\n")[0]
        if (unit := asked_by_unit(after)) is not None:
            return unit
    told = next((subject.left for key, subject in SUBJECTS.items() if key in own and subject.left is not None), None)
    return asked_before(lead[-_NEXT:]) or told or asked_before(lead[-_NEAR:])


def _gathered(placed: Mapping[tuple[str, int, Left], Mark]) -> Iterator[Mark]:
    """The marks, one that holds words and comes back in article after article being told once: it stands for a name."""
    counted = Counter(words for words, _ in {(words, article) for words, article, _ in placed})
    written = Counter[str]()
    titles: dict[str, set[str]] = {}
    for (words, _, _), mark in placed.items():
        written[words] += mark.times
        titles.setdefault(words, set()).add(mark.article)
    told: set[str] = set()
    for (words, _, _), mark in placed.items():
        if counted[words] < _EVERYWHERE or mark.is_blank:
            yield mark
        elif words not in told:
            told.add(words)
            several = len(titles[words]) > 1
            yield replace(mark, article=f"{len(titles[words])} articles" if several else mark.article, name=True, times=written[words])


def is_a_field(label: str) -> bool:
    """Whether a title only names what is to be filled, and is no place of the contract: « SIRET », « Nom : [nom] »."""
    return _FIELD.search(label) is not None


def _numbered(document: Document, article: ReadArticle) -> ReadArticle:
    """The nearest title above that has a number, else the one just above: a title run in its own paragraph is not looked for.

    Under titles marked as such a number that is not is a step of a list.
    """
    above = [document.articles[one] for one in reversed(article.above)]
    if document.clauses.startswith(_TITLE_SIGN, article.start):
        marked = (article, *(one for one in above if document.clauses.startswith(_TITLE_SIGN, one.start)))
        return next((one for one in marked if one.number), article)
    return next((one for one in (article, *above) if one.number), above[0] if above else article)
