"""The values that a contract says: each read by the best cue that finds it, with the words it was read in, and those that contradict it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from convenu.agreement.audit.guides.cues import Cue
from convenu.agreement.audit.guides.guides import Evidence, Recognition, ValueGuide
from convenu.agreement.audit.looking.looking import Looker, Quote, Seen
from convenu.agreement.audit.said.offers import one_of_several_offers
from convenu.agreement.audit.said.project_steps import STEPS
from convenu.agreement.audit.text.prevailing import FIRST_AMENDMENT
from convenu.agreement.audit.text.segmentation import cells_of
from convenu.agreement.audit.words.numbers import DURATION, PERCENT, day_in, months_between, months_from, number_in, percent_in, span_in
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span, SpanUnit

DAYS_A_MONTH = 30
_DURATION, _PERCENT = re.compile(DURATION), re.compile(PERCENT)
# « Durée (en mois) », and the bare number beside it.
_UNIT_OF_NAME = re.compile(r"\W+(?:en |nombre de )?(mois|jours|ans|annees)\W*$")
_BARE_NUMBER = re.compile(r"^\W*(\d{1,3})\W*$")
# The title of the column where a table says what it promises.
_AIM = re.compile(r"\b(?:cible|objectif|engagement|taux|niveau|valeur|garanti|seuil)")
# The title of the column where a table says what was agreed before: « Ancien contrat ».
_OLD_COLUMN = re.compile(r"\W*(?:ancien|precedent|avant\b|jusqu'ici|contrat (?:initial|actuel|en cours))")
# Lines above a name that may say of what it is the name.
_ABOVE = 3
# How far the words after a length of time, or before it in its part of the sentence, say what it counts.
_AFTER, _BEFORE = 60, 70
# « Un point et demi », « trois pour cent et demi ».
_AND_A_HALF = re.compile(r"(?: points? (?:de pourcentage)?)? ?et demi(?![a-z])")
_CLAUSE = re.compile(r"[.;:()]")
# The first cues of a value, which say nothing else.
_BEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """A value, the words it was read in, and other values that the same contract gives for it."""

    key: str
    label: str
    value: Any
    quote: Quote
    others: tuple[tuple[Any, Quote], ...] = ()
    # Where the figure itself stands, when a cue captured one.
    figure: tuple[int, int] | None = None


def read_value(looker: Looker, guide: ValueGuide, values: dict[str, ReadValue], titles: tuple[Cue, ...] = ()) -> ReadValue | None:
    """One value by its guide; None when no cue finds it.

    `values` are those read before, to which a cue may refer; `titles` those of its provision, under which other cues may contradict it.
    """
    trapped, aside = looker.sentences(guide.traps), looker.sentences(guide.asides)
    trapped |= looker.taken_back(guide.taken_back)
    if guide.kind == "months" and guide.provision == "duration_renewal":
        trapped |= one_of_several_offers(looker)
    found: dict[int, list[tuple[Seen, Any]]] = {}
    for layer in looker.layers:
        said: list[tuple[int, Seen, Any]] = []
        for rank, evidence in enumerate(guide.cues):
            if rank not in found:
                found[rank] = [(one, value) for one, value in _found(looker, guide, evidence, values) if one.sentence not in trapped]
            said += [(rank, one, value) for one, value in found[rank] if looker.precedence[one.sentence] == layer]
            if any(one.sentence not in aside for _, one, _ in said):
                break
        if said:
            # What is only recalled or announced is the value when nothing else says it.
            rank, first, value = next((one for one in said if one[1].sentence not in aside), said[0])
            left_out = trapped | aside | _replaced(looker, layer) | {first.sentence}
            others = _others(looker, guide, values, (value, guide.cues[rank]), titles, left_out) if rank < guide.single else ()
            figure = _figure(looker, first)
            return ReadValue(key=guide.key, label=guide.label, value=value, quote=looker.quote_of(first), others=others, figure=figure)
        if (named := _by_its_name(looker, guide, layer)) is not None:
            return named
    return _in_a_column(looker, guide) if guide.columns else _from_day_to_day(looker, guide, trapped)


def _figure(looker: Looker, seen: Seen) -> tuple[int, int] | None:
    """The place in the text of what a cue captured, when it captured something."""
    captured = next((name for name, words in seen.match.groupdict().items() if words is not None), None)
    return None if captured is None else looker.document.shadow.span(*seen.match.span(captured))


def _from_day_to_day(looker: Looker, guide: ValueGuide, trapped: frozenset[int]) -> ReadValue | None:
    """The whole months from a first day to a last one, told apart in an article: « … a pris effet le 1er mai. Il expire le … »."""
    first, last = (
        [(one.sentence, one, day) for piece in pieces for one in looker.evidence(piece) if (day := day_in(one.match["date"])) is not None]
        for pieces in (guide.begins, guide.ends)
    )
    for begun, _, start in sorted(first, key=lambda told: told[0]):
        for ended, seen, end in sorted(last, key=lambda told: told[0]):
            sentences = looker.document.sentences
            together = begun <= ended and sentences[begun].article == sentences[ended].article and not {begun, ended} & trapped
            whole = (end + timedelta(days=1)).day == start.day
            months = months_from(start, end)
            if together and whole and guide.least <= months <= guide.most:
                return ReadValue(key=guide.key, label=guide.label, value=months, quote=looker.quote_of(seen))
    return None


def _replaced(looker: Looker, layer: int) -> frozenset[int]:
    """The sentences that an amendment of that rank replaces: they contradict nothing."""
    return frozenset(place for place, rank in enumerate(looker.precedence) if rank < layer) if layer >= FIRST_AMENDMENT else frozenset()


def _others(
    looker: Looker,
    guide: ValueGuide,
    values: dict[str, ReadValue],
    first: tuple[Any, Evidence],
    titles: tuple[Cue, ...],
    left_out: frozenset[int],
) -> tuple[tuple[Any, Quote], ...]:
    """The other values that the same cue finds, or one of the best; or, under the titles of its provision, one that must agree with it."""
    value, cue = first
    told: dict[str, tuple[Any, Quote]] = {}
    for rank, evidence in enumerate(guide.cues[: guide.single]):
        for one, other in _found(looker, guide, evidence, values):
            agrees = evidence is cue or rank < _BEST or looker.titled(titles, looker.document.sentences[one.sentence].article)
            if other != value and agrees and one.sentence not in left_out:
                told.setdefault(str(other), (other, looker.quote_of(one)))
    return tuple(told.values())


def _by_its_name(looker: Looker, guide: ValueGuide, layer: int) -> ReadValue | None:
    """What stands beside its name and nothing else: in the next cell, under the title of its column, or after « Durée : »."""
    titled: int | None = None
    title = ""
    old: tuple[int, ...] = ()
    for index, cells in looker.cells if guide.names else ():
        sentence = looker.document.sentences[index]
        if not sentence.row or not index or not looker.document.sentences[index - 1].row:
            titled = None
            old = tuple(place for place, cell in enumerate(cells) if sentence.row and _OLD_COLUMN.match(cell))
        if looker.precedence[index] != layer or _is_under_another_title(looker, guide, sentence.article):
            continue
        named = next((place for place, cell in enumerate(cells) if _names(looker, guide, cell, index)), None)
        written = enumerate(looker.written_cells(index))
        told = tuple(None if place in old else _in_cell(guide, cell, cells[0]) for place, cell in written) if named is not None else ()
        value = next((one for one in told[1:] if one is not None), None) if named == 0 else None
        if value is None and named is not None and sentence.row:
            says_others = STEPS.search(cells[0]) is not None or any(one is not None for one in told)
            titled, title = (None, "") if says_others else (named, cells[named])
        elif value is None and titled is not None and titled < len(cells):
            value = _in_cell(guide, looker.written_cells(index)[titled], title)
        if value is not None:
            return ReadValue(key=guide.key, label=guide.label, value=value, quote=looker.quote(sentence.low, sentence.high, index))
    return None


def _names(looker: Looker, guide: ValueGuide, cell: str, sentence: int) -> bool:
    """Whether a cell is the name of the value, whole but for its unit, where its title and the lines above let it mean it."""
    article = looker.document.sentences[sentence].article
    name = _UNIT_OF_NAME.sub("", cell).strip(' "')
    return any(
        one.cue.pattern.fullmatch(name) is not None
        and (not one.under or looker.titled(one.under, article))
        and not looker.above(one.without, sentence, _ABOVE)
        for one in guide.names
    )


def _in_cell(guide: ValueGuide, written: str, name: str = "") -> int | Decimal | str | None:
    """The value that a cell holds, by its kind; a bare number counts the unit that its name gives."""
    if guide.kind == "city":
        return _town(written.strip(" .*_|\n"))
    cell = plain(written)
    unit, number = _UNIT_OF_NAME.search(name), _BARE_NUMBER.match(cell)
    if unit is not None and number is not None:
        cell = f"{number[1]} {unit[1]}"
    if guide.kind in ("percent", "rate"):
        share = percent_in(found[0]) if (found := _PERCENT.search(cell)) is not None else None
        if guide.kind == "rate":
            return None if share is None else f"{_figures(share)} %"
        value: int | Decimal | None = share
    elif (found := _DURATION.search(cell)) is None or (span := span_in(found[0])) is None:
        value = None
    else:
        value = _months_of(span) if guide.kind == "months" else _days_of(span)
    return value if value is not None and guide.least <= value <= guide.most else None


def _in_a_column(looker: Looker, guide: ValueGuide) -> ReadValue | None:
    """A share that stands under the title of its column, or in a table whose caption names it: « Tableau 2 - Disponibilité | Cible ».

    A table where a trap stands too says something else.
    """
    column: int | None = None
    for index, sentence in enumerate(looker.document.sentences):
        if not sentence.row:
            column = None
            continue
        cells = [plain(cell) for cell in cells_of(looker.document.clauses[sentence.start : sentence.end])]
        shares = any("%" in cell for cell in cells)
        titled = next((place for place, cell in enumerate(cells) if any(cue.pattern.search(cell) for cue in guide.columns)), None)
        if titled in (0, None) and not shares and _captioned(looker, guide, index):
            titled = next((place for place, cell in enumerate(cells) if place and _AIM.search(cell)), None)
        if titled is not None and not shares:
            trapped = any(cue.pattern.search(cell) for cue in guide.traps for cell in cells)
            column = None if trapped else titled
        elif column is not None and column < len(cells) and "%" in cells[column]:
            share = percent_in(cells[column])
            if share is not None and guide.least <= share <= guide.most:
                return ReadValue(key=guide.key, label=guide.label, value=share, quote=looker.quote(sentence.low, sentence.high, index))
    return None


def _captioned(looker: Looker, guide: ValueGuide, index: int) -> bool:
    """Whether the first row of a table stands just under words, or a title, that say what its shares are."""
    document = looker.document
    sentence = document.sentences[index]
    before = document.sentences[index - 1] if index else None
    if before is not None and before.row and before.article == sentence.article:
        return False
    said = document.words(before) if before is not None and before.article == sentence.article else document.titles[sentence.article]
    return any(cue.pattern.search(said) for cue in guide.columns) and not any(cue.pattern.search(said) for cue in guide.traps)


def read_values(looker: Looker, recognition: Recognition) -> dict[str, ReadValue]:
    """Every value that the library says how to read."""
    values: dict[str, ReadValue] = {}
    for guide in recognition.values:
        value = read_value(looker, guide, values, recognition.provision(guide.provision).headings)
        if value is not None:
            values[guide.key] = value
    return values


# Of what its writers still choose between, nothing is read but the choice itself.
_CHOSEN_BY_ITS_WORDS = ("liability_cap", "liability_cap_months", "jurisdiction_city")


def settled(values: Mapping[str, ReadValue], marks: Sequence[Quote], choices: Sequence[Quote]) -> dict[str, ReadValue]:
    """The values, without those read within a mark, or in a sentence where several answers are left; the cap is told as it is written."""
    kept: dict[str, ReadValue] = {}
    for key, read in values.items():
        sure = [(one, quote) for one, quote in ((read.value, read.quote), *read.others) if not _within(quote, marks)]
        if not sure or (read.figure is not None and any(one.start <= read.figure[0] and read.figure[1] <= one.end for one in marks)):
            continue
        value = replace(read, value=sure[0][0], quote=sure[0][1], others=tuple(sure[1:]))
        left = next((one.text for one in choices if value.quote.start <= one.start < value.quote.end), None)
        if left is None or key not in _CHOSEN_BY_ITS_WORDS:
            kept[key] = value
        elif key == "liability_cap":
            kept[key] = replace(value, value=f"plafond non arrêté : {left}", others=())
    return kept


def _within(quote: Quote, marks: Sequence[Quote]) -> bool:
    return any(one.start <= quote.start and quote.end <= one.end + 1 for one in marks)


def _is_under_another_title(looker: Looker, guide: ValueGuide, article: int) -> bool:
    """Whether an article, or one above it, bears the title of another matter: « Réversibilité », not « Durée, fin et réversibilité »."""
    titles = (article, *looker.document.articles[article].above)
    trapped = (one for one in titles if looker.title_matches(guide.heading_traps, one))
    return not all(looker.title_matches(guide.own_headings, one) for one in trapped)


def _found(looker: Looker, guide: ValueGuide, evidence: Evidence, values: dict[str, ReadValue]) -> Iterator[tuple[Seen, Any]]:
    for seen in looker.evidence(evidence):
        if _is_under_another_title(looker, guide, looker.document.sentences[seen.sentence].article):
            continue
        for meant in _in_turn(looker, seen) if guide.not_before or evidence.not_after else (seen,):
            if _counts_another(looker, guide, evidence, meant):
                continue
            value = _READERS[guide.kind](looker, meant, evidence, values)
            if value is not None and (not isinstance(value, int | Decimal) or guide.least <= value <= guide.most):
                yield meant, value
                break


def _in_turn(looker: Looker, seen: Seen) -> Iterator[Seen]:
    """What a cue finds in a sentence, then what it finds further on in the same one."""
    sentence = looker.document.sentences[seen.sentence]
    for match in _overlapping(seen.cue.pattern, looker.document.shadow.plain, sentence.low, sentence.high):
        yield Seen(seen.sentence, match, seen.cue)


def _counts_another(looker: Looker, guide: ValueGuide, evidence: Evidence, seen: Seen) -> bool:
    """Whether the words around a length of time say that it counts something else than the value."""
    if "duration" not in seen.match.groupdict() or seen.match["duration"] is None:
        return False
    plain_words, (start, end) = looker.document.shadow.plain, seen.match.span("duration")
    sentence = looker.document.sentences[seen.sentence]
    after = plain_words[end : min(sentence.high, end + _AFTER)].lstrip(" ,")
    # « La période de préavis du Prestataire (3 mois) »: what opens a bracket counts what stands before it.
    before = _CLAUSE.split(plain_words[max(sentence.low, start - _BEFORE) : start].rstrip(" ("))[-1]
    return any(cue.pattern.match(after) is not None for cue in guide.not_before) or any(
        cue.pattern.search(before) is not None for cue in evidence.not_after
    )


def _meant(evidence: Evidence, values: dict[str, ReadValue]) -> int | None:
    """What a cue means by itself: a number, or the value of another guide."""
    if isinstance(evidence.means, str) and evidence.means in values:
        meant = values[evidence.means].value
        return meant if isinstance(meant, int) else None
    return evidence.means if isinstance(evidence.means, int) else None


def _captured(seen: Seen, name: str) -> str | None:
    return seen.match.groupdict().get(name)


def _months(_: Looker, seen: Seen, evidence: Evidence, values: dict[str, ReadValue]) -> int | None:
    if (words := _captured(seen, "duration")) is not None:
        span = span_in(words)
        return None if span is None else _months_of(span)
    if (words := _captured(seen, "dates")) is not None:
        return months_between(words)
    if (words := _captured(seen, "number")) is not None:
        number = number_in(words)
        # « deux fois le prix annuel » is so many times the months of the price.
        return None if number is None else int(number) * (evidence.means if isinstance(evidence.means, int) else 1)
    return _meant(evidence, values)


def _days(_: Looker, seen: Seen, evidence: Evidence, values: dict[str, ReadValue]) -> int | None:
    words = _captured(seen, "duration")
    if words is None:
        return _meant(evidence, values)
    span = span_in(words)
    return None if span is None else _days_of(span)


def _months_of(span: Span) -> int | None:
    """The months of a length of time that counts months or years."""
    return int(span.months().to_integral_value()) if span.unit in (SpanUnit.MONTHS, SpanUnit.YEARS) else None


def _days_of(span: Span) -> int:
    """The days of a length of time, those of the week left as they are."""
    if span.unit in (SpanUnit.BUSINESS_DAYS, SpanUnit.WORKING_DAYS):
        return int(span.count)
    if span.unit is SpanUnit.YEARS:
        return int(span.months()) * DAYS_A_MONTH
    return int(span.days().to_integral_value())


def _percent(_: Looker, seen: Seen, __: Evidence, ___: dict[str, ReadValue]) -> Decimal | None:
    if (words := _captured(seen, "number")) is not None:
        number, half = number_in(words), _AND_A_HALF.match(seen.match.string, seen.match.end("number"))
        return number if number is None or half is None else number + Decimal("0.5")
    if (words := _captured(seen, "percent")) is None:
        return None
    share = percent_in(words)
    return share if share is None or _AND_A_HALF.match(seen.match.string, seen.match.end("percent")) is None else share + Decimal("0.5")


def _words(_: Looker, seen: Seen, evidence: Evidence, __: dict[str, ReadValue]) -> str:
    return str(evidence.means).replace("{cue}", seen.match[0].upper())


def _rate(_: Looker, seen: Seen, evidence: Evidence, __: dict[str, ReadValue]) -> str | None:
    told = str(evidence.means)
    for name, read in (("number", number_in), ("percent", percent_in)):
        if f"{{{name}}}" in told:
            words = _captured(seen, name)
            number = None if words is None else read(words)
            if number is None:
                return None
            told = told.replace(f"{{{name}}}", _figures(number))
    return told


def _figures(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _flag(_: Looker, __: Seen, ___: Evidence, ____: dict[str, ReadValue]) -> bool:
    return True


_TOWN = re.compile(
    r"(?:(?:La|Le|Les|LA|LE|LES)\s|L[’'])?[A-ZÉÈÎÂ][\w’'éèêëàâîïôûüç]+(?:(?:[\s-](?:en|sur|sous|de|du|la|le|les|lès|aux|et|d)){0,2}[\s-][’']?[A-ZÉÈÎÂ][\w’'éèêëàâîïôûüç]+)*"
)
_NO_TOWN = re.compile(
    r"^(?:(?:La|Le|Les|De|Du|Des)$|(?:(?:La|Le|Les)\s|L[’'])?(?:Prestataire|Client|France|Fran[cç]ais|Commerce|Tribunal|Tribunaux|Soci[ée]t[ée]|Cour|Siège|République|Etat|État|Parties|Partie|Titulaire|Monsieur|Grande|Instance|Nonobstant|Seul|Code|Union|Justice|Fournisseur|Vendeur|Éditeur|Editeur|Utilisateur|Proc[ée]dure|Droit|Première|Premiere|Ville|Déduit|Compétent|Paiement|Contrat|Demandeur|Défendeur|Lieu|En|Si|Il|Tout|Celui|Territorialement|Mat[ée]riellement)\b)",
    re.IGNORECASE,
)
_SEAT = re.compile(r"\b(?:siege(?! a )|domicile|residence)\b")
# A country is no town; the one told between brackets beside it is: « tribunaux d'Estonie (Tallinn) ».
_COUNTRY = re.compile(
    r"(?:Allemagne|Angleterre|Autriche|Belgique|Canada|Espagne|Estonie|[EÉ]tats[- ]Unis|Irlande|Italie|Lettonie|Lituanie|Maroc"
    r"|Pays[- ]Bas|Pologne|Portugal|Roumanie|Royaume[- ]Uni|Suisse|Tunisie)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*\((?P<town>[^()]{2,40})\)")
# « les tribunaux de la ville de Reims »: the town is what follows.
_THE_TOWN_OF = re.compile(r"^(?:la |LA |La )?(?:ville|VILLE|Ville) (?:(?:de|DE) |[dD][’'] ?)")
_AFTER_TOWN = re.compile(
    # « PARIS EN CAS DE… », and not « BOURG EN BRESSE ».
    r"\s+(?:EN(?! (?:PROVENCE|VELIN|BRESSE|LAYE|YVELINES|BARROIS|CHAMPAGNE)\b)|EXCLUSIVEMENT|SERA|SERONT|EST|SEUL|SEULS|MEME|MÊME"
    r"|NONOBSTANT|POUR|QUI|ET|Y|QUEL|SONT|AURA|COMP[EÉ]TENTE?S?|MAT[EÉ]RIELLEMENT|TERRITORIALEMENT|EXCLUSIFS?|EXCLUSIVES?|SEULE?S?|A|À)\b.*$"
)


def _overlapping(pattern: re.Pattern[str], plain: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Every place where a pattern matches, those inside another match too."""
    match = pattern.search(plain, low, high)
    while match is not None:
        yield match
        match = pattern.search(plain, match.start() + 1, high)


