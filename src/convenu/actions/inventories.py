"""A client's inventory: files looked at, then kept as the assets of a day, and held against a contract."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from convenu.actions.current_terms import current_terms
from convenu.actions.interview import Outcome, answer
from convenu.actions.look_up import row
from convenu.actions.mistakes import refuse, refuse_any
from convenu.actions.permissions import Permission, require
from convenu.connectors.asset_files import MAX_BYTES, MAX_FILES, NamedFile, ReadInventory, columns_key, read_inventory_apart
from convenu.documents.strangers import StrangerError
from convenu.facts.assets import Asset, Inventory, asset_from_json
from convenu.facts.support_ends import SupportEnd, SupportEnds
from convenu.library.support_ends import shipped, support_ends
from convenu.service.coverage import AssetCover, GroupCoverage, coverage_day, derogated
from convenu.service.inventory_terms import ClassGap, TooManyLinesError, gaps, proposed_answers
from convenu.store import audit
from convenu.store.contracts import ContractStatus
from convenu.store.inventories import asset_lines
from convenu.store.models import Client, ClientInventory, ColumnsMapping, Contract, InventoryFile, Membership
from convenu.terms.contract import Terms
from convenu.vocabulary.mistakes import Mistake, MistakesError

MOST_MAPPINGS = 200


class ListedAssets(Sequence[AssetCover]):
    """The assets of an inventory with their verdicts, read from its lines only when they are asked for."""

    def __init__(self, lines: Sequence[str], found: GroupCoverage, places: Sequence[int] | None = None) -> None:
        self._lines, self._found = lines, found
        self._places: Sequence[int] = range(len(lines)) if places is None else places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> AssetCover: ...
    @overload
    def __getitem__(self, place: slice) -> list[AssetCover]: ...
    def __getitem__(self, place: int | slice) -> AssetCover | list[AssetCover]:
        return [self._read(one) for one in self._places[place]] if isinstance(place, slice) else self._read(self._places[place])

    def narrowed(self, asked: Callable[[AssetCover], bool]) -> ListedAssets:
        """Those of the inventory whose verdict and class are asked for."""
        return ListedAssets(self._lines, self._found, self._found.narrowed(asked))

    def _read(self, place: int) -> AssetCover:
        return self._found.cover(place, _asset(self._lines[place]))


@dataclass(frozen=True, slots=True)
class CoveredInventory:
    """A client's inventory held against a contract on a day, by assets alike, and what it would change in the answers."""

    kept: ClientInventory
    listed: ListedAssets
    covers: tuple[AssetCover, ...]
    gaps: tuple[ClassGap, ...]
    proposal: Mapping[str, Any]
    on: date
    # The ends of support that our table, or this installation's, gave to systems whose inventory tells none; what is wrong in its file.
    ends: tuple[SupportEnd, ...]
    mistakes: tuple[Mistake, ...]
    # How many lines the proposal would have, when a contract cannot print so many.
    too_many_lines: int = 0


