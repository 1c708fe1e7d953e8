"""The words of the screens: French is written in the source, English in a catalogue.

`python -m convenu.web.catalogues` compiles what is stale; with `--update` it first reads the source again, without the gettext
binary. The French catalogue repeats the source with its print typography, so that plurals follow French rules and no page shows a
straight apostrophe.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from convenu.vocabulary.french import typography

PACKAGE = Path(__file__).parent.parent
LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("fr", "en")
METHODS = [
    ("web/**.html", "convenu.web.catalogues:extract_template"),
    ("web/**.py", "python"),
    ("actions/**.py", "python"),
    ("store/**.py", "python"),
]
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract_template(fileobj: object, keywords: object, comment_tags: object, options: object) -> Iterator[object]:
    """The messages of a Django template, which Django itself turns into Python first."""
    python = templatize(fileobj.read().decode())  # type: ignore[attr-defined]
    # A template's indentation is not Python's: Babel's tokeniser would stumble over it.
    flat = "\n".join(line.strip() for line in python.splitlines())
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, options)  # type: ignore[arg-type]


def extracted() -> Catalog:
    """Every message of the source, with the files that hold it."""
    found = Catalog()
    for name, _line, message, comments, context in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        found.add(message, None, [(f"src/convenu/{name}", 0)], auto_comments=comments, context=context)
    return found


def update() -> None:
    """Bring the two catalogues to the source's messages, keeping the translations that still have one."""
    source = extracted()
    for language in LANGUAGES:
        kept = read(language)
        fresh = Catalog(locale=language, project="Convenu", charset="utf-8", fuzzy=False)
        for message in sorted((message for message in source if message.id), key=lambda m: (str(m.id), m.context or "")):
            old = kept.get(message.id, message.context)
            places = sorted({(file, 0) for file, _line in message.locations})
            fresh.add(
                message.id, _print_french(message.id) if language == "fr" else (old.string if old else ""), places, context=message.context
            )
        _write(language, fresh)


def read(language: str) -> Catalog:
    """A catalogue as it stands in its file."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compile_stale() -> list[str]:
    """Compile the catalogues whose compiled form is missing or older than the text; their languages."""
    stale = [language for language in LANGUAGES if _is_stale(language)]
    for language in stale:
        _compile(language)
    return stale


def po_path(language: str) -> Path:
    """Where a catalogue's text is."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _is_stale(language: str) -> bool:
    text = po_path(language)
    compiled = text.with_suffix(".mo")
    return text.exists() and (not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime)


def _compile(language: str) -> None:
    # Written beside, then moved: a process that reads at the same moment sees the old file or the new one.
    compiled = po_path(language).with_suffix(".mo")
    draft = compiled.with_suffix(f".mo.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, read(language))
    draft.replace(compiled)


def _print_french(message: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    return typography(message) if isinstance(message, str) else tuple(typography(form) for form in message)


def _write(language: str, catalogue: Catalog) -> None:
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, catalogue, width=140, omit_header=True)
    plurals = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plurals}\\n"\n\n'
    )
    path.write_bytes(header.encode() + buffer.getvalue())


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        update()
    for compiled_language in compile_stale():
        print(f"{po_path(compiled_language).with_suffix('.mo')}")  # noqa: T201
