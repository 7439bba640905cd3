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


class HandTables:
    """What all examples of a plan share, every figure rounded.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    digits : int
        Decimals of all figures.

    Attributes
    ----------
    scores, weights : Series of float
        By issue that counts, by the general weights of criteria.
    types : Series of str
        By region the type of area whose weights of criteria count there; blank: the general ones.
    scores_of, weights_of : dict of str to Series of float
        By issue that counts, for each type of area; those of ``""`` are ``scores`` and ``weights``.
    shares : Series of float
        By region.
    gaps, needs : DataFrame of float, issues by regions
    whole : float
        The sum of the needs.
    """

    def __init__(self, case: Case, scenario: Scenario, digits: int) -> None:
        self.case, self.scenario, self.digits = case, scenario, digits
        counted = measure.weights(case, scenario).index
        self.types = measure.area_types(case, scenario)
        self.scores_of = {
            kind: _scores(case, scenario, digits, kind)[counted] for kind in dict.fromkeys(["", *self.types])
        }
        self.weights_of = {
            kind: (scores / scores.sum()).round(digits) for kind, scores in self.scores_of.items()
        }
        self.scores, self.weights = self.scores_of[""], self.weights_of[""]
        self.shares = measure.shares(case).round(digits)
        self.gaps = measure.gaps(case).loc[counted].round(digits)
        weights = pd.DataFrame({region: self.weights_of[kind] for region, kind in self.types.items()})
        self.needs = self.gaps.mul(weights).mul(self.shares, axis=1).round(digits)
        self.whole = round(float(self.needs.to_numpy().sum()), digits)
        self.measure = Measure(case, scenario)
        self._ties: dict[str, tuple[Tie, ...]] = {}

    def ties(self, region: str) -> tuple[Tie, ...]:
        """Return what ties a region to each other one, in table order."""
        if region not in self._ties:
            self._ties[region] = tuple(_ties(self, region))
        return self._ties[region]


@dataclass(frozen=True, eq=False)
class HandComputation:
    """The figures of one example, rounded as those of its tables.

    ``need_share`` is the share of the need in that of the whole area, ``average`` the share of the gap that
    is lost without the programme, over the years; ``impact`` is in percentage points.
    """

    program: str
    issue: str
    region: str
    tables: HandTables
    need_share: float
    ties: tuple[Tie, ...]
    contributions: tuple[Contribution, ...]
    years: tuple[YearLine, ...]
    average: float
    impact: float


def compute_by_hand(
    tables: HandTables, choices: Sequence[Choice], place: tuple[str, str, str]
) -> HandComputation:
    """Return the figures of an example.

    Parameters
    ----------
    tables : HandTables
    choices : sequence of Choice
        Of the plan.
    place : (str, str, str)
        Programme, issue and region.

    Returns
    -------
    HandComputation
    """
    program, issue, region = place
    need_share = round(float(tables.needs.at[issue, region]) / tables.whole, tables.digits)
    found = tuple(_contributions(tables, choices, place))
    years = tuple(_years(tables, found))
    average = round(sum(line.part for line in years), tables.digits)
    return HandComputation(
        program, issue, region, tables, need_share, tables.ties(region), found, years, average,
        100 * need_share * average,
    )  # fmt: skip


def _scores(case: Case, scenario: Scenario, digits: int, area_type: str) -> pd.Series[float]:
    exact = measure.issue_scores(case, scenario, area_type)
    if case.issue_scores.empty:
        return exact
    used = measure.criteria_weights(case, scenario, area_type)
    used = used[used > 0]
    return (
        (measure.mean_scores(case)[used.index].round(digits) * used).sum(axis=1, skipna=False).round(digits)
    )


def _ties(tables: HandTables, region: str) -> Iterator[Tie]:
    case, rule, digits = tables.case, tables.scenario.collaboration, tables.digits
    gaps, weights, mine = tables.gaps, tables.weights, tables.gaps[region]
    kinds = measure.tie_kinds(case)
    for other in gaps.columns:
        if other == region:
            continue
        shared = round(float((weights * np.minimum(mine, gaps[other])).sum()), digits)
        either = round(float((weights * np.maximum(mine, gaps[other])).sum()), digits)
        alike = round(shared / either, digits) if either > 0 else 0.0
        kind = str(kinds.at[region, other])
        factor = float(getattr(rule, kind))
        yield Tie(other, shared, either, alike, factor, kind, round(min(1.0, alike * factor), digits))


def _contributions(
    tables: HandTables, choices: Sequence[Choice], place: tuple[str, str, str]
) -> Iterator[Contribution]:
    case, scenario, digits = tables.case, tables.scenario, tables.digits
    program, issue, region = place
    effects, tie = (
        measure.effects(case, scenario)[issue],
        {one.region: one.tie for one in tables.ties(region)},
    )
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


def _years(tables: HandTables, found: Sequence[Contribution]) -> Iterator[YearLine]:
    model, digits = tables.measure, tables.digits
    for year, weight in zip(model.years, model.year_weights, strict=True):
        done = [one for one in found if one.since <= year]
        with_it = round(sum(one.amount for one in done), digits)
        without = round(sum(one.amount for one in done if not one.lost), digits)
        effects = np.array([without, with_it], dtype=float)
        less, more = (round(float(share), digits) for share in model.closed(effects))
        shown = round(float(weight), digits)
        part = round(shown * (more - less), digits)
        yield YearLine(year, shown, without, with_it, less, more, part)
