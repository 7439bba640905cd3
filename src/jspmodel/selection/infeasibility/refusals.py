"""Rules of the planner's own that leave no plan: found before the search, or named after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from jspmodel.errors import InfeasibleError, JspError, Problem, ScenarioError, SolverError
from jspmodel.intake import command_with_more_effort
from jspmodel.objective_kinds import COUNTS
from jspmodel.proof import NOT_FOUND
from jspmodel.scenario import Scenario
from jspmodel.selection.infeasibility.explanation import Advice
from jspmodel.selection.infeasibility.irreducible import Explainer
from jspmodel.selection.infeasibility.soft import Soft
from jspmodel.selection.inputs import Inputs
from jspmodel.selection.rules import RULES, Rule, equity
from jspmodel.solver import Effort

EXPLAIN = 0.25
"""Effort for what clashes, and for reasons, as a share of the scenario's."""

Tried = Literal["built", "relaxation", "parts", "whole"]
"""Kinds of search, each worded as ``problem.tried_<kind>``."""


def refuse(scenario: Scenario) -> None:
    """Refuse a scenario whose rules do not go together.

    Parameters
    ----------
    scenario : Scenario

    Raises
    ------
    ScenarioError
        If an equity rule is asked for under an objective that knows no regions.
    """
    mode = scenario.equity.mode
    objective = scenario.objective
    if not COUNTS[objective].effects and mode != "off":
        values = {"value": mode, "objective": objective}
        problem = Problem("equity_with_objective", column="equity.mode", values=values)
        raise ScenarioError(f"equity.mode {mode} does not go with objective: {objective}.", [problem])


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
    problems = [problem for rule in RULES if rule.hopeless for problem in rule.hopeless(inputs)]
    if problems:
        codes = ", ".join(dict.fromkeys(str(problem.values["program"]) for problem in problems))
        raise InfeasibleError(f"Locked in, but cannot be carried out as locked: {codes}.", problems)


def clash(inputs: Inputs, *, with_equity: bool, rules: Sequence[Rule] = RULES) -> InfeasibleError:
    """Return the error that says that the rules clash, but not which of them (see ``explained``).

    Parameters
    ----------
    inputs : Inputs
    with_equity : bool
        Whether the equity rule was part of the search.
    rules : sequence of Rule
        Those that were.

    Returns
    -------
    InfeasibleError
    """
    demands = ", ".join(_demands(inputs, rules, with_equity=with_equity))
    problem = Problem("no_plan", f"{inputs.scenario.name}.yaml", values={"demands": demands})
    return InfeasibleError(f"No plan keeps all rules together with {demands}.", [problem])


def not_found(inputs: Inputs, tried: Sequence[Tried]) -> SolverError:
    """Return the error that no plan was found: what was tried, and the command that looks harder.

    Parameters
    ----------
    inputs : Inputs
    tried : sequence of {"built", "relaxation", "parts", "whole"}
        Kinds of search.

    Returns
    -------
    SolverError
    """
    command = command_with_more_effort(inputs.case, inputs.scenario)
    message = "No plan was found that keeps all rules; there may be one all the same."
    problem = Problem(
        NOT_FOUND, f"{inputs.scenario.name}.yaml", values={"tried": [*tried], "command": command}
    )
    return SolverError(message, [problem])


def _demands(inputs: Inputs, rules: Sequence[Rule], *, with_equity: bool) -> Iterator[str]:
    """All that is demanded, as rules of somebody's own may do too; without it the empty plan would do."""
    for rule in rules:
        if rule.demands and (with_equity or rule is not equity.RULE):
            yield from rule.demands.tells(inputs.case, inputs.scenario)
        if rule not in RULES:
            yield rule.name


def explained(
    error: JspError, inputs: Inputs, floor: float | None, effort: Effort, rules: Sequence[Rule] = ()
) -> JspError:
    """Return the error that names the rules that clash, and the ways out.

    Parameters
    ----------
    error : JspError
        That no plan keeps all rules, or that none was found.
    inputs : Inputs
    floor : float or None
        Impact that the equity rule asks for in each region, in percent, if that was part of the search.
    effort : Effort
        For the search for both.
    rules : sequence of Rule
        Of somebody's own, beside those that every plan keeps.

    Returns
    -------
    JspError
        An ``InfeasibleError`` whose problems are, in order: ``clash``, the rules, ``ways_alone`` or
        ``ways_together``, the ways out. Where no clash was found, the same error, with an equity
        floor that a plan was found for, if there is one.
    """
    if all(problem.code not in {"no_plan", NOT_FOUND} for problem in error.problems):
        return error
    soft = Soft(rules)
    explainer, advice = Explainer(inputs, floor, effort, soft), Advice(inputs, floor or 0.0, soft)
    if conflict := explainer.conflict():
        names = "; ".join(map(str, conflict.constraints))
        return InfeasibleError(f"No plan keeps all of these rules: {names}.", advice.problems(conflict))
    way = explainer.lower_floor()
    return type(error)(str(error), [*error.problems, *([advice.way(way)] if way else [])])
