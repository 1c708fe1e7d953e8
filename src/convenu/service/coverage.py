"""What the contract makes of each asset: covered, excluded or not known, with the clause that decides and what it leaves.

The decision rests on what the terms and the inventory say, on one day. Where the inventory does not tell what a clause asks, the answer is
« unknown », never a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from convenu.facts.assets import Alike, Asset, AssetGroups, AssetStatus, Inventory
from convenu.facts.support_ends import NO_SUPPORT_ENDS, SupportEnds
from convenu.terms.closed_lists import AssetClass, CoverStatus
from convenu.terms.contract import Terms
from convenu.terms.values import AssetLine, Derogation, Service
from convenu.vocabulary import french
from convenu.vocabulary.clause_ref import ClauseRef

_NO_HARDWARE = frozenset({AssetClass.CLOUD_TENANT, AssetClass.HOSTED_SERVICE})
_SERVICES = ClauseRef("services_and_perimeter", ("services",))
_INVENTORY = ClauseRef("annex_perimeter", ("inventory",))
_SUPPORT = ClauseRef("unsupported_assets", ("derogations",))
_MAKERS = ClauseRef("unsupported_assets", ("approved_makers",))
_WARRANTY = ClauseRef("unsupported_assets")
_DEROGATIONS = ClauseRef("unsupported_assets", ("derogations", "derogation_limit"))


class Cover(StrEnum):
    """What the contract makes of an asset."""

    COVERED = "covered"
    EXCLUDED = "excluded"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """In the words of a page."""
        return {"covered": "couvert", "excluded": "exclu", "unknown": "à préciser"}[self.value]


class Reason(StrEnum):
    """Why."""

    SUBSCRIBED = "subscribed"
    DEROGATION = "derogation"
    NOT_IN_SERVICE = "not_in_service"
    CLASS_NOT_SUBSCRIBED = "class_not_subscribed"
    LISTED_AS_EXCLUDED = "listed_as_excluded"
    SUPPORT_ENDED = "support_ended"
    MAKER_NOT_APPROVED = "maker_not_approved"
    OUT_OF_WARRANTY = "out_of_warranty"
    CLASS_UNKNOWN = "class_unknown"
    SERVICES_UNKNOWN = "services_unknown"
    MAKER_UNKNOWN = "maker_unknown"
    MAKERS_TO_AGREE = "makers_to_agree"
    WARRANTY_UNKNOWN = "warranty_unknown"

    @property
    def label(self) -> str:
        """In the words of a page and of the inventory annexed to the contract."""
        return {
            "subscribed": "service souscrit pour cette classe",
            "derogation": "dérogation en cours",
            "not_in_service": "hors service ou en stock",
            "class_not_subscribed": "classe non souscrite",
            "listed_as_excluded": "exclu par l’inventaire du contrat",
            "support_ended": "support arrêté",
            "maker_not_approved": "fabricant non reconnu",
            "out_of_warranty": "hors garantie",
            "class_unknown": "classe non indiquée",
            "services_unknown": "services à convenir",
            "maker_unknown": "fabricant non indiqué",
            "makers_to_agree": "fabricants reconnus à convenir",
            "warranty_unknown": "fin de garantie non indiquée",
        }[self.value]


_OUTCOME = {
    **dict.fromkeys((Reason.SUBSCRIBED, Reason.DEROGATION), Cover.COVERED),
    **dict.fromkeys(
        (
            Reason.CLASS_UNKNOWN, Reason.SERVICES_UNKNOWN, Reason.MAKER_UNKNOWN, Reason.MAKERS_TO_AGREE, Reason.WARRANTY_UNKNOWN,
        ),
        Cover.UNKNOWN,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason, the clause it rests on, and its detail in words (« garantie échue le 12/03/2025 »)."""

    reason: Reason
    clause: ClauseRef
    detail: str = ""
    # The asset stays in the perimeter for the rest: its repair alone is excluded, or it is served « au mieux ».
    stays: bool = False

    @property
    def cover(self) -> Cover:
        """What it leads to."""
        return _OUTCOME.get(self.reason, Cover.EXCLUDED)


@dataclass(frozen=True, slots=True)
class AssetCover:
    """One asset and every ground found, the one that decides first; `count` is how many assets alike it stands for."""

    asset: Asset
    grounds: tuple[Ground, ...]
    count: int = 1

    @property
    def deciding(self) -> Ground:
        """The ground that decides."""
        return self.grounds[0]

    @property
    def cover(self) -> Cover:
        """What the contract makes of it."""
        return self.deciding.cover

    @property
    def stays(self) -> bool:
        """Whether an excluded asset is served, and counted, for the rest."""
        return self.cover is Cover.EXCLUDED and self.deciding.stays

    @property
    def counted(self) -> bool:
        """Whether the contract serves it in some way, so that it counts in a price by the unit."""
        return self.cover is not Cover.EXCLUDED or self.stays


