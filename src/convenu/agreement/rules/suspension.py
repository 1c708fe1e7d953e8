"""Suspension for late payment: never of what keeps the client safe."""

from __future__ import annotations

from collections.abc import Iterator

from convenu.agreement.rule import Hit, Look, checks, known
from convenu.agreement.rules import changes
from convenu.agreement.rules.names import plain
from convenu.vocabulary import french

# What must go on, as the contract lists it, and the words by which it is recognised.
_SPARED = {
    "la Sauvegarde": ("sauvegarde",),
    "la protection des postes et serveurs": ("protection", "edr", "antivirus"),
    "le traitement d’un incident de sécurité en cours": ("incident",),
    "l’accès du Client à ses données": ("acces", "donnees"),
}


@checks("suspension_vs_security")
def suspension_vs_security(look: Look) -> Iterator[Hit]:
    """Cutting the backup of a client who pays late costs more than the invoice."""
    notice, threshold = known(look.terms.suspension_notice), known(look.terms.suspension_threshold)
    if notice is None and threshold is None:
        return
    spared = known(look.terms.suspension_spares) or ()
    written = [plain(text) for text in spared]
    missing = [what for what, words in _SPARED.items() if not any(word in text for text in written for word in words)]
    if missing:
        yield Hit(
            message=f"La suspension peut toucher {french.enumeration(missing)}.",
            terms=("suspension_spares", "suspension_notice"),
            change=changes.words("suspension_spares", (*spared, *missing)),
        )
