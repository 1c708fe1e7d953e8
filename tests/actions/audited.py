"""A contract of another MSP, written for the tests of the audit."""

OLD_CONTRACT = """CONTRAT D'INFOGÉRANCE

Entre la société Brévane Informatique, SAS au capital de 40 000 euros, dont le siège est à Laval, et le Client.

Article 1 – Objet

Le présent contrat a pour objet l'infogérance des serveurs et des postes de travail du Client.

Article 2 – Durée

Le contrat prend effet le 1er janvier 2025 et il est conclu pour une durée de trois ans. Il est reconduit tacitement par périodes d'un an,
sauf dénonciation par lettre recommandée trois mois avant l'échéance.

Article 3 – Prix et paiement

La redevance est de 900 euros HT par mois. Chaque facture est payable à quarante-cinq jours date de facture.

Article 4 – Retard

Tout retard de paiement entraîne une pénalité au taux de trois fois le taux d'intérêt légal.

Article 5 – Support

Le support répond du lundi au vendredi, de 8h30 à 18h00. Un incident bloquant est pris en charge sous 2 heures et résolu sous 8 heures.

Article 6 – Responsabilité

La responsabilité du prestataire ne saurait excéder le montant payé au cours des six derniers mois.

Article 7 – Litiges

Le contrat est soumis au droit français. Le tribunal de commerce de Laval est seul compétent, comme le dit l'article 14.
"""
