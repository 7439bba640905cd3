"""Which programmes every good plan has while scores, or weights, are known to lie in intervals only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from jspmodel.case import Case
from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import Choice, Plan
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import other_settings
from jspmodel.selection.plan_audit import audit
from jspmodel.selection.postoptimal.plan_model import state_plan_model
from jspmodel.selection.postoptimal.robust_portfolios.enumeration import Enumeration
from jspmodel.selection.postoptimal.robust_portfolios.nondominated_plans import (
    NondominatedPlans,
    Question,
    Reply,
)
from jspmodel.selection.postoptimal.robust_portfolios.score_intervals import ScoreIntervals
from jspmodel.selection.postoptimal.robust_portfolios.weight_corners import CriteriaWeights
from jspmodel.solver import effort_units

SHARE = 0.1
"""Share of the scenario's effort."""
TOLD = 0.5
"""What the progress says once every programme has been asked about."""

Kind = Literal["core", "borderline", "exterior", "open", "not_judged"]


@dataclass(frozen=True)
class NondominatedPortfolio:
    """Programmes that no others dominate, with a plan that carries them out.

    Attributes
    ----------
    programs : tuple of str
        In table order; only those that are judged.
    choices : tuple of Choice
        The plan, of most worth at the centre among those found with these programmes.
    low, centre, high : float
        What it is worth, in the unit of the objective: at least, at the centre of what is known, at most.
    regret : float
        Another plan that is known may be worth so much more; one that is not known may be worth more still.
    """

    programs: tuple[str, ...]
    choices: tuple[Choice, ...]
    low: float
    centre: float
    high: float
    regret: float


@dataclass(frozen=True)
class ProgramRole:
    """What a programme is in the non-dominated portfolios.

    Attributes
    ----------
    program : str
    kind : str
        ``core``: in all of them; ``exterior``: in none; ``borderline``: in some; each is proven, ``open`` is
        none of these yet: then it is in all that are known (core or borderline), or in none (exterior or
        borderline). ``not_judged``: the programme adds nothing by itself, it may only serve others.
    least, most : float or None
        Its core index, the share of the non-dominated portfolios that have it, lies between these; None
        where it is not judged.
    known_in : int
        How many of the portfolios that are known have it.
    """

    program: str
    kind: Kind
    least: float | None
    most: float | None
    known_in: int


@dataclass(frozen=True)
class RobustPortfolios:
    """The non-dominated portfolios, as far as they are known.

    Attributes
    ----------
    about : str
        ``scores`` or ``weights``: what lies in intervals.
    spread : float
        By which share of itself each of them may be off.
    complete : bool
        Whether it is proven that there are no others.
    portfolios : tuple of NondominatedPortfolio
        Each proven to be one; the most worth at the centre first.
    programs : tuple of ProgramRole
        In table order.
    """

    about: Literal["scores", "weights"]
    spread: float
    complete: bool
    portfolios: tuple[NondominatedPortfolio, ...]
    programs: tuple[ProgramRole, ...]

    @property
    def table(self) -> pd.DataFrame:
        """One row a programme: the attributes of ``ProgramRole``."""
        return pd.DataFrame([vars(role) for role in self.programs])

    def of_kind(self, kind: Kind) -> tuple[str, ...]:
        """Return the programmes of a kind, in table order."""
        return tuple(role.program for role in self.programs if role.kind == kind)


@computed_once()
def robust_portfolios(
    case: Case,
    scenario: Scenario,
    plan: Plan,
    spread: float = 0.2,
    *,
    workers: int = 2,
    progress: Callable[[float], None] | None = None,
) -> RobustPortfolios:
    r"""Tell which programmes every non-dominated portfolio has, and which none has.

    Under ``objective: score`` each score may lie between :math:`1 - \text{spread}` and
    :math:`1 + \text{spread}` times what the table says, by itself; under ``gap_closed`` each weight of a
    criterion may, and all add up to 1, effects being as stated. A plan that keeps all rules *dominates*
    another if it is worth at least as much whatever the numbers are, and more for some; a set of programmes
    is a non-dominated portfolio if a plan that carries out just these is dominated by none. The *core index*
    of a programme is the share of these portfolios that have it: 1 is core, 0 exterior, the rest borderline
    (Liesiö, Mild and Salo, "Preference programming for robust portfolio modeling and project selection",
    European Journal of Operational Research 181, 2007). Narrower intervals inside these leave a core
    programme in and an exterior one out.

    Portfolios are found one by one (``NondominatedPlans``): first by asking for each programme that has been
    in all of them for one without it, and the reverse, which settles its kind; then for any that is new,
    until it is proven that there is none (``Enumeration``). Worths that differ by less than 0.001 percent of
    the most that a plan could be worth count as the same.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
        The answer to both: gives the floor of an equity rule.
    spread : float
        Share, above 0 and at most 1.
    workers : int
        Processes; the answer does not depend on them.
    progress : callable, optional
        Called with the share that is done.

    Returns
    -------
    RobustPortfolios

    Raises
    ------
    ValueError
        If the spread is not above 0 and at most 1, or weights of more than 12 criteria, or by type of area,
        are asked about.
    SolverError
        If the plan is of other settings.
    """
    if not 0 < spread <= 1:
        raise ValueError("spread must be above 0 and at most 1")
    floor = plan.equity.floor if plan.equity else 0.0
    if not audit(case, scenario, plan.choices, plan.funding, floor=floor).passed:
        raise other_settings()
    model = state_plan_model(case, scenario, plan)
    scores = COUNTS[scenario.objective].scores
    information = (ScoreIntervals if scores else CriteriaWeights).of(model.stated, spread)
    work = SHARE * effort_units(scenario.solver.effort, model.stated.matrix.entries)
    search = _Search(NondominatedPlans(model, information), work, workers, progress or (lambda _: None))
    search.run()
    return RobustPortfolios(
        "scores" if scores else "weights",
        spread,
        search.complete,
        tuple(_portfolios(search.plans)),
        tuple(_roles(search, list(case.programs["program"]), model.stated.programs)),
    )


