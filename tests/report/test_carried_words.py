"""Money carried over stands among the assumptions, with its unit, fund, years and source."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from adopted import REALISED, adopted_plan, case_with, scenario_through
from jspmodel.cli import app
from jspmodel.figures import carried_sentences
from jspmodel.intake import replanned
from jspmodel.report.assumptions import assumption_sentences
from selection.small import rows
from small_decision import small_case, small_decision

NOTHING_BEGAN = rows(
    REALISED,
    ("P", 2027, "f", 0.0, "not_begun", "lelang gagal"),
    ("Q", 2027, "g", 2.975, "under_way", "lahan belum siap"),
)
"""f was to pay 4 for P and g 3 for Q: 4 and 0.025 are left."""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Beside the budgets of 2028 there is money carried over from 2027, which no factor on budgets changes "
               "(Rp billion): F 4.0 and G 0.025. Source: the adopted plan (rencana) less realisation."),
        ("id", "Di samping pagu 2028 ada uang yang dibawa dari 2027, yang tidak diubah faktor pagu apa pun "
               "(miliar rupiah): F 4,0 dan G 0,025. Sumber: rencana yang ditetapkan (rencana) dikurangi realisasi."),
    ],
)  # fmt: skip
def test_what_a_plan_has_left_is_told_with_unit_fund_years_and_source(language, told):
    settings = scenario_through(unspent="carried").replace(budget_scale=0.5)
    case, scenario = replanned(
        case_with(NOTHING_BEGAN.assign(remaining=[float("nan"), 0.5])), settings, adopted_plan()
    )
    assert list(carried_sentences(case, scenario, language)) == [told]


def test_an_amount_that_one_decimal_would_round_to_nothing_is_told_in_full():
    case, scenario = small_case(), small_decision().scenario
    first = small_decision().figures.first
    (told,) = carried_sentences(
        replace(case, carried_over={("f", first): 0.05, ("g", first): 0.06}), scenario, "en"
    )
    assert "F 0.050 and G 0.1." in told


def test_what_has_lapsed_is_not():
    case, scenario = replanned(
        case_with(NOTHING_BEGAN.assign(remaining=[float("nan"), 0.5])), scenario_through(), adopted_plan()
    )
    assert not list(carried_sentences(case, scenario, "en"))


def test_it_stands_among_the_assumptions_of_a_case_that_says_it_itself():
    case, decision = small_case(), small_decision()
    fund = case.funds["fund"].iloc[0]
    first, last = decision.figures.first, decision.figures.last
    rich = replace(case, carried_over={(fund, first): 1.5, (fund, last + 1): 9.0})
    told = [one for one in assumption_sentences(replace(decision, case=rich), "en") if "carried over" in one]
    assert len(told) == 1
    assert f"budgets of {first}" in told[0]
    assert "from years past" in told[0]
    assert (
        f"{case.names('funds', 'en')[fund]} 1.5. Source: datapackage.json of the case (carried_over)."
        in told[0]
    )
    assert not [one for one in assumption_sentences(decision, "en") if "carried over" in one]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "carried over from years past"), ("id", "dibawa dari tahun-tahun")]
)
def test_solve_tells_it_on_the_terminal(tiny_folder, language, said):
    carried = [{"fund": "apbd", "year": 2027, "amount": 0.5}]
    (tiny_folder / "datapackage.json").write_text(json.dumps({"carried_over": carried}))
    found = CliRunner().invoke(app, ["solve", str(tiny_folder), "--language", language])
    assert found.exit_code == 0, found.output
    assert said in found.output


def test_evaluate_tells_it_too(tiny_folder, tmp_path):
    carried = [{"fund": "apbd", "year": 2027, "amount": 0.5}]
    (tiny_folder / "datapackage.json").write_text(json.dumps({"carried_over": carried}))
    plan = tmp_path / "plan.csv"
    assert CliRunner().invoke(app, ["solve", str(tiny_folder), "--csv", str(plan)]).exit_code == 0
    words = ["evaluate", str(tiny_folder), str(plan), "--language", "en"]
    assert "carried over from years past" in CliRunner().invoke(app, words).output
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert {
        item["carried_over"] for item in told["funds"] if (item["fund"], item["year"]) == ("apbd", 2027)
    } == {0.5}
    assert {item["carried_over"] for item in told["funds"] if item["year"] != 2027} <= {0.0}
