"""What is wrong with how a command was typed, in the language of messages: Typer says it in English."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from enum import Enum
from typing import Any, Literal, get_args, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from jspmodel.commands.help_words import in_our_words
from jspmodel.text import LANGUAGES, default_language, say

_UsageError: Any = typer.BadParameter.__base__
"""The base of all that can be wrong with words of a command line, which Typer itself does not hand out."""
_LANGUAGE = ("--language", "--lang")
_Language = Literal["id", "en"]


class UsageToldError(_UsageError):  # type: ignore[misc]
    """A usage error that speaks the language that was asked for."""

    def __init__(self, message: str, ctx: Any, language: _Language) -> None:
        super().__init__(message, ctx)
        self.language = language

    def show(self, file: Any = None) -> None:
        """Tell how the command is written, where its help is, and what is wrong."""
        command = self.ctx.command_path
        pieces = " ".join([command, *self.ctx.command.collect_usage_pieces(self.ctx)])
        lines = (
            say("cli.usage", self.language, usage=pieces),
            say("cli.usage_help", self.language, command=f"{command} --help"),
            "",
            say("cli.usage_error", self.language, error=self.message),
        )
        typer.echo("\n".join(lines), file=file, err=file is None)


class CommandOfOnce(TyperCommand):
    """A command that refuses an option given twice: of two values the first would go unheard."""

    allow_extra_args = True  # so that they are told here

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command."""
        return in_our_words(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what stands behind the command."""
        language = _language_of(args)
        with _in_words(ctx, language):
            _, _, given = self.make_parser(ctx).parse_args(list(args))
            options = [one for one in given if isinstance(one, TyperOption)]
            single = [one for one in options if not (one.multiple or one.is_flag)]
            for option in single:
                if single.count(option) > 1:
                    raise _told(ctx, language, "option_twice", option=option.opts[0])
            rest = super().parse_args(ctx, args)
            if rest:
                raise _told(ctx, language, "usage_extra", words=" ".join(rest))
        return rest


class Commands(TyperGroup):
    """The commands; one that is not there is told with those that are written alike."""

    def get_help(self, ctx: Any) -> str:
        """Return the list of commands."""
        return in_our_words(super().get_help(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse what stands before the command."""
        with _in_words(ctx, _language_of(args)):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Carry out the command, where there is one."""
        with _in_words(ctx, default_language()):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is asked for."""
        language = _language_of(args)
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands)
            key = "usage_command_near" if near else "usage_command"
            raise _told(ctx, language, key, command=args[0], near=", ".join(near))
        with _in_words(ctx, language):
            return super().resolve_command(ctx, args)


def _language_of(args: Sequence[str]) -> _Language:
    """Return the language that is asked for, wherever else the words are wrong."""
    for option, value in zip(args, [*args[1:], ""], strict=False):
        name, _, joined = option.partition("=")
        for language in LANGUAGES:
            if name in _LANGUAGE and (joined or value) == language:
                return language
    return default_language()


@contextmanager
def _in_words(ctx: Any, language: _Language) -> Iterator[None]:
    """Say usage errors in a language."""
    try:
        yield
    except UsageToldError:
        raise
    except _UsageError as error:
        word = _WORDS.get(type(error).__name__)
        if word is None:  # help for who typed no command, or what no version of Typer says yet
            raise
        key, values = word(error, error.ctx or ctx, language)
        raise _told(error.ctx or ctx, language, key, **values) from error


def _told(ctx: Any, language: _Language, key: str, **values: object) -> UsageToldError:
    return UsageToldError(say(f"cli.{key}", language, **values), ctx, language)


_Word = tuple[str, Mapping[str, object]]


def _no_such_option(error: Any, ctx: Any, language: _Language) -> _Word:
    near = ", ".join(sorted(error.possibilities or ()))
    return "usage_option_near" if near else "usage_option", {"option": error.option_name, "near": near}


def _missing(error: Any, ctx: Any, language: _Language) -> _Word:
    return f"usage_missing_{error.param.param_type_name}", {"name": _name(error.param)}


def _bad_value(error: Any, ctx: Any, language: _Language) -> _Word:
    expected = _expected(ctx, error.param, language)
    return "usage_value", {"name": _name(error.param), "expected": expected}


def _bad_option(error: Any, ctx: Any, language: _Language) -> _Word:
    option = next((one for one in ctx.command.params if error.option_name in one.opts), None)
    key = "usage_no_value" if getattr(option, "is_flag", False) else "usage_value_missing"
    return key, {"option": error.option_name}


def _other(error: Any, ctx: Any, language: _Language) -> _Word:
    is_alone = isinstance(ctx.command, TyperGroup)  # which Typer says of a group only where it is so
    return ("usage_no_command", {}) if is_alone else ("usage_other", {"told": error.message})


_WORDS = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "BadOptionUsage": _bad_option,
    "BadArgumentUsage": _other,
    "UsageError": _other,
}


def _name(param: Any) -> str:
    """Return what people type: the option, or what the usage line calls an argument."""
    return str(param.opts[0] if isinstance(param, TyperOption) else param.metavar or param.name.upper())


def _expected(ctx: Any, param: Any, language: _Language) -> str:
    """Return what an option or argument takes, as our command declares it."""
    kind, info = _declared(ctx, param)
    choices = [str(one.value) for one in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
    if choices:
        return say("cli.usage_one_of", language, choices=", ".join(choices))
    least, most = getattr(info, "min", None), getattr(info, "max", None)
    key = "usage_number" if least is None else "usage_number_from" if most is None else "usage_number_between"
    return say(f"cli.{key}", language, least=least, most=most)


def _declared(ctx: Any, param: Any) -> tuple[Any, Any]:
    """Return the type of a parameter, without ``None``, and what was said of it."""
    hints = get_type_hints(inspect.unwrap(ctx.command.callback), include_extras=True)
    kind, *said = get_args(hints[param.name])
    return next((one for one in get_args(kind) if one is not type(None)), kind), next(iter(said), None)
