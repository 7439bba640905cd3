"""Weights of criteria by type of area, on the case of tests/hand.py, worked by hand.

A is kota, B desa. Kota counts c1 alone, desa c2 alone. Scores by c1: w 3, j 2; by c2: w 5, j 1. So in A w weighs
3/5 and j 2/5, in B w 5/6 and j 1/6. Gaps: A 1 and 0, B 0.5 and 0.8; shares 3/4 and 1/4. Needs: A w 9/20, j 0;
B w 5/6 x 1/2 x 1/4 = 5/48, j 1/6 x 4/5 x 1/4 = 1/30.
"""

import hashlib
import json
import re

import numpy as np
import pytest

from hand import TABLES, J, W, rows
from jspmodel import measure, rank_issues, rank_sensitivity
from jspmodel.charts import gap_map
from jspmodel.comparison.causes import setting_changes
from jspmodel.intake.tables import build_case
from jspmodel.measure import Measure
from jspmodel.plan import Choice
from jspmodel.report.assumptions import assumption_sentences
from jspmodel.report.hand_computation import HandTables, compute_by_hand
from jspmodel.report.problem import problem
from jspmodel.scenario import Collaboration, Scenario
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import certify, robust_portfolios
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.simulation import simulate_futures
from jspmodel.simulation.world import build_world
from jspmodel.tables import area_type_table, weights_table
from selection.random_cases import best_by_trying, ruled_case, ruled_scenario
from selection.small import make_scenario
from small_decision import small_case, small_decision

ON = Scenario(weights_by_area_type=True)
FLAT = {"collaboration": Collaboration(strength=0.0), "diminishing_returns": [(1.0, 1.0)]}
TYPES = rows(
    "area_type criterion weight", ("kota", "c1", 7), ("kota", "c2", 0), ("desa", "c2", 100), ("desa", "c1", 0)
)
ALIKE = rows(
    "area_type criterion weight",
    ("kota", "c2", 40),
    ("kota", "c1", 60),
    ("desa", "c1", 60),
    ("desa", "c2", 40),
)
NEEDS = {("w", "A"): 9 / 20, ("j", "A"): 0.0, ("w", "B"): 5 / 48, ("j", "B"): 1 / 30}
WHOLE = 9 / 20 + 5 / 48 + 1 / 30
CHOICES = (Choice(program="P", start=2027, regions=("A", "B")), Choice(program="Q", start=2028))


def typed(types=("kota", "desa"), weights=TYPES, **tables):
    regions = TABLES["regions"].assign(area_type=list(types))
    return build_case("typed", {**TABLES, "regions": regions, "area_type_weights": weights, **tables})


def test_weights_and_needs_by_hand():
    case = typed()
    weights = measure.region_weights(case, ON)
    assert weights.loc[["w", "j"]].to_numpy() == pytest.approx(np.array([[3 / 5, 5 / 6], [2 / 5, 1 / 6]]))
    assert measure.needs(case, ON).stack().to_dict() == pytest.approx(NEEDS)


def test_without_the_switch_types_do_not_count():
    case, plain = typed(), build_case("hand", TABLES)
    assert measure.needs(case, Scenario()).equals(measure.needs(plain, Scenario()))
    assert set(measure.area_types(case, Scenario())) == {""}


def test_a_region_without_a_type_goes_by_the_general_weights():
    weights = measure.region_weights(typed(("kota", "")), ON)
    assert weights["B"].to_dict() == pytest.approx({"w": W, "j": J})
    assert weights["A"].to_dict() == pytest.approx({"w": 3 / 5, "j": 2 / 5})


def test_what_a_plan_is_worth_by_hand():
    """P delivers 0.5 on w in A and B from 2028, half of the horizon; nothing else counts."""
    case, scenario = typed(), Scenario(weights_by_area_type=True, **FLAT)
    worth = Measure(case, scenario).impact(CHOICES[:1])
    assert worth.total == pytest.approx(100 / WHOLE * 0.5 * 0.5 * (9 / 20 + 5 / 48))
    assert worth.by_region.to_dict() == pytest.approx(
        {"A": 25.0, "B": 100 * 0.25 * (5 / 48) / (5 / 48 + 1 / 30)}
    )


def test_priorities_and_likeness_go_by_the_general_weights():
    """By desa's and the general weights w is first; of a type that counts only what j is scored on j would be."""
    scores = rows("issue criterion score", ("w", "c1", 3), ("w", "c2", 0), ("j", "c1", 1), ("j", "c2", 2))
    case = typed(issue_scores=scores)
    first = measure.region_weights(case, ON.replace(priority_issues=1))
    assert first.index.tolist() == ["w"]
    assert first.loc["w", "A"] == 1.0
    assert rank_issues(case, ON).equals(rank_issues(case, Scenario()))
    assert measure.edges(case, ON).equals(measure.edges(case, Scenario()))


def test_equal_weights_for_all_types_change_no_digit():
    plain, alike = build_case("hand", TABLES), typed(weights=ALIKE)
    assert measure.needs(alike, ON).equals(measure.needs(plain, Scenario()))
    plans = [select_programs(case, scenario) for case, scenario in ((plain, Scenario()), (alike, ON))]
    assert plans[0].objective == plans[1].objective
    assert plans[0].bound == plans[1].bound
    assert plans[0].choices == plans[1].choices
    futures = [
        simulate_futures(case, scenario.replace(simulation={"draws": 50}), plan)
        for case, scenario, plan in ((plain, Scenario(), plans[0]), (alike, ON, plans[1]))
    ]
    assert futures[0].regions.equals(futures[1].regions)
    assert np.array_equal(futures[0].impact, futures[1].impact)
    assert futures[0].paths.equals(futures[1].paths)


