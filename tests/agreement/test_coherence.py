"""What does not hold in a draft is told, kind by kind: each test spoils a sound contract in one way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.clause import DefinedTerm
from convenu.agreement.coherence import Fault, FaultKind, faults
from convenu.agreement.figures import figures_in, figures_of
from convenu.agreement.language import parse
from convenu.agreement.scoping import read_answers, scope
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary.contract_text import Article, Block, Bullets, ContractText, Paragraph, Run, RunKind, Section
from convenu.vocabulary.money import Money
from convenu.vocabulary.percent import Percent
from convenu.vocabulary.span import Span

LIBRARY = french()
ON = date(2026, 11, 23)


@cache
def terms() -> Terms:
    return scope(read_answers((Path(__file__).parents[2] / "examples/valdrene.answers.yaml").read_bytes()), LIBRARY)


@cache
def contract() -> ContractText:
    return assemble(terms(), LIBRARY, on=ON)


def each(text: ContractText, clause: str, *others: Block, without: bool = False) -> ContractText:
    """The contract with blocks added at the end of a clause, or without that clause."""

    def changed(sections: tuple[Section, ...]) -> Iterator[Section]:
        for section in sections:
            if section.clause != clause:
                yield section
            elif not without:
                yield replace(section, blocks=(*section.blocks, *others))

    articles = (replace(article, sections=tuple(changed(article.sections))) for article in text.articles)
    return replace(
        text,
        front=tuple(changed(text.front)),
        articles=tuple(article for article in articles if article.sections),
        annexes=tuple(changed(text.annexes)),
    )


def saying(words: str, clause: str = "insurance") -> ContractText:
    return each(contract(), clause, Paragraph((Run(words),)))


def printing(*runs: Run) -> ContractText:
    return each(contract(), "insurance", Paragraph((Run("Le Client verse "), *runs, Run("."))))


def kinds(text: ContractText, given: Terms | None = None) -> set[FaultKind]:
    return {fault.kind for fault in told(text, given)}


def told(text: ContractText, given: Terms | None = None) -> tuple[Fault, ...]:
    return faults(given or terms(), text, LIBRARY)


def test_a_sound_contract_has_no_fault() -> None:
    assert told(contract()) == ()


def test_a_fault_says_its_clause_its_place_and_its_reason() -> None:
    (fault,) = told(saying("Le délai est de ____ pour le Client."))
    section = contract().section("insurance")
    assert section is not None
    assert (fault.kind, fault.clause) == (FaultKind.PLACEHOLDER, "insurance")
    assert fault.where == f"article\u00a0{section.number}"
    assert "« ____ »".replace(" ", "\u00a0") in fault.reason


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Le délai est de [à compléter].", FaultKind.PLACEHOLDER),
        ("Le Client paie XX euros.", FaultKind.PLACEHOLDER),
        ("Le Client dispose d’un délai de .", FaultKind.UNFINISHED),
        ("Le Client remet ces pièces ( ).", FaultKind.UNFINISHED),
        ("Le Client remet les pièces, , et les clés.", FaultKind.UNFINISHED),
        ("Le Client remet les pièces..", FaultKind.UNFINISHED),
        ("Le Client remet ces pièces :", FaultKind.UNFINISHED),
        ("Le Client remet ces pièces et", FaultKind.UNFINISHED),
        ("Le Client remet ces pièces à la fin", FaultKind.UNFINISHED),
        ("Le Client tient un Grimoire à jour.", FaultKind.UNDEFINED),
        ("Le Client dispose de 3 jours.", FaultKind.FIGURE),
        ("Le tarif est dans l’annexe des prix.", FaultKind.ABSENT_PART),
        ("Cette annexe est datée.", FaultKind.ABSENT_PART),
        ("Le Client suit la clause de secret.", FaultKind.ABSENT_PART),
    ],
)
def test_words_that_do_not_hold_are_told(words: str, kind: FaultKind) -> None:
    assert kinds(saying(words)) == {kind}


@pytest.mark.parametrize(
    "words",
    ["Une lenteur n’en est pas un.", "L’année en cours ou, la première, celle de la signature.", "Le Client le dit dans cet article."],
)
def test_words_that_hold_are_left_alone(words: str) -> None:
    assert told(saying(words)) == ()


def test_an_item_of_a_list_is_read_as_a_sentence_is() -> None:
    assert kinds(each(contract(), "insurance", Bullets(((Run("les pièces de ;"),),)))) == {FaultKind.UNFINISHED}


def test_nothing_printed_inside_a_sentence_is_told() -> None:
    nothing = Run("néant", RunKind.VALUE, terms=("payment_days",))
    assert kinds(printing(nothing)) == {FaultKind.UNFINISHED}


def test_a_point_to_confirm_stands_for_an_open_answer_only() -> None:
    point = Run("[à confirmer : délai de paiement]", RunKind.TO_CONFIRM, terms=("payment_days",))
    assert FaultKind.PLACEHOLDER in kinds(printing(point))
    still_open = terms().replace(payment_days="unknown")
    assert faults(still_open, assemble(still_open, LIBRARY, on=ON), LIBRARY) == ()


def test_a_figure_of_law_not_published_yet_stands_as_a_point_to_confirm() -> None:
    far = assemble(terms(), LIBRARY, on=date(1960, 1, 1))
    assert "[à confirmer" in "".join(section.plain for section in far.sections())
    assert told(far) == ()


def test_a_word_used_and_left_out_of_the_definitions_is_told() -> None:
    section = contract().section("definitions")
    assert section is not None
    (block,) = [block for block in section.blocks if isinstance(block, Bullets)]
    shorter = Bullets(
        tuple(
            item for item in block.items if not item[0].text.startswith("Ticket") and "Ticket" not in "".join(run.text for run in item[:1])
        )
    )
    assert len(shorter.items) < len(block.items)
    text = each(each(contract(), "definitions", without=True), "parties", shorter)
    assert FaultKind.UNDEFINED in kinds(text)


def test_a_definition_that_nothing_uses_is_told() -> None:
    whale = DefinedTerm("Baleine", ("Baleine", "Baleines"), parse("baleine", "animal marin."))
    library = replace(LIBRARY, definitions=(*LIBRARY.definitions, whale))
    text = each(contract(), "definitions", Bullets(((Run("Baleine : animal marin."),),)))
    found = faults(terms(), text, library)
    assert [(fault.kind, fault.clause) for fault in found] == [(FaultKind.UNUSED, "definitions")]


def test_definitions_that_turn_in_a_circle_are_told() -> None:
    circle = tuple(
        replace(term, meaning=parse("cercle", "ce que couvre le Contrat.")) if term.name == "Services" else term
        for term in LIBRARY.definitions
    )
    library = replace(LIBRARY, definitions=circle)
    found = faults(terms(), assemble(terms(), library, on=ON), library)
    assert {fault.kind for fault in found} == {FaultKind.CIRCULAR}
    assert "Contrat" in found[0].reason
    assert "Services" in found[0].reason


def test_a_reference_to_an_absent_clause_is_told() -> None:
    assert kinds(each(contract(), "amendments", without=True)) >= {FaultKind.REFERENCE, FaultKind.CHOICE}
    assert FaultKind.REFERENCE in kinds(printing(Run("article 99", RunKind.REFERENCE, target="grimoire")))


def test_a_reference_under_another_number_is_told() -> None:
    assert kinds(printing(Run("article\u00a099", RunKind.REFERENCE, target="parties"))) == {FaultKind.REFERENCE}


def test_a_clause_that_refers_to_itself_is_told() -> None:
    section = contract().section("insurance")
    assert section is not None
    own = Run(f"article\u00a0{section.number}", RunKind.REFERENCE, target="insurance")
    assert kinds(printing(own)) == {FaultKind.CIRCULAR}


def test_clauses_that_only_refer_to_one_another_are_told() -> None:
    text = contract()
    numbers = {section.clause: section.number for section in text.sections()}

    def only_referring(section: Section, target: str) -> Section:
        line = Paragraph((Run("Voir l’"), Run(f"article\u00a0{numbers[target]}", RunKind.REFERENCE, target=target), Run(".")))
        return replace(section, blocks=(line,), states=())

    others = {"insurance": "force_majeure", "force_majeure": "insurance"}

    def changed(article: Article) -> Article:
        sections = (only_referring(one, others[one.clause]) if one.clause in others else one for one in article.sections)
        return replace(article, sections=tuple(sections))

    found = told(replace(text, articles=tuple(map(changed, text.articles))))
    assert [fault.clause for fault in found if fault.kind is FaultKind.CIRCULAR] == ["force_majeure"]


def test_a_clause_that_the_answers_do_not_call_is_told() -> None:
    assert FaultKind.CHOICE in kinds(contract(), terms().replace(personal_data=False, processings="none"))


def test_two_clauses_that_exclude_each_other_are_told() -> None:
    clauses = tuple(replace(one, excludes=("insurance",)) if one.key == "force_majeure" else one for one in LIBRARY.clauses)
    found = faults(terms(), contract(), replace(LIBRARY, clauses=clauses))
    assert ("force_majeure", "exclut « insurance », qui est aussi dans le contrat") in [
        (fault.clause, fault.reason.replace("\u00a0", " ")) for fault in found if fault.kind is FaultKind.CHOICE
    ]


def test_a_value_whose_clause_is_excluded_has_lost_its_place() -> None:
    clauses = tuple(replace(one, excludes=("insurance",)) if one.key == "parties" else one for one in LIBRARY.clauses)
    references = {one.key for one in LIBRARY.clauses if "insurance" in one.parsed.references}
    library = replace(LIBRARY, clauses=tuple(one for one in clauses if one.key not in references))
    text = each(contract(), "insurance", without=True)
    assert FaultKind.STATED in {fault.kind for fault in faults(terms(), text, library)}


def test_a_term_fixed_twice_is_told() -> None:
    text = contract()
    twice = tuple(
        replace(
            article,
            sections=tuple(
                replace(one, states=(*one.states, "payment_days")) if one.clause == "insurance" else one for one in article.sections
            ),
        )
        for article in text.articles
    )
    assert kinds(replace(text, articles=twice)) == {FaultKind.STATED}


def test_a_term_shown_that_no_clause_fixes_is_told() -> None:
    text = contract()
    nowhere = tuple(
        replace(
            article,
            sections=tuple(replace(one, states=tuple(key for key in one.states if key != "payment_days")) for one in article.sections),
        )
        for article in text.articles
    )
    assert kinds(replace(text, articles=nowhere)) == {FaultKind.STATED}


def test_a_value_that_is_no_longer_the_answer_is_told() -> None:
    assert FaultKind.FIGURE in kinds(contract(), terms().replace(payment_days="45 days"))


def test_a_figure_with_no_answer_behind_it_is_told() -> None:
    assert kinds(printing(Run("77\u00a0€", RunKind.VALUE))) == {FaultKind.FIGURE}
    assert kinds(printing(Run("C. civ., art. 9", RunKind.CITATION))) == {FaultKind.FIGURE}


def test_a_figure_in_a_title_is_told() -> None:
    text = contract()
    annexes = (replace(text.annexes[0], title="Les 7 annexes"), *text.annexes[1:])
    assert kinds(replace(text, annexes=annexes)) == {FaultKind.FIGURE}


def test_an_order_of_precedence_that_names_an_absent_document_is_told() -> None:
    assert FaultKind.PRECEDENCE in kinds(each(contract(), "special_terms", without=True))
    assert FaultKind.PRECEDENCE in kinds(replace(contract(), annexes=()))


def test_an_order_of_precedence_silent_on_a_document_is_told() -> None:
    with_theirs = terms().replace(client_paper=True, order_of_precedence=["client_terms", "general_terms"])
    assert FaultKind.PRECEDENCE in kinds(contract(), with_theirs)


@pytest.mark.parametrize(
    ("value", "figures"),
    [
        (Money.parse("12345.50 EUR"), {12, 345, 50}),
        (Percent.parse("99.5 %"), {99, 5}),
        (Span.parse("4 business_hours"), {4}),
        (date(2026, 3, 1), {1, 3, 2026}),
        (True, set()),
        (1, {1}),
        (("7 rue", 8), {7, 8}),
    ],
)
def test_the_figures_of_a_value_are_those_it_prints(value: object, figures: set[int]) -> None:
    assert figures_of(value) == figures


def test_figures_are_read_whatever_the_spaces() -> None:
    assert figures_in("12\u202f345,50\u00a0€ le 1er") == {12, 345, 50, 1}
