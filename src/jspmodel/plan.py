"""A plan: the answer of the selection, as it is written to ``plan.json``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.proof import Level, level, relative_gap

if TYPE_CHECKING:
    import pandas as pd

_ROUNDING = 1e-6
"""What a figure that cannot be negative may be below zero, and a share above one."""
PlanYear = Annotated[int, Field(ge=1900, le=2200)]
"""A year, as tables and scenarios have it: a loop over years ends, a date can be made of it."""
Code = Annotated[str, Field(max_length=32_767)]
"""A code, or a name: as long as a cell of a spreadsheet can be."""
Amount = Annotated[float, Field(ge=-_ROUNDING)]
"""What is never negative: Rp billion, or a count."""


class Record(BaseModel):
    """Base of all parts of a plan: frozen, nothing unknown, figures finite (JSON has no others)."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _frame(items: Iterable[Record], columns: Sequence[str]) -> pd.DataFrame:
    """Return one row an item, one column a field; a table without rows has its columns all the same."""
    import pandas as pd  # the solver's process, which reads choices, needs none

    rows = [[getattr(item, column) for column in columns] for item in items]
    return pd.DataFrame(rows, columns=list(columns))


class Choice(Record):
    """A programme that is carried out: when it starts and which regions take part."""

    program: str
    start: int
    regions: tuple[str, ...] = ()


class PlannedProgram(Record):
    """What the plan says of one proposed programme.

    ``cost`` is Rp billion over the horizon. ``impact`` is what the plan would lose without this programme
    (percentage points of the weighted gap, or score points under ``objective: score``). ``reason`` is a code
    that ``jspmodel.text`` words, filled with ``reason_values``. ``option_of`` is the programme that it is a
    size of, if it is one.
    """

    program: Code
    option_of: Code = ""
    selected: bool
    start: PlanYear | None = None
    regions: tuple[Code, ...] = ()
    cost: Amount = 0.0
    impact: float = 0.0
    reason: Code = ""
    reason_values: dict[str, str | float | int] = {}

    @model_validator(mode="after")
    def _starts_if_selected(self) -> PlannedProgram:
        if self.selected and self.start is None:
            raise ValueError("a programme that is selected starts in a year")
        return self

    @field_validator("regions")
    @classmethod
    def _each_region_once(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(regions)) < len(regions):
            raise ValueError("a region takes part once")
        return regions


def _whole(item: PlannedProgram) -> str:
    return item.option_of or item.program


class Payment(Record):
    """What a fund pays for a programme in a year, in Rp billion."""

    program: Code
    fund: Code
    year: PlanYear
    amount: Amount


class RegionResult(Record):
    """What the plan means for one region.

    ``impact`` is percent of the region's own weighted gap closed, averaged over the horizon (none: no need);
    ``need`` its share of the province's need (0-1); ``cost`` the cost of its own parts in Rp billion.
    """

    region: Code
    impact: float | None
    need: Annotated[float, Field(ge=-_ROUNDING, le=1 + _ROUNDING)]
    cost: Amount


class Breach(Record):
    """An instance of a rule that a plan breaks: its codes, such as programme and year, and by how much.

    ``amount`` is in the rule's unit: Rp billion, programmes, regions, years, percent; 1 where there is none.
    """

    where: dict[str, str]
    amount: float


class Check(Record):
    """One rule as the audit recomputed it: how many instances, the largest violation, and where it is broken.

    ``breaches`` are all instances broken by more than the tolerance, the worst first.
    """

    rule: Code
    checked: Annotated[int, Field(ge=0)]
    worst: float
    breaches: tuple[Breach, ...] = ()


class Audit(Record):
    """The plan judged again from the tables alone."""

    passed: bool
    objective: float
    checks: tuple[Check, ...]


class EquityResult(Record):
    """What the equity rule asked for and what it cost.

    ``without`` is the province's impact in the best plan found without the rule; ``floor`` the impact that
    each region must reach (percent); ``price`` the impact given up (percentage points).
    """

    mode: str
    without: float
    floor: float
    price: float


