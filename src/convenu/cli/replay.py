"""`convenu replay`: past tickets under proposed terms, as JSON and as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, tzinfo
from itertools import islice
from pathlib import Path
from typing import Any

import click

from convenu.agreement.trial import MOST_PROPOSALS, Past, Trial, trial_as_json, tried
from convenu.cli.telling import print_json
from convenu.cli.terms_file import variants_of
from convenu.cli.tickets import rejected, tickets_of
from convenu.cli.typed import today
from convenu.cli.verbs import verb
from convenu.connectors.importing import Imported
from convenu.facts.tickets import Evidence
from convenu.library import loader
from convenu.service.clock import Result
from convenu.service.credits import Credits
from convenu.service.explanation import explain
from convenu.service.replay import Attainment
from convenu.service.resampling import Likeness
from convenu.terms.contract import Terms
from convenu.vocabulary import french
from convenu.vocabulary.instants import written
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import total

_BREACHES_SHOWN = 10
_REASONS_SHOWN = 3
_LIKE = re.compile(r"(\d{1,9})/(\d{1,9})(?::(\d{1,9}))?")


def likeness(written: str) -> Likeness:
    """« 25/900:3 »: the assets of a client without history, those behind the tickets, and the number of the draw."""
    found = _LIKE.fullmatch(written.replace(" ", ""))
    try:
        return Likeness(int(found[1]), int(found[2]), int(found[3] or 1)) if found else Likeness(0, 0)
    except ValueError as error:
        raise MistakesError([Mistake("--like", f"« {written[:40]} » ne se lit pas", "Écrivez par exemple --like 25/900.")]) from error


def proposed(given: Sequence[tuple[str, Terms]], read: Imported, *, on: date, solved: bool, like: Likeness | None = None) -> list[Trial]:
    """Each proposal, named by its file, tried on the tickets read, or on tickets drawn from them for a client who has none.

    They stand as they were known at the last instant that they speak of.
    """
    if len(given) > MOST_PROPOSALS:
        raise MistakesError([Mistake("--terms", f"{len(given)} propositions", f"Comparez-en {MOST_PROPOSALS} au plus.")])
    if not read.tickets:
        reasons = Counter(blocked.reason for blocked in read.blocked).most_common(_REASONS_SHOWN)
        raise MistakesError([Mistake("tickets", "aucun ticket lisible", " ; ".join(f"{count} : {reason}" for reason, count in reasons))])
    library = loader.current()
    past = Past(tickets=read.tickets, interruptions=read.interruptions, left_out=[blocked.reason for blocked in read.blocked])
    past = past.like(like) if like else past
    return [tried(name, terms, past, library, on=on, solved=solved) for name, terms in given]


def ticket_explained(key: str, proposals: Iterable[Trial], read: Imported) -> Iterator[str]:
    """Every commitment of one ticket under each proposal; a key that no ticket has is a mistake."""
    blocked = next((one for one in read.blocked if one.ticket == key), None)
    if blocked is not None:
        raise MistakesError([Mistake(key, f"ticket laissé de côté : {blocked.reason}", "Complétez la correspondance.")])
    for one in proposals:
        results = [result for result in one.done.results if result.ticket.split("/", maxsplit=1)[0] == key or result.ticket == key]
        if not results:
            raise MistakesError([Mistake(key, "aucun ticket de ce numéro", "Vérifiez le numéro dans l’export.")])
        yield f"{one.name} :"
        for result in results:
            yield from explained(result, one)


def trials_as_json(
    proposals: Sequence[Trial], read: Imported, *, with_stretches: bool, solved: bool, like: Likeness | None = None
) -> dict[str, Any]:
    """One proposal alone, or several side by side by name."""
    around: dict[str, Any] = {"rejected_rows": rejected(read), **({"drawn": {**asdict(like), "told": like.told}} if like else {})}
    told = [{**trial_as_json(one, with_stretches=with_stretches, solved=solved), **around} for one in proposals]
    return told[0] if len(told) == 1 else {"proposals": [{"name": one.name, **part} for one, part in zip(proposals, told, strict=True)]}


def as_text(one: Trial, read: Imported) -> Iterator[str]:
    """One proposal for a terminal, a line at a time."""
    done = one.done
    yield f"{one.name} : {done.computed} tickets calculés sur {done.tickets}, connus au {_shown(done.as_of, UTC)}."
    yield from (f"  preuve : {told}" for told in _evidence(done.evidence))
    for reason, count in done.not_computed.most_common():
        yield f"  non calculés : {count}, {reason}"
    if read.rejected:
        yield f"  lignes refusées : {len(read.rejected)}, la première ligne {read.rejected[0].row} ({read.rejected[0].reason})"
    for attained in done.attainments:
        yield from _attainment_lines(attained, one)
    yield from _credit_lines(done.credits)
    for found in one.tightest:
        limit = "jamais atteint par assez de tickets" if found.written is None else french.span(found.written)
        yield f"  {found.commitment.label} {found.priority}, tenu à {found.level} % sur {_tickets(found.tickets)} : {limit}"
    for gain in one.gains:
        before, after = _percent(gain.met_before, gain.tickets), _percent(gain.met, gain.tickets)
        added = french.number(gain.weekly_minutes_added // 60)
        yield f"  {gain.hours} (+{added} h par semaine, estimation) : {gain.commitment.label} {gain.priority}, {before} puis {after}"


def _attainment_lines(attained: Attainment, one: Trial) -> Iterator[str]:
    span = "aucun délai" if attained.span is None else french.span(attained.span)
    name = f"  {attained.commitment.label} {attained.priority} ({span})"
    if attained.interval is None:
        reasons = " ; ".join(f"{count} : {reason}" for reason, count in attained.not_computed.most_common()) or "aucun ticket terminé"
        yield f"{name} : non calculé ({reasons})"
        return
    low, high = attained.interval
    promised = "" if attained.promised is None else f", promis {french.number(round(100 * attained.promised))} %"
    kept = _percent(attained.met, len(attained.computed))
    yield f"{name} : {attained.met} sur {len(attained.computed)}, {kept} (entre {french.share(low)} et {french.share(high)}){promised}"
    if len(one.done.evidence) > 1:
        yield f"      preuve : {' ; '.join(_evidence(attained.evidence))}"
    if attained.out_of_hours:
        yield f"      heures hors plage que ce délai demande : {french.number(attained.out_of_hours // 3600)} h"
    for breach in islice(attained.breaches, _BREACHES_SHOWN):
        yield f"      manqué : {breach.ticket}, {_length(breach.consumed)} pour {_length(breach.target)} ({one.article(breach.clause)})"
    if len(attained.breaches) > _BREACHES_SHOWN:
        yield f"      et {len(attained.breaches) - _BREACHES_SHOWN} autres"


def _evidence(known: Counter[Evidence]) -> Iterator[str]:
    return (f"{evidence.label}, {_tickets(count)}" for evidence, count in sorted(known.items()))


def _tickets(count: int) -> str:
    return f"{french.number(count)} ticket{'s' if count > 1 else ''}"


def _credit_lines(owed: Credits) -> Iterator[str]:
    if owed.reason:
        yield f"  Avoirs : {owed.reason}."
        return
    amounts = list(owed.by_month.values())
    yield f"  Avoirs qui auraient été dus : {french.euros(total(amounts))} sur {len(amounts)} période{'s' if len(amounts) > 1 else ''}"
    for month, amount in owed.by_month.items():
        if amount.amount:
            yield f"      {french.month(month)} : {french.euros(amount)}"


def explained(result: Result, one: Trial) -> Iterator[str]:
    """One commitment of one ticket, every stretch with its reason and its article, in the time of the site."""
    zone: tzinfo = UTC if result.hours is None or result.start is None else result.hours.local(result.start).tzinfo or UTC
    head = f"{result.ticket} {result.commitment.label} {result.priority} : {result.verdict.label}"
    if result.start is None:
        article = one.article(result.clause)
        yield f"{head}{f' ({result.reason})' if result.reason else ''}{f', {article}' if article else ''}"
        return
    due = "suspendue" if result.due is None else _shown(result.due, zone)
    yield f"{head}, {_length(result.consumed)} pour {_length(result.target)}, échéance {due} ({one.article(result.clause)})"
    for note in (*result.notes, *([result.reason] if result.reason else [])):
        yield f"  à noter : {note}"
    for stretch in explain(result):
        mark = "compté" if stretch.counted else "non compté"
        place = one.article(stretch.clause)
        bounds = f"{_shown(stretch.start, zone)} → {_shown(stretch.end, zone)}"
        yield f"  {bounds}  {_length(stretch.seconds):>12}  {mark:<10}  {stretch.reason} ({place})"


def _shown(moment: int, zone: tzinfo) -> str:
    """« 27/11/2026 16:00:00 »."""
    day = written(moment, zone)
    return f"{day[8:10]}/{day[5:7]}/{day[:4]} {day[11:19]}"


def _length(seconds: int | None) -> str:
    return "?" if seconds is None else french.length(seconds)


def _percent(met: int, of: int) -> str:
    return french.share(met / of) if of else "–"


@verb("replay")
@click.option(
    "--terms", "terms_files", metavar="TERMS.yaml", type=click.Path(path_type=Path), required=True, multiple=True,
    help="Termes proposés ; à répéter pour en comparer jusqu’à quatre.",
)  # fmt: skip
@click.option(
    "--tickets", "tickets_file", metavar="FILE", type=click.Path(path_type=Path), required=True,
    help="Tickets passés : .csv, .xlsx, .ods, .parquet ou .json.",
)  # fmt: skip
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option(
    "--solve", "solved", is_flag=True, help="Chercher les délais tenus à 90, 95 et 99 %, et ce que des heures de plus changeraient."
)
@click.option("--ticket", "key", help="Expliquer ce ticket, seconde par seconde.")
@click.option(
    "--like", "lent", metavar="N/M[:TIRAGE]",
    help="Client sans historique, de N équipements : tirer au sort dans ces tickets, qui viennent de M équipements.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="En JSON, expliquer chaque délai manqué.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(  # noqa: PLR0913 - an option each
    terms_files: tuple[Path, ...], tickets_file: Path, mapping_file: Path | None, key: str | None,
    *, lent: str | None, solved: bool, explain: bool, as_json: bool,
) -> None:  # fmt: skip
    """What would have been kept, missed and owed; or one ticket, second by second."""
    read = tickets_of(tickets_file, mapping_file)
    like = likeness(lent) if lent else None
    proposals = proposed(list(variants_of(terms_files).items()), read, on=today(), solved=solved, like=like)
    if key is not None:
        click.echo(french.typography("\n".join(ticket_explained(key, proposals, read))))
    elif as_json:
        print_json(trials_as_json(proposals, read, with_stretches=explain, solved=solved, like=like))
    else:
        told = [like.told] if like else []
        click.echo("\n".join(map(french.typography, [*told, *(line for one in proposals for line in as_text(one, read))])))
