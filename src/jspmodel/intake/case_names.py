"""Codes and names as people write them: an exact name that only one row has is as good as its code.

One lookup for scenarios, plans and workbooks, by the same rules as the tables among each other.
"""

from __future__ import annotations

import re

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.named_codes import Resolve, doubt_of, meanings_of
from jspmodel.intake.nearest import unknown_code
from jspmodel.intake.region_names import Meaning, RegionNames
from jspmodel.intake.typed_cells import Flaw


class CaseNames:
    """Finds rows of the tables of a case by code or name.

    Parameters
    ----------
    case : Case
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._names: dict[str, dict[str, str]] = {}
        self._resolvers: dict[str, Resolve] = {}
        self._regions: RegionNames | None = None

    def meaning(self, table: str, text: str) -> Meaning:
        """Return the one row of a table that a text names, by its code or its name in either language."""
        known = self._known(table)
        if text in known:
            return Meaning((text,))
        if table == "regions":
            return self._region_names().meaning(text)
        if table not in self._resolvers:
            self._resolvers[table] = meanings_of(known, known, self._case.names(table, "en"))
        return self._resolvers[table](text)

    def find(self, table: str, text: str) -> str:
        """Return the code that a text is, or the name of; ``""`` where it is neither, or may be several."""
        codes = self.meaning(table, text).codes
        return codes[0] if len(codes) == 1 else ""

    def doubt(self, table: str, text: str) -> Flaw | None:
        """Return the question about a text that may mean several rows of a table."""
        return doubt_of(text, self.meaning(table, text), f"{table}.csv")

    def unknown(self, table: str, text: str, column: str, file: str, row: int) -> list[Problem]:
        """Return what is wrong with a text that is no code, with the nearest one that there is."""
        if flaw := self.doubt(table, text):
            return [Problem(flaw.code, file, row, column, flaw.values)]
        return list(unknown_code(text, table, self._known(table), column, file, row))

    def regions(self, text: str) -> tuple[tuple[str, ...], list[str]]:
        """Return the regions that a list names, in the order of the case, and what is none.

        Parameters
        ----------
        text : str
            Codes or names parted by semicolons, commas or lines; codes by blanks too; or "all regions".

        Returns
        -------
        tuple of str
        list of str
        """
        known = self._known("regions")
        if codes := self._region_names().meanings(text).codes:
            return codes, []
        found, unknown = set(), []
        for part in listed_names(text):
            words = part.split()
            if code := self.find("regions", part):
                found.add(code)
            elif any(word in known for word in words):
                found |= {word for word in words if word in known}
                unknown += [word for word in words if word not in known]
            else:
                unknown.append(part)
        return tuple(code for code in known if code in found), unknown

    def _known(self, table: str) -> dict[str, str]:
        if table not in self._names:
            self._names[table] = self._case.names(table, "id")
        return self._names[table]

    def _region_names(self) -> RegionNames:
        if self._regions is None:
            regions = self._case.regions
            kinds = dict(zip(regions["region"], regions["kind"], strict=True))
            self._regions = RegionNames(self._known("regions"), kinds)
        return self._regions


def listed_names(text: str) -> list[str]:
    """Return the parts of a list that people wrote: parted by semicolons, commas or lines.

    Examples
    --------
    >>> listed_names("Kabupaten Bantul; Sleman"), listed_names("Bantul, Sleman")
    (['Kabupaten Bantul', 'Sleman'], ['Bantul', 'Sleman'])
    """
    parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
    return [" ".join(one.split()) for part in parts for one in part.split(",") if one.strip()]
