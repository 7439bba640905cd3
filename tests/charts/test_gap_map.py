"""The map of gaps on the case of tests/hand.py, its figures worked out by hand, and on the shipped cases.

Weights 3.8/5.4 = 0.7037 (waste) and 0.2963 (jobs). Gaps at the start: A 1 and 0, B 0.5 and 0.8, so A is
70.37 percent from its targets and B 0.7037*50 + 0.2963*80 = 58.89. With the plan (tests/charts/test_charts.py)
waste falls by 56.4 percent of itself, jobs by 30: A 70.37*0.436 = 30.68, B 35.19*0.436 + 23.70*0.7 = 31.93.
"""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pandas as pd
import pytest

import jspmodel as jsp
from hand import rows
from jspmodel import charts
from jspmodel.boundaries import Boundaries
from jspmodel.charts.map_panels import COLOURS
from jspmodel.charts.render import svg
from jspmodel.plan import PlannedProgram
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan

SETTINGS = Scenario()
WHERE = rows(
    "region name population latitude longitude", ("A", "Alfa", 3, -7.0, 110.0), ("B", "Beta", 1, -7.0, 110.5)
)


def square(left, low):
    return ((left, low), (left + 1.0, low), (left + 1.0, low + 1), (left, low + 1), (left, low))


def with_shapes():
    polygons = {code: ((square(left, -7.0),),) for code, left in (("A", 110.0), ("B", 111.0))}
    return replace(small_case(), boundaries=Boundaries(polygons))


def drawn(case, plan=None, language="id"):
    return charts.gap_map(case, SETTINGS, plan, language).to_dict()


@cache
def small(*, planned, language="id"):
    return drawn(small_case(), small_plan() if planned else None, language)


def message(spec):
    return spec["usermeta"]["jspmodel"]


def table(spec):
    return [list(row) for row in message(spec)["table"]["rows"]]


def data(spec, field):
    return [row for rows in spec["datasets"].values() for row in rows if field in row]


def texts(spec):
    return [row["text"] for row in data(spec, "text")]


def areas(spec):
    """Fill of each drawn area that is a region, a swatch, or the plate of a name, in the order drawn."""
    return [(row["fill"], row["geometry"]["coordinates"]) for row in data(spec, "geometry")]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("planned", [False, True], ids=["now", "plan"])
def test_it_has_one_message_and_can_be_drawn(planned, language):
    spec = small(planned=planned, language=language)
    assert " ".join(spec["title"]["text"]) == message(spec)["title"]
    assert spec["description"].startswith(message(spec)["title"])
    columns = len(message(spec)["table"]["columns"])
    assert all(len(row) == columns == len(message(spec)["table"]["numeric"]) for row in table(spec))
    assert svg(spec).startswith("<svg")
    assert (
        message(spec)["title"]
        != message(small(planned=planned, language="en" if language == "id" else "id"))["title"]
    )


def test_regions_that_are_equally_far_are_no_furthest_and_nearest():
    # 0.7037 * 100 + 0.2963 * 50 = 85.2 in both.
    alike = small_case(
        indicator_values=rows("indicator region year value", ("t", "A", 2024, 10), ("t", "B", 2024, 10)),
        issue_regions=rows("issue region severity", ("j", "A", 0.5), ("j", "B", 0.5)),
    )
    assert message(drawn(alike))["title"] == "Semua daerah sama jauh dari targetnya: 85 persen."


def test_figures_before_and_after():
    assert table(small(planned=False)) == [["Alfa", "70,4"], ["Beta", "58,9"]]
    spec = small(planned=True)
    assert table(spec) == [
        ["Alfa", "70,4", "30,7", "39,7", "Beta (1)"],
        ["Beta", "58,9", "31,9", "27,0", "Alfa (1)"],
    ]
    assert message(spec)["title"].startswith(
        "Bila semua program berhasil, Beta paling jauh dari targetnya: 32 persen, semula 59;"
    )
    # Means by population: (3*70.37 + 58.89) / 4 = 67.5, (3*30.68 + 31.93) / 4 = 31.0.
    assert "Sebelum rencana · rata-rata 68 persen" in texts(spec)
    assert "Akhir 2028, bila berhasil · rata-rata 31 persen" in texts(spec)
    percents = [text.replace("\N{NO-BREAK SPACE}", "") for text in texts(spec) if text.endswith("%")]
    assert sorted(percents) == ["31%", "32%", "59%", "70%"]


