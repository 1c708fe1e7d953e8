"""The provisional contract: the contract as it stands, with its quote and its open points as one annex more, offered until a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from convenu.service.pricing import MonthlyPrice, PricedLine, monthly_price, set_up_lines
from convenu.terms.contract import Terms, label_of
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import Block, Bullets, ContractText, Paragraph, Run, RunKind, Runs, Section, Subtitle, Table
from convenu.vocabulary.money import Money, total

QUOTE = "provisional_quote"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of a provisional contract, before tax: what each month costs, what is invoiced once."""

    monthly: MonthlyPrice
    set_up: tuple[PricedLine, ...]

    @property
    def yearly(self) -> Money:
        """Twelve months, the set-up apart."""
        return self.monthly.total * MONTHS

    @property
    def set_up_total(self) -> Money:
        """What is invoiced once."""
        return total([line.amount for line in self.set_up])


def quote_of(terms: Terms, *, on: date) -> Quote | None:
    """The quote that these terms make, with the discounts of a day; None while the grid is not agreed."""
    monthly = monthly_price(terms, on=on)
    return Quote(monthly, set_up_lines(terms)) if monthly else None


def provisional_text(text: ContractText, quote: Quote, *, valid_until: date, acceptance: Sequence[str]) -> ContractText:
    """The contract's text as a provisional contract: its title says so, one annex more holds the quote and the open points.

    `acceptance` are the sentences on what accepting means, from the library.
    It has no signature page: it is accepted, and the contract alone is signed.
    """
    blocks = (*_quote(quote, valid_until, acceptance), *_open_points(text))
    annex = Section(
        clause=QUOTE, version=1, number=_next_letter(text.annexes), title="Devis et points à confirmer", blocks=blocks, states=()
    )
    return replace(text, title=f"{text.title} : contrat prévisionnel", annexes=(*text.annexes, annex), signatories=())


def _next_letter(annexes: Sequence[Section]) -> str:
    return chr(ord(annexes[-1].number) + 1) if annexes else "A"


def _quote(quote: Quote, valid_until: date, acceptance: Sequence[str]) -> Iterator[Block]:
    until = _value(french.day(valid_until))
    yield Paragraph(_said("Ce contrat prévisionnel et son devis valent jusqu’au ", until, " inclus.", *(f" {one}" for one in acceptance)))
    yield Subtitle(_said("Chaque mois"))
    yield _table(quote.monthly.lines, "Total mensuel", quote.monthly.total)
    if quote.set_up:
        yield Subtitle(_said("Une fois"))
        yield _table(quote.set_up, "Total de la mise en service", quote.set_up_total)
    yearly = _value(french.euros(quote.yearly))
    yield Paragraph(_said("Sur douze mois, hors mise en service : ", yearly, ". Les montants s’entendent hors taxes."))


def _table(lines: Sequence[PricedLine], label: str, amount: Money) -> Table:
    rows = [(_said(line.label), _said(line.how), _said(_value(french.euros(line.amount)))) for line in lines]
    rows.append(((Run(label, bold=True),), (), (Run(french.euros(amount), RunKind.VALUE, bold=True),)))
    return Table(header=(_said("Ligne"), _said("Calcul"), _said("Montant hors taxes")), rows=tuple(rows))


def _open_points(text: ContractText) -> Iterator[Block]:
    yield Subtitle(_said("Points à confirmer"))
    if not text.open_points:
        yield Paragraph(_said("Aucun point ne reste à confirmer."))
        return
    yield Paragraph(_said("Ces points restent à confirmer avant la signature :"))
    # Who must confirm, and the notes, stay with the provider.
    last = text.open_points[-1]
    yield Bullets(
        tuple((Run(label_of(key), RunKind.TO_CONFIRM, terms=(key,)), Run("." if key == last else " ;")) for key in text.open_points)
    )


def _said(*parts: str | Run) -> Runs:
    return tuple(part if isinstance(part, Run) else Run(french.typography(part)) for part in parts)


def _value(text: str) -> Run:
    return Run(text, RunKind.VALUE)