@transaction.atomic
def receive_files(member: Membership, contract: Contract, files: Sequence[NamedFile], *, now: datetime) -> InventoryFile:
    """Take the files of a client's inventory in, to be looked at. No asset is written; what waited before is dropped."""
    require(member, Permission.ANSWER)
    client = row(Client, contract.client_id, to_change=True)
    if not files or not any(one.content for one in files):
        refuse("sent", _("Choisissez un fichier CSV ou Excel, ou ceux des agents."))
    if len(files) > MAX_FILES or sum(len(one.content) for one in files) > MAX_BYTES:
        most = {"files": MAX_FILES, "size": MAX_BYTES // 1_000_000}
        refuse("sent", _("%(files)s fichiers et %(size)s Mo au plus.") % most, _("Envoyez-les en plusieurs fois."))
    InventoryFile.objects.filter(client=client).delete()
    name = files[0].name[-200:] if len(files) == 1 else _("%(count)s fichiers") % {"count": len(files)}
    return InventoryFile.objects.create(client=client, name=name, content=_packed(files), mapping={}, at=now, by=member.user)


def waiting_files(member: Membership, contract: Contract) -> InventoryFile | None:
    """The files that wait to be taken."""
    require(member, Permission.SEE)
    return InventoryFile.objects.filter(client=contract.client_id).first()


def look_at(member: Membership, waiting: InventoryFile, answers: Mapping[str, Any] | None = None) -> ReadInventory:
    """What the files give under these answers; else under those kept, those remembered for the same columns, or those proposed."""
    require(member, Permission.ANSWER)
    remembered = {one.columns_key: one.mapping for one in ColumnsMapping.objects.order_by("-updated_at")[:MOST_MAPPINGS]}
    try:
        read = read_inventory_apart(_unpacked(bytes(waiting.content)), mapping=answers or waiting.mapping or None, remembered=remembered)
    except StrangerError:
        refuse("sent", _("Ce fichier n’a pas pu être lu : abîmé, trop grand une fois ouvert, ou trop long à lire."))
    if read.mapping != waiting.mapping:
        InventoryFile.objects.filter(pk=waiting.pk).update(mapping=read.mapping)
        waiting.mapping = read.mapping
    return read


@transaction.atomic
def take_inventory(member: Membership, waiting: InventoryFile, *, day: date, now: datetime) -> ClientInventory:
    """Keep the assets as the client's inventory of a day, and the answers for the next export with these columns; drop the files."""
    require(member, Permission.ANSWER)
    kept = row(InventoryFile, waiting.pk, to_change=True)
    if day > timezone.localdate(now):
        refuse("day", _("Un inventaire se fait au plus tard aujourd’hui."))
    read = look_at(member, kept)
    refuse_any(list(read.mistakes))
    imported = read.imported
    if imported is None or not imported.assets:
        refuse("sent", _("Aucun actif n’a pu être lu."), _("Voyez les raisons, ligne par ligne."))
    if read.columns:
        ColumnsMapping.objects.update_or_create(
            columns_key=columns_key(read.columns), defaults={"mapping": read.mapping, "updated_at": now}
        )
    inventory = Inventory(day, imported.assets)
    made = ClientInventory(
        client=kept.client,
        day=day,
        name=kept.name,
        rows=imported.rows,
        assets=asset_lines(inventory.assets),
        asset_count=len(inventory.assets),
        rejected=json.dumps(imported.as_json()["rejected"], ensure_ascii=False),
        dropped=list(imported.dropped),
        personal=list(imported.personal),
        hash=inventory.hash,
        at=now,
        by=member.user,
    )
    made.group()
    made.save(force_insert=True)
    kept.delete()
    audit.append(action="inventory_taken", subject=made, actor=member.user, now=now, assets=made.asset_count, client=str(made.client_id))
    return made


@transaction.atomic
def leave_files(member: Membership, waiting: InventoryFile) -> None:
    """Drop files that were only looked at."""
    require(member, Permission.ANSWER)
    row(InventoryFile, waiting.pk, to_change=True).delete()


@transaction.atomic
def remove_inventory(member: Membership, inventory: ClientInventory, *, now: datetime) -> None:
    """Remove an inventory; the answers that were drawn from it stay."""
    require(member, Permission.WRITE_CONTRACTS)
    kept = row(ClientInventory, inventory.pk, to_change=True)
    audit.append(action="inventory_removed", subject=kept, actor=member.user, now=now, assets=kept.asset_count)
    kept.delete()


def inventories_of(member: Membership, contract: Contract) -> tuple[ClientInventory, ...]:
    """The inventories of the contract's client, the latest first, without their assets."""
    require(member, Permission.SEE)
    return tuple(ClientInventory.objects.filter(client=contract.client_id).defer("assets", "groups", "places").select_related("by"))


def covered_inventory(member: Membership, contract: Contract, terms: Terms) -> CoveredInventory | None:
    """The client's latest inventory held against these terms; none when there is none yet."""
    require(member, Permission.SEE)
    kept = ClientInventory.objects.filter(client=contract.client_id).select_related("by").first()
    if kept is None:
        return None
    on = coverage_day(terms, kept.day)
    ends, mistakes = _known_ends()
    listed, covers = held_against(kept, terms, on=on, ends=ends)
    systems = sorted({one.operating_system for one in kept.told_groups().alike if one.support_end is None})
    used = tuple(dict.fromkeys(found for system in systems if (found := ends.of(system))))
    try:
        return CoveredInventory(kept, listed, covers, gaps(terms, covers), proposed_answers(terms, covers), on, used, mistakes)
    except TooManyLinesError as error:
        return CoveredInventory(kept, listed, covers, gaps(terms, covers), {}, on, used, mistakes, too_many_lines=error.lines)


def held_against(
    kept: ClientInventory, terms: Terms, *, on: date, ends: SupportEnds | None = None
) -> tuple[ListedAssets, tuple[AssetCover, ...]]:  # fmt: skip
    """An inventory held against terms on a day: its assets, and the verdicts with how many assets each stands for."""
    if not kept.groups:
        kept.group()
        ClientInventory.objects.filter(pk=kept.pk).update(assets=kept.assets, groups=kept.groups, places=kept.places)
    groups, lines = kept.told_groups(), kept.assets.split("\n")[1:-1]
    found = GroupCoverage(terms, groups, _named(lines, derogated(terms, on)), on=on, ends=ends or _known_ends()[0])
    return ListedAssets(lines, found), found.covers


def _known_ends() -> tuple[SupportEnds, tuple[Mistake, ...]]:
    """The ends of support of this installation; those of the package alone while its own file has a mistake."""
    try:
        return support_ends(), ()
    except MistakesError as error:
        return SupportEnds(shipped()), error.mistakes


def _named(lines: Sequence[str], words: frozenset[str]) -> dict[int, Asset]:
    """The assets that bear one of these words as their name, number or key, by their places."""
    wanted = [json.dumps(word, ensure_ascii=False)[1:-1].casefold() for word in words]
    if not wanted:
        return {}
    said = ((place, line.casefold()) for place, line in enumerate(lines))
    # A line that does not hold the word cannot be of that name: the others alone are read.
    near = [place for place, line in said if any(word in line for word in wanted)]
    read = ((place, _asset(lines[place])) for place in near)
    return {place: asset for place, asset in read if {asset.name.casefold(), asset.serial.casefold(), asset.key.casefold()} & words}


@transaction.atomic
def take_counts(member: Membership, contract: Contract, *, now: datetime) -> Outcome:
    """Answer with what the inventory counts: its lines, and the quantities of the price by the counting rules. Undone like an answer."""
    require(member, Permission.ANSWER)
    kept = row(Contract, contract.pk, to_change=True)
    if kept.status != ContractStatus.DRAFT:
        refuse("", _("Ce contrat est archivé."), _("Restaurez-le d’abord."))
    found = covered_inventory(member, kept, current_terms(kept))
    if found is None or not found.proposal:
        refuse("", _("Rien à reprendre : le contrat dit déjà ce que l’inventaire compte."))
    return answer(member, kept, found.proposal, now=now)


def _asset(line: str) -> Asset:
    return asset_from_json(json.loads(line.removesuffix(",")))


def _packed(files: Sequence[NamedFile]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for rank, one in enumerate(files):
            # The rank keeps the order and tells files of one name apart.
            archive.writestr(f"{rank}/{one.name}", one.content)
    return kept.getvalue()


def _unpacked(content: bytes) -> list[NamedFile]:
    """The files, packed by us when they came in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [NamedFile(one.filename.partition("/")[2], archive.read(one)) for one in archive.infolist()]
