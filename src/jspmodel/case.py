"""A case: the tables of one province or area, as all stages see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

import pandas as pd

NAMED_IN: Mapping[str, str] = MappingProxyType(
    {
        "program": "programs",
        "other": "programs",
        "region": "regions",
        "agency": "agencies",
        "dimension": "dimensions",
        "fund": "funds",
    }
)
"""The table of the names of codes, by the column in which they stand."""
LEVELS = ("province", "city")
"""Whose plan a case may be."""


@dataclass(frozen=True, eq=False)
class Case:
    """The tables of one case, every column of the schemas present, types set.

    Text that was left blank is ``""``, a blank number is NaN, a blank yes/no is False; codes are text.
    Tables that the case does not have are empty. Money is billion rupiah. Row labels count from 0 in file
    order. Stages must not change a table: they work on copies.

    Attributes
    ----------
    name : str
        Name of the folder.
    title : mapping of str to str
        Title by language (``id``, ``en``).
    level : str
        Whose plan it is, which is what a blank region or holder means: ``province`` or ``city``.
    question : mapping of str to str
        What this case asks, by language; empty: only what every case asks.
    known_systems : int or None
        How many information systems there are known to be, listed in ``systems`` or not.
    folder : Path or None
        Where the tables were read; None for a case built in memory.
    """

    name: str
    regions: pd.DataFrame
    borders: pd.DataFrame
    bodies: pd.DataFrame
    dimensions: pd.DataFrame
    issues: pd.DataFrame
    criteria: pd.DataFrame
    issue_scores: pd.DataFrame
    indicators: pd.DataFrame
    indicator_values: pd.DataFrame
    issue_regions: pd.DataFrame
    issue_spillovers: pd.DataFrame
    agencies: pd.DataFrame
    agency_dimensions: pd.DataFrame
    programs: pd.DataFrame
    program_agencies: pd.DataFrame
    program_regions: pd.DataFrame
    program_costs: pd.DataFrame
    program_effects: pd.DataFrame
    program_outputs: pd.DataFrame
    program_links: pd.DataFrame
    program_documents: pd.DataFrame
    funds: pd.DataFrame
    fund_budgets: pd.DataFrame
    fund_rules: pd.DataFrame
    systems: pd.DataFrame
    program_systems: pd.DataFrame
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    level: str = LEVELS[0]
    question: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    known_systems: int | None = None
    folder: Path | None = None

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables by name, in the order of the design.

        Returns
        -------
        dict of str to DataFrame
            One entry a table, empty tables included.
        """
        return {name: getattr(self, name) for name in TABLES}

    def names(self, table: str, language: str) -> dict[str, str]:
        """Return what people call the codes of a table.

        Parameters
        ----------
        table : str
            A table whose first column is its code, such as ``"programs"``.
        language : str
            ``id`` or ``en``; a name that is missing in English falls back to Indonesian.

        Returns
        -------
        dict of str to str
            Name by code; the code itself where no name is given.
        """
        frame: pd.DataFrame = getattr(self, table)
        names = frame["name"] if "name" in frame else _either(frame, language)
        codes = frame.iloc[:, 0]
        return {code: name or code for code, name in zip(codes, names, strict=True)}


def _either(frame: pd.DataFrame, language: str) -> pd.Series[str]:
    if language == "en":
        return frame["name_en"].where(frame["name_en"] != "", frame["name_id"])
    return frame["name_id"]


_ABOUT = {"name", "title", "level", "question", "known_systems", "folder"}
TABLES = tuple(item.name for item in fields(Case) if item.name not in _ABOUT)
