from __future__ import annotations

import pytest

from convenu.actions.clients import add_client, archive_client, edit_client, restore_client
from convenu.actions.contracts import open_contract
from convenu.actions.look_up import NotFoundError, find_client
from convenu.actions.permissions import NotAllowedError
from convenu.store.models import AuditEntry, Client
from convenu.store.tenancy import tenant_scope
from convenu.vocabulary.mistakes import MistakesError
from tests.actions.deals import SIREN
from tests.web.people import NOW, House


def test_a_client_is_added_with_its_siren_as_nine_digits(argoat: House) -> None:
    client = add_client(argoat.alice, name=" Valdrène  Ingénierie ", siren="000 481 481", now=NOW)
    assert (client.name, client.siren) == ("Valdrène Ingénierie", SIREN)
    assert AuditEntry.objects.latest("number").action == "client_added"


@pytest.mark.parametrize(
    ("name", "siren", "where"), [("", "", ["name"]), ("x" * 301, "123", ["name", "siren"]), ("Valdrène", "000481482", ["siren"])]
)
def test_every_mistake_on_a_client_is_told_at_once(argoat: House, name: str, siren: str, where: list[str]) -> None:
    with pytest.raises(MistakesError) as refused:
        add_client(argoat.alice, name=name, siren=siren, now=NOW)
    assert [mistake.where for mistake in refused.value.mistakes] == where
    assert not Client.objects.exists()


def test_two_clients_do_not_share_a_siren_and_two_msps_may_serve_the_same_company(argoat: House) -> None:
    first = add_client(argoat.alice, name="Valdrène", siren=SIREN, now=NOW)
    with pytest.raises(MistakesError, match=r"Valdrène\s» a déjà ce SIREN"):
        add_client(argoat.alice, name="Autre", siren=SIREN, now=NOW)
    assert edit_client(argoat.alice, first, name="Valdrène SAS", siren=SIREN, now=NOW).name == "Valdrène SAS"
    with tenant_scope(argoat.brocel):
        assert add_client(argoat.charlie, name="Valdrène", siren=SIREN, now=NOW).siren == SIREN


def test_an_archived_client_takes_no_new_contract_until_it_is_restored(argoat: House) -> None:
    client = add_client(argoat.alice, name="Valdrène", now=NOW)
    archive_client(argoat.alice, client, now=NOW)
    with pytest.raises(MistakesError, match="archivé"):
        open_contract(argoat.alice, client, segment="pme", now=NOW)
    restore_client(argoat.alice, client, now=NOW)
    assert open_contract(argoat.alice, client, segment="pme", now=NOW).client == client


def test_a_technician_does_not_manage_clients(argoat: House) -> None:
    with pytest.raises(NotAllowedError):
        add_client(argoat.bob, name="Valdrène", now=NOW)


def test_another_organisations_client_does_not_exist_here(argoat: House) -> None:
    with tenant_scope(argoat.brocel):
        theirs = add_client(argoat.charlie, name="Chez Brocel", now=NOW)
    with pytest.raises(NotFoundError):
        find_client(argoat.alice, theirs.pk)
    with pytest.raises(NotFoundError):
        edit_client(argoat.alice, theirs, name="volé", now=NOW)
    with pytest.raises(NotFoundError):
        archive_client(argoat.alice, theirs, now=NOW)
    with pytest.raises(NotFoundError):
        open_contract(argoat.alice, theirs, segment="pme", now=NOW)
