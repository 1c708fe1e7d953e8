from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

import convenu
from convenu.actions.clients import add_client
from convenu.store.checks import faults_of
from convenu.store.kept import ImmutableError
from convenu.store.models import Answer, Client, Contract, Dismissal, House, StoredFile, Version
from convenu.store.tenancy import OtherTenantError, OutsideTenantError, TenantModel, tenant_scope
from convenu.store.versions import FileKind, digest_of
from tests.actions.deals import a_contract
from tests.web.people import NOW
from tests.web.people import House as Msps

TABLES = [model for model in apps.get_app_config("store").get_models() if issubclass(model, TenantModel)]


@pytest.fixture
def argoat(house: Msps) -> Iterator[Msps]:
    with tenant_scope(house.argoat):
        yield house


def test_the_migrations_make_the_tables_that_the_models_describe(tmp_path: Path) -> None:
    # In a process of its own: other tests add tables of theirs to this one.
    done = _python("-m", "django", "makemigrations", "store", "--check", "--dry-run", data=tmp_path)
    assert (done.returncode, "No changes" in done.stdout) == (0, True), done.stdout + done.stderr


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_no_table_of_an_organisation_is_read_outside_its_scope(db: None, model: Any) -> None:  # noqa: ARG001 - pytest's way to ask for the database
    assert faults_of(model) == []
    with pytest.raises(OutsideTenantError):
        model.objects.exists()


def test_an_answer_cannot_be_hung_on_another_organisations_contract(argoat: Msps) -> None:
    with tenant_scope(argoat.brocel):
        theirs = a_contract(argoat.charlie)
    row = {"contract": theirs, "at": NOW, "by": argoat.alice.user}
    for forged in (
        Answer(contract=theirs, term="notice_period", value=None, version=1, updated_at=NOW, updated_by=argoat.alice.user),
        Dismissal(finding="x", rule="x", reason="x", digest="x", **row),
        Version(rank=1, terms={}, clauses=[], text_hash="", library_release="", library_hash="", law_day=NOW.date(), **row),
        Contract(client=theirs.client, reference="x", segment="pme", library_release="", library_hash="", created_at=NOW, updated_at=NOW),
    ):
        with pytest.raises(OtherTenantError):
            forged.save()


def test_the_database_holds_one_answer_a_term_and_one_client_a_siren(argoat: Msps) -> None:
    contract = a_contract(argoat.alice)
    twice = Answer(contract=contract, term="client_name", value=None, version=1, updated_at=NOW, updated_by=argoat.alice.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.create(name="Autre", siren=contract.client.siren, created_at=NOW)
    House.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        House.objects.create()
    for name in ("Sans SIREN", "Sans SIREN non plus"):
        add_client(argoat.alice, name=name, now=NOW)


def test_a_file_is_kept_once_and_knows_its_content_by_its_digest(argoat: Msps) -> None:
    kept = StoredFile.objects.create(
        kind=FileKind.LOGO, name="logo.png", media_type="image/png", sha256=digest_of(b"x"), content=b"x", at=NOW, by=argoat.alice.user
    )
    kept.name = "autre.png"
    with pytest.raises(ImmutableError):
        kept.save()
    with pytest.raises(ImmutableError):
        kept.delete()
    assert kept.sha256 == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


RACE = """
import threading, django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from convenu.actions.interview import answer
from convenu.store.models import Answer, AnswerHistory
from convenu.store import audit
from convenu.store.tenancy import tenant_scope
from tests.actions.deals import a_contract
from tests.web.people import NOW, open_house
house = open_house()
with tenant_scope(house.argoat):
    contract = a_contract(house.alice)
start, outcomes = threading.Barrier(2), []
def run(member, months):
    with tenant_scope(house.argoat):
        for seen in range(ROUNDS):
            start.wait()
            done = answer(member, contract, {"notice_period": f"{months + seen} months"}, now=NOW, seen_versions={"notice_period": seen})
            outcomes.append((len(done.saved), len(done.conflicts)))
    connection.close()
people = [threading.Thread(target=run, args=(house.alice, 10)), threading.Thread(target=run, args=(house.bob, 40))]
[one.start() for one in people]
[one.join() for one in people]
with tenant_scope(house.argoat):
    assert audit.verify() == ()
    print(sorted(outcomes), Answer.objects.get(term="notice_period").version, AnswerHistory.objects.filter(term="notice_period").count())
"""


def test_of_two_people_who_answer_at_the_same_moment_one_is_kept_and_the_other_is_told(tmp_path: Path) -> None:
    rounds = 5
    done = _python("-c", RACE.replace("ROUNDS", str(rounds)), data=tmp_path)
    assert done.stdout.split() == f"{sorted([(1, 0)] * rounds + [(0, 1)] * rounds)} {rounds} {rounds}".split(), done.stderr


def _python(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Python on an installation of its own, with a database in a file."""
    root = Path(__file__).parents[2]
    path = f"{Path(convenu.__path__[0]).parent}:{root}"
    environment = {"CONVENU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "convenu.web.settings", "PYTHONPATH": path}
    return subprocess.run([sys.executable, *arguments], env=environment, cwd=root, capture_output=True, text=True, check=False)
