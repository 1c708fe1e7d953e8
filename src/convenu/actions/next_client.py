"""What a contract duplicated for the next client leaves behind, and why."""

from __future__ import annotations

from convenu.terms.contract import TERM_KEYS, group_of

DEAL = "propre à cette négociation"
PARTY = "désigne le client"
NEED = "dit ou constaté chez ce client"
PLACE = "décrit les lieux et le parc de ce client"
PEOPLE = "nomme des personnes de ce client"
DATE = "date de ce contrat"
QUANTITY = "compté chez ce client"
DATA = "décrit les données de ce client"

LEFT_OUT: dict[str, str] = {
    **{key: PARTY for key in TERM_KEYS if group_of(key) == "parties" and key.startswith("client_")},
    "contract_reference": DEAL,
    "adhesion": DEAL,
    "client_paper": DEAL,
    "special_stipulations": DEAL,
    "relationship_years": DEAL,
    "discounts": DEAL,
    "reference_use": DEAL,
    "signature_date": DATE,
    "effective_date": DATE,
    "index_base_month": DATE,
    "index_base_value": DATE,
    "index_first_revision": DATE,
    "critical_services": NEED,
    "downtime_cost": NEED,
    "client_constraints": NEED,
    "advice_register": NEED,
    "previous_provider": NEED,
    "prerequisites": NEED,
    "change_freezes": NEED,
    "client_cyber_insurance": NEED,
    "client_invoicing_platform": NEED,
    "purchase_order": NEED,
    "industrial_scope": NEED,
    "critical_function": NEED,
    "critical_function_date": NEED,
    "client_lei": PARTY,
    "public_buyer": PARTY,
    "market_reference": DEAL,
    "ccag_tic": DEAL,
    "chorus_service_code": PARTY,
    "professional_body": PARTY,
    "signatory_decision": DEAL,
    "volunteer_accounts": QUANTITY,
    "nis2_ready": NEED,
    "production_stops": NEED,
    "critical_spares": NEED,
    "safety_plan": PLACE,
    "health_incident_contact": PEOPLE,
    "sites": PLACE,
    "inventory": PLACE,
    "applications": PLACE,
    "not_entrusted": PLACE,
    "derogations": PLACE,
    "onsite_distance": PLACE,
    "backups": PLACE,
    "backup_volume": PLACE,
    "restore_rate": PLACE,
    "licences": PLACE,
    "linked_contracts": PLACE,
    "online_accounts": PLACE,
    "equipment_on_loan": PLACE,
    "court": PLACE,
    "authorised_callers": PEOPLE,
    "priority_people": PEOPLE,
    "client_contact": PEOPLE,
    "client_deputy": PEOPLE,
    "client_data_contact": PEOPLE,
    "users": QUANTITY,
    "price_lines": QUANTITY,
    "setup_fee": QUANTITY,
    "minimum_fee": QUANTITY,
    "personal_data": DATA,
    "processings": DATA,
    "health_data": DATA,
}
