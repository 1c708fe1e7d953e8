"""The tool that finds our sentences in other people's contracts: it finds them, whatever the accents and the punctuation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.common_text import ROOT, RUN, main, our_texts, shared, texts_in, words_of

OURS = "Le Prestataire rend au Client ses accès, ses clés et ses données sans condition ni délai."
THEIRS = "Article 9. LE PRESTATAIRE REND AU CLIENT SES ACCES – ses cles et ses donnees\n, sous trente jours."


def test_a_run_of_nine_words_is_found_whatever_its_accents_and_signs() -> None:
    (found,) = shared({"ours": OURS}, {"theirs": THEIRS})
    assert found.words == "le prestataire rend au client ses acces ses cles et ses donnees"
    assert str(found) == f"ours: « {found.words} » is also in theirs"


def test_eight_words_in_common_are_no_run() -> None:
    eight = " ".join(words_of(OURS)[: RUN - 1])
    assert list(shared({"ours": OURS}, {"theirs": f"{eight} autrement"})) == []


def test_each_run_is_told_once() -> None:
    twice = f"{OURS} Puis autre chose. {OURS}"
    assert len(list(shared({"ours": twice}, {"theirs": THEIRS}))) == 2


def test_the_library_the_documentation_and_the_contracts_of_the_examples_are_compared() -> None:
    names = set(our_texts())
    assert {"src/convenu/library/fr/definitions.yaml", "docs/architecture.md", "contract of valdrene.answers.yaml"} <= names
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.glob("src/convenu/library/fr/clauses/*/clause.md")} - names == {
        "src/convenu/library/fr/clauses/annex_renewal_articles/clause.md"
    }


def test_the_tool_tells_what_it_found_and_says_so_by_its_exit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    clause = (ROOT / "src/convenu/library/fr/clauses/insurance/clause.md").read_text("utf-8")
    (tmp_path / "theirs.txt").write_text("Rien à voir.", "utf-8")
    assert main([str(tmp_path)]) == 0
    (tmp_path / "theirs.txt").write_text(clause, "utf-8")
    assert main([str(tmp_path)]) == 1
    assert "clauses/insurance/clause.md" in capsys.readouterr().out
    assert list(texts_in(tmp_path)) == ["theirs.txt"]
