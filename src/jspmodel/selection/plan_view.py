"""A plan laid beside the tables: what the audit looks at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import once, records, shared_once, sums, unless_blank
from jspmodel.plan import Choice, Payment
from jspmodel.scenario import Scenario

Finding = tuple[float, dict[str, str]]
"""By how much an instance of a rule is broken (0 or less: kept), and its codes: program, region, year ..."""


@dataclass(frozen=True, eq=False)
class PlanView:
    """What the audit looks at.

    Attributes
    ----------
    choices : tuple of Choice
        As the plan has them.
    paying : tuple of Payment
        As the plan has them.
    floor : float
        Impact asked for in each region, in percent.
    """

    case: Case
    scenario: Scenario
    years: tuple[int, ...]
    choices: tuple[Choice, ...]
    paying: tuple[Payment, ...]
    floor: float

    @classmethod
    def of_plan(
        cls,
        case: Case,
        scenario: Scenario,
        choices: Sequence[Choice],
        payments: Sequence[Payment],
        floor: float,
    ) -> PlanView:
        """Lay out a plan."""
        return cls(case, scenario, measure.horizon(case, scenario), tuple(choices), tuple(payments), floor)

    @cached_property
    def programs(self) -> pd.DataFrame:
        """Return the table of programmes, by programme."""
        return self.case.programs.set_index("program")

    @cached_property
    def payments(self) -> pd.DataFrame:
        """Return the payments as a table: program, fund, year, amount."""
        return pd.DataFrame([payment.model_dump() for payment in self.paying], columns=list(_PAID))

    @cached_property
    def chosen(self) -> dict[str, Choice]:
        """Return the choices by programme."""
        return {choice.program: choice for choice in self.choices}

    @cached_property
    def costs(self) -> dict[str, pd.DataFrame]:
        """Return what each programme costs, regions (and ``""``) by years (Rp billion)."""
        return {choice.program: _costs(self.case, self.scenario, choice) for choice in self.choices}

    @cached_property
    def due(self) -> dict[str, dict[int, float]]:
        """Return what each programme costs in each year (Rp billion)."""
        return {choice.program: _due(self.case, self.scenario, choice) for choice in self.choices}

    @cached_property
    def built_over(self) -> dict[str, int]:
        """Return the last offset of the build costs by programme; not there: none."""
        return _built_over(self.case)

    def paid(self, *columns: str) -> dict[tuple[Any, ...], float]:
        """Return what is paid by columns of the payments, in the order of their codes (Rp billion)."""
        code = attrgetter(*columns)
        return _in_order((code(payment), payment.amount) for payment in self.paying)

    @property
    def paid_by_regions(self) -> dict[tuple[Any, ...], float]:
        """Return what funds that regions hold pay, by programme, region and year (Rp billion)."""
        holders = measure.holders(self.case)
        held = (payment for payment in self.paying if payment.fund in holders)
        return _in_order(((item.program, holders[item.fund], item.year), item.amount) for item in held)

    def of(self, choice: Choice, column: str) -> float:
        """Return a number of the programme; NaN where blank."""
        return float(self.entries(column)[choice.program])

    def entries(self, column: str) -> dict[str, Any]:
        """Return what stands in a column of the table of programmes, by programme."""
        return _entries(self.case, column)

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Return the plain values of columns of a table, row by row; read once for all plans of a case."""
        return _rows(self.case, table, *columns)

    def places_of(self, choice: Choice) -> list[tuple[str, bool, float]]:
        """Return the rows of program_regions of a programme: region, mandatory, volume (NaN where blank)."""
        return _places_of(self.case).get(choice.program, [])

    def last_year(self, choice: Choice) -> int:
        """Return the year at whose end the programme is delivered."""
        return choice.start + int(self.of(choice, "duration")) - 1

    def links(self, kind: str) -> list[tuple[str, str]]:
        """Return the pairs of programmes with a link of a kind."""
        return _links(self.case, kind)


_PAID = ("program", "fund", "year", "amount")


@shared_once
def _rows(case: Case, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return list(records(getattr(case, table), *columns))


@shared_once
def _entries(case: Case, column: str) -> dict[str, Any]:
    return dict(records(case.programs, "program", column))


@once
def _costs(case: Case, scenario: Scenario, choice: Choice) -> pd.DataFrame:
    return measure.yearly_costs(case, choice, measure.horizon(case, scenario))


@once
def _due(case: Case, scenario: Scenario, choice: Choice) -> dict[int, float]:
    costs = _costs(case, scenario, choice)
    added = np.ascontiguousarray(costs.to_numpy().T).sum(axis=1)  # as pandas adds up, in a tenth of its time
    return dict(zip(costs.columns, added.tolist(), strict=True))


@shared_once
def _places_of(case: Case) -> dict[str, list[tuple[str, bool, float]]]:
    places: dict[str, list[tuple[str, bool, float]]] = defaultdict(list)
    columns = ("program", "region", "mandatory", "volume")
    for program, region, mandatory, volume in records(case.program_regions, *columns):
        places[program].append((region, mandatory, volume))
    return dict(places)


@once
def _built_over(case: Case) -> dict[str, int]:
    built: dict[str, int] = {}
    for program, kind, offset in records(case.program_costs, "program", "kind", "offset"):
        if kind == "build":
            later = int(unless_blank(offset, 0.0))
            built[program] = max(later, built.get(program, later))
    return built


@once
def _links(case: Case, kind: str) -> list[tuple[str, str]]:
    rows = records(case.program_links, "kind", "program", "other")
    return [(program, other) for found, program, other in rows if found == kind]


def _in_order(cells: Iterable[tuple[tuple[Any, ...], float]]) -> dict[tuple[Any, ...], float]:
    return dict(sorted(sums(cells).items()))


def starting(choice: Choice) -> dict[str, str]:
    """Return the codes of a programme that starts in a year."""
    return {"program": choice.program, "year": str(choice.start)}


def place(**codes: object) -> dict[str, str]:
    """Return codes as text."""
    return {name: str(code) for name, code in codes.items()}
