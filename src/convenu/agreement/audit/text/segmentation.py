"""A text as a reader sees it: articles under their headings, each a run of sentences with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from convenu.agreement.audit.guides.guides import PartyGuide
from convenu.agreement.audit.text.amendments import Revision
from convenu.agreement.audit.text.headings import Heading, heading_in, is_contents, is_item
from convenu.agreement.audit.text.notes import internal_notes, together, without
from convenu.agreement.audit.text.party_names import PartyName, party_names, under_roles
from convenu.agreement.audit.text.quoted_law import quoted_law
from convenu.agreement.audit.words.shadow import Shadow, closed_up, shadow_of
from convenu.agreement.audit.words.words_told import WordsTold
from convenu.vocabulary.read_text import ReadKind, ReadText

# A sentence longer than this is cut where a space stands, so that no cue runs on for ever.
LONGEST_SENTENCE = 3000
# « … du contrat.Sauf dénonciation … »: a space may be lost between two sentences.
# A line of at least so many tabs, and of no more letters, is a row of a table.
_LEAST_TABS, _LONGEST_ROW = 2, 600
_STOP = re.compile(
    r"[.!?;](?:[»\"')\]]{0,2})\s+(?=[^\W_a-zàâäéèêëîïôöùûüç]|[-•–—«\"“])"
    r"|(?<=[^\W\d_]{3})\.(?=[A-ZÀÉÈÊ][a-zàâäéèêëîïôöùûüç’']{1,12} [a-zàâäéèêëîïôöùûüç])",
    re.UNICODE,
)
# « de 8 h à 18 h. » or « à 18 h 15. » ends there: the letter after a figure is the unit it counts; so does « d'un an. »
_ABBREVIATION = re.compile(
    r"(?:^|(?<!\d)[\s(’'])(?:(?!an\.)[^\W\d_]{1,2}|(?<!\dh\s)(?<!\d\sh\s)\d{1,2}"
    r"|lun|ven|sam|dim|art|al|cf|ex|no|num|tél|mme|ste|sté|etc)\.$",
    re.IGNORECASE,
)
# « … l'autorisation d'AS. La responsabilité… »: a party that goes under its initials ends a sentence where an article begins the next.
_INITIALS = re.compile(r"[\s’'][A-Z]{2}\.$")
_BEGINS = re.compile(
    r"(?:L[ea]s?|Une?|Ces?|Cette|Ils?|Elles?|Toute?s?|Aucune?|En|Au|Si|Sauf|Dans|Pour)\s|[LD][’']\w"
    # A noun and a preposition: « …, à la recette pour les UO. Règlement par virement… »
    r"|[A-ZÉÈ][a-zàâéèêëîïôùûç]{3,} (?:par|à|de|du|des|en|sous|sur|dans|pour)\s"
)
_WRAPPED = 55
_SHORT_LINE = 40
# Columns set apart by spaces, at least three of them, as a plain text or a PDF page lays a table out.
_COLUMN = re.compile(r" {3,}")
# In one gap of a row a long cell may leave two spaces.
_COLUMNS = re.compile(r"\S(?: {3,}\S.{0,80}? {2,}| {2,}\S.{0,80}? {3,})\S")
# « bloquant ..... 30 minutes ..... 4 heures ».
LEADER = re.compile(r"(?<=\S) ?\.{4,} ?(?=\S)")
_LEADERS = re.compile(r"\S ?\.{4,} ?\S.{0,80}? ?\.{4,}")
# « … du tribunal de », whose town is the first word of the next line.
_DANGLING = re.compile(r"\w{2} (?:de|du|des|d['’]|à|aux?|la|les|par|sur|et)\s*$", re.IGNORECASE)
_OPEN_END = re.compile(r"[^\s.:;!?|»”)\]]\s*$")
# « Gênant (une fonction manque) : », a line of a list by its name.
_NAMED_LINE = re.compile(r"\s*[^\W\d_a-zàâäéèêëîïôöùûüç][^:.;|()]{0,40}(?:\([^()]{1,120}\))? ?: ?\S")
# A cell of a lost table where nothing stands.
_DASHES = ("-", "–", "—")
# What a line at the edge of a page speaks of; such a line comes back on at least so many pages of so many lines.
_FURNITURE = re.compile(
    r"\bpages?\b|paraphe|\bcapital\b|\brcs\b|\bsire[nt]\b|\br[ée]f\b|\bversion\b|confidentiel|©|www\.|@|\bt[ée]l\b|\bfax\b|\d+\s?/\s?\d+",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")
_LONGEST_FURNITURE = 160
_LEAST_PAGES = 3
_SHORTEST_PAGE = 20
_DEFINITIONS = re.compile(r"\b(?:definitions?|glossaire|terminologie|lexique|acronymes?|abreviations?)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a row of a table or an item: its stretch of the text, of the shadow, and the article it stands in."""

    start: int
    end: int
    low: int
    high: int
    article: int
    row: bool = False


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A heading as read, with the articles above it; the first one, without title, is what stands before any heading."""

    number: str
    title: str
    level: int
    start: int
    end: int
    above: tuple[int, ...]

    @property
    def label(self) -> str:
        """« 3.2 Durée », as somebody would look for it."""
        return " ".join(part for part in (self.number, self.title) if part)


@dataclass(frozen=True)
class Document:
    """A stranger's text ready to be read: its shadow, in which its parties go under their roles, its articles, its sentences.

    `notes`: where its writers speak to one another; nothing of the rest holds any of it. `struck`: what its amendments took out or
    replaced, which is read no more; `reworded`: where the shadow has words of an amendment, and where the amendment says them.
    """

    source: ReadText
    shadow: Shadow
    articles: tuple[ReadArticle, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[PartyName, ...] = ()
    notes: tuple[tuple[int, int], ...] = ()
    revisions: tuple[Revision, ...] = ()
    struck: tuple[tuple[int, int], ...] = ()
    reworded: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()

    @cached_property
    def clauses(self) -> str:
        """The text without the notes of its writers nor what its amendments struck, every letter where it stands."""
        return without(self.text, together((*self.notes, *self.struck)))

    @property
    def text(self) -> str:
        """The text that every position refers to."""
        return self.source.text

    @cached_property
    def quoted_law(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the shadow where the contract gives the words of a law between quotation marks."""
        return tuple((self.shadow.at(start), self.shadow.at(end)) for start, end in quoted_law(self.clauses))

    @cached_property
    def words_told(self) -> WordsTold:
        """Its words, each with the sentences that hold it."""
        return WordsTold(self.shadow.plain, [sentence.low for sentence in self.sentences])

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title of each article in the shadow's letters."""
        return tuple(under_roles(shadow_of(article.title), self.names).plain.strip() for article in self.articles)

    @cached_property
    def titles_told(self) -> WordsTold:
        """The words of its titles, each with the articles whose title holds it."""
        ends = accumulate(len(title) + 1 for title in self.titles)
        return WordsTold("\n".join(self.titles), [0, *ends][: len(self.titles)])

    @cached_property
    def under(self) -> tuple[tuple[int, ...], ...]:
        """For each article, itself and every article below it, in order."""
        below: list[list[int]] = [[index] for index in range(len(self.articles))]
        for index, article in enumerate(self.articles):
            for above in article.above:
                below[above].append(index)
        return tuple(map(tuple, below))

    @cached_property
    def inside(self) -> tuple[tuple[int, ...], ...]:
        """For each article, the sentences that stand in it and in none below it."""
        inside: list[list[int]] = [[] for _ in self.articles]
        for index, sentence in enumerate(self.sentences):
            inside[sentence.article].append(index)
        return tuple(map(tuple, inside))

    @cached_property
    def definitions(self) -> frozenset[int]:
        """The articles that define words."""
        return frozenset(
            index
            for index, article in enumerate(self.articles)
            if any(_DEFINITIONS.search(self.titles[one]) for one in (index, *article.above))
        )

    def body(self, article: int) -> Iterator[int]:
        """The sentences of an article and of those below it."""
        for one in self.under[article]:
            yield from self.inside[one]

    def words(self, sentence: Sentence) -> str:
        """A sentence as the shadow has it."""
        return self.shadow.plain[sentence.low : sentence.high]

    def article_at(self, offset: int) -> ReadArticle:
        """The article that holds a position."""
        return next((article for article in reversed(self.articles) if article.start <= offset), self.articles[0])


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


