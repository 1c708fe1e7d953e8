"""`convenu schema`: the JSON Schema of a file of terms."""

from __future__ import annotations

from convenu.cli.telling import print_json
from convenu.cli.verbs import verb
from convenu.terms.files import json_schema


@verb("schema")
def command() -> None:
    """The schema, as it is published."""
    print_json(json_schema())
