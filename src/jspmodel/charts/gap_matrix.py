"""Issues by regions: how far from the target, before the plan and after."""

from __future__ import annotations

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.bar_matrix import bar_matrix
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import validated_whole
from jspmodel.scenario import Language
from jspmodel.simulation import Outcome
from jspmodel.text import Table, number, say, short_names

_MOST_ISSUES, _MOST_REGIONS = 15, 8


@validated_whole
def gap_matrix(case: Case, ranking: pd.DataFrame, outcome: Outcome, language: Language) -> alt.LayerChart:
    """Draw how far each region is from the target of each issue, at the start and at the end.

    Parameters
    ----------
    case : Case
    ranking : DataFrame
        As ``rank_issues`` returns it; its order is the order of the rows.
    outcome : Outcome
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Of many issues the 15 ranked first, of many regions the 8 with the largest population; the table
        has all.
    """
    issues = [issue for issue in ranking["issue"] if issue in set(outcome.gaps["issue"])]
    regions = list(case.regions["region"])
    shown_issues, shown_regions = issues[:_MOST_ISSUES], _largest(case, regions)
    names, places = case.names("issues", language), short_names(case)
    message = Message(
        title=_title(case, outcome, language),
        note=_note(issues, regions, shown_issues, shown_regions, language),
        table=_table(outcome.gaps, issues, regions, names, places, language),
    )
    chart = bar_matrix(
        _cells(outcome.gaps, shown_issues, shown_regions, language),
        [names[issue] for issue in shown_issues],
        [places[region] for region in shown_regions],
    )
    return with_message(chart, message, language)


def _largest(case: Case, regions: list[str]) -> list[str]:
    chosen = set(measure.shares(case).nlargest(_MOST_REGIONS).index)
    return [region for region in regions if region in chosen]


def _cells(gaps: pd.DataFrame, issues: list[str], regions: list[str], language: Language) -> pd.DataFrame:
    shown = gaps[gaps["issue"].isin(issues) & gaps["region"].isin(regions)]
    texts = [_figures(row.before, row.after, language) for row in shown.itertuples()]
    return pd.DataFrame(
        {
            "row": [issues.index(issue) for issue in shown["issue"]],
            "column": [regions.index(region) for region in shown["region"]],
            "whole": shown["before"].to_numpy(),
            "part": shown["after"].to_numpy(),
            "text": pd.Series(texts, dtype="str"),
        }
    )


def _figures(before: float, after: float, language: Language) -> str:
    then, now = number(100 * before, language), number(100 * after, language)
    return then if then == now else f"{then} → {now}"


def _title(case: Case, outcome: Outcome, language: Language) -> str:
    share = outcome.gaps["region"].map(measure.shares(case))
    gaps = outcome.gaps.assign(before=outcome.gaps["before"] * share, after=outcome.gaps["after"] * share)
    mean = gaps.groupby("issue")[["before", "after"]].sum()
    fall = mean["before"] - mean["after"]
    if mean.empty or not fall.max() > 0:
        return say("chart.gaps_same", language)
    best = str(fall.idxmax())
    return say(
        "chart.gaps_title",
        language,
        issue=case.names("issues", language)[best],
        before=number(100 * mean.loc[best, "before"], language),
        after=number(100 * mean.loc[best, "after"], language),
    )


def _note(
    issues: list[str],
    regions: list[str],
    shown_issues: list[str],
    shown_regions: list[str],
    language: Language,
) -> str:
    note = say("chart.gaps_note", language)
    if len(shown_issues) == len(issues) and len(shown_regions) == len(regions):
        return note
    places = {"issues": len(shown_issues), "regions": len(shown_regions)}
    return note + " " + say("chart.gaps_part", language, **places)


def _table(
    gaps: pd.DataFrame,
    issues: list[str],
    regions: list[str],
    names: dict[str, str],
    places: dict[str, str],
    language: Language,
) -> Table:
    """Return all gaps with an issue a row; with a region a row where many have no room beside each other."""
    texts = {(row.issue, row.region): _figures(row.before, row.after, language) for row in gaps.itertuples()}
    if len(regions) > _MOST_REGIONS:
        first, across = "region", [names[issue] for issue in issues]
        rows = [(places[region], *(texts.get((issue, region), "") for issue in issues)) for region in regions]
    else:
        first, across = "issue", [places[region] for region in regions]
        rows = [(names[issue], *(texts.get((issue, region), "") for region in regions)) for issue in issues]
    return Table((say(f"chart.{first}", language), *across), tuple(rows), (False, *(True for _ in across)))
