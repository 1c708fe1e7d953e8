"""The cap on liability as a contract writes it: an amount, a share, the months of fees it counts, or what was paid."""

from __future__ import annotations

import re
from decimal import Decimal

from convenu.agreement.audit.guides.cues import cue
from convenu.agreement.audit.guides.guides import Recognition
from convenu.agreement.audit.looking.looking import Looker, Seen
from convenu.agreement.audit.said.read_values import ReadValue
from convenu.agreement.audit.words.numbers import AMOUNT, DURATION, PERCENT, amount_in, lettered_amounts, percent_in, span_in
from convenu.vocabulary.span import SpanUnit

_AMOUNT = re.compile(AMOUNT)
_PERCENT = re.compile(PERCENT)
_DURATION = re.compile(DURATION)
_INSURED = re.compile(r"\bassur(?:e|ee|ance|ances|eur)\b|\bpolices?\b|\brc (?:pro|exploitation)")
# What an insurer pays at most is no limit of what its client owes.
_OF_A_POLICY = re.compile(
    r"(?:plafond|montant|limite) (?:de (?:la )?)?(?:garantie|couverture|rc\b|responsabilite civile)|\bpar periode d'assurance|\bfranchise\b"
)
_LIABILITY_BOUNDED = re.compile(r"\bresponsabilite (?!civile)[^.;]{0,120}(?:limit|plafon|exced|depass|born)")
# A sum that somebody owes is no limit.
_OWED_SUM = re.compile(r"a titre (?:de dommages|d'indemnite|de clause penale)")
_MONTHS = re.compile(r"\bmois\b|mensu|mensualit")
_LEAST = re.compile(r"minimum|au moins|plancher|sans (?:pouvoir )?etre inferieur")
# What a limit is at least, where the sum follows: « avec un plancher de 5 000 € », « ce plafond n'est jamais inférieur à 5 000 € ».
_AT_LEAST = re.compile(
    rf"(?:minimum(?! entre)|au moins|plancher|\b(?:n'|ne |sans )[^.;,]{{0,40}}\b(?:inferieur|moindre)e?s?)\b[^.;,]{{0,20}}?{AMOUNT}"
)
_NEVER_LESS = re.compile(
    r"(?:plafond|limite|maximum|montant)s?\b[^.;]{0,60}\b(?:n'est|ne (?:peut|pourra|saurait|sera))\b[^.;]{0,30}\b(?:inferieur|moindre)"
)
# « Pour l'hébergement, la limite… »: one of several services.
_OF_ONE = re.compile(r"^(?:[0-9.]+\)?\s+)?(?:pour|s'agissant d[eu]s?|en matiere d[e'u]|concernant) (?:l[ea]s?\b|l'|seule?s?)?")
# Expenses given back for one event: « indemniser le client de ses frais d'expertise, à hauteur de … ».
_EXPENSES = re.compile(
    r"\b(?:indemnis|rembours|defray|dedommag)[a-z]* [^.;:]{0,40}\b(?:des|les|ses|leurs|de ses|de leurs) (?:frais|debours|depenses)\b"
)
# A limit to what a price rises by, or the fixed sum for recovery, bounds no liability.
_OF_ANOTHER = re.compile(
    r"\bindex|\bindice|syntec|recouvrement|\bremises?\b|\bhausses?\b|\brevis(?:ion|e)|\bvariation|\bfrais de |depot de garantie"
    r"|indemnite (?:de|pour) (?:resiliation|rupture|depart|sortie)|restant(?:e?s)? (?:a courir|dues?)"
    r"|(?:resiliation|sortie|depart|cessation) anticipee?"
)
_HARM = re.compile(r"responsab|dommage|reparation|prejudice")
_CAPITAL = re.compile(r"au capital|capital (?:de|social)|(?:societe|entreprise)[^.;]{0,40} a responsabilite limitee")
# Sums kept, or owed besides, bound nothing: « en conservant les sommes versées, sans préjudice de dommages et intérêts ».
_KEPT = re.compile(
    r"\bconserv\w*|\bacquis(?:e|es)? (?:au|a la|de plein droit)|\b(?:reste|demeure)\w* acquis|\bgard(?:e|era|ent|eront|ant)\b"
    r"|\bretenu(?:e|es|s)?\b|sans prejudice (?:de|des|du) "
)
_BOUNDED = re.compile(r"plafon|limit|exced|depass|born|\bqu'(?:au montant|a (?:hauteur|concurrence)) d")
_OWED = re.compile(
    r"responsab|indemni|plafon|dommage|reparation|prejudice|\bdevoir\b|toucher|\brepond(?:ent)? envers\b|\bpar sinistre\b"
    r"|\b(?:ce dont|de quoi) [^.;|]{0,40}\brepond|\bdette (?:du prestataire|de reparation)"
    r"|\bgarantie [^.;]{0,60}(?:limite|borne|plafonne)e? "
)
_PAID = re.compile(
    r"(?:somme|montant|prix|redevance|facture|frais|remboursement)s?[^.;]{0,60}?"
    r"(?:verse|paye|regle|percu|facture|encaisse|mensuel|abonnement|prestation|intervention|mission|commande|contrat|ht|hors tax)"
    r"|\bce que [^.;]{0,40}(?:verse|paye|regle)"
)
_A_WORD = re.compile(r"\w+")
_LIABILITY = (cue("(responsabilité | indemnisation | réparation)"),)
LABEL = "Plafond de responsabilité"
_NO_FIGURE = "plafond sans chiffre"
# A cap on one kind of damage, or the larger of two: another one stands beside it.
_PARTIAL = re.compile(
    r"propre|donnees|corporel|materiel|contrefacon|confidential|plus eleve|superieur|minimum|au moins|a defaut|option|licence|logiciel"
    r"|avoirs?\b|penalite|par (?:sinistre|incident|commande)|personnel"
)
_OF_THE_SAME_CAP = re.compile(r"inferieur|au moins|plancher|rempla|donnees|aux quantites|a titre d'exemple|par exemple")
_CREDITS = re.compile(
    r"^(?:[a-z0-9]{1,3}[.)] ?)?(?:les? )?(?:penalites?|avoirs?|credits?|malus|bonus)\b"
    r"|\bcompensations? par (?:des |les )?(?:avoirs?|credits?)\b"
)
_THEIR_SUM = re.compile(r"^(?:[0-9.]+\)? ?)?(?:leurs? (?:total|montant|cumul|somme)|(?:plafond|maximum|limite) ?:)")
_CREDITS_BEFORE = re.compile(r"\b(?:penalites?|avoirs|un avoir|avoir de|credits?)\b")
# « Tout dépassement ouvre droit à un avoir de 3 %, plafonné à 15 % » bounds a credit.
_A_CREDIT = re.compile(r"\b(?:un avoir|avoirs|une penalite|penalites|un credit|credits|malus)\b")
_LIABLE = re.compile(r"responsab|dommage|prejudice|indemni")
# A limit of the liability that counts the penalties in it, and is none of theirs.
_COUNTS_CREDITS = re.compile(
    r"responsab[^.;]{0,200}(?:penalites?|avoirs?|credits?)(?: et (?:penalites?|avoirs?|credits?))? (?:inclus|compris)"
    r"|\b(?:ne depasse|n'excede|limitee? a|plafonnee? a)[^.;]{0,120}(?:penalites?|avoirs?|credits?) (?:inclus|compris)"
    r"|responsab[^.;]{0,200}(?:y compris|incluant|en ce compris)[^.;]{0,30}(?:penalites?|avoirs?|credits?)"
)
_NO_CAP = re.compile(r"\baucun (?:plafond|montant|maximum)|(?:plafond|limite)[^.;|]{0,40}\| ?aucune?\b")
_NOT_BOUNDED = re.compile(r"\bn'(?:est|etait|a) (?:pas|nullement|aucunement|jamais|ni) (?:de )?(?:plafon|limit|born)")
# One answer or the other, whichever is higher; and what the same limit is raised to for one kind of damage.
_HIGHER = re.compile(r"plus eleve|plus haut|plus fort|superieur|le plus grand")
# Both bounds hold: the sums paid, and never more than an amount.
_LOWER = re.compile(
    rf"plus (?:faible|bas|petit)|moins eleve|(?:dans la limite|sans (?:pouvoir )?(?:exceder|depasser)|au plus|maximum)[^.;]{{0,12}}{AMOUNT}"
)
_RAISED = re.compile(rf"(?:porte|releve|eleve)e?s? a (?P<raised>{DURATION})")
_TWO_AMOUNTS = re.compile(r"\bporte|\bpar (?:sinistre|evenement|incident|fait|dommage|reclamation)|\bcorporel|\bdonnees\b|\bimmateriel")
# « 50 % du prix annuel par sinistre et 100 % par année »: two bounds of one cap.
_EACH_AND_YEARLY = re.compile(
    r"%[^%;.]{0,60}\bpar (?:sinistre|evenement|incident|fait)[^%;.]{0,60}%[^%;.]{0,60}\b(?:par|l')[ ]?(?:an|annee|exercice)"
)
# « Six mois du prix par événement, neuf mois par année ».
_EVENT = re.compile(r"\b(?:par|un meme|un seul|chaque) (?:sinistre|evenement|incident|fait)\b")
_YEAR = re.compile(r"\b(?:par |une |chaque |d'une |meme )(?:an|annee|exercice)\b")
_A_HEAD_OF_DAMAGE = re.compile(r"\b(?:est|sont|constitue(?:nt)?|tenue?s? pour) (?:une? |des )?(?:dommages?|prejudices?) directs?")
_WHOLE_YEARS = frozenset({200, 300, 400, 500})
_HALF_YEAR = 6
_TWO = 2
_HALF = re.compile(r"\bmoitie\b")
_HALF_PAID = re.compile(r"\bmoitie (?:de la |du |des )(?:somme|montant|prix|redevance|facture)")
# A month's price told by its name: « la dernière mensualité » counts no month.
_ONE_MONTH = re.compile(r"\b(?:un|1|dernier|precedent)\b[ ()\d]*mois")
# « Payées au cours des six mois précédents »: the months of one cap, beside those of another.
_PAST_MONTHS = re.compile(
    rf"(?:payee?s?|versee?s?|reglee?s?|percue?s?|facturee?s?|encaissee?s?)\b[^.;]{{0,60}}\b(?P<months>{DURATION})[^.;]{{0,12}}"
    r"\b(?:preced|derniers|ecoules|anterieurs)"
)
_MEANS = re.compile(r"limite\w* a une (?:simple )?obligation de moyens")


