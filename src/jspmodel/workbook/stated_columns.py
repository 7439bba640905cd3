"""Columns of a list that a person named: now, or before, which the case keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jspmodel.workbook.layout import plain_heading
from jspmodel.workbook.list_headings import ColumnOf, bare_heading


@dataclass(frozen=True)
class StatedColumns:
    """Which column of a list is what, as a person says it.

    Attributes
    ----------
    chosen : mapping of str to str
        Heading by column, said now: it counts more than what a form would make of the headings.
    kept : mapping of str to str
        Column by heading, said of earlier lists: it counts where a form does not know the heading.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)

    def over(self, column_of: ColumnOf) -> ColumnOf:
        """Return what gives the column of a plain heading, by what was said and by a form's own headings."""
        chosen = {plain_heading(heading): column for column, heading in self.chosen.items()}
        kept = {plain_heading(heading): column for heading, column in self.kept.items()}
        return lambda heading: chosen.get(heading) or column_of(heading) or kept.get(heading, "")

    def rank(self, text: str, column: str, column_of: ColumnOf) -> int:
        """Return how much a heading counts where several stand for one column: 0 the most.

        0: chosen. 1: kept, and a form knows it too. 2: a form knows it. 3: only kept.
        """
        if column in self.chosen and same_heading(text, self.chosen[column]):
            return 0
        is_kept = any(its == column and same_heading(text, heading) for heading, its in self.kept.items())
        is_known = column in {column_of(plain_heading(text)), column_of(bare_heading(text))}
        return 1 if is_kept and is_known else 2 if is_known else 3


def same_heading(text: str, said: str) -> bool:
    """Whether a person means a heading of a list: what stands in brackets, such as a unit, may be left out.

    Examples
    --------
    >>> same_heading("Kebutuhan Dana (Rp juta)", "kebutuhan dana"), same_heading("Dana", "Dana lain")
    (True, False)
    """
    return plain_heading(said) in {plain_heading(text), bare_heading(text)}


NOTHING_STATED = StatedColumns()
