"""Figures of a worked example as they are printed: numbers, sums, where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.report.table_rows import rows_told, table_row
from jspmodel.scenario import Language, Scenario
from jspmodel.text import number

EXACT = 10
"""Decimals of figures that stand in tables."""


@dataclass(frozen=True)
class Step:
    """A line of the computation: what it is (a key), the sum as text, its result, where its figures stand."""

    key: str
    sum: str
    result: float
    source: str


@dataclass(frozen=True)
class Printer:
    """Prints figures in a language with as many decimals as they have, some at most."""

    language: Language
    digits: int

    def figure(self, value: float) -> str:
        """Return a figure without zeros at its end."""
        return self._shown(value, self.digits)

    def given(self, value: float) -> str:
        """Return a figure of a table with all its decimals."""
        return self._shown(value, EXACT)

    def _shown(self, value: float, most: int) -> str:
        kept = round(value, most)
        digits = next(digits for digits in range(most + 1) if round(kept, digits) == kept)
        return number(kept, self.language, digits)


def added(texts: Iterable[str]) -> str:
    """Return a sum in brackets; a single figure without."""
    some = list(texts)
    return some[0] if len(some) == 1 else f"({' + '.join(some)})"


def score_step(
    case: Case, scenario: Scenario, issue: str, area_type: str, score: float, printer: Printer
) -> Step:
    """Return how the score of an issue comes from those of the raters, by the weights of a type of area."""
    if case.issue_scores.empty:
        return Step("score_none", "1", score, "")
    weights = measure.criteria_weights(case, scenario, area_type)
    raw = _raw_weights(case, scenario, area_type)
    means = measure.mean_scores(case).loc[issue]
    used = [criterion for criterion in weights.index if weights[criterion] > 0]
    terms = (f"{printer.given(raw[one])} × {printer.figure(float(means[one]))}" for one in used)
    total = printer.given(sum(float(raw[one]) for one in used))
    scored = table_row(case, "issue_scores", printer.language, issue=issue)
    source = f"{scored}; {table_row(case, 'criteria', printer.language)}"
    if area_type:
        weighed = table_row(case, "area_type_weights", printer.language, area_type=area_type)
        source = f"{scored}; {weighed}"
    return Step("score", f"({' + '.join(terms)}) ÷ {total}", score, source)


def _raw_weights(case: Case, scenario: Scenario, area_type: str) -> dict[str, float]:
    """Return the weights of the criteria as they are given, for a type of area or (blank) in general."""
    if area_type:
        rows = case.area_type_weights[case.area_type_weights["area_type"] == area_type]
        return dict(measure.records(rows, "criterion", "weight"))
    return dict(measure.records(case.criteria, "criterion", "weight")) | scenario.criteria_weights


def gap_step(case: Case, issue: str, region: str, gap: float, printer: Printer) -> Step:
    """Return how the distance to the target comes from the latest values, or from what was judged."""
    known = case.indicator_values.dropna(subset=["value"]).sort_values("year")
    latest = known.groupby(["indicator", "region"]).tail(1)
    terms, values, indicators = list[str](), list[int](), list[int]()
    for row in case.indicators[case.indicators["issue"] == issue].itertuples():
        mine = latest[latest["indicator"] == row.indicator].set_index("region", append=True)["value"]
        here = mine[mine.index.get_level_values("region") == region]
        if here.empty:
            continue
        sign = 1 if row.better == "lower" else -1
        worst, place = (float(row.worst), None) if not isnan(float(row.worst)) else _worst(mine, sign)
        terms.append(_distance(sign, float(here.iloc[0]), float(row.target), worst, printer))
        indicators.append(int(row.Index))
        values += [int(here.index[0][0]), *([] if place is None else [place])]
    if not terms:
        judged = case.issue_regions.dropna(subset=["severity"])
        judged = judged[(judged["issue"] == issue) & (judged["region"] == region)]
        texts = [printer.given(float(value)) for value in judged["severity"]]
        return Step("severity", _mean(texts), gap, rows_told("issue_regions", judged.index, printer.language))
    told = rows_told("indicator_values", sorted({*values}), printer.language)
    return Step("gap", _mean(terms), gap, f"{told}; {rows_told('indicators', indicators, printer.language)}")


def _worst(values: pd.Series[float], sign: int) -> tuple[float, int]:
    """Return the worst region's value, and where it stands."""
    place = (sign * values).idxmax()
    return float(values[place]), int(place[0])


def _distance(sign: int, value: float, target: float, worst: float, printer: Printer) -> str:
    """Return the sum that gives a distance; 0 at or beyond the target, 1 at or beyond the worst."""
    if sign * (value - target) <= 0:
        return "0"
    if sign * (value - worst) > 0:
        return "1"
    ends = ((value, target), (worst, target)) if sign > 0 else ((target, value), (target, worst))
    above, below = (f"({printer.given(high)} − {_bracketed(printer.given(low))})" for high, low in ends)
    return f"{above} ÷ {below}"


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _mean(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' + '.join(terms)}) ÷ {len(terms)}"


def share_step(case: Case, region: str, share: float, printer: Printer) -> Step:
    """Return how the share of the population comes from the numbers of people."""
    people = measure.by(case.regions, "region", "population")
    if people.isna().all():
        return Step("share", f"1 ÷ {len(people)}", share, "regions.csv")
    source = table_row(case, "regions", printer.language, region=region)
    return Step("share", f"{printer.given(people[region])} ÷ {printer.given(people.sum())}", share, source)
