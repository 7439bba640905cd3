"""A plan as a file: written as a run has it, read as something that anybody may have written."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from jspmodel.errors import DataError, Problem
from jspmodel.intake.regular_file import RefusedFileError, read_regular
from jspmodel.intake.strict_json import strict_json
from jspmodel.intake.whole_file import write_whole
from jspmodel.intake.yamlfile import dotted
from jspmodel.plan import Plan
from jspmodel.text import worded

LARGEST_PLAN = 2**25
"""Bytes that no plan has: 514 regions and 5,000 programmes need less."""
_MOST = 50
"""Places that are told where a file is no plan."""


def load_plan(path: str | Path) -> Plan:
    """Read a plan that ``Plan.save`` or a run (``plan.json``) wrote.

    Parameters
    ----------
    path : str or Path
        The file, or the folder of a run: its ``plan.json``.

    Returns
    -------
    Plan
        To the letter: every key known, every figure finite, nothing said to be proven that its own figures
        do not prove. That it fits a case is for ``jsp.evaluate(case, scenario, plan.choices)`` to say.

    Raises
    ------
    DataError
        If there is no such file, it is no plain file, larger than 32 MiB, or no plan; names where it is none.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import jspmodel as jsp
    >>> case, scenario = jsp.load("kota-yogyakarta/scenarios/score.yaml")
    >>> plan = jsp.select_programs(case, scenario.replace(solver={"effort": 0.001}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     again = jsp.load_plan(plan.save(Path(folder, "plan.json")))
    >>> again == plan
    True
    """
    file = Path(path)
    file = file / "plan.json" if file.is_dir() else file
    text = _read(file)
    try:
        return Plan.model_validate_json(text, strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
        places = dict.fromkeys(dotted(tuple(detail["loc"])) for detail in found[:_MOST])
        raise _refused("not_a_plan", file, places) from error


def plan_text(plan: Plan) -> str:
    """Return a plan as its file has it: of a run, of ``plan.save``, of ``solve --json``."""
    return plan.model_dump_json(indent=2) + "\n"


def write_plan(plan: Plan, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a plan; ``Plan.save`` says how.

    Parameters
    ----------
    plan : Plan
    path : str or Path
    overwrite : bool

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If the file is there already and may not be replaced, or cannot be written.
    """
    file = Path(path)
    try:
        if file.exists() and not overwrite:
            raise _refused("exists_already", file)
        write_whole(file, plan_text(plan))
    except OSError as error:
        raise _refused("not_writable", file) from error
    return file


def _read(file: Path) -> bytes:
    """Return what a plain file of JSON holds; nothing waits for a pipe, nothing larger is read."""
    try:
        data = read_regular(file, LARGEST_PLAN, links=True)
        strict_json(data)
    except RefusedFileError as error:
        raise _refused("plan_too_large" if error.code == "file_too_large" else error.code, file) from error
    return data


def _refused(code: str, file: Path, places: dict[str, None] | None = None) -> DataError:
    problems = [Problem(code, file.as_posix(), column=place) for place in places or {"": None}]
    return worded(DataError, problems)
