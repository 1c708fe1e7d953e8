"""What those who write a draft say to one another in it: comments in brackets, notes to take out, the history of versions.

None of it is a clause: it is left out of all that is read, its letters keep their place, and it is told once as what must be taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenu.agreement.audit.words.shadow import plain
from convenu.vocabulary.read_text import ReadKind, ReadText

# A space that no column, no list and no cue is made of: what is left out becomes as many of them.
_LEFT_OUT = "\u2002"
_LONGEST = 900
_LONGEST_TITLE = 100
_BRACKETS = re.compile(rf"\[(?P<words>(?:[^\[\]]|\[[^\[\]]{{0,80}}\]){{3,{_LONGEST}}})\](?!\()")
_ASIDE = re.compile(r"\((?P<words>[^()]{3,300})\)")
_MARKED_UP = re.compile(rf"<!--(?P<words>[^<]{{1,{_LONGEST}}}?)-->|/\*(?P<other>[^*]{{1,{_LONGEST}}}?)\*/")
# How words between brackets say that they are a comment; a name and a colon are one where a sentence follows.
_OPENS_A_COMMENT = re.compile(
    r"^(?:commentaires?|comment|note|nota|notes|nb|n\.b|ndlr|ndr|n\.d\.l\.r|remarques?|relecture|observations?|question|reponse|todo"
    r"|a faire|redact(?:eur|ion)|juriste|avocat|me [a-z]|maitre|attention\b[^.]{0,40}\b(?:relire|verifier|valider))\b"
)
_SPEAKER = re.compile(r"^(?P<name>[A-Z][A-Za-zÉé]{0,3}\.?(?: [A-Z]\.?)?)\s?(?::|,? le \d{1,2}[^:]{0,12}:)\s(?P<said>.{12,})", re.DOTALL)
_NO_SPEAKER = frozenset({"nom", "rcs", "tva", "date", "prix", "iban", "bic", "lieu", "sla", "p1", "p2", "p3", "p4", "tel", "mail", "cap"})
_TO_TAKE_OUT = re.compile(
    r"\ba (?:supprimer|retirer|enlever|effacer|oter) (?:[a-z]+ ){0,3}?"
    r"(?:avant (?:l'|d'|la |le |tout |toute )?(?:envoi|envoyer|signature|signer|diffusion|remise|transmission|impression)"
    r"|de la version (?:finale|definitive|signee))|\ba ne pas (?:joindre|envoyer|diffuser|transmettre|laisser dans)\b"
)
_OPENS_A_NOTE = re.compile(
    r"^[-*•#> ]{0,4}(?:note (?:interne|de redaction|du redacteur|au redacteur|pour (?:le redacteur|moi|nous|relecture))"
    r"|commentaires? (?:internes?|de relecture|d[eu] (?:l')?(?:avocat|juriste|redacteur|relecteur|conseil)|avocat|juriste)|todo|ndlr)\b"
)
_MAY_OPEN_A_NOTE = re.compile(r"^[-*•#> ]{0,4}(?:nb|n\.b\.|nota|note|attention|remarque|rappel|commentaire)\b")
# Words without which no line is a note, looked for before a line is folded.
_SIGNS = re.compile(
    r"supprimer|retirer|enlever|effacer|[oôOÔ]ter|ne pas |note|commentaire|relecture|points? |questions? |historique|versions?|visions?"
    r"|modification|compte[ -]rendu|\bCR |todo|ndlr|suivi|journal",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = (".", "!", "?", "»", ")", "]", ":")
# Titles of what only its writers read. `dated` ones may head an article too: they are internal when they say of which day they are.
_INTERNAL_TITLE = re.compile(
    r"^[-*•#> ]{0,4}(?:points? (?:ouverts?|a (?:trancher|arbitrer|regler|discuter|revoir))"
    r"|questions? (?:ouvertes?|en suspens)"
    r"|(?:notes?|compte rendu|cr) (?:de|de la|du) (?:reunion|relecture|negociation|rendez-vous|point)\b[^\n]{0,20}\d"
    r"|notes? (?:de redaction|internes?|de relecture)|relecture (?:de |du )?(?:me|maitre|avocat|juriste|l'avocat|juridique)"
    r"|commentaires? (?:internes?|de relecture|de l'avocat|du juriste))"
)
_VERSIONS_TITLE = re.compile(
    r"^[-*•#> ]{0,4}(?:historique|suivi|journal|liste|tableau) (?:des |de la |du )?"
    r"(?:versions?|revisions?|modifications|redaction|document)\b"
)
_NUMBERED_ARTICLE = re.compile(r"^\W{0,4}(?:article|art\.?|clause|annexe|titre|chapitre|\d{1,2}\.\d)\b|^\W{0,4}\d{1,2}[.)] ")
# What heads the contract again after notes.
_CONTRACT_AGAIN = re.compile(
    r"^\W{0,6}(?:article|annexe|signatures?$|fait a [^.;]{2,40} le\b|entre les soussignes|contrat d|conditions (?:gener|partic))"
)


def internal_notes(source: ReadText) -> tuple[tuple[int, int], ...]:
    """Where the notes of a draft stand, in reading order, none within another."""
    text = source.text
    found = [(block.start, block.end) for block in source.blocks if block.kind is ReadKind.COMMENT]
    if "[" in text:
        found += [match.span() for match in _BRACKETS.finditer(text) if _is_a_comment(match["words"])]
    if "<!--" in text or "/*" in text:
        found += [match.span() for match in _MARKED_UP.finditer(text)]
    found += [match.span() for match in _ASIDE.finditer(text) if _SIGNS.search(match["words"]) and _is_an_aside(match["words"])]
    found += _lines_to_take_out(text)
    return tuple(_apart(sorted(found, key=lambda one: (one[0], -one[1]))))


def without(text: str, stretches: tuple[tuple[int, int], ...]) -> str:
    """The text with stretches left out: lines stay lines, and every other letter stays where it stood."""
    pieces: list[str] = []
    after = 0
    for start, end in stretches:
        pieces += (text[after:start], "".join(letter if letter in "\r\n\f" else _LEFT_OUT for letter in text[start:end]))
        after = end
    return "".join((*pieces, text[after:]))


def together(stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Stretches in order, those that meet being one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def is_to_take_out(note: str) -> bool:
    """Whether a note must be taken out of what is sent; a table of versions or a mark of layout may stay."""
    opening = plain(note[:_LONGEST_TITLE])
    return not note.startswith(("<!--", "/*")) and (not _VERSIONS_TITLE.match(opening) or bool(_TO_TAKE_OUT.search(opening)))


def _is_a_comment(words: str) -> bool:
    said = plain(words)
    if _OPENS_A_COMMENT.match(said) or _TO_TAKE_OUT.search(said):
        return True
    speaker = _SPEAKER.match(words.strip())
    return speaker is not None and plain(speaker["name"]).rstrip(".") not in _NO_SPEAKER and " " in speaker["said"].strip()


def _is_an_aside(words: str) -> bool:
    said = plain(words)
    return bool(_OPENS_A_NOTE.match(said) or (_TO_TAKE_OUT.search(said) and _MAY_OPEN_A_NOTE.match(said)))


def _lines_to_take_out(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs that say themselves that they are notes, and the lines that stand under a title that says so."""
    opened: int | None = None
    until_a_blank = False
    noted = 0
    start = 0
    for line in text.splitlines(keepends=True):
        title = _title(line)
        if title is not None:
            until_a_blank = title == "versions" and (opened is None or until_a_blank)
            opened = start if opened is None else opened
        elif opened is not None and (_resumes(line) or (until_a_blank and not line.strip())):
            yield opened, start
            opened = None
        elif opened is None and start >= noted and _SIGNS.search(line) and (end := _end_of_note(text, start)):
            noted = end
            yield start, end
        start += len(line)
    if opened is not None:
        yield opened, len(text.rstrip())