def read_liability_cap(looker: Looker, recognition: Recognition, months: ReadValue | None) -> ReadValue | None:
    """The cap in a few words, with what its first sentence says; other amounts for the same cap are told beside it."""
    guide = recognition.provision("liability_cap")
    trapped = looker.sentences(guide.traps)
    found = [one for evidence in guide.present for one in looker.evidence(evidence)]
    if months is not None and (counting := _counting(looker, months)) is not None:
        found.append(counting)
    seen = [one for one in found if one.sentence not in trapped or _COUNTS_CREDITS.search(_words(looker, one))]
    told: dict[str, Seen] = {}
    for one in sorted(seen, key=lambda found: found.sentence):
        words = _words(looker, one)
        title = looker.document.titles[looker.document.sentences[one.sentence].article]
        bounded = _BOUNDED.search(words) and (not _OF_A_POLICY.search(words) or _LIABILITY_BOUNDED.search(words))
        no_limit = (_INSURED.search(words) or _OWED_SUM.search(words)) and not bounded
        about = (
            not _CAPITAL.search(words)
            and not (_OF_ANOTHER.search(f"{title} {words}") and not _HARM.search(f"{title} {words}"))
            and not _MEANS.search(words)
            and not (_EXPENSES.search(words) and "responsab" not in words)
            and not _NO_CAP.search(words)
            and not _NOT_BOUNDED.search(words)
            and not no_limit
            and (_BOUNDED.search(words) or not _KEPT.search(words))
            and not ((_of_credits(looker, one) or _A_CREDIT.search(words)) and not (_LIABLE.search(words) or _COUNTS_CREDITS.search(words)))
            and _OWED.search(f"{title} {words}")
        )
        if about and (said := _said(words, months, one, looker)):
            told.setdefault(said, one)
    if len(told) > 1:
        told = {said: one for said, one in told.items() if not _A_HEAD_OF_DAMAGE.search(_words(looker, one))} or told
    if len(told) > 1:
        told.pop(_NO_FIGURE, None)
    if not told:
        return None
    # What stands under a title of liability is its limit before what another article says of one.
    told = dict(sorted(told.items(), key=lambda one: not looker.titled(_LIABILITY, looker.document.sentences[one[1].sentence].article)))
    first = next(iter(told))
    others = tuple(
        (said, looker.quote_of(one)) for said, one in told.items() if said != first and _contradicts(said, one, first, told, looker)
    )
    return ReadValue(key="liability_cap", label=LABEL, value=" ; ".join(told), quote=looker.quote_of(told[first]), others=others)


