"""Charts of who should work together: what they say, and that they can be drawn at any size."""

from functools import cache

import numpy as np
import pytest

from hand import TABLES as HAND
from hand import rows
from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.collaboration import coalition_thresholds, collaboration_graph, read_network
from jspmodel.figures import format_chance
from jspmodel.generate import Size, generate_case
from jspmodel.intake.tables import build_case
from jspmodel.scenario import Scenario, Simulation
from semarang import semarang

SCENARIO = Scenario(simulation=Simulation(draws=500))


@cache
def drawn(case, language="id"):
    graph = collaboration_graph(case, SCENARIO)
    network = read_network(graph)
    threshold = next(iter(coalition_thresholds(case, SCENARIO)), None)
    return {
        "matrix": charts.collaboration_matrix(case, SCENARIO, network, language).to_dict(),
        "issues": charts.issue_network(case, graph, language).to_dict(),
        "map": charts.collaboration_map(case, network, language).to_dict(),
        "chances": charts.coalition_chances(case, threshold, language).to_dict(),
    }


def message(spec):
    return spec["usermeta"]["jspmodel"]


def table(spec):
    return [list(row) for row in message(spec)["table"]["rows"]]


def values(spec, field):
    return [row[field] for data in spec["datasets"].values() for row in data if field in row]


def plant(**tables):
    """Return the case of tests/hand.py with a plant that needs 10 t/day: A may bring 8, B 4 (1 to 5)."""
    more = {
        "programs": rows(
            "program name_id name_en duration scope min_volume volume_unit",
            ("P", "Pabrik sampah", "Waste plant", 2, "joint", 10.0, "t/hari"),
        ),
        "program_regions": rows(
            "program region volume volume_low volume_high role",
            ("P", "A", 8.0, None, None, "host"), ("P", "B", 4.0, 1.0, 5.0, "user"),
        ),
    }  # fmt: skip
    return build_case("plant", {**HAND, **more, **tables})


PLANT, SEMARANG = plant(), semarang()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("case", [PLANT, SEMARANG], ids=["plant", "semarang"])
def test_every_chart_has_one_message_and_can_be_drawn(case, language):
    for spec in drawn(case, language).values():
        assert " ".join(spec["title"]["text"]) == message(spec)["title"]
        assert spec["description"].startswith(message(spec)["title"])
        columns = message(spec)["table"]["columns"]
        assert all(len(row) == len(columns) for row in table(spec))
        assert svg(spec).startswith("<svg")


def test_languages_differ():
    for name, spec in drawn(PLANT, "en").items():
        assert message(spec)["title"] != message(drawn(PLANT, "id")[name])["title"]


def test_matrix_tells_the_closest_pair():
    spec = drawn(PLANT)["matrix"]
    # similarity = 0.374 (tests/charts/test_charts.py); both have waste, of two issues.
    assert table(spec) == [["Alfa – Beta", "0,37", "0,37", "berbatasan", "1"]]
    assert message(spec)["title"].startswith("Alfa dan Beta paling terikat (0,37 dari 1): 1 dari 2 isu")
    assert values(spec, "text") == ["0,37", "0,37"]


def test_issue_network_counts_what_is_shared():
    spec = drawn(PLANT)["issues"]
    assert message(spec)["title"].startswith("Sampah dialami 2 dari 2 daerah")
    assert table(spec) == [["Sampah", "100", "50"], ["Kerja", "", "80"]]
    assert sorted(values(spec, "name")) == ["Alfa (1)", "Beta (2)", "Kerja (1)", "Sampah (2)"]


def test_map_keeps_distances():
    regions = rows(
        "region name population latitude longitude",
        ("A", "Alfa", 3, 0.0, 110.0), ("B", "Beta", 1, 0.0, 111.0), ("C", "Gama", 1, 0.5, 110.0),
    )  # fmt: skip
    spec = drawn(plant(regions=regions))["map"]
    spots = {row["name"]: row for data in spec["datasets"].values() for row in data if "side" in row}
    place = {name: np.array([row["x"], row["y"]]) for name, row in spots.items()}
    # On the equator a degree is 111.2 km both ways; Gama lies half a degree north of Alfa.
    assert np.hypot(*(place["Beta"] - place["Alfa"])) == pytest.approx(111.2, rel=1e-3)
    assert (place["Gama"] - place["Alfa"]).tolist() == pytest.approx([0, 55.6])
    encoding = spec["layer"][0]["encoding"]
    km = [
        np.ptp(encoding[axis]["scale"]["domain"]) / spec[size]
        for axis, size in (("x", "width"), ("y", "height"))
    ]
    assert km[0] == pytest.approx(km[1])


