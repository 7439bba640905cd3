"""The selection from tables to a plan: read, state, seek, pay, audit, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import InfeasibleError, Problem, SolverError
from jspmodel.measure import computed_once
from jspmodel.plan import Audit, Choice, EquityResult, Payment, Plan, PlannedProgram, RegionResult
from jspmodel.proof import least_bound, relative_gap
from jspmodel.scenario import Scenario
from jspmodel.selection.explanation import Reasons, Return
from jspmodel.selection.formulation import Model, formulate, read_column_map, solver_name
from jspmodel.selection.infeasibility import EXPLAIN, explained, hopeless_locks, refuse
from jspmodel.selection.inputs import Inputs, read_inputs
from jspmodel.selection.objectives import largest, tie, worth_of
from jspmodel.selection.plan_audit import TOLERANCE, audit
from jspmodel.selection.rules import Reason, Rule
from jspmodel.selection.search import SelectionResult, Stages, Watch, pay, settled
from jspmodel.solver import Clock, Effort, borrow_worker, effort_units

SEARCH = 0.9
"""Share of a time limit for the search: payments, audit and reasons need the rest."""


@computed_once()
def select_programs(
    case: Case, scenario: Scenario, progress: Watch | None = None, *, rules: Sequence[Rule] = ()
) -> Plan:
    """Select programmes, their regions, years and funds, so that the plan is worth most.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    progress : callable, optional
        Called with a ``Step`` now and then while the solver works.
    rules : sequence of Rule
        Of your own, beside those that every plan keeps: rows over the model's variables, and an audit. Where
        they leave no plan, the error names those that clash, and ways out that their relaxations allow.

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
        If no plan was found, which does not mean that there is none, or the plan found fails the audit.
    ValueError
        If a rule has the name of another.

    Notes
    -----
    The search takes at most ``solver.effort`` (see ``jspmodel.solver.effort``), counted in work that is the
    same on any machine: the same input gives the same plan, however busy the machine is and however many
    threads there are. ``solver.time_limit`` is a safety net: the search is in a process of its own that is
    ended soon after, with the best plan it had told; ``stopped_by_clock`` then says that another run may find
    another plan.
    """
    measure.require_plan_tables(case)
    refuse(scenario)
    limit = scenario.solver.time_limit or inf
    clock = Clock(SEARCH * limit)
    with borrow_worker() as worker:  # the child wakes up while the model is stated
        inputs = read_inputs(case, scenario)
        hopeless_locks(inputs)
        formulation = formulate(inputs, rules=rules)
        model = Model(formulation, scenario.solver)
        column_map = read_column_map(formulation, model)
        worker.load(model.matrix, column_map, model.options)
        work = effort_units(scenario.solver.effort, model.matrix.entries)
        judge = measure.measure_of(case, scenario)
        stages = Stages(formulation, model, column_map, worker, judge, Effort(work, clock.left), progress)
        try:
            outcome = stages.run()
        except (InfeasibleError, SolverError) as error:
            explain = Effort(EXPLAIN * work, max(clock.left, EXPLAIN * limit))
            raise explained(error, inputs, stages.floor, explain, rules) from error
    worth = worth_of(case, scenario)
    choices = settled(formulation, model, column_map, outcome.choices, worth)
    outcome = replace(outcome, choices=choices)
    payments = pay(formulation, model, choices)
    verdict = _audited(case, scenario, outcome, payments, rules)
    outcome = _believed(outcome, verdict.objective, inputs)
    returns = _returns(case, choices, judge.years, worth)
    explain = Effort(EXPLAIN * work, max(clock.left, EXPLAIN * limit))
    reasons = Reasons(formulation, model, column_map, choices, returns, worth, explain).all()
    return _Writer(case, scenario, judge, outcome, returns).plan(payments, reasons, verdict, tie(inputs))


def _audited(
    case: Case,
    scenario: Scenario,
    outcome: SelectionResult,
    payments: Sequence[Payment],
    rules: Sequence[Rule],
) -> Audit:
    verdict = audit(case, scenario, outcome.choices, payments, floor=outcome.floor, rules=rules)
    broken = ", ".join(check.rule for check in verdict.checks if check.worst > TOLERANCE)
    if broken:
        raise SolverError(
            f"The solver's plan did not pass the audit: {broken}.",
            [Problem("audit_failed", values={"rules": broken})],
        )
    return verdict


def _believed(outcome: SelectionResult, objective: float, inputs: Inputs) -> SelectionResult:
    """Drop a bound that the plan, by the measure, contradicts: what no plan can exceed is left."""
    bound, dropped = least_bound(objective, [outcome.bound, largest(inputs)])
    return replace(outcome, bound=bound, dropped=outcome.dropped + dropped)


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
    outcome: SelectionResult
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
            dropped_bounds=self.outcome.dropped,
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
        sizes = dict(zip(self.case.programs["program"], self.case.programs["option_of"], strict=True))
        programs = []
        for program, (reason, values) in reasons.items():
            choice, gives = chosen.get(program), self.returns.get(program, Return(0.0, 0.0))
            programs.append(
                PlannedProgram(
                    program=program,
                    option_of=sizes[program],
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
