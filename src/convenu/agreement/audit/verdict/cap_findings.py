"""A cap in euros beside the price that the same contract writes: how many months of it the cap is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, Told
from convenu.agreement.audit.words.numbers import AMOUNT, amount_in
from convenu.agreement.audit.words.shadow import plain
from convenu.agreement.rules.liability_caps import MONTHS_OF_FEES
from convenu.terms.values import LiabilityCap
from convenu.vocabulary import french
from convenu.vocabulary.findings import Citation, Severity
from convenu.vocabulary.money import Money

_MONTHS = 12
_LOW = 6
_PRICE = r"(?:redevance|forfait|abonnement|prix|cotisation)"
_PERIOD = r"(?P<{name}>mensuel|par mois|/ ?mois|annuel|par an\b|/ ?an\b)"
# « une redevance forfaitaire annuelle de 144 000 euros », « le forfait est de 4 380 € par mois ».
_FEES = (
    re.compile(rf"{_PRICE}[^.;|]{{0,40}}?{_PERIOD.format(name='period')}\w*[^.;|]{{0,80}}?(?P<amount>{AMOUNT})"),
    re.compile(rf"{_PRICE}[^.;|]{{0,60}}?(?P<amount>{AMOUNT})[^.;|]{{0,30}}?{_PERIOD.format(name='period')}"),
)
_NOT_THE_FEE = re.compile(
    r"responsab|plafon|indemni|penalit|assur|caution|par (?:poste|utilisateur|licence|site|serveur)|supplement|mise en service"
)

# What the cap counts months of, where it is not all that is paid: « du montant annuel des Services Gérés », « du module défaillant ».
_OF_SOME = re.compile(
    r"\b(?P<of>des|du|de la|de l['’]|au titre (?:des|du|de la|de l['’])|pour (?:les|le|la|l['’]))\s*"
    r"(?P<base>Services? [A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)?"
    r"|(?:[Ss]ervice|[Pp]restation|[Mm]odule|[Ll]ot|[Aa]pplication|[Cc]ommande|[Mm]ission|[Aa]bonnement|[Ll]icence|[ÉEée]l[ée]ment)s?"
    r" (?:concern|d[ée]faillant|affect|litigieu|impact)\w*)"
)
_PAID_FOR = re.compile(r"montant|prix|redevance|somme|abonnement|mensualit|factur|pay[ée]|vers[ée]", re.IGNORECASE)
# What the rule says of a cap counted in months, as a finding bears it.
_OF_ALL = french.typography(MONTHS_OF_FEES)
_CONTRACTED = {"les": "des", "le": "du", "la": "de la", "l’": "de l’"}
# The amount is only the least, or one of two answers.
_OR_MORE = re.compile(r"superieur|plus eleve|minimum|au moins|plancher|moindre")


def cap_findings(reading: Reading, cap: LiabilityCap | None) -> Iterator[AuditFinding]:
    """A cap in euros that is worth less than a year of the smallest fee that the contract writes; nothing where it writes none."""
    read = reading.values.get("liability_cap")
    fees = list(_monthly_fees(reading))
    if cap is None or cap.amount is None or read is None or not fees or _OR_MORE.search(plain(read.quote.text)):
        return
    fee = min(fees)
    months = (cap.amount.amount / fee).quantize(Decimal("0.1"), ROUND_DOWN)
    if months >= _MONTHS:
        return
    message = (
        f"Le plafond de responsabilité ({french.euros(cap.amount)}) représente {french.number(months)} mois du prix que le contrat écrit "
        f"({french.euros(Money(fee * _MONTHS))} par an) : il risque d’être jugé dérisoire."
    )
    told = Told(
        rule="cap_vs_fees",
        title="Plafond de responsabilité trop bas",
        severity=Severity.HIGH if months < _LOW else Severity.MEDIUM,
        remedy="Porter le plafond à douze mois de redevances, avec un minimum en euros.",
        law=(Citation("C. civ., art. 1170", "legalize-fr, copie LEGI du 3 avril 2026"),),
        terms=("liability_cap",),
    )
    yield told.beside(read.quote, message, reading, kind="values")


def _monthly_fees(reading: Reading) -> Iterator[Decimal]:
    """What the contract says is paid each month, or a twelfth of what is paid each year."""
    for sentence in reading.document.sentences:
        words = reading.document.words(sentence)
        if _NOT_THE_FEE.search(words):
            continue
        for pattern in _FEES:
            if (found := pattern.search(words)) is not None and (amount := amount_in(found["amount"])):
                yield amount if "mois" in found["period"] or found["period"] == "mensuel" else amount / _MONTHS
                break


def on_its_base(one: AuditFinding) -> AuditFinding:
    """A cap that counts months of the price of some services, told so: they are not months of all that is paid."""
    if one.finding.rule != "cap_vs_fees" or one.quote is None or _OF_ALL not in one.finding.message:
        return one
    words = " ".join(one.quote.text.split())
    found = _OF_SOME.search(words)
    if found is None or _PAID_FOR.search(words, 0, found.start()) is None:
        return one
    last = found["of"].replace("'", "’").split()[-1]
    of = _CONTRACTED.get(last, last)
    base = f"{of}{found['base']}" if of.endswith("’") else f"{of} {found['base']}"
    told = f"mois du prix {base}, sous l’année d’usage : à comparer à tout ce que paie le Client, et au dommage prévisible"
    return one.told_as(one.finding.message.replace(_OF_ALL, told))
