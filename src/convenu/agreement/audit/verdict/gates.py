"""In which situations a finding does not apply to a stranger's contract, or says something else: a consumer, a public buyer, a project."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from convenu.agreement.audit.guides.guides import Gate, Recognition
from convenu.agreement.audit.looking.best_words import best_first
from convenu.agreement.audit.looking.looking import Looker, Quote
from convenu.agreement.audit.said.named_parties import is_between_traders, towns_of_seats
from convenu.agreement.audit.said.providers_file import speaks_only_of_the_providers_file
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.said.reading import Reading
from convenu.agreement.audit.verdict.audit_finding import AuditFinding, article_of
from convenu.agreement.audit.words.shadow import plain

_MONTHS_A_YEAR = 12
_THREE_MONTHS = 92
# Paid within so many days of its reception, an invoice is paid within sixty of its issue.
_SOON_PAID = 45
# A court of trade is named for its kind too, wherever the parties are.
_OF_A_KIND = re.compile(r"commerc|activites economiques")


def as_situated(
    findings: Iterable[AuditFinding], reading: Reading, recognition: Recognition, *, beside: Iterable[AuditFinding] = ()
) -> list[AuditFinding]:
    """The findings as the situations of the contract leave them, one after the other: as they are, told otherwise, or not at all.

    `beside`: silences found already, which a situation may ask for too.
    """
    silences = [one for one in beside if one.silent]
    looker = Looker(reading.document)
    left = list(findings)
    for gate in recognition.gates:
        if any(_drops(gate, one) for one in left) and _is_open(gate, looker, reading, [*silences, *left]):
            left = list(_through(gate, left, _shown(gate, looker, recognition), reading))
    return left


def _through(gate: Gate, findings: list[AuditFinding], shown: Quote | None, reading: Reading) -> Iterator[AuditFinding]:
    """What a situation leaves; the first finding that it drops is told in its words, if it has any, for all those that it drops."""
    dropped = [one for one in findings if _drops(gate, one)]
    for one in findings:
        if one not in dropped:
            yield one
        elif gate.message and one is dropped[0]:
            yield _instead(gate, dropped, shown, reading)
        elif gate.retold and not gate.message:
            yield one.told_as(one.finding.message, **gate.retold)


def _instead(gate: Gate, dropped: list[AuditFinding], shown: Quote | None, reading: Reading) -> AuditFinding:
    first = dropped[0]
    # What rests on words is told with them; a silence, with those that show the situation.
    beside = shown if first.silent or first.quote is None else None
    told = first if beside is None else AuditFinding(first.finding, beside)
    return told.told_as(
        gate.message,
        where=first.finding.where if beside is None else article_of(beside, reading),
        terms=tuple(dict.fromkeys(term for one in dropped for term in one.finding.terms)),
        **{
            "law": tuple(dict.fromkeys(cited for one in dropped for cited in one.finding.law)),
            "remedy": " ".join(dict.fromkeys(one.finding.remedy for one in dropped)),
            **gate.retold,
        },
    )


def _drops(gate: Gate, one: AuditFinding) -> bool:
    return any(_named(rule, term, one) for rule, term in gate.drops)


def _named(rule: str, term: str, one: AuditFinding) -> bool:
    return rule == one.finding.rule and (not term or term in one.finding.terms)


def _is_open(gate: Gate, looker: Looker, reading: Reading, findings: Iterable[AuditFinding]) -> bool:
    if gate.fact and not _FACTS[gate.fact](reading):
        return False
    silences = [one for one in findings if one.silent]
    if not all(any(_named(rule, term, one) for one in silences) for rule, term in gate.silent):
        return False
    if gate.when and sum(bool(looker.evidence(evidence)) for evidence in gate.when) < gate.least:
        return False
    return not any(looker.evidence(evidence) for evidence in gate.unless)


def _shown(gate: Gate, looker: Looker, recognition: Recognition) -> Quote | None:
    """The words that best show a situation, at the seat of what it drops."""
    seen = [one for evidence in gate.when for one in looker.evidence(evidence)]
    seat = recognition.seat(gate.name, *(rule for rule, _ in gate.drops))
    return looker.quote_of(best_first(seen, looker, seat)[0]) if seen else None


def _year_at_most(reading: Reading) -> bool:
    """Whether the contract is read to last a year at most; of an unknown duration nothing is supposed."""
    duration = reading.values.get("initial_duration_months")
    return duration is not None and duration.value <= _MONTHS_A_YEAR


def _month_by_month(reading: Reading) -> bool:
    """Whether the contract lasts a month, renewed from month to month: each month the client may leave it."""
    lengths = [reading.values[key].value for key in ("initial_duration_months", "renewal_duration_months") if key in reading.values]
    return "initial_duration_months" in reading.values and all(length <= 1 for length in lengths)


def _one_off(reading: Reading) -> bool:
    """Whether nothing shows that the services last: no renewal, no duration over a year, no subscription."""
    duration = reading.values.get("initial_duration_months")
    return not reading.lasts and "renewal_duration_months" not in reading.values and (duration is None or duration.value <= _MONTHS_A_YEAR)


def _no_running_service(reading: Reading) -> bool:
    """Whether nothing shows a service that goes on over what holds the client's data."""
    return not (reading.lasts and reading.handles_data)


