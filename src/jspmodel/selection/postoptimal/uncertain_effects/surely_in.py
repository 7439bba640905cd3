"""Which programmes are surely in, whatever the effects turn out to be within their ranges; and which out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Literal

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Plan
from jspmodel.processes import as_share, process_map
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import Robustness
from jspmodel.selection.postoptimal.program_codes import require_program
from jspmodel.selection.postoptimal.uncertain_effects.effect_model import state_effect_model
from jspmodel.selection.postoptimal.uncertain_effects.largest_regret import (
    Given,
    Regret,
    Witness,
    largest_regret,
)
from jspmodel.solver import effort_units

SHARE = 0.1
"""Share of the scenario's effort, for all programmes that are asked about together."""
NORMAL_95 = 1.959964
"""So many standard deviations around the mean hold 95 percent of a normal distribution."""

Verdict = Literal["surely_in", "surely_out", "depends", "open"]


@dataclass(frozen=True)
class ProgramCertainty:
    """Whether a programme is right whatever the effects turn out to be.

    Attributes
    ----------
    program : str
    selected : bool
        Whether the plan carries it out: it is asked whether it is surely in; else whether surely out.
    verdict : str
        ``surely_in``: at no effects within their ranges a plan without it beats the best with it;
        ``surely_out`` the other way round; ``depends``: there are effects at which one does (``witness``);
        ``open``: neither is proven.
    regret_least, regret_most : float or None
        At the worst effects, keeping the programme as it is in the plan loses at least and at most so much
        (percentage points; below 0: it gains at any effects). None where nothing is known, as where the
        verdict was clear before, or where there is no plan the other way round.
    witness : Witness or None
    drawn : int
        Draws of the effects whose best plan found carries it out.
    draws : int
        How many there were; 0: none were given.
    share_least, share_most : float or None
        The share of all draws that there could be lies between these at a confidence of 95 percent (Wilson's
        score interval): the error of drawing, not that of plans that were not found. None without draws.
    """

    program: str
    selected: bool
    verdict: Verdict
    regret_least: float | None
    regret_most: float | None
    witness: Witness | None
    drawn: int
    draws: int
    share_least: float | None
    share_most: float | None