def _counting(looker: Looker, months: ReadValue) -> Seen | None:
    """The sentence that counts the months of the price: it is the limit, whatever its words."""
    for index, sentence in enumerate(looker.document.sentences):
        match = _A_WORD.search(looker.document.shadow.plain, sentence.low, sentence.high)
        if looker.says(sentence, months.quote) and match is not None:
            return Seen(index, match, _LIABILITY[0])
    return None


def _words(looker: Looker, seen: Seen) -> str:
    return looker.document.words(looker.document.sentences[seen.sentence])


def _of_credits(looker: Looker, seen: Seen) -> bool:
    """Whether a sentence stands among those of the service credits, whose own bound is none of the liability."""
    document = looker.document
    article = document.sentences[seen.sentence].article
    if _THEIR_SUM.search(document.words(document.sentences[seen.sentence])):
        before = [one for one in document.sentences[max(0, seen.sentence - 3) : seen.sentence] if one.article == article]
        if any(_CREDITS_BEFORE.search(document.words(one)) for one in before):
            return True
    return any(_CREDITS.search(document.titles[one]) for one in (article, *document.articles[article].above))


def _contradicts(said: str, seen: Seen, first: str, told: dict[str, Seen], looker: Looker) -> bool:
    """Whether a cap answers the first one's question otherwise: two amounts; or an amount and another cap on everything, articles apart.

    What bounds a part only, or is the floor or the example of the same cap, contradicts nothing.
    """
    amounts = [one.endswith("EUR") for one in (said, first)]
    sentences = [looker.document.sentences[one.sentence] for one in (seen, told[first])]
    if not any(amounts) or any(_OF_THE_SAME_CAP.search(looker.document.words(one)) for one in sentences):
        return False
    if all(amounts):
        return True
    apart = sentences[0].article != sentences[1].article
    return apart and _NO_FIGURE not in (said, first) and not any(_PARTIAL.search(looker.document.words(one)) for one in sentences)


