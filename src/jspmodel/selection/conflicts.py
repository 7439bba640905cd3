"""Rules of the planner's own that leave no plan: found before the search, or named after it."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.errors import InfeasibleError, Problem, ScenarioError
from jspmodel.scenario import Lock, Scenario
from jspmodel.selection.inputs import Inputs


def refuse(scenario: Scenario) -> None:
    """Refuse a scenario whose rules do not go together.

    Parameters
    ----------
    scenario : Scenario

    Raises
    ------
    ScenarioError
        If an equity rule is asked for under ``objective: score``.
    """
    mode = scenario.equity.mode
    if scenario.objective == "score" and mode != "off":
        problem = Problem("equity_with_score", column="equity.mode", values={"value": mode})
        raise ScenarioError(f"equity.mode {mode} does not go with objective: score.", [problem])


def hopeless_locks(inputs: Inputs) -> None:
    """Name locked programmes that cannot be carried out whatever else is done.

    Parameters
    ----------
    inputs : Inputs

    Raises
    ------
    InfeasibleError
        If there is one; a problem each.
    """
    problems = [problem for lock in inputs.scenario.locked_in for problem in _hopeless(lock, inputs)]
    if problems:
        codes = ", ".join(dict.fromkeys(str(problem.values["program"]) for problem in problems))
        raise InfeasibleError(f"Locked in, but cannot be carried out as locked: {codes}.", problems)


def _hopeless(lock: Lock, inputs: Inputs) -> Iterator[Problem]:
    proposal = inputs.proposals.get(lock.program)
    if lock.program in inputs.scenario.locked_out:
        yield Problem("locked_in_and_out", column="locked_in", values={"program": lock.program})
    elif proposal is None:
        yield Problem("cannot_start", column="locked_in", values={"program": lock.program})
    elif lock.start is not None and lock.start not in proposal.starts:
        values = {"program": lock.program, "year": lock.start, "possible": list(proposal.starts)}
        yield Problem("lock_cannot_start", column="locked_in", values=values)
    for region in lock.regions:
        if proposal and region not in proposal.regions:
            values = {"program": lock.program, "region": region}
            yield Problem("locked_elsewhere", column="locked_in", values=values)


def clash(scenario: Scenario, *, with_equity: bool) -> InfeasibleError:
    """Return the error that names the rules of which some clash.

    Parameters
    ----------
    scenario : Scenario
    with_equity : bool
        Whether the equity rule was part of the search.

    Returns
    -------
    InfeasibleError
    """
    problems = list(_demands(scenario, with_equity=with_equity))
    rules = "; ".join(
        f"{problem.column} {', '.join(map(str, problem.values.values()))}" for problem in problems
    )
    return InfeasibleError(f"No plan keeps all of these rules together with the budgets: {rules}.", problems)


def _demands(scenario: Scenario, *, with_equity: bool) -> Iterator[Problem]:
    """All that a scenario demands; without any of it the empty plan would do."""
    for lock in scenario.locked_in:
        yield Problem("clash_lock", column="locked_in", values={"program": lock.program})
    if scenario.min_quick_wins:
        yield Problem("clash_quick_wins", column="min_quick_wins", values={"count": scenario.min_quick_wins})
    if scenario.min_programs_per_dimension:
        count = scenario.min_programs_per_dimension
        yield Problem("clash_dimensions", column="min_programs_per_dimension", values={"count": count})
    if with_equity and scenario.equity.mode == "floor":
        yield Problem("clash_floor", column="equity.floor", values={"floor": scenario.equity.floor})
