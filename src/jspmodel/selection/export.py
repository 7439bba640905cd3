"""The model for those who want to look at it or give it to another solver: as PuLP has it, or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pulp

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem, SolverError
from jspmodel.scenario import Scenario
from jspmodel.selection import formulation
from jspmodel.selection.infeasibility import refuse
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.rules import Rule
from jspmodel.solver import write_model_file
from jspmodel.text import worded

ENDINGS = (".mps", ".lp")


def formulate(
    case: Case, scenario: Scenario, *, rules: Sequence[Rule] = (), floor: float | None = None
) -> pulp.LpProblem:
    """State the model that ``select_programs`` solves, as PuLP holds it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    rules : sequence of Rule
        As ``select_programs`` takes them.
    floor : float, optional
        With an equity rule: the impact that each region must reach, in percent. It rests on another search,
        that without the rule, so the scenario alone does not give it: take ``plan.equity.floor``. None: the
        rows of the rule stand, and ask nothing.

    Returns
    -------
    LpProblem
        A maximisation. Variables and rows are named by kind and codes: ``start(P01,2027)`` is 1 if P01 starts
        in 2027, ``join(P01,34.04,2027)`` if 34.04 takes part in it, ``pay(P01,apbd,2027)`` is Rp billion;
        what is no letter, digit, point or underscore stands as in web addresses (``P%2D1`` is P-1).
        The objective is the impact in percent (or the sum of scores), less a price of money of at most a
        millionth of the largest, which decides ties in favour of the cheaper plan.

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    ValueError
        If a rule has the name of another, or a floor is given and no equity rule.

    Examples
    --------
    >>> import jspmodel as jsp
    >>> problem = jsp.formulate(*jsp.load("kota-yogyakarta/scenarios/score.yaml"))
    >>> [variable.name for variable in problem.variables() if variable.name.startswith("start(P02,")]
    ['start(P02,2028)', 'start(P02,2029)', 'start(P02,2030)']
    """
    refuse(scenario)
    stated = formulation.formulate(read_inputs(case, scenario), rules=rules)
    if floor is not None:
        worst = stated.variables.worst
        if worst is None:
            raise ValueError("a floor is that of an equity rule, and the scenario has none")
        worst.lowBound = floor
    return stated.problem


def write_model(
    case: Case,
    scenario: Scenario,
    path: str | Path,
    *,
    rules: Sequence[Rule] = (),
    floor: float | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the model that ``select_programs`` solves to a file that other solvers read.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    path : str or Path
        ``model.mps`` or ``model.lp``: the ending says which format.
    rules, floor
        As ``formulate`` takes them.
    overwrite : bool
        Whether a file that is there may be replaced.

    Returns
    -------
    Path
        The file; names as ``formulate`` gives them.

    Raises
    ------
    DataError
        If the file is there already and may not be replaced, or cannot be written.
    ScenarioError, ValueError
        As ``formulate`` raises; also if the ending is another.
    SolverError
        If HiGHS, which writes the file, cannot.
    """
    file = Path(path)
    if file.suffix.lower() not in ENDINGS:
        raise ValueError(f"the file must end with {' or '.join(ENDINGS)}: {file.name}")
    if file.exists() and not overwrite:
        raise _refused("exists_already", file)
    if not file.parent.is_dir():
        raise _refused("not_writable", file)
    problem = formulate(case, scenario, rules=rules, floor=floor)
    model = formulation.Model(problem, scenario.solver)
    names = {variable.hash: variable.name for variable in problem.variables()}
    columns = [names[number] for number in sorted(model.columns, key=model.columns.__getitem__)]
    if not write_model_file(model.matrix, columns, sorted(model.rows, key=model.rows.__getitem__), file):
        raise SolverError(f"HiGHS could not write {file.name}.", [Problem("not_writable", file.as_posix())])
    return file


def _refused(code: str, file: Path) -> DataError:
    problem = Problem(code, file.as_posix())
    return worded(DataError, [problem])