def _said(words: str, months: ReadValue | None, seen: Seen, looker: Looker) -> str | None:
    figures = [amount for found in _AMOUNT.finditer(words) if (amount := amount_in(found[0])) and amount > 0]
    amounts = list(dict.fromkeys(figures or lettered_amounts(words)))
    shares = [share for found in _PERCENT.finditer(words) if (share := percent_in(found[0])) is not None]
    counted = _counted(months, shares, looker, seen)
    # « le prix annuel » is told as it is; twelve months are told when the words count months.
    yearly = counted is not None and not _MONTHS.search(words)
    over = f" sur {counted} mois" if counted and not yearly else ""
    of = "annuel" if yearly else f"payé{over}"
    part = f"{_plain(shares[0])} % du montant {of}" if shares else ""
    if amounts and (shares or counted) and _LEAST.search(words):
        paid = part or f"montant payé sur {counted} mois"
        return f"{paid}, au moins {_plain(amounts[0])} EUR"
    if amounts and not over and _NEVER_LESS.search(words) and _AT_LEAST.search(words):
        return f"au moins {_plain(amounts[0])} EUR{' pour une partie' if _OF_ONE.match(words) else ''}"
    if amounts and not over and _AT_LEAST.search(words) and _PAID.search(words):
        return f"montant payé au titre du contrat, au moins {_plain(amounts[0])} EUR"
    if amounts and (shares or over) and _HIGHER.search(words):
        paid = part or f"montant payé{over}"
        beside = "".join(f" ; {_plain(one)} EUR" for one in amounts[1:] if _TWO_AMOUNTS.search(words))
        return f"{paid}, ou {_plain(amounts[0])} EUR si ce montant est plus élevé{beside}"
    if amounts and (shares or over) and _LOWER.search(words):
        paid = part or f"montant payé{over}"
        return f"{paid}, au plus {_plain(amounts[0])} EUR"
    if amounts and over and not shares and _BOUNDED.search(words) and _TWO_AMOUNTS.search(words):
        return " ; ".join((f"montant payé{over}", *(f"{_plain(amount)} EUR" for amount in amounts)))
    if len(amounts) > 1 and _TWO_AMOUNTS.search(words):
        return " ; ".join(f"{_plain(amount)} EUR" for amount in amounts)
    if amounts:
        return f"{_plain(amounts[0])} EUR"
    if shares and yearly:
        told = shares[:2] if _EACH_AND_YEARLY.search(words) else shares[:1]
        return " ; ".join(f"{_plain(share)} % du montant annuel" for share in told)
    return part or _said_without_figure(words, counted, yearly=yearly)


