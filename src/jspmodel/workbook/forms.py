"""Which of the lists that are known a workbook comes nearest to, where none fits."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.workbook import musrenbang, rpjmd
from jspmodel.workbook.foreign import ForeignList
from jspmodel.workbook.grids import read_rows
from jspmodel.workbook.list_fields import map_options
from jspmodel.workbook.list_headings import ColumnOf, headings_of
from jspmodel.workbook.stated_columns import NOTHING_STATED, StatedColumns

FORMS = {
    "Musrenbang": (musrenbang.proposal_column, musrenbang.NEEDED),
    "RPJMD": (rpjmd.goal_column, rpjmd.NEEDED),
}
"""Lists that are known: what gives the column of a heading, and the headings that each needs."""
_SEARCHED = 40
_FEW = 3
_A_YEAR = "2027"


@dataclass(frozen=True)
class NearestForm:
    """The list that a workbook comes nearest to.

    Attributes
    ----------
    name : str
        ``""`` where no heading is known.
    missing : mapping of str to str
        Heading of each column that it needs and that was not found.
    headings : tuple of str
        Of the workbook.
    unread : tuple of str
        Those of them that are not known.
    """

    name: str
    missing: Mapping[str, str]
    headings: tuple[str, ...]
    unread: tuple[str, ...]


def fitting_list(file: Path, stated: StatedColumns = NOTHING_STATED) -> tuple[str, ForeignList] | None:
    """Return the name of the list that a workbook holds and where it stands, None where none fits."""
    if found := musrenbang.find_proposals(file, stated):
        return "Musrenbang", found
    goals = rpjmd.find_goals(file, stated)
    return ("RPJMD", goals) if goals else None


def is_list(file: Path, stated: StatedColumns = NOTHING_STATED) -> bool:
    """Whether a workbook holds a list of proposals or goals that is known."""
    return bool(musrenbang.read_proposals(file, stated).rows or rpjmd.read_goals(file, stated).rows)


def nearest_form(file: Path, stated: StatedColumns = NOTHING_STATED) -> NearestForm:
    """Return the list that a workbook comes nearest to.

    Parameters
    ----------
    file : Path
        XLSX.
    stated : StatedColumns, optional
        What a person says of the headings.

    Returns
    -------
    NearestForm
    """
    known = {name: _headings_found(file, stated.over(column_of)) for name, (column_of, _) in FORMS.items()}
    name = max(known, key=lambda form: len((set(FORMS[form][1]) & set(known[form].values())) - {"year"}))
    columns, needed = known[name], FORMS[name][1]
    unread = tuple(text for text, column in columns.items() if not column)
    missing = {column: heading for column, heading in needed.items() if column not in columns.values()}
    return NearestForm(name if len(missing) < len(needed) else "", missing, tuple(columns), unread)


def form_problem(file: Path, folder: Path, stated: StatedColumns = NOTHING_STATED) -> Problem:
    """Return what a workbook lacks to be the list that it comes nearest to, and the command that says it.

    Parameters
    ----------
    file : Path
        XLSX.
    folder : Path
        Of the case.
    stated : StatedColumns, optional

    Returns
    -------
    Problem
    """
    nearest = nearest_form(file, stated)
    needed = FORMS[nearest.name or "Musrenbang"][1]
    missing = nearest.missing if nearest.name else needed
    said = dict(stated.chosen) | {_A_YEAR if one == "year" else one: "" for one in missing}
    start = shlex.join(["jspmodel", "import", file.as_posix(), folder.as_posix()])
    values = {
        "found": ", ".join(nearest.headings) or "–",
        "command": f"{start} {map_options(said)}",
    }
    if not nearest.name:
        every = "; ".join(f"{form}: {', '.join(wanted.values())}" for form, (_, wanted) in FORMS.items())
        return Problem("no_form", file.name, values={**values, "forms": every})
    values |= {
        "form": nearest.name,
        "needed": ", ".join(needed.values()),
        "missing": ", ".join(missing.values()),
        "headings": ", ".join(nearest.unread) or "–",
    }
    return Problem("nearest_form", file.name, values=values)


def _headings_found(file: Path, column_of: ColumnOf) -> dict[str, str]:
    """Return the headings of the row that comes nearest to a list, with the column that each stands for.

    The row below belongs to them where it holds further columns, and they are no title. Where no heading is
    known, it is the first row with several texts.
    """
    best: dict[str, str] = {}
    for sheet in read_rows(file):
        rows = [headings_of(cells, column_of) for _, cells in sheet.rows[:_SEARCHED]]
        for row, below in zip(rows, [*rows[1:], []], strict=True):
            found = {text: "year" if column.isdigit() else column for _, column, text in row}
            further = {text: "year" if column.isdigit() else column for _, column, text in below}
            is_heading = any(found.values()) or len(found) >= _FEW
            if set(further.values()) - {"", *found.values()} and is_heading:
                found = {**further, **found}
            known = len({*found.values()} - {""})
            if known > len({*best.values()} - {""}) or (not best and len(found) >= _FEW):
                best = found
    return best
