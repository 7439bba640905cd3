"""A case: the tables of one province or area, as all stages see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from jspmodel.boundaries import Boundaries

NAMED_IN: Mapping[str, str] = MappingProxyType(
    {
        "program": "programs",
        "other": "programs",
        "region": "regions",
        "agency": "agencies",
        "dimension": "dimensions",
        "fund": "funds",
        "spending_rule": "spending_rules",
        "document": "documents",
        "staff_kind": "staff_kinds",
        "appraisal_criterion": "appraisal_criteria",
    }
)
"""The table of the names of codes, by the column in which they stand."""
LEVELS = ("province", "city")
"""Whose plan a case may be."""


@dataclass(frozen=True, eq=False, repr=False)
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
    contributors : tuple of str
        Who made the case, each a person with the agency, as reports name them.
    boundaries : Boundaries or None
        Shapes of all its regions; None: maps are schematic.
    folder : Path or None
        Where the tables were read; None for a case built in memory.
    standing : Standing or None
        Where an adopted plan stands, where the tables are those of what is left to decide
        (``jspmodel.realisation``); None: they are as they were read.
    carried_over : dict of (fund, year) to float
        Money that years past have left, in Rp billion: it is there beside the ``amount`` of ``fund_budgets``,
        and no factor on budgets changes it. Worked out where an adopted plan stands somewhere, else as the
        case says it (``datapackage.json``).
    """

    name: str
    regions: pd.DataFrame
    borders: pd.DataFrame
    bodies: pd.DataFrame
    dimensions: pd.DataFrame
    issues: pd.DataFrame
    criteria: pd.DataFrame
    area_type_weights: pd.DataFrame
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
    cofunding_shares: pd.DataFrame
    spending_rules: pd.DataFrame
    documents: pd.DataFrame
    required_documents: pd.DataFrame
    program_readiness: pd.DataFrame
    staff_kinds: pd.DataFrame
    agency_staff: pd.DataFrame
    program_staff: pd.DataFrame
    terms_of_office: pd.DataFrame
    appraisal_criteria: pd.DataFrame
    program_appraisals: pd.DataFrame
    systems: pd.DataFrame
    program_systems: pd.DataFrame
    realisation: pd.DataFrame
    realised_outputs: pd.DataFrame
    title: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    level: str = LEVELS[0]
    question: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    known_systems: int | None = None
    contributors: tuple[str, ...] = ()
    boundaries: Boundaries | None = None
    folder: Path | None = None
    standing: object = None
    carried_over: Mapping[tuple[str, int], float] = field(default_factory=dict)

    @classmethod
    def from_frames(
        cls,
        frames: Mapping[str, pd.DataFrame],
        *,
        name: str = "case",
        title: str | Mapping[str, str] = "",
        level: str = LEVELS[0],
        question: str | Mapping[str, str] = "",
        known_systems: int | None = None,
        contributors: Sequence[str] = (),
        boundaries: Mapping[str, Any] | Boundaries | None = None,
        carried_over: Mapping[tuple[str, int], float] | None = None,
    ) -> Case:
        """Return a case made of tables in memory, checked and filled in as files are.

        Parameters
        ----------
        frames : mapping of str to DataFrame
            By table, such as ``{"programs": ..., "program_costs": ..., "funds": ..., "fund_budgets": ...}``;
            columns as in the table of that name (see the tables of a case in the documentation), in any
            order; those that may be blank may be left out. A named index counts as columns. Codes should be
            text: a number 34.1 is no longer 34.10, and is told so. Money is billion rupiah.
        name : str
            Of the case.
        title, question : str or mapping of str to str
            In both languages, or by language (``id``, ``en``).
        level : str
            Whose plan it is: ``province`` or ``city``.
        known_systems : int, optional
            As the attribute.
        contributors : sequence of str
            As the attribute.
        boundaries : mapping or Boundaries, optional
            GeoJSON or TopoJSON as ``json.load`` gives it, or those of another case.
        carried_over : mapping of (fund, year) to float, optional
            As the attribute.

        Returns
        -------
        Case
            Of copies: the frames stay as they are. ``folder`` is None.

        Raises
        ------
        DataError
            With every problem at once, by table (``programs.csv``), row and column. Rows count as in a CSV
            file of the table: the headings are row 1, ``frame.iloc[0]`` is row 2. A table that no schema
            knows is an error.
        TypeError
            If one of the frames is no DataFrame.

        Examples
        --------
        >>> import jspmodel as jsp
        >>> import pandas as pd
        >>> frames = {
        ...     "regions": pd.DataFrame({"region": ["34.04"], "name": ["Sleman"]}),
        ...     "programs": pd.DataFrame(
        ...         {"program": ["P1"], "name_id": ["Bus"], "duration": 1, "scope": "joint", "score": 3}
        ...     ),
        ...     "program_regions": pd.DataFrame({"program": ["P1"], "region": ["34.04"]}),
        ...     "program_costs": pd.DataFrame(
        ...         {"program": ["P1"], "region": ["34.04"], "kind": "build", "offset": 0, "amount": 2.5}
        ...     ),
        ...     "funds": pd.DataFrame({"fund": ["apbd"], "name_id": ["APBD"]}),
        ...     "fund_budgets": pd.DataFrame({"fund": ["apbd"], "year": [2027], "amount": [4]}),
        ... }
        >>> case = jsp.Case.from_frames(frames, name="bus")
        >>> jsp.select_programs(case, jsp.Scenario(objective="score")).objective
        3.0
        >>> wrong = {**frames, "fund_budgets": frames["fund_budgets"].assign(amount=-4)}
        >>> try:
        ...     jsp.Case.from_frames(wrong)
        ... except jsp.DataError as error:
        ...     print(error.problems[0].file, error.problems[0].row, error.problems[0].column)
        fund_budgets.csv 2 amount
        """
        from jspmodel.intake.cases import About
        from jspmodel.intake.frames import case_from_frames

        package: dict[str, object] = {
            "level": level,
            "known_systems": known_systems,
            "contributors": [{"title": one} for one in contributors],
        }
        for key, said in (("title", title), ("question", question)):
            if isinstance(said, Mapping):
                package |= {key: said.get("id", ""), f"{key}_en": said.get("en", said.get("id", ""))}
            elif said:
                package[key] = said
        return case_from_frames(frames, About(name, package), boundaries, carried_over or {})

    def to_csv(self, folder: str | Path) -> Path:
        """Write the tables into a folder of their own, from which ``load_case`` gives the same case.

        Parameters
        ----------
        folder : str or Path
            Made if it is not there. Nothing in it is ever overwritten.

        Returns
        -------
        Path
            The folder: a CSV file for each table that has rows, ``datapackage.json`` (with what is carried
            over), and its boundaries. Scenarios are not written: they stand in files of their own, in the
            folder ``scenarios``. Nor is ``standing``: of a case planned again the tables of what is left to
            decide are written, to be planned by a scenario that goes on with no plan.

        Raises
        ------
        DataError
            If the folder holds something already, is a file, or cannot be written.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> import jspmodel as jsp
        >>> case = jsp.load_case("diy")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     again = jsp.load_case(case.to_csv(Path(folder, "copy")))
        >>> again.programs.equals(case.programs)
        True
        """
        from jspmodel.intake.frames import write_case

        return write_case(self, folder)

    def __repr__(self) -> str:
        """Return name, place and the number of rows of the tables that a plan hangs on."""
        shown = ("regions", "issues", "programs", "funds")
        counts = ", ".join(f"{table}={len(getattr(self, table))}" for table in shown)
        place = "" if self.folder is None else f", folder={str(self.folder)!r}"
        return f"Case({self.name!r}, {counts}{place})"

    def _repr_html_(self) -> str:
        from jspmodel.text.summaries import case_html

        return case_html(self)

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
        names = frame["name"].tolist() if "name" in frame else _either(frame, language)
        if table == "programs":
            sizes = frame["option_name"].tolist()
            names = [f"{name} ({size})" if size else name for name, size in zip(names, sizes, strict=True)]
        codes = frame.iloc[:, 0].tolist()
        return {code: name or code for code, name in zip(codes, names, strict=True)}


def _either(frame: pd.DataFrame, language: str) -> list[str]:
    names: list[str] = frame["name_id"].tolist()
    if language == "en":
        return [english or name for english, name in zip(frame["name_en"].tolist(), names, strict=True)]
    return names


_ABOUT = {
    "name",
    "title",
    "level",
    "question",
    "known_systems",
    "contributors",
    "boundaries",
    "folder",
    "standing",
    "carried_over",
}
TABLES = tuple(item.name for item in fields(Case) if item.name not in _ABOUT)
