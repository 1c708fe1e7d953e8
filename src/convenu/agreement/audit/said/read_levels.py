"""Service levels: for each priority, the time to answer and the time to restore, from tables, lists and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.project_steps import STEPS
from convenu.agreement.audit.text.prevailing import FIRST_AMENDMENT
from convenu.agreement.audit.text.segmentation import LEADER, cells_of
from convenu.agreement.audit.words.numbers import DURATION, span_in
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.span import Span, SpanUnit

_DURATION = re.compile(DURATION)
_PRIORITY = re.compile(
    r"(?<![a-z0-9])(?:p ?[0-5]|(?:premier|deuxieme|second|troisieme|quatrieme) (?:rang|degre)|priorites? [0-5]"
    r"|(?:niveau|severite|gravite|criticite|priorite|classe) [0-5]|[sg][1-4]"
    r"|(?:(?<=niveau )|(?<=priorite )|(?<=code )|(?<=alerte ))(?:rouge|orange|jaune|verte?|bleue?|noire?)"
    r"|genante?s?|serieuse?s?|legere?s?"
    r"|(?:semi-?|non[- ])?bloquante?s?|critiques?|(?<!force )majeure?s?|mineure?s?|urgente?s?|importante?s?|haute|elevee?|moyenne|normale?"
    r"|basse|faible|standard|premium|gold|silver|bronze|platinum|free|starter|business|enterprise"
    r"|professional|basic|cosmetique|demandes? de service|information"
    r"|(?:toute? )?autres? (?:demande|incident|anomalie|panne|dysfonctionnement|cas)s?)(?![a-z0-9])"
)
_SAID_PRIORITY = re.compile(
    r"(?<=priorite )(?:critique|urgente?|haute|elevee|moyenne|normale|basse|faible|majeure|mineure|bloquante|[0-5])(?![a-z0-9])"
)
_COLOUR = re.compile(r"\b(?:rouge|orange|jaune|vert|bleu|noir|gris|blanc)(?:es?|s)?\b")
# « de 9 heures à 12 heures » opens a desk; it promises no time.
_HOURS = re.compile(
    r"\d{1,2} ?h(?:eures?)?(?: ?\d{2})? ?(?:a|-|/) ?\d{1,2} ?h"
    r"|\bentre \d{1,2} ?h(?:eures?)?(?: ?\d{2})? et \d{1,2} ?h|du lundi au"
)
# The same hours, from the first figure to the last, so that a time promised beside them is still read.
_OPENING = re.compile(
    r"(?:\bde |\bentre )?\d{1,2} ?h(?:eures?)?(?: ?\d{2})? ?(?:a|-|/) ?\d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
    r"|\bentre \d{1,2} ?h(?:eures?)?(?: ?\d{2})? et \d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
    r"|\bde \d{1,2} a \d{1,2} ?h(?:eures?)?(?: ?\d{2})?(?!\d)"
)
# « avec un temps de réponse de 4 heures »: a time that names itself.
_NAMED_BY = re.compile(
    r"(?:delais?|temps|duree) (?:[a-z]+ ){0,2}(?:de |d')(?:premiere )?"
    r"(?:reponse|prise en (?:charge|compte)|intervention|resolution|retabli[a-z]*|correction|traitement)[^.;,\d]{0,40}$"
    r"|\bgt[ir]\b[^.;,\d]{0,30}$"
)
# Titles of articles where such a time is the one of every call.
_DESK = re.compile(r"\bsupport|assistance|maintenance|\bhotline|depannage|\bsav\b")
_AROUND_THE_CLOCK = re.compile(r"(?:24|7|vingt[- ]quatre|sept) ?(?:h|heures|j|jours) ?(?:sur|/) ?(?:24|7|vingt|sept)")
# The time of an hour or of half of one, said without its number: as many letters with it.
_UNNUMBERED = {"dans l'heure": "dans 1 heure", "dans la demi-heure": "dans 30 minutes   ", "dans la demi heure": "dans 30 minutes   "}
# A table that its file lost, one cell a line: its cells are short, the one that names a priority and those of its times most of all.
_CELL_WORDS = 12
_SHORT_CELL_WORDS = 4
_MOST_COLUMNS = 5
_NO_TIME = re.compile(
    r"^\W*$|^(?:sans objet|neant|non garanti|n/?a|au mieux|meilleurs? efforts?|a planifier|planifiee?|sur devis|selon devis)$"
    r"|^(?:prochaine|nouvelle) (?:version|mise a jour|livraison)|^version suivante"
)
_GAP = re.compile(r" {2,}")
_BRACKETED = re.compile(r"\([^()]{1,120}\)")
# « 72 h (3 jours ouvrés) » tells one time twice.
_AGAIN = re.compile(r" ?\( ?(?:soit |ou )?")
# What parts the promises of one line.
_PARTS = re.compile(r" ?(?:[,;/] | [-–—] )|(?<=[a-z]) et (?=[a-z])")
_NUMBERED = re.compile(r"^\W*(?:\d{1,2}\W+)?")
_UNIT_OF_COLUMN = re.compile(r"\(?(?:en )?((?:minutes|heures|jours)(?: (?:ouvre|ouvrable)e?s)?|min|mn|h)\)?$")
_BARE_NUMBER = re.compile(r"^\d{1,3}$")
_OTHERWISE = re.compile(r",? (?:sinon|en dehors|dans (?:les autres|tous les autres) cas)\b")
_FOR_WHAT = re.compile(r" pour (?:un|une|les|le|la|l'|des|tout|toute) ?(?P<what>[a-z][a-z' -]{2,40}?)(?= ?(?:[,;.]| et | ou |$))")
_SAME_TIMES = re.compile(r"\b(?:ces|les memes|ces memes) (?:delais|temps|engagements)\b|\bils sont\b")
_AND = re.compile(r" ?(?:,|et|ou) (?:de |sous |en )?")
_LONGEST_LIST = 16
_SHORT_LINE = 12
_RESPONSE = re.compile(
    r"(?:prises?|prend|prennent|prendre|prenons) en (?:compte|charge)|repon[sd]|interv(?:en(?!ant)|ien)|gti|acquittement"
    r"|reaction|accuse|rappel|pris en (?:compte|charge)|diagnostic"
    r"|(?:appel|message)(?= (?:dans|sous|en))"
    r"|qualification|response|traiter|traitement|proposer|debut d|commence|(?:prend|prise de|prendre|premier) contact|contact a lieu"
)
# In the title of a column only: in a sentence, what is notified is seldom an incident.
_NOTIFIED = re.compile(r"notif|alerte du client|information du client|premier retour|decroch|prise en main|prises? en$")
_RESTORATION = re.compile(
    r"resol|resou|retabl|restaur|correcti|corrig|contourn|remise en (?:service|etat|route|marche|fonction)|gtr|repar|depann"
    r"|retour (?:au service|en service|a la normale|a un fonctionnement)|satisfai[st]"
)
# Taken up, be it a restoration, a fault is not yet mended.
_TAKEN_UP = re.compile(
    r"(?:prises?|prendre|pris) en (?:compte|charge) (?:de |d'|du |des |la |les |l'|une? )*(?:demandes? de )?"
    r"(?:restaur|repar|correct|resol|depann)"
)
# To put back a file is no mending of a fault.
_DATA_RESTORED = re.compile(
    r"restaur\w+ (?:de |d'|du |des |d'un |d'une |complete )*(?:fichier|donnee|sauvegarde|serveur|dossier|boite|base)"
)
# To keep an attack from spreading answers no call and mends nothing.
_CONTAINED = re.compile(r"confine|endigu|\bisole")
# A way round, where the same table also says when the fault is mended.
_WORKAROUND = re.compile(r"contour(?:n|-|$)|palliati|provisoire|degrade")
_MENDED = re.compile(r"resol|retabli|restaur|correcti|corrig|definiti|remise en|repar|retour")
# What a first column names when its rows are priorities, or services, each with its times.
_KINDS_OF_CALL = re.compile(
    r"priorit|\brangs?\b|severit|gravit|criticit|classe|classif|categor|niveau|\btypes?\b|formule|\boffres?\b|\bplans?\b|\bpacks?\b"
    r"|incident|anomalie|demande|nature|service|impact|urgence|degre|qualification d|couleur|\bsituation|\bcode\b|\bpanne"
)
# « A » or « 1 », alone in its cell: a priority by its letter, or by its rank.
_LETTER, _RANK = re.compile(r"^\s*[a-h]\s*$"), re.compile(r"^\s*[0-5]\s*$")
# What heads the column of a table that sets offers side by side, when anything does.
_OFFERED = re.compile(r"^\W*(?:(?:offre|formule|plan|pack|abonnement|contrat|option)s?|niveaux?(?: de service| de support)?)?\W*$")
_NO_OFFER = re.compile(r"client|prestataire|titulaire|objectif|seuil|penalit|description|indicateur|mesure|engagement|valeur|cible|unite")
_NAME = re.compile(r"[^\W\d_][^|:;(,—–/]*?(?=\s*(?:[:;(,—–/]| - |$))")
_MOST_NAME_WORDS = 6
_INCIDENT = re.compile(
    r"incident|anomalie|ticket|panne|dysfonctionnement|demande|probleme|severite|priorite|gravite|criticite|bloquant|gtr|gti|bug|\b[pg][1-5]\b"
)
_NOT_LEVELS = re.compile(
    r"paiement|mise en demeure|resili|preavis|facture|penalit|confidential|violation|sauvegarde|rpo|rto|conserv|donnees a caractere"
    r"|recette|livraison|suspen|interromp|relance|mises? a jour|vulnerab|\bfailles?\b|correctifs? de securite|publication"
    r"|pour (?:nous|le) le dire|reputee?s?\b|reserves|\baucun delai|par exemple|\bn'est (?:pas )?garanti"
    r"|\bnon (?:resolu|retabli|traite|corrige|repare|pris en charge)e?s?\b|\bexercice (?:de |des |d'un )?(?:leurs? )?droits?\b"
    r"|\bouvre(?:nt)? droit|\ba titre d'exemple|\bsi [^.;]{0,60}n'est pas (?:resolu|retabli|traite|corrige|repare|pris)"
    r"|\ble client [^.;]{0,30}\b(?:repond|fournit|transmet|communique|donne)\b|\brapports?\b"
    r"|\b(?:intervention|heure|tranche|periode|journee)s? (?:commencee|entamee)s?\b"
    r"|\b(?:moyens?|moyenne) (?:constate|observe)|\b(?:reponse|retour|validation) du client\b"
    r"|\b(?:defaut|absence) d'accord|\btribuna(?:l|ux)\b|\bexporta|\bl'export\b|\bportabilite"
    r"|\b(?:inform|averti|previen)[a-z]* [^.;]{0,60}\bde (?:l'execution|la realisation|l'achevement|la date|la fin)\b"
    r"|\bforce majeure|\btoutes les \d|\btous les \d|sans reponse|\b(?:vous|le client) ne [a-z]+ pas\b|\bclos\b|clotur"
)
_NOT_CALLS = re.compile(r"retention|livrable|frequence|comite|jalon|\betapes?\b|\bphases?\b|recette")
# What a time promised to everybody answers.
_CALL = re.compile(
    r"incident|anomalie|panne|dysfonctionnement|ticket|bug|\bappel(?:s|ez|er)?\b(?! en garantie)|interven(?!ant)|depann"
    r"|votre demande|assistance|signalisation|\bpr(?:end|ennent|enons) en charge [^.;]{0,10}demandes"
    r"|\b(?:prestataire|hebergeur|operateur|titulaire|editeur|mainteneur|technicien|equipe)s? (?:[a-z]+ )?intervien"
    r"|repon[a-z]+ a (?:toute|chaque|vos) demande|\bgt[ir]\b"
    r"|\b(?:toute|chaque) demande (?:recoit|obtient|est (?:prise en|traitee|acquittee))"
)
# « Questions générales : 48 heures ouvrées », under the title of such times.
_NAMED_TIME = re.compile(
    rf"^\W{{0,4}}(?P<name>[a-z][^:|;.]{{2,60}}?) ?: ?(?:sous |moins de |en )?(?P<time>{DURATION})(?: ?\([^)]{{1,30}}\))? ?[.;,]?$"
)
# « Bloquant (personne ne peut travailler) : », « Priorité 1 - ».
_TIMED_LINE = re.compile(r"^\W{0,4}(?P<name>[a-z][^:|;.()]{0,50}?)(?: ?\([^)]{0,120}\))? ?(?::| [-–—] )")
# « Option GTR Or : … »: an offer that bears the name of its times.
_OFFER_OF_TIMES = re.compile(r"^(?:(?:option|garantie|formule|niveau) )*gt[ir] (?=[a-z])")
# How far from a timed line another one stands, where both are of one list.
_NEXT_ITEM = 2
_TIMES_OF_CALLS = re.compile(
    r"(?:delais?|temps|engagements?) (?:[a-z]+ )?(?:de |d')(?:premiere )?"
    r"(?:reponse|prise en|intervention|traitement|resolution|retabli|correction)|\bgt[ir]\b"
)
# Titles under which a length of time is a level of service.
_LEVELS = re.compile(
    r"niveaux? de service|\bsla\b|\bgt[ir]\b"
    r"|(?:delais?|temps) (?:de |d')(?:premiere )?(?:reponse|traitement|resolution|correction|intervention|prise en|retabli)"
)
# « Les délais s'entendent en jours ouvrés »: what the days of a table are, said beside it.
_OPEN_DAYS = re.compile(
    r"\b(?:heures|jours|delais|temps|durees)\b[^.;|]{0,60}\b(?:sont|s'entend\w*|exprim\w+|compt\w+|courent|calcul\w+|decompt\w+)\b"
    r"[^.;|\d]{0,40}\b(?P<open>ouvre|ouvrable)e?s\b"
)
# Hours to spend are no promise of time.
_QUOTA = re.compile(r"\bquotas?\b|\bcredits? d'heures|\bbanque d'heures")
_FEMININE = {
    "bloquant": "Bloquante",
    "majeur": "Majeure",
    "mineur": "Mineure",
    "urgent": "Urgente",
    "important": "Importante",
    "genant": "Gênante",
    "genante": "Gênante",
    "eleve": "Élevée",
    "elevee": "Élevée",
}
_RANKS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
# Offers of one service: beside priorities, what each promises is not another priority.
_OFFERS = frozenset(
    ("Standard", "Premium", "Gold", "Silver", "Bronze", "Platinum", "Free", "Starter", "Business", "Enterprise", "Professional", "Basic")
)
_SCALES = {"severite": "Sévérité", "gravite": "Gravité", "criticite": "Criticité"}
_LONGEST_DAYS = 60
# A time promised for every call alike.
ALL = "all"
_UNITS = {
    SpanUnit.MINUTES: "min",
    SpanUnit.BUSINESS_MINUTES: "min",
    SpanUnit.HOURS: "h",
    SpanUnit.BUSINESS_HOURS: "h ouvrées",
    SpanUnit.DAYS: "jours",
    SpanUnit.BUSINESS_DAYS: "jours ouvrés",
    SpanUnit.WORKING_DAYS: "jours ouvrables",
    SpanUnit.WEEKS: "semaines",
    SpanUnit.MONTHS: "mois",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLevel:
    """What is promised for one priority, with the words it was read in."""

    priority: str
    response: Span | None
    restoration: Span | None
    workaround: Span | None = None
    quote: Quote

    @property
    def rank(self) -> str | None:
        """The rank of a numbered priority as our terms name it, whatever its scale: P1 for « Sévérité 1 » and for « Premier rang »."""
        rank = _RANKS.get(plain(self.priority.split()[0]), self.priority[-1])
        return f"P{rank}" if str(rank).isdigit() else None

    def as_json(self) -> dict[str, str | None]:
        """The priority and its times as written; the time to a way round where the contract promises one beside the mending."""
        told = {"priority": self.priority, "response": _said(self.response), "restoration": _said(self.restoration)}
        return told | ({"workaround": _said(self.workaround)} if self.workaround is not None else {})


def read_levels(looker: Looker) -> tuple[ReadLevel, ...]:
    """The levels of a contract, one a priority: what a table says, else lists and sentences; an amendment's before those that it amends."""
    ways = (_in_tables, _in_lines, _under_their_names, _in_timed_items, _in_named_items)
    tables = next((levels for way in ways if (levels := tuple(way(looker)))), ())
    # Where a table names the priorities, sentences complete them and add none.
    sentences = (level for level in _in_sentences(looker, rows=not tables) if not tables or _lacks_a_time(looker, tables, level))
    found: list[ReadLevel] = []
    for level in _in_force(looker, [*tables, *sentences]):
        place = next((index for index, before in enumerate(found) if _completes(before, level)), None)
        if place is None:
            found.append(level)
        else:
            found[place] = _completed(found[place], level)
    found = [_in_open_days(looker, level) for level in found]
    apart = [level for level in found if level.priority != ALL]
    if any(level.rank for level in apart):
        apart = [level for level in apart if level.priority not in _OFFERS]
    return tuple(apart or found)


