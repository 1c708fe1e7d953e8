"""`convenu`: scope, draft, check, price, list rules and clauses, tell the law, go through the estate, time, replay, read assets, serve.

Exit codes: 0 fine, 1 a blocking finding, 2 wrong use or wrong input. Nothing is written when something is wrong.
"""

from __future__ import annotations

import gc

import click

from convenu import __version__
from convenu.cli.verbs import VerbGroup


@click.group(
    cls=VerbGroup,
    subcommand_metavar="VERBE [ARGUMENTS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="convenu", help="Montrer la version.")
def main() -> None:
    """Convenu : un contrat de services managés, écrit, vérifié et exécuté depuis ses termes."""


def start() -> None:
    """The program, from a shell.

    A verb lasts a second or two, and makes hundreds of thousands of objects that it keeps to its end: the collector looks through them
    every 200,000 rather than every 700, which took a tenth of the time.
    """
    gc.set_threshold(200_000, 10, 10)
    main()