def coverage(terms: Terms, inventory: Inventory, *, on: date, ends: SupportEnds = NO_SUPPORT_ENDS) -> tuple[AssetCover, ...]:
    """What the contract makes of each asset of an inventory on a day, in the order of the inventory.

    `ends` are the ends of support known of systems whose inventory tells none.
    """
    look = _Look(terms, on, ends)
    return tuple(AssetCover(asset, look.grounds(asset)) for asset in inventory.assets)


class GroupCoverage:
    """What the contract makes of an inventory by assets alike, on a day, and of those that a derogation names, by their places in it.

    Two dates on the same side of the day are decided alike: a verdict stands for all of them, with the earliest in its sample.
    """

    def __init__(
        self, terms: Terms, groups: AssetGroups, named: Mapping[int, Asset], *, on: date, ends: SupportEnds = NO_SUPPORT_ENDS
    ) -> None:
        self._look = _Look(terms, on, ends)
        self._named = {place: AssetCover(asset, self._look.grounds(asset)) for place, asset in named.items()}
        self._places = groups.places
        counts = Counter(groups.places)
        counts.subtract(groups.places[place] for place in named)
        folds: dict[tuple[object, ...], int] = {}
        self._fold_of = [folds.setdefault(_side(one, on.toordinal()), len(folds)) for one in groups.alike]
        gathered: list[tuple[Alike, int]] = []
        for rank, (one, fold) in enumerate(zip(groups.alike, self._fold_of, strict=True)):
            if fold == len(gathered):
                gathered.append((one, counts[rank]))
            else:
                before, count = gathered[fold]
                gathered[fold] = (_earliest(before, one), count + counts[rank])
        self._folds = [AssetCover(sample, self._look.grounds(sample), count) for one, count in gathered for sample in [_sample(one)]]

    @property
    def covers(self) -> tuple[AssetCover, ...]:
        """Every verdict with how many assets it stands for."""
        return (*(one for one in self._folds if one.count), *self._named.values())

    def cover(self, place: int, asset: Asset) -> AssetCover:
        """The verdict of the asset at a place of the inventory, in its own words."""
        return self._named.get(place) or AssetCover(asset, self._look.grounds(asset))

    def narrowed(self, asked: Callable[[AssetCover], bool]) -> list[int]:
        """The places of the assets whose verdict and class are asked for."""
        wanted = [asked(one) for one in self._folds]
        groups = [wanted[fold] for fold in self._fold_of]
        named = {place: asked(one) for place, one in self._named.items()}
        return [place for place, group in enumerate(self._places) if named.get(place, groups[group])]


def _side(one: Alike, on: int) -> tuple[object, ...]:
    """What decides: the days only by whether they are told and past."""
    return (*one[:-2], one.support_end and one.support_end < on, one.warranty_end and one.warranty_end < on)


def _earliest(one: Alike, other: Alike) -> Alike:
    return one._replace(
        support_end=min(one.support_end or 0, other.support_end or 0) or None,
        warranty_end=min(one.warranty_end or 0, other.warranty_end or 0) or None,
    )


def _sample(one: Alike) -> Asset:
    """An asset without a name, like those of its group."""
    told = {**one._asdict(), "status": AssetStatus(one.status)}
    days = {name: date.fromordinal(told[name]) if told[name] else None for name in ("support_end", "warranty_end")}
    return Asset(key="", **{**told, **days})


def derogated(terms: Terms, on: date) -> frozenset[str]:
    """The names, numbers and systems that a derogation in force names, without regard to case."""
    return frozenset(one.asset.casefold() for one in terms.derogations.value or () if one.until >= on)


def coverage_day(terms: Terms, counted_on: date) -> date:
    """The day to look at before signature: that of the inventory, or the contract's first day when it comes later."""
    return max(terms.effective_date.value or counted_on, counted_on)


def counts_by_class(covers: Iterable[AssetCover]) -> dict[str, Counter[Cover]]:
    """How many assets of each class are covered, excluded or not known; the unknown class stands under an empty word."""
    found: dict[str, Counter[Cover]] = {}
    for one in covers:
        found.setdefault(one.asset.asset_class, Counter())[one.cover] += one.count
    return found


