"""Codes and names as people write them in a plan: an exact name that only one has is as good as its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake import RegionNames, doubt_of, unknown_code
from jspmodel.text import LANGUAGES, say


class PlanCodes:
    """Finds programmes and regions of a case by code or name.

    Parameters
    ----------
    case : Case
    """

    def __init__(self, case: Case) -> None:
        self._names = {table: case.names(table, "id") for table in ("programs", "regions")}
        self._codes = {table: _by_name(self._names[table], case.names(table, "en")) for table in self._names}
        self._regions = RegionNames(
            self._names["regions"], dict(zip(case.regions["region"], case.regions["kind"], strict=True))
        )
        self._all = {plain(say("workbook.plan_everywhere", language)) for language in LANGUAGES}

    def find(self, table: str, text: str) -> str:
        """Return the code that a text is, or the name of; ``""`` where it is neither."""
        if text in self._names[table]:
            return text
        if table == "regions" and len(codes := self._regions.meaning(text).codes) == 1:
            return codes[0]
        return self._codes[table].get(plain(text), "")

    def unknown(self, table: str, text: str, column: str, file: str, row: int) -> list[Problem]:
        """Return what is wrong with a text that is no code, with the nearest one that there is."""
        if table == "regions" and (flaw := doubt_of(text, self._regions.meaning(text), table)):
            return [Problem(flaw.code, file, row, column, flaw.values)]
        return list(unknown_code(text, table, self._names[table], column, file, row))

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
        known = self._names["regions"]
        if plain(text) in self._all:
            return tuple(known), []
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


def plain(text: str) -> str:
    """Return a name without what people change about it: case and blanks."""
    return " ".join(text.casefold().split())


def _by_name(*languages: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each name, and of each "code name", that stands for one code only."""
    pairs: Iterable[tuple[str, str]] = (
        (plain(said), code)
        for names in languages
        for code, name in names.items()
        for said in (name, f"{code} {name}")
    )
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(name, set()).add(code)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


def listed_names(text: str) -> list[str]:
    """Return the parts of a list that people wrote: parted by semicolons or lines, else by commas.

    Examples
    --------
    >>> listed_names("Kabupaten Bantul; Sleman"), listed_names("Bantul, Sleman")
    (['Kabupaten Bantul', 'Sleman'], ['Bantul', 'Sleman'])
    """
    parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
    return [" ".join(one.split()) for part in parts for one in part.split(",") if one.strip()]
