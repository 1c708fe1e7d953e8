"""The help of a command, and a command typed wrong, in French; click says both in English."""

from __future__ import annotations

import re
from typing import Any, NoReturn

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from convenu.vocabulary import french

WRONG_USE = 2
HEADINGS = {"Commands": "Verbes", "Arguments": "Arguments", "Options": "Options"}
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


class FrenchHelpFormatter(click.HelpFormatter):
    """The help of a command under French headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - the prefix is ours
        """How the command is typed."""
        super().write_usage(prog, args, french.typography("Usage : "))

    def write_heading(self, heading: str) -> None:
        """The name of a list, then « : »."""
        self.write(french.typography(f"{'':>{self.current_indent}}{HEADINGS.get(heading, heading)} :\n"))


class FrenchContext(click.Context):
    """A command being run, whose help is in French."""

    formatter_class = FrenchHelpFormatter


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    context_class = FrenchContext

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, told in French."""
        return _in_french(super().get_help_option(ctx))


class FrenchGroup(click.Group):
    """A command with verbs whose help and wrong uses are told in French."""

    context_class = FrenchContext
    command_class = FrenchCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, told in French."""
        return _in_french(super().get_help_option(ctx))

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


def _in_french(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Montrer cette aide."
    return option


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
