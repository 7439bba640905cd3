"""``jspmodel adopt``: the plan of a run is kept as the adopted one, and asks what becomes of it."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from jspmodel.case import Case
from jspmodel.commands.console import OUT, mendable
from jspmodel.errors import DataError, JspError, Problem
from jspmodel.file_names import is_file_name
from jspmodel.intake import (
    LARGEST_PLAN,
    RefusedFileError,
    adopted_file,
    find_input,
    is_there,
    load_case,
    plan_text,
    read_regular,
    refused_file,
    require_adoptable,
)
from jspmodel.plan import Plan
from jspmodel.runs import read_record, read_run_plan
from jspmodel.scenario import Language
from jspmodel.text import say, worded
from jspmodel.workbook import check_new_file, write_realisation_form


def adopt(run: str, file: Path, through: int, language: Language, *, name: str = "") -> None:
    """Keep the plan of a finished run in the folder of its case, and write the form of its realisation.

    Parameters
    ----------
    run : str
        Folder of the run.
    file : Path
        The form: ends in ``.xlsx`` and is not there yet.
    through : int
        Last year that is asked about.
    language : {"id", "en"}
    name : str
        What the plan is called; empty: as the scenario of the run.
    """
    with mendable(language):
        check_new_file(file)
        place = find_input(run)
        record = read_record(place)
        plan = read_run_plan(place, record.get("outputs", {}))
        folder = Path(str(record.get("folder", "")))
        if not (record.get("folder") and folder.is_dir()):
            values = {"value": folder.as_posix()}
            raise worded(DataError, [Problem("run_of_other_folder", place.as_posix(), values=values)])
        called = name or plan.scenario
        if not is_file_name(called):
            raise worded(DataError, [Problem("unsafe_adopted_name", values={"name": called})])
        kept = adopted_file(folder, called)
        case = load_case(folder)
        require_adoptable(case, plan, place / "plan.json")
        _require_year(case, through)
        _refuse_other(kept, plan)
        _make_folder(kept.parent)
        counts = write_realisation_form(case, plan, through, file, language)
        _keep(kept, plan, file)
    words = {"name": called, "place": kept.as_posix(), "file": file.as_posix(), "case": folder.as_posix()}
    told = {**words, "count": sum(counts.values()), "through": through, "next": through + 1}
    OUT.print(escape(say("realisation.adopted", language, **told)), soft_wrap=True)


def _require_year(case: Case, through: int) -> None:
    """Refuse a year that has no budget, or the last one: after it nothing is left to plan."""
    years = case.fund_budgets["year"]
    first, last = int(years.min()), int(years.max())
    if not first <= through < last:
        values = {"year": through, "first": first, "last": last - 1}
        raise worded(DataError, [Problem("adopt_year", column="--through", values=values)])


def _refuse_other(kept: Path, plan: Plan) -> None:
    """Refuse a name under which another plan was adopted: what was decided is never overwritten."""
    if not is_there(kept):
        return
    try:
        there = read_regular(kept, LARGEST_PLAN, links=True)
    except RefusedFileError as error:
        raise refused_file(error, kept) from error
    if there != plan_text(plan).encode():
        raise worded(DataError, [Problem("adopted_already", kept.as_posix(), values={"name": kept.stem})])


def _make_folder(place: Path) -> None:
    """Make the folder of adopted plans, before anything is written."""
    try:
        place.mkdir(exist_ok=True)
    except FileExistsError as error:
        raise worded(DataError, [Problem("adopted_no_folder", place.as_posix())]) from error
    except OSError as error:
        raise worded(DataError, [Problem("not_writable", place.as_posix())]) from error


def _keep(kept: Path, plan: Plan, form: Path) -> None:
    """Keep a plan; where it cannot be kept, its form goes, or another try would find a form in its way."""
    if is_there(kept):
        return
    try:
        plan.save(kept)
    except JspError:
        form.unlink(missing_ok=True)
        raise