def segmented(source: ReadText, parties: PartyGuide | None = None) -> Document:
    """The articles and sentences of a text; its own blocks say where headings are when the file told them.

    With the words by which contracts name their parties, each party goes under its role in the shadow.
    """
    notes = internal_notes(source)
    text = without(source.text, notes)
    lines, furniture = _without_furniture(list(_lines(text)))
    written = shadow_of(without(text, tuple((line.start, line.end) for line in furniture)))
    names = party_names(written, parties) if parties is not None else ()
    shadow = under_roles(written, names)
    all_in_capitals = _all_in_capitals(lines)
    told = {block.start: block.level or 2 for block in source.blocks if block.kind is ReadKind.HEADING}
    articles = [ReadArticle("", "", 0, 0, len(text), ())]
    sentences: list[Sentence] = []
    open_articles: list[int] = [0]
    pending: list[_Line] = []

    def close() -> None:
        for start, end in _sentences(text, pending):
            low, high = shadow.at(start), shadow.at(end)
            if low < high:
                sentences.append(Sentence(start, end, low, high, len(articles) - 1, _is_row(text[start:end])))
        pending.clear()

    for index, line in enumerate(lines):
        if not line.words.strip() and pending and _goes_on(pending[-1], _next_words(lines, index)):
            continue
        if not line.words.strip() or is_contents(line.words):
            close()
            continue
        before, after = lines[index - 1].words if index else "", _next_words(lines, index)
        # Where all is in capitals, they still make a title of a short line set apart.
        capitals_tell = not all_in_capitals or (not before.strip() and len(line.words) <= _SHORT_LINE)
        heads_columns = bool(_COLUMNS.search(line.words) and _COLUMNS.search(after))
        found = (
            None
            if heads_columns or _continues(pending, line)
            else heading_in(closed_up(line.words), before=before, after=after, told=_told(told, line), capitals_tell=capitals_tell)
        )
        if found is None:
            if pending and not _joins(pending[-1], line):
                close()
            pending.append(line)
            continue
        close()
        _open(articles, open_articles, found, line)
        if found.body_at is not None or (_told(told, line) is None and _first_of_paragraph(line, lines[index + 1 : index + 2])):
            pending.append(line)
    close()
    return Document(source, shadow, tuple(articles), tuple(sentences), names, notes)