def _in_force(looker: Looker, levels: list[ReadLevel]) -> list[ReadLevel]:
    """The levels without what an amendment replaced: each time of a priority is the last that an amendment gives it."""
    ranks = [looker.precedence[looker.sentence_at(level.quote.start)] for level in levels]
    amended = [(level, rank) for level, rank in zip(levels, ranks, strict=True) if rank >= FIRST_AMENDMENT]
    kept = []
    for level, rank in zip(levels, ranks, strict=True):
        later = [one for one, after in amended if after > rank and one.priority == level.priority]
        left = replace(
            level,
            response=level.response if all(one.response is None for one in later) else None,
            restoration=level.restoration if all(one.restoration is None for one in later) else None,
            workaround=level.workaround if all(one.workaround is None for one in later) else None,
        )
        if left.response is not None or left.restoration is not None or left.workaround is not None:
            kept.append(left)
    return kept


def _lacks_a_time(looker: Looker, tables: tuple[ReadLevel, ...], level: ReadLevel) -> bool:
    """Whether a table names the priority of a sentence without the time that the sentence adds, or that an amendment gives it."""
    amends = looker.precedence[looker.sentence_at(level.quote.start)] >= FIRST_AMENDMENT
    beside = [one for one in tables if one.priority == level.priority]
    kinds = [name for name in ("response", "restoration", "workaround") if getattr(level, name) is not None]
    return bool(beside) and (amends or not any(getattr(one, name) is not None for one in beside for name in kinds))