def test_both_maps_have_one_scale():
    # 30.68 to 70.37: five classes of 10 from 30.
    spec = small(planned=True)
    assert [text for text in texts(spec) if "–" in text] == ["30–40", "40–50", "50–60", "60–70", "70–80"]
    filled = [fill for fill, _ in areas(spec)]
    assert filled[:5] == list(COLOURS)
    assert filled[5:9] == [COLOURS[4], COLOURS[2], COLOURS[0], COLOURS[0]]


@pytest.mark.parametrize(
    ("gaps", "classes"),
    [
        ((0.0, 1.0), ["0–20", "20–40", "40–60", "60–80", "80–100"]),
        ((0.97, 1.0), ["95–96", "96–97", "97–98", "98–99", "99–100"]),
        ((0.5, 0.5), ["50–51", "51–52", "52–53", "53–54", "54–55"]),
        ((0.0, 0.0), ["0–1", "1–2", "2–3", "3–4", "4–5"]),
        ((0.42, 0.58), ["40–45", "45–50", "50–55", "55–60", "60–65"]),
    ],
)
def test_classes_take_in_all_figures(gaps, classes):
    severity = rows("issue region severity", *((issue, region, gap) for issue in "wj" for region, gap in zip("AB", gaps, strict=True)))  # fmt: skip
    case = small_case(indicator_values=rows("indicator region year value"), issue_regions=severity)
    assert [text for text in texts(drawn(case)) if "–" in text] == classes


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_are_told_apart_in_grey_and_names_can_be_read_on_them():
    light = [luminance(colour) for colour in COLOURS]
    for brighter, darker in pairwise(light):
        assert (brighter + 0.05) / (darker + 0.05) > 1.3
    ink = luminance("#1b1f24")
    for k, value in enumerate(light):
        contrast = (1.05 / (value + 0.05)) if k >= 3 else (value + 0.05) / (ink + 0.05)
        assert contrast >= 4.5


def test_lines_are_as_thick_as_there_are_joint_programmes():
    # Three regions: A and B carry out two programmes together, C one of them with both.
    regions = rows("region name population", ("A", "Alfa", 3), ("B", "Beta", 1), ("C", "Gama", 1))
    borders = rows("region_a region_b", ("A", "B"), ("B", "C"))
    programs = (
        PlannedProgram(program="P", selected=True, start=2027, regions=("A", "B")),
        PlannedProgram(program="H", selected=True, start=2027, regions=("C", "A", "B")),
        PlannedProgram(program="Q", selected=True, start=2028, regions=("A", "B", "C")),  # the province's
    )
    spec = drawn(small_case(regions=regions, borders=borders), small_plan(programs=programs))
    assert [row[-1] for row in table(spec)] == [
        "Beta (2), Gama (1)",
        "Alfa (2), Gama (1)",
        "Alfa (1), Beta (1)",
    ]
    thick = sorted({row["width"] for row in data(spec, "width")})
    assert thick == [2.75, 5.0]
    assert len(data(spec, "width")) == 2 + 3  # samples in the key, pairs on the second map
    assert {"1", "2 program bersama"} <= set(texts(spec))


def test_on_a_phone_one_map_tells_before_and_after_where_figures_have_room():
    phone = message(small(planned=True))["narrow"]
    assert "Sebelum → akhir 2028 · rata-rata 68 → 31 persen" in texts(phone)
    figures = [text for text in texts(phone) if "→" in text and "%" in text]
    assert sorted(text.replace("\N{NO-BREAK SPACE}", "") for text in figures) == ["59→32%", "70→31%"]
    codes = ["A", "B", *map(str, range(38))]
    many = small_case(
        regions=rows("region name population", *((code, f"Kabupaten Daerah {code}", 1) for code in codes)),
        borders=rows("region_a region_b", *pairwise(codes)),
        issue_regions=rows("issue region severity", *(("j", code, 0.5) for code in codes)),
    )
    assert not any(
        "%" in text and "→" in text for text in texts(message(drawn(many, small_plan()))["narrow"])
    )


