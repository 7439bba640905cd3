"""One screen: issues by regions before and after, the roadmap, who joins and pays, benefit with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from jspmodel import measure
from jspmodel.pages import Fragment, fragment
from jspmodel.report.approvals import holders, money_by_holder
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.simulation import Futures
from jspmodel.text import number, say, short_names

_MOST_REGIONS, _MOST_ISSUES = 7, 7
_WIDE = 6
"""Regions side by side; of more the mean stands beside the neediest."""


@dataclass(frozen=True)
class Panel:
    """A small table of the screen.

    Attributes
    ----------
    kind : str
    title, note : str
    columns : tuple of str
    rows : sequence of tuple of str
        The first entry is the row's heading.
    """

    kind: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def overview(decision: Decision, futures: Futures, language: Language) -> Fragment:
    """Return the plan on one screen.

    Parameters
    ----------
    decision : Decision
    futures : Futures
        As ``simulate_futures`` returns them: the range of each region's benefit.
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Of many issues the first by rank, of many regions the neediest; the sections below have all.
    """
    screen = _Screen(decision, futures, language)
    panels = [screen.gaps(), screen.roadmap(), screen.joiners(), screen.benefit()]
    level = decision.plan.level
    key = f"title_{level}" if level in {"provisional", "open"} else "title"
    return fragment("overview", say(f"overview.{key}", language), language, panels=panels)


@dataclass(frozen=True, eq=False)
class _Screen:
    decision: Decision
    futures: Futures
    language: Language

    def _panel(self, kind: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Panel:
        title, note = (say(f"overview.{kind}{end}", self.language) for end in ("", "_note"))
        return Panel(kind, title, note, columns, rows)

    def _regions(self, most: int) -> list[str]:
        """Return the neediest regions, in table order."""
        need = {item.region: item.need for item in self.decision.plan.regions}
        chosen = set(sorted(need, key=lambda region: -need[region])[:most])
        return [region for region in self.decision.case.regions["region"] if region in chosen]

    def gaps(self) -> Panel:
        case, language = self.decision.case, self.language
        gaps = self.decision.outcome.gaps
        counted = self.decision.ranking.loc[self.decision.ranking["counts"], "issue"]
        issues = [issue for issue in counted if issue in set(gaps["issue"])][:_MOST_ISSUES]
        some = len(case.regions) > _WIDE
        regions = self._regions(_WIDE - 3 if some else _WIDE)
        found = gaps.set_index(["issue", "region"])[["before", "after"]]
        means = _means(gaps, measure.shares(case))
        names, places = case.names("issues", language), short_names(case)
        rows = []
        for issue in issues:
            cells = [
                _gap(found.loc[(issue, r)], language) if (issue, r) in found.index else "–" for r in regions
            ]
            first = [_gap(means.loc[issue], language)] if some else []
            rows.append((names[issue], *first, *cells))
        mean = (say("overview.mean", language),) if some else ()
        return self._panel("gaps", (say("chart.issue", language), *mean, *(places[r] for r in regions)), rows)

    def roadmap(self) -> Panel:
        case, plan, language = self.decision.case, self.decision.plan, self.language
        years = measure.horizon(case, self.decision.scenario)
        ceiling = dict.fromkeys(years, 0.0)
        for (_, year), amount in measure.budgets(case, self.decision.scenario).items():
            ceiling[year] = ceiling.get(year, 0.0) + amount
        top = max([*ceiling.values(), 1e-9])
        rows = []
        for year in years:
            starting = [item.program for item in plan.selected if item.start == year]
            used = sum(payment.amount for payment in plan.funding if payment.year == year)
            amounts = f"{number(used, language)} / {number(ceiling[year], language)}"
            rows.append(
                (
                    str(year),
                    str(len(starting)),
                    ", ".join(starting) or "–",
                    bar(amounts, ceiling[year] / top, used / top),
                )
            )
        return self._panel("roadmap", headings_of(("year", "count", "starts", "spent"), language), rows)

    def joiners(self) -> Panel:
        case, plan, language = self.decision.case, self.decision.plan, self.language
        flows, names = money_by_holder(self.decision).sum(axis=1), holders(self.decision, language)
        joined = {r: sum(r in item.regions for item in plan.selected) for r in case.regions["region"]}
        most, top = max([*joined.values(), 1]), max([*flows, 1e-9])
        regions = ([""] if "" in flows.index else []) + self._regions(_MOST_REGIONS)
        rows = []
        for region in regions:
            paid = float(flows.get(region, 0.0))
            name = names.get(region) or short_names(case)[region]
            count = len(plan.selected) if region == "" else joined[region]
            joins = bar(str(count), 0.0, count / max(most, count)) if region else "–"
            rows.append((name[:1].upper() + name[1:], joins, bar(number(paid, language, 1), 0.0, paid / top)))
        return self._panel("joiners", headings_of(("region", "joins", "pays"), language), rows)

    def benefit(self) -> Panel:
        table = self.futures.regions.set_index("region")
        top = max([*table["high"], *table["promised"], 1e-9])
        rows = []
        for region in self._regions(_MOST_REGIONS):
            low, median, high, promised = (
                float(table.loc[region, key]) for key in ("low", "median", "high", "promised")
            )
            figures = [number(value, self.language, 1) for value in (median, low, high, promised)]
            told = say("overview.range", self.language, median=figures[0], low=figures[1], high=figures[2])
            rows.append(
                (
                    short_names(self.decision.case)[region],
                    _range(told, low / top, median / top, high / top, promised / top),
                    figures[3],
                )
            )
        return self._panel("benefit", headings_of(("region", "simulated", "promised"), self.language), rows)


def headings_of(keys: tuple[str, ...], language: Language) -> tuple[str, ...]:
    """Return the headings ``column_<key>`` of ``text/*/overview.toml``."""
    return tuple(say(f"overview.column_{key}", language) for key in keys)


def _means(gaps: pd.DataFrame, shares: pd.Series[float]) -> pd.DataFrame:
    """Return the mean gap of each issue, weighted by population among the regions where it is known."""
    people = gaps["region"].map(shares).astype(float)
    sums = gaps.assign(people=people, before=gaps["before"] * people, after=gaps["after"] * people)
    means = sums.groupby("issue")[["before", "after", "people"]].sum()
    return means[["before", "after"]].div(means["people"], axis=0)


def _gap(found: pd.Series[float], language: Language) -> Markup:
    before, after = (number(100 * found[key], language) for key in ("before", "after"))
    told = before if before == after else f"{before} → {after}"
    return bar(told, found["before"], found["after"])


def bar(told: str, whole: float, part: float) -> Markup:
    """Return a figure with a bar: pale for the whole, dark for the part; the figure says it all."""
    return Markup(
        '<span class="figure">{}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect class="whole" width="{:.1f}" height="8"/>'
        '<rect class="part" width="{:.1f}" height="8"/></svg>'
    ).format(told, 100 * whole, 100 * part)


def _range(told: str, low: float, median: float, high: float, promised: float) -> Markup:
    return Markup(
        '<span class="figure">{}</span><svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false"><rect class="track" y="3.5" width="100" height="1"/>'
        '<rect class="whole" x="{:.1f}" width="{:.1f}" height="8"/><rect class="part" x="{:.1f}" width="1.6" '
        'height="8"/><rect class="mark" x="{:.1f}" width="0.9" height="8"/></svg>'
    ).format(told, 100 * low, 100 * (high - low), 100 * median - 0.8, min(99.1, 100 * promised - 0.45))
