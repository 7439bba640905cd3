"""What is measured: the arithmetic that all stages share, as pure functions.

Symbols are those of docs/model.md: i issues, r and s regions, p and o programmes, f funds, t years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import DataError, Problem
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario

Array = npt.NDArray[np.float64]


def horizon(case: Case, scenario: Scenario) -> tuple[int, ...]:
    """Return the years that are planned: the scenario's, else those of fund_budgets.

    Returns
    -------
    tuple of int
        Every year from the first to the last.
    """
    years = case.fund_budgets["year"]
    first = scenario.first_year if scenario.first_year is not None else int(years.min())
    last = scenario.last_year if scenario.last_year is not None else int(years.max())
    return tuple(range(first, last + 1))


def year_weights(case: Case, scenario: Scenario) -> Array:
    """Return the weight of each year of the horizon, summing to 1.

    Returns
    -------
    array of shape (years,)
        Equal unless the scenario says otherwise; a year it does not name weighs 0.
    """
    years = horizon(case, scenario)
    if scenario.year_weights is None:
        return np.full(len(years), 1 / len(years))
    raw = np.array([scenario.year_weights.get(year, 0.0) for year in years])
    return raw / raw.sum()


def budgets(case: Case, scenario: Scenario) -> dict[tuple[str, int], float]:
    """Return what each fund may pay in each year of the horizon.

    Returns
    -------
    dict of (fund, year) to float
        Rp billion, after the scenario's factors: B[f,t] = amount * all * funds[f] * years[t].
    """
    scale, years = scenario.budget_scale, set(horizon(case, scenario))
    return {
        (row.fund, int(row.year)): row.amount
        * scale.all
        * scale.funds.get(row.fund, 1)
        * scale.years.get(row.year, 1)
        for row in case.fund_budgets.itertuples()
        if row.year in years
    }


def criteria_weights(case: Case, scenario: Scenario) -> pd.Series[float]:
    """Return the weight of each criterion, scaled to sum to 1.

    Returns
    -------
    Series of float by criterion
        The table's weights, those named by the scenario replaced, over their sum.
    """
    raw = case.criteria.set_index("criterion")["weight"].copy()
    for criterion, weight in scenario.criteria_weights.items():
        raw[criterion] = weight
    return raw / raw.sum()


def mean_scores(case: Case) -> pd.DataFrame:
    """Return the mean score over raters.

    Returns
    -------
    DataFrame of float, issues by criteria
        In table order.
    """
    table = case.issue_scores.pivot_table(index="issue", columns="criterion", values="score", aggfunc="mean")
    return table.reindex(index=case.issues["issue"], columns=case.criteria["criterion"])


def issue_scores(case: Case, scenario: Scenario) -> pd.Series[float]:
    """Return the weighted score of every issue: sum_c weight[c] score[i,c].

    Returns
    -------
    Series of float by issue, in table order
        1 for every issue where the case has no scores.
    """
    issues = pd.Index(case.issues["issue"], name="issue")
    if case.issue_scores.empty:
        return pd.Series(1.0, index=issues, name="score")
    weights = criteria_weights(case, scenario)
    used = weights[weights > 0]
    return (mean_scores(case)[used.index] * used).sum(axis=1, skipna=False).rename("score")


def weights(case: Case, scenario: Scenario) -> pd.Series[float]:
    """Return the weight of the issues that count, summing to 1.

    ``priority_issues`` of the scenario says which count: the first n of the ranking (ties: table order), a
    list of codes, or all.

    Returns
    -------
    Series of float by issue, in table order
        weight[i] = score[i] / sum of the scores of the issues that count.
    """
    scores, chosen = issue_scores(case, scenario), scenario.priority_issues
    if isinstance(chosen, int):
        chosen = list(scores.sort_values(ascending=False, kind="stable").index[:chosen])
    counted = scores if chosen is None else scores[scores.index.isin(chosen)]
    return (counted / counted.sum()).rename("weight")


def known_gaps(case: Case) -> pd.DataFrame:
    """Return how far each region is from the target of each issue; NaN where nothing is known.

    The mean over the issue's indicators that have a value in the region (its latest year) of
    clip((value - target) / (worst - target), 0, 1), which is 0 at or better than the target; ``worst`` is the
    worst region's value unless given. Without such an indicator: the severity of issue_regions.

    Returns
    -------
    DataFrame of float in 0-1, issues by regions
        In table order.
    """
    issues, regions = list(case.issues["issue"]), list(case.regions["region"])
    latest = case.indicator_values.sort_values("year").groupby(["indicator", "region"])["value"].last()
    parts = [_indicator_gaps(row, latest) for row in case.indicators.itertuples()]
    severity = case.issue_regions.pivot_table(index="issue", columns="region", values="severity")
    severity = severity.reindex(index=issues, columns=regions)
    if not parts:
        return severity
    measured = pd.concat(parts).groupby(["issue", "region"])["gap"].mean().unstack()
    return measured.reindex(index=issues, columns=regions).fillna(severity)


def _indicator_gaps(row: object, latest: pd.Series[float]) -> pd.DataFrame:
    indicator, target, sign = row.indicator, row.target, 1 if row.better == "lower" else -1  # type: ignore[attr-defined]
    values = latest[latest.index.get_level_values("indicator") == indicator].droplevel("indicator")
    worst = row.worst  # type: ignore[attr-defined]
    if np.isnan(worst):
        worst = target + sign * (sign * (values - target)).max() if len(values) else target
    distance = sign * (values - target)
    span = sign * (worst - target)
    gap = (distance / span).clip(0, 1) if span > 0 else distance * 0.0
    return pd.DataFrame({"issue": row.issue, "region": values.index, "gap": gap.to_numpy()})  # type: ignore[attr-defined]


def gaps(case: Case) -> pd.DataFrame:
    """Return how far each region is from the target of each issue; 0 where nothing is known.

    Returns
    -------
    DataFrame of float in 0-1, issues by regions
        In table order; see ``known_gaps`` for the formula.
    """
    return known_gaps(case).fillna(0.0)


def shares(case: Case) -> pd.Series[float]:
    """Return each region's share of the population; equal shares where no region has one.

    Returns
    -------
    Series of float by region, summing to 1
        In table order.
    """
    people = case.regions.set_index("region")["population"]
    if people.isna().all():
        return pd.Series(1 / max(len(people), 1), index=people.index, name="share")
    return (people / people.sum()).rename("share")


def needs(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return need[i,r] = weight[i] gap[i,r] share[r] for the issues that count.

    Returns
    -------
    DataFrame of float, issues by regions
        In table order; N is the sum of all entries.
    """
    weight = weights(case, scenario)
    return gaps(case).loc[weight.index].mul(weight, axis=0).mul(shares(case), axis=1)


