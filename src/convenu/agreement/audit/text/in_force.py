"""The text in force of a contract and its amendments: what an amendment struck is no longer read, what it says is read in its place.

Positions never move. New words take the place of the old ones in the shadow alone, as the roles of the parties do; a new article is read
under the title of the one that it replaces. What cannot be applied surely leaves the old words, and says of which article.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from convenu.agreement.audit.text.amendments import Amendment, Revision, amendments_of
from convenu.agreement.audit.text.orders import ELSEWHERE, NUMBER, Act, Order, figures_in, figures_like, number_of, orders_in, spoken_of
from convenu.agreement.audit.text.segmentation import Document, Sentence
from convenu.agreement.audit.words.shadow import Shadow, plain

_QUOTED = re.compile(r"«[^«»]{1,6000}»|“[^“”]{1,6000}”")
_GOES_ON = re.compile(r"[^«“.;]{0,60}")
_AMENDING = re.compile(r"avenant n ?[o°.]{0,2} ?(?P<number>\d{1,2})")
_LETTERED = re.compile(r"^(?P<which>bis|ter|quater)\b")
# Numbered articles that stand before the first amendment of a file that holds the contract too.
_HOLDS_FIRST = 3
# Letters before a figure in which it is named, and after it in which it goes on.
_NEAR = 45
# The number that an amendment gives to its own articles or paragraphs.
_OWN_NUMBER = re.compile(
    r"(?:(?P<named>article |art\. ?)(?P<its>\d{1,2}|[ivx]{1,4}) ?[-.):]|(?P<number>[a-z]?\d{1,2}(?:\.\d{1,2}){0,2})(?: ?[-.):]| [a-z]))"
)
_ANNEX = re.compile(r"\W{0,6}annexe", re.IGNORECASE)
# What names a matter and says nothing of it: « la désignation du tribunal ».
_EMPTY_WORDS = frozenset({"designation", "mention", "indication", "stipulation", "disposition", "clause", "contrat", "present"})
# A sentence longer than this may say other things too.
_MATTER_WORDS = 14
# A table that sets the versions of the contract side by side.
_VERSION = re.compile(r"^(?:avenant|av\.?) ?(?:n ?[o°.]{0,2} ?)?\d{1,2}$|^(?:contrat(?: initial| d'origine)?|origine|(?:19|20)\d\d)$")
_OLD = re.compile(r"\b(?:ancien|actuel|texte initial|redaction initiale|avant)")
_NEW = re.compile(r"\b(?:nouve|apres|texte modifie|redaction modifiee)")
_PLACE = re.compile(r"\b(?:article|clause|stipulation|numero|ref)")
_TAKEN_OUT = re.compile(r"^(?:supprime|neant|sans objet|-)")
_CELL_NUMBER = re.compile(rf"^(?:article|art\.|clause|§)? ?(?P<number>{NUMBER})")
_TERMS = ("date de facture", "fin de mois", "ouvre", "calendaire", "par mois", "par an", "par trimestre")

_NOTHING_NAMED: tuple[tuple[str, ...], str, bool] = ((), "", False)


@dataclass(frozen=True, slots=True)
class _Target:
    """An article of the base, or a numbered paragraph of it, with the sentences that it holds today."""

    article: int
    sentences: tuple[int, ...]
    # Those that it held before the amendment: « la deuxième phrase » counts the first one, though it was just replaced.
    before: tuple[int, ...] = ()


def in_force(document: Document) -> Document:
    """The document with its amendments applied, in their order; the same one where it holds none, or nothing before them."""
    amendments = amendments_of(document)
    if not amendments or sum(bool(one.number) for one in document.articles if one.start < amendments[0].start) < _HOLDS_FIRST:
        return document
    applied = _Applied(document, amendments)
    for amendment in sorted(amendments, key=lambda one: one.rank):
        applied.apply(amendment)
    return applied.document()


class _Applied:
    """A document while its amendments are applied to it."""

    def __init__(self, document: Document, amendments: tuple[Amendment, ...]) -> None:
        self._was = document
        self._amendments = amendments
        self._plain = document.shadow.plain
        self._places = document.shadow.places
        self._articles = [sentence.article for sentence in document.sentences]
        self._announced: dict[str, Revision] = {}
        self._before: dict[tuple[str, str, bool], tuple[int, ...]] = {}
        self._struck: list[tuple[int, int]] = []
        self._fresh: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._revisions: dict[Revision, None] = {}

    def document(self) -> Document:
        """The document as amended."""
        sentences: list[Sentence] = []
        for index, one in enumerate(self._was.sentences):
            low, high = self._bounds(index)
            if self._plain[low:high].strip():
                sentences.append(Sentence(one.start, one.end, low, high, self._articles[index], one.row))
        return replace(
            self._was,
            shadow=Shadow(self._plain, self._places, self._was.text),
            sentences=tuple(sentences),
            revisions=tuple(self._revisions),
            struck=tuple(self._struck),
            reworded=tuple(self._fresh),
        )

    def apply(self, amendment: Amendment) -> None:
        """Do what one amendment orders: its tables, then sentence by sentence."""
        self._before.clear()
        self._announced.clear()
        for rows in self._tables(amendment):
            versions = [cell for _, cell in self._cells(rows[0]) if _VERSION.match(cell)]
            if len(versions) > 1 and any(cell.startswith("av") for cell in versions):
                self._compare_versions(rows)
            else:
                self._compare_wordings(rows, amendment)
        quoted = [found.span() for found in _QUOTED.finditer(self._was.text, amendment.start, amendment.end)]
        current, at, under = _NOTHING_NAMED, "", -1
        for start, end, article in self._units(amendment):
            if any(first < start < last for first, last in quoted):
                continue
            low, high = bisect_left(self._places, start), bisect_left(self._places, end)
            head = self._was.articles[article]
            number = head.number if amendment.holds(head.start) else ""
            if article != under and number:
                current = spoken_of(plain(self._was.text[head.start : head.end])) or _NOTHING_NAMED
            under, at = article, _at(self._plain[low:high], number) or at
            current = self._follow(self._plain[low:high], self._places[low:high], current, amendment, (article, at), quoted)

    def _follow(
        self,
        words: str,
        places: array[int],
        current: tuple[tuple[str, ...], str, bool],
        amendment: Amendment,
        unit: tuple[int, str],
        quoted: list[tuple[int, int]],
    ) -> tuple[tuple[str, ...], str, bool]:
        """Do the orders of a sentence; what it names is named for those that follow too."""
        for order in orders_in(words):
            if any(first < places[order.low] < last for first, last in quoted) and order.act is not Act.WORDS:
                continue
            current = (order.numbers, order.of, order.annex) if order.numbers else current
            stretch = (places[order.low], places[order.high - 1] + 1)
            if order.act is Act.WORDS and not current[0]:
                self._reword_where_they_are(order, amendment, unit[1], stretch)
            elif current[0] and not ELSEWHERE.search(current[1]):
                self._do(order, current, amendment, unit, stretch, quoted)
        return current

    def _units(self, amendment: Amendment) -> list[tuple[int, int, int]]:
        """The titles and the sentences of an amendment, each with its article."""
        sentences = [
            (one.start, one.end, self._was.sentences[index].article)
            for index, one in enumerate(self._was.sentences)
            if amendment.holds(one.start)
        ]
        read = {start for start, _, _ in sentences}
        titles = [
            (one.start, one.end, index)
            for index, one in enumerate(self._was.articles)
            if index and amendment.holds(one.start) and one.start not in read
        ]
        return sorted((*sentences, *titles))

    def _do(
        self,
        order: Order,
        named: tuple[tuple[str, ...], str, bool],
        amendment: Amendment,
        unit: tuple[int, str],
        stretch: tuple[int, int],
        quoted: list[tuple[int, int]],
    ) -> None:
        numbers, of, annex = named
        for number in numbers:
            target = self._target(number, of, amendment, annex=annex)
            if target is not None:
                target = replace(target, before=self._before.setdefault((number, of, annex), target.sentences))
            done = target is not None and self._done(order, target, amendment, unit, stretch, quoted)
            if order.act is not Act.ADDED:
                self._revise(f"annexe {number}" if annex else number, target, amendment, unit[1], order, settled=done)

    def _revise(self, number: str, target: _Target | None, amendment: Amendment, at: str, order: Order, *, settled: bool) -> None:
        held = () if target is None else tuple((self._was.sentences[one].start, self._was.sentences[one].end) for one in target.sentences)
        revision = Revision(
            number=number,
            article=None if target is None else target.article,
            by=amendment.label,
            at=at,
            settled=settled,
            whole=order.act is Act.WHOLE,
            taken_out=order.taken_out,
            held=held,
        )
        self._revisions[revision] = None
        # « L'article 3 est ainsi modifié : » only announces what follows it.
        if order.act is Act.TOUCHED:
            self._announced[number] = revision
        elif settled and not order.numbers and number in self._announced:
            self._revisions.pop(self._announced.pop(number), None)

    def _done(
        self,
        order: Order,
        target: _Target,
        amendment: Amendment,
        unit: tuple[int, str],
        stretch: tuple[int, int],
        quoted: list[tuple[int, int]],
    ) -> bool:
        """Whether an order was done surely."""
        if order.act is Act.WHOLE:
            for one in target.sentences:
                self._strike_sentence(one)
            if not order.taken_out:
                self._read_under(target.article, stretch[1], unit, amendment, quoted)
            return True
        if order.act is Act.ADDED:
            self._read_under(target.article, stretch[1], unit, amendment, quoted, unquoted=False)
            return True
        if order.act is Act.PART:
            part = self._part(order, target)
            for one in part:
                self._strike_sentence(one)
            if part and not order.taken_out:
                self._read_under(target.article, stretch[1], unit, amendment, quoted, unquoted=False)
            return bool(part)
        if order.act is Act.WORDS:
            return self._reword(order, target, stretch)
        if order.act is Act.MATTER:
            return self._replace_matter(order, target)
        return order.act is Act.FIGURE and self._refigure(order, target, stretch)

    def _target(self, number: str, of: str, amendment: Amendment, *, annex: bool) -> _Target | None:
        """The article that a number names, in the base or in an earlier amendment; None where it is not one and only one."""
        earlier = _AMENDING.search(of)
        if "avenant" in of and earlier is None:
            return None
        within = [one for one in self._amendments if earlier is not None and one.rank == int(earlier["number"]) and one is not amendment]
        found = list(self._numbered(number, within, annex=annex))
        if len(found) == 1:
            return _Target(found[0], self._live(found[0]))
        above = list(self._numbered(number.rpartition(".")[0], within, annex=annex)) if "." in number and not found else []
        return self._paragraph(above[0], number) if len(above) == 1 else None

    def _numbered(self, number: str, within: list[Amendment], *, annex: bool) -> Iterator[int]:
        which = number.partition(" ")[2]
        for index, article in enumerate(self._was.articles):
            inside = any(one.holds(article.start) for one in within or self._amendments)
            lettered = _LETTERED.match(self._was.titles[index])
            known = number_of(article.number) == number or (
                number_of(article.number) == number.partition(" ")[0] and (lettered["which"] if lettered else "") == which
            )
            is_annex = bool(_ANNEX.match(self._was.text[article.start : article.end]))
            if article.number and is_annex is annex and inside is bool(within) and known and (which or lettered is None):
                yield index

    def _live(self, article: int) -> tuple[int, ...]:
        under = set(self._was.under[article])
        held = self._amendment_at(self._was.articles[article].start)
        return tuple(index for index, one in enumerate(self._articles) if one in under and self._is_of(index, held) and self._words(index))

    def _is_of(self, index: int, held: Amendment | None) -> bool:
        """Whether a sentence stands in the same amendment as an article, or as it in none, or was put under it by an amendment."""
        sentence = self._was.sentences[index]
        return self._articles[index] != sentence.article or self._amendment_at(sentence.start) is held

    def _amendment_at(self, place: int) -> Amendment | None:
        return next((one for one in self._amendments if one.holds(place)), None)

    def _paragraph(self, article: int, number: str) -> _Target | None:
        """The sentences of an article from the one that begins with a number to the next that begins with one."""
        live = self._live(article)
        head = re.compile(rf"^{re.escape(number)}(?![\d])")
        first = next((place for place, one in enumerate(live) if head.match(self._words(one))), None)
        if first is None:
            return None
        after = range(first + 1, len(live))
        last = next((place for place in after if re.match(r"\d{1,2}\.\d{1,2}\b|[ivx]{1,4}[.-]\w\b", self._words(live[place]))), len(live))
        return _Target(article, live[first:last])

    def _part(self, order: Order, target: _Target) -> tuple[int, ...]:
        """The sentences that are one sentence, or one paragraph, of an article; none where it cannot be told."""
        text, parts = self._was.text, list[list[int]]()
        for one in target.before:
            sentence = self._was.sentences[one]
            apart = not parts or (
                text[self._was.sentences[parts[-1][-1]].end - 1] in ".?!»"
                if order.kind == "phrase"
                else "\n" in text[self._was.sentences[parts[-1][-1]].end : sentence.start]
            )
            if apart:
                parts.append([one])
            else:
                parts[-1].append(one)
        held = (self._was.sentences[one] for one in target.before)
        if order.kind == "alinea" and any("\n" in text[one.start : one.end] for one in held):
            return ()
        return tuple(parts[order.nth]) if order.nth < len(parts) and parts else ()

    def _replace_matter(self, order: Order, target: _Target) -> bool:
        """Strike the only sentence of an article that names a matter, where it is so short that it says nothing else."""
        words = [one for one in re.findall(r"[a-z]{5,}", order.names) if one not in _EMPTY_WORDS]
        found = [one for one in target.sentences if any(word in self._words(one) for word in words)]
        if len(found) != 1 or len(self._words(found[0]).split()) > _MATTER_WORDS:
            return False
        self._strike_sentence(found[0])
        return True

    def _compare_versions(self, rows: list[int]) -> None:
        """Strike a table that sets the contract and its amendments side by side: it only recalls what each of them says."""
        for one in rows:
            self._strike_sentence(one)

    def _compare_wordings(self, rows: list[int], amendment: Amendment) -> None:
        """Do what a table of old and new wordings orders, a row at a time."""
        header = self._cells(rows[0])
        old, new = (next((place for place, (_, cell) in enumerate(header) if sign.search(cell)), None) for sign in (_OLD, _NEW))
        if old is None or new is None or old == new:
            return
        place = next((place for place, (_, cell) in enumerate(header) if _PLACE.search(cell) and place not in (old, new)), 0)
        for one in rows[1:]:
            cells = self._cells(one)
            if len(cells) <= max(old, new, place) or (number := _CELL_NUMBER.match(cells[place][1])) is None:
                continue
            (start, was), (_, becomes) = cells[old], cells[new]
            if not was.strip(' -"'):
                continue
            named = number_of(number["number"])
            target = self._target(named, "", amendment, annex=False)
            order = Order(Act.WORDS, 0, 1, old=was.strip(' ".'), new="" if _TAKEN_OUT.match(becomes) else becomes.strip(' ".'))
            end = start + len(self._was.text[start : self._was.sentences[one].end].split("|")[0].split("\t")[0].rstrip())
            stretch = (start, end)
            done = target is not None and (self._reword(order, target, stretch) or self._refigure_cell(order, target, stretch))
            low, high = bisect_left(self._places, start), bisect_left(self._places, end)
            self._put(low, high, "", None)
            self._revise(named, target, amendment, "", order, settled=done)

    def _refigure_cell(self, order: Order, target: _Target, stretch: tuple[int, int]) -> bool:
        """Put the figure of a new cell in the place of that of the old cell, where each has one and the article writes the old one once."""
        old, new = figures_in(order.old), figures_in(order.new)
        if len(old) != 1 or len(new) != 1:
            return False
        return self._refigure(Order(Act.FIGURE, 0, 1, old=old[0], new=new[0]), target, (stretch[1], stretch[1]))

    def _cells(self, index: int) -> list[tuple[int, str]]:
        """The cells of a row in plain letters, each with where it begins."""
        sentence = self._was.sentences[index]
        found = re.finditer(r"[^|\t]+", self._was.text[sentence.start : sentence.end])
        cells = ((sentence.start + one.start() + len(one[0]) - len(one[0].lstrip()), plain(one[0])) for one in found if one[0].strip())
        return list(cells)

    def _tables(self, amendment: Amendment) -> Iterator[list[int]]:
        """The rows that follow one another in an amendment."""
        rows: list[int] = []
        for index, one in enumerate(self._was.sentences):
            if one.row and amendment.holds(one.start) and (not rows or rows[-1] == index - 1):
                rows.append(index)
            elif rows:
                yield rows
                rows = [index] if one.row and amendment.holds(one.start) else []
        if rows:
            yield rows

    def _reword_where_they_are(self, order: Order, amendment: Amendment, at: str, stretch: tuple[int, int]) -> None:
        """Put words in the place of others of which no article is named, where one sentence of the contract and no other holds them."""
        old = order.old.strip()
        sentences = enumerate(self._was.sentences)
        found = [index for index, one in sentences if self._amendment_at(one.start) is None and old in self._words(index)]
        if len(found) == 1:
            article = self._articles[found[0]]
            target = _Target(article, tuple(found))
            settled = self._reword(order, target, stretch)
            self._revise(number_of(self._was.articles[article].number), target, amendment, at, order, settled=settled)

    def _reword(self, order: Order, target: _Target, stretch: tuple[int, int]) -> bool:
        """Put words in the place of others wherever the article writes them, and take the old ones from the amendment too."""
        done = False
        for one in target.sentences:
            low, high = self._bounds(one)
            place = self._plain.find(order.old.strip(), low, high)
            while place >= 0:
                self._put(place, place + len(order.old.strip()), order.new.strip(), stretch)
                done = True
                low, high = self._bounds(one)
                place = self._plain.find(order.old.strip(), place + max(1, len(order.new.strip())), high)
        if done:
            low, high = bisect_left(self._places, stretch[0]), bisect_left(self._places, stretch[1])
            place = self._plain.find(order.old, low, high)
            if place >= 0:
                self._put(place, place + len(order.old), "", None)
        return done

    def _refigure(self, order: Order, target: _Target, stretch: tuple[int, int]) -> bool:
        """Put a figure in the place of the only one of its kind that the article has for what the amendment names."""
        found: list[tuple[int, int]] = []
        for one in target.sentences:
            low, high = self._bounds(one)
            found += [(low + first, low + last) for first, last in figures_like(self._plain[low:high], order.new)]
        if order.old:
            found = [(low, low + len(order.old)) for low, _ in found if self._plain.startswith(order.old, low)]
        after = self._plain[bisect_left(self._places, stretch[1]) :][:_NEAR]
        term = _term_of(after)
        for narrowed in (
            [(low, high) for low, high in found if order.kind and order.kind in self._plain[max(0, low - _NEAR) : low]],
            [(low, high) for low, high in found if term and any(one in self._plain[high : high + _NEAR // 2] for one in _TERMS[:2])],
        ):
            if len(found) > 1 and narrowed:
                found = narrowed
        if len(found) != 1:
            return False
        low, high = found[0]
        if term and (old := _term_of(self._plain[high : high + _NEAR])):
            high += len(old) + 1
        self._put(low, high, f"{order.new} {term}" if term else order.new, stretch)
        return True

    def _read_under(
        self,
        article: int,
        after: int,
        unit: tuple[int, str],
        amendment: Amendment,
        quoted: list[tuple[int, int]],
        *,
        unquoted: bool = True,
    ) -> None:
        """Read the new words under the title of the article that they are of: those in quotes, else the rest of the amendment's article."""
        first = next((one for one in quoted if one[0] >= after and _GOES_ON.fullmatch(self._was.text, after, one[0])), None)
        if first is None and not unquoted:
            return
        reach = first or (after, amendment.end)
        for index, sentence in enumerate(self._was.sentences):
            same = sentence.article == unit[0]
            new = sentence.start < reach[1] and sentence.end > reach[0] + 1
            if same and new and amendment.holds(sentence.start):
                self._articles[index] = article

    def _words(self, index: int) -> str:
        low, high = self._bounds(index)
        return self._plain[low:high]

    def _bounds(self, index: int) -> tuple[int, int]:
        sentence = self._was.sentences[index]
        return bisect_left(self._places, sentence.start), bisect_left(self._places, sentence.end)

    def _strike_sentence(self, index: int) -> None:
        self._put(*self._bounds(index), "", None)
        sentence = self._was.sentences[index]
        self._struck.append((sentence.start, sentence.end))

    def _put(self, low: int, high: int, words: str, source: tuple[int, int] | None) -> None:
        """Put words in the place of a stretch of the shadow; each new letter leads to where the old ones stood."""
        if low >= high:
            return
        start, end = Shadow(self._plain, self._places, self._was.text).span(low, high)
        self._struck.append((start, end))
        places = array("q", [self._places[low]] * len(words))
        if words:
            places[-1] = self._places[high - 1]
        self._plain = self._plain[:low] + words + self._plain[high:]
        self._places = self._places[:low] + places + self._places[high:]
        over = [(where, by) for where, by in self._fresh if where[0] < end and start < where[1]]
        self._fresh = [one for one in self._fresh if one not in over]
        if over:
            start, end = min(start, *(where[0] for where, _ in over)), max(end, *(where[1] for where, _ in over))
        if words and source is not None:
            self._fresh.append(((start, end), source))
        # An earlier amendment put there what this one takes away: its own words say it no more.
        for _, by in over:
            self._put(bisect_left(self._places, by[0]), bisect_left(self._places, by[1]), "", None)


def _term_of(words: str) -> str | None:
    """What goes on from a figure and changes with it: « fin de mois », « par an »."""
    return next((one for one in _TERMS if words.startswith(f" {one}")), None)


def _at(words: str, number: str) -> str:
    """Where an amendment says something: its own article or paragraph, « article 3 », « A2.1 »; empty where none is numbered."""
    own = _OWN_NUMBER.match(words)
    if own is not None and not (own["its"] or number):
        return own["number"].upper()
    its = (own["its"] if own is not None else None) or number
    return f"article {its}" if its else ""
