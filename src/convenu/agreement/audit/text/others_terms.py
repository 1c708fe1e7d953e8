"""What a contract tells of the terms of others: a publisher's, a host's, a maker's, a lessor's. Their figures bind neither party to it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from convenu.agreement.audit.text.parts import under_titles
from convenu.agreement.audit.text.party_names import PartyRole
from convenu.agreement.audit.text.segmentation import Document, Sentence

# Nouns of those with whom the provider or the client deals elsewhere. Where one is a party, it goes under its role in the shadow.
_NOUN = (
    r"(?:editeur|hebergeur|operateur|fournisseur|constructeur|fabricant|sous-traitant|grossiste|distributeur|bailleur|loueur"
    r"|exploitant|organisme|partenaire (?:financier|bancaire)|etablissement (?:financier|de credit))s?(?![a-z-])"
)
_DETERMINER = r"(?:l'|les? |la |un |une |des? |d'|du |son |sa |ses |leurs? |notre |nos |votre |vos |cet |cette |ces |chaque |tout )"
_SUBJECT = r"(?:l'|les? |la |une? |son |ses |leurs? |notre |nos |votre |vos |cet |cette |ces |chaque |tout )(?:propres? |autres? )?"
_THIRD = rf"{_DETERMINER}(?:propres? |autres? |ancien |precedent )?{_NOUN}"
_US = r"(?:le prestataire|au prestataire|du prestataire|nous)"
_AGREEMENT = r"(?:contrat|convention|accord|abonnement|bail)s?"
_TOWARDS = r"(?:envers|vis-a-vis|a l'egard)(?: de)?"
_TERMS = (
    r"(?:conditions|clauses?(?: types?)?"
    r"|contrats?|conventions?|regles|tarifs?|prix|garanties?|engagements?|delais|horaires|assistance|support|hotline"
    r"|services? clients?)"
)
_DEALS_ELSEWHERE = re.compile(
    # « L'opérateur limite sa responsabilité envers le Prestataire »; « le contrat qui lie l'hébergeur au Prestataire ».
    rf"{_THIRD}[^.;]{{0,160}}\b{_TOWARDS} {_US}|\b{_TOWARDS} {_US}[^.;]{{0,20}} {_THIRD}"
    rf"|{_THIRD}[^.;]{{0,80}}\bqui (?:l[ea]s?|l'|nous) (?:lie|lient|unit|unissent) (?:au prestataire|au client|a (?:nous|vous)|avec )"
    rf"|\b{_AGREEMENT} [^.;]{{0,60}}\b(?:entre|lie|liant) (?:{_US}|{_THIRD})[^.;]{{0,40}} (?:et|a|au|avec) (?:{_US}|{_THIRD}|ses )"
    rf"|{_THIRD}[^.;]{{0,160}}\b{_AGREEMENT} avec {_US}|\bchez {_THIRD}"
    # « Le Prestataire a souscrit auprès de son hébergeur un contrat de 36 mois »; « le copieur est loué à un organisme ».
    r"|\b(?:souscri|conclu|sign|lou|achet|contract|negoci|command|acquis)[a-z]*(?![a-z])[^.;:]{0,60}"
    rf"\b(?:aupres d(?:e |u |es |')|chez |avec )(?:{_THIRD}|{_NOUN})"
    r"|\b(?:souscri|pris|achet|command)[a-z]* (?:par l'intermediaire du prestataire|par notre (?:intermediaire|entremise))"
    # « Le Prestataire paie ses sous-traitants à 45 jours ».
    rf"|\b(?:pai|pay|regl|remuner)[a-z]* [^.;:]{{0,30}}\b(?:ses|nos|leurs|son|notre) (?:propres? )?{_NOUN}"
    # « Le bailleur est payé à dix jours ».
    rf"|{_THIRD} (?:est|sont|sera|seront) (?:pay|regl|remuner)[a-z]+ "
    # « L'éditeur facture à ses revendeurs… »
    rf"|{_THIRD}[^.;]{{0,60}}\b(?:a|pour|de) (?:tous |l'ensemble de )?(?:ses|leurs) (?:propres )?"
    r"(?:revendeurs|distributeurs|clients|partenaires|abonnes|acheteurs|locataires)(?![a-z])"
    # « … l'éditeur, dont l'assistance répond de 9 h à 18 h ».
    rf"|{_THIRD}[^.;]{{0,60}}\bdont (?:l'|les? |la )"
    rf"(?:conditions|{_AGREEMENT}|hotline|assistance|support|service|centre|garantie|delai|preavis)"
    # « Les conditions de l'éditeur attribuent compétence à… »
    rf"|^[^.;:]{{0,20}}\b{_TERMS} (?:[a-z]+ )?(?:generales |particulieres )?(?:de |du |des |d')(?:{_THIRD}|{_NOUN})"
    r"(?! (?:s'appliquent|font partie|sont (?:annexees|jointes)))"
    # « Garantie constructeur de trois ans, intervention le lendemain ».
    r"|\bgaranties? (?:commerciales? |legales? |standard )?(?:du |des |de l'|de la )?(?:constructeur|fabricant|editeur)s?(?![a-z-])"
    # « majoré de 1,5 % au profit de l'organisme »; « le contrat de location, que vous signez avec lui ».
    rf"|\bau (?:profit|benefice) (?:de )?{_THIRD}"
    r"|\bcontrats?\b[^.;]{0,40}\bqu(?:e |')(?:vous|le client|l'abonne) (?:sign|concl|souscri|pass)[a-z]+ (?:directement )?"
    r"(?:avec (?!nous|le prestataire)|aupres d)"
    # « Les conditions de ce dernier annoncent… », after the sentence that names him.
    rf"|\b{_TERMS} (?:[a-z]+ )?de (?:ce dernier|cette derniere|celui-ci|celle-ci|ceux-ci)\b[^.;]{{0,20}}"
    r"\b(?:annonc|prevoi|fix|limit|plafonn|promet)"
    # « L'éditeur, lui, relève d'un autre tribunal ».
    rf"|{_THIRD},? (?:lui|elle|eux|quant a (?:lui|elle|eux))\b"
    # « une disponibilité de 99,98 % selon son exploitant ».
    rf"|\b(?:selon|d'apres) {_THIRD}"
)
# A third party that opens its sentence, and promises, asks or forbids something there.
_ITS_ACT = re.compile(
    rf"^(?P<before>[^.;:]{{0,80}}?)\b(?<!de )(?<!par )(?<!a )(?<!avec )(?<!pour )(?<!que )(?:{_SUBJECT}){_NOUN}[^.;:]{{0,60}}?"
    r"(?<![a-z])(?<!est )(?<!sont )(?<!sera )(?<!etre )(?:ne |n'|lui |leur |nous |s'|se )?"
    r"(?:annonce|affiche|publie|revendique|limite|exclu[te]|plafonne|pratique|prevoi[te]|stipule|applique|impose|garanti[te]?|exige|facture"
    r"|engage|intervien[te]|repon[de]|assure|promet|propose|demande|reclame|retabli[ts]?|remplace|accorde|offre|corrige|saisi[st]"
    r"|peut (?:rompre|resilier|denoncer|augmenter|reviser|mettre fin))[a-z]{0,3}(?![a-z])"
)
_A_PARTY = re.compile(r"\b(?:prestataire|client|nous|notre|nos|vous|parties?|present|presente)\b")
# What the provider takes up as its own, or what is agreed here.
_TAKEN_UP = re.compile(
    rf"\b(?:present|presente|presentes)s? {_AGREEMENT}|\brepercut|\bs'engage a son tour|\bmeme (?:niveau|engagement|delai)"
    r"|\bau (?:profit|benefice) (?:du client|de l'abonne)"
    r"|\b(?:prestataire|nous) (?:s'engage|nous engageons) a (?:fourni|garanti|interven|retabli|assur|mainten|respect|repon)"
    r"|\b(?:prestataire|nous) (?:vous |lui |y |en )?(?:garanti|interv(?:ien|en)|repond)"
)
# What follows and says that the parties have nothing to do with it: « Ces conditions ne vous concernent pas ».
_NONE_OF_OURS = re.compile(
    r"^\W*(?:\d[\d.]*\W+)?(?:ces|cette|cet|ce|celles?-ci|ceux-ci|celui-ci|il s'agit|il n'|nous n|le prestataire n'|la relation)[^.;]{0,120}"
    r"(?:ne (?:vous|nous|le|les?) (?:concern|lie|engag|regard)|n'(?:est|sont) pas opposable|pas a notre compte|ne reprenons|ne reprend pas"
    rf"|propre engagement|(?:par|avec) {_THIRD} (?:seul|uniquement|directement)|n'interven|n'intervien|n'(?:y )?(?:est|sommes) pas partie"
    r"|etranger|distincte? (?:du|de la) present)"
)
# The title of a part that is of others, or of what the provider owes them: « Délais accordés à ses fournisseurs ».
_OF_OTHERS = re.compile(
    rf"\b(?:a|aux?|envers|avec) (?:ses|nos|leurs|son|notre) (?:propres? )?{_NOUN}"
    rf"|\b{_AGREEMENT} [^.;]{{0,40}}\bentre [^.;]{{0,40}} et {_THIRD}"
)
# The title of a part that is of somebody: of others, unless it is by that noun that the provider goes.
_OF_SOMEBODY = re.compile(
    rf"^\W*(?:\d[\d.]*\W+)?(?:{_TERMS}|responsabilite|obligations) (?:[a-z]+ )?(?:generales |particulieres )?"
    rf"(?:de |du |des |d')(?:{_THIRD}|{_NOUN})"
)
_THE_PROVIDER = re.compile(r"\b(?:le|du|au) prestataire\b(?! d(?:e |'))")
_NAMED = re.compile(_THIRD)
# A word at least of the sentences that tell of them.
_MAY_TELL_OF_OTHERS = re.compile(rf"{_NOUN}|intermediaire|\b(?:avec|aupres)\b|\bderni(?:er|ere)s?\b|\bc(?:eux|elle|elui)-ci\b")
# Those of them by whose noun a provider often goes, and those by whose noun a client may.
_MAYBE_THE_PROVIDER = re.compile(r"\b(?P<noun>editeur|hebergeur|operateur|fournisseur|exploitant)s?(?![a-z-])")
_MAYBE_THE_CLIENT = re.compile(r"\b(?P<noun>constructeur|fabricant|grossiste|distributeur|bailleur|loueur|organisme)s?(?![a-z-])")
_OFTEN = 10
_FAR_MORE = 2
_OURS = re.compile(r"\b(?:prestataire|nous|notre|nos)\b")


def without_others_terms(document: Document) -> Document:
    """The document without what tells of what others agree between them, or with one party alone; the same one where nothing does.

    Nothing is left out of a text that speaks far more often of a publisher, or of a host, than of its provider, or often of a maker or of
    a wholesaler: that may be a party.
    """
    words = document.shadow.plain
    providers, clients = (
        max(Counter(one["noun"] for one in nouns.finditer(words)).values(), default=0) for nouns in (_MAYBE_THE_PROVIDER, _MAYBE_THE_CLIENT)
    )
    if clients > _OFTEN or providers > _FAR_MORE * sum(1 for _ in _OURS.finditer(words)):
        return document
    titled = under_titles(document, lambda title: _is_the_title_of_others(title, document))
    told = [
        index in titled or _is_of_others(document.words(one)) or _is_disowned(document, index)
        for index, one in enumerate(document.sentences)
    ]
    if not any(told):
        return document
    return replace(document, sentences=tuple(one for one, others in zip(document.sentences, told, strict=True) if not others))


def _is_the_title_of_others(title: str, document: Document) -> bool:
    """Whether the title of a part says that it is of others; of somebody, only where the provider is known, and under another name."""
    if _OF_OTHERS.search(title) is not None:
        return True
    providers = [one.name for one in document.names if one.role is PartyRole.PROVIDER]
    known = _THE_PROVIDER.search(document.shadow.plain) is not None
    return known and _OF_SOMEBODY.search(title) is not None and not any(name in title for name in providers)


def _is_of_others(words: str) -> bool:
    if _MAY_TELL_OF_OTHERS.search(words) is None:
        return False
    if _TAKEN_UP.search(words) is not None:
        return False
    act = _ITS_ACT.search(words)
    return _DEALS_ELSEWHERE.search(words) is not None or (act is not None and _A_PARTY.search(act["before"]) is None)


def _is_disowned(document: Document, index: int) -> bool:
    """Whether a sentence names a third party, and the next one says that it is none of the parties' business."""
    sentence = document.sentences[index]
    if _NAMED.search(document.words(sentence)) is None or index + 1 == len(document.sentences):
        return False
    following: Sentence = document.sentences[index + 1]
    return following.article == sentence.article and _NONE_OF_OURS.search(document.words(following)) is not None
