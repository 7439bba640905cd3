"""The roadmap: programmes by issue, squares of the regions, bars and the first open document, in pixels."""

from collections import defaultdict
from datetime import date

import pytest

from hand import rows
from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.charts.roadmap_layout import NARROW, WIDE, Row, draw_roadmap
from small_decision import small_case, small_decision, small_plan

REGIONS = {"A": "Alfa", "B": "Beta"}
FIRST = 352 + 2 * 13 + 12
"""Where the years begin beside names: names, two squares, a gap."""
YEAR = (WIDE - FIRST) / 2


def spec(case=None, language="id", plan=None):
    told = small_decision(case, plan)
    return charts.roadmap(told.case, told.scenario, told.plan, language).to_dict()


def layers(drawn):
    """The rows of each layer, by the kind of its mark and its colour."""
    found = defaultdict(list)
    for layer in drawn["layer"]:
        mark = layer["mark"]
        data = layer.get("data", drawn.get("data"))
        found[mark["type"], mark.get("color") or mark.get("fill")] += drawn["datasets"][data["name"]]
    return found


def test_bars_span_the_years_of_building():
    # P is built in 2027 and 2028, the whole horizon; Q in 2028 alone, and both run after the horizon.
    bars = layers(spec())["rect", "#0072b2"]
    widths = sorted((round(row["x"], 6), round(row["x2"], 6)) for row in bars if row["x2"] - row["x"] > 20)
    assert widths == [(FIRST, WIDE), (FIRST + YEAR, WIDE)]


def test_a_square_for_each_region_is_full_where_it_takes_part():
    shown = draw_roadmap([("", [Row("P", ("B",), 2027, 2028, None)])], REGIONS, (2027, 2028), WIDE).to_dict()
    (empty,) = layers(shown)["rect", "white"]
    (full,) = [row for row in layers(shown)["rect", "#0072b2"] if row["x2"] - row["x"] == 9]
    assert (empty["x"], full["x"]) == (352 + 1.5, 352 + 13 + 1.5)


def test_of_many_regions_their_number_is_told():
    many = {str(k): f"Daerah {k}" for k in range(9)}
    shown = draw_roadmap([("", [Row("P", ("1", "2"), 2027, 2028, None)])], many, (2027,), WIDE)
    assert "2/9" in svg(shown.to_dict())


@pytest.mark.parametrize(
    ("due", "x"),
    [
        ("2028-01-01", FIRST + YEAR),
        ("2027-07-02", FIRST + YEAR * 182 / 366),
        ("2026-11-30", FIRST),  # before the first year: at the edge
    ],
)
def test_the_first_open_document_is_marked(due, x):
    papers = rows(
        "program kind signer due done",
        ("P", "SK", "Gubernur", "2026-01-31", True),
        ("P", "perjanjian", "Bupati", due, False),
        ("P", "izin", "Bupati", "2028-12-31", False),
        ("Q", "izin", "Bupati", "", False),
    )
    (mark,) = layers(spec(small_case(program_documents=papers)))["point", "#d55e00"]
    assert date.fromisoformat(due).timetuple().tm_yday in {1, 183, 334}
    assert mark["x"] == pytest.approx(x)


def test_programmes_stand_under_the_issue_they_serve():
    told = sorted(layers(spec())["text", "#1b1f24"], key=lambda row: row["y"])
    assert [row["text"] for row in told] == ["Sampah", "P Pengolahan sampah", "Kerja", "Q Pelatihan kerja"]


def test_a_long_name_takes_more_lines_and_is_not_cut():
    name = "P38 " + "Pasokan dan lahan untuk pengolahan sampah menjadi listrik " * 2
    one = Row(name.strip(), ("A",), 2027, 2028, None)
    for width in (WIDE, NARROW):
        drawn = draw_roadmap([("Isu", [one])], REGIONS, (2027, 2028), width)
        short = draw_roadmap([("Isu", [Row("P38", ("A",), 2027, 2028, None)])], REGIONS, (2027, 2028), width)
        _, told = (row["text"] for row in layers(drawn.to_dict())["text", "#1b1f24"])
        assert " ".join(told.split("\n")) == one.name
        assert drawn.height > short.height


@pytest.mark.parametrize(
    ("n", "told"), [(8, "Kotak biru: daerah peserta"), (9, "Angka: banyaknya daerah peserta")]
)
def test_the_note_says_what_stands_beside_a_name(n, told):
    places = ["A", "B", *(f"R{k}" for k in range(2, n))]
    case = small_case(regions=rows("region name population", *((code, code * 3, 1) for code in places)))
    assert told in str(spec(case))


def test_a_phone_has_names_above_the_bars():
    phone = spec()["usermeta"]["jspmodel"]["narrow"]
    assert phone["width"] == NARROW
    names = {row["text"]: row["y"] for row in layers(phone)["text", "#1b1f24"]}
    bars = [row for row in layers(phone)["rect", "#0072b2"] if row["x2"] - row["x"] > 20]
    assert names["P Pengolahan sampah"] < min(row["y"] for row in bars)


def test_nothing_selected_is_told():
    nothing = tuple(item.model_copy(update={"selected": False}) for item in small_plan().programs)
    drawn = spec(plan=small_plan(programs=nothing, funding=()))
    assert drawn["usermeta"]["jspmodel"]["title"] == "Tidak ada program yang terpilih."
    assert svg(drawn)