def test_no_joint_programmes():
    nothing = tuple(item.model_copy(update={"selected": False}) for item in small_plan().programs)
    spec = drawn(small_case(), small_plan(programs=nothing))
    assert "Tidak ada program bersama" in message(spec)["note"]
    assert data(spec, "width") == []
    assert svg(spec).startswith("<svg")


def test_a_schematic_map_says_so():
    spec = small(planned=False, language="en")
    assert "Schematic map, not the real boundaries" in texts(spec)
    assert "1 of 1 borders touch" in message(spec)["note"]
    assert "north is not above" in message(spec)["note"]
    assert "north" not in message(drawn(small_case(regions=WHERE), None, "en"))["note"]


def test_without_borders_capitals_are_enough():
    spec = drawn(small_case(regions=WHERE, borders=rows("region_a region_b")))
    assert "perbatasan tidak ada dalam tabel" in message(spec)["note"]
    assert svg(spec).startswith("<svg")


def test_without_either_there_is_no_map_but_the_table():
    spec = drawn(small_case(borders=rows("region_a region_b")), small_plan())
    assert message(spec)["title"] == "Tidak ada peta: letak dan perbatasan daerah tidak diketahui."
    assert len(table(spec)) == 2
    assert svg(spec).startswith("<svg")


def test_official_shapes_are_drawn_where_the_case_has_them():
    spec = drawn(with_shapes())
    assert "skematis" not in message(spec)["note"]
    assert "Batas wilayah menurut berkas kasus" in texts(spec)
    (_, first), (_, second) = areas(spec)[5:7]
    (west,), (east,) = first[0], second[0]
    # Two squares of a degree at 6.5 degrees south: as wide as high but for cos 6.5 = 0.9936; they share a side.
    wide, high = (max(values) - min(values) for values in zip(*west, strict=True))
    assert wide / high == pytest.approx(0.9936, abs=0.001)
    assert max(x for x, _ in west) == min(x for x, _ in east)


@cache
def shipped(name):
    case, scenario = jsp.load(name)
    return case, charts.gap_map(case, scenario, None, "id").to_dict()


@pytest.mark.parametrize("name", ["diy", "bali", "kalsel", "jateng", "kota-yogyakarta"])
def test_every_region_of_the_shipped_cases_is_named_in_full(name):
    case, spec = shipped(name)
    words = " ".join(texts(spec))
    for full in case.regions["name"]:
        kept = re.sub("^(Kabupaten|Kemantren) ", "", full)
        assert all(word in words for word in kept.split())
    assert "tidak muat" not in message(spec)["note"]
    assert "limit" not in str(spec)  # nothing is cut
    assert all(0 <= x <= 640 and 0 <= y <= spec["height"] for _, parts in areas(spec) for part in parts for ring in part for x, y in ring)  # fmt: skip


def test_kota_keeps_its_kind():
    words = texts(shipped("diy")[1])
    assert "Kota Yogyakarta" in {*words, *(" ".join(pair) for pair in pairwise(words))}


def test_the_same_picture_each_time():
    assert svg(small(planned=True)) == svg(drawn(small_case(), small_plan()))


def test_names_from_tables_stay_text():
    evil = '</script><script>alert(1)</script>"&'
    regions = rows("region name population", ("A", evil, 3), ("B", "Beta", 1))
    assert "<script" not in svg(drawn(small_case(regions=regions), small_plan()))


def test_one_region_and_none():
    one = small_case(
        regions=WHERE.iloc[:1], borders=rows("region_a region_b"),
        indicator_values=rows("indicator region year value", ("t", "A", 2024, 10)),
        issue_regions=rows("issue region severity"), program_regions=rows("program region", ("P", "A")),
    )  # fmt: skip
    assert table(drawn(one)) == [["Alfa", "70,4"]]
    none = small_case(
        regions=pd.DataFrame(), borders=rows("region_a region_b"), indicator_values=pd.DataFrame(),
        issue_regions=pd.DataFrame(), program_regions=pd.DataFrame(),
    )  # fmt: skip
    assert message(drawn(none))["title"].startswith("Tidak ada peta")
