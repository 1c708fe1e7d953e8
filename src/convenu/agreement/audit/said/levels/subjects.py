"""What words are about: calls and the times promised for them, or other times that are no service level."""

from __future__ import annotations

import re

from convenu.agreement.audit.looking.looking import Looker
from convenu.agreement.audit.said.levels.times import RESPONSE, RESTORATION

_LONGEST_LIST = 16
_SHORT_LINE = 12
# What a first column names when its rows are priorities, or services, each with its times.
_KINDS_OF_CALL = re.compile(
    r"priorit|\brangs?\b|severit|gravit|criticit|classe|classif|categor|niveau|\btypes?\b|formule|\boffres?\b|\bplans?\b|\bpacks?\b"
    r"|incident|anomalie|demande|nature|service|equipement|materiel|prestation|composant|application"
    r"|\bcas\b|impact|urgence|degre|qualification d|couleur|\bsituation|\bcode\b|\bpanne"
)
INCIDENT = re.compile(
    r"incident|\bsoucis?\b|anomalie|ticket|panne|dysfonctionnement|demande|probleme|severite|priorite|gravite|criticite|bloquant|gtr|gti|bug|\b[pg][1-5]\b"
)
NOT_LEVELS = re.compile(
    r"paiement|mise en demeure|resili|preavis|facture|penalit|confidential|violation|sauvegarde|rpo|rto|conserv|donnees a caractere"
    r"|recette|livraison|suspen|interromp|relance|mises? a jour|vulnerab|\bfailles?\b|correctifs? de securite|publication"
    r"|pour (?:nous|le) le dire|reputee?s?\b|reserves|\baucun delai|par exemple|\bn'est (?:pas )?garanti"
    r"|^\W*a titre (?:purement )?indicatif"
    r"|\bnon (?:resolu|retabli|traite|corrige|repare|pris en charge)e?s?\b|\bexercice (?:de |des |d'un )?(?:leurs? )?droits?\b"
    r"|\bouvre(?:nt)? droit|\ba titre d'exemple|\bsi [^.;]{0,60}n'est pas (?:resolu|retabli|traite|corrige|repare|pris)"
    r"|\ble client [^.;]{0,30}\b(?:repond|fournit|transmet|communique|donne)\b|\brapports?\b"
    r"|\b(?:intervention|heure|tranche|periode|journee)s? (?:commencee|entamee)s?\b"
    r"|\b(?:moyens?|moyenne) (?:constate|observe)|\b(?:reponse|retour|validation) du client\b"
    r"|\b(?:en moyenne|l'an (?:dernier|passe)|l'annee (?:derniere|passee)|en 20\d\d)\b[^.;]{0,80}\b(?:a|ont) ete\b"
    r"|\b(?:defaut|absence) d'accord|\btribuna(?:l|ux)\b|\bexporta|\bl'export\b|\bportabilite|\bdemandes? (?:d'export|rgpd)"
    r"|\bsignalements? (?:d'une? |d'|de )?(?:incidents?|failles?|violations?) de securite"
    r"|\b(?:inform|averti|previen)[a-z]* [^.;]{0,60}\bde (?:l'execution|la realisation|l'achevement|la date|la fin)\b"
    r"|\bsouhaite|\braccourci|\ba l'avance\b|\bforce majeure|\btoutes les \d|\btous les \d"
    r"|sans reponse|\b(?:vous|le client) ne [a-z]+ pas\b|\bclos\b|clotur"
)
# Alerts that a watch over security raises, and flaws to be closed: their times are no priorities of the calls.
_ALERTS = re.compile(
    r"\balertes?\b(?! (?:rouge|orange|jaune|verte?|bleue?|noire?|du client))|vulnerab|\bfailles?\b|\bsoc\b|\bcvss\b|correctifs? de securite"
    r"|(?:incidents?|evenements?) de (?:cyber)?securite"
)
_OTHER_CALLS = re.compile(r"\bincidents?\b(?! de (?:cyber)?securite)|anomalie|panne|ticket|demande")
NOT_CALLS = re.compile(r"retention|livrable|frequence|comite|jalon|\betapes?\b|\bphases?\b|recette")
# What a time promised to everybody answers.
CALL = re.compile(
    r"incident|anomalie|panne|dysfonctionnement|ticket|bug|\bappel(?:s|ez|er)?\b(?! en garantie)|interven(?!ant)|depann"
    r"|votre demande"
    r"|prises? en (?:charge|compte) de (?:la|toute|chaque|vos|les) demandes?"
    r"|assistance|signalisation|\bpr(?:end|ennent|enons) en charge [^.;]{0,10}demandes"
    r"|\b(?:prestataire|hebergeur|operateur|titulaire|editeur|mainteneur|technicien|equipe)s? (?:[a-z]+ )?intervien"
    r"|\brepon[a-z]+ (?:dans|sous|en) [^.;]{0,30} par (?:e-?mail|mail|courriel|messagerie|telephone|ticket|chat)"
    r"|repon[a-z]+ a (?:toute|chaque|vos) (?:demande|question)|\bgt[ir]\b|\bdelais? de rappel\b"
    r"|\b(?:toute|chaque|vos|les) (?:demande|question)s? [^.;]{0,30}?(?:recoi|obtien|(?:est|sont) (?:prise|traitee|acquittee))"
)
TIMES_OF_CALLS = re.compile(
    r"(?:delais?|temps|engagements?) (?:[a-z]+ )?(?:de |d')(?:premiere )?"
    r"(?:reponse|prise en|intervention|traitement|resolution|retabli|correction)|\bgt[ir]\b"
)
# Titles under which a length of time is a level of service.
LEVELS = re.compile(
    r"niveaux? de service|\bsla\b|\bgt[ir]\b"
    r"|(?:delais?|temps) (?:de |d')(?:premiere )?(?:reponse|traitement|resolution|correction|intervention|prise en|retabli)"
)


def names_calls(first: str) -> bool:
    """Whether a first column names what is called for: priorities, kinds of incidents, services."""
    return not first.strip() or bool(_KINDS_OF_CALL.search(first))


def of_alerts(words: str) -> bool:
    """Whether a title, or a cell, speaks of alerts of security and of no call."""
    return _ALERTS.search(words) is not None and _OTHER_CALLS.search(words) is None


def lead_of(looker: Looker, index: int) -> str:
    """The words that open the list of which a sentence is an item."""
    document = looker.document
    article = document.sentences[index].article
    for before in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
        if document.sentences[before].article != article:
            return ""
        words = document.words(document.sentences[before])
        opens = words.rstrip().endswith(":") or len(words.split()) <= _SHORT_LINE
        if opens and (RESPONSE.search(words) or RESTORATION.search(words)):
            return words
    return ""
