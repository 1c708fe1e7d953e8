"""Looking for cues in a document: only the sentences that hold a word of the cue are read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from convenu.agreement.audit.guides.cues import Cue
from convenu.agreement.audit.guides.guides import ConditionGuide, Evidence
from convenu.agreement.audit.looking.polarity import head_of_list, is_denied, list_opened_by, reads_a_denial
from convenu.agreement.audit.looking.whose_act import is_an_unknown_party, whose_act
from convenu.agreement.audit.text.party_names import PartyRole
from convenu.agreement.audit.text.prevailing import precedence
from convenu.agreement.audit.text.segmentation import Document, Sentence, cells_of
from convenu.agreement.audit.words.shadow import plain

# A quote is a sentence; a longer one is cut around the words that matter.
LONGEST_QUOTE = 260
_BESIDE = 90
# What follows the words in their sentence may be the worst of it, or what takes it back: it is quoted to its end, as far as a page bears.
_LONGEST_END = 420
# What opens their sentence says who does it and to whom: it is quoted too, a little less far.
_LONGEST_OPENING = 300
# Sentences after one that may take back what it says, and before it that may say of what it speaks.
_AFTER, _BEFORE = 3, 2
# Sentences before one that takes up what they speak of, and how it does.
_TAKEN_UP = 3
_NUMBERED = r"\W{0,4}(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\W{1,4})?"
_POINTS_BACK = re.compile(rf"{_NUMBERED}(?:ces|cette|cet|ce|celles?-ci|ceux-ci)(?!\w)")
# « Passé ce délai, il est… » goes on about what was said; « s'il refuse le lot, il est… » has its own subject.
_TAKES_UP = re.compile(
    rf"{_POINTS_BACK.pattern}|{_NUMBERED}(?!si |s'il|lorsqu|quand )[^,.;:]{{1,90}}, (?:il|elle)s? (?:est|sont|sera|seront) "
)
_GOES_ON_ABOUT = re.compile(rf"{_POINTS_BACK.pattern}|\W{{0,4}}(?:il|elle|ils|elles)(?= (?:n'|ne |est |sont |a |ont ))")
# Sentences on each side of one, in its article, that may temper it: in a text without titles an article is the whole of it.
_NEAR = 12
# « 22.3 Le contrat… » : what opens a stipulation, unless it speaks of the one before.
_OWN_NUMBER = re.compile(
    r"\W{0,4}(?:[a-z]|\d{1,2})(?:\.\d{1,2}){1,3}[.)]? (?!.{0,80}(?:qui precede|precedent|ci-dessus|cette|celle-ci|\d\.\d))"
)
# « En outre, le Prestataire peut… »: one more right, beside what stands before.
_ADDS = re.compile(
    r"\W{0,4}(?:en outre|de plus|par ailleurs|en sus|independamment)\b|.{0,60}\b(?:peut|peuvent|pourra|pourront) egalement\b"
)
# What stands before a colon and is a name.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document: `text[start:end]`."""

    text: str
    start: int
    end: int

    def as_json(self) -> dict[str, object]:
        """The words and their place."""
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Seen:
    """A cue that a sentence matches."""

    sentence: int
    match: re.Match[str]
    cue: Cue


