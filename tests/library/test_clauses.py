"""Every clause of the library: the scenarios that stand beside it, and what holds of all clauses.

A scenario says: `name`, `given` (changes over the Valdrène example), `says` and `not` (words the clause must and must not print,
compared without case and with plain spaces and apostrophes), `alternative` (the key of an alternative of the clause: its answers or its
wording are taken), or `present: false` when the clause must not be in the contract.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from jinja2 import nodes

from convenu.agreement.assemble import assemble
from convenu.agreement.clause import Clause
from convenu.agreement.defined_words import uses
from convenu.agreement.positions import answers_of
from convenu.agreement.scoping import read_answers, scope
from convenu.library.clauses import AUDIT_TYPES
from convenu.library.front_matter import split
from convenu.library.loader import french
from convenu.terms.contract import Terms
from convenu.vocabulary import yaml_text
from convenu.vocabulary.contract_text import Bullets, ContractText, Paragraph, RunKind, Runs, Section, words
from convenu.vocabulary.french import plain_spaces

ROOT = Path(__file__).parents[2]
CLAUSES = ROOT / "src/convenu/library/fr/clauses"
LIBRARY = french()
ON = date(2026, 11, 23)
FIELDS = {"name", "given", "alternative", "says", "not", "present"}

LONGEST_SENTENCE = 45
MEDIAN_SENTENCE = 25

# Provisions with no clause in an ordinary deal, and why.
NOT_IN_EVERY_DEAL = {
    17: "hardware: its clauses come only when some is sold or lent",
    32: "sector annexes: each is called by the facts of its sector",
}
# Audit types with no clause of their own, and why.
TOLD_ELSEWHERE = {"dispute_resolution": "talks and mediation stand with the court, in law_and_disputes (governing_law_jurisdiction)"}
# Clauses that rest on no rule or text of law, and why.
WITHOUT_LAW: dict[str, str] = {}

LEGALESE = (
    "sans préjudice", "nonobstant", "expressément convenu", "expressément entendu", "il est entendu que", "bon père de famille",
    "susmentionné", "susvisé", "susdit", "dudit", "ladite", "lesdit", "desdit", "audit contrat", "aux présentes", "des présentes",
    "les présentes", "de convention expresse", "nul et non avenu", "tant par lui que par", "en tant que de besoin",
    "à toutes fins utiles", "il est rappelé que", "de quelque nature que ce soit", "à quelque titre que ce soit",
    "s’engage et s’oblige", "cède et transporte",
)  # fmt: skip
# Words that bear a capital because they are names, not because the contract defines them.
NAMES = {"Banque", "CNIL", "Code", "France", "Go", "Internet", "JSON", "LEI", "PDF", "TVA", "To"}
# A finding may say « risque »; only a court says these.
VERDICTS = re.compile(r"\b(nul|nulle|nullité|illégal\w*|illégaux|abusi\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Scenario:
    """What a clause says, or no longer says, when some answers change."""

    clause: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.clause}: {self.data.get('name')}"

    @cached_property
    def section(self) -> Section | None:
        terms = valdrene().replace(**self.data.get("given", {}))
        if "alternative" in self.data:
            terms = taking(LIBRARY.clause(self.clause), self.data["alternative"], terms)
        return contract(terms).section(self.clause)


def taking(clause: Clause, key: str, terms: Terms) -> Terms:
    """The terms once an alternative of a clause is taken."""
    alternative = clause.alternative(key)
    assert alternative is not None, f"{clause.key} has no alternative « {key} »"
    return terms.replace(**answers_of(clause, alternative, terms))


@cache
def valdrene() -> Terms:
    """The terms of the example whose every question is answered."""
    return scope(read_answers((ROOT / "examples/valdrene.answers.yaml").read_bytes()), LIBRARY)


def contract(terms: Terms) -> ContractText:
    return assemble(terms, LIBRARY, on=ON)


@cache
def valdrene_contract() -> ContractText:
    return contract(valdrene())


def scenarios_of(folder: Path) -> list[Scenario]:
    file = folder / "scenarios.yaml"
    data = yaml_text.read(file.read_text("utf-8")).data if file.exists() else []
    return [Scenario(folder.name, one) for one in data]


# Each clause in its own words and in each of its other wordings.
VARIANTS = [variant for clause in LIBRARY.clauses for variant in clause.variants()]
SCENARIOS = [scenario for folder in sorted(CLAUSES.iterdir()) if folder.is_dir() for scenario in scenarios_of(folder)]


def comparable(text: str) -> str:
    return re.sub(r"\s+", " ", plain_spaces(text).replace("’", "'")).lower()


def sentences_of(section: Section) -> Iterator[str]:
    """The sentences of the paragraphs and of the items of a list; the cells of a table are no sentences."""
    for block in section.blocks:
        match block:
            case Paragraph(runs):
                yield from _split(runs)
            case Bullets(items):
                for item in items:
                    yield from _split(item)
            case _:
                pass


def _split(runs: Runs) -> list[str]:
    """Cut after a full stop that a capital follows, and between the items of an enumeration; the law's own words are left out."""
    text = plain_spaces(words(tuple(run for run in runs if run.kind is not RunKind.CITATION)))
    sentences = re.split(r"(?<=[.!?])(?<!\bart\.)(?<!\b[A-Z]\.)(?<!\bciv\.)(?<!\bcom\.)\s+(?=[A-ZÀÉÊ«])", text)
    return [item for sentence in sentences for item in (_items(sentence) if " : " in sentence else [sentence]) if item]


def _items(sentence: str) -> list[str]:
    """« a : b ; c » says « a : b », then « c »."""
    opening, _, rest = sentence.partition(" : ")
    first, *others = rest.split(" ; ")
    return [f"{opening} : {first}", *others]


