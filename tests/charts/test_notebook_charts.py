"""Charts of the notebooks 01, 02 and 04 on the case of tests/small_decision.py, figures worked out by hand."""

from functools import cache

import pytest

from hand import rows
from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.figures.proposed_costs import effects_with_range, total_costs
from jspmodel.issues import rank_issues, rank_sensitivity
from jspmodel.scenario import Scenario
from small_decision import small_case

SETTINGS = Scenario()


def drawn(case, language="id"):
    ranking, sensitivity = rank_issues(case, SETTINGS), rank_sensitivity(case, SETTINGS, first=1, draws=50)
    made = {
        "coverage": charts.data_coverage(case, language),
        "status": charts.data_status(case, language),
        "scores": charts.issue_scores(case, ranking, language),
        "places": charts.first_places(case, ranking, sensitivity, language),
        "costs": charts.cost_years(case, SETTINGS, language),
        "effects": charts.effect_ranges(case, SETTINGS, language),
        "links": charts.prerequisites(case, language),
    }
    return {name: chart.to_dict() for name, chart in made.items()}


def message(spec):
    return spec["usermeta"]["jspmodel"]


def table(spec):
    return [list(row) for row in message(spec)["table"]["rows"]]


@cache
def small(language):
    return drawn(small_case(), language)


@pytest.fixture
def specs():
    return small("id")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_chart_says_something_and_can_be_drawn(language):
    for spec in small(language).values():
        assert message(spec)["title"]
        assert spec["description"].startswith(message(spec)["title"])
        columns = len(message(spec)["table"]["columns"])
        assert all(len(row) == columns for row in table(spec))
        assert svg(spec).startswith("<svg")


def test_coverage_counts_indicators_and_marks_judgement(specs):
    # Waste is measured in both regions, jobs are judged in both.
    assert table(specs["coverage"]) == [["Sampah", "1", "1"], ["Kerja", "p", "p"]]
    assert "2 diukur indikator, 2 dinilai dengan pertimbangan, dan 0" in message(specs["coverage"])["title"]


def test_what_is_not_known_is_marked():
    unknown = small_case(issue_regions=rows("issue region severity", ("j", "A", 0.5)))
    assert table(drawn(unknown)["coverage"])[1] == ["Kerja", "p", "?"]


def test_status_of_rows():
    funds = rows("fund name_id status", ("f", "F", "observed"), ("g", "G", "illustrative"))
    spec = drawn(small_case(funds=funds))["status"]
    assert [row[1:] for row in table(spec)] == [["1", "0", "1"]]
    assert "50% teramati, 0% perkiraan, dan 50% ilustratif" in message(spec)["title"]


def test_scores_with_the_spread_of_raters(specs):
    # Waste: c1 from 2 to 4, c2 5: 0.6*2 + 0.4*5 = 3.2 to 4.4; jobs 1.6 from one rater.
    assert table(specs["scores"]) == [
        ["1", "Sampah", "3,80", "3,20", "4,40"], ["2", "Kerja", "1,60", "1,60", "1,60"],
    ]  # fmt: skip
    assert "juga menurut penilai" in message(specs["scores"])["title"]


def test_waste_leads_whatever_the_weights(specs):
    assert table(specs["places"]) == [["1. Sampah", "100%"], ["2. Kerja", "0%"]]


def test_costs_as_soon_as_may_be():
    # P: 10 shared in 2027, 4 of A in 2028, delivered by the end of the horizon; nothing else costs anything.
    costs = total_costs(small_case(), SETTINGS)
    assert costs.groupby(["program", "year"])["amount"].sum().to_dict() == {("P", 2027): 10, ("P", 2028): 4}
    spec = charts.cost_years(small_case(), SETTINGS, "en").to_dict()
    assert table(spec) == [["2027", "10.0", "0.0", "10.0"], ["2028", "4.0", "0.0", "26.0"]]
    assert "suffice" in message(spec)["title"]


def test_effects_with_their_range():
    effects = rows(
        "program issue effect low high level",
        ("P", "w", 0.5, 0.3, 0.6, ""),
        ("Q", "j", None, None, None, "high"),
    )
    told = effects_with_range(small_case(program_effects=effects), SETTINGS)
    assert told.to_numpy().tolist() == [["P", "w", 0.5, 0.3, 0.6], ["Q", "j", 0.3, 0.3, 0.3]]
    spec = charts.effect_ranges(small_case(program_effects=effects), SETTINGS, "en").to_dict()
    assert "closes 50 percent of the gap (between 30 and 60); 1 in all." in message(spec)["title"]


def test_prerequisites_stand_above_what_requires_them():
    links = rows(
        "program other kind value",
        ("P", "Q", "requires", None), ("H", "P", "requires", None), ("H", "Q", "requires", None),
        ("Q", "H", "excludes", None),
    )  # fmt: skip
    spec = drawn(small_case(program_links=links))["links"]
    assert table(spec) == [
        ["Q Pelatihan kerja", "–", "P, H", "tidak bersama H"],
        ["P Pengolahan sampah", "Q", "H", "–"],
        ["H Taman kota", "P, Q", "–", "juga mensyaratkan Q; tidak bersama Q"],
    ]
    assert message(spec)["title"].startswith("Q Pelatihan kerja harus lebih dahulu: 2 program lain")


def test_names_from_tables_stay_text():
    evil = '</script><script>alert(1)</script>"&'
    issues = rows("issue name_id name_en", ("w", evil, evil), ("j", "Kerja", ""))
    for spec in drawn(small_case(issues=issues)).values():
        assert "<script" not in svg(spec)
