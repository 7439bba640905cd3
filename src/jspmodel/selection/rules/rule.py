"""What a rule of the selection is: one value with all that others need of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import floor, isnan
from typing import Any

import pulp

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.scenario import Scenario
from jspmodel.selection.inputs import Inputs, Proposal
from jspmodel.selection.plan_view import Finding, PlanView
from jspmodel.selection.rules.left_out import Frees, Part
from jspmodel.selection.variables import Family, Variables

Values = dict[str, Any]
"""What fills the places of a wording."""
Reason = tuple[str, dict[str, str | float | int]]
"""Code of a reason, and what fills its wording."""
Assumption = tuple[str, Values]
"""Name of a sentence (``assumption_<name>``), and what fills it: shares as fractions, codes as lists, or each
under the name of its column, to be called by its name."""
OwnRows = Iterator[tuple[tuple[str, ...], pulp.LpConstraint]]
"""Codes of a constraint, and a row that states it."""


@dataclass(frozen=True)
class Constraint:
    """One instance of what a rule asks, such as the budget of a fund in a year.

    Attributes
    ----------
    kind : str
        Of ``Relaxation``; words are under ``clash_<kind>`` and ``way_<kind>``.
    codes : tuple of str
        What names it: fund and year, programme and region.
    own : str
        Name of the rule, where it is one of somebody's own.
    """

    kind: str
    codes: tuple[str, ...] = ()
    own: str = ""

    @property
    def group(self) -> tuple[str, str]:
        """What tells its relaxation from all others."""
        return self.own, self.kind

    def __str__(self) -> str:
        """Return what it is of, and what names it."""
        return " ".join(part for part in (self.own, self.kind, *self.codes) if part)


@dataclass(frozen=True, eq=False)
class LinearSolution:
    """A solution of the linear relaxation, for prices: what variables are worth in it."""

    variables: Variables
    inputs: Inputs
    value: Callable[[pulp.LpVariable], float]

    def starts(self, codes: tuple[str, ...]) -> float:
        """Return how much of a programme starts in a year: the first and the last of the codes."""
        return self.value(self.variables.start[codes[0], int(codes[-1])])


STEPS = 1000
"""Amounts of money are told in steps of Rp 1 million, shares in thousandths."""


def rounded_down(amount: float) -> float:
    """Return an amount in the steps in which it is told, not more than it is."""
    return floor(amount * STEPS + 1e-3) / STEPS


def figure(inputs: Inputs, program: str, column: str) -> float:
    """Return a number of the table of programmes; 1 where blank."""
    table = inputs.case.programs
    value = float(table.loc[table["program"] == program, column].iloc[0])
    return 1 if isnan(value) else int(value) if value == int(value) else value


def all_costs(inputs: Inputs, codes: tuple[str, ...]) -> float:
    """Return more than can be paid at all, in Rp billion."""
    return inputs.all_costs


def _nothing(*_: object) -> Values:
    return {}


def _size(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    return abs(dual)


def per_start(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    """Return what a unit less asked of a programme that starts adds; its start is in the row's codes."""
    return abs(dual) * solution.starts(codes)


def staying_away(dual: float, codes: tuple[str, ...], solution: LinearSolution) -> float:
    """Return what a region that stays away adds; nothing is gained by joining what does not start."""
    return max(0.0, -dual) * solution.starts(codes)


def _sum(first: float, second: float) -> float:
    return first + second


@dataclass(frozen=True, eq=False)
class Relaxation:
    """How a planner can change what a rule asks; its instances are ``Constraint``.

    Attributes
    ----------
    kind : str
    codes : tuple of str
        What the codes that name a constraint are: ``("fund", "year")``.
    row : str
        Kind of the rows (the first part of their names) that state it, one of ``Rule.rows``.
    states : callable, optional
        (variables and inputs without any rule, inputs with all) to rows of their own, for what the model
        keeps by having no variables for it.
    frees : callable, optional
        (case, scenario) to both without the rule, where the model keeps it by having no variables.
    kept : int
        Of constraints that clash, those with the least number are told, where others could go.
    offered : int, optional
        Changed by one figure or line, and so offered before all others, the least number first.
    happened : bool
        Whether a constraint of a programme that has begun or was given up is a fact: no way out touches it.
    each : bool
        Whether each row is broken by an amount of its own; else all of a constraint by the same.
    setting : bool
        Whether one setting states all its constraints.
    merged : bool
        Whether several constraints are told in one sentence.
    asks : callable
        (inputs, codes, floor) to what it asks for, in words' places; ``floor`` in percent.
    gives : callable
        (inputs, codes, floor, amount) to what would do instead, if it gives way by an amount.
    most : callable, optional
        (inputs, codes) to more than it can be broken by; else any count or percentage will do.
    gain : callable
        (dual, codes of the row, ``LinearSolution``) to what a unit of leeway in a row adds to the objective.
    together : callable
        Of the gains of two rows of a constraint, that of both.
    """

    kind: str
    kept: int
    codes: tuple[str, ...] = ()
    row: str = ""
    states: Callable[[Variables, Inputs, Inputs], OwnRows] | None = None
    frees: Frees | None = None
    offered: int | None = None
    happened: bool = False
    each: bool = False
    setting: bool = False
    merged: bool = False
    asks: Callable[[Inputs, tuple[str, ...], float], Values] = _nothing
    gives: Callable[[Inputs, tuple[str, ...], float, float], Values] = _nothing
    most: Callable[[Inputs, tuple[str, ...]], float] | None = None
    gain: Callable[[float, tuple[str, ...], LinearSolution], float] = _size
    together: Callable[[float, float], float] = _sum


