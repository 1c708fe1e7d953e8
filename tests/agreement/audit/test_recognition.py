"""Each type of provision is recognised in the sentences of a lawyer's cases, and in no other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.read_levels import read_levels
from convenu.agreement.audit.said.provisions import read_provisions
from convenu.agreement.audit.said.reading import as_agreed, values_of
from convenu.agreement.audit.text.recounted import without_what_is_recounted
from convenu.agreement.audit.text.segmentation import segmented
from convenu.agreement.audit.verdict.second_look import doubts_on
from convenu.library import loader
from convenu.library.front_matter import FrontMatterError
from convenu.library.recognition import cases_of, read_recognition, recognition, trace_cases, value_cases
from convenu.library.recognition_names import with_known_names
from convenu.vocabulary.read_text import ReadText

TYPES = [guide.key for guide in recognition().provisions]


def _cases() -> Iterator[Any]:
    for key in TYPES:
        for case in cases_of(key):
            yield pytest.param(key, case, id=f"{key}: {case['name']}")


@pytest.mark.parametrize(("key", "case"), list(_cases()))
def test_a_case_beside_a_type_of_provision_is_read_as_its_lawyer_says(key: str, case: Mapping[str, Any]) -> None:
    looker = Looker(segmented(ReadText(name="case", text=case["text"], blocks=())))
    assert read_provisions(looker, recognition())[key].status.value == case["status"]


@pytest.mark.parametrize("case", value_cases(), ids=lambda case: case["name"])
def test_a_case_beside_the_values_is_read_as_its_lawyer_says(case: Mapping[str, Any]) -> None:
    known = recognition()
    document = without_what_is_recounted(segmented(ReadText(name="case", text=case["text"], blocks=())))
    looker = as_agreed(Looker(document))
    told = {key: one.value for key, one in values_of(looker, known).items()}
    levels = [level.as_json() for level in read_levels(looker)]
    for key, value in case["values"].items():
        if key == "sla":
            assert levels == [_none_is_none(level) for level in ([] if value == "none" else value)]
        else:
            assert str(told.get(key, "none")) == str(value)


def _none_is_none(level: Mapping[str, Any]) -> dict[str, Any]:
    """YAML's `null` is refused by our reader of files: `none` stands for it."""
    return {key: None if value == "none" else value for key, value in level.items()}


@pytest.mark.parametrize("key", TYPES)
def test_every_type_has_cases_where_it_is_present_and_where_it_is_absent(key: str) -> None:
    assert {"present", "absent"} <= {case["status"] for case in cases_of(key)}


def test_the_types_hold_those_of_our_own_clauses_and_are_thirty_nine() -> None:
    assert {clause.audit_type for clause in loader.french().clauses} <= set(TYPES)
    assert len(TYPES) == 39


def test_every_rule_that_judges_a_stranger_s_contract_exists() -> None:
    assert recognition().rules <= {rule.id for rule in loader.french().rules}


def test_no_term_is_held_to_be_absent_without_a_contrary_look() -> None:
    """A provision not seen, or a list of which a member lacks, makes findings: each of these terms has traces that are looked for first."""
    known = recognition()
    concluded = {term for guide in known.provisions for term in guide.terms} | {"recovery_fee"}
    concluded |= {guide.term for guide in known.choices if guide.lacking == "none"}
    looked_at = {term: guide for guide in known.traces for term in guide.terms}
    assert concluded - set(looked_at) == set()
    assert [guide.terms for guide in known.traces if not guide.cues and not guide.members] == []


@pytest.mark.parametrize(("term", "sentence"), trace_cases())
def test_one_sentence_in_any_style_keeps_its_term_from_being_said_absent(term: str, sentence: str) -> None:
    looker = Looker(segmented(ReadText(name="case", text=sentence, blocks=())))
    assert doubts_on(looker, recognition(), {term: ()}, {})[term].quote.text in sentence


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("En cas de retard, une pénalité et quarante euros sont dus.", False),
        ("Chaque relance est facturée 40 €.", True),
    ],
)
def test_nothing_is_asked_of_what_the_contract_answers(sentence: str, asked: bool) -> None:
    looker = Looker(segmented(ReadText(name="case", text=sentence, blocks=())))
    doubt = doubts_on(looker, recognition(), {"recovery_fee": ()}, {})["recovery_fee"]
    assert (doubt.beside is not None) is asked


def test_forty_euros_beside_no_word_of_a_late_payment_leave_no_trace_of_the_fee() -> None:
    looker = Looker(segmented(ReadText(name="case", text="Le miroir des fichiers est facturé 40 € par an.", blocks=())))
    assert doubts_on(looker, recognition(), {"recovery_fee": ()}, {}) == {}


