"""Wording by key and language, from the TOML files beside this module."""

from __future__ import annotations

import locale
import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from jspmodel.errors import JspError, Problem

if TYPE_CHECKING:
    from jspmodel.scenario import Language

LANGUAGES: tuple[Language, ...] = ("id", "en")
PARTS = {
    "title": "rule.{rule}",
    "breach": "breach.{rule}",
    "mend": "mend.{rule}",
    "formula": "model.rule_{rule}",
    "assumption": "report.assume_{rest}",
    "clash": "problem.{name}",
    "way": "problem.{name}",
    "price": "prices.{rest}",
    "reason": "reason.{rest}",
    "remedy": "remedy.{rest}",
    "setting": "setting.{rest}",
    "difference": "compare.set_{rest}",
}
"""Under which keys the words of a rule are asked for, by the first part of their names in its table."""


@cache
def all_wording(language: Language) -> dict[str, str]:
    """Return every wording of a language.

    Parameters
    ----------
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
        Wording by key; a key is ``section.name``, the section being a file ``<language>/<section>.toml``. The
        words of a rule stand together in ``<language>/rules.toml``; ``PARTS`` has their keys. Those of an
        objective stand together in ``<language>/objectives.toml``: ``unit`` of ``whatif`` is asked for as
        ``whatif.unit_<objective>``.

    Raises
    ------
    JspError
        If there is no such language, as somebody may ask of a notebook.
    """
    if language not in LANGUAGES:
        raise JspError(*_unknown(language))
    folder = files("jspmodel.text").joinpath(language)
    words: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        section = file.name.removesuffix(".toml")
        for key, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if isinstance(text, dict):
                parts = cast("dict[str, str]", text).items()
                words |= {_KEYS[section](key, part): told for part, told in parts}
            else:
                words[f"{section}.{key}"] = text
    return words


def _unknown(language: object) -> tuple[str, list[Problem]]:
    """Return the error of a language that there is not, in both that there are."""
    values = {"value": str(language)[:20], "choices": ", ".join(LANGUAGES)}
    problem = Problem("unknown_language", values=values)
    return " / ".join(all_wording(one)["problem.unknown_language"].format_map(values) for one in LANGUAGES), [
        problem
    ]


def _rule_key(rule: str, name: str) -> str:
    part, _, rest = name.partition("_")
    return PARTS[part].format(rule=rule, name=name, rest=rest)


def _objective_key(objective: str, name: str) -> str:
    section, _, rest = name.partition("_")
    return f"{section}.{rest}_{objective}"


_KEYS = {"rules": _rule_key, "objectives": _objective_key}
"""Makes the keys of words that stand in tables, by file."""


def say(key: str, language: Language, **values: object) -> str:
    """Return a wording with its places filled in.

    Parameters
    ----------
    key : str
        ``section.name``, such as ``"problem.unknown_code"``.
    language : {"id", "en"}
    **values
        What fills the places; numbers should come formatted (see ``jspmodel.text.numbers``).

    Returns
    -------
    str

    Raises
    ------
    KeyError
        If the language has no such wording, or a place is not filled.
    """
    return all_wording(language)[key].format_map(values)


def default_language() -> Language:
    """Return the language of messages where nobody chose one.

    Returns
    -------
    {"id", "en"}
        ``JSPMODEL_LANGUAGE`` if set to one of them, else that of the locale, else Indonesian.
    """
    # A locale that is asked for, but not installed on the machine, reads as English.
    asked = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    of_locale = asked if asked.lower().startswith("id") else locale.getlocale()[0]
    chosen = os.environ.get("JSPMODEL_LANGUAGE") or of_locale or ""
    return "en" if chosen.lower().startswith("en") else "id"
