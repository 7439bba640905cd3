"""The advice in three sentences: what to approve, what to sign first, what would change it."""

from __future__ import annotations

from markupsafe import Markup

from jspmodel.figures import status_counts
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import in_indonesian, say_html
from jspmodel.proof import proof_wording
from jspmodel.report.approvals import (
    ApprovalDocument,
    approvers,
    budget_talks,
    first_open_year,
    first_papers,
    money_by_holder,
    unrecorded,
)
from jspmodel.report.decision import Decision
from jspmodel.report.first_figures import NOTHING
from jspmodel.report.shared_wording import TELLING, often_chosen
from jspmodel.scenario import Language
from jspmodel.text import day, format_gap, listed, money, number, percent, say

_MOST_PAPERS = 5
"""Documents that the advice names."""


def advice(decision: Decision, language: Language) -> tuple[str, ...]:
    """Return what to approve, what to sign first, and what would change the advice.

    Of a plan that is open (see ``jspmodel.proof.level``) only that no approval is advised yet.
    """
    told, year, plan = decision.figures, first_open_year(decision), decision.plan
    proven = {"gap": format_gap(plan.gap, language), "bound": number(plan.bound, language, 1)}
    if plan.level == "open":
        return (say(f"report.advice_{proof_wording(plan.status, plan.gap)}", language, **proven),)
    if not told.selected:
        return (say("report.advice_none", language),)
    approve = say(
        f"report.advice_approve{'_provisional' if plan.level == 'provisional' else ''}",
        language,
        gap=proven["gap"],
        n=told.selected,
        used=money(told.used, language),
        own=_own_money(decision, language),
        first=told.first,
        last=told.last,
        budget_year=year,
        talks=budget_talks(decision, language),
        who=approvers(decision, language),
    )
    return approve, _sign_first(decision, language), _what_changes(decision, language)


def _own_money(decision: Decision, language: Language) -> str:
    """Return how much of the cost councils decide on; empty where that is all of it."""
    own = float(money_by_holder(decision).sum().sum())
    if own >= decision.figures.used - NOTHING:
        return ""
    return say("report.advice_own", language, own=money(own, language))


def _sign_first(decision: Decision, language: Language) -> str:
    """Return the documents to sign first: each with its programmes and signer; of many some."""
    first = first_papers(decision)
    if not first:
        missing = unrecorded(decision)
        return say(f"report.advice_sign_{'unrecorded' if missing else 'none'}", language, n=missing)
    n = sum(len(paper.programs) for paper in first)
    undated = sum(len(paper.programs) for paper in first if not paper.due)
    names = listed([str(_paper_told(paper, language)) for paper in first[:_MOST_PAPERS]], language)
    some = "_one" if n == 1 else "_some" if len(first) > _MOST_PAPERS else ""
    return say_html(
        f"advice_sign{some}",
        language,
        n=n,
        when=_when(min((paper.due for paper in first if paper.due), default=""), undated, n, language),
        kinds=Markup(names),  # noqa: S704
    )


def _paper_told(paper: ApprovalDocument, language: Language) -> Markup:
    """Return a document's kind, programmes and signer."""
    told = Markup("{} ({})").format(in_indonesian(paper.kind, language), ", ".join(paper.programs))
    if not paper.signer:
        return told
    signer = in_indonesian(paper.signer, language)
    return told + Markup(" {} {}").format(say("report.sign_by", language), signer)


def _when(due: str, undated: int, n: int, language: Language) -> str:
    """Return by when documents are to be signed, and how many have no date yet."""
    if not due:
        return say("report.sign_undated_all" if n > 1 else "report.sign_undated_one", language)
    nearest = say("report.sign_due", language, due=day(due, language))
    if not undated:
        return nearest
    return f"{nearest}; {say('report.sign_undated', language, n=undated)}"


def _what_changes(decision: Decision, language: Language) -> str:
    equity, share = decision.plan.equity, illustrative_share(decision)
    reasons = [_if_cut(decision, language)]
    if share > 0:
        reasons.append(say("report.change_data", language, share=percent(share, language, 0)))
    if equity is not None and equity.price >= TELLING:
        reasons.append(say("report.change_equity", language, price=number(equity.price, language, 1)))
    return say("report.advice_change", language, reasons=listed(reasons, language))


def _if_cut(decision: Decision, language: Language) -> str:
    cut = decision.steps.get(80)
    effects = COUNTS[decision.plan.objective_kind].effects
    if cut is None or not effects or often_chosen(decision) is not None:
        return say("report.change_budget", language)
    if cut.programs is None:
        return say(f"reading.advice_cut_{cut.finding}", language)
    worth, now = (number(value, language, 1) for value in (cut.expected, decision.expected.median))
    key = "reading.advice_cut_provisional" if cut.provisional else "reading.advice_cut"
    return say(key, language, n=len(cut.leaves), worth=worth, now=now)


def illustrative_share(decision: Decision) -> float:
    """Return which share of the rows of the tables is illustrative."""
    counts = status_counts(decision.case).sum()
    return float(counts["illustrative"] / counts.sum()) if counts.sum() else 0.0
