"""The columns of the sheets of a plan that officials edit, written and read back by these."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from jspmodel.objective_kinds import COUNTS
from jspmodel.text import LANGUAGES, say
from jspmodel.workbook.layout import plain_heading

if TYPE_CHECKING:
    from jspmodel.scenario import Language

PLAN: Mapping[str, tuple[int, str]] = {
    "code": (10, "cell"),
    "activity": (42, "cell"),
    "priority": (34, "cell"),
    "objective": (34, "cell"),
    "program": (34, "cell"),
    "target": (42, "cell"),
    "location": (34, "cell"),
    "volume": (12, "cell_number"),
    "volume_unit": (12, "cell"),
    "budget": (16, "cell_money"),
    "agency": (30, "cell"),
    "partners": (34, "cell"),
    "start": (10, "cell_year"),
    "taken": (15, "cell"),
    "impact": (14, "cell_number"),
    "reason": (60, "cell"),
}
"""The columns of the sheet of proposals, with how wide each is and how its values look."""
PARTICIPANTS = ("code", "activity", "year", "region_code", "region", "role", "volume", "volume_unit")
"""The columns of the sheet that says which region takes part in what, a row each."""
FUNDING = ("code", "activity", "fund_code", "fund", "holder", "year", "budget")
"""The columns of the sheet that says which fund pays for what, a row each."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "plan": tuple(PLAN),
    "participants": PARTICIPANTS,
    "funding": FUNDING,
}
"""The columns of each, by sheet."""
NEEDED: Mapping[str, frozenset[str]] = {
    "plan": frozenset({"code", "start", "taken"}),
    "participants": frozenset({"code", "region_code", "role"}),
    "funding": frozenset({"code", "fund_code", "year", "budget"}),
}
"""The columns by which each is known under whatever name: no other sheet of a plan has them together."""


def heading(key: str, language: Language, objective: str = "") -> str:
    """Return the heading of a column.

    Parameters
    ----------
    key : str
        Of a column.
    language : {"id", "en"}
    objective : str
        What the plan maximises: an impact is in its unit.

    Returns
    -------
    str
    """
    return say(f"workbook.plan_{key}_{objective}" if key == "impact" else f"workbook.plan_{key}", language)


def sheet_title(sheet: str, language: Language) -> str:
    """Return the name of the sheet ``plan``, ``participants`` or ``funding``."""
    return say(f"workbook.sheet_{sheet}", language)


@cache
def keys_by_heading(sheet: str) -> Mapping[str, str]:
    """Return the column of a sheet that each plain heading stands for, in every language.

    Parameters
    ----------
    sheet : {"plan", "participants", "funding"}

    Returns
    -------
    mapping of str to str

    Examples
    --------
    >>> keys_by_heading("plan")["tahun mulai"], keys_by_heading("plan")["first year"]
    ('start', 'start')
    """
    return {
        plain_heading(heading(key, language, objective)): key
        for key in COLUMNS[sheet]
        for language in LANGUAGES
        for objective in COUNTS
    }
