"""Documents that funds require of a programme, and from which year on each fund may pay for it."""

from __future__ import annotations

from collections import defaultdict
from math import inf, isnan

from jspmodel.case import Case
from jspmodel.measure.once import once
from jspmodel.measure.wide import records
from jspmodel.scenario import Scenario

LEAD = 1
"""Years from complete to paid where none are given: what is done in a year is in the next year's budget."""


@once
def required_documents(case: Case) -> dict[tuple[str, str], dict[str, int]]:
    """Return which documents each fund requires of each programme.

    A row counts for its fund, or for every fund of its kind, or for all; and for programmes of its kind, or
    for all. A programme whose kind is blank counts as one of every kind: what is not said never frees money.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict of (program, fund) to document to int
        Years from complete to paid; the longest where several rows ask for it. Only where something is asked.
    """
    columns = ("document", "fund_kind", "fund", "program_kind", "lead_years")
    rules = [*records(case.required_documents, *columns)]
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    funds, programs = [*records(case.funds, "fund", "kind")], [*records(case.programs, "program", "kind")]
    for document, fund_kind, named, program_kind, lead in rules:
        years = LEAD if isnan(lead) else int(lead)
        asking = [fund for fund, kind in funds if named in ("", fund) and fund_kind in ("", kind)]
        for program, kind in programs:
            for fund in asking if program_kind in ("", kind) or not kind else ():
                asked = found[program, fund]
                asked[document] = max(years, asked.get(document, 0))
    return dict(found)


@once
def completion_years(case: Case, scenario: Scenario) -> dict[tuple[str, str], float]:
    """Return the year in which each document of a programme is complete.

    Parameters
    ----------
    case : Case
    scenario : Scenario
        Documents that are not ready come ``document_delay`` years later than the table says.

    Returns
    -------
    dict of (program, document) to float
        ``-inf`` where it is ready or not needed, ``inf`` where it is under way or missing without a date.
        What no row speaks of is not there: it counts as missing.
    """
    columns, late = ("program", "document", "state", "complete_by"), scenario.document_delay
    return {
        (program, document): -inf if state in ("ready", "not_needed") else int(by[:4]) + late if by else inf
        for program, document, state, by in records(case.program_readiness, *columns)
    }


@once
def opening_years(case: Case, scenario: Scenario) -> dict[tuple[str, str], float]:
    """Return from which year on a fund may pay for a programme, as far as documents go.

    Parameters
    ----------
    case : Case
    scenario : Scenario

    Returns
    -------
    dict of (program, fund) to float
        max over the documents d that the fund requires of (year in which d is complete + ``lead_years``);
        ``inf``: never. Only where the fund waits for something.
    """
    complete = completion_years(case, scenario)
    years = {
        key: max(complete.get((key[0], document), inf) + lead for document, lead in asked.items())
        for key, asked in required_documents(case).items()
    }
    return {key: year for key, year in years.items() if year > -inf}
