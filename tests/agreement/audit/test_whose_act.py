"""A promise counts as a party's only when that party is the one that acts."""

from __future__ import annotations

import pytest

from convenu.agreement.audit.guides.cues import cue
from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.looking.whose_act import whose_act
from convenu.agreement.audit.text.party_names import PartyRole
from convenu.agreement.audit.text.segmentation import segmented
from convenu.library.recognition import recognition
from convenu.vocabulary.read_text import ReadText

SAVES = cue("(sauvegarde* | sauvegardons | sauvegardez)")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Le Prestataire sauvegarde les serveurs du Client.", PartyRole.PROVIDER),
        ("Le Client sauvegarde ses postes.", PartyRole.CLIENT),
        ("Les postes sont sauvegardés par le Client.", PartyRole.CLIENT),
        ("Les données confiées par le Client sont sauvegardées par le Prestataire.", PartyRole.PROVIDER),
        ("La sauvegarde est à la charge du Client.", PartyRole.CLIENT),
        ("La sauvegarde incombe au seul Client.", PartyRole.CLIENT),
        ("Le relevé vous est remis une fois les postes sauvegardés.", None),
        ("Il appartient au Client de sauvegarder ses postes.", PartyRole.CLIENT),
        ("Le Prestataire prévient, et le Client sauvegarde ses postes.", PartyRole.CLIENT),
        ("Le Client signale l'incident. Il sauvegarde alors ses postes.", PartyRole.CLIENT),
        ("Le Prestataire héberge le site du Client. Il le sauvegarde.", PartyRole.PROVIDER),
        (
            "A. Le Client range ses clés, qui ne sortent pas.\nB. Il vérifie ses états, et sauvegarde ses postes chaque lundi.",
            PartyRole.CLIENT,
        ),
        ("7. Le Prestataire aide le Client à répondre, chaque fois qu'il le faut. 8. Il sauvegarde ses postes.", PartyRole.PROVIDER),
        ("Le Client prévient. Si une société tierce intervient, elle sauvegarde les postes.", None),
        ("Nous vous sauvegardons.", PartyRole.PROVIDER),
        ("Vous sauvegardez vos postes.", PartyRole.CLIENT),
        ("Une sauvegarde est faite chaque nuit.", None),
        (
            "Le Prestataire s'engage à :\n- aider le Client quand il sauvegarde ;\n- informer le Client des postes sauvegardés.",
            PartyRole.PROVIDER,
        ),
        ("Le Prestataire s'engage à :\n- prévenir ou aider le Client, et rendre les postes sauvegardés.", PartyRole.PROVIDER),
        ("Si le Client ne paie pas, les postes ne sont plus sauvegardés.", None),
        ("Si le Client ne paie pas, le Prestataire ne sauvegarde rien.", PartyRole.PROVIDER),
        ("Le Client qui ne paie pas voit ses postes laissés sans sauvegarde.", None),
        ("Le Prestataire sauvegarde les services commandés par le Client.", PartyRole.PROVIDER),
        ("Le Client doit :\n- prévenir le Prestataire des postes sauvegardés.", PartyRole.CLIENT),
    ],
)
def test_the_party_that_acts_is_the_subject_nearest_before_the_verb(text: str, party: PartyRole | None) -> None:
    document = segmented(ReadText(name="x", text=text, blocks=()))
    seen = list(Looker(document).seen(SAVES))[-1]
    assert whose_act(document, seen.sentence, *seen.match.span()) is party


def test_a_cue_may_ask_for_one_party_s_act() -> None:
    backup = next(danger for danger in recognition().dangers if danger.name == "backup_without_test")
    assert {evidence.by for evidence in backup.when} == {"provider"}
