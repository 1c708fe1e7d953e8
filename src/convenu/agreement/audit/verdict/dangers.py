"""Dangerous words that a stranger's contract holds and no term of ours says: each a finding with the sentence that shows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import takewhile

from convenu.agreement.audit.guides.guides import Danger, Recognition, Seat, Telling
from convenu.agreement.audit.looking.best_words import best_first, best_of_the_service
from convenu.agreement.audit.looking.looking import Looker, Quote, Seen
from convenu.agreement.audit.said.providers_file import articles_on_the_providers_file
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.text.segmentation import Document
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.verdict.law_chosen import stands
from convenu.agreement.audit.verdict.stage import has_ended, past_initial_period, running_period
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary import french
from convenu.vocabulary.findings import Severity, Status

# Letters within which the parties are named, when no article says where they end.
_LONGEST_OPENING = 4000
# In a message, the words on which the danger rests beside those quoted.
_SHOWN = "{shown}"
# What stands before the title of an article that is named: its number and a mark of quotation.
_NAMED = re.compile(r"\d(?:\.\d{1,2}){0,3}\.?[^a-z0-9]{0,3}[\"“«'][^a-z0-9]{0,2}$")
_LONGEST_NUMBER = 20
_MONTHS_A_YEAR = 12
_TWO_YEARS_MONTHS = 24
_THREE_YEARS_MONTHS = 36
_LONG_MONTHS = 48
# A cap that is a sum and nothing else.
_EUROS = re.compile(r"(\d+(?:\.\d+)?) EUR")
# Euros below which a cap repairs nothing, whatever the service; not what answers for each post or each day.
_TRIFLE_EUROS = 500
_EACH_OR_MORE = re.compile(
    r"(?<![a-z])par (?:poste|utilisateur|licence|site|serveur|ligne|equipement|appareil|jour|heure|mois|colis|article)"
    r"|superieur|plus eleve|minimum|au moins|plancher|franchise"
)
# What the value says of a cap that is all that was paid.
_PAID_UNDER_IT = "montant payé au titre du contrat"
# The limit of a fee, or of what a regulation allows, is no cap of liability.
_ON_LIABILITY = re.compile(r"responsab|dommage|prejudice|indemni|repar|garantie|faute|negligen|condamn")
# What speaks of processing personal data, the surest words first.
_ON_DATA = (
    re.compile(r"(?:article|art\.?) 28(?!\d)"),
    re.compile(r"rgpd|2016/679|c\.?n\.?i\.?l|informatique et (?:des )?libertes|traitement"),
    re.compile(r"donnee|fichier"),
)
# Titles under which what is said of data binds the client; provisions that show how the provider comes to hold them.
_CLIENTS_DUTIES = re.compile(r"(?:obligation|engagement|devoir|responsabilite)s? (?:du|des|de l'|de la) ?(?:client|abonne|utilisateur)")
_THE_CLIENT_IS = re.compile(r"(?:le client|vous) (?:est|etes|reste|demeure|doi|devr|s'engag|s'oblig|veill|garanti)")
_THE_PROVIDER = re.compile(r"(?<![a-z])(?:le prestataire|nous)(?![a-z])")
# « Notre fichier de clients est déclaré », « vous pouvez saisir la CNIL »: what the provider keeps for itself, the rights of those in it.
_OWN_FILE = re.compile(
    r"fichiers? (?:de |des |de ses |de nos )?(?:clients?|clientele|prospects?|contacts?)(?![a-z])"
    r"|(?:peut|peuvent|pouvez|pourra|pourront) (?:a tout moment |egalement |aussi )?(?:acceder|saisir|s'opposer|exercer|vous opposer)"
    r"|(?:dispos|benefici)\w*[^.;:]{0,40}droits? d'acces|coordonnees du client|gestion (?:commerciale|de la clientele)|prospection"
    r"|base legale|donnees de (?:facturation|trafic|contact)|propositions commerciales|partenaires commerciaux"
    r"|fait (?:seul )?son affaire de(?:s| la| toutes?| ses| leur| l'ensemble des) (?:declaration|formalite)"
)
# What is held shows data best where it names them, or what always holds some.
_HELD = re.compile(r"donnee|sauvegarde|messagerie|fichier|hebergement|boites? (?:aux|de|mail)|base de")
# Who enters a computer from afar sees what it holds.
_REACHED = re.compile(
    rf"{_HELD.pattern}|telemaintenance|prises? (?:de|en) main"
    r"|(?:intervention|maintenance|depannage|assistance|support)s? (?:a distance|par internet)"
)
_HOLDING_DATA = ("preventive_maintenance", "tools_rmm_psa", "object_scope", "support")
# The danger that lies in the data that the client entrusts.
_ON_THE_CLIENTS_DATA = "data_only_spoken_of"
_LEAST_PRIORITIES = 2
_TEMPERED = "D’autres mots de l’article le tempèrent : à lire avant de conclure."
_GRAVEST = re.compile(r"(?:incidents? )?(?:critique|bloquant|urgen)")
# Names of priorities, and not of plans or options.
_RANKED = re.compile(
    r"[PSG]\d|(?:Niveau|Sévérité|Gravité|Criticité|Classe) \d"
    r"|Critique|Bloquante|Majeure|Mineure|Urgente|Haute|Élevée|Moyenne|Basse|Faible|Normale"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a danger shows: by which words, if any show it well, and as which of the situations that it may be told as.

    `tempered`: whether other words of their article temper it; `missing`: its parts that no sentence says; `ground`: the words beside it
    on which it rests.
    """

    quote: Quote | None
    telling: int | None = None
    tempered: bool = False
    missing: tuple[str, ...] = ()
    ground: str = ""


