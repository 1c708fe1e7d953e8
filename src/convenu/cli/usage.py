"""A command typed wrong, told in French with what to type; click says it in English."""

from __future__ import annotations

import re
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from convenu.vocabulary import french

WRONG_USE = 2
_IN_BRACKETS = re.compile(r"\((.*)\)")


class WrongUseError(click.ClickException):
    """What is wrong with the command, how it is typed, and where its help is."""

    exit_code = WRONG_USE

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_sentence(error))
        self.ctx = error.ctx

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's own signature
        """On the error output, like every mistake."""
        click.echo(french.typography(self.message), err=True)
        if self.ctx is not None:
            pieces = " ".join(self.ctx.command.collect_usage_pieces(self.ctx))
            click.echo(french.typography(f"Usage : {self.ctx.command_path} {pieces}"), err=True)
            click.echo(french.typography(f"Aide : {self.ctx.command_path} --help"), err=True)


class FrenchGroup(click.Group):
    """A command with verbs whose wrong uses are told in French."""

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        """Read what is typed before the verb."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            _tell(error)

    def invoke(self, ctx: click.Context) -> Any:
        """Read the verb and what follows it, and run it."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _tell(error)


def _tell(error: click.UsageError) -> NoReturn:
    if isinstance(error, NoArgsIsHelpError):
        raise error
    raise WrongUseError(error) from error


def _sentence(error: click.UsageError) -> str:
    match error:
        case NoSuchCommand():
            return f"Le verbe « {error.command_name} » n’existe pas.{_near(error.possibilities) or _verbs(error.ctx)}"
        case click.NoSuchOption():
            return f"L’option « {error.option_name} » n’existe pas.{_near(error.possibilities)}"
        case click.MissingParameter():
            return f"Il manque {_name(error.param)}."
        case click.BadParameter():
            return f"Pour {_name(error.param)} : {error.message}."
        case click.BadOptionUsage():
            wants = "attend une valeur" if "requires" in error.message else "ne prend pas de valeur"
            return f"L’option « {error.option_name} » {wants}."
        case _:
            extra = _IN_BRACKETS.search(error.message)
            return f"De trop dans la commande : {extra[1]}." if extra else error.message


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return f"l’option « {param.opts[-1]} »"
    return f"l’argument {param.make_metavar(click.Context(click.Command(None)))}" if param else "un argument"


def _near(possibilities: Any) -> str:
    near = [f"« {one} »" for one in possibilities or ()]
    return f" Vouliez-vous dire {french.enumeration(near, last='ou')} ?" if near else ""


def _verbs(ctx: click.Context | None) -> str:
    known = ctx.command.list_commands(ctx) if ctx is not None and isinstance(ctx.command, click.Group) else []
    return f" Verbes : {', '.join(known)}." if known else ""
