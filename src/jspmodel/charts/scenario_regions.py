"""What each scenario means for each region, beside the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from jspmodel.charts.bar_matrix import bar_matrix
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import validated_whole
from jspmodel.scenario import Language
from jspmodel.text import Table, number, say, signed

_MOST_REGIONS, _MOST_RUNS = 20, 6
_TELLING = 0.05
"""Percentage points below which a difference would be told as 0,0."""


@validated_whole
def scenario_regions(
    regions: pd.DataFrame,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    language: Language,
    alike: Sequence[str],
) -> alt.LayerChart:
    """Draw the impact of each region (percent of its own weighted gap closed) in each scenario.

    Parameters
    ----------
    regions : DataFrame
        Of a ``Comparison``.
    titles : mapping of str to str
        What to call each run, the first first.
    names : mapping of str to str
        What to call each region; a code without a name stands for itself.
    language : {"id", "en"}
    alike : sequence of str
        Runs that seek what the first seeks: only of them the title tells.

    Returns
    -------
    LayerChart
        Of many regions the 20 that change most, of many scenarios the first 6; the table has all.
    """
    runs = list(titles)
    every = list(dict.fromkeys(regions["region"]))
    change = regions.groupby("region")["difference"].agg(lambda values: values.abs().max()).fillna(0.0)
    most = set(change.nlargest(_MOST_REGIONS).index)
    shown, shown_runs = [region for region in every if region in most], runs[:_MOST_RUNS]
    first = titles[runs[0]]
    note = say("compare.regions_note", language, first=first)
    if len(shown) < len(every) or len(shown_runs) < len(runs):
        note += " " + say("compare.regions_part", language, regions=len(shown), runs=len(shown_runs))
    told = regions[regions["run"].isin(alike)]
    message = Message(
        _title(told, titles, names, language), note, _table(regions, runs, every, titles, names, language)
    )
    called = [names.get(region, region) for region in shown]
    return with_message(
        bar_matrix(_cells(regions, shown, shown_runs, language), called, shown_runs), message, language
    )


def _cells(
    regions: pd.DataFrame, shown: Sequence[str], runs: Sequence[str], language: Language
) -> pd.DataFrame:
    part = regions[regions["region"].isin(shown) & regions["run"].isin(runs)].dropna(subset=["impact"])
    base = part["impact"] - part["difference"].fillna(0.0)
    top = max([*part["impact"], *base, 0.1])
    texts = [
        _text(row.impact, row.difference, language, first=row.run == runs[0]) for row in part.itertuples()
    ]
    return pd.DataFrame(
        {
            "row": [shown.index(region) for region in part["region"]],
            "column": [runs.index(run) for run in part["run"]],
            "whole": (base / top).to_numpy(),
            "part": (part["impact"] / top).to_numpy(),
            "text": pd.Series(texts, dtype="str"),
        }
    )


def _text(impact: float, difference: float, language: Language, *, first: bool) -> str:
    return number(impact, language, 1) if first or difference != difference else signed(difference, language)


def _title(
    regions: pd.DataFrame, titles: Mapping[str, str], names: Mapping[str, str], language: Language
) -> str:
    known = regions.dropna(subset=["difference"])
    if known.empty:
        return say("compare.regions_title_unknown", language)
    least, most = (known.loc[place] for place in (known["difference"].idxmin(), known["difference"].idxmax()))
    if least["difference"] <= -_TELLING:
        key, row = "regions_title", least
    elif most["difference"] >= _TELLING:
        key, row = "regions_title_more", most
    else:
        return say("compare.regions_title_same", language)
    return say(
        f"compare.{key}",
        language,
        region=names.get(row["region"], row["region"]),
        difference=signed(row["difference"], language),
        run=titles[row["run"]],
    )


def _table(
    regions: pd.DataFrame,
    runs: Sequence[str],
    every: Sequence[str],
    titles: Mapping[str, str],
    names: Mapping[str, str],
    language: Language,
) -> Table:
    texts = {
        (row.region, row.run): _cell(row.impact, row.difference, language, first=row.run == runs[0])
        for row in regions.itertuples()
    }
    return Table(
        columns=(say("compare.column_region", language), *(titles[run] for run in runs)),
        rows=tuple(
            (names.get(region, region), *(texts.get((region, run), "–") for run in runs)) for region in every
        ),
        numeric=(False, *(True for _ in runs)),
    )


def _cell(impact: float, difference: float, language: Language, *, first: bool) -> str:
    if impact != impact:
        return "–"
    figure = number(impact, language, 1)
    return figure if first or difference != difference else f"{figure} ({signed(difference, language)})"
