"""A scenario: the planner's settings for one run, strict and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from jspmodel.objective_kinds import ObjectiveKind

Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]
Factor = Annotated[float, Field(ge=0, le=100, json_schema_extra={"unit": "factor"})]
Width = Annotated[float, Field(gt=0, le=100, json_schema_extra={"unit": "factor"})]
Weight = Annotated[float, Field(ge=0, le=1e6, json_schema_extra={"unit": "weight"})]
Count = Annotated[int, Field(ge=0, le=10_000, json_schema_extra={"unit": "programs"})]
Delay = Annotated[int, Field(ge=0, le=10, json_schema_extra={"unit": "years"})]
Year = Annotated[int, Field(ge=1900, le=2200, json_schema_extra={"unit": "year"})]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]
Seconds = Annotated[float, Field(gt=0, le=604_800, json_schema_extra={"unit": "seconds"})]
Language = Literal["id", "en"]

_LONGEST = 160
"""Characters of what a scenario shows of itself."""
MOST_EFFORT = 1e6
"""Largest effort of the solver, in times that of standard."""
MOST_FUTURES = 20
"""Futures of a plan in two stages, at most: each is a model of its own beside the others."""


class Settings(BaseModel):
    """Base of all settings: strict types, no unknown keys, no change after reading."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class BudgetScale(Settings):
    """Factors on budgets; those that apply to a fund and year are multiplied."""

    all: Factor = 1.0
    """On every budget."""
    funds: dict[str, Factor] = {}
    """By code or name of the fund."""
    years: dict[Year, Factor] = {}
    """By year."""


class Collaboration(Settings):
    """How much regions gain by acting together (see docs/model.md, Collaboration)."""

    strength: Factor = 0.1
    """Share of a programme's effect gained for each partner with an edge of 1."""
    border: Factor = 1.0
    """Factor on the similarity of two regions that border."""
    no_border: Factor = 0.0
    """Factor on the similarity of two regions that do not border."""
    body: Factor = 1.2
    """Factor on the similarity of two regions that a body of cooperation joins."""


class Equity(Settings):
    """Whether and how regions are kept from being left behind."""

    mode: Literal["off", "floor", "max_min"] = "off"
    """off; floor: each region at least a share of the province's impact; max_min: worst-off first."""
    floor: Share = 0.5
    """Share of the province's impact (in the plan without equity) that each region must reach."""


class Solver(Settings):
    """How good a plan must be proven to be, and how much work that may take."""

    gap: Share = 0.01
    """A plan counts as optimal when proven within this share of the best possible."""
    effort: Literal["quick", "standard", "thorough"] | Annotated[float, Field(gt=0, le=MOST_EFFORT)] = (
        "standard"
    )
    """Work of the search, counted in steps of the solver, not in time; or how many times that of standard."""
    time_limit: Seconds | None = None
    """Seconds after which the search is stopped all the same, which the plan then says; none: never."""
    threads: Annotated[int, Field(ge=1, le=256)] = 2
    """Threads of the solver."""
    seed: Seed = 1
    """Seed of the solver."""


class Simulation(Settings):
    """How the plan's effect on the indicators is simulated."""

    draws: Annotated[int, Field(ge=1, le=100_000, json_schema_extra={"unit": "futures"})] = 2000
    """Number of futures drawn."""
    seed: Seed = 1
    """Seed of the draws."""
    cut_chance: Share = 0.0
    """Chance that a year's budgets are cut."""
    cut_size: Share = 0.1
    """Share of the budget that such a cut takes."""
    trend_damping: Share = 0.9
    """How much of last year's trend goes on into the next."""
    spillover: Share = 0.0
    """Share of a programme's effect that a neighbour tied by an edge of 1 feels too; 0: none."""
    readiness_risk: Share = 0.0
    """Chance that a region of maturity 1 fails to deliver its part; falls to 0 at maturity 5; 0: none."""


class Future(Settings):
    """One way in which things may turn out, with how likely it is."""

    name: str
    """Short name of the future."""
    probability: Share
    """How likely it is; those of all futures add up to 1."""
    budgets: Factor = 1.0
    """On every budget, from from_year on."""
    funds: dict[str, Factor] = {}
    """By code or name of the fund, times that on every budget."""
    kinds: dict[str, Factor] = {}
    """By kind of fund as in funds, times that on every budget."""
    from_year: Year | None = None
    """First year of these budgets; none: recourse_year."""
    effects: Literal["low", "likely", "high"] | Factor = "likely"
    """Effects as the tables have them at lowest, most likely or highest; or a factor on the likely ones."""
    source: str = ""
    """Where the figures come from; what is illustrative says so."""


