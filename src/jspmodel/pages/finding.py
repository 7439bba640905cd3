"""A finding for a notebook: one message, what follows from it, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jspmodel.pages.html import Fragment, fragment
from jspmodel.scenario import Language
from jspmodel.text import Table, say


@dataclass(frozen=True)
class Captioned:
    """A table with its caption.

    Attributes
    ----------
    caption : str
    table : Table
    kind : {"", "cards"}
        Tables of text become cards on a phone.
    """

    caption: str
    table: Table
    kind: str = ""


def captioned(
    caption: str,
    keys: Sequence[str],
    rows: Iterable[Sequence[str]],
    language: Language,
    numeric: Iterable[str] = (),
    section: str = "collaboration",
) -> Captioned:
    """Return a table whose headings are ``column_<key>`` of a section of texts.

    Parameters
    ----------
    caption : str
    keys : sequence of str
    rows : iterable of sequences of str
        Formatted.
    language : {"id", "en"}
    numeric : iterable of str
        Keys of the columns to align at the right.
    section : str
        File ``text/*/<section>.toml``.

    Returns
    -------
    Captioned
        As cards if it has no figures.
    """
    right = set(numeric)
    table = Table(
        tuple(say(f"{section}.column_{key}", language) for key in keys),
        tuple(tuple(row) for row in rows),
        tuple(key in right for key in keys),
    )
    return Captioned(caption, table, kind="" if right else "cards")


def render_finding(
    title: str,
    language: Language,
    sentences: Sequence[str] = (),
    tables: Sequence[Captioned] = (),
    notes: Sequence[str] = (),
) -> Fragment:
    """Return a finding as HTML.

    Parameters
    ----------
    title : str
        The message, a sentence.
    language : {"id", "en"}
    sentences : sequence of str
        What follows from it.
    tables : sequence of Captioned
        Those without rows are left out.
    notes : sequence of str
        How to read it.

    Returns
    -------
    Fragment
    """
    shown = [table for table in tables if table.table.rows]
    return fragment("finding", title, language, sentences=list(sentences), tables=shown, notes=list(notes))
