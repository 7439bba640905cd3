"""What limits a plan beside its budgets, as sheets of plan.xlsx: figures as numbers, days as dates."""

from __future__ import annotations

from datetime import datetime

import openpyxl

from hand import rows
from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.scenario import Scenario
from small_decision import MORE, small_case, small_decision

# In the plan f pays 10 for P in 2027, g 4 in 2028; H is not in it.
LIMITS = {
    "documents": rows("document name_id name_en", ("DED", "Rancangan rinci", "Detailed design")),
    "required_documents": rows("document fund lead_years source", ("DED", "g", 1, "Contoh pasal 1")),
    "program_readiness": rows(
        "program document state complete_by", ("P", "DED", "under_way", "2027-03-31")
    ),
    "spending_rules": rows(
        "spending_rule name_id name_en bound share dimension fund base_amount base_total legal_basis source",
        ("a", "Lingkungan", "Environment", "min", 0.4, "env", "f", 30.0, 90.0, "UU 1", "contoh"),
        ("b", "Tidak terlalu", "Not too much", "max", 1.0, "env", "g", None, None, "", ""),
    ),
    "programs": MORE["programs"].assign(duration=[1, 1, 1]),
    "staff_kinds": rows("staff_kind name_id name_en", ("an", "analis", "analysts")),
    "agency_staff": rows("agency staff_kind people", ("dlh", "an", 3)),
    "program_staff": rows(
        "program staff_kind agency phase people", ("P", "an", "dlh", "build", 2.5), ("P", "an", "dlh", "trains", 1)
    ),
}  # fmt: skip


def sheets(tmp_path, scenario=None, language="en", **tables):
    tmp_path.mkdir(exist_ok=True)
    file = tmp_path / f"plan.{language}.xlsx"
    write_workbook(small_decision(small_case(**tables), scenario=scenario or Scenario()), file, language)
    book = openpyxl.load_workbook(file, data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_each_document_spending_rule_and_kind_of_staff_year_by_year(tmp_path):
    told = sheets(tmp_path, **LIMITS)
    assert told["Readiness"][1:] == [
        ["P", "Waste treatment", "Detailed design", 2027, "under way", datetime(2027, 3, 31), "G", "Contoh pasal 1"]
    ]  # fmt: skip
    # In 2027 f pays 10, all of it counted: 40 of 100; in 2028 nothing: 30 of 90. g pays 4 in 2028.
    assert told["Spending rules"][1:] == [
        ["a", "Environment", "UU 1", "at least", 0.4, 2027, 40, 100, 0.4, "contoh"],
        ["a", "Environment", "UU 1", "at least", 0.4, 2028, 30, 90, 0.333333, "contoh"],
        ["b", "Not too much", None, "at most", 1, 2027, 0, 0, None, None],
        ["b", "Not too much", None, "at most", 1, 2028, 4, 4, 1, None],
    ]
    # What P trains is there once P is complete: in 2028.
    assert [row[1:] for row in told["Staff"][1:]] == [
        ["analysts", 2027, 3, 0, 2.5, 0.5],
        ["analysts", 2028, 3, 1, 0, 4],
    ]


def test_where_nothing_limits_there_is_no_sheet_and_both_languages_have_the_same(tmp_path):
    assert not {"Readiness", "Spending rules", "Staff"} & {*sheets(tmp_path)}
    assert "Staff" not in sheets(tmp_path / "off", Scenario(staff_limits=False), **LIMITS)
    indonesian = sheets(tmp_path, language="id", **LIMITS)
    assert {"Kesiapan", "Aturan belanja", "Tenaga"} <= {*indonesian}
    assert indonesian["Kesiapan"][1][4] == "sedang disiapkan"
