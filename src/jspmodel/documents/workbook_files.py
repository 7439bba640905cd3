"""What officials edit: the plan as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.report import decide
from jspmodel.scenario import Language

Files = Mapping[Language, Sequence[Path]]


def write_files(folder: Path, languages: Sequence[Language], own: Language) -> Files:
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
    mapping of {"id", "en"} to sequence of Path
        What was written in each language.
    """
    decision = decide("", run=str(folder))
    written = {}
    for language in languages:
        workbook = folder / ("plan.xlsx" if language == own else f"plan.{language}.xlsx")
        write_workbook(decision, workbook, language)
        written[language] = (workbook,)
    return written
