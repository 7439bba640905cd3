"""Who takes the others' volume in, who sends it, and without whom a joint programme fails."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import Threshold
from jspmodel.figures import format_chance, is_sure, unit_of
from jspmodel.pages import Captioned, Fragment, captioned, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, number, percent, say, short_names

_TELLING = 0.05
"""A fall of the chance from which a region counts as pivotal."""


def threshold_table(case: Case, threshold: Threshold | None, language: Language) -> Fragment:
    """Return what each region brings to a programme that needs a volume, and which of them is pivotal.

    Parameters
    ----------
    case : Case
    threshold : Threshold or None
        One of ``coalition_thresholds``; None: no programme needs a volume.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    if threshold is None:
        return render_finding(say("collaboration.threshold_none", language), language)
    error = percent(0.5 / sqrt(threshold.draws), language)
    note = say("collaboration.threshold_note", language, draws=number(threshold.draws, language), error=error)
    title, sentences = _pivotal(case, threshold, language), _hosts(case, threshold, language)
    return render_finding(title, language, sentences, [_brought(case, threshold, language)], [note])


def _hosts(case: Case, threshold: Threshold, language: Language) -> list[str]:
    """Tell where the volume alone does not say who is needed: there is no host, or but one."""
    hosts = threshold.volumes[threshold.volumes["role"] == "host"]
    if len(hosts) > 1:
        return []
    if hosts.empty:
        return [say("collaboration.host_none", language)]
    said = [say("collaboration.host_only", language, region=short_names(case)[hosts["region"].iloc[0]])]
    return said if hosts["mandatory"].iloc[0] else [*said, say("collaboration.host_free", language)]


def _pivotal(case: Case, threshold: Threshold, language: Language) -> str:
    """Return without whom the others fail: those whose absence costs nearly as much as that of any."""
    names, pivots = short_names(case), threshold.pivots
    most = pivots["fall"].max()
    if not most >= _TELLING:
        return say("collaboration.threshold_pivot_none", language)
    decisive = pivots[pivots["fall"] >= most - _TELLING]
    regions = listed((names[region] for region in decisive["region"]), language)
    left = _without(threshold, decisive.loc[decisive["chance_without"].idxmax()], language)
    if len(decisive) == 1:
        return say("collaboration.threshold_pivot", language, region=regions, chance=left)
    return say("collaboration.threshold_pivots", language, regions=regions, chance=left)


def _brought(case: Case, threshold: Threshold, language: Language) -> Captioned:
    names = short_names(case)
    rows = [
        (
            names[row.region],
            _role(row, language),
            *(_volume(figure, language) for figure in (row.low, row.planned, row.high)),
            _without(threshold, pivot, language),
            "–" if pivot["power"] != pivot["power"] else percent(pivot["power"], language, 0),
        )
        for row, (_, pivot) in zip(threshold.volumes.itertuples(), threshold.pivots.iterrows(), strict=True)
    ]
    caption = say("collaboration.threshold_caption", language, unit=unit_of(threshold, language))
    keys = ["region", "role", "low", "planned", "high", "without", "power"]
    return captioned(caption, keys, rows, language, numeric=keys[2:])


def _without(threshold: Threshold, pivot: pd.Series[float], language: Language) -> str:
    """Return the chance of all the others."""
    others = threshold.volumes[threshold.volumes["region"] != pivot["region"]]
    sure = is_sure(others["low"].sum(), others["high"].sum(), threshold.needed)
    return format_chance(pivot["chance_without"], language, sure)


def _role(row: Any, language: Language) -> str:
    if row.role != "user":
        return say(f"collaboration.role_{row.role or 'blank'}", language)
    return say("collaboration.role_user", language, share=percent(row.share_sent, language, 0))


def _volume(figure: float, language: Language) -> str:
    return number(figure, language, 0 if figure == round(figure) else 1)
