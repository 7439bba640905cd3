"""Which answers of a plan hang on which defaults: what nobody supplied, and what counts instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.intake import is_filled
from jspmodel.measure import records
from jspmodel.objective_kinds import COUNTS
from jspmodel.scenario import Language, Scenario
from jspmodel.text import number, say


@dataclass(frozen=True)
class DefaultDependence:
    """A default that some answer hangs on.

    Attributes
    ----------
    answer : str
        ``what``, ``where``, ``when``, ``cost``, ``payer`` or ``sure``.
    default : str
        Key of its wording (``check.default_<key>``).
    count, of : int
        Rows that it stands for, and rows there are.
    examples : tuple of str
        Codes.
    figures : tuple of (str, str)
        What the wording fills in beside.
    """

    answer: str
    default: str
    count: int
    of: int
    examples: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()

    def words(self, language: Language) -> str:
        """Return it in a sentence: what is missing, what counts instead, how to firm it up."""
        values = {"count": number(self.count, language), "of": number(self.of, language)}
        text = say(f"check.default_{self.default}", language, **values, **dict(self.figures))
        return text + (f" ({', '.join(self.examples)})" if self.examples else "")


def default_dependence(case: Case, scenario: Scenario, language: Language) -> list[DefaultDependence]:
    """Return the defaults that a plan of this case hangs on, by the answer that they bear on.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Of the baseline.
    language : {"id", "en"}
        Of figures in words.

    Returns
    -------
    list of DefaultDependence
        None for what the tables supply; in the order what, where, when, cost, payer, sure.
    """
    every = [*_effects(case), *_needs(case, language), *_times(case)]
    every += [_budget_years(case, scenario), *_money(case), *_risks(case)]
    if not COUNTS[scenario.objective].effects:
        every = [item for item in every if item.default not in {"level", "kind", "range", "gap", "judged"}]
    order = ("what", "where", "when", "cost", "payer", "sure")
    return sorted((item for item in every if item.count), key=lambda item: order.index(item.answer))


def _some(
    answer: str, default: str, table: pd.DataFrame, mask: pd.Series[bool], column: str
) -> DefaultDependence:
    codes = tuple(dict.fromkeys(table.loc[mask, column]))
    shown = codes[:6] + (("…",) if len(codes) > 6 else ())
    return DefaultDependence(answer, default, int(mask.sum()), len(table), shown)


def _effects(case: Case) -> Iterator[DefaultDependence]:
    table = case.program_effects
    by_kind, level = is_filled(table["source"]), table["level"] != ""
    yield _some("what", "kind", table, level & by_kind, "program")
    yield _some("what", "level", table, level & ~by_kind, "program")
    yield _some("sure", "range", table, ~level & table["low"].isna() & table["high"].isna(), "program")
    if case.issue_scores.empty and len(case.issues) > 1:
        yield DefaultDependence("what", "weights", len(case.issues), len(case.issues))


def _needs(case: Case, language: Language) -> Iterator[DefaultDependence]:
    known = measure.known_gaps(case)
    yield DefaultDependence("where", "gap", int(known.isna().sum().sum()), known.size)
    targets = case.indicators
    yield _some("where", "target", targets, is_filled(targets["source"]), "indicator")
    judged = case.issue_regions.groupby(["issue", "region"])["severity"].agg(["count", "min", "max"])
    alone = judged[judged["count"] == 1]
    yield DefaultDependence("where", "judged", len(alone), len(judged))
    several = judged[judged["count"] > 1]
    if len(several):
        spread = several["max"] - several["min"]
        issue, region = spread.idxmax()
        figures = (("spread", number(spread.max(), language, 2)), ("where", f"{issue}, {region}"))
        yield DefaultDependence("where", "spread", int((spread > 0).sum()), len(several), figures=figures)
    if case.regions["population"].isna().all():
        yield DefaultDependence("where", "population", len(case.regions), len(case.regions))
    yield _participants(case)


def _participants(case: Case) -> DefaultDependence:
    """Return the joint programmes of several regions that do not say which, or how many, take part."""
    places, programs = case.program_regions, case.programs
    regions = programs["program"].map(places["program"].value_counts())
    several = programs[(programs["scope"] == "joint") & (regions > 1)]
    said = several["min_regions"].notna() | several["min_volume"].notna()
    asked = said | several["program"].isin(places.loc[places["mandatory"], "program"])
    return _some("where", "participants", several, ~asked, "program")


def _times(case: Case) -> Iterator[DefaultDependence]:
    programs, costs = case.programs, case.program_costs
    yield _some("when", "window", programs, programs["first_start"].isna(), "program")
    budgets = case.fund_budgets
    yield _some("when", "growth", budgets, is_filled(budgets["source"]), "fund")
    spread = is_filled(costs["source"]) & (costs["profile"] != "")
    written = costs[~(spread & costs.duplicated(["program", "region", "kind", "profile"]))]
    yield _some("when", "profile", written, spread[written.index], "program")
    running = set(costs.loc[costs["kind"] == "run", "program"])
    yield _some("cost", "run", programs, ~programs["program"].isin(running), "program")
    unit = is_filled(costs["source"]) & costs["unit_cost"].notna()
    yield _some("cost", "unit", costs, unit, "program")


def _budget_years(case: Case, scenario: Scenario) -> DefaultDependence:
    """Return the years without a row of funds that have some; years that no fund has are told elsewhere."""
    given = set(records(case.fund_budgets, "fund", "year"))
    budgeted = {year for _, year in given}
    years = [year for year in measure.horizon(case, scenario) if year in budgeted]
    funds = [fund for fund in case.funds["fund"] if any(fund == other for other, _ in given)]
    blank = [(fund, year) for fund in funds for year in years if (fund, year) not in given]
    examples = tuple(
        f"{fund} {_spans([year for other, year in blank if other == fund])}" for fund in dict(blank)
    )
    return DefaultDependence("when", "budget", len(blank), len(funds) * len(years), examples)


def _spans(years: Sequence[int]) -> str:
    """Return years in order with those that follow one another as a span: 2027, 2029–2031."""
    spans: list[list[int]] = []
    for year in years:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join("–".join(map(str, dict.fromkeys((span[0], span[-1])))) for span in spans)


def _money(case: Case) -> Iterator[DefaultDependence]:
    yield _some("payer", "certainty", case.funds, case.funds["certainty"] == "", "fund")
    ruled = set(case.fund_rules["fund"])
    special = case.funds["certainty"].eq("pledge") & ~case.funds["fund"].isin(ruled)
    yield _some("payer", "rules", case.funds, special, "fund")


def _risks(case: Case) -> Iterator[DefaultDependence]:
    programs = case.programs
    yield _some("sure", "no_risk", programs, programs["delivery_risk"].isna(), "program")
    yield _some("sure", "risk", programs, is_filled(programs["source"]), "program")