class Plan(Record):
    """A plan with its proof.

    ``status`` is ``optimal`` only where the gap asked for is proven, else ``feasible``. ``gap`` is that of
    ``jspmodel.proof.relative_gap``: ``(bound - objective) / objective``, 0 where both are equal to
    ``tolerance`` (what the price of money may take, in the unit of the objective), None where the plan is
    worth nothing and more is not ruled out: then nothing is proven. ``stopped_by_clock`` says that another
    run may give another plan. ``dropped_bounds`` counts bounds that were dropped because a plan in hand was
    worth more: such a bound is never a proof.
    """

    case: Code
    scenario: Code
    objective_kind: ObjectiveKind
    status: Literal["optimal", "feasible"]
    stopped_by_clock: bool
    objective: float
    bound: float
    tolerance: Amount = 0.0
    gap: float | None
    dropped_bounds: Annotated[int, Field(ge=0)] = 0
    solver: Code
    programs: tuple[PlannedProgram, ...]
    funding: tuple[Payment, ...]
    regions: tuple[RegionResult, ...]
    equity: EquityResult | None = None
    audit: Audit

    @field_validator("gap")
    @classmethod
    def _nothing_proven(cls, gap: float | None, known: ValidationInfo) -> float | None:
        """Take no gap of an empty plan on trust: plans written by earlier versions say 0 there."""
        try:
            figures = (known.data[name] for name in ("objective", "bound", "tolerance"))
            return None if relative_gap(*figures) is None else gap
        except KeyError:  # one of them is not valid, which is told by itself
            return gap

    @field_validator("programs")
    @classmethod
    def _each_once(cls, programs: tuple[PlannedProgram, ...]) -> tuple[PlannedProgram, ...]:
        if len({item.program for item in programs}) < len(programs):
            raise ValueError("a programme is planned once")
        return programs

    @field_validator("funding")
    @classmethod
    def _each_paid_once(cls, funding: tuple[Payment, ...]) -> tuple[Payment, ...]:
        if len({(item.program, item.fund, item.year) for item in funding}) < len(funding):
            raise ValueError("what a fund pays for a programme in a year is told once")
        return funding

    @field_validator("regions")
    @classmethod
    def _each_region_once(cls, regions: tuple[RegionResult, ...]) -> tuple[RegionResult, ...]:
        if len({item.region for item in regions}) < len(regions):
            raise ValueError("a region is told once")
        return regions

    @model_validator(mode="after")
    def _optimal_is_proven(self) -> Plan:
        if self.status == "optimal" and self.gap is None:
            raise ValueError("a plan of which nothing is proven is not optimal")
        return self

    def programs_frame(self) -> pd.DataFrame:
        """Return what the plan says of each proposed programme.

        Returns
        -------
        DataFrame
            One row a proposed programme, in table order: ``program``, ``selected``, ``start`` (Int64, blank
            where not selected), ``regions`` (codes parted by blanks), ``cost`` (Rp billion over the horizon),
            ``impact`` (what the plan would lose without it), ``reason`` (code). The columns program, start
            and regions of the rows selected, written as CSV, are what ``jsp.load_choices`` reads.
        """
        keys = ("program", "selected", "start", "regions", "cost", "impact", "reason")
        frame = _frame(self.programs, keys)
        frame["start"] = frame["start"].astype("Int64")
        frame["regions"] = [" ".join(codes) for codes in frame["regions"]]
        texts = dict.fromkeys(("program", "regions", "reason"), "str")
        return frame.astype({**texts, "selected": bool, "cost": float, "impact": float})

    def funding_frame(self) -> pd.DataFrame:
        """Return what each fund pays.

        Returns
        -------
        DataFrame
            One row for each ``program``, ``fund`` and ``year`` with a payment; ``amount`` in Rp billion.
        """
        frame = _frame(self.funding, tuple(Payment.model_fields))
        return frame.astype({"program": "str", "fund": "str", "year": "int64", "amount": float})

    def regions_frame(self) -> pd.DataFrame:
        """Return what the plan means for each region.

        Returns
        -------
        DataFrame
            One row a ``region``: ``impact`` (percent of its own weighted gap closed; NaN: no need), ``need``
            (share of the province's need, 0-1), ``cost`` (of its own parts, Rp billion).
        """
        frame = _frame(self.regions, tuple(RegionResult.model_fields))
        return frame.astype({"region": "str", "impact": float, "need": float, "cost": float})

    def save(self, path: str | Path, *, overwrite: bool = False) -> Path:
        """Write the plan as ``plan.json`` of a run has it; ``jsp.load_plan`` reads it back.

        Parameters
        ----------
        path : str or Path
        overwrite : bool
            Whether a file that is there may be replaced.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        DataError
            If the file is there already and may not be replaced, or cannot be written.
        """
        from jspmodel.intake.plan_files import write_plan

        return write_plan(self, path, overwrite=overwrite)

    def __repr__(self) -> str:
        """Return what the plan comes to."""
        counts = f"{len(self.selected)} of {self.proposed} programs"
        gap = "nothing proven" if self.gap is None else f"gap={self.gap:.4g}"
        figures = f"{self.objective_kind}={self.objective:.6g}, cost={self.cost:.6g}, {gap}"
        return f"Plan(case={self.case!r}, scenario={self.scenario!r}, {counts}, {figures}, {self.status!r})"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        from jspmodel.text.summaries import plan_html

        return plan_html(self)

    @property
    def level(self) -> Level:
        """How the words about the plan may sound (see ``jspmodel.proof.level``)."""
        return level(self.status, self.gap)

    @property
    def selected(self) -> tuple[PlannedProgram, ...]:
        """The programmes that are carried out, in order of their start, then their code."""
        chosen = [item for item in self.programs if item.selected]
        return tuple(sorted(chosen, key=lambda item: (item.start or 0, item.program)))

    @property
    def proposed(self) -> int:
        """How many programmes are proposed; one that comes in several sizes counts once."""
        return len({_whole(item) for item in self.programs})

    @property
    def refused(self) -> tuple[PlannedProgram, ...]:
        """The proposals that are not in the plan, in no size, in table order."""
        chosen = {_whole(item) for item in self.programs if item.selected}
        return tuple(item for item in self.programs if _whole(item) not in chosen)

    @property
    def other_sizes(self) -> tuple[PlannedProgram, ...]:
        """The sizes in which programmes of the plan are not carried out, in table order."""
        chosen = {_whole(item) for item in self.programs if item.selected}
        return tuple(item for item in self.programs if not item.selected and _whole(item) in chosen)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The selected programmes as plain choices."""
        return tuple(
            Choice(program=item.program, start=item.start, regions=item.regions)
            for item in self.selected
            if item.start is not None
        )

    @property
    def cost(self) -> float:
        """Cost of the plan over the horizon, in Rp billion."""
        return sum(payment.amount for payment in self.funding)