# How the dangers that words show by themselves do, by their name.
ShownByWords = Mapping[str, tuple[Shown, ...]]


def shown_by_words(document: Document, recognition: Recognition) -> ShownByWords:
    """How each danger that lies in words shows, whatever else the contract is found to say: all that takes long to look for."""
    looker = Looker(document)
    return {
        danger.name: _all_shown(danger, _by_words(danger, looker, recognition), looker, recognition)
        for danger in recognition.dangers
        if not danger.fact
    }


def danger_findings(reading: Reading, recognition: Recognition, *, on: date, by_words: ShownByWords) -> Iterator[AuditFinding]:
    """Each danger that a contract shows, as of a day; those that rest on law only of a contract where it stands.

    One that other words of its article temper is a question. `by_words`: those that words show.
    """
    looker = Looker(reading.document)
    for danger in recognition.dangers:
        if not _applies(danger, reading, on):
            continue
        for shown in _by_fact(danger, looker, reading, recognition, on) if danger.fact else by_words[danger.name]:
            telling = None if shown.telling is None else danger.tellings[shown.telling]
            unproven = (danger.name, (telling or danger).title) in recognition.asked_dangers
            found = replace(_told(danger, telling, shown, reading, on), unproven=unproven)
            if telling is not None and telling.asked:
                yield found.told_as(found.finding.message, status=Status.NOT_VERIFIABLE)
            else:
                yield found.weighed(_TEMPERED) if shown.tempered else found


def wholly_missing(reading: Reading, recognition: Recognition) -> Iterator[Danger]:
    """The dangers that lie in what every contract should say together, of which it says no part; not what only some services owe."""
    looker = Looker(reading.document)
    together = (danger for danger in recognition.dangers if danger.parts and danger.fact)
    return (danger for danger in together if len(_missing(danger, looker)) == len(danger.parts))


def _told(danger: Danger, telling: Telling | None, shown: Shown, reading: Reading, on: date) -> AuditFinding:
    """A danger by its own name, or by that of the situation that its words show."""
    named = telling or danger
    told = Told(
        rule=danger.rule,
        title=named.title,
        severity=named.severity if len(shown.missing) >= danger.grave_missing else Severity.HIGH,
        remedy=named.remedy,
        law=named.law,
        terms=danger.terms,
        danger=danger.name,
    )
    message = _message(named.message, danger, shown, reading, on)
    return told.beside(shown.quote, message, reading, silent=danger.silence, firm=danger.firm)


