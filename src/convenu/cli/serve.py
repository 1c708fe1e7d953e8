"""`convenu serve`: the web application."""

from __future__ import annotations

import sys

import click

from convenu.cli.typed import Port
from convenu.cli.verbs import verb
from convenu.web.serve import serve


@verb("serve")
@click.option("--port", type=Port(), default=8000, show_default=True, help="Port d’écoute sur cette machine.")
@click.option("--demo", is_flag=True, help="Ouvrir sur une société de démonstration.")
def command(port: int, *, demo: bool) -> None:
    """Serve until told to stop."""
    sys.exit(serve(port=port, demo=demo))
