"""The French label of each field of a structured value, for forms, differences and mistakes."""

from __future__ import annotations

_LABELS: dict[str, str] = {
    "street": "Rue", "postcode": "Code postal", "city": "Ville", "country": "Pays", "name": "Nom", "quality": "Qualité", "email": "Courriel",
    "phone": "Téléphone", "address": "Adresse", "timezone": "Fuseau horaire", "holidays": "Jours fériés", "headcount": "Effectif", "note": "Note",
    "kind": "Nature", "count": "Nombre", "asset_class": "Catégorie", "label": "Libellé", "maker": "Fabricant", "site": "Site",
    "warranty_end": "Fin de garantie", "support_end": "Fin de support", "status": "Sort", "reason": "Raison", "publisher": "Éditeur",
    "support_contract": "Contrat de support", "support_until": "Support jusqu’au", "key": "Nom court (sans espace)", "content": "Contenu", "nature": "Nature de l’engagement",
    "asset_classes": "Catégories couvertes", "hosted": "Service hébergé", "why": "Pourquoi", "peaks": "Pointes d’activité", "given_on": "Donné le",
    "subject": "Conseil", "risk": "Risque", "asset": "Équipement", "price": "Prix", "answer": "Réponse", "answered_by": "Par qui",
    "review_on": "À revoir le", "until": "Jusqu’au", "measures": "Mesures", "what": "Objet", "owner": "À la charge de", "before": "Avant le",
    "staffed": "Tenu pendant", "starts_clock": "Déclenche le décompte", "level": "Niveau", "does": "Rôle", "rights": "Droits", "start": "Début", "end": "Fin",
    "hours": "Horaires", "good_friday": "Vendredi saint férié", "closed": "Jours fermés", "exceptions": "Jours particuliers", "seasons": "Saisons",
    "P1": "P1", "P2": "P2", "P3": "P3", "P4": "P4", "I1": "Entreprise, site ou service critique", "I2": "Équipe", "I3": "Un utilisateur",
    "tickets": "Tickets", "period": "Période", "service": "Service", "target": "Taux promis", "probe": "Sonde", "probe_interval": "Intervalle de la sonde",
    "windows_excluded": "Fenêtres de maintenance exclues", "missed_by": "Écart à l’engagement", "credit": "Avoir", "cap_reached_months": "Mois au plafond",
    "within_months": "Sur une période de (mois)", "same_incident_times": "Même incident (fois)", "recurrence": "Retour", "frequency": "Fréquence", "weekday": "Jour",
    "length": "Durée", "affects": "Concerne", "in_window": "Dans une fenêtre", "proof": "Preuve", "scope": "Contenu sauvegardé", "retention": "Conservation",
    "place": "Lieu", "offline_copy": "Copie hors ligne", "key_holder": "Détenteur de la clé", "product": "Produit", "covers": "Couvre",
    "tenant_owner": "Titulaire du compte", "data_country": "Pays des données", "at_end": "En fin de contrat", "holder": "Souscrit par", "quantity": "Quantité",
    "committed_until": "Engagé jusqu’au", "supplier": "Fournisseur", "repair_time": "Délai de réparation", "availability": "Disponibilité", "exit_cost": "Coût de sortie",
    "up_to": "Jusqu’à (unités)", "unit_price": "Prix unitaire", "unit": "Unité", "tiers": "Paliers", "share": "Part", "rate": "Taux", "uplift": "Majoration",
    "validity": "Validité", "counted": "Compté", "not_counted": "Non compté", "points": "Points ajoutés", "multiple": "Multiple",
    "at_least_legal_floor": "Jamais sous le plancher légal", "months": "Mois", "amount": "Montant", "floor": "Plancher", "year": "Année", "purpose": "Finalité",
    "operations": "Opérations", "data": "Données", "persons": "Personnes", "duration": "Durée", "instrument": "Instrument de transfert", "visible": "Clause très apparente",
    "model_host": "Hébergeur du modèle", "trains_on_client_data": "Apprend sur les données du Client", "human_decides": "Une personne décide",
}  # fmt: skip
_OWN_LABELS: dict[str, str] = {
    "Freeze.start": "Du (MM-JJ)", "Freeze.end": "Au (MM-JJ)", "Season.start": "Du (MM-JJ)", "Season.end": "Au (MM-JJ)", "Caller.name": "Personne",
    "Tool.kind": "Outil", "PriceLine.label": "Ligne", "Channel.kind": "Canal", "Channel.address": "Adresse ou numéro", "UserCount.kind": "Utilisateurs",
    "HourPack.hours": "Heures", "HourPack.price": "Prix du carnet", "Court.kind": "Juridiction", "LateRate.kind": "Calcul", "LiabilityCap.kind": "Calcul",
    "MaintenanceWindow.start": "Heure de début", "Uplift.period": "Période",
}  # fmt: skip


class UnlabelledFieldError(LookupError):
    """A field of a structured value has no French label."""


def field_label(owner: str, name: str) -> str:
    """The label of a field of a structured value, such as « Fin de garantie »."""
    own = _OWN_LABELS.get(f"{owner}.{name}") or _LABELS.get(name)
    if own is None:
        raise UnlabelledFieldError(f"{owner}.{name} has no label: add it to terms/field_labels.py")
    return own
