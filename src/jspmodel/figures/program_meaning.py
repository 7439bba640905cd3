"""What a programme means for a plan: its main issue, who supports it, what is lost without it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import Choice
from jspmodel.scenario import Language, Scenario


def main_issues(case: Case, scenario: Scenario) -> dict[str, str]:
    """Return the issue that each programme serves most: the largest weight[i] effect[p,i].

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    dict of str to str
        Issue by programme, ``""`` for one that serves none that counts.
    """
    weight = measure.weights(case, scenario)
    served = measure.effects(case, scenario)[weight.index].mul(weight, axis=1)
    return {str(program): str(row.idxmax()) if row.max() > 0 else "" for program, row in served.iterrows()}


def supporting_agencies(case: Case, program: str, regions: Sequence[str], language: Language) -> list[str]:
    """Return the names of the agencies beside the leading one, of the province and of some regions.

    Parameters
    ----------
    case : Case
    program : str
    regions : sequence of str
    language : {"id", "en"}

    Returns
    -------
    list of str
        In table order, each once.
    """
    names, there = case.names("agencies", language), {"", *regions}
    leads = measure.records(case.programs, "program", "agency")
    leader = {names.get(code, str(code)) for of, code in leads if of == program}
    helping = measure.records(case.program_agencies, "program", "role", "region", "agency")
    mine = (
        names.get(code, code)
        for of, role, region, code in helping
        if of == program and role != "leads" and region in there
    )
    return [one for one in dict.fromkeys(mine) if one not in leader]


@measure.computed_once()
def lost_without(
    case: Case, scenario: Scenario, choices: Sequence[Choice], programs: Sequence[str]
) -> dict[str, pd.DataFrame]:
    """Return what a plan loses without each of some programmes, all others as they are.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Of an objective under which effects count.
    choices : sequence of Choice
        The plan.
    programs : sequence of str
        Of the plan.

    Returns
    -------
    dict of str to DataFrame of float
        By programme percentage points, issues that count by regions: they add up to its impact.
    """
    model = measure.Measure(case, scenario)
    whole = model.parts(choices)
    return {
        program: whole - model.parts([choice for choice in choices if choice.program != program])
        for program in programs
    }