def _missing(danger: Danger, looker: Looker) -> list[str]:
    """The parts of a danger that no sentence of the contract says."""
    aside = _set_aside(danger, looker.document)
    return [part.name for part in danger.parts if not looker.bearing(part.seen) - aside]


def _set_aside(danger: Danger, document: Document) -> frozenset[int]:
    """The sentences of a notice on the provider's own file of clients, which say nothing of the data that a client entrusts."""
    if danger.fact != _ON_THE_CLIENTS_DATA:
        return frozenset()
    return frozenset(one for article in articles_on_the_providers_file(document) for one in document.inside[article])


def _message(message: str, danger: Danger, shown: Shown, reading: Reading, on: date) -> str:
    """What is told of a danger, with what is missing or shows its ground; of one in a duration, until when the period of that day runs."""
    if shown.missing:
        told = danger.nothing_said if danger.nothing_said and len(shown.missing) == len(danger.parts) else message
        return told.replace("{missing}", french.enumeration(shown.missing))
    if shown.ground:
        return message.replace(_SHOWN, shown.ground)
    running = running_period(reading, on) if danger.fact in _DATED else None
    return message if running is None else f"{message} Période en cours : jusqu'au {french.day(running.ends)}."


def _applies(danger: Danger, reading: Reading, on: date) -> bool:
    if danger.silence and reading.is_part:
        return False
    return stands(danger.law, reading) and (danger.start is None or danger.start <= on)


def _all_shown(danger: Danger, seen: list[tuple[int | None, Quote | None]], looker: Looker, recognition: Recognition) -> tuple[Shown, ...]:
    """How a danger shows, of the words that were seen of it, if nothing takes them back."""
    if not seen:
        return ()
    also = [looker.evidence(evidence) for evidence in danger.also]
    if not all(also):
        return ()
    missing = tuple(_missing(danger, looker))
    if len(missing) < danger.least_missing or any(looker.evidence(evidence) for evidence in danger.unless):
        return ()
    if danger.fact and also:
        # A figure shows nothing by itself: the words that make it a danger are those to read.
        seen = [(None, looker.quote_of(best_first(also[0], looker, recognition.seat(danger.name, danger.rule))[0]))]
    ground = looker.quote(*also[-1][0].match.span()).text if also and _SHOWN in danger.message else ""
    return tuple(
        Shown(
            quote,
            telling,
            tempered=quote is not None and looker.is_tempered(quote, danger.tempered, adds=danger.adds),
            missing=missing,
            ground=" ".join(ground.split()),
        )
        for telling, quote in seen
        if quote is None or not _is_cured(danger, quote, looker, recognition)
    )


def _by_fact(danger: Danger, looker: Looker, reading: Reading, recognition: Recognition, on: date) -> tuple[Shown, ...]:
    """How a danger that lies in a fact shows: by the words that the fact was read by, or those of the service that best show it."""
    quote = _FACTS[danger.fact](reading, on)
    if quote is None:
        return ()
    shown = _best_of_the_fact(danger, quote, looker, reading, recognition.seat(danger.name, danger.rule))
    # What a fact was read by says nothing of its situation: any sentence of the contract may.
    told_as = next((rank for rank, one in enumerate(danger.tellings) if looker.bearing(one.when)), None)
    seen = [(told_as, quote) for _, quote in shown]
    return _all_shown(danger, seen, looker, recognition)