@dataclass(frozen=True, eq=False)
class Demand:
    """What a rule asks for that a plan without programmes lacks.

    Attributes
    ----------
    tells : callable
        (case, scenario) to what it asks for, as settings and tables say it; nothing where it is off.
    off : mapping of str to object
        The settings with which it asks for nothing.
    single : callable, optional
        Inputs to the same inputs with one thing asked for each, other settings as they are; none where what
        it asks for is known only after a search.
    meets : callable, optional
        (inputs, what could be done without rules) to programmes that can be what it asks for.
    """

    tells: Callable[[Case, Scenario], Iterator[str]]
    off: Mapping[str, object]
    single: Callable[[Inputs], Iterator[Inputs]] | None = None
    meets: Callable[[Inputs, Inputs], Iterator[str]] | None = None


@dataclass(frozen=True)
class Counted:
    """A row about what is spent in a year, and a programme's place in it.

    Attributes
    ----------
    row : str
        Its name.
    factor : float
        What a rupiah that is spent on the programme adds to it.
    by_cost : bool
        Whether costs stand in it, so that what is saved is still in it; else payments do, so that what is
        paid beside them is not.
    inside : bool
        Whether it counts whatever may pay for the programme.
    """

    row: str
    factor: float
    by_cost: bool
    inside: bool


def asking(inputs: Inputs, **settings: object) -> Inputs:
    """Return inputs that ask for something else."""
    return replace(inputs, scenario=inputs.scenario.model_copy(update=settings))


@dataclass(frozen=True, eq=False)
class Shortage:
    """What is missing for a programme beside a plan, in Rp billion.

    Attributes
    ----------
    missing : mapping of year to float
        Where something is.
    due : mapping of year to float
        What the programme costs.
    left : mapping of (fund, year) to float
        What funds have left.
    own : mapping of (region, year) to float
        What of that has to be a region's own money, as it must bear a share; where something is.
    """

    missing: Mapping[int, float]
    due: Mapping[int, float]
    left: Mapping[tuple[str, int], float]
    own: Mapping[tuple[str, int], float]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule: what the model states, what the audit computes again, how it is told.

    Attributes
    ----------
    name : str
        In ``plan.json``, in words and in docs.
    audit : callable
        Yields by how much each instance is broken, and where, from the tables alone: it shares no code with
        the rows.
    rows : tuple of callable
        What the model states; none where it has no variables for what breaks the rule.
    repeats : tuple of callable
        Rows that follow from others: they help the search but would blur the duals.
    relaxations : tuple of Relaxation
        What of it a planner can change.
    refuses : callable
        (inputs, proposal, programmes chosen) to reasons, known without a search, why a programme is not in.
    blocks : callable
        (inputs, proposal) to reasons that the rule may be, where no money would bring a programme in.
    withheld : callable
        (inputs, proposal, ``Shortage``) to reasons that the rule may be, where money is missing that funds
        have and may not pay.
    assumes : callable
        (case, scenario) to its sentences among the assumptions; none where it is off.
    demands : Demand
        What it asks for that nothing would be in the plan without.
    needs : callable
        (what could be done without rules, some programmes) to other programmes that those may need.
    counts : callable
        (inputs, proposal, year) to rows about what is spent in a year on several programmes, ``Counted``
        each, for what is spent on one, or saved, beside the payments of the model.
    hopeless : callable
        Inputs to what it asks for that cannot be carried out whatever else is done, a problem each.
    off : mapping of str to object
        The settings that switch it off; those of ``demands`` need not be told again.
    parts : callable
        (case, scenario) to what of it can be left out by itself, a ``Part`` each; none: only all of it.
    """

    name: str
    audit: Callable[[PlanView], Iterator[Finding]]
    rows: tuple[Family, ...] = ()
    repeats: tuple[Family, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    refuses: Callable[[Inputs, Proposal, Mapping[str, object]], Iterator[Reason]] | None = None
    blocks: Callable[[Inputs, Proposal], Iterator[Reason]] | None = None
    assumes: Callable[[Case, Scenario], Iterator[Assumption]] | None = None
    withheld: Callable[[Inputs, Proposal, Shortage], Iterator[Reason]] | None = None
    demands: Demand | None = None
    needs: Callable[[Inputs, Collection[str]], Iterator[str]] | None = None
    counts: Callable[[Inputs, Proposal, int], Iterator[Counted]] | None = None
    hopeless: Callable[[Inputs], Iterator[Problem]] | None = None
    off: Mapping[str, object] = field(default_factory=dict)
    parts: Callable[[Case, Scenario], Iterator[Part]] | None = None
