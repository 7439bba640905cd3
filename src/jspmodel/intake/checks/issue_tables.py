"""Rules on issues, their criteria and their indicators."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel import measure
from jspmodel.errors import Problem
from jspmodel.intake.draft import Draft


def check_weights(draft: Draft) -> Iterator[Problem]:
    """Check that weights of criteria add up to 100, or to 1 (else they are scaled so that they do)."""
    weights = draft["criteria"]["weight"]
    total = float(weights.sum())
    if total > 0 and weights.notna().all() and not measure.adds_up(total):
        yield draft.problem("weights_sum", "criteria", None, "weight", warning=True, total=total)


def check_all_scored(draft: Draft) -> Iterator[Problem]:
    """Check that where issues are scored, each is scored on every criterion."""
    scores = draft["issue_scores"]
    if scores.empty:
        return
    scored = set(zip(scores["issue"], scores["criterion"], strict=True))
    criteria = [criterion for criterion in draft["criteria"]["criterion"] if criterion]
    for index, issue in draft["issues"]["issue"].items():
        missing = [criterion for criterion in criteria if (issue, criterion) not in scored]
        if issue and missing:
            yield draft.problem("not_scored", "issues", index, "issue", issue=issue, criteria=missing)


def check_worst(draft: Draft) -> Iterator[Problem]:
    """Check that the worst value of an indicator is worse than its target."""
    table = draft["indicators"]
    sign = table["better"].map({"lower": 1.0, "higher": -1.0}).astype(float)
    wrong = sign * (table["worst"] - table["target"]) <= 0
    for index in table.index[wrong]:
        values = {key: table.at[index, key] for key in ("worst", "target", "better")}
        yield draft.problem("worst_not_worse", "indicators", index, "worst", **values)


def check_known(draft: Draft) -> Iterator[Problem]:
    """Check that some gap is known for every issue (else it counts for nothing)."""
    indicators, values = draft["indicators"], draft["indicator_values"]
    measured = indicators.loc[indicators["indicator"].isin(values["indicator"]), "issue"]
    known = {*measured, *draft["issue_regions"]["issue"]}
    for index, issue in draft["issues"]["issue"].items():
        if issue not in known:
            yield draft.problem("issue_without_data", "issues", index, "issue", warning=True, issue=issue)


def check_spillovers(draft: Draft) -> Iterator[Problem]:
    """Check that no issue acts on itself, and that effects that go round in a circle die out."""
    table = draft["issue_spillovers"]
    itself = (table["issue"] == table["on_issue"]) & (table["issue"] != "")
    for index in table.index[itself]:
        yield draft.problem(
            "spillover_on_itself", "issue_spillovers", index, "on_issue", value=table.at[index, "issue"]
        )
    strength, cycle = measure.spillover_strength(table[~itself])
    if strength >= 1:
        yield draft.problem(
            "spillover_explodes",
            "issue_spillovers",
            None,
            "value",
            strength=round(strength, 3),
            issues=list(cycle),
        )
