"""How a programme depends on others, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jspmodel.measure import plain_rows
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import percent, say


def dependencies(
    decision: Decision, program: str, called: Mapping[str, str], language: Language
) -> list[str]:
    """Return what a programme requires, excludes and complements, and what requires and complements it.

    Parameters
    ----------
    decision : Decision
    program : str
    called : mapping of str to str
        Code and name of each programme, by code.
    language : {"id", "en"}

    Returns
    -------
    list of str
    """
    found: dict[tuple[str, tuple[tuple[str, object], ...]], list[str]] = {}
    for key, other, values in _dependencies(decision, program, language):
        found.setdefault((key, tuple(values.items())), []).append(called[other])
    return [
        say(f"program_sheet.link_{key}", language, program="; ".join(names), **dict(values))
        for (key, values), names in found.items()
    ]


def _dependencies(
    decision: Decision, program: str, language: Language
) -> Iterator[tuple[str, str, dict[str, object]]]:
    case = decision.case
    start = {item.program: item.start or 0 for item in decision.plan.selected}
    duration = dict(zip(case.programs["program"], case.programs["duration"], strict=True))
    for row in plain_rows(case.program_links):
        one, other, kind = str(row.program), str(row.other), str(row.kind)
        if program not in {one, other}:
            continue
        partner = other if one == program else one
        if kind == "excludes":
            yield "excludes", partner, {}
        elif kind == "complements":
            value = percent(float(row.value) if row.value > 0 else 0.0, language, 0)
            yield ("complements" if one == program else "complemented"), partner, {"value": value}
        elif one != program:
            yield "required", partner, {}
        elif other in start:
            yield "requires_taken", other, {"year": start[other] + int(duration[other]) - 1}
        else:
            yield "requires_left", other, {}