def _in_open_days(looker: Looker, level: ReadLevel) -> ReadLevel:
    """A level whose days are open ones, where a sentence of its article says that they all are."""
    document = looker.document
    article = document.sentences[looker.sentence_at(level.quote.start)].article
    said = next(
        (found["open"] for one in document.inside[article] if (found := _OPEN_DAYS.search(document.words(document.sentences[one])))), None
    )
    if said is None:
        return level
    days = SpanUnit.BUSINESS_DAYS if said == "ouvre" else SpanUnit.WORKING_DAYS
    units = {SpanUnit.DAYS: days, SpanUnit.HOURS: SpanUnit.BUSINESS_HOURS}

    def opened(span: Span | None) -> Span | None:
        return None if span is None else Span(span.count, units.get(span.unit, span.unit))

    return replace(level, response=opened(level.response), restoration=opened(level.restoration), workaround=opened(level.workaround))


def _completed(before: ReadLevel, level: ReadLevel) -> ReadLevel:
    """A level with the times that another reading of it adds."""
    return replace(
        before,
        response=before.response or level.response,
        restoration=before.restoration or level.restoration,
        workaround=before.workaround or level.workaround,
    )


def _completes(before: ReadLevel, level: ReadLevel) -> bool:
    """Whether two readings are of one level: the same priority, and no time that differs."""
    return before.priority == level.priority and all(
        one is None or other is None or one == other
        for one, other in ((before.response, level.response), (before.restoration, level.restoration))
    )


