"""`convenu audit`: what a contract of any origin says, what is wrong with it, and how it stands beside ours, as JSON and as text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from convenu.actions.second_core import aside
from convenu.cli.files import MAX_FACTS_BYTES, content_of, write_whole
from convenu.cli.telling import BLOCKING, WRONG_INPUT, print_json
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.documents.reading.reader import read, read_or_mistakes
from convenu.terms.closed_lists import ClientSegment
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.read_text import ReadText

# What reads and judges is loaded once the arguments are known: by then the file is being read aside.
if TYPE_CHECKING:
    from convenu.agreement.audit.audit import Audit
    from convenu.agreement.audit.guides.guides import Recognition
    from convenu.agreement.audit.read_over import ReadOver

# Those of `documents.audit_report` and `documents.portfolio_table`, known here before either is loaded.
_REPORTS = (".pdf", ".docx")
_TABLES = (".csv", ".xlsx", ".ics")


def audited(path: Path, content: bytes, *, on: date, segment: str | None) -> Audit:
    """The audit of one file: a copy of this process reads it, while the cues, the rest of the program and the library load here."""
    text, known = aside(lambda: read_or_mistakes(path.name, content)), _cues()
    from convenu.agreement.audit.read_over import read_over  # noqa: PLC0415 - loaded while the other reads

    cues = known()

    def over_or_mistakes() -> ReadOver | tuple[Mistake, ...]:
        said = text()
        return read_over(said, cues, aside=aside) if isinstance(said, ReadText) else said

    reading = aside(over_or_mistakes)
    from convenu.agreement.audit.audit import judged  # noqa: PLC0415 - loaded while the contract is read over
    from convenu.library import loader, recognition_names  # noqa: PLC0415 - the same

    library, recognition, over = loader.current(), recognition_names.with_known_names(cues), reading()
    if isinstance(over, tuple):
        raise MistakesError(over)
    return judged(over, library, recognition, on=on, segment=segment, aside=aside)


@cache
def _cues() -> Callable[[], Recognition]:
    """The cues as they were kept, else as a copy of this process begins to read them; once for as long as this one lasts."""
    from convenu.library.recognition import as_kept, as_written  # noqa: PLC0415 - loaded once the file is being read

    known = as_kept()
    return cache(aside(as_written)) if known is None else lambda: known


def refuse_other_formats(target: Path, *, folder: bool) -> None:
    """Told before anything is read: a folder may take minutes."""
    formats, why = (_TABLES, "un dossier donne un tableau ou un calendrier") if folder else (_REPORTS, "un contrat donne un rapport")
    if target.suffix.lower() not in formats:
        raise MistakesError([Mistake(str(target), f"ce format n’est pas écrit : {why}", f"Formats : {', '.join(formats)}.")])


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
        from convenu.cli import audit_folder, audit_told  # noqa: PLC0415 - loaded once the arguments are known

        folder = audit_folder.audited_folder(path, on=day, segment=segment, tell=_tell_progress)
        if not folder.audits and not folder.mistakes:
            raise MistakesError([Mistake(str(path), "aucun document dans ce dossier", "Nommez un dossier de contrats.")])
        if target is not None:
            write_whole(target, audit_told.write_table(target, folder, on=day))
        if as_json:
            errors = [mistake.as_json() for mistake in folder.mistakes]
            print_json({"on": day.isoformat(), "audits": [one.as_json() for one in folder.audits], "errors": errors})
        else:
            click.echo("\n".join(french.typography(line) for line in audit_told.as_rows(folder)))
        sys.exit(WRONG_INPUT if folder.mistakes else BLOCKING if any(one.blocks_signature for one in folder.audits) else 0)
    content = content_of(path, limit=MAX_FACTS_BYTES)
    if text_only:
        click.echo(read(path.name, content).text, nl=False)
        return
    one = audited(path, content, on=day, segment=segment)
    from convenu.cli import audit_told  # noqa: PLC0415 - the same

    if target is not None:
        write_whole(target, audit_told.write_report(target, one))
    if as_json:
        print_json(one.as_json())
    else:
        click.echo("\n".join(french.typography(line) for line in audit_told.as_text(one)))
    sys.exit(BLOCKING if one.blocks_signature else 0)


def _tell_progress(done: int, total: int, name: str) -> None:
    """A line that renews itself for whoever watches a terminal; nothing in a file."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} / {total}  {name[:60]:<60}", err=True, nl=done == total)
