"""Fingerprints (sha256) of what goes into a run and comes out of it: tables, scenarios, code, results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jspmodel.boundaries import BOUNDARY_FILES
from jspmodel.case import TABLES
from jspmodel.intake import ADOPTED_FOLDER, PACKAGE, scenario_sources, shipped

_CODE = {".py", ".toml", ".j2", ".css", ".js", ".json", ".csv"}
NOTEBOOK = "08_scenario_report.ipynb"
"""The notebook whose outputs are the report."""


def table_hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of the tables of a case, its boundaries and what it says of itself, by name, sorted.

    Parameters
    ----------
    folder : Path
        Of the case.

    Returns
    -------
    dict of str to str
    """
    names = [*(f"{table}.csv" for table in TABLES), PACKAGE, *BOUNDARY_FILES]
    files = map(folder.joinpath, sorted(names))
    return {file.name: sha256(file) for file in files if file.is_file()}


def input_hashes(folder: Path, scenario_file: Path) -> dict[str, str]:
    """Return the sha256 of every file that a run reads.

    Parameters
    ----------
    folder : Path
        Of the case.
    scenario_file : Path
        Those that it is based on count too, and the adopted plans of the case.

    Returns
    -------
    dict of str to str
        By path within the case's folder, sorted.
    """
    own = {f"scenarios/{file.name}": sha256(file) for file in scenario_sources(scenario_file)}
    plans = (folder / ADOPTED_FOLDER).glob("*.json")
    adopted = {f"{ADOPTED_FOLDER}/{file.name}": sha256(file) for file in plans if file.is_file()}
    return dict(sorted({**table_hashes(folder), **own, **adopted}.items()))


def output_hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file of a run, by name.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    dict of str to str
        Without ``run.json``, which holds them.
    """
    return {file.name: sha256(file) for file in sorted(folder.iterdir()) if file.name != "run.json"}


@cache
def code_hash() -> str:
    """Return the sha256 of what computes and renders: package, templates, words, cells of the notebook."""
    root = Path(__file__).parents[1]
    parts = [f"{file.relative_to(root).as_posix()} {sha256(file)}" for file in sorted(_code(root))]
    notebook = json.loads((shipped("notebooks") / NOTEBOOK).read_bytes())
    cells = [[cell["cell_type"], cell["source"]] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps([parts, cells]).encode()).hexdigest()


def _code(root: Path) -> Iterator[Path]:
    for file in root.rglob("*"):
        if file.suffix in _CODE and file.relative_to(root).parts[0] != "shipped":
            yield file


def sha256(file: Path) -> str:
    """Return the sha256 of a file."""
    with file.open("rb") as reader:
        return hashlib.file_digest(reader, "sha256").hexdigest()
