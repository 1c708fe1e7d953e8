"""`convenu clauses`: the clauses, what changed in the library since a release, and the offers side by side."""

from __future__ import annotations

import click

from convenu.agreement.library import Library
from convenu.agreement.library_changes import LibraryChange, changes_between
from convenu.agreement.part_changes import PartChange, part_changes
from convenu.agreement.segments import Comparison, compare_segments
from convenu.agreement.term_words import lines_of
from convenu.cli.telling import print_json
from convenu.cli.typed import today
from convenu.cli.verbs import verb
from convenu.library import loader
from convenu.vocabulary import french
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.word_diff import DiffKind

# Characters shown on each side of words that changed.
AROUND = 40


@verb("clauses")
@click.option("--since", metavar="VERSION", help="Ce qui a changé depuis une version figée de la bibliothèque, par exemple 2026.11.")
@click.option("--segments", is_flag=True, help="Comparer les offres : valeurs, clauses et rédactions de chaque segment.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(since: str | None, *, segments: bool, as_json: bool) -> None:
    """A line a clause, or a change, or a difference between two offers."""
    library = loader.current()
    if segments:
        comparison = compare_segments(library, on=today())
        if as_json:
            print_json(comparison.as_json())
        else:
            _show_comparison(comparison)
        return
    if since is not None:
        _show_changes(_frozen(since), library, as_json=as_json)
        return
    if as_json:
        print_json([clause.as_json() for clause in library.clauses])
        return
    for clause in library.clauses:
        click.echo(f"{clause.provision:>2} {clause.key:<28} {french.typography(clause.title)}")
    click.echo(f"{len(library.clauses)} clauses, version {library.release}.")


def _frozen(name: str) -> Library:
    known = loader.shelf().names
    if name not in known:
        told = f"Versions figées : {', '.join(known)}." if known else "Aucune version n’est encore figée."
        raise MistakesError([Mistake(name, "aucune version de la bibliothèque ne porte ce nom", told)])
    return loader.release(name)


def _show_changes(old: Library, new: Library, *, as_json: bool) -> None:
    changes, parts_changed = changes_between(old, new), part_changes(old, new)
    if as_json:
        told = {"changes": [change.as_json() for change in changes], "parts": [change.as_json() for change in parts_changed]}
        print_json({"from": old.release, "to": new.release, **told})
        return
    for change in changes:
        parts = f" ({', '.join(change.parts)})" if change.parts else ""
        click.echo(f"{change.fate.label:<9} {change.clause.key:<28} {french.typography(change.clause.title)}{parts}")
        for note in change.notes:
            law = f" Droit : {' ; '.join(new.citation(one) for one in note.law)}." if note.law else ""
            click.echo(french.typography(f"  version {note.version} : {note.why}{law}"))
        if "texte" in change.parts:
            click.echo(f"  {_marked(change)}")
    many = "s" if len(changes) > 1 else ""
    click.echo(f"{len(changes)} clause{many} changée{many} de {old.release} à {new.release}.")
    for part in parts_changed:
        _show_part(part, new)


def _show_part(change: PartChange, library: Library) -> None:
    """A definition, a segment, a sector, a question, a rule or a figure: what, why, on what law."""
    click.echo(french.typography(f"{change.kind.label} {change.key} : {change.title} ({change.what})"))
    for note in change.notes:
        law = f" Droit : {' ; '.join(library.citation(one) for one in note.law)}." if note.law else ""
        click.echo(french.typography(f"  {note.why}{law}"))
    for line in change.lines:
        click.echo(french.typography(f"  {line.label} : {line.before or '—'} → {line.after or '—'}"))


def _marked(change: LibraryChange) -> str:
    """The words of a change: [-taken out-] and {+put in+}, with a few words around."""
    shown = []
    for run in change.runs:
        words = " ".join(run.text.split())
        match run.kind:
            case DiffKind.SAME:
                shown.append(words if len(words) <= 2 * AROUND else f"{words[:AROUND]} … {words[-AROUND:]}")
            case DiffKind.DELETED:
                shown.append(f"[-{words}-]")
            case DiffKind.INSERTED:
                shown.append(f"{{+{words}+}}")
    return " ".join(shown)


def _show_comparison(comparison: Comparison) -> None:
    """The offers one after the other: what each changes against the measure, term by term and clause by clause."""
    measure = next(pack for pack in comparison.packs if pack.segment == comparison.measure)
    for pack in comparison.packs:
        if pack is measure:
            continue
        segment = pack.segment
        changed = f"{comparison.terms_changed(segment)} termes, {comparison.clauses_changed(segment)} clauses"
        click.echo(f"{pack.label} face à {measure.label} : {changed}")
        for row in comparison.terms:
            if segment in row.differs:
                here, there = (" ; ".join(lines_of(row.values[one])) for one in (segment, measure.segment))
                click.echo(f"  {french.typography(row.label)} : {here}  [{measure.label} : {there}]")
        for line in comparison.clauses:
            if segment in line.differs:
                click.echo(f"  {french.typography(line.title)} : {line.differs[segment].label}")
    click.echo(f"Version {comparison.release}.")
