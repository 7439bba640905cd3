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
    talks_are_past,
    unrecorded,
)
from jspmodel.report.decision import Decision
from jspmodel.report.first_figures import NOTHING
from jspmodel.report.shared_wording import TELLING, marked_if_cut, often_chosen
from jspmodel.scenario import Language
from jspmodel.text import day, format_gap, listed, money, number, say

_MOST_PAPERS = 5
"""Documents that the advice names."""
_MOST_LEAVING = 6
"""Programmes that fall as ceilings do, of which the advice gives the codes."""


def advice(decision: Decision, language: Language) -> tuple[str, ...]:
    """Return what to approve, what to sign first, and what would change the advice.

    Of a plan that is open (see ``jspmodel.proof.level``) only that no approval is advised yet.
    """
    told, plan = decision.figures, decision.plan
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
        by=_by_when(decision, language),
        who=approvers(decision, language),
    )
    if is_example(decision):
        approve = say("report.advice_as_example", language, advice=approve[:1].lower() + approve[1:])
    approve += _decided_years(decision, language)
    return approve, _sign_first(decision, language), _what_changes(decision, language)


def _decided_years(decision: Decision, language: Language) -> str:
    """Return what starts in years that are decided already, and which money that takes; empty without."""
    closed = decision.scenario.closed_years
    starts = sorted(item.start for item in decision.plan.selected if item.start in closed)
    flows = money_by_holder(decision)
    own = float(flows[[year for year in flows.columns if year in closed]].sum().sum())
    if not starts or own <= NOTHING:
        return ""
    years = listed((str(year) for year in dict.fromkeys(starts)), language)
    count = {"n": len(starts), "years": years, "own": money(own, language)}
    return " " + say(f"report.advice_decided{'_one' if len(starts) == 1 else ''}", language, **count)


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
    names = listed([str(_paper_told(decision, paper, language)) for paper in first[:_MOST_PAPERS]], language)
    some = "_one" if n == 1 else "_some" if len(first) > _MOST_PAPERS else ""
    return say_html(
        f"advice_sign{some}",
        language,
        n=n,
        when=_when(min((paper.due for paper in first if paper.due), default=""), undated, n, language),
        kinds=Markup(names),  # noqa: S704
    )


def _paper_told(decision: Decision, paper: ApprovalDocument, language: Language) -> Markup:
    """Return a document's kind, programmes (with those that a fifth less money takes out) and signer."""
    programs = (marked_if_cut(decision, program, program, language) for program in paper.programs)
    told = Markup("{} ({})").format(in_indonesian(paper.kind, language), ", ".join(programs))
    if not paper.signer:
        return told
    signer = in_indonesian(paper.signer, language)
    return told + Markup(" {} {}").format(say("report.sign_by", language), signer)


def _by_when(decision: Decision, language: Language) -> str:
    """Return with which budget programmes are approved: the next one, or its revision where that is late."""
    year, talks = first_open_year(decision), budget_talks(decision, language)
    key = "late" if talks_are_past(decision) else "before"
    return say(f"report.approve_{key}", language, year=year, next=year + 1, talks=talks)


def _when(due: str, undated: int, n: int, language: Language) -> str:
    """Return by when documents are to be signed, and how many have no date yet."""
    if not due:
        return say("report.sign_undated_all" if n > 1 else "report.sign_undated_one", language)
    nearest = say("report.sign_due", language, due=day(due, language))
    if not undated:
        return nearest
    return f"{nearest}; {say('report.sign_undated', language, n=undated)}"


def _what_changes(decision: Decision, language: Language) -> str:
    equity = decision.plan.equity
    reasons = [_if_cut(decision, language)]
    if illustrative_share(decision) > 0:
        reasons.append(say("report.change_data", language))
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
    few = 0 < len(cut.leaves) <= _MOST_LEAVING
    which = say(f"reading.advice_cut_{'which' if few else 'many'}", language, programs=", ".join(cut.leaves))
    same = "_same" if worth == now else ""
    told = say(f"reading.advice_worth{same}", language, worth=worth, now=now)
    return say(key, language, n=len(cut.leaves), which=which, worth=told)


def illustrative_share(decision: Decision) -> float:
    """Return which share of the rows of the tables is illustrative."""
    counts = status_counts(decision.case).sum()
    return float(counts["illustrative"] / counts.sum()) if counts.sum() else 0.0


def is_example(decision: Decision) -> bool:
    """Return whether most rows of the tables are illustrative: then the advice is an example."""
    return illustrative_share(decision) > 0.5
