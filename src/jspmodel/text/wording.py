"""Wording by key and language, from the TOML files beside this module."""

from __future__ import annotations

import locale
import os
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jspmodel.scenario import Language

LANGUAGES: tuple[Language, ...] = ("id", "en")


@cache
def wording(language: Language) -> dict[str, str]:
    """Return every wording of a language.

    Parameters
    ----------
    language : {"id", "en"}

    Returns
    -------
    dict of str to str
        Wording by key; a key is ``section.name``, the section being a file ``<language>/<section>.toml``.
    """
    folder = files("jspmodel.text").joinpath(language)
    return {
        f"{file.name.removesuffix('.toml')}.{key}": text
        for file in sorted(folder.iterdir(), key=lambda item: item.name)
        for key, text in cast("dict[str, str]", tomllib.loads(file.read_text(encoding="utf-8"))).items()
    }


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
    return wording(language)[key].format_map(values)


def default_language() -> Language:
    """Return the language of messages where nobody chose one.

    Returns
    -------
    {"id", "en"}
        ``JSPMODEL_LANGUAGE`` if set to one of them, else that of the locale, else Indonesian.
    """
    chosen = os.environ.get("JSPMODEL_LANGUAGE") or (locale.getlocale()[0] or "")
    return "en" if chosen.lower().startswith("en") else "id"
