"""What the first screen shows beside the advice, on the case of tests/small_decision.py.

Budgets are f 10 (2027) and 20 (2028), g 6 (2028); the plan pays 10 of f in 2027 and 4 of g in 2028. So 20 of f
and 2 of g are left, both in 2028. H, the only refused proposal, takes a year and may start in both.
"""

from dataclasses import replace

import pytest

from hand import rows
from jspmodel import report
from jspmodel.figures import unspent_budgets
from jspmodel.report.advice import advice
from jspmodel.report.first_figures import indicator_table, money_told, run_stamp, targets_told
from jspmodel.scenario import Scenario
from jspmodel.simulation import Expected
from small_decision import MORE, small_case, small_decision, small_plan, small_sensitivity

NOBREAK = "\N{NO-BREAK SPACE}"


def left(case, plan=None):
    found = unspent_budgets(case, Scenario(), plan or small_plan())
    return found.too_late, found.bound, found.other


def starting_until(last):
    table = MORE["programs"].copy()
    table["last_start"] = [None, None, last]
    return small_case(programs=table)


def test_what_a_refused_proposal_could_use_is_told_as_that():
    assert left(small_case()) == ({}, 0.0, 22.0)


def test_money_after_the_last_start_of_all_refused_is_too_late():
    assert left(starting_until(2027)) == ({2028: 22.0}, 0.0, 0.0)


def test_money_of_funds_that_may_pay_for_none_of_them_is_bound():
    rules = rows("fund program dimension max_share", ("f", "P", "", 1.0))
    assert left(small_case(fund_rules=rules)) == ({}, 20.0, 2.0)
    # What comes too late is not counted again as bound.
    late = starting_until(2027)
    late = small_case(programs=late.programs, fund_rules=rules)
    assert left(late) == ({2028: 22.0}, 0.0, 0.0)


def test_with_nothing_refused_that_is_why_money_is_left():
    plan = small_plan()
    there = {"selected": True, "start": 2027, "regions": ("A",)}
    programs = tuple(item if item.selected else item.model_copy(update=there) for item in plan.programs)
    decision = replace(small_decision(), plan=plan.model_copy(update={"programs": programs}))
    assert [reason.partition(":")[2] for reason in money_told(decision, "en").reasons] == [
        " all proposals are selected, so that nothing is left to pay for"
    ]


def test_money():
    told = money_told(small_decision(), "en")
    # 14 of 36: 38.9 percent.
    assert f"39% of the ceiling used; Rp{NOBREAK}22{NOBREAK}billion not." in told.told
    assert '<rect class="part" width="38.9"' in told.told
    assert [reason.split(" scattered")[0] for reason in told.reasons] == [f"Rp{NOBREAK}22{NOBREAK}billion"]
    late = replace(small_decision(), case=starting_until(2027))
    assert money_told(late, "id").reasons == (
        f"Rp22{NOBREAK}miliar pada 2028, sesudah tahun terakhir usulan yang tersisa boleh mulai",
    )


TARGETS = rows(
    "indicator issue region year target already without probability out_of_reach",
    ("iw", "w", "", 2028, 10.0, False, 0.0, 0.02, True),
    ("ij", "j", "", 2028, 5.0, False, 0.1, 0.6, False),
)
PATHS = rows(
    "indicator region year without low median high",
    ("iw", "", 2027, 9.0, 1.0, 2.0, 3.0),
    ("iw", "", 2028, 45.0, 20.0, 30.0, 40.0),
    ("iw", "A", 2028, 8.0, 7.0, 7.0, 7.0),
    ("ij", "", 2028, 7.5, 4.0, 4.5, 5.5),
)
SERIES = rows(
    "indicator region base_year base",
    ("iw", "A", 2025, 50.0), ("iw", "B", 2026, 10.0), ("ij", "A", 2026, 8.0), ("ij", "B", 2026, None),
)  # fmt: skip
INDICATORS = rows(
    "indicator issue name_id name_en unit better target worst",
    ("iw", "w", "Sampah", "Waste", "kg", "lower", 10, 60), ("ij", "j", "Kerja", "Jobs", "", "lower", 5, 10),
)  # fmt: skip
VALUES = rows("indicator region year value", ("iw", "A", 2025, 50.0), ("ij", "A", 2026, 8.0))


