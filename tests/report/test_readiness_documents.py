"""What is still to be completed before the funds of a plan may pay, as the report and the memo tell it."""

from __future__ import annotations

from hand import rows
from jspmodel import report
from jspmodel.report.assumptions import assumption_sentences
from jspmodel.report.program_readiness import readiness
from jspmodel.report.readiness_documents import readiness_table
from jspmodel.scenario import Scenario
from small_decision import small_case, small_decision

# In the plan f pays 10 for P in 2027, g 4 in 2028. H is not in it.
DOCUMENTS = {
    "documents": rows("document name_id name_en", ("DED", "Rancangan rinci", "Detailed design"), ("LAHAN", "Lahan", "Land")),
    "required_documents": rows(
        "document fund lead_years source", ("DED", "g", None, "Contoh pasal 1"), ("DED", "f", 2, "Contoh pasal 2"), ("LAHAN", "g", 0, "")
    ),
    "program_readiness": rows(
        "program document state complete_by",
        ("P", "DED", "under_way", "2025-11-30"), ("P", "LAHAN", "missing", "2028-03-01"), ("H", "DED", "missing", ""),
    ),
}  # fmt: skip


def decided(**tables):
    return small_decision(small_case(**{**DOCUMENTS, **tables}))


def test_documents_are_needed_before_the_first_payment_of_the_first_fund_that_requires_them():
    ded, land = decided().open_documents
    # f pays in 2027 and asks for two years: end of 2025, before g's end of 2027.
    assert (ded.document, ded.last_year, ded.funds, ded.complete_by) == (
        "DED",
        2025,
        ("f", "g"),
        "2025-11-30",
    )
    assert ded.sources == ("Contoh pasal 1", "Contoh pasal 2")
    assert (land.document, land.last_year, land.funds, land.sources) == ("LAHAN", 2028, ("g",), ())


def test_what_is_ready_or_not_needed_or_of_a_fund_that_does_not_pay_is_no_task():
    done = rows(
        "program document state complete_by", ("P", "DED", "ready", ""), ("P", "LAHAN", "not_needed", "")
    )
    assert decided(program_readiness=done).open_documents == []
    elsewhere = rows("document fund", ("DED", "g"))
    unpaid = decided(required_documents=elsewhere).plan
    other = unpaid.model_copy(update={"funding": tuple(p for p in unpaid.funding if p.fund != "g")})
    assert (
        small_decision(small_case(**{**DOCUMENTS, "required_documents": elsewhere}), other).open_documents
        == []
    )


def test_the_tasks_stand_where_documents_are_signed():
    (first, second) = readiness_table(decided(), "id").rows
    said = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in first]
    assert said[:4] == [
        "31 Desember 2025",
        "Rancangan rinci",
        "P Pengolahan sampah",
        "sedang disiapkan, 30 November 2025",
    ]
    assert second[1] == "Lahan"
    page = report.approval_tables(decided(), "en").html
    assert "Documents still to be completed: 2" in page
    assert (
        'Basis of the requirement, Detailed design: <span lang="id">Contoh pasal 1; Contoh pasal 2</span>'
        in page
    )
    assert "still to be completed" not in report.approval_tables(small_decision(), "en").html


def test_funds_that_require_every_document_are_named_once():
    of_g = rows("document fund", ("DED", "g"), ("LAHAN", "g"))
    assert len(readiness_table(decided(), "id").columns) == 5
    assert len(readiness_table(decided(required_documents=of_g), "id").columns) == 4
    assert (
        "Semuanya disyaratkan oleh G." in report.approval_tables(decided(required_documents=of_g), "id").html
    )


def test_a_sheet_of_a_programme_says_which_fund_waits_for_what():
    decision = decided()
    refused = next(item for item in decision.plan.programs if item.program == "H")
    told = " ".join(readiness(decision, refused, "en")).replace("\N{NO-BREAK SPACE}", " ")
    assert "may not pay yet, waiting for Detailed design (no date)" in told
    chosen = next(item for item in decision.plan.programs if item.program == "P")
    assert "mulai 2027: menunggu Rancangan rinci (30 November 2025)" in " ".join(
        readiness(decision, chosen, "id")
    ).replace("\N{NO-BREAK SPACE}", " ")


def test_with_a_delay_the_later_date_is_told():
    leap = rows(
        "program document state complete_by",
        ("P", "DED", "missing", "2024-02-29"),
        ("P", "LAHAN", "ready", ""),
    )
    case = small_case(**{**DOCUMENTS, "program_readiness": leap})
    late = small_decision(case, scenario=Scenario(document_delay=1))
    assert [one.complete_by for one in late.open_documents] == ["2025-02-28"]
    chosen = next(item for item in late.plan.programs if item.program == "P")
    assert "(28 Februari 2025)" in " ".join(readiness(late, chosen, "id")).replace("\N{NO-BREAK SPACE}", " ")


def test_that_unsaid_documents_count_as_missing_is_among_the_assumptions():
    assert any("dihitung belum ada" in one for one in assumption_sentences(decided(), "id"))
    assert not any("dihitung belum ada" in one for one in assumption_sentences(small_decision(), "id"))
