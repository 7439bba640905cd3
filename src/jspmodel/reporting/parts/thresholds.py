"""Who takes the others' volume in, who sends it, and without whom a joint programme fails."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import Any

from jspmodel.case import Case
from jspmodel.charts.coalition_chances import chance, chance_title, unit_of
from jspmodel.charts.labels import listed, short_names
from jspmodel.collaboration.thresholds import Threshold
from jspmodel.reporting.html import Fragment
from jspmodel.reporting.parts.told import Captioned, captioned, told
from jspmodel.scenario import Language
from jspmodel.text.numbers import number, percent
from jspmodel.text.wording import say

_TELLING = 0.05
"""A fall of the chance from which a region counts as pivotal."""


def threshold_table(case: Case, threshold: Threshold, language: Language) -> Fragment:
    """Return what each region brings to a programme that needs a volume, and which of them is pivotal.

    Parameters
    ----------
    case : Case
    threshold : Threshold
        One of ``coalition_thresholds``.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    error = percent(0.5 / sqrt(threshold.draws), language)
    note = say("collaboration.threshold_note", language, draws=number(threshold.draws, language), error=error)
    sentences = list(_sentences(case, threshold, language))
    return told(
        chance_title(case, threshold, language),
        language,
        sentences,
        [_brought(case, threshold, language)],
        [note],
    )


def _sentences(case: Case, threshold: Threshold, language: Language) -> Iterator[str]:
    names, pivots = short_names(case), threshold.pivots
    pivotal = pivots[pivots["fall"] >= _TELLING].sort_values("fall", ascending=False, kind="stable")
    if pivotal.empty:
        yield say("collaboration.threshold_pivot_none", language)
    else:
        decisive = pivotal[pivotal["fall"] >= pivotal["fall"].max() - _TELLING]
        regions = listed((names[region] for region in decisive["region"]), language)
        most = chance(decisive["chance_without"].max(), language)
        if len(decisive) == 1:
            yield say("collaboration.threshold_pivot", language, region=regions, chance=most)
        else:
            yield say("collaboration.threshold_pivots", language, regions=regions, chance=most)
    if not (threshold.volumes["role"] == "host").any():
        yield say("collaboration.host_none", language)


def _brought(case: Case, threshold: Threshold, language: Language) -> Captioned:
    names = short_names(case)
    rows = [
        (
            names[row.region],
            _role(row, language),
            *(number(figure, language, 0) for figure in (row.low, row.planned, row.high)),
            chance(row.chance_without, language),
            "–" if row.power != row.power else percent(row.power, language, 0),
        )
        for row in threshold.volumes.merge(threshold.pivots, on="region").itertuples()
    ]
    caption = say("collaboration.threshold_caption", language, unit=unit_of(threshold, language))
    keys = ["region", "role", "low", "planned", "high", "without", "power"]
    return captioned(caption, keys, rows, language, numeric=keys[2:])


def _role(row: Any, language: Language) -> str:
    if row.role != "user":
        return say(f"collaboration.role_{row.role or 'blank'}", language)
    return say("collaboration.role_user", language, share=percent(row.share_sent, language, 0))
