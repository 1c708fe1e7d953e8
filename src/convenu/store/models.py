"""Where Django looks for tables: each is written in the module of its subject."""

from __future__ import annotations

from convenu.store.audit import AuditEntry
from convenu.store.audits import StoredAudit
from convenu.store.clients import Client
from convenu.store.contracts import Answer, AnswerHistory, Contract, Dismissal
from convenu.store.credentials import Attempt, RecoveryCode, TotpDevice
from convenu.store.estate import ContractVerdicts, EstatePass
from convenu.store.hour_packs import HourPackPurchase
from convenu.store.house import House
from convenu.store.house_versions import HouseDraft, HouseVersion
from convenu.store.inventories import ClientInventory, ColumnsMapping, InventoryFile
from convenu.store.links import AccessLink, Remark
from convenu.store.people import Invitation, Membership, Organisation, User
from convenu.store.provisional import ProvisionalContract
from convenu.store.replays import ReplayRun
from convenu.store.rule_readings import RuleReading
from convenu.store.summaries import ContractSummary
from convenu.store.tickets import StoredTicket, TicketImport, TicketSource
from convenu.store.versions import StoredFile, Version

__all__ = [
    "AccessLink",
    "Answer",
    "AnswerHistory",
    "Attempt",
    "AuditEntry",
    "Client",
    "ClientInventory",
    "ColumnsMapping",
    "Contract",
    "ContractSummary",
    "ContractVerdicts",
    "Dismissal",
    "EstatePass",
    "HourPackPurchase",
    "House",
    "HouseDraft",
    "HouseVersion",
    "InventoryFile",
    "Invitation",
    "Membership",
    "Organisation",
    "ProvisionalContract",
    "RecoveryCode",
    "Remark",
    "ReplayRun",
    "RuleReading",
    "StoredAudit",
    "StoredFile",
    "StoredTicket",
    "TicketImport",
    "TicketSource",
    "TotpDevice",
    "User",
    "Version",
]