def _best_of_the_fact(danger: Danger, quote: Quote, looker: Looker, reading: Reading, seat: Seat) -> list[tuple[int | None, Quote | None]]:
    """The words of the service that best show a fact, else those it was read by; none where these tell of something else."""
    aside = _set_aside(danger, reading.document)
    on_data = danger.fact == _ON_THE_CLIENTS_DATA
    tells = on_data and _is_on_data(reading.document.article_at(quote.start).title) and _tells_of_the_service(quote, reading)
    only_served = on_data and not _shows_data(quote, reading)
    for shows in (danger.when,) if tells else (danger.when, danger.lastly):
        seen = (one for evidence in shows for one in looker.evidence(evidence) if one.sentence not in aside)
        reached = (one for one in seen if not only_served or _REACHED.search(plain(looker.quote_of(one).text)))
        if (best := best_of_the_service(reached, looker, seat)) is not None:
            return [(None, looker.quote_of(best))]
    if only_served:
        return []
    return [(None, None if on_data and not _tells_of_the_service(quote, reading) else quote)]


def _by_words(danger: Danger, looker: Looker, recognition: Recognition) -> list[tuple[int | None, Quote | None]]:
    """The best sentence of each situation that shows a danger; a row of a table only where no sentence does.

    What lacks a part is shown by the service that calls for it, or by no words.
    """
    document, seat = looker.document, recognition.seat(danger.name, danger.rule)
    end = _end_of_the_opening(document) if danger.opening else len(document.text)
    seen = (one for evidence in danger.when for one in looker.evidence(evidence))
    placed = [one for one in seen if document.sentences[one.sentence].start < end and not _names_an_article(one, document)]
    if not placed:
        return []
    said = [one for one in placed if not document.sentences[one.sentence].row] or placed
    if danger.parts:
        shown = best_of_the_service(said, looker, seat)
        return [(None, None if shown is None else looker.quote_of(shown))]
    # Where one sentence is answered in its article, another may not be.
    said = [one for one in said if not _is_answered(danger, looker.quote_of(one), looker, recognition)] or said
    borne = [looker.bearing(telling.when) for telling in danger.tellings]
    best: dict[str, tuple[int | None, Quote | None]] = {}
    for one in best_first(said, looker, seat):
        telling = next((rank for rank, sentences in enumerate(borne) if one.sentence in sentences), None)
        named = None if telling is None else danger.tellings[telling]
        best.setdefault("" if named is None else named.title, (telling, _quote_of(one, named, looker)))
    sure = [(telling, quote) for telling, quote in best.values() if telling is None or not danger.tellings[telling].asked]
    # What one sentence says for certain is not asked of another.
    return sure or list(best.values())


def _quote_of(seen: Seen, telling: Telling | None, looker: Looker) -> Quote:
    """The sentence of a danger; where it is too long to be quoted whole, with the words of the situation that names it."""
    quote = looker.quote_of(seen)
    if telling is None:
        return quote
    naming = [one for evidence in telling.when for one in looker.evidence(evidence) if one.sentence == seen.sentence]
    spans = [looker.document.shadow.span(*one.match.span()) for one in naming]
    if not naming or any(quote.start <= start and end <= quote.end for start, end in spans):
        return quote
    return looker.quote_of(naming[0])


def _is_answered(danger: Danger, quote: Quote, looker: Looker, recognition: Recognition) -> bool:
    """Whether words are cured or tempered by others of their article."""
    return _is_cured(danger, quote, looker, recognition) or looker.is_tempered(quote, danger.tempered, adds=danger.adds)


def _is_cured(danger: Danger, quote: Quote, looker: Looker, recognition: Recognition) -> bool:
    """Whether words that other words of their article may cure are cured."""
    return danger.curable and looker.is_tempered(quote, recognition.conditions.cures)


def _names_an_article(seen: Seen, document: Document) -> bool:
    """Whether the words are the title of an article that the sentence only names: « les articles 4.2 ("Solde de tout compte") et 9 »."""
    low = seen.match.start()
    return _NAMED.search(document.shadow.plain, max(document.sentences[seen.sentence].low, low - _LONGEST_NUMBER), low) is not None


def _end_of_the_opening(document: Document) -> int:
    """Where the first numbered article begins."""
    numbered = next((article.start for article in document.articles if article.number), _LONGEST_OPENING)
    return min(numbered, _LONGEST_OPENING)