def similarity(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return how alike the problems of two regions are: the weighted Ruzicka similarity of their gaps.

    sum_i weight[i] min(gap[i,r], gap[i,s]) / sum_i weight[i] max(gap[i,r], gap[i,s]), with 0/0 = 0
    (Ruzicka 1958; see Cha 2007, "Comprehensive survey on distance/similarity measures").

    Returns
    -------
    DataFrame of float in 0-1, regions by regions
        Symmetric.
    """
    weight = weights(case, scenario)
    gap = gaps(case).loc[weight.index]
    values, w = gap.to_numpy(dtype=float), weight.to_numpy(dtype=float)
    shared = np.einsum("i,irs->rs", w, np.minimum(values[:, :, None], values[:, None, :]))
    either = np.einsum("i,irs->rs", w, np.maximum(values[:, :, None], values[:, None, :]))
    result = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    return pd.DataFrame(result, index=gap.columns, columns=gap.columns)


def neighbours(case: Case) -> pd.DataFrame:
    """Return which regions border.

    Returns
    -------
    DataFrame of bool, regions by regions
        Symmetric.
    """
    pairs = zip(case.borders["region_a"], case.borders["region_b"], strict=True)
    return _symmetric(case, pairs)


def joined_by_body(case: Case) -> pd.DataFrame:
    """Return which regions are members of one body of cooperation, whatever its topic.

    Returns
    -------
    DataFrame of bool, regions by regions
        Symmetric, False on the diagonal.
    """
    members = (set(group) for _, group in case.bodies.groupby("body")["region"])
    return _symmetric(case, ((r, s) for group in members for r in group for s in group if r != s))


def _symmetric(case: Case, pairs: Iterable[tuple[str, str]]) -> pd.DataFrame:
    regions = list(case.regions["region"])
    place = {region: k for k, region in enumerate(regions)}
    result = np.zeros((len(regions), len(regions)), dtype=bool)
    for r, s in pairs:
        result[place[r], place[s]] = result[place[s], place[r]] = True
    return pd.DataFrame(result, index=regions, columns=regions)


def edges(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the strength of the tie between two regions.

    a[r,s] = min(1, similarity[r,s] * factor), the factor being ``body`` where a body joins them, else
    ``border`` where they border, else ``no_border``.

    Returns
    -------
    DataFrame of float in 0-1, regions by regions
        Symmetric, 0 on the diagonal; 0 is no edge.
    """
    rule = scenario.collaboration
    factor = np.where(neighbours(case), rule.border, rule.no_border)
    factor = np.where(joined_by_body(case), rule.body, factor)
    result = np.minimum(1.0, similarity(case, scenario) * factor)
    np.fill_diagonal(values := result.to_numpy(copy=True), 0.0)
    return pd.DataFrame(values, index=result.index, columns=result.columns)


def effects(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return effect[p,i], the share of an issue's gap that a programme closes where it is carried out.

    Returns
    -------
    DataFrame of float in 0-1, programmes by issues
        In table order, 0 where the tables give none; a level stands for the scenario's value.
    """
    table = case.program_effects
    value = table["effect"].fillna(table["level"].map(scenario.effect_levels).astype(float))
    wide = table.assign(value=value).pivot_table(
        index="program", columns="issue", values="value", aggfunc="sum"
    )
    return wide.reindex(index=case.programs["program"], columns=case.issues["issue"]).fillna(0.0)


def eligible_regions(case: Case) -> dict[str, tuple[str, ...]]:
    """Return which regions may take part in each programme.

    Returns
    -------
    dict of program to tuple of regions
        Every region for scope ``province``, else those of program_regions, in table order of the regions.
    """
    everyone = tuple(case.regions["region"])
    rows = case.program_regions.groupby("program")["region"].agg(set).to_dict()
    return {
        program: everyone if scope == "province" else tuple(r for r in everyone if r in rows.get(program, ()))
        for program, scope in zip(case.programs["program"], case.programs["scope"], strict=True)
    }


@dataclass(frozen=True)
class Impact:
    """Percent of the weighted gap closed, averaged over the horizon.

    Attributes
    ----------
    total : float
        100/N sum_t year_weight[t] sum_{i,r} need[i,r] closed[i,r,t].
    by_region : Series of float by region
        The same sum over the region's own needs, divided by them; NaN where a region has no need.
    """

    total: float
    by_region: pd.Series[float]


class Measure:
    """The measure of one case and scenario, its constants computed once.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Raises
    ------
    DataError
        Under ``objective: gap_closed`` where the needs add up to 0: nothing could be closed.
    """

    def __init__(self, case: Case, scenario: Scenario) -> None:
        self.years = horizon(case, scenario)
        self.year_weights = year_weights(case, scenario)
        self.needs = needs(case, scenario)
        self.pieces = scenario.diminishing_returns
        self._regions = list(case.regions["region"])
        self._strength = scenario.collaboration.strength
        self._edges = edges(case, scenario).to_numpy()
        counted = effects(case, scenario)[self.needs.index]
        self._effects = dict(zip(counted.index, counted.to_numpy(), strict=True))
        programs = case.programs.set_index("program")
        self._duration = programs["duration"].astype(int).to_dict()
        self._joint = (programs["scope"] != "province").to_dict()
        links = case.program_links[case.program_links["kind"] == "complements"]
        self._complements = list(
            zip(links["program"], links["other"], links["value"].fillna(0.0), strict=True)
        )
        eligible = eligible_regions(case)
        self._anywhere = {program for program, regions in eligible.items() if not regions}
        if scenario.objective == "gap_closed" and not self.needs.to_numpy().sum() > 0:
            raise DataError(
                "No issue has a gap in any region: there is nothing to close.", [Problem("no_need")]
            )

    def delivered(self, choices: Sequence[Choice]) -> Array:
        """Return the delivered effect e[i,r,t].

        Programmes count from the year in which they are delivered (start + duration - 1). Each partner s of r
        in a joint programme adds strength * a[r,s] * effect; a complement delivered too adds value * effect.

        Returns
        -------
        array of shape (issues that count, regions, years)
        """
        total = np.zeros((len(self.needs.index), len(self._regions), len(self.years)))
        since = {choice.program: self._since(choice) for choice in choices}
        joined = {choice.program: self._joined(choice) for choice in choices}
        for program, there in joined.items():
            gain = self._strength * (self._edges @ there) if self._joint[program] else 0.0
            total += self._spread(program, (1 + gain) * there, since[program])
        for program, other, value in self._complements:
            if program in joined and other in joined:
                both = joined[program] * (1.0 if other in self._anywhere else joined[other])
                total += value * self._spread(program, both, since[program] * since[other])
        return total

    def _spread(self, program: str, regions: Array, years: Array) -> Array:
        return np.einsum("i,r,t->irt", self._effects[program], regions, years)

    def _since(self, choice: Choice) -> Array:
        """1 in the years in which a choice is delivered, else 0."""
        ready = choice.start + self._duration[choice.program] - 1
        return np.array([year >= ready for year in self.years], dtype=float)

    def _joined(self, choice: Choice) -> Array:
        """1 for the regions that take part, else 0."""
        return np.array([region in choice.regions for region in self._regions], dtype=float)

    def closed(self, effect: Array) -> Array:
        """Return phi(e): concave, piecewise linear, at most 1.

        Parameters
        ----------
        effect : array
            Delivered effects, any shape.

        Returns
        -------
        array of the same shape
            The sum over pieces of slope times the part of the effect that falls into the piece.
        """
        result, start = np.zeros_like(effect), 0.0
        for width, slope in self.pieces:
            result += slope * np.clip(effect - start, 0.0, width)
            start += width
        return result

    def impact(self, choices: Sequence[Choice]) -> Impact:
        """Return the impact of carrying out the given choices.

        Parameters
        ----------
        choices : sequence of Choice
            Each programme at most once.

        Returns
        -------
        Impact
        """
        closed = self.closed(self.delivered(choices)) @ self.year_weights
        need = self.needs.to_numpy()
        whole, own = float(need.sum()), need.sum(axis=0)
        gained = (need * closed).sum(axis=0)
        by_region = np.divide(100 * gained, own, out=np.full(len(own), np.nan), where=own > 0)
        total = 100 * float(gained.sum()) / whole if whole > 0 else 0.0
        return Impact(total, pd.Series(by_region, index=self.needs.columns, name="impact"))


def score(case: Case, choices: Sequence[Choice]) -> float:
    """Return the objective ``score`` of the given choices, in score points.

    The sum of score[p] times the population share, among the regions that p may have, of those that take part
    (whole for a programme without regions), plus ``value`` once for each pair of complements.

    Parameters
    ----------
    case : Case
    choices : sequence of Choice

    Returns
    -------
    float
    """
    points = case.programs.set_index("program")["score"].fillna(0.0)
    share, eligible = shares(case), eligible_regions(case)
    total = 0.0
    for choice in choices:
        possible = eligible[choice.program]
        part = share[list(choice.regions)].sum() / share[list(possible)].sum() if possible else 1.0
        total += points[choice.program] * part
    chosen = {choice.program for choice in choices}
    links = case.program_links[case.program_links["kind"] == "complements"]
    both = links["program"].isin(chosen) & links["other"].isin(chosen)
    return float(total + links.loc[both, "value"].sum())


def yearly_costs(case: Case, choice: Choice, years: Sequence[int]) -> pd.DataFrame:
    """Return what a choice costs, by region and year.

    Build costs fall in start + offset; run costs in each year after delivery. A region's own costs count only
    where it takes part; shared costs (region ``""``) are paid once.

    Parameters
    ----------
    case : Case
    choice : Choice
    years : sequence of int
        The horizon.

    Returns
    -------
    DataFrame of float in Rp billion, regions (and ``""``) by years
        Only rows that cost something.
    """
    rows = case.program_costs[case.program_costs["program"] == choice.program]
    rows = rows[rows["region"].isin(["", *choice.regions])]
    duration = int(case.programs.loc[case.programs["program"] == choice.program, "duration"].iloc[0])
    ready = choice.start + duration - 1
    result = pd.DataFrame(0.0, index=sorted(set(rows["region"])), columns=list(years))
    for row in rows.itertuples():
        due = [choice.start + int(row.offset)] if row.kind == "build" else [y for y in years if y > ready]
        for year in due:
            if year in result.columns:
                result.loc[row.region, year] += row.amount
    return result
