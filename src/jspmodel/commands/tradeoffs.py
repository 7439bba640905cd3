"""``jspmodel tradeoffs``: what objectives cost of each other, and one plan by several, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.markup import escape

from jspmodel.case import Case
from jspmodel.commands.console import (
    ERR,
    OUT,
    Teller,
    changes_of,
    filled,
    mendable,
    narrow_table,
    tell_place,
    warn,
)
from jspmodel.commands.options import refuse_clashes
from jspmodel.commands.printing import print_json
from jspmodel.errors import DataError, Problem
from jspmodel.intake import check_new_choices, write_choices
from jspmodel.measure import computed_once
from jspmodel.plan import Choice
from jspmodel.runs import (
    Kept,
    Tradeoff,
    TradeoffQuestion,
    find_plan,
    find_tradeoff,
    load_judged,
    tradeoff_text,
)
from jspmodel.scenario import Language
from jspmodel.selection.postoptimal import CompromisePlan, ParetoFront, check_objectives, usual_objectives
from jspmodel.tables import compromise_answer, front_answer, payoff_answer
from jspmodel.text import run_name, say, worded

_OF_LEVELS = {"losses": "hierarchical", "weights": "weighted", "aspirations": "reference_point"}


@dataclass(frozen=True)
class Asked:
    """What is asked, as it was typed.

    Attributes
    ----------
    objectives, losses, weights, aspirations, reservations : str
        With commas between; empty: not asked.
    csv : Path or None
        Where the plan that is chosen is written.
    point : int
        Row of a front whose plan that is; 0: none.
    """

    objectives: str = ""
    losses: str = ""
    weights: str = ""
    aspirations: str = ""
    reservations: str = ""
    csv: Path | None = None
    point: int = 0


def tradeoffs(
    target: str, asked: Asked, changes: Sequence[str], language: Language, *, as_json: bool
) -> None:
    """Set objectives against each other.

    Two objectives alone are told by their front, more of them by the trade-off table.

    Parameters
    ----------
    target : str
        Scenario file or folder of a case.
    asked : Asked
    changes : sequence of str
        ``key=value``.
    language : {"id", "en"}
    as_json : bool
        Print the answer as it is kept.
    """
    settings = changes_of(changes, language)
    typed = {f"--{way}": bool(getattr(asked, way)) for way in (*_OF_LEVELS, "csv")}
    apart = [("--point", f"--{way}") for way in _OF_LEVELS]
    refuse_clashes(
        {**typed, "--point": asked.point > 0}, language, apart=apart, only_with={"--point": "--csv"}
    )
    with mendable(language):
        given = _levels(asked)
        if asked.csv:
            check_new_choices(asked.csv)
        case, scenario, record, warnings = load_judged(target, settings)
        names = _split(asked.objectives) or usual_objectives(case, scenario)
        question = _question(names, given)
        _check_csv(question, asked)
        check_objectives(case, scenario, question.approach, question.objectives, question.levels)
        kept = Kept(record["key"], case.name)
        tell_place(case, language)
        warn(warnings, language)
        name = run_name(scenario.name, scenario.name, settings) or scenario.name
        with Teller(scenario, language, name, quiet=as_json) as teller, computed_once():
            teller.step("solve")
            plan = find_plan(case, scenario, kept, teller.found)
            teller.step("tradeoffs")
            told = partial(teller.asked, question.approach)
            found = find_tradeoff(case, scenario, plan, question, kept, told)
        chosen = _chosen(found, asked)
    if as_json:
        print_json(tradeoff_text(found))
    else:
        _show(case, found, language)
    if asked.csv and chosen is not None:
        with mendable(language):
            write_choices(chosen, asked.csv)
        ERR.print(escape(say("tradeoff.written", language, file=asked.csv.as_posix())), soft_wrap=True)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _levels(asked: Asked) -> dict[str, tuple[float, ...]]:
    """Return the figures that were typed, by option; raise an error for all that is wrong with them."""
    typed = {name: getattr(asked, name) for name in (*_OF_LEVELS, "reservations")}
    given, problems = {}, []
    for name, text in typed.items():
        values = []
        for part in _split(text):
            try:
                values.append(float(part))
            except ValueError:
                problems.append(Problem("not_a_number", column=f"--{name}", values={"value": part}))
        if text:
            given[name] = tuple(values)
    ways = [name for name in _OF_LEVELS if name in given]
    if len(ways) > 1:
        problems.append(
            Problem("several_approaches", values={"given": ", ".join(f"--{way}" for way in ways)})
        )
    if "reservations" in given and "aspirations" not in given:
        problems.append(Problem("reservations_alone"))
    if problems:
        raise worded(DataError, problems)
    return given


def _question(names: Sequence[str], given: dict[str, tuple[float, ...]]) -> TradeoffQuestion:
    """Return what is asked."""
    if "losses" in given:
        return TradeoffQuestion("hierarchical", tuple(names), (given["losses"],))
    if "weights" in given:
        return TradeoffQuestion("weighted", tuple(names), (given["weights"],))
    if "aspirations" in given:
        levels = tuple(given[key] for key in ("aspirations", "reservations") if key in given)
        return TradeoffQuestion("reference_point", tuple(names), levels)
    return TradeoffQuestion("payoff" if len(names) > 2 else "front", tuple(names))


def _check_csv(question: TradeoffQuestion, asked: Asked) -> None:
    """Refuse a file for a plan where no one plan is chosen."""
    several = question.approach == "payoff" or (question.approach == "front" and asked.point < 1)
    if asked.csv and several:
        raise worded(DataError, [Problem("which_plan")])


def _chosen(found: Tradeoff, asked: Asked) -> tuple[Choice, ...] | None:
    """Return the plan that is chosen."""
    if isinstance(found, CompromisePlan):
        return found.choices
    if not isinstance(found, ParetoFront) or asked.point == 0:
        return None
    if not 1 <= asked.point <= len(found.points):
        raise worded(
            DataError, [Problem("no_such_point", values={"point": asked.point, "n": len(found.points)})]
        )
    return found.points[asked.point - 1].choices


def _show(case: Case, found: Tradeoff, language: Language) -> None:
    if isinstance(found, ParetoFront):
        answer = front_answer(case, found, language)
    elif isinstance(found, CompromisePlan):
        answer = compromise_answer(case, found, language)
    else:
        answer = payoff_answer(case, found, language)
    for table in answer.tables:
        OUT.print(filled(narrow_table(table.caption), table.table))
    for sentence in (answer.title, *answer.sentences):
        OUT.print(escape(sentence), soft_wrap=True)
