"""The correspondence between the columns and words of an inventory export and ours."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from convenu.connectors.file_mapping import FileMapping
from convenu.facts.assets import AssetStatus
from convenu.terms.closed_lists import AssetClass
from convenu.terms.values import Line
from convenu.vocabulary.mistakes import Mistake

# A column of ours, and the headers under which tools are likely to export it: proposed to a person, never taken without them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("key", "inventory number", "numéro d'inventaire", "n° d'inventaire", "asset tag", "étiquette", "id"),
    "name": ("name", "nom", "computer name", "nom de l'ordinateur", "device name", "nom de l’appareil", "hostname", "systemname", "poste"),
    "asset_class": ("asset_class", "type", "type d'équipement", "catégorie", "category", "nodeclass", "device type", "classe", "os"),
    "maker": ("maker", "manufacturer", "fabricant", "marque", "constructeur", "vendor"),
    "model": ("model", "modèle", "modele", "product name"),
    "serial": ("serial", "serial number", "numéro de série", "numero de serie", "n° de série", "n° série", "serialnumber", "service tag"),
    "site": ("site", "location", "lieu", "localisation", "emplacement", "agence"),
    "purchased_on": ("purchased_on", "purchase date", "date d'achat", "date achat", "date of purchase"),
    "warranty_end": ("warranty_end", "fin de garantie", "fin garantie", "garantie jusqu'au", "warranty end", "warranty expiration date"),
    "operating_system": (
        "operating_system", "operating system", "système d'exploitation", "operating system - name", "système", "système ou produit",
        "os name", "os",
    ),
    "support_end": ("support_end", "fin de support", "end of support", "fin du support"),
    "status": ("status", "statut", "état", "etat", "state"),
    "last_seen": ("last_seen", "last inventory date", "last contact", "lastcontact", "last check-in", "dernier contact"),
    "quantity": ("quantity", "quantité", "quantite", "nombre", "qté"),
}  # fmt: skip
# Words that tools and people write for a class: proposed too.
CLASS_WORDS: dict[AssetClass, tuple[str, ...]] = {
    AssetClass.WORKSTATION: (
        "workstation", "laptop", "notebook", "desktop", "computer", "pc", "pc portable", "portable", "ultraportable", "poste", "fixe",
        "poste de travail", "poste fixe", "ordinateur", "ordinateur portable", "unité centrale", "station de travail", "windows", "mac",
        "macos", "windows_workstation",
    ),
    AssetClass.SHARED_WORKSTATION: ("poste partagé", "kiosk", "borne"),
    AssetClass.SERVER: ("server", "serveur", "serveurs", "windows_server", "linux_server", "rack mount chassis", "vm", "serveur virtuel"),
    AssetClass.NETWORK_DEVICE: (
        "switch", "commutateur", "router", "routeur", "firewall", "pare-feu", "access point", "borne wi-fi", "borne wifi", "network device",
        "networkequipment", "équipement réseau", "nms_switch", "nms_router", "nms_firewall",
    ),
    AssetClass.STORAGE: ("nas", "storage", "stockage", "baie de stockage"),
    AssetClass.PRINTER: ("printer", "imprimante", "copieur", "multifonction", "traceur", "nms_printer"),
    AssetClass.MOBILE: ("phone", "mobile", "smartphone", "téléphone", "tablette", "tablet", "ios", "ipados", "android", "iphone", "ipad"),
    AssetClass.OTHER: ("monitor", "écran", "moniteur", "peripheral", "périphérique", "onduleur"),
}  # fmt: skip
STATUS_WORDS: dict[AssetStatus, tuple[str, ...]] = {
    AssetStatus.IN_SERVICE: ("in service", "en service", "actif", "active", "in use", "production", "en production", "déployé", "deployed"),
    AssetStatus.IN_STOCK: ("in stock", "en stock", "stock", "réserve", "spare", "disponible"),
    AssetStatus.RETIRED: ("retired", "réformé", "hors service", "rebut", "au rebut", "sorti", "sorti du parc", "vendu", "perdu", "volé"),
}  # fmt: skip
# Pieces of headers behind which somebody stands: named to the person who imports, and left in the file.
PERSONAL = (
    "user", "utilisateur", "usager", "upn", "mail", "courriel", "phone", "téléphone", "telephone", "login", "owner", "propriétaire",
    "ip address", "adresse ip", "ipaddress", "mac address", "adresse mac", "macaddress", "imei", "compte", "employee", "salarié", "prénom",
    "affecté", "assigned", "attribué", "contact",
)  # fmt: skip


class AssetMapping(FileMapping):
    """How to read one inventory; a word without a class leaves its asset without one, and the contract cannot tell of it.

    `default_class` is for a file that says none, `support_ends` the end of support of operating systems by the beginning of their name,
    as the MSP knows it.
    """

    known: ClassVar = COLUMNS
    presets_in: ClassVar = "convenu.connectors.asset_presets"

    classes: dict[str, AssetClass] = Field(default_factory=dict)
    default_class: AssetClass | None = None
    statuses: dict[str, AssetStatus] = Field(default_factory=dict)
    support_ends: dict[Line, date] = Field(default_factory=dict)

    def lacking(self, columns: tuple[str, ...]) -> list[Mistake]:
        """What a file with these headers does not have; something must name each asset, or say how many there are."""
        told = super().lacking(columns)
        if not told and not {"key", "serial", "name", "quantity"} & set(self.places(columns)):
            asked = "Désignez la colonne du nom, du numéro de série ou du numéro d’inventaire, ou celle de la quantité."
            told.append(Mistake("columns", "aucune colonne ne nomme les actifs", asked))
        return told


def likely_class(word: str) -> AssetClass | None:
    """The class that a word of a tool is likely to mean."""
    return next((found for found, words in CLASS_WORDS.items() if word.casefold() in words or word.casefold() == found.value), None)


def likely_status(word: str) -> AssetStatus | None:
    """The status that a word of a tool is likely to mean."""
    return next((found for found, words in STATUS_WORDS.items() if word.casefold() in words or word.casefold() == found.value), None)


def is_personal(header: str) -> bool:
    """Whether a header looks like somebody's name, address or number."""
    return any(piece in header.casefold() for piece in PERSONAL)
