"""All that is tested of the rule readiness."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from jspmodel.selection import evaluate, select_programs
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules.readiness import RULE
from jspmodel.selection.rules.rule import Shortage
from jspmodel.text.selection_reasons import reason_names, reason_text
from selection.rules.audited import CHOICES, PAYMENTS, Tampered
from selection.rules.bad_data import told
from selection.rules.clashes import Clash
from selection.rules.marks import reason
from selection.small import by_program, make_scenario, one_place, rows, starts

SETTINGS = {"document_delay": 1}
AUDITED_SETTINGS = {}
ROWS = {}
BAD = {}
# Nothing is said of the DED of Q, which the fund of A requires: A pays half of the 3 of the province.
TAMPERED = Tampered(
    CHOICES,
    {**PAYMENTS, ("Q", "prov", 2028): 1.5, ("Q", "own-A", 2028): 1.5},
    {"program": "Q", "document": "DED", "fund": "own-A", "year": "2028"},
    1.5,
    alone=True,
)
DED = {
    "documents": rows("document name_id name_en", ("DED", "Rancangan rinci", "Detailed design")),
    "required_documents": rows("document fund_kind", ("DED", "DAK")),
}


def readiness(*lines):
    return {"program_readiness": rows("program document state complete_by", *lines)}


def case(*lines, budget=9, years=(2027, 2028, 2029), **tables):
    """X (0.3) and Y (0.2) cost 1 each and are paid by a DAK alone, which requires a DED."""
    return one_place(
        [("X", 0.3, 1), ("Y", 0.2, 1)],
        budget=budget,
        years=years,
        **{"funds": rows("fund name_id kind", ("f", "DAK", "DAK")), **DED, **readiness(*lines), **tables},
    )


CLASHES = {
    # X must be in, its DED is under way without a date.
    "readiness": Clash(
        case(("X", "DED", "under_way", "")),
        {"locked_in": ["X"]},
        {"lock X", "readiness X DED"},
        {"lock X": 1, "readiness X DED": 1},
    ),
    # X must start in 2027; its DED is done within that year.
    "readiness_of_a_year": Clash(
        case(("X", "DED", "under_way", "2027-06-30")),
        {"locked_in": [{"program": "X", "start": 2027}]},
        {"lock X", "lock_year X 2027", "readiness X DED"},
        {"lock X": 1, "lock_year X 2027": 1, "readiness X DED": 1},
    ),
}


@pytest.mark.parametrize(
    ("line", "start"),
    [
        (("X", "DED", "ready", ""), 2027),
        (("X", "DED", "not_needed", ""), 2027),
        (("X", "DED", "under_way", "2026-12-31"), 2027),
        (("X", "DED", "under_way", "2027-01-01"), 2028),
        (("X", "DED", "missing", "2028-06-30"), 2029),
        (("X", "DED", "missing", "2029-06-30"), None),
        (("X", "DED", "missing", ""), None),
        (("Y", "DED", "ready", ""), None),
    ],
)
def test_the_start_moves_to_the_year_after_the_document_is_complete(line, start):
    plan = select_programs(case(line), make_scenario())
    assert starts(plan).get("X") == start


def test_the_years_from_complete_to_paid_can_be_said():
    def start(lead):
        asked = rows("document fund lead_years", ("DED", "f", lead))
        found = case(("X", "DED", "under_way", "2027-06-30"), required_documents=asked)
        return starts(select_programs(found, make_scenario())).get("X")

    assert [start(lead) for lead in (None, 0, 1, 2, 3)] == [2028, 2027, 2028, 2029, None]


def test_the_last_of_several_documents_counts_and_other_funds_do_not_wait():
    two = {
        "documents": rows("document name_id", ("DED", "D"), ("LAHAN", "L")),
        "required_documents": rows("document fund_kind", ("DED", "DAK"), ("LAHAN", "DAK")),
    }
    lines = ("X", "DED", "ready", ""), ("X", "LAHAN", "missing", "2027-02-01"), ("Y", "DED", "ready", "")
    assert starts(select_programs(case(*lines, **two), make_scenario())) == {"X": 2028}
    # The APBD of 2027 pays for Y, of whose land nothing is said; X waits for its land and the DAK.
    money = {
        "funds": rows("fund name_id kind", ("f", "DAK", "DAK"), ("a", "APBD", "APBD")),
        "fund_budgets": rows("fund year amount", *(("f", y, 9) for y in (2027, 2028, 2029)), ("a", 2027, 1)),
    }
    plan = select_programs(case(*lines, **two, **money), make_scenario())
    assert starts(plan) == {"X": 2028, "Y": 2027}
    assert {(item.program, item.fund, item.year) for item in plan.funding} == {
        ("X", "f", 2028),
        ("Y", "a", 2027),
    }


def test_a_document_of_a_kind_of_programme_is_asked_of_those_and_of_programmes_without_a_kind():
    asked = rows("document fund_kind program_kind", ("DED", "DAK", "building"))

    def found(*kinds):
        programs = rows("program name_id duration kind", ("X", "X", 1, kinds[0]), ("Y", "Y", 1, kinds[1]))
        plan = select_programs(case(required_documents=asked, programs=programs), make_scenario())
        return sorted(starts(plan))

    assert found("building", "training") == ["Y"]
    assert found("training", "") == ["X"]


def test_a_year_after_the_first_waits_too():
    # 1 in the first year and 1 in the second: the APBD pays 2027, the DAK may pay from 2029 on.
    tables = {
        "program_costs": rows("program region kind offset amount", *(("X", "", "build", k, 1) for k in (0, 1)), ("Y", "", "build", 0, 1)),
        "funds": rows("fund name_id kind", ("f", "DAK", "DAK"), ("a", "APBD", "APBD")),
        "fund_budgets": rows("fund year amount", ("f", 2028, 9), ("f", 2029, 9), ("a", 2027, 1), ("a", 2028, 1)),
    }  # fmt: skip
    line, without_y = ("X", "DED", "missing", "2028-06-30"), make_scenario(locked_out=["Y"])
    plan = select_programs(case(line, **tables), without_y)
    assert starts(plan) == {"X": 2027}
    assert {(item.year, item.fund) for item in plan.funding} == {(2027, "a"), (2028, "a")}
    late = {
        **tables,
        "fund_budgets": rows("fund year amount", ("f", 2028, 9), ("f", 2029, 9), ("a", 2028, 1)),
    }
    assert starts(select_programs(case(line, **late), without_y)) == {"X": 2028}


@reason("waits_for_documents", "waits_for_documents_until")
def test_a_refusal_says_which_document_it_waits_for_and_until_when():
    found = case(("X", "DED", "missing", "2029-06-30"))
    told = {p.program: (p.reason, p.reason_values) for p in select_programs(found, make_scenario()).programs}
    assert told == {
        "X": ("waits_for_documents_until", {"documents": "DED", "year": 2029}),
        "Y": ("waits_for_documents", {"documents": "DED"}),
    }
    names = reason_names(found, "id")
    assert reason_text(*told["X"], "id", names).startswith("Menunggu Rancangan rinci, selesai 2029:")
    assert reason_text(*told["Y"], "en", reason_names(found, "en")).startswith("Waits for Detailed design:")


def of_two_regions(
    *lines, costs=(("", 1),), eligible="AB", mandatory="", scope="joint", other=("a", "APBD", "", 0)
):
    """X is paid by f, a DAK that waits for DED and LAND, and by another fund: code, kind, holder, budget a year."""
    code, kind, holder, amount = other
    asked = [("DED", "DAK"), ("LAND", "DAK" if kind != "DAU" else "DAU")]
    return case(
        *lines,
        regions=rows("region name", ("A", "A"), ("B", "B")),
        programs=rows("program name_id duration scope", ("X", "X", 1, scope)),
        program_regions=rows("program region mandatory", *(("X", region, region in mandatory) for region in eligible)),
        program_costs=rows("program region kind offset amount", *(("X", region, "build", 0, c) for region, c in costs)),
        program_effects=rows("program issue effect", ("X", "w", 0.3)),
        funds=rows("fund name_id kind holder", ("f", "F", "DAK", ""), (code, code, kind, holder)),
        fund_budgets=rows("fund year amount", *((fund, year, more) for fund, more in (("f", 9), (code, amount)) for year in (2027, 2028, 2029))),
        documents=rows("document name_id", ("DED", "D"), ("LAND", "L")),
        required_documents=rows("document fund_kind", *asked),
    )  # fmt: skip


READY, NEVER = ("X", "LAND", "ready", ""), ("X", "DED", "missing", "")
UNDATED = [("waits_for_documents", {"documents": "DED"})]


@pytest.mark.parametrize(
    ("lines", "more", "expected"),
    [
        ((READY, ("X", "DED", "ready", "")), {}, []),
        ((READY, NEVER), {}, UNDATED),
        # Of two, that without a date.
        ((("X", "DED", "missing", "2030-01-01"), ("X", "LAND", "missing", "")), {}, [("waits_for_documents", {"documents": "LAND"})]),
        # With dates both, and when the last is there.
        (
            (("X", "LAND", "missing", "2029-01-01"), ("X", "DED", "missing", "2030-01-01")), {},
            [("waits_for_documents_until", {"documents": "DED LAND", "year": 2030})],
        ),
        # Of two funds that wait, what the one that opens first waits for.
        (
            (("X", "DED", "missing", "2031-01-01"), ("X", "LAND", "missing", "2030-01-01")), {"other": ("g", "DAU", "", 9)},
            [("waits_for_documents_until", {"documents": "LAND", "year": 2030})],
        ),
        # Another fund that waits for nothing has money; it has none; it is held by a region that may not take part.
        ((READY, NEVER), {"other": ("a", "APBD", "", 1)}, []),
        ((READY, NEVER), {"other": ("b", "APBD", "B", 9)}, []),
        ((READY, NEVER), {"other": ("b", "APBD", "B", 9), "eligible": "A"}, UNDATED),
        # Whoever takes part, something is due: in each region, in one that must, in all of a programme of the province.
        ((READY, NEVER), {"costs": (("A", 1), ("B", 1))}, UNDATED),
        ((READY, NEVER), {"costs": (("A", 1),)}, []),
        ((READY, NEVER), {"costs": (("A", 1),), "mandatory": "A"}, UNDATED),
        ((READY, NEVER), {"costs": (("A", 1),), "mandatory": "B"}, []),
        ((READY, NEVER), {"costs": (("A", 1),), "scope": "province"}, UNDATED),
    ],
)  # fmt: skip
def test_what_a_programme_waits_for_wherever_it_starts(lines, more, expected):
    inputs = read_inputs(of_two_regions(*lines, **more), make_scenario())
    assert list(RULE.refuses(inputs, inputs.proposals["X"], {})) == expected


@pytest.mark.parametrize(
    ("line", "missing", "left", "told"),
    [
        (NEVER, {2027: 1}, {"f": 9}, True),
        # f has too little, or nothing; what is left of a is no money that waits.
        (NEVER, {2027: 1}, {"f": 0.5}, False),
        (NEVER, {2027: 1}, {}, False),
        (NEVER, {2027: 1}, {"a": 9}, False),
        # f may pay a fifth of 7.
        (NEVER, {2027: 1.5}, {"f": 9}, False),
        # Complete in 2027, paid from 2028 on.
        (("X", "DED", "missing", "2027-05-01"), {2027: 1}, {"f": 9}, True),
        (("X", "DED", "missing", "2027-05-01"), {2028: 1}, {"f": 9}, False),
        (("X", "DED", "missing", "2027-05-01"), {2027: 1, 2028: 1}, {"f": 9}, False),
    ],
)
def test_money_that_is_missing_may_wait_for_a_document(line, missing, left, told):
    found = of_two_regions(READY, line, other=("a", "APBD", "", 1))
    found = replace(found, fund_rules=rows("fund program dimension max_share", ("f", "X", "", 0.2)))
    inputs, years = read_inputs(found, make_scenario()), (2027, 2028, 2029)
    has = {(fund, year): amount for fund, amount in left.items() for year in years}
    reasons = list(
        RULE.withheld(inputs, inputs.proposals["X"], Shortage(missing, dict.fromkeys(years, 7.0), has, {}))
    )
    assert reasons == ([("documents_first", {"documents": "DED"})] if told else [])


def test_a_clash_names_the_funds_that_ask_for_the_document():
    inputs = read_inputs(of_two_regions(READY, NEVER, other=("g", "DAU", "", 9)), make_scenario())
    (relaxation,) = RULE.relaxations
    assert [relaxation.asks(inputs, ("X", document), 0.0) for document in ("DED", "LAND")] == [
        {"funds": ["f"]}, {"funds": ["g"]},
    ]  # fmt: skip


def test_where_no_fund_has_money_at_all_the_document_is_not_to_blame():
    found = case(("X", "DED", "ready", ""), budget=0)
    reasons = {p.program: p.reason for p in select_programs(found, make_scenario()).programs}
    assert reasons == {"X": "money", "Y": "money"}


def test_a_plan_that_somebody_brings_is_not_paid_too_early():
    found = case(("X", "DED", "missing", "2027-06-30"))
    plan = select_programs(found, make_scenario())
    assert evaluate(found, make_scenario(), plan.choices).missing == {}
    early = [choice.model_copy(update={"start": 2027}) for choice in plan.choices]
    brought = evaluate(found, make_scenario(), early)
    assert brought.missing == {("X", 2027): 1.0}
    assert [check.rule for check in brought.broken] == ["costs_paid"]


TABLES = {
    "documents": "document,name_id\nDED,Rancangan rinci\n",
    "required_documents": "document,fund_kind,fund,program_kind,lead_years\nDED,,danais,,\n",
}


@pytest.mark.parametrize(
    ("tables", "code", "file", "row", "column"),
    [
        ({"required_documents": "document,fund\nDEB,danais\n"}, "unknown_code", "required_documents.csv", 2, "document"),
        ({"program_readiness": "program,document,state\nP01,AMDAL,ready\n"}, "unknown_code", "program_readiness.csv", 2, "document"),
        ({"program_readiness": "program,document,state\nP01,DED,done\n"}, "not_in_list", "program_readiness.csv", 2, "state"),
        ({"program_readiness": "program,document,state,complete_by\nP01,DED,missing,nanti\n"}, "not_a_date", "program_readiness.csv", 2, "complete_by"),
        ({"program_readiness": "program,document,state\nP01,DED,ready\nP01,DED,missing\n"}, "duplicate_key", "program_readiness.csv", 3, "program, document"),
        ({"required_documents": "document,fund,fund_kind\nDED,danais,DAK\n"}, "requirement_names_both", "required_documents.csv", 2, "fund_kind, fund"),
        ({"required_documents": "document,fund_kind\nDED,DAK\n"}, "unknown_fund_kind", "required_documents.csv", 2, "fund_kind"),
        ({"required_documents": "document,fund,lead_years\nDED,danais,11\n"}, "out_of_range", "required_documents.csv", 2, "lead_years"),
        ({}, "documents_unsaid", "program_readiness.csv", None, "document"),
        ({"program_readiness": "program,document,state\nP01,DED,missing\n"}, "documents_undated", "program_readiness.csv", None, "complete_by"),
        ({"required_documents": "document,fund\nDED,\n", "program_readiness": "program,document,state,complete_by\nP01,DED,missing,2029-05-01\nP02,DED,ready,\nP03,DED,not_needed,\n"}, "documents_too_late", "program_readiness.csv", None, "complete_by"),
        ({"required_documents": "document,fund,program_kind\nDED,danais,building\n"}, "kind_unsaid", "programs.csv", None, "kind"),
    ],
)  # fmt: skip
def test_bad_tables_are_told_with_their_place(tmp_path, tables, code, file, row, column):
    problems = told(tmp_path / "tiny", {**TABLES, **tables}, "")
    (found,) = [problem for problem in problems if problem.code == code]
    assert (found.file, found.row, found.column) == (file, row, column)


def test_what_is_said_leaves_nothing_to_tell(tmp_path):
    said = "program,document,state,complete_by\nP01,DED,missing,2027-03-01\n"  # the fund pays for P01 alone
    assert [
        p.code
        for p in told(tmp_path / "tiny", {**TABLES, "program_readiness": said}, "")
        if "document" in p.code
    ] == []


@pytest.mark.parametrize(
    ("line", "delay", "start"),
    [
        (("X", "DED", "ready", ""), 2, 2027),
        (("X", "DED", "missing", "2026-06-30"), 0, 2027),
        (("X", "DED", "missing", "2026-06-30"), 1, 2028),
        (("X", "DED", "missing", "2026-06-30"), 3, None),
    ],
)
def test_documents_may_be_later_than_said(line, delay, start):
    scenario = make_scenario(document_delay=delay)
    plan = select_programs(case(line), scenario)
    assert starts(plan).get("X") == start
    if start == 2028:  # what is in time by the tables is too early with the delay
        early = [choice.model_copy(update={"start": 2027}) for choice in plan.choices]
        assert evaluate(case(line), scenario, early).missing == {("X", 2027): 1.0}


def test_a_certificate_states_the_model_with_what_funds_wait_for(tmp_path):
    # A building waits for its DED with its own lead and the delay; a training does not; Z has no kind and no row.
    programs = rows(
        "program name_id duration kind",
        ("X", "X", 1, "building"),
        ("Y", "Y", 1, "training"),
        ("Z", "Z", 1, ""),
    )
    asked = rows("document fund_kind program_kind lead_years", ("DED", "DAK", "building", 2))
    found = one_place(
        [("X", 0.3, 1), ("Y", 0.2, 1), ("Z", 0.1, 1)],
        budget=9,
        years=(2027, 2028, 2029),
        **{**DED, "required_documents": asked, "programs": programs, "funds": rows("fund name_id kind", ("f", "DAK", "DAK"))},
        **readiness(("X", "DED", "missing", "2026-06-30")),
    )  # fmt: skip
    scenario = make_scenario(document_delay=1)
    plan = select_programs(found, scenario)
    assert starts(plan) == {"X": 2029, "Y": 2027}
    folder = certify(found, scenario, plan).write(tmp_path / "certificate")
    assert any("anew row by row" in english for _, english in check_certificate.check(folder))
    ready = (folder / "tables/program_readiness.csv").read_text(encoding="utf-8")
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    other = ready.replace("2026-06-30", "2025-06-30").encode()
    (folder / "tables/program_readiness.csv").write_bytes(other)
    document["tables"]["program_readiness.csv"] = hashlib.sha256(other).hexdigest()
    (folder / "certificate.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(check_certificate.Broken, match=r"pay\(X,f,2028\)"):
        check_certificate.check(folder)


@reason("documents_first")
@pytest.mark.parametrize(
    ("dak", "expected"), [(9, "documents_first"), (1.6, "documents_first"), (1.5, "money")]
)
def test_a_refusal_says_that_the_money_is_there_and_waits_for_a_document(dak, expected):
    # X costs 1, the APBD has 0.4, Y takes 1 of the DAK: the 0.6 that is missing is there if that has 1.6.
    tables = {
        "funds": rows("fund name_id kind", ("f", "DAK", "DAK"), ("a", "APBD", "APBD")),
        "fund_budgets": rows("fund year amount", ("f", 2028, dak), ("a", 2028, 0.4)),
    }
    found = case(("X", "DED", "missing", "2028-06-30"), ("Y", "DED", "ready", ""), years=(2028,), **tables)
    code, values = by_program(select_programs(found, make_scenario()), "X")
    assert code == expected
    assert (values["short"], values["years"]) == (pytest.approx(0.6), "2028")
    if expected == "documents_first":
        said = reason_text(code, values, "en", reason_names(found, "en"))
        assert said.startswith("Waits for Detailed design: beside the programmes selected")


def test_what_lacks_money_in_a_year_in_which_nothing_waits_is_told_so():
    # From 2029 on the DAK may pay for X, but has 0.4 then; in 2028 it may not, and X would lack all.
    budgets = rows("fund year amount", ("f", 2028, 9), ("f", 2029, 0.4))
    found = case(("X", "DED", "missing", "2028-06-30"), years=(2028, 2029), fund_budgets=budgets)
    code, values = by_program(select_programs(found, make_scenario()), "X")
    assert (code, values["short"], values["start"]) == ("money", pytest.approx(0.6), 2029)