def _data_only_spoken_of(reading: Reading, _: date) -> Quote | None:
    """Words on personal data, where such data pass through the provider's hands."""
    spoken = reading.provisions["personal_data"]
    if not reading.handles_data or spoken.status is ProvisionStatus.ABSENT:
        return None
    document = reading.document
    notices = {document.articles[one].start for one in articles_on_the_providers_file(document)}
    entrusted = [quote for quote in spoken.quotes if document.article_at(quote.start).start not in notices]
    whole = (_with_its_text(quote, reading) for quote in entrusted if not _is_of_the_clients_duties(quote, reading))
    own = [quote for quote in whole if _tells_of_the_service(quote, reading)]
    # Words under a title on data say it before those that only touch on it.
    titled = sorted(((document.article_at(quote.start).title, quote) for quote in own), key=lambda one: not _is_on_data(one[0]))
    said = (quote for words in _ON_DATA for title, quote in titled if words.search(plain(f"{title} {quote.text}")))
    held = [quote for key in _HOLDING_DATA for quote in reading.provisions[key].quotes]
    shown = (quote for quote in held if _HELD.search(plain(quote.text)))
    # Of a contract that only gives notice of the provider's own file, the service shows what is entrusted, or nothing does.
    other = (*own, *entrusted, *held)
    quote = next((found for some in (said, shown, other) for found in some), None)
    return None if quote is None else _with_its_text(quote, reading)


def _is_on_data(words: str) -> bool:
    return any(one.search(plain(words)) for one in _ON_DATA)


def _shows_data(quote: Quote, reading: Reading) -> bool:
    """Whether some words, or their title, name data or what always holds some."""
    words = f"{reading.document.article_at(quote.start).title} {quote.text}"
    return _is_on_data(words) or _HELD.search(plain(words)) is not None


def _is_of_the_clients_duties(quote: Quote, reading: Reading) -> bool:
    """Whether some words stand under a title on what the client must do."""
    article = reading.document.article_at(quote.start)
    return _CLIENTS_DUTIES.search(plain(article.title)) is not None


def _tells_of_the_service(quote: Quote, reading: Reading) -> bool:
    """Whether some words tell neither what the client is or must, nor what the provider keeps for itself."""
    shadow = reading.document.shadow
    words = shadow.plain[shadow.at(quote.start) : shadow.at(quote.end)]
    of_the_client = _THE_CLIENT_IS.search(words) is not None and _THE_PROVIDER.search(words) is None
    return not of_the_client and _OWN_FILE.search(words) is None


def _with_its_text(quote: Quote, reading: Reading) -> Quote:
    """Some words, or, of a heading, the sentence under it that tells of the service, else the first: a title says nothing."""
    document = reading.document
    article = document.article_at(quote.start)
    if not article.start <= quote.start < quote.end <= article.end:
        return quote
    after = bisect_left(document.sentences, article.end, key=lambda one: one.start)
    same = takewhile(lambda one: document.article_at(one.start) == article, document.sentences[after:])
    under = [Quote(document.text[one.start : one.end], one.start, one.end) for one in same]
    return next((one for one in under if _tells_of_the_service(one, reading)), under[0] if under else quote)


def _times_without_hours(reading: Reading, _: date) -> Quote | None:
    """Times promised in hours that no opening hours count."""
    if reading.provisions["service_hours"].status is not ProvisionStatus.ABSENT or "service_hours" in reading.values:
        return None
    promised = ((level.quote, span) for level in reading.levels for span in (level.response, level.restoration))
    return next((quote for quote, span in promised if span is not None and not span.in_service_time), None)


def _times_by_priority(reading: Reading, _: date) -> Quote | None:
    """Times that differ from one priority to another."""
    ranked = {level.priority: level.quote for level in reversed(reading.levels) if _RANKED.match(level.priority)}
    return next(reversed(ranked.values()), None) if len(ranked) >= _LEAST_PRIORITIES else None


