"""Where a contract only gives notice of the data of which the provider is itself the controller, as it is of the file of its clients."""

from __future__ import annotations

import re

from convenu.agreement.audit.said.provisions import ProvisionStatus, ReadProvision
from convenu.agreement.audit.text.segmentation import Document

# The provider says that it is the controller.
_ITS_OWN = re.compile(
    r"responsables? d(?:u|e|es) traitements?[^.;]{0,40} est (?:la |le |l')?(?:prestataire|fournisseur|societe|editeur|hebergeur|vendeur)"
)
# It tells those whose data they are of their rights: the clients themselves, and not persons to whom the client answers.
_OWN_RIGHTS = re.compile(
    r"(?:client|acheteur|utilisateur|abonne|vous)s?[^.;:]{0,60}"
    r"(?:dispos|benefici|\ba un|\bont un|avez un)\w*[^.;:]{0,60}droits?[^.;:]{0,40}(?:acces|rectif)"
)
# What is handled for the client, of which a notice says nothing.
_FOR_THE_CLIENT = re.compile(
    r"sous.{0,2}trait|pour (?:le |son |votre )?compte|instruction|article 28(?!\d)"
    r"|client[^.;]{0,30}(?:est|reste|demeure|agit)[^.;]{0,40}responsables? d\w+ traitement"
    r"|responsables? d\w+ traitements?[^.;]{0,40}(?:est|etant) (?:le |l')?client"
)
# « Les données personnelles qu'il enregistre sur nos serveurs »: those that the client entrusts, in a notice or anywhere else.
_ENTRUSTED = re.compile(
    r"donnees (?:personnelles|a caractere personnel)[^.;:]{0,40}(?:qu'il|qu'elle|que le client|que vous)s? (?:y )?"
    r"(?:enregistr|heberg|stock|sauvegard|depos)"
    # « Les bases de données que le Client lui confie »: handed over to be worked on, whatever the notice says of the others.
    r"|\b(?:bases?(?: de donnees)?|fichiers)\b[^.;:]{0,30}(?:\bconfiee?s?\b[^.;:]{0,25}\b(?:par|pour|au|a)\b|\bqui lui sont confiee?s)"
)
_TITLE = re.compile(r"donnees|vie privee|rgpd|\bcnil\b|informatique et (?:des )?libertes?")


def articles_on_the_providers_file(document: Document) -> frozenset[int]:
    """The articles of a notice: one in which the provider is the controller, or all those under a title on data that hold nothing else."""
    return frozenset(
        one
        for index in range(len(document.articles))
        for one in (document.under[index] if _is_a_notice(document, index) else (index,) if _is_its_own(document, index) else ())
    )


def speaks_only_of_the_providers_file(document: Document, spoken: ReadProvision) -> bool:
    """Whether a contract speaks of personal data, and only in such a notice."""
    if spoken.status is ProvisionStatus.ABSENT or _ENTRUSTED.search(document.shadow.plain) is not None:
        return False
    notices = {document.articles[one].start for one in articles_on_the_providers_file(document)}
    return all(document.article_at(quote.start).start in notices for quote in spoken.quotes)


def _is_its_own(document: Document, index: int) -> bool:
    return _ITS_OWN.search(_words(document, document.inside[index])) is not None


def _is_a_notice(document: Document, index: int) -> bool:
    if _TITLE.search(document.titles[index]) is None:
        return False
    words = _words(document, tuple(document.body(index)))
    told = _ITS_OWN.search(words) or _OWN_RIGHTS.search(words)
    return told is not None and _FOR_THE_CLIENT.search(words) is None and _ENTRUSTED.search(words) is None


def _words(document: Document, sentences: tuple[int, ...]) -> str:
    return " ".join(document.words(document.sentences[one]) for one in sentences)
