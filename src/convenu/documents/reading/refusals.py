"""Why a file is not read, and what to do about it: the limits of what is read, each with its sentence."""

from __future__ import annotations

MAX_FILE = 25_000_000
MAX_EXPANDED = 100_000_000
MAX_RATIO = 100
MAX_ENTRIES = 2_000
MAX_PAGES = 2_000
# Two thousand full pages.
MAX_CHARACTERS = 6_000_000
SECONDS = 30.0

_AGAIN = "Ouvrez-le dans votre traitement de texte et enregistrez-le en .docx ou en PDF, puis déposez ce fichier."


class RefusalError(ValueError):
    """A file that is not read: `reason` and `remedy`, in French, for the person who gave it."""

    def __init__(self, reason: str, remedy: str = _AGAIN) -> None:
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{reason} {remedy}")


class ScannedError(RefusalError):
    """Pages that are pictures of a text, which only a program that reads pictures can tell."""

    def __init__(self) -> None:
        super().__init__(
            "Ce PDF est numérisé : ses pages sont des images, sans texte",
            "Installez tesseract-ocr et tesseract-ocr-fra (Debian) sur cette machine, ou déposez le fichier d'origine.",
        )


def too_big() -> RefusalError:
    """Heavier than `MAX_FILE`."""
    return RefusalError(f"Ce fichier dépasse {MAX_FILE // 1_000_000} Mo", "Enregistrez-le sans ses images, ou déposez le contrat seul.")


def too_big_unpacked() -> RefusalError:
    """Small when packed, more than `MAX_EXPANDED` once unpacked, or `MAX_RATIO` times its size."""
    return RefusalError(
        f"Ce fichier dépasse {MAX_EXPANDED // 1_000_000} Mo une fois décompressé, ou {MAX_RATIO} fois sa taille : il n'est pas ouvert",
        "Enregistrez le contrat seul, sans image ni pièce jointe, en .docx ou en PDF.",
    )


def too_many_entries() -> RefusalError:
    """A packed file that holds more than `MAX_ENTRIES` files."""
    return RefusalError(f"Ce fichier en contient plus de {MAX_ENTRIES} autres : il n'est pas ouvert")


def too_long() -> RefusalError:
    """More text than `MAX_CHARACTERS`."""
    return RefusalError(f"Ce document compte plus de {MAX_CHARACTERS // 1_000_000} millions de caractères", "Déposez le contrat seul.")


def too_many_pages() -> RefusalError:
    """More pages than `MAX_PAGES`."""
    return RefusalError(f"Ce document compte plus de {MAX_PAGES} pages", "Déposez le contrat seul.")


def too_slow(seconds: float) -> RefusalError:
    """Not read in its time."""
    return RefusalError(f"Ce fichier n'a pas pu être lu en {seconds:.0f} secondes")


def too_heavy() -> RefusalError:
    """Took more memory than the process that reads may have, or stopped a library as that does."""
    return RefusalError("La lecture de ce fichier est arrêtée : elle demande plus de 512 Mo de mémoire, ou il est abîmé")


def damaged(kind: str) -> RefusalError:
    """Cannot be read as what it says it is."""
    return RefusalError(f"Ce fichier ne se lit pas comme {kind} : il est abîmé, ou d'un autre format")


def protected() -> RefusalError:
    """Asks for a password."""
    return RefusalError("Ce fichier est protégé par un mot de passe", "Enregistrez-en une copie sans mot de passe, puis déposez-la.")


def empty() -> RefusalError:
    """Holds no word."""
    return RefusalError("Ce document ne contient aucun texte", "Vérifiez que c'est le bon fichier.")


def only_pictures() -> RefusalError:
    """Holds pictures and no word."""
    return RefusalError("Ce document ne contient que des images, sans texte", "Déposez le fichier d'origine, ou un PDF de ces images.")


def older_document(kind: str) -> RefusalError:
    """A document of a format that word processors still open, and that is not read."""
    return RefusalError(f"Ce fichier est {kind} : il n'est pas lu")


def not_a_document(kind: str) -> RefusalError:
    """Another kind of file than those that are read."""
    return RefusalError(f"Ce fichier est {kind} : il n'est pas lu", "Déposez le contrat en .docx, .odt, .pdf, .html, .md ou .txt.")
