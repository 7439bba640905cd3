"""Typer's own words in the help of commands, in the language of ours: Typer has them in English only."""

from __future__ import annotations

import re

from jspmodel.text import default_language, say

_WORDS = {
    r"^Usage: ": "help_usage",
    r"^Arguments:$": "help_arguments",
    r"^Options:$": "help_options",
    r"^Commands:$": "help_commands",
    r"\[required\]": "help_required",
    r"\[default:": "help_default",
    r"Show this message and exit\.": "help_help",
}
"""Where each stands, and its key."""


def in_our_words(text: str) -> str:
    """Return the help of a command with the words of Typer in the language of messages.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    language = default_language()
    for pattern, key in _WORDS.items():
        words = say(f"cli.{key}", language)
        text = re.sub(pattern, words.replace("\\", r"\\"), text, flags=re.MULTILINE)
    return text
