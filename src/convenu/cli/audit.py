"""`convenu audit`: what a contract of any origin says, what is wrong with it, and how it stands beside ours, as JSON and as text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from convenu.agreement.audit.audit import UNREAD_ARTICLES, Audit, audit
from convenu.agreement.audit.comparison import Stance
from convenu.agreement.audit.portfolio import PortfolioLine, line_of, said_dates
from convenu.agreement.audit.said.provisions import ProvisionStatus
from convenu.agreement.audit.value_words import said_value
from convenu.cli.files import MAX_FACTS_BYTES, content_of, why_not, write_whole
from convenu.cli.second_core import aside
from convenu.cli.telling import BLOCKING, WRONG_INPUT, print_json
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.documents.reading.reader import read
from convenu.library import loader
from convenu.library.recognition import recognition
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.read_text import ReadText

# A file that begins with a dot is the system's, one with « ~$ » is Word's while somebody writes, and these are not contracts.
_SKIPPED = (".json", ".yaml", ".yml", ".csv", ".xlsx", ".zip", ".png", ".jpg", ".ics")
# Those of `documents.audit_report` and `documents.portfolio_table`, known here before either is loaded.
_REPORTS = (".pdf", ".docx")
_TABLES = (".csv", ".xlsx", ".ics")
_SHORT = 160
_READERS = 2


@dataclass(frozen=True, slots=True)
class Audited:
    """The contracts of a folder that were read, and the files that were not."""

    audits: tuple[Audit, ...]
    mistakes: tuple[Mistake, ...]


def audited(path: Path, content: bytes, *, on: date, segment: str | None) -> Audit:
    """The audit of one file; the library loads while the file is read, which another process does, as some of the audit."""
    with ThreadPoolExecutor(1) as reader:
        text = reader.submit(read, path.name, content)
        library, known = loader.current(), recognition()
    return audit(text.result(), library, known, on=on, segment=segment, aside=aside)


def audited_folder(folder: Path, *, on: date, segment: str | None, tell: Callable[[int, int, str], None] | None = None) -> Audited:
    """The audit of every document of a folder and of those inside it; one that cannot be read does not stop the others.

    The files are read two at a time, ahead of the audit. `tell` hears of each: how many are done, of how many, which.
    """
    files = files_of(folder)
    audits: list[Audit] = []
    mistakes: list[Mistake] = []
    with ThreadPoolExecutor(_READERS) as readers:
        texts = readers.map(lambda file: _read_or_mistakes(file, str(file.relative_to(folder))), files)
        for done, (file, text) in enumerate(zip(files, texts, strict=True), start=1):
            if isinstance(text, ReadText):
                audits.append(audit(text, loader.current(), recognition(), on=on, segment=segment))
            else:
                mistakes += text
            if tell is not None:
                tell(done, len(files), file.name)
    return Audited(tuple(audits), tuple(mistakes))


def _read_or_mistakes(file: Path, name: str) -> ReadText | tuple[Mistake, ...]:
    """The text under the name that the file has in the folder: two folders may hold files of one name."""
    try:
        return read(name, file.read_bytes())
    except MistakesError as error:
        return error.mistakes
    except OSError as error:
        return (Mistake(name, f"fichier illisible : {why_not(error)}", "Vérifiez les droits du fichier."),)


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


def refuse_other_formats(target: Path, *, folder: bool) -> None:
    """Told before anything is read: a folder may take minutes."""
    formats, why = (_TABLES, "un dossier donne un tableau ou un calendrier") if folder else (_REPORTS, "un contrat donne un rapport")
    if target.suffix.lower() not in formats:
        raise MistakesError([Mistake(str(target), f"ce format n’est pas écrit : {why}", f"Formats : {', '.join(formats)}.")])


def files_of(folder: Path) -> list[Path]:
    """The documents of a folder, in the order of their names."""
    inside = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() not in _SKIPPED)
    return [file for file in inside if not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)]


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
    for stance in (Stance.MISSING, Stance.NEGOTIATE):
        labels = [position.label for position in one.comparison if position.stance is stance]
        if labels:
            yield f"{'Manque' if stance is Stance.MISSING else 'À négocier'} : {', '.join(labels)}."
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


@verb("audit")
@click.argument("path", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option("--on", "on", type=DAY, help="Jour du contrôle (par défaut aujourd’hui).")
@click.option("--segment", type=click.Choice([one.value for one in ClientSegment]), help="Offre à laquelle comparer (par défaut devinée).")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    help="Rapport .pdf ou .docx ; d’un dossier .csv, .xlsx ou .ics.",
)
@click.option("--text", "text_only", is_flag=True, help="Écrire le texte lu, auquel renvoient les positions.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(path: Path, on: date | None, segment: str | None, target: Path | None, *, text_only: bool, as_json: bool) -> None:
    """The audit of a file or of a folder; leave with 1 when a finding blocks, with 2 when a file was not read."""
    day = on or today()
    if target is not None:
        refuse_other_formats(target, folder=path.is_dir())
    if path.is_dir():
        if text_only:
            raise MistakesError([Mistake(str(path), "« --text » écrit le texte d’un seul fichier", "Nommez le fichier.")])
        folder = audited_folder(path, on=day, segment=segment, tell=_tell_progress)
        if not folder.audits and not folder.mistakes:
            raise MistakesError([Mistake(str(path), "aucun document dans ce dossier", "Nommez un dossier de contrats.")])
        if target is not None:
            write_whole(target, write_table(target, folder, on=day))
        if as_json:
            errors = [mistake.as_json() for mistake in folder.mistakes]
            print_json({"on": day.isoformat(), "audits": [one.as_json() for one in folder.audits], "errors": errors})
        else:
            click.echo("\n".join(french.typography(line) for line in as_rows(folder)))
        sys.exit(WRONG_INPUT if folder.mistakes else BLOCKING if any(one.blocks_signature for one in folder.audits) else 0)
    content = content_of(path, limit=MAX_FACTS_BYTES)
    if text_only:
        click.echo(read(path.name, content).text, nl=False)
        return
    one = audited(path, content, on=day, segment=segment)
    if target is not None:
        write_whole(target, write_report(target, one))
    if as_json:
        print_json(one.as_json())
    else:
        click.echo("\n".join(french.typography(line) for line in as_text(one)))
    sys.exit(BLOCKING if one.blocks_signature else 0)


def _tell_progress(done: int, total: int, name: str) -> None:
    """A line that renews itself for whoever watches a terminal; nothing in a file."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} / {total}  {name[:60]:<60}", err=True, nl=done == total)
