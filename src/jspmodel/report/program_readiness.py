"""How ready a proposed programme is: documents, land, money by certainty, chances of being in time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.report.readiness_documents import gates
from jspmodel.scenario import Language
from jspmodel.text import all_wording, listed, money, number, percent, say

_THINGS = ("land", "design", "permits")


def readiness(decision: Decision, item: PlannedProgram, language: Language) -> list[str]:
    """Return how ready a programme is, as far as the tables and the simulated futures tell.

    Parameters
    ----------
    decision : Decision
    item : PlannedProgram
    language : {"id", "en"}

    Returns
    -------
    list of str
        Sentences; of a proposal that is not in the plan only what the tables say.
    """
    return [
        _papers(decision, item.program, language),
        *_things(decision, item.program, language),
        *gates(decision, item.program, language),
        *(_in_the_plan(decision, item, language) if item.selected else _risk(decision, item, language)),
    ]


def _papers(decision: Decision, program: str, language: Language) -> str:
    counts, papers = dict.fromkeys(("done", "dated", "open"), 0), decision.case.program_documents
    for of, done, due in measure.records(papers, "program", "done", "due"):
        if of == program:
            counts["done" if done else "dated" if due else "open"] += 1
    if not any(counts.values()):
        return say("program_sheet.ready_no_papers", language)
    told = [say(f"program_sheet.ready_papers_{key}", language, n=n) for key, n in counts.items() if n]
    return say("program_sheet.ready_papers", language, counts=listed(told, language))


@measure.shared_once
def _rows(case: Case) -> dict[str, dict[str, Any]]:
    """Return what the table says of each programme."""
    return {row["program"]: row for row in case.programs.to_dict("records")}


def _things(decision: Decision, program: str, language: Language) -> Iterator[str]:
    """Yield what the tables say of land, design and permits."""
    row, words = _rows(decision.case)[program], all_wording(language)
    for thing in _THINGS:
        if state := str(row[thing]):
            told = words.get(f"choice.{thing}_{state}", state)
            name = say(f"program_sheet.thing_{thing}", language)
            yield say("program_sheet.ready_things", language, thing=name, state=told)


def _in_the_plan(decision: Decision, item: PlannedProgram, language: Language) -> Iterator[str]:
    yield from _money(decision, item.program, language)
    found, years = decision.punctuality.get(item.program), measure.horizon(decision.case, decision.scenario)
    if found is None or item.start is None:
        return
    if any(program == item.program for program, _ in decision.prerequisites):
        share = percent(found.start, language, 0)
        yield say("program_sheet.ready_start", language, year=item.start, share=share)
    row = _rows(decision.case)[item.program]
    ready = item.start + int(row["duration"]) - 1
    if found.finish >= 1 and not float(row["delivery_risk"]) >= 0:  # a blank is NaN
        yield say("program_sheet.ready_no_risk", language, year=ready)
        return
    yield say(
        "program_sheet.ready_finish",
        language,
        year=ready,
        share=percent(found.finish, language, 0),
        never=percent(found.never, language, 0),
        last=years[-1],
        draws=number(decision.scenario.simulation.draws, language),
    )


def _money(decision: Decision, program: str, language: Language) -> Iterator[str]:
    """Yield how much of a programme's money comes from funds of which certainty."""
    certainty = dict(zip(decision.case.funds["fund"], decision.case.funds["certainty"], strict=True))
    sums: dict[str, float] = {}
    for payment in decision.plan.funding:
        if payment.program == program and certainty[payment.fund]:
            kind = certainty[payment.fund]
            sums[kind] = sums.get(kind, 0.0) + payment.amount
    words = all_wording(language)
    parts = [
        say(
            "program_sheet.ready_money_part",
            language,
            certainty=words.get(f"choice.certainty_{kind}", kind),
            amount=money(round(amount, 6), language),
        )
        for kind, amount in sums.items()
    ]
    if parts:
        yield say("program_sheet.ready_money", language, parts=listed(parts, language))


def _risk(decision: Decision, item: PlannedProgram, language: Language) -> Iterator[str]:
    risk = float(_rows(decision.case)[item.program]["delivery_risk"])
    if risk >= 0:  # a blank is NaN
        yield say("program_sheet.ready_risk", language, share=percent(risk, language, 0))
