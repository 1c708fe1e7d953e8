"""A frozen release never changes, and writes the same contract for ever."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from convenu.agreement.assemble import assemble
from convenu.agreement.scoping import read_answers, scope
from convenu.documents.brand import Brand
from convenu.documents.edition import Edition
from convenu.documents.pdf import write_pdf
from convenu.library import loader
from convenu.library.clauses import check_texts
from convenu.library.contents import hash_of
from convenu.library.shelf import FORMAT, FrozenReleaseChangedError, ReleaseNotShippedError, Shelf, after, file_name, freeze
from convenu.terms.files import terms_from
from convenu.vocabulary import yaml_text
from convenu.vocabulary.yaml_text import YamlText
from tests.library.shelves import FROZEN_ON, a_frozen_workshop, a_workshop, install, two_releases
from tools.release import Workshop, main, release

PROOFS = Path(__file__).parent / "frozen"
VALDRENE = Path("examples/valdrene.answers.yaml")


def words_of_the_deals(proofs: Path, shelf: Shelf) -> dict[str, tuple[str, str]]:
    """For each release and deal: the hash of the text noted when it was frozen, and the one it gives now."""
    found = {}
    for name in shelf.names:
        library = loader.load(shelf.open(name), release=name, frozen=True)
        kept = yaml_text.read((proofs / f"{name}.yaml").read_text("utf-8")).data
        for deal, one in kept["deals"].items():
            text = assemble(terms_from(YamlText(one["terms"])), library, on=date.fromisoformat(kept["law_day"]))
            found[f"{name}, {deal}"] = (one["text"], text.hash)
    return found


def test_each_release_shipped_is_the_file_that_was_frozen() -> None:
    shelf = loader.shelf()
    assert {name: hash_of(shelf.open(name)) for name in shelf.names} == {line.name: line.hash for line in shelf.releases}
    assert sorted(path.name for path in Path(str(shelf.folder)).glob("*.zip")) == sorted(map(file_name, shelf.names))
    assert sorted(path.stem for path in PROOFS.glob("*.yaml")) == sorted(shelf.names)
    assert all(line.format <= FORMAT for line in shelf.releases)


def test_each_release_shipped_writes_the_words_it_wrote_when_it_was_frozen() -> None:
    words = words_of_the_deals(PROOFS, loader.shelf())
    assert {deal: now for deal, (_then, now) in words.items()} == {deal: then for deal, (then, _now) in words.items()}


def test_each_release_shipped_still_holds_together() -> None:
    for name in loader.shelf().names:
        check_texts(loader.release(name).clauses)


def test_the_folder_bears_the_name_of_the_release_that_says_the_same_else_of_the_next_one() -> None:
    same = loader.shelf().saying(hash_of(loader.shelf().folder / ".." / "fr"))
    assert loader.french().release == (same.name if same else f"{loader.shelf().prepares} en préparation")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return a_frozen_workshop(tmp_path_factory.mktemp("library"))


def test_freezing_keeps_one_file_its_line_and_the_deals_that_prove_it(workshop: Workshop) -> None:
    shelf = Shelf(workshop.shelf)
    assert (shelf.names, shelf.prepares, shelf.releases[0].on) == (("2026.11",), "2026.12", FROZEN_ON)
    content = (workshop.shelf / file_name("2026.11")).read_bytes()
    assert shelf.releases[0].sha256 == hashlib.sha256(content).hexdigest()
    words = words_of_the_deals(workshop.proofs, shelf)
    assert "2026.11, valdrene" in words
    assert [deal for deal, (then, now) in words.items() if then != now] == []


def test_the_same_folder_gives_the_same_bytes_and_its_proofs_do_not_count(workshop: Workshop, tmp_path: Path) -> None:
    again = a_workshop(tmp_path).folder
    (again / "clauses" / "liability_cap" / "scenarios.yaml").write_text("[]\n", "utf-8")
    assert freeze(again) == freeze(workshop.folder)
    names = zipfile.ZipFile(io.BytesIO(freeze(again))).namelist()
    assert not [name for name in names if name.endswith(("scenarios.yaml", "cases.yaml"))]


def test_a_frozen_file_of_which_one_letter_changed_is_refused(workshop: Workshop, tmp_path: Path) -> None:
    changed = bytearray((workshop.shelf / file_name("2026.11")).read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / file_name("2026.11")).write_bytes(changed)
    (tmp_path / "index.yaml").write_bytes((workshop.shelf / "index.yaml").read_bytes())
    with pytest.raises(FrozenReleaseChangedError, match="not as it was frozen"):
        Shelf(tmp_path).open("2026.11")


def test_a_name_once_frozen_and_a_folder_that_says_nothing_new_are_refused(workshop: Workshop) -> None:
    with pytest.raises(ValueError, match="never changes") as refused:
        release("2026.11", on=FROZEN_ON, workshop=workshop)
    assert "nothing to freeze" in str(refused.value)
    with pytest.raises(ValueError, match="no name of a release"):
        release("novembre", on=FROZEN_ON, following="2026.12", workshop=workshop)
    assert main(["novembre", "--next", "2026.12"]) == 2


def test_the_month_after_december_opens_a_year() -> None:
    assert (after("2026.11"), after("2026.12"), after("2026.11.2")) == ("2026.12", "2027.01", "2026.12")


def test_contracts_to_come_take_the_newest_release_and_those_who_edit_the_library_its_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, both = two_releases()
    install(monkeypatch, before)
    assert loader.current().release == "2026.11"
    install(monkeypatch, both)
    assert loader.current().release == "2026.12"
    pinned = loader.pinned("2026.11", both.release("2026.11").hash)
    assert pinned.release == "2026.11"
    assert not pinned.clause("non_solicitation").title.startswith("Nouvelle")
    with pytest.raises(ReleaseNotShippedError, match="install a newer one"):
        loader.pinned("2027.05", "f" * 64)
    with pytest.raises(ReleaseNotShippedError):
        loader.pinned("2026.11", "f" * 64)
    monkeypatch.setenv(loader.CHOICE, "folder")
    assert loader.current() is loader.french()


def test_a_release_read_again_gives_the_same_pdf_byte_for_byte(workshop: Workshop) -> None:
    made = []
    for _time in range(2):
        library = loader.load(Shelf(workshop.shelf).open("2026.11"), release="2026.11", frozen=True)
        terms = scope(read_answers(VALDRENE.read_bytes()), library)
        text = assemble(terms, library, on=date(2026, 11, 23))
        made.append(write_pdf(text, brand=Brand(name="Argoat"), edition=Edition(version="v0.1", day=date(2026, 11, 23))))
    assert made[0] == made[1]
