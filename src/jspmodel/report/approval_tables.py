"""Persetujuan dan dokumen: the money each holder must agree to, and what must be signed and when."""

from __future__ import annotations

from jspmodel.pages import Fragment, fragment, in_indonesian, table
from jspmodel.report.advice import advice
from jspmodel.report.approvals import (
    ApprovalDocument,
    budget_talks,
    consents,
    dprds,
    first_open_year,
    holders,
    money_by_holder,
    money_from_outside,
    papers,
    talks_are_past,
)
from jspmodel.report.decision import Decision
from jspmodel.report.readiness_documents import readiness_table, required_by_all, requirement_sources
from jspmodel.report.shared_wording import due_date
from jspmodel.report.who_pays import amount, payer_names
from jspmodel.scenario import Language
from jspmodel.text import Table, say, who


def approval_tables(decision: Decision, language: Language) -> Fragment:
    """Return what is to be approved and signed, by whom and when.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Of a plan that cannot be approved yet only why.
    """
    waiting = papers(decision)
    return fragment(
        "approval_tables",
        say("report.approval_tables", language),
        language,
        why_not=advice(decision, language)[0],
        approve=decision.plan.level != "open" and bool(decision.plan.selected),
        budget=_budget(decision, language),
        consent=_consent(decision, language),
        papers=_papers(decision, waiting, language),
        each=_papers_of_programs(decision, waiting, language),
        readiness=readiness_table(decision, language),
        required_by=required_by_all(decision, language),
        sources=requirement_sources(decision, language),
        count=sum(len(paper.programs) for paper in waiting),
    )


def _budget(decision: Decision, language: Language) -> Table:
    """Each holder's own money by year, then what no DPRD decides on, and the sum: the cost of the plan."""
    flows, outside = money_by_holder(decision), money_from_outside(decision)
    names, called = holders(decision, language), payer_names(decision, language)
    body = [
        *((name, flows.loc[code]) for code, name in names.items()),
        *((called[source, ""], outside.loc[source]) for source in outside.index),
        (say("report.budget_sum", language), flows.sum() + outside.sum()),
    ]
    rows = tuple(
        (name[:1].upper() + name[1:], *(amount(one, language) for one in (*row, row.sum())))
        for name, row in body
    )
    years = [str(year) for year in flows.columns]
    columns = (say("report.column_holder", language), *years, say("report.column_total", language))
    return Table(columns, rows, (False, *(True for _ in columns[1:])))


def _consent(decision: Decision, language: Language) -> Table:
    """Each DPRD with the budgets it is asked for and the programmes that need its consent."""
    flows, asked = money_by_holder(decision), consents(decision)
    year = first_open_year(decision)
    years = [one for one in flows.columns if one <= year]
    rows = []
    for holder, name in dprds(decision, language).items():
        if holder not in flows.index and holder not in asked:
            continue
        paid = flows.loc[holder] if holder in flows.index else flows.sum() * 0.0
        programs, due = asked.get(holder, ((), ""))
        amounts = (amount(one, language) for one in (*paid[years], paid.sum()))
        talks = budget_talks(decision, language)
        key = "report.consent_late" if talks_are_past(decision) else "report.consent_with_budget"
        with_budget = say(key, language, year=year, talks=talks)
        when = due_date(due, language) if programs else with_budget
        rows.append((name, *amounts, ", ".join(programs) or "–", when))
    columns = (
        say("report.column_dprd", language),
        *(say("report.column_budget_of", language, year=one) for one in years),
        *(say(f"report.column_{key}", language) for key in ("budget", "consent", "consent_due")),
    )
    return Table(columns, tuple(rows), (False, *(True for _ in years), True, False, False))


def _papers(decision: Decision, waiting: list[ApprovalDocument], language: Language) -> Table:
    """One kind of document, signer and date a row."""
    rows = [
        (
            due_date(paper.due, language),
            in_indonesian(paper.kind, language),
            in_indonesian(paper.signer, language) or "–",
            ", ".join(paper.programs),
        )
        for paper in waiting
    ]
    return table(["due", "paper", "signer", "programs"], rows, language)


def _papers_of_programs(decision: Decision, waiting: list[ApprovalDocument], language: Language) -> Table:
    """One programme a row, so that no row is too tall for a phone or for a page."""
    names, case = decision.case.names("programs", language), decision.case
    regions = {item.program: item.regions for item in decision.plan.selected}
    rows = [
        (
            due_date(paper.due, language),
            f"{program} {names[program]}",
            in_indonesian(paper.kind, language),
            in_indonesian(paper.signer, language) or "–",
            who(regions[program], case, language),
        )
        for paper in waiting
        for program in paper.programs
    ]
    return table(["due", "program", "paper", "signer", "place"], rows, language)