class TwoStage(Settings):
    """A plan in two stages: what starts before the news, and what follows it in each future."""

    recourse_year: Year | None = None
    """First year of the second stage (recourse): what starts from it on may differ by future."""
    futures: list[Future] = []
    """Futures that are stated."""
    draws: Annotated[int, Field(ge=0, le=MOST_FUTURES, json_schema_extra={"unit": "futures"})] = 0
    """Number of futures drawn in place of stated ones, all as likely."""
    seed: Seed = 1
    """Seed of the draws."""
    budget_spread: Share = 0.0
    """Budgets are drawn between 1 less this share and 1 plus it, a factor a kind of fund."""
    source: str = ""
    """Where the spread comes from; what is illustrative says so."""
    tail: Annotated[float, Field(gt=0, le=1, json_schema_extra={"unit": "share"})] = 0.2
    """Share of the worst futures of which the tail value (CVaR) is the mean."""
    tail_weight: Share = 0.5
    """How much the tail value counts beside the mean of all futures."""
    least_tail: Annotated[float, Field(ge=0, le=1e6)] | None = None
    """What the tail value must reach; then the mean alone is maximised. None: no limit."""

    @property
    def asked(self) -> bool:
        """Whether futures are stated or drawn."""
        return bool(self.futures) or self.draws > 0


class Lock(Settings):
    """A programme that is decided already: in the plan whatever the figures say."""

    program: str
    """Code or name of the programme."""
    start: Year | None = None
    """Exact start year; none: any that its window allows."""
    regions: list[str] = []
    """Regions that take part at least, by code or name."""

    @field_validator("regions")
    @classmethod
    def _each_once(cls, regions: list[str]) -> list[str]:
        return list(dict.fromkeys(regions))


Unspent = Literal["carried", "lapsed"]
"""What becomes of money that a past year left over."""


class Replan(Settings):
    """Planning again from where an adopted plan stands (see docs/model.md, Planning again)."""

    adopted: str = ""
    """Adopted plan that is gone on with: a file of the case's folder adopted, without .json; none: off."""
    through: Year | None = None
    """Last year whose realisation is in; what is decided begins in the year after."""
    unspent: Unspent | None = None
    """Money left over in the years past: carried into the next year, or lapsed; none: asked for."""
    unspent_funds: dict[str, Unspent] = {}
    """The same for single funds, by code or name."""


class Title(Settings):
    """Title of the scenario by language."""

    id: str = ""
    """Indonesian."""
    en: str = ""
    """English."""