def _in_tables(looker: Looker) -> Iterator[ReadLevel]:
    """Rows under a header that names the times, each a priority and its times; or rows of times under a header of priorities."""
    header: list[str] = []
    priorities: list[str | None] = []
    named_first = self_titled = cut = False
    for index, sentence in enumerate(looker.document.sentences):
        if not sentence.row:
            # What a page prints at its head may part the titles of a table from its rows.
            cut = bool(header) and not cut and looker.document.sentences[index - 1].row and _is_short(looker, index)
            header, priorities, named_first, self_titled = header if cut else [], [], False, False
            continue
        written = _cells(looker.document.clauses[sentence.start : sentence.end])
        cells = [plain(cell) for cell in written]
        if _heads(cells):
            header, cut = cells, False
            continue
        if cut and len(cells) != len(header):
            header = []
        cut = False
        if named := _side_by_side(written, cells, offers=not header and not priorities):
            priorities = named
            continue
        quote = looker.quote(sentence.low, sentence.high, index)
        if len(priorities) == len(cells) - 1 and (kind := _column_kind(cells[0])) is not None:
            yield from (
                _timed(name, {kind: span}, quote)
                for name, cell in zip(priorities, cells[1:], strict=True)
                if name is not None and (span := _span(cell)) is not None
            )
            continue
        # Where the first column names the priorities above, the second describes what this row names.
        priority = next((name for cell in cells[: 1 if named_first else 2] if (name := _priority(cell))), None)
        named_first = named_first or (priority is not None and priority == _priority(cells[0]))
        if header and _names_calls(header[0]) and (_LETTER.match(cells[0]) or _RANK.match(cells[0])):
            priority = _name(cells[0].strip()).upper()
        priority = priority or (_written_name(written[0]) if header and _names_calls(header[0]) else None)
        if not header:
            # A row without titles says its times by their names: « bloquant ..... réponse 30 min ..... remise en route 3 h ».
            priority = _priority(cells[0]) or (_written_name(written[0]) if self_titled else None)
            times = {} if _among_steps(looker, index) else _own_times(cells)
            self_titled = priority is not None and bool(times)
        else:
            times = _times(header, cells)
        if priority is not None and times:
            yield _timed(priority, times, quote)


