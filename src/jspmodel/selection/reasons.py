"""Why each programme is or is not in the plan: a code, and the values that fill its wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.selection.formulation import Formulation
from jspmodel.selection.inputs import Proposal
from jspmodel.selection.plans import as_chosen, read_choices
from jspmodel.selection.solve import Model
from jspmodel.selection.variables import label
from jspmodel.solver.effort import Effort
from jspmodel.solver.highs import maximise
from jspmodel.solver.matrix import FREE, Array, Matrix, restrict, with_columns

Reason = tuple[str, dict[str, str | float | int]]

NODES = 200
"""Nodes of the search for how a programme could come in beside the plan."""
NOTHING = 1e-6
"""Rp billion, or points, that count as none."""


@dataclass(frozen=True)
class Return:
    """What a programme of the plan is worth (points lost without it) and costs (Rp billion)."""

    impact: float
    cost: float


@dataclass
class Reasons:
    """Finds the reasons for one plan.

    Attributes
    ----------
    formulation : Formulation
    model : Model
        Unchanged when it is asked.
    choices : tuple of Choice
        The plan.
    returns : mapping of program to Return
        Of the programmes in the plan.
    worth : callable
        The objective of given choices.
    effort : Effort
        What no effort is left for is not examined.
    """

    formulation: Formulation
    model: Model
    choices: tuple[Choice, ...]
    returns: Mapping[str, Return]
    worth: Callable[[Sequence[Choice]], float]
    effort: Effort

    def all(self) -> dict[str, Reason]:
        """Return the reason of every programme of the case, in table order."""
        programs = list(self.formulation.inputs.case.programs["program"])
        return {program: self._reason(program) for program in programs}

    def _reason(self, program: str) -> Reason:
        if program in self.returns:
            return self._why_in(program)
        proposal = self.formulation.inputs.proposals.get(program)
        if program in self.formulation.inputs.scenario.locked_out:
            return "locked_out", {}
        if proposal is None:
            return "no_start_year", {"last_year": self.formulation.inputs.years[-1]}
        return next(self._plain(proposal), None) or self._ask(proposal)

    def _why_in(self, program: str) -> Reason:
        inputs, gives = self.formulation.inputs, self.returns[program]
        if program in {lock.program for lock in inputs.scenario.locked_in}:
            return "locked_in", {}
        values: dict[str, str | float | int] = {"gain": gives.impact, "cost": gives.cost}
        for other, needed, _ in inputs.links("requires"):
            if needed == program and other in self.returns and gives.impact < self.returns[other].impact:
                return "needed_by", {"program": other, **values}
        return ("chosen_score" if inputs.scenario.objective == "score" else "chosen"), values

    def _plain(self, p: Proposal) -> Iterator[Reason]:
        """Reasons that need no search."""
        inputs = self.formulation.inputs
        if not self._has_effect(p):
            yield "no_effect", {}
        for one, other, _ in inputs.links("excludes"):
            if p.code in (one, other) and (rival := other if p.code == one else one) in self.returns:
                yield "excluded_by", {"program": rival}
        for program, needed, _ in inputs.links("requires"):
            if program == p.code and needed not in self.returns:
                yield "needs_other", {"program": needed}
        volume = sum(p.volumes.values())
        if volume < p.min_volume:
            yield "coalition_volume", {"needed": p.min_volume, "possible": volume}
        if p.joint and p.regions and len(p.regions) < p.min_regions:
            yield "coalition_regions", {"needed": p.min_regions, "possible": len(p.regions)}

    def _has_effect(self, p: Proposal) -> bool:
        inputs = self.formulation.inputs
        if inputs.scenario.objective == "score":
            return p.score > 0
        return any((issue, region) in inputs.need for issue in inputs.effects[p.code] for region in p.regions)

    def _ask(self, p: Proposal) -> Reason:
        """Force the programme into the plan and see how much money is missing in the cheapest way."""
        if self.effort.over:
            return "not_examined", {}
        whole = self._with_missing(p)
        part = restrict(whole, self._beside_the_plan(p, len(whole.cost)))
        answer = maximise(part.matrix, self.model.options, 0.0, nodes=NODES, seconds=self.effort.seconds)
        self.effort.spend(answer.work)
        if answer.values is not None:
            return self._lacks(p, part.whole(answer.values))
        return self._blocked(p) if answer.status == "infeasible" else ("not_examined", {})

    def _with_missing(self, p: Proposal) -> Matrix:
        """Return the model in which the programme starts; money for it may be missing, which is counted."""
        rows, matrix = self.model.rows, self.model.matrix
        years = self.formulation.inputs.years
        paid = [label("cost_paid", p.code, year) for year in years]
        short = [
            {rows[paid_]: 1.0, rows[label("year_budget", year)]: -1.0}
            for year, paid_ in zip(years, paid, strict=True)
            if paid_ in rows
        ]
        built = sum(amount for parts in p.build.values() for amount in parts.values())
        most = built + len(years) * sum(p.run.values())
        with_short = with_columns(replace(matrix, cost=np.zeros(len(matrix.cost))), short, -1.0, most)
        if len(p.starts) == 1:
            return with_short
        row_lower = with_short.row_lower.copy()
        row_lower[rows[label("start_once", p.code)]] = 1.0
        return replace(with_short, row_lower=row_lower)

    def _beside_the_plan(self, p: Proposal, columns: int) -> Array:
        """Hold the plan; leave open how the programme starts, who pays, and what may be missing.

        What the plan is worth is left out, so that no rule about impact asks anything: more never lowers it.
        """
        variables, place = self.formulation.variables, self.model.columns
        fixed = np.full(columns, FREE)
        fixed[: len(self.model.matrix.cost)] = as_chosen(self.model, variables, self.choices)
        payers = {p.code, *self.returns}
        own = [v for key, v in (*variables.start.items(), *variables.join.items()) if key[0] == p.code]
        pays = [pay for key, pay in variables.pay.items() if key[0] in payers]
        for variable in (*own, *pays, *variables.retired.values()):
            fixed[place[variable.hash]] = FREE
        if len(p.starts) == 1:
            fixed[place[variables.start[p.code, p.starts[0]].hash]] = 1.0
        return fixed

    def _blocked(self, p: Proposal) -> Reason:
        """No money would help: some other rule leaves no room beside the plan."""
        inputs = self.formulation.inputs
        for program, needed, _ in inputs.links("requires"):
            if program == p.code:
                return "needs_earlier", {"program": needed}
        if inputs.scenario.no_new_systems and p.new_systems > 0:
            return "new_systems", {"count": int(p.new_systems)}
        if p.agency in inputs.max_parallel:
            return "agency_busy", {"agency": p.agency}
        if p.required_maturity > 0:
            return "maturity", {"level": p.required_maturity}
        return "other_rules", {}

    def _lacks(self, p: Proposal, found: Array) -> Reason:
        short = float(found[len(self.model.matrix.cost) :].sum())
        answer = self.model.answer(found, 0.0, 0.0)
        added = next(c for c in read_choices(answer, self.formulation.variables) if c.program == p.code)
        gain = self.worth([*self.choices, added]) - self.worth(self.choices)
        years = self.formulation.inputs.years
        cost = float(measure.yearly_costs(self.formulation.inputs.case, added, years).to_numpy().sum())
        if short <= NOTHING:
            return ("adds_nothing", {}) if gain <= NOTHING else ("not_reached", {"gain": gain, "cost": cost})
        values: dict[str, str | float | int] = {"short": short, "gain": gain, "cost": cost}
        rivals = [
            self.returns[c.program] for c in self.choices if self._why_in(c.program)[0].startswith("chosen")
        ]
        less = bool(rivals) and all(gain * rival.cost < rival.impact * cost for rival in rivals)
        return ("less_impact" if less else "money"), values
