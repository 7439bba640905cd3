"""Documents that have to be complete before the funds of the plan may pay: what is left to do, by when."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from jspmodel import measure
from jspmodel.pages import in_indonesian, table
from jspmodel.report.decision import Decision
from jspmodel.report.open_documents import expected_completion
from jspmodel.report.shared_wording import due_date
from jspmodel.scenario import Language
from jspmodel.text import Table, all_wording, listed, say


def readiness_table(decision: Decision, language: Language) -> Table:
    """Return the documents that are still to be completed for the plan, one a row.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Table
        Without the funds that require them where ``required_by_all`` names them.
    """
    case, words = decision.case, all_wording(language)
    documents, programs, funds = (case.names(name, language) for name in ("documents", "programs", "funds"))
    rows = [
        (
            due_date(f"{one.last_year}-12-31", language),
            documents[one.document],
            f"{one.program} {programs[one.program]}",
            f"{words.get(f'choice.state_{one.state}', one.state)}, {due_date(one.complete_by, language)}",
            listed((funds[fund] for fund in one.funds), language),
        )
        for one in decision.open_documents
    ]
    keys = ["needed_by", "readiness_document", "program", "expected_by", "required_by"]
    if required_by_all(decision, language):
        return table(keys[:-1], [row[:-1] for row in rows], language)
    return table(keys, rows, language)


def required_by_all(decision: Decision, language: Language) -> str:
    """Return the funds that require every document still to be completed; empty where they differ.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    str
    """
    asking = {one.funds for one in decision.open_documents}
    if len(asking) != 1:
        return ""
    names = decision.case.names("funds", language)
    return listed((names[fund] for fund in asking.pop()), language)


def requirement_sources(decision: Decision, language: Language) -> list[tuple[str, str]]:
    """Return where it is said that the documents still to be completed are required.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    list of (str, str)
        Documents that have the same source, and that source as a piece of the page.
    """
    names, of = decision.case.names("documents", language), dict[str, list[str]]()
    for one in decision.open_documents:
        said = of.setdefault("; ".join(one.sources), [])
        if names[one.document] not in said:
            said.append(names[one.document])
    return [
        (listed(said, language), in_indonesian(source, language)) for source, said in of.items() if source
    ]


def gates(decision: Decision, program: str, language: Language) -> Iterator[str]:
    """Yield which documents keep which funds from paying for a programme, and until when.

    Parameters
    ----------
    decision : Decision
    program : str
    language : {"id", "en"}

    Yields
    ------
    str
        A sentence for all funds that wait for the same; none where no fund that may pay waits.
    """
    case = decision.case
    complete, payers = measure.completion_years(case, decision.scenario), measure.payers(case)[program]
    waiting: dict[tuple[str, ...], list[str]] = {}
    for (of, fund), documents in measure.required_documents(case).items():
        if of != program or fund not in payers:
            continue
        if open_ := tuple(d for d in documents if complete.get((program, d), inf) > -inf):
            waiting.setdefault(open_, []).append(fund)
    funds, opens = case.names("funds", language), measure.opening_years(case, decision.scenario)
    for open_, waits in waiting.items():
        told = listed((_told(decision, program, document, language) for document in open_), language)
        year = max(opens[program, fund] for fund in waits)
        key = "program_sheet.ready_gate_never" if year == inf else "program_sheet.ready_gate"
        names = listed((funds[fund] for fund in waits), language)
        yield say(key, language, funds=names, documents=told, year="" if year == inf else int(year))


def _told(decision: Decision, program: str, document: str, language: Language) -> str:
    case = decision.case
    name = case.names("documents", language)[document]
    rows = case.program_readiness
    mine = rows[(rows["program"] == program) & (rows["document"] == document)]
    if mine.empty:
        return say("program_sheet.gate_unsaid", language, document=name)
    by = expected_completion(str(mine.iloc[0]["complete_by"]), decision.scenario)
    if not by:
        return say("program_sheet.gate_undated", language, document=name)
    return say("program_sheet.gate_dated", language, document=name, date=due_date(by, language))