def _side_by_side(written: list[str], cells: list[str], *, offers: bool) -> list[str | None]:
    """The priorities that a row sets side by side, or the offers, by the names that the contract gives them; none where it sets none."""
    named = [_priority(cell) for cell in cells[1:]]
    if len(named) > 1 and all(named):
        # Where nothing stands in the corner, the first cell names a priority too.
        corner = _priority(cells[0])
        return [corner, *named] if corner is not None else named
    if not offers:
        return []
    names = [_written_name(one) for one in written[1:]]
    several = len(names) > 1 and all(names) and _OFFERED.match(cells[0]) is not None
    return names if several and not any(_NO_OFFER.search(cell) or _column_kind(cell) is not None for cell in cells) else []


def _numbered(words: str) -> str:
    for said, counted in _UNNUMBERED.items():
        words = words.replace(said, counted)
    return words


def _is_short(looker: Looker, index: int) -> bool:
    words = looker.document.words(looker.document.sentences[index])
    return len(words.split()) <= _CELL_WORDS and _DURATION.search(words) is None


def _among_steps(looker: Looker, index: int) -> bool:
    """Whether the rows around one are the steps of a project."""
    sentences = looker.document.sentences
    low = high = index
    while low and sentences[low - 1].row:
        low -= 1
    while high + 1 < len(sentences) and sentences[high + 1].row:
        high += 1
    first, *others = (cells_of(looker.document.words(one))[0] for one in sentences[low : high + 1])
    return STEPS.search(first) is not None or any(STEPS.match(_NUMBERED.sub("", one)) for one in others)


def _own_times(cells: list[str]) -> dict[str, Span]:
    """The times of a row, each named beside it; or the first one, where the first cell says what it is: « Prise en charge, bloquant »."""
    times: dict[str, Span] = {}
    if _NOT_LEVELS.search(cells[0]):
        return times
    parts = [part for cell in cells[1:] if not _NOT_LEVELS.search(cell) for part in _PARTS.split(cell)]
    for part in parts:
        kind, span = _column_kind(part), _span(part)
        if kind is not None and span is not None:
            times.setdefault(kind, span)
    kind = _column_kind(cells[0]) if _priority(cells[0]) is not None else None
    if not times and kind is not None and (span := next((span for part in parts if (span := _span(part)) is not None), None)) is not None:
        times[kind] = span
    return times


def _cells(row: str) -> list[str]:
    """The cells of a row; where spaces set its columns apart, a long cell leaves only two of them before the next."""
    return cells_of(row) if "|" in row or "\t" in row.strip() or LEADER.search(row) else _GAP.split(row.strip())


def _in_lines(looker: Looker) -> Iterator[ReadLevel]:
    """The rows of a table written one cell a line: the titles of its columns, then each priority with as many times as titles of times."""
    document = looker.document
    at = 0
    while at < len(document.sentences):
        heads = _column_lines(looker, at)
        if not heads:
            at += 1
            continue
        kinds = [kind for title in heads if (kind := _column_kind(title)) is not None]
        at += len(heads)
        while (row := _row_lines(looker, at := _next_row(looker, at))) is not None:
            priority, spans, following = row
            times = {kind: span for kind, span in zip(kinds, spans, strict=False) if span is not None}
            if times and len(spans) == len(kinds):
                sentence = document.sentences[at]
                yield _timed(priority, times, looker.quote(sentence.low, document.sentences[following - 1].high))
            at = following


def _in_named_items(looker: Looker) -> Iterator[ReadLevel]:
    """The items of a list of times, each under a name that may be no priority: « Questions générales : 48 heures »."""
    document = looker.document
    items: list[tuple[int, re.Match[str], str]] = []
    for index, sentence in enumerate(document.sentences):
        found = None if sentence.row else _NAMED_TIME.match(document.words(sentence).strip())
        lead = "" if found is None else f"{document.titles[sentence.article]} {_lead(looker, index)}"
        if (
            found is not None
            and _column_kind(found["name"]) is None
            and _TIMES_OF_CALLS.search(lead)
            and not _NOT_LEVELS.search(f"{lead} {found[0]}")
        ):
            items.append((index, found, lead))
    for index, found, lead in items:
        sentence = document.sentences[index]
        beside = [other["name"] for place, other, _ in items if document.sentences[place].article == sentence.article]
        if len(beside) == 1 or all(_priority(name) for name in beside):
            # The sentences read priorities by themselves.
            continue
        name = _written_name(document.clauses[sentence.start : sentence.end].lstrip(" -•*–—"))
        kind, span = _column_kind(lead), _span(found["time"])
        if name is not None and kind is not None and span is not None:
            yield _timed(name, {kind: span}, looker.quote(sentence.low, sentence.high, index))


def _under_their_names(looker: Looker) -> Iterator[ReadLevel]:
    """Priorities that stand alone on a line, each above the lines of its times: « Sévérité 1 », then « Prise en charge : 15 minutes »."""
    document = looker.document
    told: dict[str, tuple[dict[str, Span], int, int]] = {}
    name: str | None = None
    for index, sentence in enumerate(document.sentences):
        words = document.words(sentence).strip()
        timed = None if sentence.row else _NAMED_TIME.match(words)
        if not sentence.row and len(words.split()) <= _SHORT_CELL_WORDS and _DURATION.search(words) is None:
            name = _priority(words)
        elif timed is None or name is None or (kind := _column_kind(timed["name"])) is None or (span := _span(timed["time"])) is None:
            name = None
        else:
            times, low, _ = told.setdefault(name, ({}, index, index))
            times.setdefault(kind, span)
            told[name] = (times, low, index)
    if len(told) > 1:
        for priority, (times, low, high) in told.items():
            yield _timed(priority, times, looker.quote(document.sentences[low].low, document.sentences[high].high))


