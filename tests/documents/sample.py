"""One contract with every kind of block, every kind of run, and values that try to be markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from convenu.documents.brand import Brand, read_logo
from convenu.documents.edition import Edition, EditionStatus
from convenu.vocabulary import french
from convenu.vocabulary.contract_text import (
    Article,
    Bullets,
    ContractText,
    Paragraph,
    Run,
    RunKind,
    Section,
    Signatory,
    Subtitle,
    Table,
)

# What a person, or somebody who wishes them ill, may type in a field.
HOSTILE = (
    "<b>gras</b>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "#let x = 1",
    '#read("/etc/passwd")',
    "*étoiles* et _soulignés_",
    "$ x^2 $",
    "@ref <label>",
    "] ) } fin",
    "\\ \\\\ \\u{41}",
    "A & B &amp; C",
    "`code` ~~barré~~ [lien](http://exemple.example)",
    "{{ valeur }} {% fin %}",
    "// commentaire /* autre */",
    "= Titre - puce + numéro",
    "1. liste",
    "| cellule | autre |",
    "w:p </w:t> ]]>",
    "Ünïcödé Œuvre façade ½ ∞ → ✓",
    "שלום مرحبا",
)
OPEN_POINT = "[à confirmer\u00a0: coût d’une heure d’arrêt]"
EMOJI = "sauvegarde 🚀"
LONG_WORD = "https://supervision.exemple.example/" + "abcdefghij" * 12


def value(text: str, *terms: str, bold: bool = False) -> Run:
    return Run(french.typography(text), RunKind.VALUE, bold, terms)


def reference(target: str, text: str) -> Run:
    return Run(french.typography(text), RunKind.REFERENCE, target=target)


def section(clause: str, number: str, title: str, *blocks: Paragraph | Bullets | Table | Subtitle, states: tuple[str, ...] = ()) -> Section:
    return Section(clause=clause, version=2, number=number, title=french.typography(title), blocks=blocks, states=states)


def words(text: str, *, bold: bool = False) -> Run:
    return Run(french.typography(text), bold=bold)


def paragraph(*runs: Run | str) -> Paragraph:
    return Paragraph(tuple(words(run) if isinstance(run, str) else run for run in runs))


def row(*cells: Run) -> tuple[tuple[Run, ...], ...]:
    return tuple((cell,) for cell in cells)


def contract() -> ContractText:
    """A whole small contract: front matter, an article of one clause, one of several, tables, annexes."""
    return ContractText(
        title="Contrat de services managés",
        provider="Hélionde Infogérance",
        client="Valdrène & Fils <SARL>",
        reference="HEL-2026-017",
        front=(_parties(),),
        articles=(
            Article(number="1", title="Objet", sections=(_purpose(),)),
            Article(number="2", title="Niveaux de service", sections=tuple(_levels())),
            Article(number="3", title="Prix", sections=tuple(_prices())),
            *_further_articles(),
        ),
        annexes=(_inventory(), _annex_of_hostile_values(), _security()),
        signatories=(
            Signatory("Pour le Prestataire", "Hélionde Infogérance", "Maëlle Kervadec", "présidente"),
            Signatory("Pour le Client", "Valdrène & Fils <SARL>", "Hervé Maupertuis", "directeur général"),
        ),
        release="essai-2026.11",
        law_day="2026-11-23",
        open_points=("downtime_cost",),
    )


def _parties() -> Section:
    identity = Table(
        ((words("Identité"),), (words("Le Prestataire"),), (words("Le Client"),)),
        (
            (
                (words("Dénomination"),),
                (value("Hélionde Infogérance", "provider_name"),),
                (value("Valdrène & Fils <SARL>", "client_name"),),
            ),
            (
                (words("Siège"),),
                (value("4 allée des Forges, 35000 Rennes", "provider_address"),),
                (value("72000 Le Mans", "client_address"),),
            ),
        ),
    )
    return section(
        "parties", "", "Entre les soussignés", identity, paragraph("Les Parties conviennent de ce qui suit."), states=("client_name",)
    )


def _purpose() -> Section:
    return section(
        "purpose",
        "1",
        "Objet",
        paragraph(
            "Le ", words("Prestataire", bold=True), " entretient le parc décrit à l’", reference("annex_inventory", "annexe A"),
            " à compter du ", value(french.day(date(2027, 1, 1)), "start_date"), ".",
        ),
        paragraph("Une heure d’arrêt coûte ", Run(OPEN_POINT, RunKind.TO_CONFIRM, terms=("downtime_cost",)), "."),
        states=("start_date",),
    )  # fmt: skip


def _levels() -> Iterator[Section]:
    yield section(
        "service_hours",
        "2.1",
        "Heures de service",
        paragraph("Le service est ouvert ", value("du lundi au vendredi de 8 h 30 à 18 h", "service_hours"), "."),
        Subtitle((words("Jours fériés"),)),
        Bullets(
            (
                (words("fermé les jours fériés ;"),),
                (
                    words("sauf "),
                    value("astreinte", "on_call"),
                    words(" commandée."),
                ),
            )
        ),
        states=("service_hours",),
    )
    rows = tuple(
        row(value(f"P{rank}", "priorities"), value(f"{rank} heures", "response_time"), value(f"{rank * 4} heures", "restoration_time"))
        for rank in range(1, 5)
    )
    header = ((words("Priorité"),), (words("Prise en charge"),), (words("Rétablissement"),))
    yield section(
        "response_times",
        "2.2",
        "Délais",
        paragraph("Les délais courent pendant les heures de l’", reference("service_hours", "article 2.1"), "."),
        Table(header, rows),
        paragraph("Le manquement ouvre les crédits prévus à l’", reference("credits", "article 3.2"), "."),
        states=("response_time", "restoration_time"),
    )


def _prices() -> Iterator[Section]:
    yield section(
        "fee",
        "3.1",
        "Redevance",
        paragraph(
            "La redevance est de ",
            value("4 204,50 € HT", "monthly_fee", bold=True),
            " par mois, voir l’",
            reference("purpose", "article 1"),
            ".",
        ),
        paragraph("Le retard est régi par la loi (", Run(french.typography("C. com., art. L. 441-10 II"), RunKind.CITATION), ")."),
        states=("monthly_fee",),
    )
    yield section(
        "credits", "3.2", "Crédits", paragraph("Le crédit est plafonné à ", value("10 %", "credit_cap"), "."), states=("credit_cap",)
    )


def _further_articles() -> Iterator[Article]:
    """Enough articles for numbers of two figures and several pages."""
    sentence = (
        "Chaque Partie exécute de bonne foi ce qui est convenu et prévient l’autre dès qu’un fait nouveau change ce qu’elle peut tenir. "
        "Elle garde la preuve de ce qu’elle a fait et la donne à qui la demande avec raison. "
    )
    for number in range(4, 13):
        further = section(
            f"further_{number}",
            str(number),
            f"Autre engagement n° {number}",
            paragraph(sentence * 2),
            paragraph("Voir aussi l’", reference("further_12", "article 12"), " et l’", reference("annex_security", "annexe C"), "."),
            paragraph(sentence),
        )
        yield Article(number=str(number), title=further.title, sections=(further,))


def _inventory() -> Section:
    header = ((words("Classe"),), (words("Nombre"),), (words("Fabricants"),), (words("Remarque"),))
    rows = tuple(
        (
            (value(f"poste de travail de la série {rank}", "inventory"),),
            (value(str(rank), "inventory"),),
            (value("Fabricant A, fabricant B", "inventory"),),
            (value("sous garantie jusqu’au " + french.short_day(date(2028, 1, 1)), "inventory"),),
        )
        for rank in range(1, 81)
    )
    return section(
        "annex_inventory", "A", "Périmètre et inventaire", paragraph("Le parc comprend :"), Table(header, rows), states=("inventory",)
    )


def _annex_of_hostile_values() -> Section:
    rows = tuple(((words(f"Champ {rank}"),), (Run(text, RunKind.VALUE, terms=("special",)),)) for rank, text in enumerate(HOSTILE, start=1))
    return section(
        "annex_notes",
        "B",
        "Notes <b>du</b> #Client",
        paragraph(*(part for text in HOSTILE for part in (Run(text, RunKind.VALUE, terms=("special",)), " ; "))),
        Bullets(tuple((Run(text, RunKind.VALUE, terms=("special",)),) for text in HOSTILE)),
        Table(((words("Champ"),), (words("Valeur"),)), rows),
        paragraph(Run(LONG_WORD, RunKind.VALUE, terms=("special",)), " puis ", Run(EMOJI, RunKind.VALUE, terms=("special",))),
        paragraph(Run("avant\u202eretourné\x07après\nligne", RunKind.VALUE, terms=("special",))),
    )


def _security() -> Section:
    return section("annex_security", "C", "Sécurité", paragraph("Les sauvegardes sont contrôlées chaque mois."))


BRAND = Brand(name="Hélionde Infogérance", legal_footer="Hélionde Infogérance, SAS au capital de 50 000 €, RCS Rennes", colour="#0a6e5c")
DRAFT = Edition(version="v0.3", day=date(2026, 11, 23))
FINAL = Edition(version="v1.0", day=date(2026, 12, 1), status=EditionStatus.FINAL)


def branded(logo: bytes) -> Brand:
    """The same MSP with its logo."""
    return replace(BRAND, logo=read_logo(logo))
