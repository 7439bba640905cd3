"""Where input stands: under the current folder, above it, or, by its plain name, among the shipped cases."""

from __future__ import annotations

import sys
from pathlib import Path

from jspmodel.errors import DataError, JspError, Problem, RunError, ScenarioError
from jspmodel.intake.nearest import nearest_word
from jspmodel.scenario import Language
from jspmodel.text import default_language, say, worded

SCENARIO_FOLDER = "scenarios"
"""Name of the folder of a case that holds its scenarios."""


def shipped(part: str) -> Path:
    """Return the folder of what jspmodel ships.

    Parameters
    ----------
    part : str
        ``"data"`` or ``"notebooks"``.

    Returns
    -------
    Path
        In the installed package; in a checkout, that of the checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "shipped" / part
    return installed if installed.is_dir() else package.parents[1] / part


def shipped_cases() -> tuple[str, ...]:
    """Return the names of the cases that jspmodel ships.

    Returns
    -------
    tuple of str
        Sorted.
    """
    return tuple(sorted(path.name for path in shipped("data").iterdir() if path.is_dir()))


def find_input(target: str | Path) -> Path:
    """Return the file or folder that a path means.

    A relative path is looked for from the current folder, then from the folder above it (notebooks stand
    beside ``data``). What jspmodel ships is meant only by the plain name of a case: ``diy``, or
    ``diy/scenarios/cut-10.yaml``. A ``data/diy`` that is not there is never taken to be the shipped one.

    Parameters
    ----------
    target : str or Path
        Such as ``data/ours``, ``data/ours/scenarios/baseline.yaml`` or ``diy``.

    Returns
    -------
    Path
        One that exists.

    Raises
    ------
    DataError
        If there is none, naming the nearest that exists.
    """
    path = Path(target)
    candidates = [path, ".." / path]
    if _is_shipped(path):
        candidates.append(shipped("data") / path)
    try:
        found = next((candidate for candidate in candidates if candidate.exists()), None)
    except PermissionError as error:
        raise _error(DataError, "read_forbidden", path.absolute()) from error
    except (OSError, ValueError):
        found = None
    if found is None:
        raise _not_found(path, candidates)
    return found


def _is_shipped(path: Path) -> bool:
    """Whether a path starts with the plain name of a shipped case and stays within it."""
    return path.parts[:1] != () and path.parts[0] in shipped_cases() and ".." not in path.parts


def _not_found(path: Path, candidates: list[Path]) -> JspError:
    plain = Path(*path.parts[1:])
    if path.parts[:1] == ("data",) and _is_shipped(plain):
        return _error(DataError, "not_found_shipped", path, plain=plain.as_posix(), case=plain.parts[0])
    return _error(DataError, "not_found", path, nearest=_nearest_path(candidates))


def find_folder(folder: str | Path) -> Path:
    """Return the folder of a case.

    Parameters
    ----------
    folder : str or Path
        As for ``find_input``.

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If there is no such folder.
    """
    place = find_input(folder)
    if not place.is_dir():
        raise _error(DataError, "not_a_folder", place)
    return place


def find_scenario(target: str | Path) -> Path:
    """Return the scenario file that a path means.

    Parameters
    ----------
    target : str or Path
        A scenario file, or the folder of a case: its ``scenarios/baseline.yaml``.

    Returns
    -------
    Path

    Raises
    ------
    DataError
        If there is no such file or folder.
    """
    place = find_input(target)
    return find_input(place / SCENARIO_FOLDER / "baseline.yaml") if place.is_dir() else place


def scenario_files(target: str) -> tuple[Path, ...]:
    """Return the scenario files that a target stands for.

    Parameters
    ----------
    target : str
        A scenario file, or the folder of a case: all its scenarios.

    Returns
    -------
    tuple of Path
        Written the way the target is (so that a record of them means the same elsewhere), sorted by name,
        ``baseline`` first.

    Raises
    ------
    DataError
        If there is no such file or folder.
    RunError
        If the case has no scenario.
    """
    place = find_input(target)
    if not place.is_dir():
        return (Path(target),)
    folder = place / SCENARIO_FOLDER
    try:
        names = sorted(file.name for file in folder.iterdir() if file.match("*.yaml"))
    except PermissionError as error:
        raise _error(DataError, "read_forbidden", folder.absolute()) from error
    except OSError:  # it is not there
        names = []
    if not names:
        raise _error(RunError, "no_scenarios", place / SCENARIO_FOLDER)
    names.sort(key=lambda name: name != "baseline.yaml")
    return tuple(Path(target) / SCENARIO_FOLDER / name for name in names)


def place_of(folder: Path, language: Language) -> str:
    """Return where a case was read, in words: its folder in full, and whether jspmodel ships it.

    Parameters
    ----------
    folder : Path
    language : {"id", "en"}

    Returns
    -------
    str
    """
    whole = folder.resolve()
    key = "cli.case_shipped" if whole.parent == shipped("data").resolve() else "cli.case_read"
    return say(key, language, case=whole.name, folder=whole)


def tell_shipped(target: str | Path) -> None:
    """Say on stderr, as in a notebook, that a plain name was taken to mean a case that jspmodel ships.

    Parameters
    ----------
    target : str or Path
        As ``find_input`` takes it; nothing is said of what stands here or in the folder above.
    """
    path = Path(target)
    if _is_shipped(path) and not any((root / path).exists() for root in (Path(), Path(".."))):
        print(place_of(shipped("data") / path.parts[0], default_language()), file=sys.stderr)


def case_of(scenario_file: Path) -> Path:
    """Return the folder of the case that a scenario belongs to.

    Parameters
    ----------
    scenario_file : Path

    Returns
    -------
    Path
        The folder above ``scenarios``.

    Raises
    ------
    ScenarioError
        If the file does not stand in the folder ``scenarios`` of a case.
    """
    folder = scenario_file.absolute().parent
    if folder.name != SCENARIO_FOLDER:
        raise _error(ScenarioError, "scenario_place", scenario_file)
    return folder.parent


def _error(
    kind: type[DataError | RunError | ScenarioError], code: str, path: Path, **values: object
) -> JspError:
    problem = Problem(code, path.as_posix(), values=values)
    return worded(kind, [problem])


def _nearest_path(candidates: list[Path]) -> str:
    """Return the existing path most like the first candidate that has one."""
    try:
        begins_here = Path(*candidates[0].parts[:1]).exists()
    except (OSError, ValueError):
        return ""
    if not begins_here and ("data" / candidates[0]).exists():
        return ("data" / candidates[0]).as_posix()
    # What begins in this folder is not meant in the one above.
    sought = candidates[:1] if begins_here else candidates
    return next((near for path in sought if (near := _nearest_sibling(path))), "")


def _nearest_sibling(path: Path) -> str:
    """Replace the first part of a path that does not exist by the nearest name beside it, if there is one."""
    missing = path
    try:
        while not missing.parent.exists() and missing.parent != missing:
            missing = missing.parent
        names = [item.name for item in missing.parent.iterdir() if not item.name.startswith(".")]
    except (OSError, ValueError):
        return ""
    found = nearest_word(missing.name, names)
    return (missing.parent / found).as_posix() if found else ""
