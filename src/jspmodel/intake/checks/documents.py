"""Rules on documents that funds require, and on what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from math import inf

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.intake.checks.chances import open_starts
from jspmodel.intake.checks.spelling import spelt_otherwise
from jspmodel.intake.draft import Draft
from jspmodel.intake.nearest import nearest_word
from jspmodel.measure import plain_rows, records
from jspmodel.scenario import Scenario


def check_requirements(draft: Draft) -> Iterator[Problem]:
    """Check that a row names a fund or a kind of funds, and a kind that some fund is of."""
    kinds = sorted({str(kind) for kind in draft["funds"]["kind"] if kind})
    for row in plain_rows(draft["required_documents"]):
        if row.fund and row.fund_kind:
            yield draft.problem("requirement_names_both", "required_documents", row.Index, "fund_kind, fund")
        elif row.fund_kind and row.fund_kind not in kinds and not spelt_otherwise(row.fund_kind, kinds):
            values = {"value": row.fund_kind, "nearest": nearest_word(row.fund_kind, kinds), "kinds": kinds}
            yield draft.problem(
                "unknown_fund_kind", "required_documents", row.Index, "fund_kind", warning=True, **values
            )


def check_dates(draft: Draft) -> Iterator[Problem]:
    """Check that a state and its date say the same; tell which dates have passed without the document."""
    today = date.today().isoformat()
    for row in plain_rows(draft["program_readiness"]):
        if not row.complete_by:
            continue
        values = {"program": row.program, "document": row.document, "day": row.complete_by}
        if row.state == "not_needed" or (row.state == "ready" and row.complete_by > today):
            yield draft.problem(
                "ready_later" if row.state == "ready" else "not_needed_dated",
                "program_readiness",
                row.Index,
                "state, complete_by",
                **values,
            )
        elif row.state != "ready" and row.complete_by < today and row.status != "illustrative":
            yield draft.problem(
                "document_overdue", "program_readiness", row.Index, "complete_by", warning=True, **values
            )


def check_states(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell of which programmes nothing, or no date, is said of a document that a fund which may pay asks."""
    complete, payers = measure.completion_years(case, scenario), measure.payers(case)
    able = open_starts(case, scenario)
    unsaid: dict[str, dict[str, None]] = defaultdict(dict)
    undated: dict[str, dict[str, None]] = defaultdict(dict)
    for (program, fund), documents in measure.required_documents(case).items():
        for document in documents if program in able and fund in payers[program] else ():
            year = complete.get((program, document))
            if year is None:
                unsaid[document][program] = None
            elif year == inf:
                undated[document][program] = None
    for document, programs in unsaid.items():
        values = {"document": document, "programs": list(programs)}
        yield Problem("documents_unsaid", "program_readiness.csv", None, "document", values, warning=True)
    for document, programs in undated.items():
        values = {"document": document, "programs": list(programs)}
        yield Problem("documents_undated", "program_readiness.csv", None, "complete_by", values, warning=True)


def check_in_time(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which programmes no fund may pay for in any year in which they may start, until documents come."""
    opens, payers = measure.opening_years(case, scenario), measure.payers(case)
    for program, starts in open_starts(case, scenario).items():
        first = min((opens.get((program, fund), -inf) for fund in payers[program]), default=-inf)
        if max(starts) < first < inf:
            values = {"program": program, "first": int(first), "last": max(starts)}
            yield Problem(
                "documents_too_late", "program_readiness.csv", None, "complete_by", values, warning=True
            )


def check_kinds(case: Case, scenario: Scenario) -> Iterator[Problem]:
    """Tell which programmes have no kind, where documents are required of some kinds only."""
    if (case.required_documents["program_kind"] != "").any():
        able = open_starts(case, scenario)
        blank = [program for program, kind in records(case.programs, "program", "kind") if not kind]
        if programs := [program for program in blank if program in able]:
            yield Problem("kind_unsaid", "programs.csv", None, "kind", {"programs": programs}, warning=True)
