"""Why each programme is or is not in the plan: a code, and the values that fill its wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from jspmodel import measure
from jspmodel.measure import sums
from jspmodel.plan import Choice
from jspmodel.selection.formulation import Formulation, Model
from jspmodel.selection.infeasibility import deletion_filter
from jspmodel.selection.inputs import Proposal
from jspmodel.selection.objectives import objective_of
from jspmodel.selection.rules import RULES, Reason, Shortage
from jspmodel.selection.search import DIGITS, as_chosen, read_choices
from jspmodel.selection.variables import label, read_kind
from jspmodel.solver import NOT_FIXED, Array, ColumnMap, Effort, Matrix, maximise, restrict, with_columns

NODES = 200
"""Nodes of the search for how a programme could come in beside the plan."""
NOTHING = 1e-6
"""Rp billion, or points, that count as none."""
OWN = 1e-4
"""How much worse it is that a region's own money is missing than anybody's, which is told where both do."""


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
    column_map : ColumnMap
        Of its columns.
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
    column_map: ColumnMap
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
        return objective_of(inputs.scenario).chosen, values

    def _plain(self, p: Proposal) -> Iterator[Reason]:
        """Reasons that need no search."""
        inputs = self.formulation.inputs
        if not objective_of(inputs.scenario).helps(inputs, p):
            yield "no_effect", {}
        for rule in reversed(RULES):
            if rule.refuses is not None:
                yield from rule.refuses(inputs, p, self.returns)

    def _ask(self, p: Proposal) -> Reason:
        """Force the programme into the plan and see how much money is missing in the cheapest way."""
        if self.effort.over:
            return "not_examined", {}
        whole, held = self._with_missing(p), self._beside_the_plan(p)
        found, impossible = self._way_in(whole, held)
        if found is not None:
            return self._lacks(p, found)
        return self._blocked(p, whole, held) if impossible else ("not_examined", {})

    def _way_in(self, whole: Matrix, held: Array) -> tuple[Array | None, bool]:
        """Return the cheapest way in beside what is held, and whether it is proven that there is none."""
        restriction = restrict(whole, np.append(held, np.full(len(whole.cost) - len(held), NOT_FIXED)))
        options, seconds = self.model.options, self.effort.seconds
        found = maximise(restriction.matrix, options, 0.0, nodes=NODES, seconds=seconds)
        self.effort.spend(found.work)
        values = None if found.values is None else restriction.expand(found.values)
        return values, found.status == "infeasible"

    def _with_missing(self, p: Proposal) -> Matrix:
        """Return the model in which the programme starts; money for it may be missing, which is counted."""
        rows, matrix = self.model.rows, self.model.matrix
        years, sources = self.formulation.inputs.years, self._sources(p)
        short = [
            {
                rows[label("cost_paid", p.code, year)]: 1.0,
                rows[label("year_budget", year)]: -1.0,
                **self._counted(p, year),
                **({rows[label("cofunding", p.code, region, year)]: 1.0} if region else {}),
            }
            for year, region in sources
        ]
        built = sum(amount for parts in p.build.values() for amount in parts.values())
        most = built + len(years) * sum(p.run.values())
        with_short = with_columns(replace(matrix, cost=np.zeros(len(matrix.cost))), short, -1.0, most)
        dearer = [OWN * bool(region) for _, region in sources]
        with_short.cost[len(matrix.cost) :] -= dearer
        if len(p.starts) == 1:
            return with_short
        row_lower = with_short.row_lower.copy()
        row_lower[rows[label("start_once", p.code)]] = 1.0
        return replace(with_short, row_lower=row_lower)

    def _sources(self, p: Proposal) -> list[tuple[int, str]]:
        """Return whose money may be missing: year, and region where it counts as its share, or blank."""
        rows, years = self.model.rows, self.formulation.inputs.years
        due = [year for year in years if label("cost_paid", p.code, year) in rows]
        own = ((year, r) for r in p.regions for year in due)
        return [
            *((year, "") for year in due),
            *((year, r) for year, r in own if label("cofunding", p.code, r, year) in rows),
        ]

    def _counted(self, p: Proposal, year: int) -> dict[int, float]:
        """Return what missing money adds to rows about what is spent: it would come from the same funds."""
        counting = [rule.counts(self.formulation.inputs, p, year) for rule in RULES if rule.counts]
        return {
            self.model.rows[one.row]: one.factor
            for rule in counting
            for one in rule
            if one.inside and not one.by_cost
        }

    def _beside_the_plan(self, p: Proposal) -> Array:
        """Hold the plan; leave open how the programme starts and who pays.

        What the plan is worth is left out, so that no rule about impact asks anything: more never lowers it.
        """
        variables, place = self.formulation.variables, self.model.columns
        fixed = as_chosen(self.model, variables, self.choices)
        payers = {p.code, *self.returns}
        own = [v for key, v in (*variables.start.items(), *variables.join.items()) if key[0] == p.code]
        pays = [pay for key, pay in variables.pay.items() if key[0] in payers]
        for variable in (*own, *pays, *variables.retired.values()):
            fixed[place[variable.hash]] = NOT_FIXED
        if len(p.starts) == 1:
            fixed[place[variables.start[p.code, p.starts[0]].hash]] = 1.0
        return fixed

    def _blocked(self, p: Proposal, whole: Matrix, held: Array) -> Reason:
        """Return what leaves no room beside the plan, however much money there is.

        An irreducible set of rules: without any one of them there is a way in.
        """
        if self._way_in(self._without(whole, list(self._rows)), held)[1]:
            return "other_rules", {}

        def clashing(kept: Sequence[str]) -> bool | None:
            let_go = [name for name in self._rows if name not in kept]
            return None if self.effort.over else self._way_in(self._without(whole, let_go), held)[1]

        binding, sure = deletion_filter(list(self._rows), clashing)
        if not sure:
            return "not_examined", {}
        rules = [rule for rule in self.formulation.rules if rule.name in binding]
        # "At least one region" is nearly always among them, and says nothing beside what explains itself.
        telling = [rule for rule in rules if rule.blocks or rule not in RULES]
        only = telling[0].blocks if len(telling) == 1 else None
        told = None if only is None else next(only(self.formulation.inputs, p), None)
        return told or ("blocked_by", {"rules": " ".join(rule.name for rule in telling or rules)})

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """The rows of each rule that can give way, by its name."""
        rules = self.formulation.rules
        kinds = {relaxation.row: rule.name for rule in rules for relaxation in rule.relaxations}
        # The rows of a rule of somebody's own have its name.
        kinds |= {rule.name: rule.name for rule in rules}
        rows: dict[str, list[int]] = {rule.name: [] for rule in rules}
        for name, place in self.model.rows.items():
            if (rule := kinds.get(read_kind(name))) is not None:
                rows[rule].append(place)
        return {name: places for name, places in rows.items() if places}

    def _without(self, whole: Matrix, let_go: Sequence[str]) -> Matrix:
        """Return the model without the rows of some rules."""
        lower, upper = whole.row_lower.copy(), whole.row_upper.copy()
        for name in let_go:
            lower[self._rows[name]], upper[self._rows[name]] = -np.inf, np.inf
        return replace(whole, row_lower=lower, row_upper=upper)

    def _lacks(self, p: Proposal, found: Array) -> Reason:
        missing = np.round(found[len(self.model.matrix.cost) :], DIGITS)
        short = float(missing.sum())
        variables = self.formulation.variables
        choices = read_choices(found, variables.start, variables.join, self.column_map)
        added = next(choice for choice in choices if choice.program == p.code)
        gain = self.worth([*self.choices, added]) - self.worth(self.choices)
        years = self.formulation.inputs.years
        due = measure.yearly_costs(self.formulation.inputs.case, added, years).sum()
        cost = float(due.sum())
        if short <= NOTHING:
            return ("adds_nothing", {}) if gain <= NOTHING else ("not_reached", {"gain": gain, "cost": cost})
        values: dict[str, str | float | int] = {"short": short, "gain": gain, "cost": cost}
        few = NOTHING / len(years)
        lacks = dict(zip(self._sources(p), missing.tolist(), strict=True))
        lacking = {
            year: lack for year, lack in sums((y, x) for (y, _), x in lacks.items()).items() if lack > few
        }
        told = " ".join(map(str, lacking))
        values |= {"regions": " ".join(added.regions), "start": added.start, "years": told}
        own = {(region, year): lack for (year, region), lack in lacks.items() if region and lack > few}
        shortage = Shortage(lacking, due.to_dict(), self._left(found), own)
        for rule in RULES:
            for reason, more in rule.withheld(self.formulation.inputs, p, shortage) if rule.withheld else ():
                return reason, {**values, **more}
        rivals = [
            self.returns[c.program] for c in self.choices if self._why_in(c.program)[0].startswith("chosen")
        ]
        less = bool(rivals) and all(gain * rival.cost < rival.impact * cost for rival in rivals)
        return ("less_impact" if less else "money"), values

    def _left(self, found: Array) -> dict[tuple[str, int], float]:
        """Return what funds have left in a solution."""
        left = dict(self.formulation.inputs.budgets)
        for (_, fund, year), pay in self.formulation.variables.pay.items():
            left[fund, year] -= float(found[self.model.columns[pay.hash]])
        return left