def test_what_speaks_of_nothing_leaves_no_trace() -> None:
    known = recognition()
    plain = "Le Prestataire vient le mardi. Le Client ouvre la porte. La machine est au premier étage, derrière le secrétariat."
    looker = Looker(segmented(ReadText(name="case", text=plain, blocks=())))
    grave = {
        "assignment",
        "confidentiality_duration",
        "hardship",
        "late_rate",
        "liability_cap",
        "exit_assistance",
        "data_guarantees",
        "provider_insurer",
    }
    assert doubts_on(looker, known, dict.fromkeys(grave, ()), {}) == {}


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        ("assignment", "Le Client s'interdit de céder le matériel prêté."),
        ("late_rate", "Le délai de paiement est de trente jours (art. L. 441-10)."),
        ("liability_cap", "La révision du prix est plafonnée par l'indice à trois pour cent."),
        ("liability_cap", "L'exécution du service commence au plus tard sept jours après le paiement."),
        ("liability_cap", "Il n'est pas responsable du dommage direct ou indirect né d'une mauvaise manipulation."),
        ("provider_insurer", "Le dépannage est assuré par l'équipe de jour."),
        ("provider_insurer", "Un plan d'assurance qualité est tenu."),
        ("provider_insurer", "Le vendeur peut exiger des garanties financières du client."),
        ("provider_insurer", "Le rapport d'expertise nomme l'assureur du véhicule."),
        ("provider_insurer", "Nous recommandons au Client la souscription d'une assurance."),
        ("confidentiality_duration", "Le bon de livraison est signé par toute personne présente."),
        ("exit_assistance", "Après l'expiration, les codes et mots de passe restent confidentiels."),
        ("exit_assistance", "La portabilité de votre numéro est gratuite."),
        ("exit_assistance", "Les logiciels sont accessibles en téléchargement depuis le compte."),
        ("deletion_delay", "Le Client fournit les vidéos du dossier."),
        ("deletion_delay", "Chacun a un droit d'accès, de rectification et de suppression."),
    ],
)
def test_words_on_another_thing_are_no_trace(term: str, sentence: str) -> None:
    looker = Looker(segmented(ReadText(name="case", text=sentence, blocks=())))
    assert doubts_on(looker, recognition(), {term: ()}, {}) == {}


@pytest.mark.parametrize(("title", "traced"), [("Responsabilité - Assurance", False), ("Assurance", True)])
def test_a_title_that_joins_two_subjects_is_a_trace_of_neither_without_a_word_in_its_text(title: str, traced: bool) -> None:
    words = f"Article 1 - Objet\n\nLe Prestataire vient le mardi.\n\nArticle 2 - {title}\n\nLe Prestataire est tenu de ses moyens.\n"
    looker = Looker(segmented(ReadText(name="case", text=words, blocks=())))
    assert bool(doubts_on(looker, recognition(), {"provider_insurer": ()}, {})) is traced


def test_a_provision_whose_terms_leave_no_trace_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    shutil.copytree(str(files("convenu.library") / "fr" / "audit"), folder)
    kept = (folder / "traces.yaml").read_text("utf-8").replace("- terms: [hardship]", "- terms: [meeting_frequency]")
    (folder / "traces.yaml").write_text(kept, "utf-8")
    with pytest.raises(FrontMatterError, match="hardship"):
        read_recognition(folder)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("provisions", {"terms": ("hardships",)}),
        ("choices", {"term": "hardships"}),
        ("traces", {"near": ("hardships",)}),
        ("gates", {"silent": (("some_rule", "hardships"),)}),
        ("gates", {"fact": "hardships"}),
        ("dangers", {"terms": ("hardships",)}),
        ("dangers", {"fact": "hardships"}),
        ("counterparts", {"rules": (("some_rule", "hardships"),)}),
    ],
)
def test_a_term_or_a_fact_that_no_contract_has_is_refused_wherever_it_is_named(part: str, said: dict[str, Any]) -> None:
    written = recognition()
    first, *others = getattr(written, part)
    changed: dict[str, Any] = {part: (replace(first, **said), *others)}
    with pytest.raises(FrontMatterError, match="hardships" if "fact" not in said else "fact is one of"):
        with_known_names(replace(written, **changed))


def test_a_cue_file_that_is_no_yaml_is_refused_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    shutil.copytree(str(files("convenu.library") / "fr" / "audit"), folder)
    (folder / "gates.yaml").write_text('- name: "open and never closed\n', encoding="utf-8")
    with pytest.raises(FrontMatterError, match=r"audit, gates\.yaml: .*ligne 2"):
        read_recognition(folder)
