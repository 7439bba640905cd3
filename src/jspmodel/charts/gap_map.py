"""How far each region is from its targets, on a map: before the plan, after it, and who works with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import altair as alt
import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.charts.map_areas import MapAreas, map_areas
from jspmodel.charts.map_panels import COLOURS, NARROW, Key, Panel, draw_panels, has_room
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import INK, validated_whole
from jspmodel.figures import programs_by_pair
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.simulation import simulate
from jspmodel.text import Table, number, percent, say

_STEPS = (1, 2, 5, 10, 20)
"""Percent that a class may span."""
_MOST_LINES = 12
_DIGITS = 9
"""After the decimal mark: a half is a half, whatever order it was summed up in."""


@validated_whole
def gap_map(case: Case, scenario: Scenario, plan: Plan | None, language: Language) -> alt.LayerChart:
    """Draw how far each region is from its targets, before the plan and after it, on one scale of colours.

    Parameters
    ----------
    case : Case
        Its boundaries are drawn, if it has some; else a schematic map, on which regions have one size and
        touch where they border on each other (``jspmodel.cartogram``).
    scenario : Scenario
    plan : Plan or None
        None: only how it is now.
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        Of each region the mean of its gaps over the issues that count, by their weights (percent). Lines join
        regions that carry out programmes together, the thicker the more; of many pairs the 12 with most
        programmes. Where nothing says where regions lie, only the table.
    """
    gaps = _region_gaps(case, scenario, plan)
    together = {} if plan is None else programs_by_pair(case, plan)
    lines = {pair: len(programs) for pair, programs in together.items()}
    table = _table(case, gaps, lines, language)
    areas = map_areas(case)
    if areas is None or gaps.empty:
        message = Message(say("map.none", language), say("map.none_note", language), table)
        return with_message(_nothing(say("map.none", language)), message, language)
    panels, key = _panels(case, scenario, areas, gaps, lines, language)
    chart, named = draw_panels(areas, panels, _names(case), key)
    note = " ".join(_notes(case, areas, lines, named, language, after="after" in gaps))
    message = Message(_title(case, gaps, language), note, table)
    if "after" in gaps:
        both = _both(case, scenario, gaps, panels[-1], language)
        # On a phone one map tells both, if it has room: two take a screen.
        if has_room(areas, _names(case), both):
            panels, key = [both], replace(key, title=say("map.key_after", language))
    narrow, _ = draw_panels(areas, panels, _names(case), key, NARROW)
    return with_message(chart, message, language, narrow)


def _region_gaps(case: Case, scenario: Scenario, plan: Plan | None) -> pd.DataFrame:
    """Return the mean gap of each region in percent, ``before`` and, of a plan, ``after``."""
    weights = measure.region_weights(case, scenario)
    before = measure.gaps(case).loc[weights.index].mul(weights).sum() * 100
    gaps = pd.DataFrame({"before": before.reindex(case.regions["region"])})
    if plan is not None:
        left = simulate(case, scenario, plan).gaps
        mine = [
            weights.at[issue, region] for issue, region in zip(left["issue"], left["region"], strict=True)
        ]
        part = left["after"] * mine * 100
        gaps["after"] = part.groupby(left["region"]).sum().reindex(gaps.index)
    return gaps.round(_DIGITS)


def _panels(
    case: Case,
    scenario: Scenario,
    areas: MapAreas,
    gaps: pd.DataFrame,
    lines: Mapping[tuple[str, str], int],
    language: Language,
) -> tuple[list[Panel], Key]:
    first, step = _classes(gaps)
    shown = dict(Counter(lines).most_common(_MOST_LINES))
    panels = []
    for moment in gaps:
        words: dict[str, object] = {"mean": _mean(case, gaps[moment], language)}
        if moment == "after":
            words["year"] = measure.horizon(case, scenario)[-1]
        panels.append(
            Panel(
                heading=say(f"map.{moment}", language, **words),
                classes={region: _class(value, first, step) for region, value in gaps[moment].items()},
                figures={region: percent(value / 100, language, 0) for region, value in gaps[moment].items()},
                lines=shown if moment == "after" else {},
            )
        )
    return panels, _key(areas, first, step, shown, language)


def _both(case: Case, scenario: Scenario, gaps: pd.DataFrame, after: Panel, language: Language) -> Panel:
    """Return the map of how it is after the plan, with the figures of before as well."""
    means = {moment: _mean(case, gaps[moment], language) for moment in gaps}
    heading = say("map.both", language, year=measure.horizon(case, scenario)[-1], **means)
    starts = {region: number(value, language) for region, value in gaps["before"].items()}
    figures = {region: f"{starts[region]}→{figure}" for region, figure in after.figures.items()}
    return replace(after, heading=heading, figures=figures)


def _mean(case: Case, gaps: pd.Series[float], language: Language) -> str:
    return number(round(float((gaps * measure.shares(case)).sum()), _DIGITS), language)


def _key(
    areas: MapAreas, first: int, step: int, lines: Mapping[tuple[str, str], int], language: Language
) -> Key:
    edges = [first + k * step for k in range(len(COLOURS) + 1)]
    return Key(
        title=say("map.key", language),
        classes=[f"{low}–{high}" for low, high in pairwise(edges)],
        lines=_line_key(lines, language),
        foot=say("map.schematic" if areas.schematic else "map.official", language),
    )


def _line_key(lines: Mapping[tuple[str, str], int], language: Language) -> tuple[tuple[int, str], ...]:
    if not lines:
        return ()
    few, most = min(lines.values()), max(lines.values())
    last = most, say("map.key_lines", language, n=most)
    return (last,) if few == most else ((few, str(few)), last)


def _classes(gaps: pd.DataFrame) -> tuple[int, int]:
    """Return where the first class begins and what each spans, so that they take in all figures."""
    low, high = float(gaps.min(axis=None)), float(gaps.max(axis=None))
    for step in _STEPS:
        first = int(low // step) * step
        if first + len(COLOURS) * step >= high:
            return max(0, min(first, 100 - len(COLOURS) * step)), step
    return 0, _STEPS[-1]


def _class(value: float, first: int, step: int) -> int:
    return min(len(COLOURS) - 1, int((value - first) // step))


def _names(case: Case) -> dict[str, str]:
    """Return what regions are called on a map: Sleman, but Kota Yogyakarta; Kraton among kemantren."""
    full = case.names("regions", "id")
    kinds = dict(zip(case.regions["region"], case.regions["kind"], strict=True))
    same = len(set(kinds.values())) == 1
    names = {}
    for region, name in full.items():
        kind = kinds[region].strip()
        begins = name.casefold().startswith(f"{kind.casefold()} ") and kind != ""
        plain = kind.casefold() != "kota" or same
        names[region] = name[len(kind) :].strip() if begins and plain else name.removeprefix("Kabupaten ")
    return names


def _nothing(text: str) -> alt.LayerChart:
    words = alt.Chart(pd.DataFrame({"text": [text]})).mark_text(align="left", fontSize=13, color=INK)
    return alt.LayerChart(layer=[words.encode(x=alt.value(0), y=alt.value(12), text="text:N")]).properties(
        width=640, height=24
    )


def _title(case: Case, gaps: pd.DataFrame, language: Language) -> str:
    names = case.names("regions", "id")
    last = gaps.columns[-1]
    far, near = str(gaps[last].idxmax()), str(gaps[last].idxmin())
    words = {
        "far": names[far],
        "near": names[near],
        "far_value": number(gaps.loc[far, last], language),
        "near_value": number(gaps.loc[near, last], language),
        "far_before": number(gaps.loc[far, "before"], language),
        "near_before": number(gaps.loc[near, "before"], language),
    }
    if words["far_value"] == words["near_value"]:
        key = "map.title_after_same" if last == "after" else "map.title_before_same"
        return say(key, language, value=words["far_value"])
    return say("map.title_after" if last == "after" else "map.title_before", language, **words)


def _notes(
    case: Case,
    areas: MapAreas,
    lines: Mapping[tuple[str, str], int],
    named: int,
    language: Language,
    *,
    after: bool,
) -> list[str]:
    notes = [say("map.note", language)]
    if len(lines) > _MOST_LINES:
        notes.append(say("map.note_part", language, n=_MOST_LINES, all=len(lines)))
    elif after and not lines:
        notes.append(say("map.note_no_lines", language))
    if areas.schematic is None:
        notes.append(say("map.note_official", language))
    else:
        notes.append(_schematic_note(case, areas, language))
    if named < len(case.regions):
        notes.append(say("map.note_names", language, n=len(case.regions) - named))
    return notes


def _schematic_note(case: Case, areas: MapAreas, language: Language) -> str:
    drawn = areas.schematic
    if drawn is None or not drawn.borders:
        return say("map.note_no_borders", language)
    note = say("map.note_schematic", language, touching=drawn.touching, borders=drawn.borders)
    if drawn.untrue:
        note += " " + say("map.note_untrue", language, n=drawn.untrue)
    if case.regions[["latitude", "longitude"]].isna().any(axis=None):
        note += " " + say("map.note_no_positions", language)
    return note


def _table(case: Case, gaps: pd.DataFrame, lines: Mapping[tuple[str, str], int], language: Language) -> Table:
    names = case.names("regions", "id")
    after = "after" in gaps
    columns = ["region", "column_before", *(("column_after", "column_fall", "column_joint") if after else ())]
    rows = []
    for region, values in gaps.iterrows():
        cells = [names[str(region)], number(values["before"], language, 1)]
        if after:
            fall = values["before"] - values["after"]
            partners = _partners(str(region), lines, names)
            cells += [number(values["after"], language, 1), number(fall, language, 1), partners]
        rows.append(tuple(cells))
    return Table(
        columns=tuple(say(f"map.{column}", language) for column in columns),
        rows=tuple(rows),
        numeric=tuple(column in ("column_before", "column_after", "column_fall") for column in columns),
    )


def _partners(region: str, lines: Mapping[tuple[str, str], int], names: Mapping[str, str]) -> str:
    """Return with whom a region carries out how many joint programmes, most first."""
    with_whom = [
        (pair[1] if pair[0] == region else pair[0], n) for pair, n in lines.items() if region in pair
    ]
    ordered = sorted(with_whom, key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{names[other]} ({n})" for other, n in ordered) or "–"
