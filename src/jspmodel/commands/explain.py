"""``jspmodel explain``: why a plan is as it is, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain

import typer
from rich.markup import escape

from jspmodel.case import Case
from jspmodel.commands.console import (
    ERR,
    NOTHING_PROVEN,
    OUT,
    Teller,
    changes_of,
    filled,
    mendable,
    narrow_table,
    tell_place,
    warn,
)
from jspmodel.commands.printing import print_json
from jspmodel.errors import DataError, Problem
from jspmodel.intake import nearest_code
from jspmodel.measure import computed_once
from jspmodel.plan import Plan
from jspmodel.runs import Kept, explanation_text, find_explanation, find_plan, find_presence, load_judged
from jspmodel.scenario import Language
from jspmodel.selection.postoptimal import Explanation
from jspmodel.tables import explanation_answers, presence_sentences, program_sentences, why_not_sentences
from jspmodel.text import reason_names, reason_text, run_name, say


def explain(target: str, program: str, changes: Sequence[str], language: Language, *, as_json: bool) -> None:
    """Say how much each programme matters, what a refused one would cost, and which plans are as good.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    program : str
        Code of the programme that is asked about; empty: all.
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    as_json : bool
        Print the explanation as ``explanation.json`` has it.
    """
    settings = changes_of(changes, language)
    with mendable(language):
        case, scenario, record, warnings = load_judged(target, settings)
        if program:
            _known(program, case, language)
        kept = Kept(record["key"], case.name)
        tell_place(case, language)
        warn(warnings, language)
        name = run_name(scenario.name, scenario.name, settings) or scenario.name
        with Teller(scenario, language, name, quiet=as_json) as teller, computed_once():
            teller.step("solve")
            plan = find_plan(case, scenario, kept, teller.found)
            teller.step("explain")
            found = find_explanation(case, scenario, plan, kept, teller.asked)
            presence = None
            if program and found.frontier is not None and not as_json:
                told = partial(teller.asked, "presence")
                presence = find_presence(case, scenario, found.frontier, program, kept, told)
    if as_json:
        print_json(explanation_text(found))
    elif program:
        _about(case, plan, found, program, language)
        for sentence in presence_sentences(case, presence, language) if presence else ():
            OUT.print(escape(sentence), soft_wrap=True)
    else:
        _all(case, plan, found, language)
    if plan.gap is None:
        ERR.print(say("why.nothing_proven", language))
        raise typer.Exit(NOTHING_PROVEN)


def _known(program: str, case: Case, language: Language) -> None:
    names = case.names("programs", language)
    if program not in names:
        words = {"value": program, "nearest": nearest_code(program, names)}
        raise DataError("There is no such programme.", [Problem("no_such_program", values=words)])


def _all(case: Case, plan: Plan, found: Explanation, language: Language) -> None:
    """Show the answers, each with its tables."""
    for answer in explanation_answers(case, plan, found, language):
        for table in answer.tables:
            if table.table.rows:
                OUT.print(filled(narrow_table(table.caption), table.table))
        for sentence in (answer.title, *answer.sentences):
            OUT.print(escape(sentence), soft_wrap=True)
        OUT.print()


def _about(case: Case, plan: Plan, found: Explanation, program: str, language: Language) -> None:
    """Say of one programme what is known."""
    about = (program_sentences, why_not_sentences)
    for sentence in chain.from_iterable(tell(case, plan, found, program, language) for tell in about):
        OUT.print(escape(sentence), soft_wrap=True)
    item = next(item for item in plan.programs if item.program == program)
    if item.reason and not item.selected:
        called = reason_names(case, language)
        reason = reason_text(item.reason, item.reason_values, language, called)
        OUT.print(escape(say("why.reason", language, reason=reason)), soft_wrap=True)