class Scenario(Settings):
    """All settings of one run; every key has a default (see docs/model.md for the symbols)."""

    name: str = "baseline"
    """Name of the scenario: the file's name, never a key in the file."""
    title: Title = Title()
    """What people call the scenario."""
    first_year: Year | None = None
    """First year of the horizon; none: the first year of fund_budgets."""
    last_year: Year | None = None
    """Last year of the horizon; none: the last year of fund_budgets."""
    closed_years: list[Year] = []
    """Years already decided: only programmes in the annual plan may start then."""
    objective: ObjectiveKind = "gap_closed"
    """What the plan maximises."""
    budget_scale: BudgetScale = BudgetScale()
    """Factor on all budgets, or factors by fund and year."""
    criteria_weights: dict[str, Weight] = {}
    """Weights that replace those of criteria, by code or name."""
    weights_by_area_type: bool = False
    """Regions with a type of area weigh the criteria as area_type_weights says of that type."""
    priority_issues: Annotated[int, Field(ge=1, le=10_000)] | list[str] | None = None
    """The first n issues of the ranking, or a list of codes or names; none: all, by weight."""
    year_weights: dict[Year, Weight] | None = None
    """Weight of each year of the horizon; none: equal."""
    effect_levels: dict[str, Share] = {"low": 0.05, "medium": 0.15, "high": 0.3}
    """Effect that a level in program_effects stands for."""
    diminishing_returns: list[tuple[Width, Factor]] = [
        (0.4, 1.0),
        (0.4, 0.75),
        (0.6, 0.5),
    ]
    """Pieces (width, slope) of the share of a gap that delivered effects close."""
    collaboration: Collaboration = Collaboration()
    """Gain from acting together."""
    equity: Equity = Equity()
    """Protection of regions that would be left behind."""
    min_programs_per_dimension: Count = 0
    """Programmes selected in each dimension, at least."""
    min_quick_wins: Count = 0
    """Quick wins that start in the first year, at least."""
    no_new_systems: bool = False
    """No more new information systems than systems retired."""
    spending_rules: list[str] | None = None
    """Spending rules of the table that hold, by code or name; none: all; an empty list: not one."""
    cofunding: bool = True
    """A region bears at least the share of its own part of the costs that its fiscal capacity asks for."""
    terms_of_office: bool = False
    """Building of several years ends within the term of the head of government, unless strategic."""
    staff_limits: bool = True
    """Programmes need no more staff than agencies have."""
    document_delay: Delay = 0
    """Years by which documents are complete later than the tables say."""
    locked_in: list[Lock] = []
    """Programmes that must be in the plan."""
    locked_out: list[str] = []
    """Programmes that must not be in the plan."""
    replan: Replan = Replan()
    """Whether an adopted plan is gone on with from where it stands."""
    solver: Solver = Solver()
    """How the plan is sought."""
    simulation: Simulation = Simulation()
    """How the plan is simulated."""
    two_stage: TwoStage = TwoStage()
    """Futures of budgets and effects, and how much the worst of them count."""
    rule_prices: bool = False
    """The report tells what each rule costs that can be switched off: one more search a rule."""
    language: Language = "id"
    """Language of the report."""

    def replace(self, changes: Mapping[str, object] | None = None, /, **more: object) -> Scenario:
        """Return a scenario with other settings, judged as those of a file are.

        Parameters
        ----------
        changes : mapping of str to object, optional
            By dotted key: ``{"solver.gap": 0.02}``.
        **more
            The same as keywords: ``budget_scale=0.9``. A group is replaced as a whole, here as there;
            ``name`` gives another name. None stands for a blank: the key has its default.

        Returns
        -------
        Scenario

        Raises
        ------
        ScenarioError
            With every unknown key and wrong value at once. Whether codes and years are those of a case is
            for ``jsp.check`` to say.

        Examples
        --------
        >>> import jspmodel as jsp
        >>> lean = jsp.Scenario(name="baseline").replace({"solver.gap": 0.02}, budget_scale=0.9, name="lean")
        >>> lean.name, lean.budget_scale.all, lean.solver.gap
        ('lean', 0.9, 0.02)
        >>> try:
        ...     lean.replace(budjet_scale=0.8)
        ... except jsp.ScenarioError as error:
        ...     print(error.problems[0].code, error.problems[0].values["nearest"])
        unknown_key budget_scale
        """
        from jspmodel.intake.scenarios import replace_settings

        return replace_settings(self, {**(changes or {}), **more})

    def called(self, language: Language) -> str:
        """Return what people call the scenario: its title, in the other language if need be, else its name.

        Parameters
        ----------
        language : {"id", "en"}

        Returns
        -------
        str

        Examples
        --------
        >>> from jspmodel.scenario import Scenario
        >>> Scenario(name="lean").called("id"), Scenario(title={"id": "Hemat"}).called("en")
        ('lean', 'Hemat')
        """
        return getattr(self.title, language) or self.title.id or self.title.en or self.name

    def __repr__(self) -> str:
        """Return the name and what differs from the defaults, cut short."""
        changed = self.model_dump(exclude_defaults=True, exclude={"name", "title"})
        told = ", ".join([repr(self.name), *(f"{key}={value!r}" for key, value in changed.items())])
        return f"Scenario({told if len(told) <= _LONGEST else told[:_LONGEST] + '…'})"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        from jspmodel.text.summaries import scenario_html

        return scenario_html(self)

    @field_validator("budget_scale", mode="before")
    @classmethod
    def _one_factor(cls, value: object) -> object:
        return {"all": value} if isinstance(value, int | float) and not isinstance(value, bool) else value

    @field_validator("locked_in", mode="before")
    @classmethod
    def _codes_alone(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [{"program": item} if isinstance(item, str) else item for item in value]

    @field_validator("diminishing_returns", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, list):
            return value
        return [tuple(item) if isinstance(item, list) else item for item in value]

    @field_validator("diminishing_returns")
    @classmethod
    def _concave(cls, value: list[tuple[float, float]]) -> list[tuple[float, float]]:
        slopes = [slope for _, slope in value]
        if not value or slopes != sorted(slopes, reverse=True):
            raise PydanticCustomError("slopes_rise", "slopes must fall from piece to piece")
        if sum(width * slope for width, slope in value) > 1 + 1e-9:
            raise PydanticCustomError("slopes_total", "widths times slopes must add up to at most 1")
        return value

    @model_validator(mode="after")
    def _years_in_order(self) -> Scenario:
        if self.first_year and self.last_year and self.first_year > self.last_year:
            raise PydanticCustomError("years_reversed", "first_year must not be after last_year")
        if self.year_weights is not None and not sum(self.year_weights.values()) > 0:
            raise PydanticCustomError("year_weights_zero", "year_weights must not all be 0")
        return self
