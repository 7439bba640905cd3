"""What the first screen shows beside the advice: indicators and targets, money, when it was computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.figures import (
    default_targets,
    figure,
    format_probability,
    panel_name,
    unspent_budgets,
)
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import lines, table
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.simulation import LIKELY
from jspmodel.text import Table, listed, moment, money, percent, say

_MOST = 3
"""Indicators on the first screen."""
NOTHING = 1e-3
"""Rp billion that are told as nothing."""


@dataclass(frozen=True)
class Money:
    """How far the budgets go.

    Attributes
    ----------
    told : Markup
        With a bar.
    reasons : tuple of str
        Why the rest is not used.
    """

    told: Markup
    reasons: tuple[str, ...]


def run_stamp(decision: Decision, language: Language) -> str:
    """Return when the plan was computed, under which number, with which version; empty outside a run."""
    record = decision.record
    if "started" not in record:
        return ""
    return say(
        "report.stamp",
        language,
        when=moment(datetime.fromisoformat(record["started"]), language),
        run=str(record["key"])[:8],
        version=record["packages"]["jspmodel"],
    )


def targets_told(decision: Decision, language: Language) -> str:
    """Return how many targets are expected to be reached, of the priority issues where these have some.

    And how many there are besides, and how many nobody gave. Empty where no indicator has a target.
    """
    means, ranking = _means(decision), decision.ranking
    if means.empty or not COUNTS[decision.plan.objective_kind].effects:
        return ""
    prior = means[means["issue"].isin(ranking.loc[ranking["counts"], "issue"])]
    counted = means if prior.empty else prior
    told = [_targets_reached(counted, "all" if prior.empty else "priority", language)]
    if len(means) > len(counted):
        told.append(say("report.known_targets_every", language, n=len(means)))
    defaults = len(default_targets(decision.case).intersection(counted["indicator"]))
    if defaults:
        told.append(say("report.known_targets_default", language, n=defaults, all=len(counted)))
    return " ".join(told)


def _targets_reached(counted: pd.DataFrame, kind: str, language: Language) -> str:
    reached, out = int((counted["probability"] >= LIKELY).sum()), int(counted["out_of_reach"].sum())
    if len(counted) == 1:
        state = "yes" if reached else "out" if out else "no"
        one = say(f"report.target_{kind}", language)
        return say(f"report.known_target_{state}", language, of=one)
    of = say(f"report.targets_{kind}", language)
    key = "report.known_targets" if reached else "report.known_targets_none"
    return say(key, language, n=reached, all=len(counted), of=of, out=out)


def indicator_table(decision: Decision, language: Language) -> Table | None:
    """Return the indicators of the first issues: now, at the end without and with the plan, target, reached.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Table or None
        Means over the regions by population; medians of the simulated futures with their 80 percent range.
        None where effects do not count or no indicator has a value.
    """
    means = _means(decision)
    if means.empty or not COUNTS[decision.plan.objective_kind].effects:
        return None
    rows = [_row(decision, row, language) for _, row in _first(decision, means).iterrows()]
    keys = ["indicator", "now", "expected", "target", "reached"]
    return table(keys, rows, language, numeric=keys[1:4])


def _means(decision: Decision) -> pd.DataFrame:
    targets = decision.futures.targets
    return targets[targets["region"] == ""]


def _first(decision: Decision, means: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators of the issues that count, by their rank, before those of others."""
    ranking = decision.ranking
    order = [*ranking.loc[ranking["counts"], "issue"], *ranking.loc[~ranking["counts"], "issue"]]
    place = {issue: k for k, issue in enumerate(order)}
    ordered = means.sort_values("issue", key=lambda issues: issues.map(place), kind="stable")
    return ordered.drop_duplicates("issue").head(_MOST)


def _row(decision: Decision, row: pd.Series[float], language: Language) -> tuple[str, ...]:
    indicator = str(row["indicator"])
    paths = decision.futures.paths
    mine = paths[(paths["indicator"] == indicator) & (paths["region"] == "")].sort_values("year")
    ends = ("without", "low", "median", "high")
    without, low, median, high = (figure(float(mine[key].iloc[-1]), language) for key in ends)
    return (
        panel_name(decision.case, indicator, language),
        _now(decision, indicator, language),
        lines([f"{median} ({low}–{high})", say("report.expected_without", language, value=without)]),
        _target(decision, row, language),
        _reached(row, language),
    )


def _now(decision: Decision, indicator: str, language: Language) -> str:
    """Return the latest values' mean over the regions, by population, with their years."""
    series = decision.futures.series
    mine = series[(series["indicator"] == indicator) & (series["region"] != "")].dropna(subset=["base"])
    people = mine["region"].map(measure.shares(decision.case)).astype(float)
    mean = float((mine["base"] * people).sum() / people.sum())
    years = sorted({int(year) for year in mine["base_year"]})
    when = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return f"{figure(mean, language)} ({when})"


def _target(decision: Decision, row: pd.Series[float], language: Language) -> str:
    """Return the target and its year; that it is a default below, or the last column had no room."""
    told = f"{figure(float(row['target']), language)} ({row['year']})"
    if row["indicator"] not in default_targets(decision.case):
        return told
    return lines([told, say("report.target_default", language)])


def _reached(row: pd.Series[float], language: Language) -> str:
    chance = format_probability(float(row["probability"]), language)
    key = "yes" if row["probability"] >= LIKELY else "out" if row["out_of_reach"] else "no"
    return say(f"report.reached_{key}", language, chance=chance)


def money_told(decision: Decision, language: Language) -> Money:
    """Return how much of the budgets the plan uses, and why it does not use the rest.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Money
    """
    told = decision.figures
    share = told.used / told.ceiling if told.ceiling > 0 else 0.0
    left = money(told.left, language)
    used = say("report.money_used", language, share=percent(share, language, 0), left=left)
    return Money(_bar(used, 1.0, min(1.0, share)), tuple(unspent_reasons(decision, language)))


def unspent_reasons(decision: Decision, language: Language) -> Iterator[str]:
    """Yield why money is left, the largest part first."""
    if all(item.selected for item in decision.plan.programs):
        if decision.figures.left > NOTHING:
            yield say("report.unspent_all", language, amount=money(decision.figures.left, language))
        return
    left = unspent_budgets(decision.case, decision.scenario, decision.plan)
    parts = [
        ("too_late", sum(left.too_late.values())),
        ("bound", left.bound),
        ("other", left.other),
    ]
    years = listed((str(year) for year in left.too_late), language)
    for name, amount in sorted(parts, key=lambda part: -part[1]):
        if amount > NOTHING:
            yield say(f"report.unspent_{name}", language, amount=money(amount, language), years=years)


def _bar(told: str, whole: float, part: float) -> Markup:
    """Return a figure with a bar: pale for the whole, dark for the part; the figure says it all."""
    return Markup(
        '<span class="figure">{}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect class="whole" width="{:.1f}" height="8"/>'
        '<rect class="part" width="{:.1f}" height="8"/></svg>'
    ).format(told, 100 * whole, 100 * part)
