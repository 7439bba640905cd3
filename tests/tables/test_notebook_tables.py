"""Tables of the notebooks 01, 04 and 05, on the case and plan of tests/small_decision.py."""

import re

from hand import rows
from jspmodel import tables
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan

SETTINGS = Scenario()


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def with_reasons(*reasons):
    left = {program: (code, values) for program, code, values in reasons}
    programs = tuple(
        item
        if item.program not in left
        else item.model_copy(
            update={
                "selected": False,
                "start": None,
                "reason": left[item.program][0],
                "reason_values": left[item.program][1],
            }
        )
        for item in small_plan().programs
    )
    return small_plan(programs=programs)


def test_the_portfolio_begins_with_what_is_worth_most():
    text = told(tables.portfolio_table(small_case(), small_plan(), "en"))
    assert text.startswith("2 of 3 programmes for Rp 14 billion: 20.0 percent of the gap closed.")
    # P: 15 points for Rp 14 billion; Q costs nothing.
    assert text.index("P Waste treatment 2027 Alfa and Beta 14.0 15.00 1.071") < text.index(
        "Q Job training 2028"
    )
    assert "0.0 5.00 –" in text


def test_what_just_missed_lacks_least():
    plan = with_reasons(
        ("P", "money", {"short": 3.0, "gain": 0.4, "cost": 14.0}),
        ("H", "money", {"short": 1.25, "gain": 0.1, "cost": 2.0}),
    )
    text = told(tables.missed_table(small_case(), plan, "en"))
    assert text.startswith(
        "Of 2 proposals outside the plan the nearest: H City park, short of Rp 1.2 billion."
    )
    assert text.index("H City park Musrenbang 1.2 0.10 2.0") < text.index(
        "P Waste treatment RPJMD 3.0 0.40 14.0"
    )


def test_what_adds_nothing_is_never_the_nearest():
    plan = with_reasons(
        ("P", "money", {"short": 3.0, "gain": 0.4, "cost": 14.0}),
        ("H", "money", {"short": 0.1, "gain": 0.0, "cost": 2.0}),
    )
    assert "nearest: P Waste treatment" in tables.missed_table(small_case(), plan, "en").title


def test_what_the_search_did_not_reach_comes_first():
    plan = with_reasons(
        ("P", "money", {"short": 3.0, "gain": 0.4, "cost": 14.0}),
        ("H", "not_reached", {"gain": 0.1, "cost": 2.0}),
    )
    assert tables.missed_table(small_case(), plan, "en").title.startswith("H City park could still be added")


def test_nothing_lacks_money_or_nothing_is_left():
    assert tables.missed_table(small_case(), small_plan(), "en").title.startswith(
        "1 of 3 proposals are outside"
    )
    everything = tuple(item.model_copy(update={"selected": True}) for item in small_plan().programs)
    title = tables.missed_table(small_case(), small_plan(programs=everything), "id").title
    assert title == "Semua usulan masuk dalam rencana."


def test_who_may_take_part():
    regions = rows("region name population maturity", ("A", "Alfa", 3, 1.0), ("B", "Beta", 1, 3.0))
    programs = rows(
        "program name_id duration scope required_maturity min_volume volume_unit authority",
        ("P", "Satu", 1, "joint", 2.0, 100, "t/hari", "shared"), ("Q", "Dua", 1, "province", None, None, "", ""),
    )  # fmt: skip
    joins = rows("program region volume mandatory", ("P", "A", 30, False), ("P", "B", 40, True))
    case = small_case(regions=regions, programs=programs, program_regions=joins)
    text = told(tables.eligibility_table(case, "en"))
    assert text.startswith("2 of 2 programmes are open to all regions; 1 wait")
    assert "even all regions together bring too little volume for: 1" in text  # 70 of 100
    assert "P Satu shared a volume of 100 t/hari; maturity 2 −1 ✓ 40 *" in text.replace("t/day", "t/hari")


def test_what_funds_may_pay():
    rules = rows("fund program dimension max_share", ("g", "P", "", 0.4), ("g", "Q", "", 0.5))
    text = told(tables.payer_table(small_case(fund_rules=rules), SETTINGS, "en"))
    # g: Rp 6 billion of 36 in all.
    assert text.startswith("1 of 2 funds, 17% of Rp 36 billion, may pay only for what their rules name.")
    assert "Only F may pay for H." in text
    assert "F – the whole area 30.0 all programmes (3) 100%" in text
    assert "G – the whole area 6.0 P, Q 40%–50%" in text


def test_costs_and_effects_of_proposals():
    text = told(tables.cost_table(small_case(), SETTINGS, "en"))
    assert text.startswith("1 of 3 proposals take half of the Rp 14 billion")
    assert "P Waste treatment 2027 2 14.0 0.0 14.0 71%" in text  # 10 of 14 are shared
    text = told(tables.effect_table(small_case(), SETTINGS, "en"))
    assert text.startswith("Answered most weakly: Kerja (programmes: 1).")
    assert "Waste 1 0 50 50 50" in text


def test_data_without_status_and_with():
    text = told(tables.source_table(small_case(), "en"))
    assert text.startswith("Sources of the 0 rows")
    funds = rows(
        "fund name_id source status",
        ("f", "F", "BPS 2024", "observed"),
        ("g", "G", "made up", "illustrative"),
    )
    text = told(tables.source_table(small_case(funds=funds), "en"))
    assert "BPS 2024 observed 1 Funds" in text
    assert "made up" not in text


def test_indicators_and_the_issues_that_have_none():
    text = told(tables.indicator_table(small_case(), "en"))
    assert text.startswith("Measured: 1 of 2 issues (indicators: 1). Only judged, or not known: Kerja.")
    assert "2023–2025 2 of 2" in text


def test_what_is_odd_is_listed():
    title = tables.quality_table(small_case(), SETTINGS, "en").title
    assert title.startswith(("Worth a second look:", "34 rows"))
