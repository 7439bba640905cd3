"""Praanggapan: what is taken for granted, and how much of the data was observed."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from jspmodel import measure
from jspmodel.case import NAMED_IN, Case
from jspmodel.figures import carried_sentences, status_counts
from jspmodel.intake import schema
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Fragment, fragment, in_indonesian, table
from jspmodel.realisation import standing_of
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language, Scenario
from jspmodel.selection import RULES
from jspmodel.text import Table, listed, number, percent, say

_FEW = 2
"""Sources of a table that are named."""
_NAMED = frozenset({"spending_rules"})
"""Lists of codes that are told by name; programmes keep their code, which is their name in the report."""


def assumptions(decision: Decision, language: Language) -> Fragment:
    """Return the scenario's settings as sentences and the status of the data by table.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    return fragment(
        "assumptions",
        say("report.assumptions", language),
        language,
        sentences=list(assumption_sentences(decision, language)),
        data=status_table(decision, language),
    )


def assumption_sentences(decision: Decision, language: Language) -> Iterator[str]:
    """Yield what is taken for granted, a sentence each."""
    scenario, told = decision.scenario, decision.figures
    yield say("report.assume_years", language, first=told.first, last=told.last)
    yield from _adopted(decision.case, language)
    yield from _budget(scenario, language)
    yield from carried_sentences(decision.case, scenario, language)
    yield say(f"report.assume_{scenario.objective}", language)
    if COUNTS[scenario.objective].effects:
        yield say("report.assume_diminishing", language)
        yield say(
            "report.assume_together", language, gain=percent(scenario.collaboration.strength, language, 0)
        )
    yield say("report.assume_nothing", language)
    yield from _not_filled(decision.case, scenario, language)
    yield from _weights(decision, language)
    yield from _rules(decision.case, scenario, language)
    if not decision.case.required_documents.empty:
        yield say("report.assume_documents", language)


def _adopted(case: Case, language: Language) -> Iterator[str]:
    """Yield which adopted plan is gone on with, and from when."""
    if (standing := standing_of(case)) is not None:
        name, through = standing.scenario.replan.adopted, standing.through
        yield say("realisation.assume", language, name=name, through=through, next=through + 1)


def _not_filled(case: Case, scenario: Scenario, language: Language) -> Iterator[str]:
    """Yield what no programme says and is counted as nothing: risk of delay, running costs."""
    if scenario.simulation.readiness_risk == 0 and case.programs["delivery_risk"].isna().all():
        yield say("report.assume_no_risk", language)
    costs = case.program_costs
    if not ((costs["kind"] == "run") & (costs["amount"] > 0)).any():
        yield say("report.assume_no_run_costs", language)


def _budget(scenario: Scenario, language: Language) -> Iterator[str]:
    scale = scenario.budget_scale
    if scale.all == 1 and not scale.funds and not scale.years:
        yield say("report.assume_budget", language)
    if scale.all != 1:
        yield say("report.assume_scale", language, share=percent(scale.all, language, 0))
    for name, factor in [
        *scale.funds.items(),
        *((str(year), factor) for year, factor in scale.years.items()),
    ]:
        yield say("report.assume_scale_part", language, part=name, share=percent(factor, language, 0))


def _weights(decision: Decision, language: Language) -> Iterator[str]:
    scenario = decision.scenario
    if scenario.criteria_weights:
        names = decision.case.names("criteria", language)
        given = (
            f"{names[criterion]} {_figure(weight, language)}"
            for criterion, weight in scenario.criteria_weights.items()
        )
        yield say("report.assume_weights", language, weights=listed(given, language))
    types = [kind for kind in dict.fromkeys(measure.area_types(decision.case, scenario)) if kind]
    if types:
        yield say("area_type.assume", language, types=listed(types, language))
    total = measure.criteria_total(decision.case, scenario)
    if not decision.case.issue_scores.empty and not measure.adds_up(total):
        yield say("report.assume_scaled", language, total=_figure(total, language))
    chosen = scenario.priority_issues
    if isinstance(chosen, list):
        names = decision.case.names("issues", language)
        yield say("report.assume_issues", language, issues=listed((names[code] for code in chosen), language))
    elif chosen is not None:
        yield say("report.assume_first_issues", language, n=chosen)


def _figure(weight: float, language: Language) -> str:
    return number(weight, language, 0 if weight == round(weight) else 2)


def _rules(case: Case, scenario: Scenario, language: Language) -> Iterator[str]:
    for rule in RULES:
        for name, values in rule.assumes(case, scenario) if rule.assumes else ():
            places = {key: _place(key, value, case, language) for key, value in values.items()}
            yield say(f"report.assume_{name}", language, **places)


def _place(key: str, value: object, case: Case, language: Language) -> str:
    """Return codes as a list in words, or by name, a share as percent."""
    if isinstance(value, list):
        names = case.names(key, language) if key in _NAMED else {}
        return listed((names.get(str(one), str(one)) for one in value), language)
    if isinstance(value, float):
        return percent(value, language, 0 if round(100 * value, 6).is_integer() else 1)
    return case.names(NAMED_IN[key], language).get(str(value), str(value)) if key in NAMED_IN else str(value)


def status_table(decision: Decision, language: Language) -> Table:
    """Return how many rows of each table were observed, and where they come from."""
    counts = status_counts(decision.case)
    rows = [
        (
            str(schema(str(name))["title" if language == "id" else "title_en"]),
            *(number(count, language) for count in row),
            percent(row["illustrative"] / max(1, row.sum()), language, 0),
            _sources(decision.case, str(name), language),
        )
        for name, row in counts.iterrows()
    ]
    keys = ["table", "observed", "estimated", "illustrative", "share_illustrative"]
    return table([*keys, "source"], rows, language, numeric=keys[1:])


def _sources(case: Case, name: str, language: Language) -> str:
    """Return where the rows of a table come from, the most frequent sources first."""
    frame = case.tables()[name]
    if "source" not in frame:
        return "–"
    sources = list(frame.loc[frame["source"] != "", "source"].value_counts().index)
    shown = in_indonesian("; ".join(sources[:_FEW]), language)
    if len(sources) <= _FEW:
        return shown or "–"
    return Markup("{}; {}").format(shown, say("model.more", language, n=len(sources) - _FEW))
