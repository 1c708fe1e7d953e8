"""The score of the audit against labels: what it counts, and that it says when it did not run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import score

TEXT = "Le contrat d'infogérance des serveurs est conclu pour une durée de deux ans. Le tribunal de commerce de Tulle est compétent.\n"


def test_without_a_folder_the_score_says_that_it_did_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert score.main([]) == 0
    assert "not run" in capsys.readouterr().out


def test_a_folder_without_labels_is_wrong_use(tmp_path: Path) -> None:
    assert score.main([str(tmp_path)]) == 2


def test_provisions_and_values_are_counted_and_each_miss_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = {
        "id": "one",
        "text_file": "one.txt",
        "provisions": {
            "duration_renewal": {"status": "present", "anchors": []},
            "insurance": {"status": "present", "anchors": [{"text": "assurance"}]},
            "force_majeure": {"status": "partial", "anchors": []},
            "hardship": {"status": "absent", "anchors": []},
        },
        "values": {"initial_duration_months": 24, "jurisdiction_city": "TULLE", "notice_period_days": 30, "availability_pct": None},
    }
    (tmp_path / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "one.json").write_text(json.dumps(label), "utf-8")
    assert score.main([str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "one: insurance missed: ['assurance']" in told
    assert "one: notice_period_days is 30, read None" in told
    assert "right 66.7%, invented 0.0%" in told


@pytest.mark.parametrize(
    ("key", "label", "read", "stated", "unstated"),
    [
        ("payment_terms_days", 0, 0, [1, 1], [0, 0]),
        ("payment_terms_days", 0, 30, [1, 0], [0, 0]),
        ("payment_terms_days", None, 0, [0, 0], [1, 1]),
        ("indemnity_40_eur", False, False, [0, 0], [1, 0]),
    ],
)
def test_no_day_at_all_is_a_value_and_no_indemnity_is_none(
    key: str, label: object, read: object, stated: list[int], unstated: list[int]
) -> None:
    counted = score.Score()
    counted.value("one", key, label, read)
    assert (counted.stated[key], counted.unstated[key]) == (stated, unstated)


def test_sentences_are_compared_by_their_numbers_and_levels_by_priority_kind_and_time() -> None:
    assert score.same_value("liability_cap", "100\u202f000 EUR par an", "100000 EUR")
    assert score.same_value("liability_cap", "six mois d'abonnement, pour un an", "montant payé sur 6 mois")
    assert not score.same_value("liability_cap", "six mois d'abonnement", "montant payé sur 12 mois")
    assert score.same_value(
        "sla", [{"priority": "Majeure", "response": "2h"}], [{"priority": "majeur", "response": "2 h", "restoration": None}]
    )
    assert not score.same_value("sla", [{"priority": "P1", "response": "2 h"}], [{"priority": "P1", "restoration": "2 h"}])


def test_a_time_for_every_call_has_one_name_and_hours_are_compared_by_the_clock_alone() -> None:
    assert score.same_value("sla", [{"priority": "toutes", "response": "2 h"}], [{"priority": "all", "response": "2 h"}])
    assert not score.same_value("sla", [{"priority": "toute panne", "response": "2 h"}], [{"priority": "all", "response": "2 h"}])
    assert score.same_value("service_hours", "8h00-18h (depuis le 3 mai 2024) ; astreinte 24h/24", "8h-18h lun-ven; 24/7")
    assert not score.same_value("service_hours", "8h-18h", "8h30-18h")
    assert not score.same_value("service_hours", "8h-18h", "8h-18h; 24/7")
    assert score.same_value("late_penalty_rate", "triple du taux d'intérêt légal", "3 x intérêt légal")
    assert score.same_value("liability_cap", "prix de douze mois, doublé pour les données", "montant payé sur 12 mois")
    assert score.same_value("late_penalty_rate", "1 x intérêt légal", "intérêt légal")
