"""Why each programme is or is not in the plan: a code, and the values that fill its wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pulp

from jspmodel import measure
from jspmodel.plan import Choice
from jspmodel.selection.formulation import Formulation
from jspmodel.selection.inputs import Proposal
from jspmodel.selection.plans import hold, read_choices
from jspmodel.selection.solve import Answer, Model
from jspmodel.selection.variables import label
from jspmodel.solver.clock import Clock

Reason = tuple[str, dict[str, str | float | int]]

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
        Holds the equity floor, if there is one; missing money is added to it as variables.
    choices : tuple of Choice
        The plan.
    returns : mapping of program to Return
        Of the programmes in the plan.
    worth : callable
        The objective of given choices.
    clock : Clock
        What is not asked in time is not examined.
    """

    formulation: Formulation
    model: Model
    choices: tuple[Choice, ...]
    returns: Mapping[str, Return]
    worth: Callable[[Sequence[Choice]], float]
    clock: Clock
    _missing: dict[tuple[str, int], pulp.LpVariable] = field(default_factory=dict)

    def all(self) -> dict[str, Reason]:
        """Return the reason of every programme of the case, in table order."""
        programs = list(self.formulation.inputs.case.programs["program"])
        left = [
            self.formulation.inputs.proposals.get(program)
            for program in programs
            if program not in self.returns
        ]
        self._add_missing([proposal for proposal in left if proposal])
        reasons = {program: self._reason(program) for program in programs}
        self.model.aim(self.formulation.problem.objective)
        return reasons

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

    def _add_missing(self, left: Sequence[Proposal]) -> None:
        """Let money be missing for programmes that are not in the plan; none may be, until asked."""
        for p in left:
            for year in self.formulation.inputs.years:
                if (row := label("cost_paid", p.code, year)) in self.model.rows:
                    short = self.formulation.problem.add_variable(label("missing", p.code, year), 0, 0)
                    self.model.add(short, {row: 1.0, label("year_budget", year): -1.0})
                    self._missing[p.code, year] = short
        self.model.aim(dict.fromkeys(self._missing.values(), -1.0))

    def _ask(self, p: Proposal) -> Reason:
        """Force the programme into the plan and see how much money is missing in the cheapest way."""
        if not self.clock.left:
            return "not_examined", {}
        built = sum(amount for parts in p.build.values() for amount in parts.values())
        most = built + len(self.formulation.inputs.years) * sum(p.run.values())
        hold(self.formulation, self.model, self.choices, free={p.code})
        if len(p.starts) > 1:
            self.model.bind([label("start_once", p.code)])
        else:
            self.model.limit([(self.formulation.variables.start[p.code, p.starts[0]], 1, 1)])
        self.model.limit((short, 0, most) for (code, _), short in self._missing.items() if code == p.code)
        answer = self.model.maximise(self.clock.left, 0.0)
        self.model.reset()
        if answer.found:
            return self._lacks(p, answer)
        return self._blocked(p) if answer.status == "infeasible" else ("not_examined", {})

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

    def _lacks(self, p: Proposal, answer: Answer) -> Reason:
        short = sum(value for (code, _), value in answer.of(self._missing).items() if code == p.code)
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