def _without_furniture(lines: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The lines apart from those printed at the head or foot of each page: these come back and speak of the page or of its maker."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        bare = " ".join(_FIGURES.sub("0", line.words).split())
        if len(bare) <= _LONGEST_FURNITURE and _FURNITURE.search(line.words):
            places.setdefault(bare, []).append(index)
    printed = {
        index
        for found in places.values()
        if len(found) >= _LEAST_PAGES and all(second - first >= _SHORTEST_PAGE for first, second in pairwise(found))
        for index in found
    }
    return [line for index, line in enumerate(lines) if index not in printed], [lines[index] for index in sorted(printed)]


def _open(articles: list[ReadArticle], open_articles: list[int], found: Heading, line: _Line) -> None:
    while len(open_articles) > 1 and articles[open_articles[-1]].level >= found.level:
        open_articles.pop()
    above = tuple(one for one in open_articles if one)
    end = line.start + found.body_at if found.body_at is not None else line.end
    articles.append(ReadArticle(found.number, found.title, found.level, line.start, end, above))
    open_articles.append(len(articles) - 1)


def _all_in_capitals(lines: list[_Line]) -> bool:
    """Whether a contract is written in capitals, as old ones are: four fifths of its words are."""
    return sum(len(line.words) for line in lines if line.words.isupper()) > 0.8 * sum(len(line.words) for line in lines)


def _told(told: dict[int, int], line: _Line) -> int | None:
    lead = len(line.words) - len(line.words.lstrip())
    return told.get(line.start + lead, told.get(line.start))


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for words in text.splitlines(keepends=True):
        bare = words.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        yield _Line(start, start + len(bare), bare)
        start += len(words)


def _next_words(lines: list[_Line], index: int) -> str:
    return next((line.words for line in lines[index + 1 : index + 4] if line.words.strip()), "")


def _continues(pending: list[_Line], line: _Line) -> bool:
    """Whether a line goes on with the sentence of the line above, which the width of the page cut."""
    if not pending:
        return False
    first = line.words.lstrip()[:1]
    above = pending[-1].words.rstrip()
    if (first.islower() and _OPEN_END.search(above)) or _DANGLING.search(above):
        return True
    return len(above) >= _WRAPPED and bool(_OPEN_END.search(above)) and not above.isupper() and first.islower()


def _goes_on(above: _Line, following: str) -> bool:
    """Whether a blank line, or the end of a page, cuts a sentence in two."""
    return (
        following.lstrip()[:1].islower() and len(above.words) >= _WRAPPED and bool(_OPEN_END.search(above.words)) and not is_item(following)
    )


def _first_of_paragraph(line: _Line, below: list[_Line]) -> bool:
    """Whether what looks like a title is the first line of a paragraph, which the width of the page cut; a title cut so ends sooner."""
    following = below[0].words.strip() if below else ""
    return (
        len(line.words) >= _WRAPPED
        and following[:1].islower()
        and not is_item(following)
        and (len(following) >= _WRAPPED or following.endswith((".", ";", ":")))
    )


def cells_of(row: str) -> list[str]:
    """The cells of a row, as they are written."""
    if "|" in row:
        return row.strip().strip("|").split("|")
    if "\t" in row.strip():
        return row.strip().split("\t")
    return LEADER.split(row.strip()) if _LEADERS.search(row) else _COLUMN.split(row.strip())


def _is_row(words: str) -> bool:
    """Whether words are set in columns."""
    return "|" in words or "\t" in words.strip() or bool(_COLUMNS.search(words) or _LEADERS.search(words))


def _joins(above: _Line, line: _Line) -> bool:
    """Whether two lines are one paragraph."""
    if is_item(line.words) or above.words.strip() in _DASHES or "|" in above.words or _is_row(line.words) or _COLUMNS.search(above.words):
        return False
    if _NAMED_LINE.match(above.words) and _NAMED_LINE.match(line.words):
        return False
    first = line.words.lstrip()[:1]
    return first.islower() or bool(_DANGLING.search(above.words)) or (len(above.words) >= _WRAPPED and bool(_OPEN_END.search(above.words)))


def _sentences(text: str, lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """The stretches of the sentences of a paragraph."""
    if not lines:
        return
    start, end = lines[0].start, lines[-1].end
    for stop in _STOP.finditer(text, start, end):
        if text[max(start, stop.start() - 2) : stop.start() + 1] == "...":
            continue
        before = text[max(start, stop.start() - 8) : stop.start() + 1]
        if (
            text[stop.start()] == "."
            and _ABBREVIATION.search(before)
            and not (_INITIALS.search(before) and _BEGINS.match(text, stop.end()))
        ):
            continue
        if _inside_a_row(text, stop.start()):
            continue
        yield from _pieces(text, start, stop.start() + 1)
        start = stop.end()
    yield from _pieces(text, start, end)


def _inside_a_row(text: str, place: int) -> bool:
    """Whether a full stop ends a sentence of a cell, in a row of several: the row is read whole."""
    low, high = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[low : len(text) if high < 0 else high].strip()
    return len(line) <= _LONGEST_ROW and line.count("\t") >= _LEAST_TABS and "\t" in text[place : low + len(line) + 1]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without spaces around it, cut when it is too long to be a sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start, start + LONGEST_SENTENCE)
        cut = cut if cut > start else start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end
