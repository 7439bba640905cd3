"""A table as its readers see it: of a chart, in a report, on the terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Formatted data: texts only.

    Attributes
    ----------
    columns : tuple of str
        Headings.
    rows : tuple of tuples of str
        Formatted; one text a column.
    numeric : tuple of bool
        Columns to align at the right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