class _Search:
    """Asks until all is known, or the work is spent.

    Attributes
    ----------
    plans : NondominatedPlans
    always, never : set of str
        Programmes of which it is proven that all non-dominated plans have them, and that none has.
    complete : bool
        Whether it is proven that there are no further portfolios.
    """

    def __init__(
        self, plans: NondominatedPlans, work: float, workers: int, told: Callable[[float], None]
    ) -> None:
        self.plans, self._left, self._workers, self._told = plans, work, workers, told
        self.always: set[str] = set()
        self.never: set[str] = set()
        self.complete = False

    def run(self) -> None:
        """Find a first plan, settle each programme, then find all portfolios."""
        self._ask([Question(work=self._left)])
        self._settle()
        self._told(TOLD)
        if self.plans.known and self._left > 0:
            enumeration = Enumeration(self.plans, self._left)
            enumeration.run()
            self.plans, self.complete = enumeration.plans, enumeration.complete
        self._told(1.0)

    def _settle(self) -> None:
        """Ask for each programme in rounds, until it is seen in and out, settled, or the work is spent."""
        given_up: set[str] = set()
        while self.plans.known and self._left > 0:
            asked = {
                program: not inside for program, inside in self._one_way().items() if program not in given_up
            }
            if not asked:
                break
            work = self._left / len(asked)
            replies = self._ask([Question({program: inside}, work=work) for program, inside in asked.items()])
            for (program, inside), reply in zip(asked.items(), replies, strict=True):
                if reply.none:
                    (self.never if inside else self.always).add(program)
                elif reply.found is None:
                    given_up.add(program)

    def _ask(self, questions: Sequence[Question]) -> list[Reply]:
        replies = self.plans.ask(questions, self._workers)
        self._left -= sum(reply.work for reply in replies)
        self.plans = self.plans.with_plans([reply.found for reply in replies if reply.found is not None])
        return replies

    def _one_way(self) -> dict[str, bool]:
        """Return the programmes that all known plans have, or none, unless that is proven for all plans."""
        first, *others = (plan.programs for plan in self.plans.known)
        return {
            program: program in first
            for program in self.plans.information.judged
            if program not in self.always | self.never
            and all((program in programs) == (program in first) for programs in others)
        }


def _portfolios(plans: NondominatedPlans) -> Iterator[NondominatedPortfolio]:
    """Yield the portfolios, each with the plan that is worth most at the centre."""
    information = plans.information
    for programs, plan in plans.sets.items():
        low, centre, high = (information.unit * worth for worth in information.worths(plan.profile))
        regret = max(information.ahead(other.profile, plan.profile) for other in plans.known)
        ordered = tuple(program for program in information.judged if program in programs)
        yield NondominatedPortfolio(
            ordered, plan.choices, low, centre, high, information.unit * max(0.0, regret)
        )


def _roles(search: _Search, codes: Sequence[str], possible: Sequence[str]) -> Iterator[ProgramRole]:
    sets, judged = search.plans.sets, set(search.plans.information.judged)
    for program in codes:
        count = sum(program in programs for programs in sets)
        if program not in possible:
            yield ProgramRole(program, "exterior", 0.0, 0.0, 0)
        elif program not in judged:
            yield ProgramRole(program, "not_judged", None, None, count)
        elif search.complete or program in search.always | search.never:
            index = count / len(sets)
            kind: Kind = "core" if index == 1 else "exterior" if index == 0 else "borderline"
            yield ProgramRole(program, kind, index, index, count)
        else:
            yield ProgramRole(program, "borderline" if 0 < count < len(sets) else "open", 0.0, 1.0, count)
