"""The agencies that a list names: found among those of the case, else added to them."""

from __future__ import annotations

import re

from jspmodel.intake import Sheet, meanings_in
from jspmodel.workbook.already_there import rows_of
from jspmodel.workbook.proposed_rows import Row, new_codes

_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,11}")
"""An abbreviation such as DLHK, which is its own code."""
_SEVERAL = re.compile(r"[;/\n]|^\S+(?:, *\S+)+$")


class NamedAgencies:
    """Finds agencies by their names, and keeps those that are new.

    Parameters
    ----------
    sheet : Sheet or None
        The agencies of the case.

    Attributes
    ----------
    new : list of dict of str to str
        Rows of the agencies that the case does not have, in the order in which they were asked for.
    """

    def __init__(self, sheet: Sheet | None) -> None:
        self.new: list[Row] = []
        self._meaning = meanings_in(sheet) if sheet else None
        self._taken = {row["agency"].casefold() for row in rows_of(sheet)}
        self._by_name: dict[str, str] = {}

    def code_of(self, name: str) -> str:
        """Return the code of an agency; ``""`` where none or several are named, or one that is not sure."""
        if not name or _SEVERAL.search(name):
            return ""
        meaning = self._meaning(name) if self._meaning else None
        if meaning and (meaning.codes or meaning.choices):
            return meaning.codes[0] if len(meaning.codes) == 1 else ""
        key = " ".join(name.casefold().split())
        if key not in self._by_name:
            self._by_name[key] = self._added(name)
        return self._by_name[key]

    def _added(self, name: str) -> str:
        is_own = _SHORT.fullmatch(name) and name.casefold() not in self._taken
        code = name if is_own else next(one for one in new_codes("OPD") if one.casefold() not in self._taken)
        self._taken.add(code.casefold())
        self.new.append({"agency": code, "name": name})
        return code
