"""A plan laid beside the tables: what the audit looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice, Payment
from jspmodel.scenario import Scenario

Finding = tuple[float, dict[str, str]]
"""By how much an instance of a rule is broken (0 or less: kept), and its codes: program, region, year ..."""


@dataclass(frozen=True, eq=False)
class PlanView:
    """What the audit looks at.

    Attributes
    ----------
    programs : DataFrame by program
        The table of programmes.
    choices : tuple of Choice
        As the plan has them.
    payments : DataFrame
        Columns program, fund, year, amount.
    costs : dict of program to DataFrame, regions (and ``""``) by years
        Rp billion.
    floor : float
        Impact asked for in each region, in percent.
    """

    case: Case
    scenario: Scenario
    years: tuple[int, ...]
    programs: pd.DataFrame
    choices: tuple[Choice, ...]
    payments: pd.DataFrame
    costs: dict[str, pd.DataFrame]
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
        columns = ["program", "fund", "year", "amount"]
        paid = pd.DataFrame([payment.model_dump() for payment in payments], columns=columns)
        years, programs = measure.horizon(case, scenario), case.programs.set_index("program")
        known = (choice for choice in choices if choice.program in programs.index)
        costs = {choice.program: measure.yearly_costs(case, choice, years) for choice in known}
        return cls(case, scenario, years, programs, tuple(choices), paid, costs, floor)

    @property
    def chosen(self) -> dict[str, Choice]:
        """Return the choices by programme."""
        return {choice.program: choice for choice in self.choices}

    @cached_property
    def regions_of(self) -> dict[str, pd.DataFrame]:
        """Return the rows of program_regions by programme; not there: none."""
        return dict(iter(self.case.program_regions.groupby("program", sort=False)))

    @cached_property
    def built_over(self) -> dict[str, int]:
        """Return the last offset of the build costs by programme; not there: none."""
        costs = self.case.program_costs
        built = costs[costs["kind"] == "build"].fillna({"offset": 0})
        return built.groupby("program")["offset"].max().astype(int).to_dict()

    def of(self, choice: Choice, column: str) -> float:
        """Return a number of the programme; NaN where blank."""
        return float(self.programs.at[choice.program, column])

    def rows_of(self, choice: Choice) -> pd.DataFrame:
        """Return the rows of program_regions of a programme."""
        return self.regions_of.get(choice.program, self.case.program_regions.iloc[:0])

    def last_year(self, choice: Choice) -> int:
        """Return the year at whose end the programme is delivered."""
        return choice.start + int(self.of(choice, "duration")) - 1

    def links(self, kind: str) -> list[tuple[str, str]]:
        """Return the pairs of programmes with a link of a kind."""
        rows = self.case.program_links[self.case.program_links["kind"] == kind]
        return list(zip(rows["program"], rows["other"], strict=True))


def starting(choice: Choice) -> dict[str, str]:
    """Return the codes of a programme that starts in a year."""
    return {"program": choice.program, "year": str(choice.start)}


def place(**codes: object) -> dict[str, str]:
    """Return codes as text."""
    return {name: str(code) for name, code in codes.items()}