@pytest.fixture
def decision():
    decision = small_decision(small_case(indicators=INDICATORS, indicator_values=VALUES))
    futures = replace(decision.futures, targets=TARGETS, paths=PATHS, series=SERIES)
    decision.__dict__["futures"] = futures
    return decision


def test_indicators_go_from_now_to_the_target(decision):
    # People: A 3, B 1. (3*50 + 10) / 4 = 40; of jobs only A is known. Waste is the first issue by rank.
    names = decision.case.names("indicators", "en")
    found = indicator_table(decision, "en")
    assert [row[1:] for row in found.rows] == [
        ("40.0 (2025–2026)", "30.0 (20.0–40.0)<br>without the plan 45.0", "10.0 (2028)", "out of reach"),
        ("8.0 (2026)", "4.5 (4.0–5.5)<br>without the plan 7.5", "5.0 (2028)", "yes; chance 60%"),
    ]
    assert names["iw"] in found.rows[0][0]


def test_targets_are_counted(decision):
    assert targets_told(decision, "en").startswith(
        "Of 2 targets of priority issues, 1 are expected to be reached and 1 are out"
    )
    none = replace(decision.futures, targets=TARGETS.assign(probability=0.3))
    decision.__dict__["futures"] = none
    assert targets_told(decision, "id").startswith(
        "Dari 2 target isu prioritas, tidak satu pun diperkirakan tercapai"
    )


def test_a_target_that_nobody_gave_is_told_as_a_default():
    given = INDICATORS.assign(source=["", "bawaan: target 0: nilai terbaru daerah terbaik, sampai 2025"])
    decision = small_decision(small_case(indicators=given, indicator_values=VALUES))
    decision.__dict__["futures"] = replace(decision.futures, targets=TARGETS, paths=PATHS, series=SERIES)
    assert [row[3] for row in indicator_table(decision, "id").rows] == ["10,0 (2028)", "5,0 (2028)<br>bawaan"]
    assert targets_told(decision, "id").endswith(
        "1 dari 2 target itu bawaan: nilai terbaru daerah terbaik, bukan target RPJMD."
    )


@pytest.mark.parametrize(
    ("chance", "out", "told"),
    [
        (0.6, False, "is expected to be reached."),
        (0.3, False, "is not expected"),
        (0.01, True, "is out of reach"),
    ],
)
def test_one_target_is_told_as_one(decision, chance, out, told):
    one = TARGETS.head(1).assign(probability=chance, out_of_reach=out)
    decision.__dict__["futures"] = replace(decision.futures, targets=one)
    assert targets_told(decision, "en").startswith(f"The one target of priority issues {told}")


def test_without_indicators_there_is_no_table(decision):
    decision.__dict__["futures"] = replace(decision.futures, targets=TARGETS.iloc[:0])
    assert indicator_table(decision, "en") is None
    assert targets_told(decision, "en") == ""
    assert "What changes for people" not in report.summary(decision, "en").html


def test_the_stamp_says_when_under_which_number_with_which_version():
    record = {
        "started": "2027-03-01T20:05:00+00:00",
        "key": "0123456789abcdef",
        "packages": {"jspmodel": "9.8"},
    }
    told = replace(small_decision(), record=record)
    assert run_stamp(told, "id") == "dihitung 2 Maret 2027, 03.05 WIB · nomor 01234567 · jspmodel 9.8"
    assert run_stamp(small_decision(), "id") == ""


def test_what_a_cut_would_leave_is_what_is_expected_then():
    told = small_decision(sensitivity=replace(small_sensitivity(), programs=None))
    cut = replace(told.steps[80], expected=12.34)
    told.__dict__["steps"] = {80: cut}
    told.__dict__["expected"] = Expected(10.0, 15.67, 18.0)
    assert (
        "bila pagu turun 20 persen (untuk sementara 1 program keluar: Q; penurunan kesenjangan diperkirakan 12,3 persen, bukan 15,7)"
        in advice(told, "id")[-1]
    )


def test_councils_are_told_how_much_is_their_own_money():
    # Of the 14, fund f pays 10: once it is money of the centre, only 4 are decided on by councils.
    own = advice(small_decision(), "en")[0]
    assert "their own money" not in own
    case = small_case()
    central = replace(case, funds=case.funds.assign(kind=["DAK", *case.funds["kind"][1:]]))
    told = advice(small_decision(central), "en")[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "worth Rp 14 billion (Rp 4 billion of it their own money)" in told