def _leaves_within_three_months(reading: Reading) -> bool:
    """Whether force majeure opens a way out within three months, as many contracts write it."""
    after = reading.values.get("force_majeure_exit_days")
    return after is not None and after.value <= _THREE_MONTHS


def _paid_soon(reading: Reading) -> bool:
    """Whether the delay to pay is short enough for its starting point to change nothing."""
    days = reading.values.get("payment_terms_days")
    return days is not None and days.value <= _SOON_PAID


def _organises_an_exit(reading: Reading) -> bool:
    """Whether the contract has a provision on the way out, whatever it is worth."""
    return reading.provisions["reversibility"].stated


def _holds_data(reading: Reading) -> bool:
    """Whether something shows that the provider hosts, runs, backs up or enters what holds the client's data."""
    return reading.handles_data


def _holds_no_data(reading: Reading) -> bool:
    """Whether nothing shows that the provider hosts, runs, backs up or enters what holds the client's data."""
    return not reading.handles_data


def _keeps_no_data(reading: Reading) -> bool:
    """Whether nothing shows that the provider keeps the client's data or runs what holds them: it mends the client's own machines."""
    return not reading.keeps_data


def _no_word_on_data(reading: Reading) -> bool:
    """Whether no article speaks of personal data: that any pass through the provider's hands is then supposed."""
    return reading.provisions["personal_data"].status is ProvisionStatus.ABSENT


def _speaks_of_its_own_file(reading: Reading) -> bool:
    """Whether all that is said of personal data is a notice on those of which the provider is the controller."""
    return speaks_only_of_the_providers_file(reading.document, reading.provisions["personal_data"])


def _supposes_data_kept_by_the_client(reading: Reading) -> bool:
    """Whether no article speaks of personal data, and the provider keeps none."""
    return _no_word_on_data(reading) and _keeps_no_data(reading)


def _between_traders(reading: Reading) -> bool:
    """Whether both parties are named, and traders by their form, whatever words speak of other people."""
    return is_between_traders(reading.document)


def _court_of_both_seats(reading: Reading) -> bool:
    """Whether the courts named, courts of trade aside, are those of the town of both seats: nothing is changed by it."""
    named = reading.values.get("jurisdiction_city")
    if named is None or _OF_A_KIND.search(plain(named.quote.text)):
        return False
    towns = towns_of_seats(reading.document)
    return {plain(town) for town in towns} == {plain(str(named.value))}


_FACTS: Mapping[str, Callable[[Reading], bool]] = {
    "year_at_most": _year_at_most,
    "month_by_month": _month_by_month,
    "one_off": _one_off,
    "holds_data": _holds_data,
    "holds_no_data": _holds_no_data,
    "keeps_no_data": _keeps_no_data,
    "no_word_on_data": _no_word_on_data,
    "speaks_of_its_own_file": _speaks_of_its_own_file,
    "supposes_data_kept_by_the_client": _supposes_data_kept_by_the_client,
    "organises_an_exit": _organises_an_exit,
    "paid_soon": _paid_soon,
    "no_running_service": _no_running_service,
    "leaves_within_three_months": _leaves_within_three_months,
    "between_traders": _between_traders,
    "court_of_both_seats": _court_of_both_seats,
}
FACTS = tuple(_FACTS)
