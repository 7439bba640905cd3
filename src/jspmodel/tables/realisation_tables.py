"""Tables of a report: what became of an adopted plan, and why it is planned otherwise from there."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

import pandas as pd

from jspmodel.case import Case
from jspmodel.figures import (
    Slip,
    absorption,
    realised_amounts,
    realised_outputs,
    region_amounts,
    slips,
)
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Captioned, Fragment, captioned, render_finding
from jspmodel.plan import Plan
from jspmodel.realisation import Standing, carried_over, left_over, standing_of
from jspmodel.scenario import Language, Scenario
from jspmodel.tables.replanning import replan_changes, slip_cost, years_compared
from jspmodel.tables.replanning_words import change_words
from jspmodel.text import listed, money, number, say, short_names

_SECTION = "realisation"
CHANGE_COLUMNS = ("program", "adopted", "now", "why")
"""Of the table of changes, as ``column_<key>`` of the words of realisation."""
_LEAST = 0.05
"""Below it a worth is told as 0."""


def realisation_table(case: Case, scenario: Scenario, language: Language) -> Fragment | None:
    """Return what was planned and realised in the years that are over, by programme, fund, region and output.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Both of what is left to decide.
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no adopted plan is gone on with.
    """
    standing = standing_of(case)
    if standing is None:
        return None
    amounts = realised_amounts(standing)
    tables = [
        _programs(standing, amounts, language),
        _funds(standing, amounts, language),
        _regions(standing, language),
        _outputs(standing, language),
    ]
    sentences = [*_cost_of_slips(case, scenario, standing, language), *_left(standing, language)]
    notes = [say(f"realisation.{key}", language) for key in ("note", "note_law")]
    return render_finding(_title(standing, amounts, language), language, sentences, tables, notes)


def replan_table(case: Case, scenario: Scenario, plan: Plan, language: Language) -> Fragment | None:
    """Return each programme as it was adopted and as it is planned now, why, and both plans by year.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Both of what is left to decide.
    plan : Plan
        The answer to both.
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no adopted plan is gone on with.
    """
    standing = standing_of(case)
    if standing is None:
        return None
    found = replan_changes(case, scenario, plan, standing)
    rows = [*change_words(case, plan, found, standing, language)]
    told = say("realisation.changes_caption", language)
    stays = sum(change.kind in ("finished", "goes_on", "as_planned") for change in found)
    counts = {
        "stays": stays,
        "moved": sum(change.kind in ("begins_later", "moved", "regions") for change in found),
        "out": sum(change.after is None for change in found),
        "fresh": sum(change.kind == "new" for change in found),
    }
    title = say("realisation.changes_title", language, year=standing.through + 1, **counts)
    tables = [
        captioned(told, CHANGE_COLUMNS, rows, language, [], _SECTION),
        _years(case, scenario, plan, standing, language),
    ]
    return render_finding(title, language, (), tables, [say("realisation.changes_note", language)])


def change_rows(case: Case, scenario: Scenario, plan: Plan, language: Language) -> list[tuple[str, ...]]:
    """Return the rows of ``replan_table``, by ``CHANGE_COLUMNS``; none where nothing was adopted."""
    standing = standing_of(case)
    if standing is None:
        return []
    found = replan_changes(case, scenario, plan, standing)
    return [*change_words(case, plan, found, standing, language)]


def _title(standing: Standing, amounts: pd.DataFrame, language: Language) -> str:
    planned, realised = (float(amounts[key].sum()) for key in ("planned", "realised"))
    begun = [course for course in standing.courses.values() if course.progress]
    counts = {key: sum(one.progress == key for one in begun) for key in ("not_begun", "given_up")}
    return say(
        "realisation.title",
        language,
        through=standing.through,
        realised=money(realised, language),
        planned=money(planned, language),
        share=_percent(100 * realised / planned if planned > 0 else float("nan"), language),
        n=len(begun),
        **counts,
    )


def _cost_of_slips(case: Case, scenario: Scenario, standing: Standing, language: Language) -> Iterator[str]:
    found = slip_cost(case, scenario, standing)
    unit = say(f"prices.unit_{scenario.objective}", language)
    lost = found.adopted - found.standing
    if abs(lost) < _LEAST:
        yield say("realisation.slip_nothing", language)
        return
    most = sorted(found.alone.items(), key=lambda item: -item[1])[:3]
    names = case.names("programs", language)
    told = [
        say("realisation.slip_alone", language, program=f"{p} {names[p]}", lost=number(x, language, 1))
        for p, x in most
        if x >= _LEAST
    ]
    values = {"adopted": number(found.adopted, language, 1), "now": number(found.standing, language, 1)}
    key = "slip_lost" if lost > 0 else "slip_gained"
    yield say(f"realisation.{key}", language, lost=number(abs(lost), language, 1), unit=unit, **values)
    if told:
        yield say("realisation.slip_most", language, programs="; ".join(told))


def _left(standing: Standing, language: Language) -> Iterator[str]:
    left, carried = left_over(standing), carried_over(standing)
    names, following = standing.case.names("funds", language), standing.through + 1
    for key, part in (("carried", carried), ("lapsed", {f: x for f, x in left.items() if f not in carried})):
        if part:
            funds = listed((names[fund] for fund in part), language)
            amount = money(sum(part.values()), language)
            yield say(f"realisation.{key}", language, amount=amount, funds=funds, year=following)


def _programs(standing: Standing, amounts: pd.DataFrame, language: Language) -> Captioned:
    names, by = standing.case.names("programs", language), absorption(amounts, "program")
    rows = []
    for slip in slips(standing):
        p = slip.course.planned.program
        told = by.loc[p].tolist() if p in by.index else [0.0, 0.0, float("nan")]
        rows.append(
            (
                f"{p} {names[p]}",
                *_amounts(told, language),
                say(f"choice.progress_{slip.course.progress}", language),
                _delivery(slip, language),
                _cost(slip, language),
                slip.course.reason or "–",
            )
        )
    keys = ["program", "planned", "realised", "absorbed", "progress", "delivery", "cost", "reason"]
    caption = say("realisation.programs_caption", language)
    return captioned(caption, keys, rows, language, ["planned", "realised", "absorbed"], _SECTION)


def _delivery(slip: Slip, language: Language) -> str:
    if slip.ready is None:
        return "–"
    key = "late" if slip.late > 0 else "early" if slip.late < 0 else "in_time"
    return say(f"realisation.{key}", language, year=slip.ready, years=abs(slip.late))


def _cost(slip: Slip, language: Language) -> str:
    if not slip.course.is_going_on:
        return "–"
    values = {"now": number(slip.cost, language, 1), "planned": number(slip.planned_cost, language, 1)}
    return say("realisation.cost_of", language, **values)


def _funds(standing: Standing, amounts: pd.DataFrame, language: Language) -> Captioned:
    names, left, carried = standing.case.names("funds", language), left_over(standing), carried_over(standing)
    rows = [
        (
            names.get(str(fund), str(fund)),
            *_amounts([row["planned"], row["realised"], row["absorption"]], language),
            number(left.get(str(fund), 0.0), language, 1),
            number(carried.get(str(fund), 0.0), language, 1),
        )
        for fund, row in absorption(amounts, "fund").iterrows()
    ]
    numeric = ["planned", "realised", "absorbed", "left", "carried"]
    return captioned(
        say("realisation.funds_caption", language), ["fund", *numeric], rows, language, numeric, _SECTION
    )


def _regions(standing: Standing, language: Language) -> Captioned:
    """Return the table of regions; without rows where no row of the table names one."""
    names, found = short_names(standing.case), region_amounts(standing)
    said = bool(found["realised"].notna().any())
    rows = [
        (names[str(region)], number(row["planned"], language, 1), _number(row["realised"], language))
        for region, row in found.iterrows()
        if said
    ]
    numeric = ["planned", "realised"]
    return captioned(
        say("realisation.regions_caption", language), ["region", *numeric], rows, language, numeric, _SECTION
    )


def _outputs(standing: Standing, language: Language) -> Captioned:
    names, found = standing.case.names("programs", language), realised_outputs(standing)
    rows = [
        (
            f"{row.program} {names[row.program]}",
            row.indicator,
            row.unit or "–",
            number(row.planned, language, 1),
            _number(row.realised, language),
            _percent(row.percent, language),
        )
        for row in found.itertuples()
    ]
    numeric = ["planned_output", "realised_output", "reached"]
    keys = ["program", "output", "unit", *numeric]
    return captioned(say("realisation.outputs_caption", language), keys, rows, language, numeric, _SECTION)


def _years(case: Case, scenario: Scenario, plan: Plan, standing: Standing, language: Language) -> Captioned:
    found = years_compared(case, scenario, plan, standing)
    numeric = ["planned", "realised", "replanned"]
    closed = ["closed_adopted", "closed_now"] if COUNTS[plan.objective_kind].effects else []
    rows = [
        (
            str(year),
            number(row["planned"], language, 1),
            *(_number(row[key], language) for key in ("realised", "now")),
            *(_number(row[key], language) for key in ("closed_planned", "closed_now") if closed),
        )
        for year, row in found.iterrows()
    ]
    keys = ["year", *numeric, *closed]
    caption = say("realisation.years_caption", language)
    return captioned(caption, keys, rows, language, [*numeric, *closed], _SECTION)


def _amounts(told: list[float], language: Language) -> tuple[str, str, str]:
    planned, realised, share = told
    return number(planned, language, 1), number(realised, language, 1), _percent(share, language)


def _number(value: float, language: Language) -> str:
    return "–" if isnan(value) else number(value, language, 1)


def _percent(value: float, language: Language) -> str:
    return _number(value, language) if isnan(value) else f"{number(value, language, 1)}%"
