"""The impact of one programme on one issue in one region as somebody with a calculator comes to it.

Every figure is computed from figures as they are printed, rounded, so that each line can be checked alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.measure import Measure
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario


@dataclass(frozen=True)
class Tie:
    """What ties a region to another: likeness of their gaps times the factor of a border or a body."""

    region: str
    shared: float
    either: float
    similarity: float
    factor: float
    kind: str
    tie: float


@dataclass(frozen=True)
class Contribution:
    """What a programme delivers on the issue in the region, alone and with partners, or beside a complement.

    ``other`` is the complement, empty without; ``ties`` are those to the partners; ``value`` that of the
    complement; ``lost`` whether it is lost without the programme of the example.
    """

    program: str
    other: str
    effect: float
    ties: tuple[float, ...]
    value: float
    amount: float
    since: int
    lost: bool


@dataclass(frozen=True)
class YearLine:
    """Delivered effect at the end of a year, without and with the programme, and what it closes."""

    year: int
    weight: float
    without: float
    with_it: float
    closed_without: float
    closed_with: float
    part: float


@dataclass(frozen=True, eq=False)
class HandComputation:
    """All figures of the example, rounded to ``digits`` decimals.

    ``scores``, ``weights`` by issue that counts; ``shares`` by region; ``gaps``, ``needs`` issues by regions;
    ``whole`` the sum of the needs, ``need_share`` the share of the example in it; ``average`` the share of
    the gap that is lost, over the years; ``impact`` in percentage points.
    """

    program: str
    issue: str
    region: str
    digits: int
    scores: pd.Series[float]
    weights: pd.Series[float]
    shares: pd.Series[float]
    gaps: pd.DataFrame
    needs: pd.DataFrame
    whole: float
    need_share: float
    ties: tuple[Tie, ...]
    contributions: tuple[Contribution, ...]
    years: tuple[YearLine, ...]
    average: float
    impact: float


def compute_by_hand(
    case: Case, scenario: Scenario, choices: Sequence[Choice], place: tuple[str, str, str], digits: int
) -> HandComputation:
    """Return the figures of an example.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    choices : sequence of Choice
        Of the plan.
    place : (str, str, str)
        Programme, issue and region.
    digits : int
        Decimals of all figures.

    Returns
    -------
    HandComputation
    """
    program, issue, region = place
    counted = measure.weights(case, scenario).index
    scores = _scores(case, scenario, digits)[counted]
    weights, shares = (scores / scores.sum()).round(digits), measure.shares(case).round(digits)
    gaps = measure.gaps(case).loc[counted].round(digits)
    needs = gaps.mul(weights, axis=0).mul(shares, axis=1).round(digits)
    whole = round(float(needs.to_numpy().sum()), digits)
    need_share = round(float(needs.at[issue, region]) / whole, digits)
    ties = tuple(_ties(case, scenario, weights, gaps, region, digits))
    found = tuple(_contributions(case, scenario, choices, place, ties, digits))
    years = tuple(_years(Measure(case, scenario), found, digits))
    average = round(sum(line.part for line in years), digits)
    return HandComputation(
        program, issue, region, digits, scores, weights, shares, gaps, needs, whole, need_share,
        ties, found, years, average, 100 * need_share * average,
    )  # fmt: skip


def _scores(case: Case, scenario: Scenario, digits: int) -> pd.Series[float]:
    exact = measure.issue_scores(case, scenario)
    if case.issue_scores.empty:
        return exact
    used = measure.criteria_weights(case, scenario)
    used = used[used > 0]
    return (
        (measure.mean_scores(case)[used.index].round(digits) * used).sum(axis=1, skipna=False).round(digits)
    )


def _ties(
    case: Case, scenario: Scenario, weights: pd.Series[float], gaps: pd.DataFrame, region: str, digits: int
) -> Iterator[Tie]:
    rule, mine = scenario.collaboration, gaps[region]
    border, body = measure.neighbours(case), measure.joined_by_body(case)
    for other in gaps.columns:
        if other == region:
            continue
        shared = round(float((weights * np.minimum(mine, gaps[other])).sum()), digits)
        either = round(float((weights * np.maximum(mine, gaps[other])).sum()), digits)
        alike = round(shared / either, digits) if either > 0 else 0.0
        kind = "body" if body.at[region, other] else "border" if border.at[region, other] else "no_border"
        factor = float(getattr(rule, kind))
        yield Tie(other, shared, either, alike, factor, kind, round(min(1.0, alike * factor), digits))


def _contributions(
    case: Case,
    scenario: Scenario,
    choices: Sequence[Choice],
    place: tuple[str, str, str],
    ties: Sequence[Tie],
    digits: int,
) -> Iterator[Contribution]:
    program, issue, region = place
    effects, tie = measure.effects(case, scenario)[issue], {one.region: one.tie for one in ties}
    known = case.programs.set_index("program")
    ready = {one.program: one.start + int(known.at[one.program, "duration"]) - 1 for one in choices}
    here = {one.program: one for one in choices if region in one.regions and effects[one.program] > 0}
    anywhere = {one for one, regions in measure.eligible_regions(case).items() if not regions}
    there = {one.program for one in choices if region in one.regions or one.program in anywhere}
    for code, choice in here.items():
        effect = round(float(effects[code]), digits)
        joint = known.at[code, "scope"] != "province"
        partners = (
            tuple(tie[one] for one in choice.regions if one != region and tie[one] > 0) if joint else ()
        )
        amount = round(effect * (1 + scenario.collaboration.strength * sum(partners)), digits)
        yield Contribution(code, "", effect, partners, 0.0, amount, ready[code], code == program)
    links = case.program_links[case.program_links["kind"] == "complements"]
    for code, other, value in zip(links["program"], links["other"], links["value"].fillna(0.0), strict=True):
        if code in here and other in there:
            effect = round(float(effects[code]), digits)
            since, lost = max(ready[code], ready[other]), program in {code, other}
            yield Contribution(
                code, other, effect, (), float(value), round(effect * value, digits), since, lost
            )


def _years(model: Measure, found: Sequence[Contribution], digits: int) -> Iterator[YearLine]:
    for year, weight in zip(model.years, model.year_weights, strict=True):
        done = [one for one in found if one.since <= year]
        with_it = round(sum(one.amount for one in done), digits)
        without = round(sum(one.amount for one in done if not one.lost), digits)
        effects = np.array([without, with_it], dtype=float)
        less, more = (round(float(share), digits) for share in model.closed(effects))
        shown = round(float(weight), digits)
        part = round(shown * (more - less), digits)
        yield YearLine(year, shown, without, with_it, less, more, part)
