"""`convenu price`: the price of terms, what they cost and leave, up to four variants side by side; as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from convenu.agreement.costing.costs import Costs, read_costs
from convenu.agreement.costing.history import History, history_of
from convenu.agreement.costing.margin import Margin
from convenu.agreement.costing.options import Options, compare
from convenu.agreement.costing.quote import SEED, Costing, Offer, costing, offer
from convenu.agreement.derived import monthly_fee
from convenu.agreement.term_words import lines_of
from convenu.cli.files import content_of, named_workbook, write_whole
from convenu.cli.telling import print_json
from convenu.cli.terms_file import variants_of
from convenu.cli.tickets import tickets_of
from convenu.cli.typed import DAY, today
from convenu.cli.verbs import verb
from convenu.connectors.importing import Imported
from convenu.library import loader
from convenu.library.costing import assumptions
from convenu.service.replay import replay
from convenu.service.vat import Vat, vat_on
from convenu.terms.closed_lists import ClientSegment
from convenu.terms.contract import Terms
from convenu.vocabulary import french, yaml_text
from convenu.vocabulary.mistakes import Mistake, MistakesError
from convenu.vocabulary.money import Money

_DRIVERS_SHOWN = 5
# What a file of costs holds; the mark keeps its lines as they are.
COSTS_HELP = """\b
Le fichier de --costs (ce qui n’y est pas manque, rien n’est compté pour zéro) :
  hour_n1: 29 EUR            # une heure de chaque niveau
  hour_n2: 36 EUR
  hour_n3: 48 EUR
  overheads: 22 %            # frais généraux, en part des coûts directs
  on_call_month: 900 EUR     # part d’astreinte de ce contrat
  travel: 45 EUR             # un déplacement, hors temps sur place
  set_up_hours: 40
  tools: [{label: Supervision, unit: endpoint, monthly: 2.40 EUR}]
  fixed: [{label: Console, monthly: 35 EUR}]
  efforts: [{population: server, low: 0.6, likely: 1.1, high: 2.2}]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """One file of terms: its price on a day with its tax, and its costing (None: the price alone was asked)."""

    name: str
    offer: Offer
    vat: Vat
    costing: Costing | None

    def as_json(self) -> dict[str, Any]:
        """What the client reads, then what only the MSP does."""
        rate = None if self.vat.rate is None else str(self.vat.rate)
        told = {**self.offer.as_json(), "vat": {"rate": rate, "monthly": str(self.vat.tax), "why": self.vat.why}}
        return told if self.costing is None else {**told, **self.costing.as_json()}


def priced(name: str, terms: Terms, *, costs: Costs | None, read: Imported | None, on: date, seed: int) -> Priced:
    """Price one file of terms; `costs` None leaves out all that the client may not read, `read` gives the MSP's own tickets."""
    found = offer(terms, on=on)
    costed = None
    if costs is not None:
        segment = terms.client_segment.value or ClientSegment.PME
        history = None if read is None else _history(terms, read)
        costed = costing(terms, costs=costs, assumptions=assumptions()[segment], on=on, seed=seed, history=history)
    return Priced(name=name, offer=found, vat=vat_on(found.monthly, terms, loader.current().law, on=on), costing=costed)


def _history(terms: Terms, read: Imported) -> History:
    """The demand that tickets show, and the credits that these terms would have owed on them."""
    if not read.tickets:
        return History({})
    as_of = max(ticket.last_seen for ticket in read.tickets)
    done = replay(terms, read.tickets, as_of=as_of, interruptions=read.interruptions, monthly_fee=monthly_fee(terms))
    return history_of(read.tickets, credits_by_month=list(done.credits.by_month.values()))


def side_by_side(files: Mapping[str, Terms], *, on: date) -> Options:
    """The variants of one deal, the first one being the measure."""
    return compare(files, loader.current(), on=on)


def options_as_json(options: Options, priced_files: list[Priced]) -> dict[str, Any]:
    """The comparison with the costs of each variant, when they were asked."""
    costings = {one.name: one.costing for one in priced_files if one.costing is not None}
    return options.as_json(costings or None)


def as_text(one: Priced) -> Iterator[str]:
    """One price for a terminal, a line at a time; the margin's absence says how to give the costs."""
    yield f"{one.name} : {french.euros(one.offer.monthly)} hors taxes par mois, {french.euros(one.offer.yearly)} par an."
    for line in one.offer.price.lines:
        yield f"  {line.label} : {line.how} = {french.euros(line.amount)}"
    for line in one.offer.set_up:
        yield f"  {line.label} ({line.how}) : {french.euros(line.amount)}"
    yield f"  TVA par mois : {_vat(one.vat)}"
    yield from (f"  à noter : {remark}" for remark in one.offer.remarks)
    if one.costing is not None:
        yield from _costing_lines(one.costing)