def _in_timed_items(looker: Looker) -> Iterator[ReadLevel]:
    """The lines of a list that each say their times by their names: « Bloquant (arrêt) : réponse 1 heure, contournement 8 heures »."""
    document = looker.document
    items: list[tuple[int, str, dict[str, Span]]] = []
    for index, sentence in enumerate(document.sentences):
        if sentence.row or (found := _TIMED_LINE.match(words := document.words(sentence))) is None:
            continue
        parts = [part for part in _PARTS.split(words[found.end() :]) if not _NOT_LEVELS.search(part)]
        told = [(kind, span) for part in parts if (kind := _column_kind(part)) is not None and (span := _span(part)) is not None]
        name = _priority(found["name"]) or _written_name(document.clauses[sentence.start : sentence.end].lstrip(" -•*–—"))
        untimed = _column_kind(_OFFER_OF_TIMES.sub("", found["name"])) is None
        if told and name is not None and untimed and not _NOT_LEVELS.search(found["name"]):
            mended = any(_MENDED.search(part) for part in parts)
            times: dict[str, Span] = {}
            for kind, span in told:
                times.setdefault("restoration" if kind == "workaround" and not mended else kind, span)
            items.append((index, name, times))
    for index, name, times in items:
        sentence = document.sentences[index]
        near = [other for place, other, _ in items if 0 < abs(place - index) <= _NEXT_ITEM]
        title = " ".join(document.titles[one] for one in (sentence.article, *document.articles[sentence.article].above))
        of_calls = (
            any(_PRIORITY.search(plain(one)) or _INCIDENT.search(plain(one)) for one in (name, *near))
            or _INCIDENT.search(title)
            or _TIMES_OF_CALLS.search(title)
        )
        if of_calls and any(other != name for other in near):
            yield _timed(name, times, looker.quote(sentence.low, sentence.high, index))


def _next_row(looker: Looker, start: int) -> int:
    """Where the next row begins, past the cells of the columns that name no time."""
    for place, words in zip(range(start, start + _MOST_COLUMNS), _lines(looker, start), strict=False):
        if _priority(words) and _span(words) is None:
            return place
    return start


def _lines(looker: Looker, start: int) -> Iterator[str]:
    """The short sentences that follow one another from a place, in one article."""
    document = looker.document
    for place in range(start, len(document.sentences)):
        sentence = document.sentences[place]
        words = document.words(sentence).strip()
        if sentence.row or sentence.article != document.sentences[start].article or len(words.split()) > _CELL_WORDS:
            return
        yield words


def _column_lines(looker: Looker, start: int) -> list[str]:
    """The titles of columns that begin at a place: what names the calls, then the others up to the last that names times."""
    titles: list[str] = []
    for words in _lines(looker, start):
        if len(titles) == _MOST_COLUMNS or len(words.split()) > _SHORT_CELL_WORDS or _DURATION.search(words) or _priority(words):
            break
        titles.append(words)
    while titles and _column_kind(titles[-1]) is None:
        titles.pop()
    named = len(titles) > 1 and _column_kind(titles[0]) is None and _names_calls(titles[0])
    return titles if named and not any(_NOT_LEVELS.search(title) or _NOT_CALLS.search(title) for title in titles) else []


def _row_lines(looker: Looker, start: int) -> tuple[str, list[Span | None], int] | None:
    """The priority that a line names, the times of the lines after it, and where the next row begins; None where no row does."""
    name: str | None = None
    spans: list[Span | None] = []
    end = start
    for end, words in enumerate(_lines(looker, start), start):
        short = len(words.split()) <= _SHORT_CELL_WORDS
        span = _span(words) if short else None
        here = _priority(words) if short and span is None else None
        if name is None:
            if here is None:
                return None
            name = here
        elif span is not None or _NO_TIME.match(words):
            spans.append(span)
        elif spans:
            return name, spans, end
    return (name, spans, end + 1) if name is not None and spans else None


def _timed(priority: str, times: Mapping[str, Span], quote: Quote) -> ReadLevel:
    """A level with its times, by their kind."""
    return ReadLevel(
        priority=priority,
        response=times.get("response"),
        restoration=times.get("restoration"),
        workaround=times.get("workaround"),
        quote=quote,
    )


def _heads(cells: list[str]) -> bool:
    """Whether a row heads a table of times."""
    if any(_DURATION.search(cell) or _NOT_CALLS.search(cell) for cell in cells):
        return False
    # A table of times may say what missing them costs, in a column of its own.
    apart = [cell for cell in cells if _NOT_LEVELS.search(cell)]
    timed = any(_column_kind(cell) is not None for cell in cells if cell not in apart)
    return timed and (not apart or (cells[0] not in apart and _names_calls(cells[0])))


def _column_kind(title: str) -> str | None:
    """What the times of a column, or of a row, are."""
    if _DATA_RESTORED.search(title) or _CONTAINED.search(title):
        return None
    if _TAKEN_UP.search(title):
        return "response"
    if _WORKAROUND.search(title) and not _MENDED.search(title):
        return "workaround"
    if _RESTORATION.search(title):
        return "restoration"
    return "response" if _RESPONSE.search(title) or _NOTIFIED.search(title) else None


def _names_calls(first: str) -> bool:
    """Whether a first column names what is called for: priorities, kinds of incidents, services."""
    return not first.strip() or bool(_KINDS_OF_CALL.search(first))


def _written_name(cell: str) -> str | None:
    """The name that a contract gives to a priority, as it writes it."""
    found = _NAME.match(cell.strip(" *_`"))
    name = found[0].strip(" *_`") if found is not None else ""
    return name if name and len(name.split()) <= _MOST_NAME_WORDS and not _DURATION.search(plain(name)) else None