def test_the_simulation_weighs_each_region_by_its_own_weights():
    world = build_world(typed(), ON)
    assert world.need == pytest.approx([3 / 5, 5 / 12 + 4 / 30])
    assert [(w.tolist(), list(r)) for w, r in world.weighings] == [
        (pytest.approx([3 / 5, 2 / 5]), [0]),
        (pytest.approx([5 / 6, 1 / 6]), [1]),
    ]


def test_certain_futures_come_to_what_the_measure_says():
    """Without any part that is uncertain every draw is the optimiser's own impact, in each region."""
    case = typed()
    futures = simulate_futures(case, ON.replace(simulation={"draws": 3}), CHOICES, parts=())
    worth = Measure(case, ON).impact(CHOICES)
    assert futures.regions["median"].tolist() == pytest.approx(worth.by_region.tolist())
    assert futures.impact.tolist() == pytest.approx([worth.total] * 3)


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7, 11])
def test_plans_of_random_cases_are_the_best_of_all(seed):
    case, scenario = ruled_case(seed), ruled_scenario(seed, weights_by_area_type=True, locked_in=[])
    best = best_by_trying(case, scenario)
    assert best > 0
    assert select_programs(case, scenario).objective == pytest.approx(best)


def test_a_stranger_finds_the_same_needs_and_refuses_other_weights(tmp_path):
    case, scenario = typed(), make_scenario(weights_by_area_type=True)
    folder = certify(case, scenario, select_programs(case, scenario)).write(tmp_path / "certificate")
    assert any("anew row by row" in english for _, english in check_certificate.check(folder))
    document = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    for told in (
        tampered(folder, document),
        {**document, "settings": {**document["settings"], "weights_by_area_type": False}},
    ):
        (folder / "certificate.json").write_text(json.dumps(told), encoding="utf-8")
        with pytest.raises(check_certificate.Broken):
            check_certificate.check(folder)
        (folder / "tables/area_type_weights.csv").write_bytes(WEIGHTS[0])


WEIGHTS: list[bytes] = []


def tampered(folder, document):
    """The certificate with tables in which kota weighs both criteria alike, their sum told anew."""
    table = folder / "tables/area_type_weights.csv"
    WEIGHTS[:] = [table.read_bytes()]
    other = WEIGHTS[0].decode().replace("kota,c2,0", "kota,c2,7").encode()
    assert other != WEIGHTS[0]
    table.write_bytes(other)
    tables = {**document["tables"], "area_type_weights.csv": hashlib.sha256(other).hexdigest()}
    return {**document, "tables": tables}


def test_weights_in_intervals_are_not_looked_at_by_type_of_area():
    case, scenario = typed(), make_scenario(weights_by_area_type=True)
    with pytest.raises(ValueError, match="by type of area"):
        robust_portfolios(case, scenario, select_programs(case, scenario))


def test_the_computation_by_hand_takes_the_weights_of_the_region():
    case = typed()
    tables = HandTables(case, ON, 6)
    assert tables.needs.stack().to_dict() == pytest.approx(NEEDS, abs=1e-6)
    hand = compute_by_hand(tables, CHOICES, ("P", "w", "B"))
    assert hand.need_share == pytest.approx(5 / 48 / WHOLE, abs=1e-5)
    assert hand.impact == pytest.approx(Measure(case, ON).parts(CHOICES).at["w", "B"], abs=1e-3)


def decision():
    regions = TABLES["regions"].assign(area_type=["kota", ""])
    return small_decision(case=small_case(regions=regions, area_type_weights=TYPES.head(2)), scenario=ON)


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_report_shows_the_weights_side_by_side():
    told = text_of(problem(decision(), "en").html)
    assert "Weight of each issue by type of area Issue General kota" in told
    assert "Waste 70.4% 60.0%" in told
    assert "Type of area kota: Alfa." in told
    assert "as no type of area is given: Beta." in told
    assert "by type of area" not in text_of(problem(small_decision(), "en").html)
    said = list(assumption_sentences(decision(), "id"))
    assert any("mengikuti jenis kawasan daerah (kota)" in one for one in said)


def test_the_table_names_the_issue_whose_weight_differs_most():
    """In general w weighs 3.8/5.4, in A 3/5, in B 5/6."""
    found = area_type_table(typed(), ON, "en")
    assert found.title == "By type of area the weight of Waste differs most: 60.0% (kota) to 83.3% (desa)"
    assert "Satu 60.0% 100.0% 0.0%" in text_of(found.html)
    assert "does not ask" in area_type_table(typed(), Scenario(), "en").title
    alike = area_type_table(typed(weights=ALIKE), ON, "en")
    assert alike.title == "All types of area weigh the issues alike"


def test_what_the_ranking_depends_on_are_the_general_weights():
    case = typed()
    given = (rank_issues(case, ON), rank_sensitivity(case, ON, first=1), "en")
    assert "the weights of types of area stay as they are" in weights_table(case, ON, *given).html
    assert "types of area" not in weights_table(case, Scenario(), *given).html
    for one in ("without", "less", "more"):
        same = getattr(rank_sensitivity(case, Scenario(), first=1), one)
        assert getattr(given[1], one).equals(same)


def test_the_map_shows_each_region_by_its_own_weights():
    """A: 3/5 x 1 = 60 %; B: 5/6 x 0.5 + 1/6 x 0.8 = 55 %."""
    told = json.dumps(gap_map(typed(), ON, None, "en").to_dict())
    assert "60%" in told
    assert "55%" in told


def test_the_switch_changes_the_measure_and_nothing_else_is_told():
    assert [change[:2] for change in setting_changes(Scenario(), ON)] == [("measure", "weights_by_area_type")]