def _response_without_cure(reading: Reading, _: date) -> Quote | None:
    """Times that are all to answer, and none to mend; the gravest incident shows it best, which a question of use does not."""
    if any(level.restoration is not None or level.workaround is not None for level in reading.levels):
        return None
    answered = [level for level in reading.levels if level.response is not None]
    grave = (level for level in answered if level.rank == "P1" or _GRAVEST.match(plain(level.priority)))
    return next((level.quote for level in (*grave, *answered)), None)


def _renewed_for_over_a_year(reading: Reading, on: date) -> Quote | None:
    """Renewals that each last longer than a year, of a contract that has not ended."""
    renewal = reading.values.get("renewal_duration_months")
    return renewal.quote if renewal is not None and renewal.value > _MONTHS_A_YEAR and not has_ended(reading, on) else None


def _renewed_for_an_unread_time(reading: Reading, _: date) -> Quote | None:
    """What a contract says of its duration, where nothing tells how long a renewal lasts."""
    said = reading.provisions["duration_renewal"]
    return next(iter(said.quotes), None) if "renewal_duration_months" not in reading.values else None


def _committed_for_four_years(reading: Reading, on: date) -> Quote | None:
    """A first period of four years or more that still runs on the day, as far as the contract tells when it began."""
    initial = reading.values.get("initial_duration_months")
    return initial.quote if initial is not None and initial.value >= _LONG_MONTHS and not past_initial_period(reading, on) else None


def _committed_for_over_two_years(reading: Reading, on: date) -> Quote | None:
    """A first period of more than two years that still runs on the day, as far as the contract tells when it began."""
    initial = reading.values.get("initial_duration_months")
    return initial.quote if initial is not None and initial.value > _TWO_YEARS_MONTHS and not past_initial_period(reading, on) else None


def _committed_for_three_years(reading: Reading, on: date) -> Quote | None:
    """A first period of three years to four that still runs on the day, as far as the contract tells when it began."""
    initial = reading.values.get("initial_duration_months")
    long = initial is not None and _THREE_YEARS_MONTHS <= initial.value < _LONG_MONTHS
    return initial.quote if initial is not None and long and not past_initial_period(reading, on) else None


def _capped_at_a_trifle(reading: Reading, _: date) -> Quote | None:
    """A cap of liability in euros that is worth next to nothing."""
    read = reading.values.get("liability_cap")
    if read is None or _EACH_OR_MORE.search(plain(read.quote.text)):
        return None
    cap = _EUROS.fullmatch(read.value)
    return read.quote if cap is not None and Decimal(cap[1]) <= _TRIFLE_EUROS else None


def _capped_by_what_was_paid(reading: Reading, _: date) -> Quote | None:
    """A cap that is what the client paid, over no stated time: no term holds it, and no rule asks what it leaves out."""
    read = reading.values.get("liability_cap")
    if read is None or read.value != _PAID_UNDER_IT or "liability_cap_months" in reading.values:
        return None
    return read.quote if _ON_LIABILITY.search(plain(read.quote.text)) else None


_FACTS: Mapping[str, Callable[[Reading, date], Quote | None]] = {
    _ON_THE_CLIENTS_DATA: _data_only_spoken_of,
    "times_without_hours": _times_without_hours,
    "times_by_priority": _times_by_priority,
    "response_without_cure": _response_without_cure,
    "renewed_for_over_a_year": _renewed_for_over_a_year,
    "renewed_for_an_unread_time": _renewed_for_an_unread_time,
    "committed_for_over_two_years": _committed_for_over_two_years,
    "committed_for_three_years": _committed_for_three_years,
    "committed_for_four_years": _committed_for_four_years,
    "capped_at_a_trifle": _capped_at_a_trifle,
    "capped_by_what_was_paid": _capped_by_what_was_paid,
}
FACTS = tuple(_FACTS)
# What weighs by how long it still runs.
_DATED = ("renewed_for_over_a_year", "committed_for_three_years", "committed_for_four_years", "committed_for_over_two_years")