@dataclass(frozen=True)
class Certainty:
    """Which programmes are right whatever the effects turn out to be.

    Attributes
    ----------
    programs : tuple of ProgramCertainty
        In table order.
    """

    programs: tuple[ProgramCertainty, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a programme: the attributes of ``ProgramCertainty`` but for the witness."""
        return pd.DataFrame([vars(item) for item in self.programs]).drop(columns="witness")

    def of_verdict(self, verdict: Verdict) -> tuple[str, ...]:
        """Return the programmes of a verdict, in table order."""
        return tuple(item.program for item in self.programs if item.verdict == verdict)


def wilson_interval(successes: int, draws: int) -> tuple[float, float]:
    r"""Return between which shares the true one lies, at a confidence of 95 percent, after some draws.

    .. math:: \frac{k + z^2 / 2 \pm z \sqrt{k (n - k) / n + z^2 / 4}}{n + z^2}

    for *k* successes in *n* draws, with *z* = 1.96 (Wilson, "Probable inference, the law of succession, and
    statistical inference", Journal of the American Statistical Association 22, 1927).

    Parameters
    ----------
    successes, draws : int
        At least one draw.

    Returns
    -------
    least, most : float

    Examples
    --------
    >>> [round(end, 4) for end in wilson_interval(0, 1000)], [round(end, 3) for end in wilson_interval(5, 10)]
    ([0.0, 0.0038], [0.237, 0.763])
    """
    square = NORMAL_95**2
    middle = successes + square / 2
    half = NORMAL_95 * sqrt(successes * (draws - successes) / draws + square / 4)
    return max(0.0, (middle - half) / (draws + square)), min(1.0, (middle + half) / (draws + square))


@computed_once()
def surely_in(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    draws: Robustness | None = None,
    *,
    programs: Sequence[str] = (),
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> Certainty:
    r"""Tell of each programme whether it is right whatever the effects turn out to be within their ranges.

    For a programme of the plan, with *A* the plans without it, *B* those with it, and *E* the ranges
    ``low``-``high`` of all effects:

    .. math:: R = \max_{\varepsilon \in E} \Bigl( \max_{z \in A} V(z, \varepsilon)
        - \max_{y \in B} V(y, \varepsilon) \Bigr)

    is the largest regret of keeping it; it is *surely in* if :math:`R \le 0`. For one that the plan refuses
    *A* and *B* change places, and it is *surely out*. *R* is closed in from both sides: the worst effects are
    sought against a list of plans of *B* (``furthest_ahead``), which bounds *R* from above; at these effects
    the best plan of *B* is sought, which bounds *R* from below, and goes to the list. Before that two guesses
    are looked at: the programme as bad for the plan as it can be, and the plan of *A* found there at its best
    with all else at its worst. Scenarios are generated so in exact methods for minimax regret with interval
    data (Assunção, Santos, Noronha and Andrade, "On the finite optimal convergence of logic-based Benders'
    decomposition in solving 0-1 min-max regret optimization problems with interval costs", arXiv 2001.00943);
    here the plan answers once the effects are known, so that plans of *B* play the part of the cuts.

    Beside stands in how many draws of ``robustness`` the best plan found has it, with the error of drawing.
    Draws never prove: what is in all of 1,000 draws may be out in 0.4 percent of those that there could be.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Effects must count under its objective: ``gap_closed``.
    plan : Plan
        The answer to both. An equity rule asks of each region what it asked for in this plan, at the expected
        effects.
    draws : Robustness, optional
        Of the same case and scenario. An equity rule is judged in each draw anew there.
    programs : sequence of str
        Asked about; all, unless given. The effort is for all of them together: for one it goes furthest.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    Certainty

    Raises
    ------
    DataError
        If the case has no such programme.
    ValueError
        If effects do not count, or the draws are of another case.
    SolverError
        If the plan is of other settings.

    Notes
    -----
    Differences up to what the price of money may take (0.0002 percentage points) count as none. Where the
    effort ends before *R* is known to be above or not above that, the verdict is ``open``.
    """
    if not COUNTS[scenario.objective].effects:
        raise ValueError("surely_in needs an objective under which effects count")
    asked = tuple(programs) or tuple(case.programs["program"])
    for program in asked:
        require_program(case, program)
    if draws is not None and list(draws.programs["program"]) != list(case.programs["program"]):
        raise ValueError("the draws are of another case")
    model = state_effect_model(case, scenario, plan)
    work = SHARE * effort_units(scenario.solver.effort, model.model.stated.matrix.entries) / len(asked)
    told = as_share(progress, 0.0, 1.0, len(asked))
    known = () if draws is None else draws.plans
    regrets = process_map(largest_regret, Given(model, work, (plan.choices, *known)), asked, workers, told)
    by_program, tolerance = dict(zip(asked, regrets, strict=True)), 2 * model.model.stated.slack
    codes = [code for code in case.programs["program"] if code in by_program]
    return Certainty(tuple(_certainty(plan, code, by_program[code], draws, tolerance) for code in codes))


def _certainty(
    plan: Plan, code: str, regret: Regret, draws: Robustness | None, tolerance: float
) -> ProgramCertainty:
    selected = any(choice.program == code for choice in plan.choices)
    verdict: Verdict = "open"
    if regret.most <= tolerance:
        verdict = "surely_in" if selected else "surely_out"
    elif regret.least > tolerance:
        verdict = "depends"
    count = 0 if draws is None else len(draws.draws)
    drawn = 0 if draws is None else round(count * draws.programs.set_index("program")["share"][code])
    least, most = wilson_interval(drawn, count) if count else (None, None)
    lowest, highest = (end if isfinite(end) else None for end in (regret.least, regret.most))
    return ProgramCertainty(
        code, selected, verdict, lowest, highest, regret.witness, drawn, count, least, most
    )
