"""The selection from tables to a plan: read, state, seek, pay, audit, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, Problem, SolverError
from jspmodel.plan import Audit, Choice, EquityResult, Payment, Plan, PlannedProgram, RegionResult
from jspmodel.proof import relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.audit import TOLERANCE, audit
from jspmodel.selection.conflicts import explained, hopeless_locks, refuse
from jspmodel.selection.formulation import formulate
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.layout import read_layout
from jspmodel.selection.objective import tie
from jspmodel.selection.plans import pay
from jspmodel.selection.reasons import Reason, Reasons, Return
from jspmodel.selection.solve import Model, solver_name
from jspmodel.selection.stages import Outcome, Progress, Stages
from jspmodel.selection.ties import settled
from jspmodel.solver.clock import Clock
from jspmodel.solver.worker import borrow

SEARCH, TIDY, EXPLAIN, WHOLE = 0.9, 0.05, 0.15, 1.15
"""Shares of the time limit for the search and, at most, for ties and for reasons, which seldom need them.

Reasons are given up when that share of the limit has passed in all; the plan is then written down.
"""


def select_programs(case: Case, scenario: Scenario, progress: Progress | None = None) -> Plan:
    """Select programmes, their regions, years and funds, so that the plan is worth most.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    progress : callable, optional
        Called with a ``Step`` now and then while the solver works.

    Returns
    -------
    Plan
        Audited; ``optimal`` only if proven within ``solver.gap`` (to a millionth of the largest objective,
        which decides ties in favour of the cheaper plan).

    Raises
    ------
    ScenarioError
        If the scenario asks for rules that do not go together.
    InfeasibleError
        If no plan keeps all rules.
    SolverError
        If the time runs out before any plan is found, or the solver's answer fails the audit.

    Notes
    -----
    ``solver.time_limit`` counts from the call: reading the tables and stating the model are part of it (0.3 s
    for DIY, 12 to 18 s for 100 regions and 600 programmes, which need a limit of minutes). The search takes
    nine tenths, in a process that is ended soon after. Payments and the audit are worked out whatever the
    clock says, as no plan is handed out without them; reasons stop in time to be back before 1.25 times the
    limit. Where no plan keeps all rules, finding out why may take a quarter more.
    """
    refuse(scenario)
    limit = scenario.solver.time_limit or 15
    clock, whole = Clock(SEARCH * limit), Clock(WHOLE * limit)
    with borrow() as worker:  # the child wakes up while the model is stated
        inputs = read_inputs(case, scenario)
        hopeless_locks(inputs)
        formulation = formulate(inputs)
        model = Model(formulation.problem, scenario.solver)
        layout = read_layout(formulation, model)
        worker.hold(model.matrix, layout, model.options)
        stating = SEARCH * limit - clock.left
        judge = measure.Measure(case, scenario)
        stages = Stages(formulation, model, worker, judge, clock, progress)
        try:
            outcome = stages.run()
        except (InfeasibleError, SolverError) as error:
            left = max(clock.left, EXPLAIN * limit)
            # A clash need not be the cause, and to look for it the model is stated anew.
            if isinstance(error, SolverError) and stating > left:
                raise
            raise explained(error, inputs, stages.floor, left) from error
    worth = worth_of(case, scenario)
    tidy = Clock(min(TIDY * limit, whole.left))
    choices = settled(formulation, model, layout, outcome.choices, worth, tidy)
    outcome = replace(outcome, choices=choices)
    payments = pay(formulation, model, choices)
    verdict = _audited(case, scenario, outcome, payments)
    returns = _returns(case, choices, judge.years, worth)
    explain = Clock(min(EXPLAIN * limit, whole.left))
    reasons = Reasons(formulation, model, choices, returns, worth, explain).all()
    return _Writer(case, scenario, judge, outcome, returns).plan(payments, reasons, verdict, tie(inputs))


def _audited(case: Case, scenario: Scenario, outcome: Outcome, payments: Sequence[Payment]) -> Audit:
    verdict = audit(case, scenario, outcome.choices, payments, floor=outcome.floor)
    broken = [check.rule for check in verdict.checks if check.worst > TOLERANCE]
    if verdict.objective > outcome.bound + TOLERANCE:
        broken.append("bound")
    if broken:
        rules = ", ".join(broken)
        raise SolverError(
            f"The solver's plan did not pass the audit: {rules}.",
            [Problem("audit_failed", values={"rules": rules})],
        )
    return verdict


def worth_of(case: Case, scenario: Scenario) -> Callable[[Sequence[Choice]], float]:
    """Return what gives the objective of choices, from the measure; each plan is judged once."""
    judge = measure.Measure(case, scenario)

    @cache
    def worth(choices: tuple[Choice, ...]) -> float:
        return measure.score(case, choices) if scenario.objective == "score" else judge.impact(choices).total

    return lambda choices: worth(tuple(choices))


def _returns(
    case: Case, choices: Sequence[Choice], years: Sequence[int], worth: Callable[[Sequence[Choice]], float]
) -> dict[str, Return]:
    whole, result = worth(choices), {}
    for choice in choices:
        rest = [other for other in choices if other is not choice]
        cost = float(measure.yearly_costs(case, choice, years).to_numpy().sum())
        result[choice.program] = Return(whole - worth(rest), cost)
    return result


@dataclass(frozen=True)
class _Writer:
    """Writes down what was found as a plan."""

    case: Case
    scenario: Scenario
    judge: measure.Measure
    outcome: Outcome
    returns: dict[str, Return]

    def plan(
        self, payments: Sequence[Payment], reasons: dict[str, Reason], verdict: Audit, tolerance: float
    ) -> Plan:
        objective = verdict.objective
        bound = max(self.outcome.bound, objective)
        proven = bound - objective <= self.scenario.solver.gap * abs(objective) + 2 * tolerance
        return Plan(
            case=self.case.name,
            scenario=self.scenario.name,
            objective_kind=self.scenario.objective,
            status="optimal" if proven and self.outcome.exact else "feasible",
            stopped_by_clock=self.outcome.stopped,
            objective=objective,
            bound=bound,
            gap=relative_gap(objective, bound, 2 * tolerance),
            tolerance=2 * tolerance,
            solver=solver_name(),
            programs=self._programs(reasons),
            funding=tuple(payments),
            regions=self._regions(),
            equity=self._equity(objective),
            audit=verdict,
        )

    def _programs(self, reasons: dict[str, Reason]) -> tuple[PlannedProgram, ...]:
        chosen = {choice.program: choice for choice in self.outcome.choices}
        programs = []
        for program, (reason, values) in reasons.items():
            choice, gives = chosen.get(program), self.returns.get(program, Return(0.0, 0.0))
            programs.append(
                PlannedProgram(
                    program=program,
                    selected=choice is not None,
                    start=choice.start if choice else None,
                    regions=choice.regions if choice else (),
                    cost=gives.cost,
                    impact=gives.impact,
                    reason=reason,
                    reason_values=values,
                )
            )
        return tuple(programs)

    def _regions(self) -> tuple[RegionResult, ...]:
        impact = self.judge.impact(self.outcome.choices).by_region
        need = self.judge.needs.sum()
        shares = need / need.sum() if need.sum() > 0 else need
        cost = dict.fromkeys(self.case.regions["region"], 0.0)
        for choice in self.outcome.choices:
            for region, amount in (
                measure.yearly_costs(self.case, choice, self.judge.years).sum(axis=1).items()
            ):
                if region in cost:
                    cost[region] += amount
        return tuple(
            RegionResult(
                region=region,
                impact=None if impact.isna()[region] else float(impact[region]),
                need=float(shares[region]),
                cost=spent,
            )
            for region, spent in cost.items()
        )

    def _equity(self, objective: float) -> EquityResult | None:
        mode, found = self.scenario.equity.mode, self.outcome
        if mode == "off":
            return None
        # A search cut short may miss what the next one finds, and that plan would do without the rule too.
        without = max(found.without, objective)
        return EquityResult(mode=mode, without=without, floor=found.floor, price=without - objective)
