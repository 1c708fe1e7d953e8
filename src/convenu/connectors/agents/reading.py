"""Reads what an agent wrote of one machine: the XML of FusionInventory and OCS Inventory, the JSON of the GLPI agent.

Their sections have the same names, in capitals in XML. Only the machine itself is read: users, processes, environment, network addresses
and software stay in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from lxml import etree

from convenu.facts.assets import Asset
from convenu.terms.closed_lists import AssetClass
from convenu.vocabulary.mistakes import Mistake, MistakesError

AGENT_FILES = (".xml", ".ocs", ".json")
MAX_FILE = 20_000_000
# Sections of which nothing is read, as they are told to the person who imports.
PERSONAL_SECTIONS = ("users", "local_users", "local_groups", "processes", "envs", "networks")
_READ = ("hardware", "bios", "operatingsystem", "versionclient", "accesslog")
_NO_MACHINE = ("", "physical")
# Kinds of case, as SMBIOS names them (DMTF DSP0134, 7.4.1).
_WORKSTATIONS = frozenset(
    {
        "desktop", "low profile desktop", "pizza box", "mini tower", "tower", "portable", "laptop", "notebook", "all in one",
        "sub notebook", "space-saving", "convertible", "detachable", "mini pc", "stick pc",
    }
)  # fmt: skip
_SERVERS = frozenset({"main server chassis", "rack mount chassis", "blade", "blade enclosing", "multi-system"})
_BY_ITEM = {"networkequipment": AssetClass.NETWORK_DEVICE, "printer": AssetClass.PRINTER, "phone": AssetClass.MOBILE}


def read_agent_file(name: str, content: bytes) -> tuple[Asset, tuple[str, ...]]:
    """The machine of one file and the sections of it that were left in the file; raises `MistakesError` with the name of the file."""
    if len(content) > MAX_FILE:
        raise _unreadable(name, f"le fichier dépasse {MAX_FILE // 1_000_000} Mo")
    item, sections = _from_json(name, content) if name.casefold().endswith(".json") else _from_xml(name, content)
    asset = _machine(item, sections)
    if not asset.key:
        raise _unreadable(name, "aucun nom ni numéro de série de machine")
    return asset, tuple(section for section in sections if section not in _READ)


def _from_xml(name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    """The sections of a `REQUEST`; a document type, with the entities that it could declare, is refused before anything is read of it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(name, "XML illisible") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unreadable(name, "un XML d’agent ne déclare pas de type de document")
    body = root.find("CONTENT")
    if root.tag != "REQUEST" or body is None:
        raise _unreadable(name, "ce n’est pas l’inventaire d’un agent : « REQUEST » et « CONTENT » sont attendus")
    sections: dict[str, Any] = {}
    for section in body:
        key = str(section.tag).lower()
        told = {str(field.tag).lower(): (field.text or "").strip() for field in section} if key in _READ else {}
        sections.setdefault(key, told or (section.text or "").strip())
    return "computer", sections


def _from_json(name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _unreadable(name, "JSON illisible") from error
    if not isinstance(told, dict) or not isinstance(told.get("content"), dict):
        raise _unreadable(name, "ce n’est pas l’inventaire d’un agent : « content » est attendu")
    return str(told.get("itemtype", "computer")).lower(), told["content"]


def _machine(item: str, sections: Mapping[str, Any]) -> Asset:
    """The machine, last seen the day of the inventory (OCS Inventory writes none; `DEVICEID` holds the day of the first run)."""
    hardware, bios, system, log = (_section(sections, name) for name in ("hardware", "bios", "operatingsystem", "accesslog"))
    virtual = _said(hardware, "vmsystem").casefold() not in _NO_MACHINE
    name, serial = _said(hardware, "name"), _said(bios, "ssn")
    named = _said(system, "full_name") or _said(hardware, "osname")
    return Asset(
        key=serial or name, name=name, serial=serial, virtual=virtual,
        asset_class=_class(item, _said(hardware, "chassis_type") or _said(bios, "type"), named),
        maker="" if virtual else _said(bios, "smanufacturer"), model="" if virtual else _said(bios, "smodel"), operating_system=named,
        last_seen=_day(_said(log, "logdate")[:10]), source=_said(sections, "versionclient"),
    )  # fmt: skip


def _class(item: str, chassis: str, system: str) -> str:
    """What the machine is, from its case, or from a system made for servers; empty when neither tells."""
    if item in _BY_ITEM:
        return _BY_ITEM[item].value
    kind = chassis.casefold()
    if kind in _SERVERS or "server" in system.casefold():
        return AssetClass.SERVER.value
    return AssetClass.WORKSTATION.value if kind in _WORKSTATIONS else ""


def _section(sections: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = sections.get(name)
    return found if isinstance(found, dict) else {}


def _said(section: Mapping[str, Any], name: str) -> str:
    value = section.get(name)
    return value.strip()[:300] if isinstance(value, str) else ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _unreadable(name: str, reason: str) -> MistakesError:
    return MistakesError([Mistake(name, reason, "Produisez de nouveau l’inventaire de cette machine.")])