def _times(header: list[str], cells: list[str]) -> dict[str, Span]:
    """The times of a row by the titles of its columns, which stand one above the other from the right."""
    mended = any(_MENDED.search(title) and not _WORKAROUND.search(title) for title in header)
    times: dict[str, Span] = {}
    columns = min(len(header), len(cells))
    for title, cell in zip(header[-columns:], cells[-columns:], strict=True):
        span = _span(cell) or _counted_by(title, cell)
        if span is None or _NOT_LEVELS.search(title):
            continue
        if mended and _WORKAROUND.search(title):
            times.setdefault("workaround", span)
        elif _RESTORATION.search(title):
            times.setdefault("restoration", span)
        elif _column_kind(title) == "response":
            times.setdefault("response", span)
    return times


def _counted_by(title: str, cell: str) -> Span | None:
    """The time of a cell that holds a bare number, in the unit that the title of its column gives: « Réponse (heures ouvrées) »."""
    unit = _UNIT_OF_COLUMN.search(title)
    return _span(f"{cell.strip()} {unit[1]}") if unit is not None and _BARE_NUMBER.match(cell.strip()) else None


def _in_sentences(looker: Looker, *, rows: bool) -> Iterator[ReadLevel]:
    """What sentences promise; the rows of tables too, when no table was understood by its header."""
    for index, sentence in enumerate(looker.document.sentences):
        words = _numbered(looker.document.words(sentence))
        if (sentence.row and (not rows or _among_steps(looker, index))) or _NOT_LEVELS.search(words):
            continue
        if _HOURS.search(words):
            words = _without_hours(words)
        if not _DURATION.search(words):
            continue
        title = " ".join(looker.document.titles[one] for one in (sentence.article, *looker.document.articles[sentence.article].above))
        if _QUOTA.search(words) or _QUOTA.search(title):
            continue
        if sentence.article in looker.document.definitions and not _INCIDENT.search(words):
            continue
        told = tuple(_of_the_sentence_before(looker, index, words))
        yield from told or _in_sentence(looker, index, words, f"{title} {_lead(looker, index)}")


def _without_hours(words: str) -> str:
    """A sentence of opening hours without any time but those that name themselves; as many letters with it."""
    words = _OPENING.sub(lambda found: " " * len(found[0]), words)
    return _DURATION.sub(lambda found: found[0] if _NAMED_BY.search(words, 0, found.start()) else " " * len(found[0]), words)


def _of_the_sentence_before(looker: Looker, index: int, words: str) -> Iterator[ReadLevel]:
    """Times told of what the sentence before names.

    Its kinds: « Pour la priorité 2, ces délais sont d'une heure et de huit heures »; or its priorities: « Il les résout respectivement
    sous 8 heures et sous 3 jours ».
    """
    document = looker.document
    if not index or document.sentences[index - 1].row or document.sentences[index - 1].article != document.sentences[index].article:
        return
    before = _numbered(document.words(document.sentences[index - 1]))
    names, named_before = _priorities(words), _priorities(before)
    found = [(one, span) for one in _DURATION.finditer(words) if (span := _span(one[0])) is not None]
    kinds = [_kind(before, one.start(), "") for one in _DURATION.finditer(before) if _span(one[0]) is not None]
    quote = looker.quote(document.sentences[index].low, document.sentences[index].high, index)
    if _SAME_TIMES.search(words) is not None and len(names) == 1 and len(kinds) == len(found) == len({*kinds} - {None}) > 1:
        yield _timed(_name(names[0][0]), {kind: span for kind, (_, span) in zip(kinds, found, strict=True) if kind is not None}, quote)
    elif "respectivement" in words and not names and len(named_before) == len(found) > 1:
        for name, (one, span) in zip(named_before, found, strict=True):
            if (kind := _kind(words, one.start(), "")) is not None:
                yield _timed(_name(name[0]), {kind: span}, quote)


def _priorities(words: str) -> list[re.Match[str]]:
    return list(_SAID_PRIORITY.finditer(words)) or _outside(words, list(_PRIORITY.finditer(words))) or _colours(words)


