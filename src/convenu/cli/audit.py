"""`convenu audit`: what a contract of any origin says, what is wrong with it, and how it stands beside ours, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from convenu.agreement.audit.audit import Audit, audit
from convenu.agreement.audit.comparison import Stance
from convenu.agreement.audit.provisions import ProvisionStatus
from convenu.documents.reading.reader import read
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.read_text import ReadText

# A file that begins with a dot is the system's, and these are not contracts.
_SKIPPED = (".json", ".yaml", ".yml", ".csv", ".xlsx", ".zip", ".png", ".jpg", ".ics")
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Audited:
    """The contracts of a folder that were read, and the files that were not."""

    audits: tuple[Audit, ...]
    mistakes: tuple[Mistake, ...]


def read_file(path: Path, content: bytes) -> ReadText:
    """The text of a contract."""
    return read(path.name, content)


def audited(path: Path, content: bytes, *, on: date, segment: str | None) -> Audit:
    """The audit of one file."""
    return audit(read_file(path, content), loader.current(), recognition(), on=on, segment=segment)


def audited_folder(folder: Path, *, on: date, segment: str | None) -> Audited:
    """The audit of every document of a folder and of those inside it; one that cannot be read does not stop the others."""
    audits: list[Audit] = []
    mistakes: list[Mistake] = []
    for file in files_of(folder):
        try:
            audits.append(audited(file, file.read_bytes(), on=on, segment=segment))
        except MistakesError as error:
            mistakes += error.mistakes
        except OSError as error:
            mistakes.append(Mistake(str(file), f"fichier illisible : {error.strerror}", "Vérifiez les droits du fichier."))
    return Audited(tuple(audits), tuple(mistakes))


def files_of(folder: Path) -> list[Path]:
    """The documents of a folder, in the order of their names."""
    inside = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() not in _SKIPPED)
    return [file for file in inside if not any(part.startswith(".") for part in file.relative_to(folder).parts)]


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
    yield "Valeurs lues"
    for value in one.reading.values.values():
        yield f"  {value.label} : {'oui' if value.value is True else value.value}"
    for level in one.reading.levels:
        said = level.as_json()
        times = [f"{name} {said[key]}" for key, name in (("response", "prise en charge"), ("restoration", "rétablissement")) if said[key]]
        yield f"  {level.priority} : {', '.join(times)}"
    for stance in (Stance.MISSING, Stance.NEGOTIATE):
        labels = [position.label for position in one.comparison if position.stance is stance]
        if labels:
            yield f"{'Manque' if stance is Stance.MISSING else 'À négocier'} : {', '.join(labels)}."
    present = sum(provision.status is ProvisionStatus.PRESENT for provision in one.reading.provisions.values())
    yield f"{len(one.findings)} constats, {present} stipulations présentes sur {len(one.reading.provisions)}, au {french.day(one.on)}."


def as_rows(folder: Audited) -> Iterator[str]:
    """A folder for a person: a line a contract, then what was not read."""
    for one in folder.audits:
        blocking = sum(found.finding.severity.value == "blocking" for found in one.findings)
        if not one.reading.in_french:
            said = f"langue : {one.reading.language}, non jugé"
        elif not one.reading.is_service_contract:
            said = "pas un contrat de services informatiques"
        else:
            missing = sum(position.stance is Stance.MISSING for position in one.comparison)
            said = f"{len(one.findings)} constats, dont {blocking} bloquants ; {missing} stipulations manquent"
        yield f"{one.name} : {said}."
    yield from (str(mistake) for mistake in folder.mistakes)


def _short(words: str) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= _SHORT else f"{one_line[:_SHORT].rstrip()}…"
