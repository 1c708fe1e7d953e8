"""What an audit says to a person: a contract in full, a folder a line a contract; the reports of the first, the table of the second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from convenu.agreement.audit.audit import UNREAD_ARTICLES, Audit
from convenu.agreement.audit.comparison import Stance
from convenu.agreement.audit.portfolio import PortfolioLine, line_of, said_dates
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.value_words import said_value
from convenu.cli.audit_folder import Audited
from convenu.vocabulary import french

_SHORT = 160


def write_report(target: Path, one: Audit) -> bytes:
    """The report of one contract, in the format that the name of its file asks for."""
    from convenu.documents import audit_report  # noqa: PLC0415 - what draws PDF and Word is loaded only when a report is asked

    return audit_report.write_audit_report(target.suffix.lower(), one)


def write_table(target: Path, folder: Audited, *, on: date) -> bytes:
    """The table of a folder, files that were not read included, or the calendar of its deadlines."""
    from convenu.documents import portfolio_table  # noqa: PLC0415 - the same

    lines = [line_of(one) for one in folder.audits]
    lines += [PortfolioLine(file=one.where, not_read=(f"{one.message}.", one.suggestion)) for one in folder.mistakes]
    return portfolio_table.write_portfolio(target.suffix.lower(), sorted(lines, key=lambda line: line.file), on=on)


def as_text(one: Audit) -> Iterator[str]:
    """An audit for a person: what it is, its findings, its values, what is missing."""
    yield one.name
    yield from (f"  {remark}" for remark in one.remarks)
    if not one.reading.is_service_contract:
        return
    for audit_finding in one.findings:
        finding = audit_finding.finding
        law = " ; ".join(cited.citation for cited in finding.law)
        yield f"{finding.severity.label.upper()}  {finding.title}  [{finding.rule}]\n  {finding.where} : {finding.message}"
        if audit_finding.quote is not None:
            yield f"  Lu : « {_short(audit_finding.quote.text)} »"
        yield f"  Remède : {finding.remedy}" + (f"\n  Droit : {law}" if law else "")
    yield from _questions(one)
    yield "Valeurs lues"
    for key, value in one.reading.values.items():
        yield f"  {value.label} : {said_value(key, value.value)}"
    yield from (f"  {label} : {said}" for label, said in said_dates(line_of(one)))
    for level in one.reading.levels:
        said = level.as_json()
        kinds = (("response", "prise en charge"), ("workaround", "contournement"), ("restoration", "rétablissement"))
        times = [f"{name} {said[key]}" for key, name in kinds if said.get(key)]
        yield f"  {level.priority} : {', '.join(times)}"
    missing = [position.label for position in one.comparison if position.stance is Stance.MISSING]
    if missing:
        yield f"Manque : {', '.join(missing)}."
    open_ones = [position for position in one.comparison if position.stance is Stance.NEGOTIATE]
    if open_ones:
        yield "À négocier"
    yield from (f"  {position.label} : {position.why}" for position in open_ones)
    if one.unread:
        yield f"Articles où rien n’a été reconnu : {' ; '.join(_short(quote.text) for quote in one.unread)}. {UNREAD_ARTICLES}"
    present = sum(provision.status is ProvisionStatus.PRESENT for provision in one.reading.provisions.values())
    told = f"{_counted(len(one.findings), 'constat')}, {_counted(present, 'stipulation')} présente{'s' if present > 1 else ''}"
    yield f"{told} sur {len(one.reading.provisions)}, au {french.day(one.on)}."


def _questions(one: Audit) -> Iterator[str]:
    """What the reader must look at before anything is concluded."""
    if one.to_verify:
        yield "À vérifier, sans conclusion"
    for asked in one.to_verify:
        yield f"  {asked.finding.title}  [{asked.finding.rule}]\n  {asked.finding.where} : {asked.finding.message}"
        if asked.quote is not None:
            yield f"  Lu : « {_short(asked.quote.text)} »"
        if asked.finding.remedy:
            yield f"  Si c’est le cas ({asked.finding.severity.label.lower()}) : {asked.finding.remedy}"


def as_rows(folder: Audited) -> Iterator[str]:
    """A folder for a person: a line a contract, then what was not read."""
    for one in folder.audits:
        blocking = sum(found.finding.severity.value == "blocking" for found in one.findings)
        if not one.reading.in_french:
            said = "pas en français, non jugé"
        elif not one.reading.is_service_contract:
            said = "pas un contrat de services informatiques"
        else:
            missing = sum(position.stance is Stance.MISSING for position in one.comparison)
            told = _counted(len(one.findings), "constat") + (f", dont {_counted(blocking, 'bloquant')}" if blocking else "")
            said = f"{told} ; {_counted(missing, 'stipulation')} {'manquent' if missing > 1 else 'manque'}"
        yield f"{one.name} : {said}."
    yield from (str(mistake) for mistake in folder.mistakes)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHORT else f"{one_line[:_SHORT].rstrip()}…"