def _outside(words: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The priorities without those that only tell, between brackets, what another one is: « Important (fonction majeure) »."""
    told = [one.span() for one in _BRACKETED.finditer(words)]
    apart = [one for one in found if one[0][-1].isdigit() or not any(low < one.start() < high for low, high in told)]
    return apart or found


def _lead(looker: Looker, index: int) -> str:
    """The words that open the list of which a sentence is an item."""
    document = looker.document
    article = document.sentences[index].article
    for before in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
        if document.sentences[before].article != article:
            return ""
        words = document.words(document.sentences[before])
        opens = words.rstrip().endswith(":") or len(words.split()) <= _SHORT_LINE
        if opens and (_RESPONSE.search(words) or _RESTORATION.search(words)):
            return words
    return ""


def _in_sentence(looker: Looker, index: int, words: str, title: str) -> Iterator[ReadLevel]:
    priorities = _priorities(words)
    sentence = looker.document.sentences[index]
    about = any(pattern.search(where) for pattern in (_CALL, _INCIDENT) for where in (words, title)) or _LEVELS.search(f"{title} {words}")
    if not about:
        return
    if not priorities and (things := _by_what_fails(words)):
        for found, name in things:
            kind = _kind(words, found.start(), title)
            if kind is not None and (span := _span(found[0])) is not None:
                yield _timed(name, {kind: span}, looker.quote(found.start() + sentence.low, found.end() + sentence.low, index))
        return
    told: set[str] = set()
    kind = None
    last = 0
    following = _following(words, priorities)
    for found in _DURATION.finditer(words):
        span = _span(found[0])
        if span is None or _AROUND_THE_CLOCK.match(words, found.start()) or _OTHERWISE.match(words, found.end()):
            continue
        if last and _AGAIN.fullmatch(words, last, found.start()):
            continue
        before = [one for one in priorities if one.end() <= found.start()]
        before = [one for one in before if one[0][-1].isdigit()] or before
        priority = _name(before[-1][0]) if before else _name(priorities[0][0]) if len(priorities) == 1 else _priority(title)
        priority = following.get(found.start()) or priority or (ALL if not priorities else None)
        # « sous 2 heures et 4 heures »: the second time is of the first one's kind.
        if not _AND.fullmatch(words, last, found.start()):
            kind = _kind(words, found.start(), title)
        last = found.end()
        of_calls = _CALL.search(words) or (_DESK.search(title) and _NAMED_BY.search(words, 0, found.start()))
        if priority is None or kind is None or (priority == ALL and (kind in told or not of_calls)):
            continue
        told.add(kind)
        yield ReadLevel(
            priority=priority,
            response=span if kind == "response" else None,
            restoration=span if kind == "restoration" else None,
            quote=looker.quote(found.start() + sentence.low, found.end() + sentence.low, index),
        )


def _by_what_fails(words: str) -> list[tuple[re.Match[str], str]]:
    """The lengths of time that each name what they are for: « sous 8 heures pour un serveur, sous 16 heures pour un poste »."""
    spans = [one for one in _DURATION.finditer(words) if _span(one[0]) is not None]
    named = [_FOR_WHAT.search(words, one.end(), after.start()) for one, after in pairwise(spans)]
    named += [_FOR_WHAT.search(words, one.end()) for one in spans[-1:]]
    told = [(one, name["what"].capitalize()) for one, name in zip(spans, named, strict=True) if name is not None]
    return told if len(told) == len(spans) > 1 else []


def _colours(words: str) -> list[re.Match[str]]:
    """The colours that a sentence names one after the other, which are priorities: « rouge une heure, orange quatre heures »."""
    found = list(_COLOUR.finditer(words))
    return found if len({one[0].rstrip("es") for one in found}) > 1 else []


def _following(words: str, priorities: list[re.Match[str]]) -> dict[int, str]:
    """The priority of each length of time, by its place, named after it (« 4 heures pour une panne bloquante ») or in their order."""
    spans = [one for one in _DURATION.finditer(words) if _span(one[0]) is not None]
    many = len(priorities)
    # Times as many as the priorities, told one after the other once all are named: « P1 sous 1 h, P2 sous 4 h ; rétablis sous 4 h et 8 h ».
    after = [span for span in spans if priorities and span.start() > priorities[-1].end()]
    if many > 1 and len(spans) == 2 * many and len(after) == many + 1:
        return {span.start(): _name(name[0]) for span, name in zip(after[1:], priorities, strict=True)}
    if "respectivement" in words and many > 1 and len(spans) % many == 0:
        return {span.start(): _name(priorities[place % many][0]) for place, span in enumerate(spans)}
    if len(spans) != many or any(span.end() > name.start() for span, name in zip(spans, priorities, strict=True)):
        return {}
    return {span.start(): _name(name[0]) for span, name in zip(spans, priorities, strict=True)}


def _kind(words: str, at: int, title: str) -> str | None:
    """Whether a length of time answers or restores: the nearest word that says so before it, else after it, else in the title."""
    nearest: tuple[int, str | None] | None = None
    for pattern, name in ((_RESPONSE, "response"), (_RESTORATION, "restoration"), (_CONTAINED, None)):
        for found in pattern.finditer(words):
            if ";" in words[at : found.start()]:
                break
            distance = at - found.start() if found.start() < at else 2 * (found.start() - at) + 10
            if nearest is None or distance < nearest[0]:
                nearest = (distance, name)
    if nearest is not None:
        return nearest[1]
    if _RESTORATION.search(title):
        return "restoration"
    return "response" if _RESPONSE.search(title) else None


def _priority(cell: str) -> str | None:
    """The priority that a cell names; of « critique / bloquante », the one that says what is stopped."""
    found = [one[0] for one in _outside(cell, list(_PRIORITY.finditer(cell)))]
    numbered = [one for one in found if one[-1].isdigit()]
    return _name(next((one for one in found if one.startswith("bloquant") and not numbered), (numbered or found)[0])) if found else None


def _name(words: str) -> str:
    """« Critique », « P1 », « Sévérité 1 »: one name for each way to write a priority; another scale than priorities keeps its name."""
    number = re.search(r"[0-5]$", words)
    if words.isdigit():
        return f"P{words}"
    if number is not None:
        scale = words[: number.start()].strip()
        return f"P{number[0]}" if scale in ("p", "priorite", "priorites") else _on_a_scale(scale, number[0])
    if "autre" in words:
        return words.capitalize()
    if words.endswith(("rang", "degre")):
        return re.sub("ieme", "ième", words).replace("degre", "degré").capitalize()
    stem = re.sub(r"(?<=[a-z]{4})(?<!s)s$", "", words)
    return _FEMININE.get(stem, stem.capitalize())


def _on_a_scale(scale: str, number: str) -> str:
    """« Sévérité 1 », « G1 »."""
    return f"{scale.upper()}{number}" if len(scale) == 1 else f"{_SCALES.get(scale, scale.capitalize())} {number}"


def _span(words: str) -> Span | None:
    found = _DURATION.search(words)
    span = span_in(found[0]) if found is not None else None
    return span if span is not None and span.unit not in (SpanUnit.MONTHS, SpanUnit.YEARS) and span.days() <= _LONGEST_DAYS else None


def _said(span: Span | None) -> str | None:
    return None if span is None else f"{span.count.normalize():f} {_UNITS[span.unit]}"