class _Look:
    """The terms that decide, read once for a whole inventory."""

    def __init__(self, terms: Terms, on: date, ends: SupportEnds) -> None:
        self._on = on
        self._ends = ends
        services: tuple[Service, ...] = terms.services.value or ()
        # A service that names no class is given whatever the asset: it cannot tell that a class is left out.
        self._classes = frozenset(found for service in services for found in service.asset_classes)
        self._services_known = terms.services.stated and bool(self._classes)
        self._makers = frozenset(name.casefold() for name in terms.approved_makers.value or ())
        self._makers_unknown = terms.approved_makers.unknown
        self._derogations: tuple[Derogation, ...] = terms.derogations.value or ()
        self._lines: tuple[AssetLine, ...] = terms.inventory.value or ()
        # That wording keeps in the perimeter, « au mieux », what the others exclude whole.
        chosen = {one.clause: one.wording for one in terms.clause_wordings.value or ()}
        self._decided: dict[tuple[object, ...], tuple[Ground, ...]] = {}
        self._best_efforts = chosen.get("unsupported_assets") == "best_efforts"

    def grounds(self, asset: Asset) -> tuple[Ground, ...]:
        """Every ground found: exclusions first, then what is not known, else why it is covered."""
        derogation = self._derogation(asset)
        if derogation is not None:
            told = f"« {derogation.asset} », jusqu’au {french.short_day(derogation.until)}"
            return (Ground(Reason.DEROGATION, _DEROGATIONS, told),)
        # A derogation apart, assets alike are decided alike: thousands of them are a few dozen cases.
        alike = (
            asset.status, asset.asset_class, asset.maker, asset.site, asset.virtual, asset.operating_system, asset.support_end,
            asset.warranty_end,
        )  # fmt: skip
        found = self._decided.get(alike)
        if found is None:
            found = self._decided[alike] = self._grounds(asset)
        return found

    def _grounds(self, asset: Asset) -> tuple[Ground, ...]:
        if asset.status is not AssetStatus.IN_SERVICE:
            return (Ground(Reason.NOT_IN_SERVICE, _SERVICES, asset.status.label),)
        if not asset.asset_class:
            return (Ground(Reason.CLASS_UNKNOWN, _SERVICES),)
        found = sorted((*self._perimeter(asset), *self._support(asset), *self._hardware(asset)), key=_rank)
        return tuple(found) or (Ground(Reason.SUBSCRIBED, _SERVICES),)

    def _derogation(self, asset: Asset) -> Derogation | None:
        """The derogation in force that names this asset, in service, by its name, its serial number, its key or its system."""
        if not self._derogations or not asset.asset_class or asset.status is not AssetStatus.IN_SERVICE:
            return None
        names = {name.casefold() for name in (asset.name, asset.serial, asset.key, asset.operating_system) if name}
        return next((one for one in self._derogations if one.asset.casefold() in names and one.until >= self._on), None)

    def _perimeter(self, asset: Asset) -> Iterator[Ground]:
        asset_class = AssetClass(asset.asset_class)
        if not self._services_known:
            yield Ground(Reason.SERVICES_UNKNOWN, _SERVICES)
        elif asset_class not in self._classes:
            yield Ground(Reason.CLASS_NOT_SUBSCRIBED, _SERVICES, asset_class.label)
        line = self._excluding_line(asset)
        if line is not None:
            yield Ground(Reason.LISTED_AS_EXCLUDED, _INVENTORY, line.reason or line.label)

    def _excluding_line(self, asset: Asset) -> AssetLine | None:
        """The line that excludes this asset: of its class and maker (and site where the line has one), when none of these covers it."""
        lines = [line for line in self._lines if _same(line, asset)]
        excluded = [line for line in lines if line.status is CoverStatus.EXCLUDED]
        return excluded[0] if excluded and len(excluded) == len(lines) else None

    def _support(self, asset: Asset) -> Iterator[Ground]:
        known = self._ends.of(asset.operating_system) if asset.support_end is None else None
        end = known.end if known else asset.support_end
        if end is not None and end < self._on:
            what = f"{known.product if known else asset.operating_system} : " if known or asset.operating_system else ""
            by = f", {known.confidence.label}" if known else ""
            yield Ground(Reason.SUPPORT_ENDED, _SUPPORT, f"{what}support arrêté le {french.short_day(end)}{by}", stays=self._best_efforts)

    def _hardware(self, asset: Asset) -> Iterator[Ground]:
        if asset.virtual or AssetClass(asset.asset_class) in _NO_HARDWARE:
            return
        if self._makers_unknown:
            yield Ground(Reason.MAKERS_TO_AGREE, _MAKERS)
        elif self._makers and not asset.maker:
            yield Ground(Reason.MAKER_UNKNOWN, _MAKERS)
        elif self._makers and not self._approved(asset.maker):
            yield Ground(Reason.MAKER_NOT_APPROVED, _MAKERS, asset.maker, stays=True)
        if asset.warranty_end is None:
            yield Ground(Reason.WARRANTY_UNKNOWN, _WARRANTY)
        elif asset.warranty_end < self._on:
            yield Ground(Reason.OUT_OF_WARRANTY, _WARRANTY, f"garantie échue le {french.short_day(asset.warranty_end)}", stays=True)

    def _approved(self, maker: str) -> bool:
        """Whether a maker is on the list, by its name or by the beginning of the name that a tool gives (« Dell Inc. » for « Dell »)."""
        said = maker.casefold()
        return any(said == name or said.startswith((f"{name} ", f"{name},", f"{name}.")) for name in self._makers)


def _rank(ground: Ground) -> tuple[bool, bool]:
    """Whole exclusions, then those that leave the asset in the perimeter, then what is not known."""
    return (ground.cover is Cover.UNKNOWN, ground.stays)


def _same(line: AssetLine, asset: Asset) -> bool:
    return (
        line.asset_class.value == asset.asset_class
        and (line.maker or "").casefold() == asset.maker.casefold()
        and (line.site is None or line.site.casefold() == asset.site.casefold())
    )
