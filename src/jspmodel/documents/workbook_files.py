"""What stands beside a page: the plan as a workbook that officials edit, and what both are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.report import decide, provenance
from jspmodel.scenario import Language


class Beside(NamedTuple):
    """What stands beside a page: workbooks, and what the run is of and when it was computed."""

    files: tuple[Path, ...]
    stamp: str


def write_files(folder: Path, languages: Sequence[Language], own: Language) -> Mapping[Language, Beside]:
    """Write a run as files to edit.

    Parameters
    ----------
    folder : Path
        Folder of the run, with ``plan.json`` and ``run.json``; gets ``plan.xlsx`` (in a second language
        ``plan.<language>.xlsx``).
    languages : sequence of {"id", "en"}
    own : {"id", "en"}
        The language of ``plan.xlsx``.

    Returns
    -------
    mapping of {"id", "en"} to Beside
    """
    decision = decide("", run=str(folder))
    written: dict[Language, Beside] = {}
    for language in languages:
        workbook = folder / ("plan.xlsx" if language == own else f"plan.{language}.xlsx")
        write_workbook(decision, workbook, language)
        written[language] = Beside((workbook,), provenance(decision, language))
    return written