def _end_of_note(text: str, start: int) -> int | None:
    """Where the note that opens on a line ends, with the lines that its paragraph goes on with; None where none opens."""
    end = start
    for line in text[start : start + _LONGEST].splitlines(keepends=True):
        if end > start and not line.lstrip()[:1].islower():
            break
        end += len(line)
        if line.rstrip().endswith(_ENDS_A_SENTENCE):
            break
    said = plain(text[start:end])
    opens = _OPENS_A_NOTE.match(said) or (_MAY_OPEN_A_NOTE.match(said) and _TO_TAKE_OUT.search(said))
    return end if opens else None


def _title(line: str) -> str | None:
    """Whether a line heads notes: « notes » up to where the contract begins again, « versions » up to a blank line, None for no title."""
    if len(line.strip()) > _LONGEST_TITLE or not _SIGNS.search(line):
        return None
    said = plain(line)
    if _NUMBERED_ARTICLE.match(said) or "valant avenant" in said or said.endswith((".", ";", ",")) or ":" in said.partition("(")[0][:-1]:
        return None
    if _INTERNAL_TITLE.match(said):
        return "notes"
    taken_out = bool(_TO_TAKE_OUT.search(said))
    if _VERSIONS_TITLE.match(said):
        return "notes" if taken_out else "versions"
    return "notes" if taken_out and _in_capitals(line) else None


def _resumes(line: str) -> bool:
    """Whether a line is a title of the contract, which ends the notes above it."""
    if not line.strip() or len(line.strip()) > _LONGEST_TITLE:
        return False
    return _in_capitals(line) or bool(_CONTRACT_AGAIN.match(plain(line)))


def _in_capitals(line: str) -> bool:
    """Whether the first words of a line are in capitals, as titles are."""
    words = re.findall(r"[^\W\d_]{3,}", line)[:2]
    return bool(words) and all(word.isupper() for word in words)


def _apart(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in found:
        if start >= last and end > start:
            yield start, end
            last = end