def _city(looker: Looker, seen: Seen, evidence: Evidence, _: dict[str, ReadValue]) -> str | None:
    """The town that a cue means, or that stands behind the captured words, known by its capital letter in the text."""
    if isinstance(evidence.means, str):
        return evidence.means
    sentence = looker.document.sentences[seen.sentence]
    for match in _overlapping(seen.cue.pattern, looker.document.shadow.plain, sentence.low, sentence.high):
        start, end = looker.document.shadow.span(*match.span("words"))
        # A cell ends there, or a draft leaves it open between two towns; or it is the court of somebody's seat, wherever that is.
        between = looker.document.shadow.plain[match.start() : match.start("words")]
        if any(sign in between for sign in "|[{") or _SEAT.search(between):
            continue
        written = looker.document.text[start:end]
        beside = _BESIDE.match(looker.document.text, end) if _COUNTRY.fullmatch(written.strip()) else None
        if (town := _town(written if beside is None else beside["town"])) is not None:
            # « Le tribunal du Mans » is that of Le Mans.
            return f"Le {town}" if between.endswith("du ") and beside is None and "l'" not in between else town
    return None


def _town(written: str) -> str | None:
    """The town that a few words begin with, by its capital letter."""
    named = _THE_TOWN_OF.sub("", _AFTER_TOWN.sub("", " ".join(written.split())).strip(" *_"))
    found = _TOWN.match(named)
    if found is None or _NO_TOWN.match(found[0]) or _COUNTRY.match(found[0]):
        return None
    town = found[0].title() if found[0].isupper() else found[0]
    town = re.sub(r"[\s-](?:En|Sur|Sous|Lès)[\s-]", lambda between: f"-{between[0][1:-1].lower()}-", town)
    return re.sub(r"^(?:St|Saint)[\s-]+", "Saint-", town)


_READERS: dict[str, Callable[[Looker, Seen, Evidence, dict[str, ReadValue]], Any]] = {
    "months": _months, "days": _days, "percent": _percent, "words": _words, "rate": _rate, "flag": _flag, "city": _city,
}  # fmt: skip