def own_words(clause: Clause) -> str:
    """The clause's text, every branch of it, without what it prints from the terms, refers to or quotes from the law."""
    tops = [[node] if isinstance(node, nodes.Output) else node.find_all(nodes.Output) for node in clause.parsed.body]
    return "\n".join(
        "".join(part.data if isinstance(part, nodes.TemplateData) else "…" for part in output.nodes)
        for outputs in tops
        for output in outputs
    )


def is_sentence(text: str) -> bool:
    return re.search(r"[.?!]\s*»?$", text.strip()) is not None


def words_in(sentence: str) -> int:
    return len([word for word in sentence.split() if re.search(r"\w", word)])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_a_clause_says_what_its_scenario_promises(scenario: Scenario) -> None:
    assert set(scenario.data) <= FIELDS, f"no field is called {sorted(set(scenario.data) - FIELDS)}"
    section = scenario.section
    if scenario.data.get("present", True) is False:
        assert section is None
        return
    assert section is not None, "the clause is not in this contract"
    printed = comparable(f"{section.title}\n{section.plain}")
    assert [phrase for phrase in scenario.data.get("says", ()) if comparable(phrase) not in printed] == []
    assert [phrase for phrase in scenario.data.get("not", ()) if comparable(phrase) in printed] == []


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_a_scenario_can_fail(scenario: Scenario) -> None:
    assert scenario.data.get("present") is False or scenario.data.get("says") or scenario.data.get("not")


@pytest.mark.parametrize("clause", LIBRARY.clauses, ids=lambda clause: clause.key)
def test_a_clause_has_a_scenario_a_gloss_a_why_and_a_basis_in_law(clause: Clause) -> None:
    assert [scenario for scenario in SCENARIOS if scenario.clause == clause.key]
    assert is_sentence(clause.gloss), "the gloss is a sentence to the client"
    assert is_sentence(clause.why), "the why is a sentence: the quarrel it prevents"
    front, _ = split((CLAUSES / clause.key / "clause.md").read_text("utf-8"), clause.key)
    assert "law" in front
    assert bool(clause.law) != (clause.key in WITHOUT_LAW), "an empty basis in law has its reason in WITHOUT_LAW, and only then"
    assert clause.provision in {provision.number for provision in LIBRARY.provisions}


def test_every_provision_of_a_complete_contract_has_a_clause() -> None:
    assert {provision.number for provision in LIBRARY.provisions} == set(range(1, 38))
    assert {clause.provision for clause in LIBRARY.clauses} == set(range(1, 38))


def test_an_ordinary_deal_has_every_provision_but_those_called_by_facts() -> None:
    by_key = {clause.key: clause for clause in LIBRARY.clauses}
    here = {by_key[section.clause].provision for section in valdrene_contract().sections()}
    assert set(range(1, 38)) - here == set(NOT_IN_EVERY_DEAL)


def test_every_audit_type_has_a_clause_or_a_reason_not_to() -> None:
    assert set(AUDIT_TYPES) - {clause.audit_type for clause in LIBRARY.clauses} == set(TOLD_ELSEWHERE)


@pytest.mark.parametrize("clause", LIBRARY.clauses, ids=lambda clause: clause.key)
def test_no_sentence_of_a_clause_is_long(clause: Clause) -> None:
    sections = [valdrene_contract().section(clause.key), *(one.section for one in SCENARIOS if one.clause == clause.key)]
    long = {sentence for section in sections if section for sentence in sentences_of(section) if words_in(sentence) > LONGEST_SENTENCE}
    assert long == set()


def test_half_the_sentences_of_a_contract_are_short() -> None:
    lengths = [words_in(sentence) for section in valdrene_contract().sections() for sentence in sentences_of(section)]
    assert statistics.median(lengths) < MEDIAN_SENTENCE


@pytest.mark.parametrize("clause", VARIANTS, ids=lambda clause: clause.parsed.clause)
def test_a_clause_uses_no_legalese_and_gives_no_verdict(clause: Clause) -> None:
    told = [clause.gloss, clause.why, clause.yields_first, clause.never, *(other.summary for other in clause.alternatives)]
    written = comparable("\n".join([own_words(clause), *told]))
    assert [phrase for phrase in LEGALESE if comparable(phrase) in written] == []
    assert VERDICTS.findall(written) == []


@pytest.mark.parametrize("clause", VARIANTS, ids=lambda clause: clause.parsed.clause)
def test_a_capital_inside_a_sentence_marks_a_defined_word(clause: Clause) -> None:
    forms = sorted({form for defined in LIBRARY.definitions for form in defined.forms}, key=len, reverse=True)
    text = re.sub(rf"(?<!\w)(?:{'|'.join(re.escape(form) for form in forms)})(?!\w)", "x", own_words(clause).replace("*", ""))
    capitals = set(re.findall(r"(?<=[a-zàâéèêîôûç,;] )[A-ZÀÉÈ][\w’'-]+", text))
    assert capitals - NAMES == set(), "define the word in definitions.yaml, or write it without a capital"


def test_every_definition_serves_a_clause() -> None:
    clauses = [own_words(clause) for clause in LIBRARY.clauses]
    printed = [section.plain for section in valdrene_contract().sections() if section.clause != "definitions"]
    assert [defined.name for defined in LIBRARY.definitions if not uses("\n".join(clauses + printed), defined)] == []


def test_the_example_has_nothing_left_to_confirm() -> None:
    text = valdrene_contract()
    assert [section.clause for section in text.sections() if "[à confirmer" in section.plain] == []
    assert text.open_points == ()


def test_a_contract_without_any_answer_is_written_with_its_open_points() -> None:
    text = contract(Terms())
    assert {"client_name", "liability_cap", "notice_period", "payment_days"} <= set(text.open_points)
