"""What ``jspmodel evaluate`` tells, as values for machines."""

from __future__ import annotations

from math import isnan
from typing import Any

from jspmodel.case import Case
from jspmodel.figures import PlanChanges
from jspmodel.measure import budgets
from jspmodel.plan import Plan
from jspmodel.scenario import Language, Scenario
from jspmodel.selection import Evaluation
from jspmodel.text import describe_breach, describe_mend, say, words
from jspmodel.workbook import BroughtPlan


def as_values(
    case: Case,
    scenario: Scenario,
    ours: Plan,
    brought: BroughtPlan,
    changes: PlanChanges,
    verdict: Evaluation,
    language: Language,
) -> dict[str, Any]:
    """Return what is told of a plan that was brought: codes and figures, sentences in a language.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    ours : Plan
    brought : BroughtPlan
    changes : PlanChanges
        From our plan to it.
    verdict : Evaluation
    language : {"id", "en"}

    Returns
    -------
    dict
        ``choices``: the plan as it was read; ``changes``: ``added``, ``dropped`` (with ``how``), ``moved``,
        ``regions``; ``objective``, ``cost`` and ``regions`` (percent of the gap closed, None: no need), each
        ``brought`` beside ``ours``; ``broken``: rules with their breaches; ``payments``, ``missing`` and
        ``funds`` by year, Rp billion; ``warnings``.
    """
    return {
        "case": case.name,
        "scenario": scenario.name,
        "keeps_all_rules": not verdict.broken,
        "choices": [choice.model_dump(mode="json") for choice in brought.choices],
        "changes": _changes(changes, brought),
        "objective": {
            "kind": ours.objective_kind,
            "brought": verdict.audit.objective,
            "ours": ours.objective,
            "bound": ours.bound,
        },
        "cost": {"brought": verdict.cost, "ours": ours.cost},
        "regions": _regions(ours, verdict),
        "broken": _broken(case, verdict, language),
        "payments": [payment.model_dump(mode="json") for payment in verdict.payments],
        "funds": _funds(case, scenario, verdict),
        "missing": [
            {"program": program, "year": year, "amount": amount}
            for (program, year), amount in verdict.missing.items()
        ],
        "warnings": [
            {"file": item.file, "cell": item.cell, "text": words(item, language)} for item in brought.warnings
        ],
    }


def _changes(changes: PlanChanges, brought: BroughtPlan) -> dict[str, Any]:
    dropped = [
        {**choice.model_dump(mode="json"), "how": brought.left.get(choice.program, "gone")}
        for choice in changes.dropped
    ]
    moved = [
        {"program": one.program, "before": one.start, "after": other.start} for one, other in changes.moved
    ]
    regions = [
        {
            "program": one.program,
            "added": [region for region in other.regions if region not in one.regions],
            "dropped": [region for region in one.regions if region not in other.regions],
        }
        for one, other in changes.regions
    ]
    added = [choice.model_dump(mode="json") for choice in changes.added]
    return {"added": added, "dropped": dropped, "moved": moved, "regions": regions}


def _regions(ours: Plan, verdict: Evaluation) -> list[dict[str, Any]]:
    own = {item.region: item.impact for item in ours.regions}
    return [
        {"region": region, "brought": None if isnan(impact) else impact, "ours": own.get(str(region))}
        for region, impact in verdict.regions.items()
    ]


def _broken(case: Case, verdict: Evaluation, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "rule": check.rule,
            "title": say(f"rule.{check.rule}", language),
            "breaches": [
                {
                    "where": breach.where,
                    "amount": breach.amount,
                    "text": describe_breach(check.rule, breach, case, language),
                    "mend": describe_mend(check.rule, breach, case, language),
                }
                for breach in check.breaches
            ],
        }
        for check in verdict.broken
    ]


def _funds(case: Case, scenario: Scenario, verdict: Evaluation) -> list[dict[str, Any]]:
    """Return what is paid, the budget, and what of it is carried over, in Rp billion."""
    paid: dict[tuple[str, int], float] = {}
    for item in verdict.payments:
        paid[item.fund, item.year] = paid.get((item.fund, item.year), 0.0) + item.amount
    ceilings = budgets(case, scenario)
    return [
        {
            "fund": fund,
            "year": year,
            "paid": amount,
            "budget": ceilings.get((fund, year), 0.0),
            "carried_over": case.carried_over.get((fund, year), 0.0),
        }
        for (fund, year), amount in sorted(paid.items())
    ]
