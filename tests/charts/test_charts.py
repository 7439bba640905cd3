"""Charts of the decision of tests/small_decision.py, their figures worked out by hand.

Effect on waste in 2028: P gives 0.5 in A and B, 0.1 * a[A,B] more for the partner and 0.2 of it more with Q.
similarity = W*0.5 / (W*1 + J*0.8) = 0.374, so e = 0.5 * (1 + 0.0374 + 0.2) = 0.6187 and
closed = 0.4 + 0.2187 * 0.75 = 0.564: the gap of A falls from 1 to 0.436, of B from 0.5 to 0.218.
"""

import json
from functools import cache

import pytest

from hand import TABLES, rows
from jspmodel import charts
from jspmodel.charts.render import MIME, bundle, svg
from small_decision import small_case, small_decision, small_plan


def drawn(decision, language="id"):
    case, scenario, plan = decision.case, decision.scenario, decision.plan
    return {
        "gaps": charts.gap_matrix(case, decision.ranking, decision.outcome, language).to_dict(),
        "roadmap": charts.roadmap(case, scenario, plan, language).to_dict(),
        "funding": charts.funding(case, scenario, plan, language).to_dict(),
        "impact": charts.region_impact(case, plan, language).to_dict(),
        "paths": charts.indicator_paths(case, decision.outcome, language).to_dict(),
    }


@cache
def small(language):
    return drawn(small_decision(), language)


@pytest.fixture
def specs():
    return small("id")


def table(spec):
    return [list(row) for row in spec["usermeta"]["jspmodel"]["table"]["rows"]]


def values(spec, field):
    return [row[field] for data in spec["datasets"].values() for row in data if field in row]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_chart_says_something_and_can_be_drawn(language):
    for spec in small(language).values():
        message = spec["usermeta"]["jspmodel"]
        assert " ".join(spec["title"]["text"]) == message["title"]
        assert spec["description"].startswith(message["title"])
        columns = len(message["table"]["columns"])
        assert all(
            len(row) == columns == len(message["table"]["numeric"]) for row in message["table"]["rows"]
        )
        assert 'class="mark-' in svg(spec)


def test_languages_differ(specs):
    for name, spec in small("en").items():
        assert spec["usermeta"]["jspmodel"]["title"] != specs[name]["usermeta"]["jspmodel"]["title"]


@pytest.mark.parametrize(("language", "decimal"), [("id", ","), ("en", ".")])
def test_axes_write_numbers_as_the_language_does(language, decimal):
    assert small(language)["paths"]["config"]["locale"]["number"]["decimal"] == decimal


def test_gaps_before_and_after(specs):
    assert table(specs["gaps"]) == [["Sampah", "100 → 44", "50 → 22"], ["Kerja", "0", "80 → 56"]]
    assert "Sampah" in specs["gaps"]["usermeta"]["jspmodel"]["title"]


def test_the_table_of_the_roadmap(specs):
    assert table(specs["roadmap"]) == [
        ["P", "Pengolahan sampah", "2027", "2028", "Alfa dan Beta", "14,0"],
        ["Q", "Pelatihan kerja", "2028", "2028", "Alfa dan Beta", "0,0"],
    ]


def test_only_joint_programmes_count_as_joint(specs):
    assert "1 dikerjakan bersama" in specs["roadmap"]["usermeta"]["jspmodel"]["title"]


def test_funding_beside_ceilings(specs):
    assert table(specs["funding"]) == [
        ["F", "10,0 / 10,0", "0,0 / 20,0", "10,0 / 30,0"],
        ["G", "0,0 / 0,0", "4,0 / 6,0", "4,0 / 6,0"],
    ]
    title = specs["funding"]["usermeta"]["jspmodel"]["title"]
    assert all(
        part in title
        for part in (
            "71%",
            "Rp14\N{NO-BREAK SPACE}miliar",
            "Rp22\N{NO-BREAK SPACE}miliar",
        )
    )


def test_impact_by_region_beside_province_and_floor(specs):
    assert table(specs["impact"]) == [["Alfa", "22,0", "90,0", "4,0"], ["Beta", "2,0", "10,0", "0,0"]]
    assert values(specs["impact"], "text") == ["Ambang pemerataan 1,5", "Wilayah 20,0"]


def test_without_equity_no_floor_is_drawn():
    spec = drawn(small_decision(plan=small_plan(equity=None)))["impact"]
    assert values(spec, "text") == ["Wilayah 20,0"]


def test_paths_are_means_by_population(specs):
    # Without: (3*10 + 1*5) / 4 = 8.75. With, in 2028: 8.75 * 0.436 = 3.815.
    points = {
        (row["series"], row["year"]): row["value"] for row in [*specs["paths"]["datasets"].values()][-1]
    }
    assert points["Tanpa rencana", 2028] == pytest.approx(8.75)
    assert points["Dengan rencana", 2027] == pytest.approx(8.75)
    assert points["Dengan rencana", 2028] == pytest.approx(3.815, abs=0.001)


def test_nothing_selected_can_be_told_too():
    nothing = tuple(item.model_copy(update={"selected": False}) for item in small_plan().programs)
    regions = tuple(item.model_copy(update={"impact": 0.0}) for item in small_plan().regions)
    plan = small_plan(programs=nothing, funding=(), regions=regions, equity=None)
    specs = drawn(small_decision(plan=plan))
    assert [svg(spec)[:4] for spec in specs.values()] == ["<svg"] * 5
    assert specs["roadmap"]["usermeta"]["jspmodel"]["title"] == "Tidak ada program yang terpilih."


def test_of_many_regions_the_largest_are_drawn_and_all_are_in_the_table():
    codes = [f"R{k:02d}" for k in range(20)]
    regions = [("A", "Alfa", 3), ("B", "Beta", 1)] + [(code, code, 10 + k) for k, code in enumerate(codes)]
    decision = small_decision(small_case(regions=rows("region name population", *regions)))
    spec = drawn(decision)["gaps"]
    table = spec["usermeta"]["jspmodel"]["table"]
    assert table["columns"][0] == "Daerah"
    assert [row[0] for row in table["rows"]] == ["Alfa", "Beta", *codes]
    assert values(spec, "name")[2:] == codes[-8:] or set(codes[-8:]) <= set(values(spec, "name"))
    assert "R00" not in values(spec, "name")


def test_names_from_tables_stay_text():
    evil = '</script><script>alert(1)</script>"&'
    regions = rows("region name population", ("A", evil, 3), ("B", "Beta", 1))
    for spec in drawn(small_decision(small_case(regions=regions))).values():
        assert "<script" not in svg(spec)


def test_charts_show_in_a_notebook_without_a_network(specs):
    forms = bundle(specs["funding"])
    assert list(forms) == [MIME, "image/svg+xml", "text/plain"]
    assert "http" not in forms["image/svg+xml"].replace("http://www.w3.org/", "")
    assert forms["text/plain"] == specs["funding"]["description"]


def test_a_chart_in_a_notebook_comes_as_vega_lite_and_svg():
    decision = small_decision()
    shown = charts.region_impact(decision.case, decision.plan, "id")._repr_mimebundle_()
    data = shown[0] if isinstance(shown, tuple) else shown
    assert json.dumps(data[MIME])
    assert data["image/svg+xml"].startswith("<svg")


def test_the_hand_case_is_the_one_worked_out():
    assert TABLES["program_effects"].iloc[0].tolist()[:3] == ["P", "w", 0.5]