class Looker:
    """Finds cues in one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._plain = document.shadow.plain
        self._starts = [sentence.start for sentence in document.sentences]
        self._seen_once: dict[str, tuple[Seen, ...]] = {}
        self._titles_by_cue: dict[str, frozenset[int]] = {}

    @cached_property
    def precedence(self) -> tuple[int, ...]:
        """The rank of each sentence where two say a value otherwise: an amendment, particular conditions, the rest."""
        return precedence(self.document)

    @cached_property
    def layers(self) -> tuple[int, ...]:
        """The ranks that the sentences have, the one that prevails first."""
        return tuple(sorted(set(self.precedence), reverse=True))

    @cached_property
    def cells(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The cells of each row, and the two sides of the colon of each sentence that begins with a name, in the shadow's letters."""
        written = ((index, self.written_cells(index)) for index in range(len(self.document.sentences)))
        return tuple((index, tuple(plain(cell) for cell in cells)) for index, cells in written if cells)

    def written_cells(self, index: int) -> tuple[str, ...]:
        """The cells of a sentence, or the two sides of its colon, as they are written; none where it is neither."""
        sentence = self.document.sentences[index]
        words = self.document.clauses[sentence.start : sentence.end]
        if sentence.row:
            return tuple(cells_of(words))
        name, _, rest = words.partition(":")
        return (name, rest) if 0 < len(name) < min(_LONGEST_NAME, len(words)) and "\n" not in name else ()

    def seen(self, cue: Cue) -> Iterator[Seen]:
        """Every sentence that a cue matches, once, in reading order."""
        for index in self._candidates(cue):
            sentence = self.document.sentences[index]
            match = cue.search(self._plain, sentence.low, sentence.high)
            if match is not None:
                yield Seen(index, match, cue)

    def evidence(self, evidence: Evidence) -> list[Seen]:
        """The sentences where a piece of evidence counts; none when they are fewer than it asks."""
        # Several pieces of evidence look for the same words beside others: they are looked for once.
        if evidence.cue.written not in self._seen_once:
            self._seen_once[evidence.cue.written] = tuple(self.seen(evidence.cue))
        seen = [one for one in self._seen_once[evidence.cue.written] if self._counts(one, evidence)]
        return seen if len(seen) >= evidence.times else []

    def sentences(self, cues: Iterable[Cue]) -> frozenset[int]:
        """The sentences that one of several cues matches."""
        return frozenset(one.sentence for cue in cues for one in self.seen(cue))

    def taken_back(self, cues: Iterable[Cue]) -> frozenset[int]:
        """The sentences that the next one of their article takes up to say what one of several cues matches: « Il n'est qu'indicatif »."""
        return frozenset(
            index - 1
            for index in self.sentences(cues)
            if index
            and self.document.sentences[index - 1].article == self.document.sentences[index].article
            and _GOES_ON_ABOUT.match(self._plain, self.document.sentences[index].low, self.document.sentences[index].high) is not None
        )

    def bearing(self, evidence: Iterable[Evidence]) -> frozenset[int]:
        """The sentences where one of several pieces of evidence counts."""
        return frozenset(one.sentence for piece in evidence for one in self.evidence(piece))

    def is_restricted(self, quote: Quote, conditions: ConditionGuide) -> bool:
        """Whether the sentence of a quote, or the one just after it in the same article, puts a condition to what it says."""
        index = bisect_right(self._starts, quote.start) - 1
        if index < 0:
            return False
        following = next(self._following(index), None)
        after = (
            following is not None
            and not self._is_a_clause_of_its_own(following)
            and self._restricts((*conditions.beside, *conditions.after), conditions.mere, following)
        )
        return after or self._restricts(conditions.beside, conditions.mere, self.document.sentences[index])

    def _is_a_clause_of_its_own(self, sentence: Sentence) -> bool:
        """Whether a sentence opens with a number of its own: the condition that it puts is that of another stipulation."""
        return _OWN_NUMBER.match(self._plain, sentence.low, sentence.high) is not None

    def is_opposed(self, quote: Quote, conditions: ConditionGuide) -> bool:
        """Whether one of the few sentences after that of a quote, in its article, gives the other party something against it."""
        index = bisect_right(self._starts, quote.start) - 1
        following = self.document.sentences[index + 1 : index + 1 + _AFTER] if index >= 0 else ()
        opposing = self.bearing(conditions.then)
        article = self.document.sentences[index].article
        return any(one.article == article and place in opposing for place, one in enumerate(following, start=index + 1))

    def is_provided(self, quote: Quote, evidence: Iterable[Evidence]) -> bool:
        """Whether the sentence of a quote holds a piece of evidence."""
        index = bisect_right(self._starts, quote.start) - 1
        return index in self.bearing(evidence)

    def is_tempered(self, quote: Quote, evidence: Iterable[Evidence], *, adds: bool = False) -> bool:
        """Whether a piece of evidence counts near a quote, in its article or in those below it.

        `adds`: what opens « en outre » is only tempered by what stands after it.
        """
        index = bisect_right(self._starts, quote.start) - 1
        if index < 0:
            return False
        around = self.document.body(self.document.sentences[index].article)
        sentence = self.document.sentences[index]
        least = index if adds and _ADDS.match(self._plain, sentence.low, sentence.high) else index - _NEAR
        return not self.bearing(evidence).isdisjoint(one for one in around if least <= one <= index + _NEAR)

    def titled(self, cues: tuple[Cue, ...], article: int) -> bool:
        """Whether the title of an article, or of one above it, matches a cue."""
        return any(self.title_matches(cues, one) for one in (article, *self.document.articles[article].above))

    def title_matches(self, cues: tuple[Cue, ...], article: int) -> bool:
        """Whether the title of an article matches a cue."""
        title = self.document.titles[article]
        return any(article in self._titles_holding(cue) and cue.search(title, 0, len(title)) for cue in cues)

    def _titles_holding(self, cue: Cue) -> Container[int]:
        """The articles whose title holds the words that a cue needs: of most cues none, and some are asked of each article in turn."""
        if not cue.needs:
            return range(len(self.document.titles))
        known = self._titles_by_cue
        if cue.written not in known:
            known[cue.written] = self.document.titles_told.holding(cue.needs)
        return known[cue.written]

    def quote(self, low: int, high: int, sentence: int | None = None) -> Quote:
        """The words around a match, at their exact place."""
        start, end = self.document.shadow.span(low, high)
        if (amended := self._amending(start, end)) is not None:
            start, end, sentence = amended
        if sentence is not None:
            whole = self.document.sentences[sentence]
            if whole.end - whole.start <= LONGEST_QUOTE:
                start, end = whole.start, whole.end
            else:
                start, end = self._around(start, end, whole.start, whole.end)
        return Quote(self.document.text[start:end], start, end)

    def quote_of(self, seen: Seen) -> Quote:
        """The sentence of a match, or the words around it."""
        return self.quote(*seen.match.span(), seen.sentence)

    def sentence_at(self, offset: int) -> int:
        """The sentence in which a place of the text stands, or the one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def heading(self, article: int) -> Quote:
        """The heading of an article."""
        read = self.document.articles[article]
        words = self.document.text[read.start : read.end]
        start = read.start + len(words) - len(words.lstrip())
        end = start + len(words.strip())
        return Quote(self.document.text[start:end], start, end)

    def _counts(self, seen: Seen, evidence: Evidence) -> bool:
        index = seen.sentence
        sentence = self.document.sentences[index]
        if evidence.under and not self.titled(evidence.under, sentence.article):
            return False
        if evidence.beside and not self._matches(evidence.beside, sentence):
            return False
        if not all(one.search(self._plain, sentence.low, sentence.high) for one in evidence.together):
            return False
        if evidence.head and not self._opens_its_list(evidence, index):
            return False
        if evidence.above and not self.above(evidence.above, index, _BEFORE):
            return False
        if self._matches(evidence.without, sentence) or self._is_within_quoted_law(seen) or self._is_limited(evidence, index):
            return False
        if evidence.affirmed and not _asks_for_a_denial(evidence) and is_denied(self.document, evidence.cue, index, *seen.match.span()):
            return False
        return not evidence.by or self._may_be_done_by(PartyRole[evidence.by.upper()], seen)

    def _is_within_quoted_law(self, seen: Seen) -> bool:
        """Whether the words stand between the quotation marks of a law: « L'article L. 215-1 du code dispose que : « … » » is no term."""
        place = seen.match.start()
        return any(low <= place < high for low, high in self.document.quoted_law)

    def _is_limited(self, evidence: Evidence, index: int) -> bool:
        """Whether what stands around a sentence takes it back: what follows it, what it takes up, or the list that it opens."""
        if evidence.then_not and any(self._matches(evidence.then_not, one) for one in self._following(index)):
            return True
        if evidence.taken_up_not and self._takes_up(evidence.taken_up_not, index):
            return True
        return bool(evidence.listed_not) and any(self._matches(evidence.listed_not, one) for one in list_opened_by(self.document, index))

    def _takes_up(self, cues: tuple[Cue, ...], index: int) -> bool:
        """Whether a sentence takes up those before it, by « Ces interruptions… » or « …, il est », and they or their title match a cue."""
        sentence = self.document.sentences[index]
        if _TAKES_UP.match(self._plain, sentence.low, sentence.high) is None:
            return False
        return self.title_matches(cues, sentence.article) or self.above(cues, index, _TAKEN_UP)

    def _opens_its_list(self, evidence: Evidence, index: int) -> bool:
        """Whether the sentence that opens the list of which one is a member matches its head, and holds nothing that takes it back."""
        head = head_of_list(self.document, index)
        return head is not None and self._matches(evidence.head, head) and not self._matches(evidence.without, head)

    def _may_be_done_by(self, role: PartyRole, seen: Seen) -> bool:
        """Whether the words are the act of a party, or of one they do not name."""
        told = whose_act(self.document, seen.sentence, *seen.match.span())
        return told is role or (told is None and not is_an_unknown_party(self.document, seen.match.start()))

    def above(self, cues: tuple[Cue, ...], index: int, lines: int) -> bool:
        """Whether one of the few sentences just above one, in its article, matches a cue."""
        sentence = self.document.sentences[index]
        before = self.document.sentences[max(0, index - lines) : index]
        return any(one.article == sentence.article and self._matches(cues, one) for one in before)

    def _following(self, index: int) -> Iterator[Sentence]:
        """The sentences just after one, in the same article."""
        article = self.document.sentences[index].article
        for sentence in self.document.sentences[index + 1 : index + 1 + _AFTER]:
            if sentence.article == article:
                yield sentence

    def _restricts(self, cues: tuple[Cue, ...], mere: tuple[Cue, ...], sentence: Sentence) -> bool:
        """Whether a sentence holds a condition that is no mere one."""
        none = [found.span() for cue in mere for found in self._each(cue, sentence)]
        return any(not any(low <= found.start() < high for low, high in none) for cue in cues for found in self._each(cue, sentence))

    def _each(self, cue: Cue, sentence: Sentence) -> Iterator[re.Match[str]]:
        """Each match of a cue in a sentence."""
        low = sentence.low
        while (found := cue.search(self._plain, low, sentence.high)) is not None:
            yield found
            low = found.end()

    def _matches(self, cues: tuple[Cue, ...], sentence: Sentence) -> bool:
        return any(cue.search(self._plain, sentence.low, sentence.high) for cue in cues)

    def _candidates(self, cue: Cue) -> Iterable[int]:
        """The sentences that hold the words that the cue needs, in reading order."""
        return sorted(self.document.words_told.holding(cue.needs)) if cue.needs else range(len(self.document.sentences))

    def says(self, sentence: Sentence, quote: Quote) -> bool:
        """Whether a quote was read in a sentence: it stands there, or in the amendment that puts words in it."""
        return any(
            start <= quote.start < end
            for start, end in (
                (sentence.start, sentence.end),
                *(amended[:2] for amended in [self._amending(sentence.start, sentence.end, whole=True)] if amended is not None),
            )
        )

    def _amending(self, start: int, end: int, *, whole: bool = False) -> tuple[int, int, int] | None:
        """Where an amendment says words that the shadow has in the place of those of a stretch, and in which sentence; or that sentence."""
        by = next((by for where, by in self.document.reworded if where[0] < end and start < where[1]), None)
        if by is None:
            return None
        index = self.sentence_at(by[0])
        sentence = self.document.sentences[index]
        return (sentence.start, sentence.end, index) if whole else (*by, index)

    def _around(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """The words of a stretch with some on each side, whole words only."""
        text = self.document.text
        low = first if start - first <= _LONGEST_OPENING else start - _BESIDE
        high = last if last - end <= _LONGEST_END else end + _BESIDE
        if low > first:
            low = next((place + 1 for place in range(low, start) if text[place].isspace()), start)
        if high < last:
            high = next(
                (place for place in range(high, end, -1) if text[place - 1 : place + 1].strip() != text[place - 1 : place + 1]), end
            )
        while high > low and text[high - 1].isspace():
            high -= 1
        return low, high


def _asks_for_a_denial(evidence: Evidence) -> bool:
    """Whether what must stand beside the words is a denial: « la perte de données » beside « ne répond pas » is no loss denied."""
    return any(reads_a_denial(one.written) for one in (*evidence.together, *evidence.head))
