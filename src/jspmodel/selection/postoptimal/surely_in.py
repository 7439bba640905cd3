"""Which programmes are surely in, whatever the effects turn out to be within their ranges; and which out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf, isfinite, sqrt
from typing import Literal

import numpy as np
import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.processes import process_map
from jspmodel.proof import least_bound
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import Robustness
from jspmodel.selection.postoptimal.effect_model import EffectModel, judge_at, state_effect_model
from jspmodel.selection.postoptimal.plan_model import Demand
from jspmodel.selection.postoptimal.worst_effects import EVERYTHING, best_at, furthest_ahead
from jspmodel.selection.search import kept
from jspmodel.solver import ONE_THREAD, Array, Effort, effort_units

SHARE = 0.5
"""Share of the scenario's effort, for all programmes that are asked about together."""
Choices = tuple[Choice, ...]
NORMAL_95 = 1.959964
"""So many standard deviations around the mean hold 95 percent of a normal distribution."""

Verdict = Literal["surely_in", "surely_out", "depends", "open"]


@dataclass(frozen=True)
class Witness:
    """Effects under which a programme is better the other way round than in the plan: a proof.

    Attributes
    ----------
    effects : tuple of (program, issue, float)
        Where they are not as expected.
    choices : tuple of Choice
        A plan with the programme the other way round.
    worth : float
        What it is worth at these effects, percent.
    bound : float
        No plan with the programme as it is in the plan is worth more there.
    """

    effects: tuple[tuple[str, str, float], ...]
    choices: tuple[Choice, ...]
    worth: float
    bound: float


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
    ValueError
        If effects do not count, or the case has no such programme.

    Notes
    -----
    Differences up to what the price of money may take (0.0002 percentage points) count as none. Where the
    effort ends before *R* is known to be above or not above that, the verdict is ``open``.
    """
    if not COUNTS[scenario.objective].effects:
        raise ValueError("surely_in needs an objective under which effects count")
    asked = tuple(programs) or tuple(case.programs["program"])
    if unknown := set(asked) - set(case.programs["program"]):
        raise ValueError(f"the case has no programme {', '.join(sorted(unknown))}")
    model = state_effect_model(case, scenario, plan)
    work = SHARE * effort_units(scenario.solver.effort, model.model.stated.matrix.entries) / len(asked)
    told = progress and (lambda done: progress(done / len(asked)))
    known = () if draws is None else draws.plans
    regrets = process_map(_regret, _Common(model, work, (plan.choices, *known)), asked, workers, told)
    by_program, tolerance = dict(zip(asked, regrets, strict=True)), 2 * model.model.stated.slack
    codes = [code for code in case.programs["program"] if code in by_program]
    return Certainty(tuple(_certainty(plan, code, by_program[code], draws, tolerance) for code in codes))


@dataclass(frozen=True, eq=False)
class _Common:
    model: EffectModel
    work: float
    known: tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, eq=False)
class _Regret:
    """What is known of the largest regret of keeping a programme as it is: infinite where nothing is."""

    least: float = -inf
    most: float = inf
    witness: Witness | None = None


def _regret(common: _Common, program: str) -> _Regret:
    return _Duel(common, program).fight()


class _Duel:
    """Plans with a programme as it is in the plan against plans with it the other way round."""

    def __init__(self, common: _Common, program: str) -> None:
        self._model, self._program, self._effort = common.model, program, Effort(common.work)
        this, that = Demand(into=frozenset((program,))), Demand(out=frozenset((program,)))
        self._selected = this.met_by({choice.program for choice in common.model.model.plan.choices})
        self._kept, self._other = (this, that) if self._selected else (that, this)
        self._pool = [one for one in common.known if self._kept.met_by({c.program for c in one})]
        self._list: list[Choices] = []
        self._tolerance = 2 * common.model.model.stated.slack
        self._regret = _Regret()

    def fight(self) -> _Regret:
        """Close in the largest regret until its sign is known, or the work is spent."""
        if self._program not in self._model.model.rows:
            return _Regret(most=-inf)
        self._guess()
        while not self._decided and self._effort.left > 0:
            found = furthest_ahead(self._model, self._other, self._list, self._effort)
            self._regret = replace(self._regret, most=min(self._regret.most, found.bound))
            if self._decided or found.choices is None or not self._challenge(found.choices, found.effects):
                break
        return self._regret

    @property
    def _decided(self) -> bool:
        return self._regret.least > self._tolerance or self._regret.most <= self._tolerance

    def _guess(self) -> None:
        """Look at the programme as bad for the plan as it can be, and at what does best there at its best."""
        model = self._model
        own = np.array([program == self._program for program, _ in model.effects], dtype=bool)
        bad = np.where(own, model.low if self._selected else model.high, model.mode)
        found = best_at(model, self._other, bad, self._effort)
        if found.bound == -inf:
            self._regret = replace(self._regret, most=-inf)
        elif found.choices is not None:
            self._challenge(found.choices, bad)
            there = {choice.program for choice in found.choices}
            best = np.array([program in there for program, _ in model.effects], dtype=bool)
            if not self._decided:
                self._challenge(found.choices, np.where(best, model.high, model.low))

    def _challenge(self, choices: Choices, effects: Array) -> bool:
        """Look for a plan that keeps up with one at some effects; return whether the list grew by one."""
        model = self._model
        judge = judge_at(model.case, model.scenario, model.by_row(effects))
        worth, before = judge(choices), len(self._list)
        best = max(self._pool, key=judge, default=None)
        if best is not None and worth - judge(best) <= self._tolerance and self._is_legal(best):
            self._add(best)
            return len(self._list) > before
        found = best_at(model, self._kept, effects, self._effort)
        known = -inf if found.choices is None else judge(found.choices)
        bound, _ = least_bound(known, [found.bound, EVERYTHING])
        if worth - bound > self._regret.least:
            self._regret = replace(self._regret, least=worth - bound)
            if worth - bound > self._tolerance:
                self._regret = replace(self._regret, witness=self._witness(choices, effects, worth, bound))
        if found.choices is not None:
            self._add(found.choices)
        return len(self._list) > before

    def _add(self, choices: Choices) -> None:
        if choices not in self._list:
            self._list.append(choices)
        if choices not in self._pool:
            self._pool.append(choices)

    def _is_legal(self, choices: Choices) -> bool:
        """Return whether a plan that was brought keeps all rules; if not, forget it."""
        stated = self._model.model.stated
        legal = kept(stated.matrix, stated.column_map, self._model.marked(choices), ONE_THREAD) is not None
        if not legal:
            self._pool.remove(choices)
        return legal

    def _witness(self, choices: Choices, effects: Array, worth: float, bound: float) -> Witness:
        model = self._model
        moved = np.flatnonzero(effects != model.mode).tolist()
        return Witness(tuple((*model.effects[k], float(effects[k])) for k in moved), choices, worth, bound)


def _certainty(
    plan: Plan, code: str, regret: _Regret, draws: Robustness | None, tolerance: float
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