def _said_without_figure(words: str, counted: int | None, *, yearly: bool) -> str:
    """A cap that is neither an amount nor a share: the months or years of the price, or what was paid."""
    if counted:
        return _by_event_and_year(words) or (_yearly(counted, words) if yearly else _monthly(counted, words))
    if _HALF_PAID.search(words):
        return "50 % du montant payé"
    return "montant payé au titre du contrat" if _PAID.search(words) else _NO_FIGURE


def _by_event_and_year(words: str) -> str | None:
    """Two lengths of the price, the shorter for one event and the longer for all those of a year; None where one alone is told."""
    if _EVENT.search(words) is None or _YEAR.search(words) is None:
        return None
    spans = [span for found in _DURATION.finditer(words) if (span := span_in(found[0])) is not None and span.unit is SpanUnit.MONTHS]
    lengths = sorted({span.months() for span in spans})
    if len(lengths) != _TWO:
        return None
    return f"montant payé sur {_plain(lengths[0])} mois par événement ; montant payé sur {_plain(lengths[1])} mois par an"


def _yearly(counted: int, words: str) -> str:
    """So many months of the price, where the words count years."""
    if counted == _HALF_YEAR and _HALF.search(words):
        return "moitié du prix annuel"
    years = counted // 12
    return "prix annuel" if years == 1 else f"{years} fois le prix annuel" if years else f"montant payé sur {counted} mois"


def _monthly(counted: int, words: str) -> str:
    """So many months of the price, where the words count months or name one's price."""
    return "une mensualité" if counted == 1 and not _ONE_MONTH.search(words) else f"montant payé sur {counted} mois{_raised(words)}"


def _counted(months: ReadValue | None, shares: list[Decimal], looker: Looker, seen: Seen) -> int | None:
    """The months that the sentence counts, of which it may say a share: 200 % of twelve months are worth twenty-four."""
    if months is None or not looker.says(looker.document.sentences[seen.sentence], months.quote):
        past = _PAST_MONTHS.search(_words(looker, seen))
        span = None if past is None else span_in(past["months"])
        return int(span.months()) if span is not None and span.unit is SpanUnit.MONTHS else None
    return int(months.value * 100 / shares[0]) if shares and shares[0] in _WHOLE_YEARS else int(months.value)


def _raised(words: str) -> str:
    found = _RAISED.search(words)
    span = span_in(found["raised"]) if found is not None else None
    return f", {_plain(span.months())} mois pour certains dommages" if span is not None else ""


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