def options_as_text(options: Options) -> Iterator[str]:
    """What differs between the variants."""
    yield f"Face à {options.names[0]} :"
    if not options.terms and not options.clauses:
        yield "  aucune différence de termes ni de clauses"
    for row in options.terms:
        yield f"  {row.label} : {' | '.join(f'{name} : {_short(lines_of(term))}' for name, term in row.values.items())}"
    for clause in options.clauses:
        yield f"  {clause.title} : {', '.join(f'{name} : {how.label}' for name, how in clause.differs.items())}"


def _short(lines: tuple[str, ...]) -> str:
    return " ; ".join(lines)


def _vat(vat: Vat) -> str:
    return vat.why if vat.rate is None else f"{french.euros(vat.tax)}, {vat.why}"


def _costing_lines(found: Costing) -> Iterator[str]:
    cost, monthly = found.estimate, found.monthly_cost
    if monthly is None:
        yield "  Coût par mois : non calculé, il manque des coûts."
    else:
        yield f"  Coût par mois : {french.euros(monthly)}, dont {french.euros(cost.overheads_amount)} de frais généraux ({cost.source})"
    yield from (f"      {item.label} : {item.how} = {french.euros(item.likely)}" for item in cost.items)
    yield from (f"  il manque : {lacking}" for lacking in cost.missing)
    yield from (f"  laissé de côté : {left}" for left in cost.left_out)
    if found.margin is None:
        yield "  Marge : non calculée. Donnez vos coûts avec --costs COUTS.yaml ; « convenu price --help » en montre un."
        return
    margin = found.margin
    shown = ", ".join(
        f"{name} {_margin(amount, margin)}" for name, amount in (("P10", margin.p10), ("P50", margin.p50), ("P90", margin.p90))
    )
    yield f"  Marge par an (estimation, {french.number(len(margin.drawn))} tirages) : {shown}"
    yield f"      années à perte : {french.number(round(margin.loss, 1))} %"
    for driver in found.drivers[:_DRIVERS_SHOWN]:
        yield f"      {driver.label} : de {french.euros(driver.worst)} à {french.euros(driver.best)}"
    point = found.break_even
    if point is not None:
        reached = (
            "jamais" if point.quantity is None else f"à partir de {french.number(point.quantity)} sur {french.number(point.signed)} signés"
        )
        yield f"  Équilibre ({point.label}) : {reached}"


def _margin(amount: Money, margin: Margin) -> str:
    share = margin.share(amount)
    return french.euros(amount) + ("" if share is None else f" ({french.number(round(share))} %)")


@verb("price", epilog=COSTS_HELP)
@click.argument("terms_files", metavar="TERMS...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--costs", "costs_file", type=click.Path(path_type=Path), help="Vos coûts (.yaml) : heures, outils, frais généraux.")
@click.option("--tickets", "tickets_file", type=click.Path(path_type=Path), help="Vos tickets passés, à la place des heures supposées.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="Correspondance entre l’export et nos colonnes.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Graine de la simulation.")
@click.option("--client", "for_client", is_flag=True, help="Le prix seul, sans coût ni marge.")
@click.option("--on", "on", type=DAY, help="Jour du prix (par défaut aujourd’hui).")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Classeur .xlsx d’un contrat, avec ses formules.")
@click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
def command(terms_files: tuple[Path, ...], *, seed: int, for_client: bool, on: date | None, as_json: bool, **files: Path | None) -> None:
    """The price and what it leaves, each file after the other, then what sets them apart."""
    costs_file, tickets_file, mapping_file, target = (
        files[name] for name in ("costs_file", "tickets_file", "mapping_file", "target")
    )  # fmt: skip
    if target is not None:
        named_workbook(target)
        if len(terms_files) > 1:
            raise MistakesError([Mistake(str(target), "un classeur dit le prix d’un seul contrat", "Donnez un seul fichier de termes.")])
    day = on or today()
    costs = None if for_client else read_costs(yaml_text.read(content_of(costs_file))) if costs_file else Costs()
    read = tickets_of(tickets_file, mapping_file) if tickets_file else None
    variants = variants_of(terms_files)
    options = side_by_side(variants, on=day) if len(variants) > 1 else None
    found = [priced(name, terms, costs=costs, read=read, on=day, seed=seed) for name, terms in variants.items()]
    if target is not None:
        from convenu.documents.price_sheet import write_price_sheet  # noqa: PLC0415 - what writes a workbook is loaded only when one is asked

        write_whole(target, write_price_sheet(found[0].offer, found[0].costing))
    if as_json:
        print_json(options_as_json(options, found) if options else found[0].as_json())
        return
    lines = [line for one in found for line in as_text(one)] + (list(options_as_text(options)) if options else [])
    click.echo("\n".join(french.typography(line) for line in lines))
