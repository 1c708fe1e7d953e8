"""The slips of a text as findings: two values for one thing, notes left in, references that lead nowhere, law of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from convenu.agreement.audit.guides.guides import RepealedGuide
from convenu.agreement.audit.looking.looking import Quote
from convenu.agreement.audit.said.documents_apart import documents_apart
from convenu.agreement.audit.said.read_values import ReadValue
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.said.written_twice import written_otherwise
from convenu.agreement.audit.text.notes import is_to_take_out
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.verdict.mark_findings import mark_findings
from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Severity, Status

# Notes are all told, up to what a page of a report bears.
_MOST_NOTES = 30
_LONGEST_NOTE = 70
_UNITS = {"_months": " mois", "_days": " jours", "_pct": " %"}
# What stands between the caps, or the hours, that one contract tells.
_SEVERAL = re.compile(r" ?; ")
_CIVIL_CODE = Citation("Ordonnance n° 2016-131 du 10 février 2016", "Legifrance, table de concordance du Code civil")


@dataclass(frozen=True, slots=True)
class _Slip:
    """What is told of one kind of slip."""

    rule: str
    title: str
    severity: Severity


# A contract that says which of its documents prevails may settle two values itself.
_PRECEDENCE = re.compile(
    r"(?<!\bse )(?<!s['’]en )\bpr[ée](?:vau[td]|valent|valoir)"
    r"|\b(?:priment?\b|l[’']emporte|ordre de (?:priorit[ée]|pr[ée]s[ée]ance|pr[ée]valence))",
    re.IGNORECASE,
)
_CONTRADICTORY = _Slip("contradictory_values", "Deux valeurs pour un même point", Severity.HIGH)
_COURTS = _Slip("contradictory_courts", "Deux tribunaux, chacun seul compétent", Severity.HIGH)
_SETTLED = _Slip("contradictory_values", "Deux valeurs pour un même point", Severity.LOW)
# Days to pay, limits in euros, towns and hours are written of other things too: that two of them speak of one point is asked, not told.
_SHARED_WORDS = frozenset({"payment_terms_days", "liability_cap", "jurisdiction_city", "service_hours"})
# Two courts that both have alone the power to judge contradict each other, whatever they are named for.
_EXCLUSIVE = re.compile(r"exclusi|seule?s? (?:le |la |les )?(?:tribuna|comp[ée]tent)", re.IGNORECASE)
_TO_PAY = re.compile(
    r"paiement|\bpay(?:able|er|ez|ent|é)|\br[èe]gl(?:ement|[ée]|er|ez|able)|acquitt|exigible|(?<!de )\bpaye\b", re.IGNORECASE
)
# What holds in one case alone, or for one plan, is a variant of the value and no second one.
_VARIANT = re.compile(
    r"\b(?:lorsque|quand|si|pour|selon|suivant|en fonction de|avec|dans|par|sur) (?:la |le |les |une? |l'|toute )?"
    r"(?:formules?|offres?|options?|plans?|packs?|gammes?|niveaux? d'abonnement)\b"
    r"|\ben option\b|\b(?:est|sont|sera|seront) (?:portee?s?|ramenee?s?|reduite?s?|allongee?s?) a\b"
)
# « Une durée globale de quatre ans »: the first period and its renewals, together.
_WHOLE_LENGTH = re.compile(
    r"duree (?:globale|totale|maximale|maximum|cumulee)|(?:reconduction|periode|renouvellement)s? (?:comprise|incluse)s?"
)
# A notice is given by who ends a contract: what is due, renewed or sent by a day before its end is none.
_ENDS = re.compile(
    r"resili|denonc|renonc|preavis|recondu|renouvel|mettre fin|met fin|un terme|rompre|s'oppos|avis contraire|conge\b|notifi"
)
# What opens with a cause of its own has a notice of its own: the agreed end of the period has another.
_FOR_A_CAUSE = re.compile(
    r"^\W{0,4}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.? )?(?:si|s'|lorsque?|quand|en cas d[e']|faute de|a defaut de)[^;]{1,160}"
    r"\b(?:inferieure?|indisponib|manque|defaillan|inexecut|depass|hausse|augment|modifi|inaccessible|panne|interrompu)"
)
_NO_ENDING = re.compile(r"\bcheques?\b|\bvirements?\b|\bprelevements?\b|\boptions?\b|\brappel|\brelance")
# The title of one of several offers: « Sans engagement », « Formule annuelle ».
_PLAN = re.compile(r"\b(?:sans|avec) engagement\b|\b(?:formules?|offres?|options?|packs?|gammes?)\b|\babonnements? (?:mensuel|annuel)")
_NOTE = _Slip("internal_note_left", "Commentaires internes à retirer avant l’envoi", Severity.MEDIUM)
_BROKEN = _Slip("broken_reference", "Renvoi à un article qui n’existe pas", Severity.MEDIUM)
_NO_ANNEX = _Slip("broken_reference", "Renvoi à une annexe qui n’existe pas", Severity.MEDIUM)
_EMPTY = _Slip("empty_target", "Titre sans texte", Severity.MEDIUM)
_EMPTY_ON_DATA = _Slip("empty_target", "Annexe sur les données personnelles sans texte", Severity.HIGH)
_APART = _Slip("broken_reference", "Annexes absentes du fichier", Severity.LOW)
_NOT_IN_FILE = _Slip("broken_reference", "Documents absents du fichier", Severity.LOW)
_PROCESSOR = Citation("RGPD, art. 28, § 3", "de connaissance")
_FEW_ANNEXES = 12
_MOST_NUMBERS = 8
_REPEALED = _Slip("repealed_article", "Article de loi qui a changé de numéro", Severity.LOW)
_SEVERAL_REPEALED = _Slip("repealed_article", "Articles de loi qui ont changé de numéro", Severity.LOW)
_WRITTEN_TWICE = _Slip("number_written_twice", "Nombre écrit autrement en lettres et en chiffres", Severity.HIGH)
_OUTDATED = _Slip("outdated_law", "Droit ou dispositif qui n’existe plus", Severity.MEDIUM)
_MOVED = _Slip("outdated_law", "Droit ou dispositif qui n’existe plus", Severity.LOW)


def slip_findings(reading: Reading, *, french_law: bool) -> Iterator[AuditFinding]:
    """Each slip with its words; the articles of French law are told only of a contract under it."""
    yield from _contradictions(reading)
    for twice in islice(written_otherwise(reading.document), _MOST_NUMBERS):
        letters, figures = french.number(twice.letters), french.number(twice.figures)
        message = f"« {' '.join(twice.quote.text.split())} » : les lettres disent {letters}, les chiffres {figures}."
        yield _finding(_WRITTEN_TWICE, message, "Écrire le même nombre en lettres et en chiffres.", twice.quote, reading)
    yield from _notes(reading)
    yield from mark_findings(reading)
    yield from _references(reading, french_law=french_law)
    yield from _apart(reading)
    if french_law:
        yield from _law_of_before(reading)


def _contradictions(reading: Reading) -> Iterator[AuditFinding]:
    """The values that one contract gives for one point, or seems to: a question where other points are written alike."""
    for value in reading.values.values():
        others = [(other, quote) for other, quote in value.others if _of_one_point(value, other, quote, reading)]
        if not others:
            continue
        unit = next((unit for ending, unit in _UNITS.items() if value.key.endswith(ending)), "")
        told = [_told(other) + unit for other, _ in others]
        first = [part for part in _SEVERAL.split(_told(value.value) + unit) if part not in told]
        said = french.enumeration([f"« {one} »" for one in (*first, *told)])
        message = f"Le contrat donne plusieurs valeurs pour « {value.label} » : {said}."
        exclusive = _both_exclusive(value, others)
        slip = _COURTS if exclusive else _CONTRADICTORY
        if _PRECEDENCE.search(reading.document.text):
            slip = _SETTLED
            message += " Ses règles de préséance peuvent désigner celle qui vaut : corriger l’autre."
        found = _finding(slip, message, "Garder une seule valeur, à un seul endroit.", others[0][1], reading)
        if value.key in _SHARED_WORDS and not exclusive:
            found = found.told_as(f"{message} Parlent-elles bien du même point ?", status=Status.NOT_VERIFIABLE)
        yield found


def _both_exclusive(value: ReadValue, others: Sequence[tuple[object, Quote]]) -> bool:
    """Whether two towns are each named as the only court."""
    return value.key == "jurisdiction_city" and all(
        _EXCLUSIVE.search(quote.text) for quote in (value.quote, *(quote for _, quote in others))
    )


def _of_one_point(value: ReadValue, other: object, quote: Quote, reading: Reading) -> bool:
    """Whether both values are written as stipulations of the same point.

    Neither is that of one plan or case alone, by its words or by its title; both sentences speak of paying, or of ending, and both or none
    for a cause; no town is a piece of another.
    """
    words = [plain(one.text) for one in (value.quote, quote)]
    titles = [plain(reading.document.article_at(one.start).title) for one in (value.quote, quote)]
    if any(_VARIANT.search(one) for one in words) or (titles[0] != titles[1] and any(_PLAN.search(one) for one in titles)):
        return False
    if value.key == "initial_duration_months" and any(_WHOLE_LENGTH.search(one) for one in words):
        return False
    if value.key == "notice_period_days":
        if len({bool(_FOR_A_CAUSE.search(one)) for one in words}) > 1:
            return False
        return all(_ENDS.search(one) and not _NO_ENDING.search(one) for one in words)
    if value.key == "payment_terms_days":
        return all(_TO_PAY.search(one.text) for one in (value.quote, quote))
    if value.key == "jurisdiction_city":
        towns = [str(one).casefold() for one in (value.value, other)]
        return not (towns[0].startswith(towns[1]) or towns[1].startswith(towns[0]))
    return True


def _law_of_before(reading: Reading) -> Iterator[AuditFinding]:
    """What stands no more, one by one; the articles that only changed their number, together."""
    renumbered = [cited for cited in reading.repealed if not cited.guide.message]
    for cited in reading.repealed:
        if cited.guide.message:
            remedy = f"Retirer cette mention ; voir {cited.guide.replaced_by}."
            slip = _MOVED if cited.guide.moved else _OUTDATED
            yield _finding(slip, cited.guide.message, remedy, cited.quote, reading, law=cited.guide.law)
    if not renumbered:
        return
    law = tuple(dict.fromkeys(law for cited in renumbered for law in _renumbered_by(cited.guide)))
    first = renumbered[0]
    if len(renumbered) == 1:
        guide = first.guide
        message = f"Le texte cite l’{guide.label}, qui n’est plus en vigueur sous ce numéro : voir {guide.replaced_by}."
        yield _finding(_REPEALED, message, f"Citer {guide.replaced_by}.", first.quote, reading, law=law)
        return
    listed = french.enumeration([f"{cited.guide.label} (voir {cited.guide.replaced_by})" for cited in renumbered])
    message = f"Le texte cite des articles qui ne sont plus en vigueur sous leur numéro : {listed}."
    yield _finding(_SEVERAL_REPEALED, message, "Citer chaque article sous son numéro d’aujourd’hui.", first.quote, reading, law=law)


def _renumbered_by(guide: RepealedGuide) -> tuple[Citation, ...]:
    return guide.law or ((_CIVIL_CODE,) if "civil" in guide.label else ())


def _notes(reading: Reading) -> Iterator[AuditFinding]:
    """What the writers of a draft left in it, told once."""
    document = reading.document
    notes = [Quote(document.text[start:end], start, end) for start, end in document.notes]
    left = [note for note in notes if is_to_take_out(note.text)]
    if not left:
        return
    told = french.enumeration([f"« {_short(note.text, _LONGEST_NOTE)} »" for note in left[:_MOST_NOTES]])
    count = "un commentaire ou une note interne" if len(left) == 1 else f"{len(left)} commentaires ou notes internes"
    message = f"Le texte garde {count}, que l’audit ne lit pas comme des clauses : {told}{_others(len(left) - _MOST_NOTES)}."
    yield _finding(_NOTE, message, "Les retirer avant l’envoi, après avoir tranché ce qu’ils demandent.", left[0], reading)


def _references(reading: Reading, *, french_law: bool) -> Iterator[AuditFinding]:
    """The references that lead nowhere, the titles without text, and the annexes that may stand in other files."""
    references = reading.references
    for broken in references.broken:
        if broken.annex:
            message = f"Le texte renvoie à l’annexe {broken.number}, que le fichier n’a pas, alors qu’il en a d’autres."
            yield _finding(_NO_ANNEX, message, "Joindre l’annexe, ou corriger le renvoi.", broken.quote, reading)
        else:
            message = f"Le texte renvoie à l’article {broken.number}, qu’il n’a pas."
            yield _finding(_BROKEN, message, "Corriger le renvoi.", broken.quote, reading)
    for empty in references.empty:
        message = f"L’{empty.label} n’a pas de texte, ou seulement des mots à écrire."
        if empty.referring is not None:
            message += f" Ce que le contrat y renvoie (« {_short(empty.referring.text, _LONGEST_NOTE)} ») n’est pas convenu."
        on_data = empty.on_data and french_law
        if on_data:
            message += " Un renvoi à une annexe vide ne vaut pas le contrat que le RGPD exige du sous-traitant."
        slip = _EMPTY_ON_DATA if on_data else _EMPTY
        remedy = f"Écrire l’{empty.label}, ou retirer son titre et les renvois."
        yield _finding(slip, message, remedy, empty.quote, reading, law=(_PROCESSOR,) if on_data else ())
    if references.apart and references.apart_quote is not None:
        several = len(references.apart) > 1
        named = french.enumeration([str(one) for one in references.apart[:_FEW_ANNEXES]])
        message = (
            f"Les annexes {named} ne sont pas dans ce fichier : sont-elles jointes séparément ?"
            if several
            else f"L’annexe {named} n’est pas dans ce fichier : est-elle jointe séparément ?"
        )
        told = _finding(_APART, message, "Vérifier que chaque annexe est jointe et signée.", references.apart_quote, reading)
        yield told.told_as(message, status=Status.NOT_VERIFIABLE)


def _apart(reading: Reading) -> Iterator[AuditFinding]:
    """One question on all the documents by which the contract is bound and that were not read; a part of a contract lacks others anyway."""
    apart = () if reading.is_part else documents_apart(reading.document)
    if not apart:
        return
    named = french.enumeration([f"« {one.label} »" for one in apart])
    message = (
        f"Le contrat s’appuie sur ce que le fichier n’a pas : {named}. Que disent ces documents ? "
        "Ce qui semble manquer s’y trouve peut-être, et ce qu’ils ajoutent engage aussi."
    )
    told = _finding(_NOT_IN_FILE, message, "Demander ces documents, datés, et les lire avec le contrat.", apart[0].quote, reading)
    yield told.told_as(message, status=Status.NOT_VERIFIABLE)


def _short(words: str, longest: int) -> str:
    """Words on one line, cut when they are long."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest].rstrip()}…"


def _others(more: int) -> str:
    return f", et {more} autres" if more > 1 else ", et un autre" if more == 1 else ""


def _finding(slip: _Slip, message: str, remedy: str, quote: Quote, reading: Reading, *, law: tuple[Citation, ...] = ()) -> AuditFinding:
    told = Told(rule=slip.rule, title=slip.title, severity=slip.severity, remedy=remedy, law=law)
    return told.beside(quote, message, reading)


def _told(value: object) -> str:
    return str(value).replace(".", ",")