def test_without_positions_regions_stand_in_a_circle():
    spec = drawn(PLANT)["map"]
    assert "melingkar" in message(spec)["note"]
    assert table(spec) == [["Alfa", "1", "0,37", "0"], ["Beta", "1", "0,37", "0"]]


def test_chances_tell_who_reaches_it():
    spec = drawn(PLANT)["chances"]
    assert message(spec)["title"].startswith("Pabrik sampah: hanya bila semua ikut, 10 t/hari tercapai")
    assert [row[0] for row in table(spec)] == ["Alfa", "Beta", "Alfa dan Beta"]
    # B alone of the pair is below; the two bring 9 to 13, 12 as planned.
    assert table(spec)[2][2:5] == ["9", "12", "13"]
    assert values(spec, "label") == ["10 t/hari"]


def test_no_programme_needs_a_volume():
    spec = drawn(SEMARANG)["chances"]
    assert message(spec)["title"] == "Tidak ada program yang memerlukan volume paling sedikit."


def test_no_ties_at_all():
    apart = plant(borders=rows("region_a region_b"))
    specs = drawn(apart)
    assert message(specs["matrix"])["title"].startswith("Tidak ada daerah yang terikat")
    assert message(specs["map"])["title"] == "Belum ada daerah yang terikat dengan daerah lain."
    assert all(svg(spec).startswith("<svg") for spec in specs.values())


def test_thirty_five_regions_are_cells_by_group():
    specs = drawn(generate_case(Size(regions=35, programs=10)))
    assert len(set(values(specs["matrix"], "place"))) == 35
    assert "garis: batas kelompok" in message(specs["matrix"])["note"]
    assert all(svg(spec).startswith("<svg") for spec in specs.values())


def test_names_from_tables_stay_text():
    evil = '</script><script>alert(1)</script>"&'
    regions = rows("region name population", ("A", evil, 3), ("B", "Beta", 1))
    for spec in drawn(plant(regions=regions)).values():
        assert "<script" not in svg(spec)


@pytest.mark.parametrize(
    ("share", "sure", "told"),
    [
        (0.0, True, "0%"), (0.0, False, "< 0.1%"), (0.0003, True, "< 0.1%"), (0.004, True, "0.4%"), (0.5, True, "50%"),
        (0.996, True, "99.6%"), (0.9997, True, "> 99.9%"), (1.0, False, "> 99.9%"), (1.0, True, "100%"),
    ],
)  # fmt: skip
def test_nearly_never_and_nearly_always_are_not_told_as_never_and_always(share, sure, told):
    assert format_chance(share, "en", sure).replace("\N{NO-BREAK SPACE}", " ") == told


def test_always_is_only_what_the_lowest_figures_reach():
    # 8 for sure and 1 to 5 reach 9 always, 9.01 in nearly all of the futures that are drawn.
    for needed, sure in ((9.0, "100%"), (9.01, "> 99.9%")):
        programs = plant().programs.assign(min_volume=needed)
        spec = drawn(plant(programs=programs), "en")["chances"]
        assert values(spec, "figure")[-1].replace("\N{NO-BREAK SPACE}", " ") == sure


def test_everybody_is_shown_even_of_many_coalitions():
    names = "ABCDE"
    regions = rows("region name population", *((name, name, 1) for name in names))
    volumes = rows("program region volume", *(("P", name, 10.0) for name in names))
    spec = drawn(plant(regions=regions, program_regions=volumes))["chances"]
    shown = set(values(spec, "name"))
    assert len(shown) == 12
    assert any(name.startswith("Semua daerah") for name in shown)


def test_a_coalition_that_nobody_hosts_is_no_answer():
    # A and C reach it alone, but only B has land: with B, the two smallest that reach it are A-B-C.
    volumes = rows(
        "program region volume role",
        ("P", "A", 8.0, "user"),
        ("P", "B", 1.0, "host"),
        ("P", "C", 4.0, "user"),
    )
    regions = rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1), ("C", "Gama", 1))
    spec = drawn(plant(regions=regions, program_regions=volumes))["chances"]
    assert message(spec)["title"].startswith("Pabrik sampah: hanya bila semua ikut")
    assert "Alfa dan Gama (tanpa tuan rumah)" in values(spec, "name")
