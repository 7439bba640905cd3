"""The first screen: the decision in one sentence, four figures against doing nothing, the advice in three."""

from __future__ import annotations

from jspmodel.figures import Figures, rows_without_status, status_counts
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Fragment, fragment
from jspmodel.report.advice import advice, illustrative_share, is_example
from jspmodel.report.decision import Decision
from jspmodel.report.first_figures import indicator_table, money_told, run_stamp, targets_told
from jspmodel.report.shared_wording import often_chosen, report_subject
from jspmodel.scenario import Language
from jspmodel.simulation import Expected
from jspmodel.text import listed, money, number, percent, proof_sentence, say, short_names

GUIDE = {
    "minutes": ("my_region", "analysis", "approval_tables"),
    "audit": ("problem", "assumptions", "facts", "annex"),
}
"""Sections for the two readings that go beyond the first screen."""


def summary(decision: Decision, language: Language) -> Fragment:
    """Return the first screen of the report.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Its title is the headline.
    """
    return fragment(
        "summary",
        headline(decision, language),
        language,
        provenance=provenance(decision, language),
        figures=key_figures(decision, language),
        advice=advice(decision, language),
        proof=proof_sentence(decision.plan, language),
        targets=targets_told(decision, language),
        indicators=indicator_table(decision, language),
        draws=number(len(decision.futures.impact), language),
        money=money_told(decision, language),
        caution=caution(decision, language),
        guide=_guide(decision, language),
    )


def provenance(decision: Decision, language: Language) -> str:
    """Return what a report is of: place, scenario, years, who made it, and of a run when it was computed."""
    makers = listed(decision.case.contributors, language)
    made = say("report.made_by" if makers else "report.made_by_nobody", language, makers=makers)
    return " · ".join(filter(None, [report_subject(decision, language), made, run_stamp(decision, language)]))


def _guide(decision: Decision, language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return how long each reading takes, and the sections it is made of."""
    return [
        (
            say(f"reading.guide_{name}", language),
            [(section, _section(decision, section, language)) for section in sections],
        )
        for name, sections in GUIDE.items()
    ]


def _section(decision: Decision, section: str, language: Language) -> str:
    of = f"_{decision.case.level}" if section == "my_region" else ""
    return say(f"report.{section}{of}", language)


def headline(decision: Decision, language: Language) -> str:
    """Return the decision in one sentence, marked as provisional or open where it is."""
    plan = decision.plan
    found = _headline(decision, language)
    if plan.level not in {"provisional", "open"}:
        return found
    return say(f"report.headline_{plan.level}", language, headline=found)


def _headline(decision: Decision, language: Language) -> str:
    told, plan, sure = decision.figures, decision.plan, often_chosen(decision)
    key = f"report.headline_{plan.objective_kind}"
    if sure is not None:
        kept = "levels_kept" if sure == told.selected > 1 else "levels"
        key = f"reading.headline_{'all' if told.selected == told.proposed else kept}"
    return say(
        key,
        language,
        sure=sure,
        ceiling=money(told.ceiling, language),
        n=told.selected,
        all=told.proposed,
        worth=number(plan.objective, language, 1),
        **expectation(decision, language),
    )


def expectation(decision: Decision, language: Language) -> dict[str, str]:
    """Return what the plan is expected to close, its range, and what it would if all went as planned.

    Empty where effects do not count.
    """
    if not COUNTS[decision.plan.objective_kind].effects:
        return {}
    figures = {**decision.expected._asdict(), "impact": decision.figures.impact}
    return {name: number(value, language, 1) for name, value in figures.items()}


def caution(decision: Decision, language: Language) -> str:
    """Return how much of the data is no observation, and does not say; empty where no table says."""
    counts = status_counts(decision.case).sum()
    if not counts.sum():
        return ""
    told = say(
        "report.caution_most" if is_example(decision) else "report.caution_some",
        language,
        n=number(counts["illustrative"], language),
        all=number(counts.sum(), language),
        share=percent(illustrative_share(decision), language, 0),
    )
    silent = rows_without_status(decision.case)
    return f"{told} {say('report.caution_silent', language, n=number(silent, language))}" if silent else told


def key_figures(decision: Decision, language: Language) -> list[dict[str, str]]:
    """Return value, label and comparison of the four figures, the expected effect first.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    list of dict
        ``value``, ``label`` and ``note``, as the template ``summary`` takes them.
    """
    told = decision.figures
    ceiling, left = money(told.ceiling, language), money(told.left, language)
    chosen = say("report.of", language, n=told.selected, all=told.proposed)
    return [
        _effect(decision, told, language),
        _figure("money", money(told.used, language), language, ceiling=ceiling, left=left),
        _figure("programs", chosen, language, joint=told.joint),
        _least(decision, language),
    ]


def _effect(decision: Decision, told: Figures, language: Language) -> dict[str, str]:
    if (sure := often_chosen(decision)) is not None:
        value = say("report.of", language, n=sure, all=told.selected)
        label, note = (say(f"reading.figure_levels{end}", language) for end in ("", "_note"))
        return {"value": value, "label": label, "note": note}
    plan, kind = decision.plan, decision.plan.objective_kind
    effects, bound = COUNTS[kind].effects, number(plan.bound, language, 1)
    worth = (
        percent(decision.expected.median / 100, language) if effects else number(plan.objective, language, 1)
    )
    return {
        "value": worth,
        "label": say(f"report.figure_worth_{kind}", language),
        "note": say(
            f"report.figure_worth_note_{kind}", language, bound=bound, **expectation(decision, language)
        ),
    }


def _least(decision: Decision, language: Language) -> dict[str, str]:
    region, expected = least_helped(decision)
    if not region:
        return _figure("least_none", "–", language)
    return _figure(
        "least",
        percent(expected.median / 100, language),
        language,
        region=short_names(decision.case)[region],
        low=number(expected.low, language, 1),
        high=number(expected.high, language, 1),
    )


def least_helped(decision: Decision) -> tuple[str, Expected]:
    """Return the region that is expected to be helped least, and by how much; empty where none has a gap."""
    table = decision.futures.regions
    rows = table[table["state"] != "no_need"]
    if rows.empty:
        return "", Expected(0.0, 0.0, 0.0)
    least = rows.loc[rows["median"].idxmin()]
    return str(least["region"]), Expected(*(float(least[key]) for key in Expected._fields))


def _figure(name: str, value: str, language: Language, **values: object) -> dict[str, str]:
    return {
        "value": value,
        "label": say(f"report.figure_{name}", language, **values),
        "note": say(f"report.figure_{name}_note", language, **values),
    }
