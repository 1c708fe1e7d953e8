"""Write the pages of docs/ that follow from the code: the schema of a terms file and the table of terms in the glossary.

python -m tools.reference_pages          write them
python -m tools.reference_pages --check  say which are out of date, and exit 1
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from convenu.terms.contract import GROUPS, TERM_KEYS, group_of, label_of, stops_signature
from convenu.terms.files import json_schema

DOCS = Path(__file__).resolve().parent.parent / "docs"
OPENING, CLOSING = "<!-- termes : début, écrit par tools/reference_pages.py -->", "<!-- termes : fin -->"


def schema() -> str:
    """The JSON Schema of a terms file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def glossary(current: str) -> str:
    """The glossary with its table of terms made anew; the rest is written by hand."""
    before, rest = current.split(OPENING, 1)
    after = rest.split(CLOSING, 1)[1]
    return f"{before}{OPENING}\n\n{_table()}\n{CLOSING}{after}"


def _table() -> str:
    lines = []
    for group, title in GROUPS.items():
        lines += [f"### {title}", "", "| Mot | Identifiant | |", "|---|---|---|"]
        lines += [
            f"| {label_of(key)} | `{key}` | {'bloque la signature' if stops_signature(key) else ''} |"
            for key in TERM_KEYS
            if group_of(key) == group
        ]
        lines.append("")
    return "\n".join(lines)


def main(*, check: bool) -> int:
    """Write the pages, or only compare them."""
    pages = {DOCS / "terms.schema.json": schema(), DOCS / "glossaire.md": glossary((DOCS / "glossaire.md").read_text("utf-8"))}
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        print(f"{path.name}: {'out of date' if check else 'written'}")
        if not check:
            path.write_text(pages[path], "utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
