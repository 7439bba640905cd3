"""Which of the lists that are known a workbook comes nearest to, where none fits."""

from __future__ import annotations

from pathlib import Path

from jspmodel.errors import Problem
from jspmodel.workbook import musrenbang, rpjmd
from jspmodel.workbook.foreign import headings_found

_FORMS = (
    ("Musrenbang", musrenbang.proposal_column, musrenbang.NEEDED),
    ("RPJMD", rpjmd.goal_column, rpjmd.NEEDED),
)


def is_list(file: Path) -> bool:
    """Whether a workbook holds a list of proposals or goals that is known."""
    return bool(musrenbang.read_proposals(file).rows or rpjmd.read_goals(file).rows)


def nearest_form(file: Path) -> Problem:
    """Return what a workbook lacks to be the list that it comes nearest to.

    Parameters
    ----------
    file : Path
        XLSX.

    Returns
    -------
    Problem
        Names the headings that this list needs, those that were found, and those that are missing; where no
        heading is known, the headings that each list needs.
    """
    known = [(name, needed, *headings_found(file, column_of)) for name, column_of, needed in _FORMS]
    name, needed, found, columns = max(known, key=lambda form: len(set(form[1]) & set(form[3])))
    if not set(needed) & set(columns):
        every = "; ".join(f"{form}: {', '.join(wanted.values())}" for form, wanted, _, _ in known)
        return Problem("no_form", file.name, values={"forms": every})
    values = {
        "form": name,
        "needed": ", ".join(needed.values()),
        "found": ", ".join(found),
        "missing": ", ".join(heading for column, heading in needed.items() if column not in columns),
    }
    return Problem("nearest_form", file.name, values=values)
