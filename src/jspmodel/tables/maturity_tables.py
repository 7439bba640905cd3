"""Maturity before ambition: how far each region comes, and what had to be raised first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.pages import Captioned, Fragment, in_indonesian, lines, render_finding, table
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.text import Table, listed, number, say, short_names


def maturity_table(case: Case, scenario: Scenario, plan: Plan, language: Language) -> Fragment | None:
    """Return the maturity of each region year by year under the plan, and what waits for it.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where no region's maturity is known.
    """
    levels = _levels(case, plan, measure.horizon(case, scenario))
    if levels.empty:
        return None
    last = levels.columns[-1]
    risen = int((levels[last] > levels["now"]).sum())
    title = say("report.maturity", language, n=risen, all=len(levels), last=last)
    shown = [_path(case, levels, language), _waiting(case, plan, language)]
    return render_finding(title, language, tables=shown, notes=list(_notes(case, language)))


def _notes(case: Case, language: Language) -> Iterator[str]:
    """Yield how levels are read, and on which scale they are."""
    yield say("report.maturity_note", language)
    known = case.regions.dropna(subset=["maturity"])
    scales = [scale for scale in dict.fromkeys(known["maturity_scale"]) if scale]
    key = "maturity_scale" if scales else "maturity_scale_unsaid"
    yield say(f"report.{key}", language, scales=listed(scales, language))


def _levels(case: Case, plan: Plan, years: Sequence[int]) -> pd.DataFrame:
    """Return the level now and at each year's end: maturity[r] + raises_maturity of what r joined and has."""
    known = case.regions.dropna(subset=["maturity"]).set_index("region")["maturity"]
    levels = pd.DataFrame({"now": known} | dict.fromkeys(years, known), dtype=float)
    programs = case.programs.set_index("program")
    for choice in plan.choices:
        raises, ready = programs.at[choice.program, "raises_maturity"], _ready(programs, choice.program)
        if raises > 0:
            joined = [region for region in choice.regions if region in levels.index]
            levels.loc[joined, [year for year in years if year >= choice.start + ready]] += raises
    return levels


def _ready(programs: pd.DataFrame, program: str) -> int:
    return int(programs.at[program, "duration"]) - 1


def _path(case: Case, levels: pd.DataFrame, language: Language) -> Captioned:
    stages, names = _stages(case), short_names(case)
    rows = tuple(
        (names[str(region)], *(_level(float(level), stages, language) for level in path))
        for region, path in zip(levels.index, levels.to_numpy(), strict=True)
    )
    years = (str(year) for year in levels.columns[1:])
    columns = (say("report.column_region", language), say("report.maturity_now", language), *years)
    data = Table(columns, rows, (False,) * len(columns))
    return Captioned(say("report.maturity_path", language), data, "wide")


def _stages(case: Case) -> dict[float, str]:
    """Return what a level is called, where all regions that stand there agree on a name."""
    named = case.regions[case.regions["stage"] != ""].groupby("maturity")["stage"].agg(set)
    return {level: next(iter(stages)) for level, stages in named.items() if len(stages) == 1}


def _level(level: float, stages: dict[float, str], language: Language) -> str:
    figure = _figure(level, language)
    return lines([figure, in_indonesian(stages[level], language)]) if level in stages else figure


def _figure(level: float, language: Language) -> str:
    return number(level, language, 0 if level == int(level) else 2)


def _waiting(case: Case, plan: Plan, language: Language) -> Captioned:
    programs, names = case.programs.set_index("program"), case.names("programs", language)
    own = case.regions.set_index("region")["maturity"]
    rows = []
    for item in plan.selected:
        asked = float(programs.at[item.program, "required_maturity"])
        short = {region for region in item.regions if own[region] < asked}
        if short:
            raised_by = ", ".join(_raised_by(programs, plan, short, item.start or 0))
            rows.append(
                (
                    f"{item.program} {names[item.program]}",
                    str(item.start),
                    _figure(asked, language),
                    raised_by,
                )
            )
    keys = ["program", "start", "level", "raised_by"]
    data = table(keys, rows, language, numeric=["start", "level"])
    return Captioned(say("report.maturity_waiting", language), data, "cards")


def _raised_by(programs: pd.DataFrame, plan: Plan, regions: set[str], before: int) -> list[str]:
    return [
        f"{choice.program} ({choice.start})"
        for choice in plan.choices
        if programs.at[choice.program, "raises_maturity"] > 0
        and choice.start + _ready(programs, choice.program) < before
        and regions & set(choice.regions)
    ]
