"""Tables for a notebook: what is in the plan and what it is worth, what just missed it and by how much."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.case import Case
from jspmodel.pages import Fragment, captioned, render_finding
from jspmodel.plan import Plan, PlannedProgram
from jspmodel.scenario import Language
from jspmodel.text import money, number, proof_sentence, reason_names, reason_text, say, who

_TELLING = 0.005
"""Points below which what a programme would add is told as 0,00."""


def portfolio_table(case: Case, plan: Plan, language: Language) -> Fragment:
    """Return the selected programmes, those worth most first, and how good the plan is proven to be.

    Parameters
    ----------
    case : Case
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    chosen = sorted(plan.selected, key=lambda item: -item.impact)
    names = case.names("programs", language)
    rows = [
        (
            f"{item.program} {names[item.program]}",
            str(item.start),
            who(item.regions, case, language),
            number(item.cost, language, 1),
            number(item.impact, language, 2),
            number(item.impact / item.cost, language, 3) if item.cost > 0 else "–",
        )
        for item in chosen
    ]
    keys = ["program", "start", "regions", "cost", "worth", "per_billion"]
    caption = say("notebook.portfolio_caption", language, unit=unit)
    table = captioned(caption, keys, rows, language, {"start", *keys[3:]}, "notebook")
    title = say(
        "notebook.portfolio_title",
        language,
        n=len(chosen),
        all=plan.proposed,
        cost=money(plan.cost, language),
        value=number(plan.objective, language, 1),
        unit=say(f"whatif.unit_{plan.objective_kind}", language),
    )
    note = say("notebook.portfolio_note", language)
    return render_finding(title, language, [proof_sentence(plan, language)], [table], [note])


def missed_table(case: Case, plan: Plan, language: Language) -> Fragment:
    """Return the proposals that are not in the plan, those that lack least first, each with its reason.

    Parameters
    ----------
    case : Case
    plan : Plan
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    left = sorted(plan.refused, key=_distance)
    unit = say(f"prices.unit_{plan.objective_kind}", language)
    keys = ["program", "origin", "short", "adds", "costs", "reason"]
    caption = say("notebook.missed_caption", language, unit=unit)
    rows = list(_missed(case, left, language))
    table = captioned(caption, keys, rows, language, keys[2:5], "notebook")
    return render_finding(_missed_title(case, left, plan, language), language, (), [table])


def _distance(item: PlannedProgram) -> tuple[bool, bool, float]:
    """Return how far a programme is from the plan: does it add anything, what does it lack."""
    gain, short = (float(item.reason_values.get(key, 0.0)) for key in ("gain", "short"))
    return gain < _TELLING, item.reason_values.keys().isdisjoint({"gain", "short"}), short


def _missed(case: Case, left: list[PlannedProgram], language: Language) -> Iterator[tuple[str, ...]]:
    names = case.names("programs", language)
    called = reason_names(case, language)
    origins = dict(zip(case.programs["program"], case.programs["origin"], strict=True))
    for item in left:
        figures = (_figure(item, key, digits, language) for key, digits in _FIGURES.items())
        reason = reason_text(item.reason, item.reason_values, language, called)
        yield f"{item.program} {names[item.program]}", origins[item.program] or "–", *figures, reason


_FIGURES = {"short": 1, "gain": 2, "cost": 1}


def _figure(item: PlannedProgram, key: str, digits: int, language: Language) -> str:
    value = item.reason_values.get(key)
    return number(float(value), language, digits) if isinstance(value, int | float) else "–"


def _missed_title(case: Case, left: list[PlannedProgram], plan: Plan, language: Language) -> str:
    if not left:
        return say("notebook.missed_none", language)
    places = {"n": plan.proposed - len(plan.selected), "all": plan.proposed}
    nearest = left[0]
    name = f"{nearest.program} {case.names('programs', language)[nearest.program]}"
    if nearest.reason == "not_reached":
        return say("notebook.missed_time", language, program=name, **places)
    if "short" not in nearest.reason_values:
        return say("notebook.missed_rules", language, **places)
    short = money(max(0.1, float(nearest.reason_values["short"])), language)
    return say("notebook.missed_title", language, program=name, short=short, **places)
