"""In which situations a finding does not apply to a stranger's contract, or says something else: a consumer, a public buyer, a project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from convenu.agreement.audit.guides import Gate, Recognition
from convenu.agreement.audit.looking import Looker, Quote
from convenu.agreement.audit.reading import Reading
from convenu.vocabulary.findings import Finding

_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class OpenGate:
    """A situation that a contract shows, and the words that show it."""

    gate: Gate
    quote: Quote | None

    def drops(self, finding: Finding) -> bool:
        """Whether the situation says something of a finding."""
        return any(rule == finding.rule and (not term or term in finding.terms) for rule, term in self.gate.drops)


def open_gates(reading: Reading, recognition: Recognition, findings: Collection[Finding]) -> tuple[OpenGate, ...]:
    """The situations that a contract shows, in the order of the library."""
    looker = Looker(reading.document)
    return tuple(opened for gate in recognition.gates if (opened := _opened(gate, looker, reading, findings)) is not None)


def _opened(gate: Gate, looker: Looker, reading: Reading, findings: Collection[Finding]) -> OpenGate | None:
    if gate.fact and not _FACTS[gate.fact](reading, findings):
        return None
    seen = [found[0] for evidence in gate.when if (found := looker.evidence(evidence))]
    if gate.when and len(seen) < gate.least:
        return None
    if any(looker.evidence(evidence) for evidence in gate.unless):
        return None
    return OpenGate(gate, looker.quote_of(seen[0]) if seen else None)


def _year_at_most(reading: Reading, _: Collection[Finding]) -> bool:
    """Whether the contract is read to last a year at most; of an unknown duration nothing is supposed."""
    duration = reading.values.get("initial_duration_months")
    return duration is not None and duration.value <= _MONTHS_A_YEAR


def _article_28_silent(_: Reading, findings: Collection[Finding]) -> bool:
    """Whether none of the guarantees for personal data is there: their deletion is one of them."""
    return any(finding.rule == "rgpd-28-3" and "data_guarantees" in finding.terms for finding in findings)


_FACTS: Mapping[str, Callable[[Reading, Collection[Finding]], bool]] = {
    "year_at_most": _year_at_most,
    "article_28_silent": _article_28_silent,
}
FACTS = tuple(_FACTS)
