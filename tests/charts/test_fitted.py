"""Charts as wide as their room: titles break where it ends, names stand whole."""

from jspmodel import charts
from jspmodel.charts import MIME, bundle, fitted
from jspmodel.charts.rows import lines_of
from jspmodel.issues import rank_issues
from jspmodel.scenario import Scenario
from small_decision import small_case

NAME = "P41 Pengolahan sampah menjadi bahan bakar (RDF) regional"


def test_a_chart_and_its_title_take_the_room():
    case = small_case()
    spec = charts.issue_scores(case, rank_issues(case, Scenario()), "id").to_dict()
    told = spec["usermeta"]["jspmodel"]
    for room in (340, 796):
        shown = fitted(spec, room)
        assert shown["width"] == room - 6
        assert " ".join(shown["title"]["text"]) == told["title"]
        assert max(map(len, shown["title"]["text"])) <= room / 8.2
    assert len(fitted(spec, 340)["title"]["text"]) > len(fitted(spec, 796)["title"]["text"])


def test_a_chart_of_the_planners_own_keeps_its_size():
    own = {"mark": "bar", "data": {"values": []}, "width": 123}
    assert bundle(own)[MIME] == own


def test_a_long_name_stands_whole_on_two_lines():
    assert lines_of("P29 Pertanian terpadu dan irigasi lahan kering") == (
        "P29 Pertanian terpadu dan irigasi lahan kering"  # 46 letters: one line
    )
    assert lines_of(NAME).split("\n") == ["P41 Pengolahan sampah menjadi bahan bakar", "(RDF) regional"]
    assert lines_of(f"{NAME} {NAME}").endswith(" …")
