"""The optional shapes of a case: what is taken, what is told, and that nothing of it can do harm."""

import json
import tempfile
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jspmodel.case import Case
from jspmodel.errors import DataError
from jspmodel.intake import load_case, read_case
from jspmodel.runs import table_hashes
from jspmodel.text import listing
from tiny import tiny_tables, write_case


def square(left, low, side=1.0):
    """A square, counter-clockwise."""
    right, high = left + side, low + side
    return [[left, low], [right, low], [right, high], [left, high], [left, low]]


def feature(code, *rings, **more):
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "id": code, "properties": {}, "geometry": geometry, **more}


def two(*more):
    features = [feature("34.01", square(110, -8)), feature("34.10", square(109, -8)), *more]
    return {"type": "FeatureCollection", "features": features}


def read(tmp_path, content, name="boundaries.geojson"):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / name).write_bytes(data)
    return read_case(folder)


def told(tmp_path, content, name="boundaries.geojson"):
    """Codes of problems with their features; errors give no case."""
    case, problems = read(tmp_path, content, name)
    ours = [problem for problem in problems if problem.file.startswith("boundaries")]
    assert (case is None) == any(not problem.warning for problem in problems)
    assert not ours or listing(ours, "id") != listing(ours, "en")
    return [(problem.code, problem.values.get("feature")) for problem in ours]


def test_shapes_come_with_the_case(tmp_path):
    case, problems = read(tmp_path, two())
    assert not problems
    assert list(case.boundaries.polygons) == ["34.01", "34.10"]
    assert case.boundaries.polygons["34.10"] == ((tuple(map(tuple, square(109, -8))),),)
    assert not case.boundaries.projected


def test_without_the_file_there_are_none(tmp_path):
    assert load_case(write_case(tmp_path / "tiny", tiny_tables())).boundaries is None


def test_rings_are_turned_as_rfc_7946_has_them(tmp_path):
    hole = square(110.2, -7.8, 0.5)
    content = two()
    content["features"][0] = feature("34.01", square(110, -8)[::-1], hole)
    case, problems = read(tmp_path, content)
    assert not problems
    outer, inner = case.boundaries.polygons["34.01"][0]
    assert outer == tuple(map(tuple, square(110, -8)))
    assert inner == tuple(map(tuple, hole[::-1]))


def test_a_multipolygon_and_heights_above_the_sea(tmp_path):
    content = two()
    parts = [[[[x, y, 12.5] for x, y in square(110, -8)]], [square(111.5, -8, 0.1)]]
    content["features"][0]["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    case, _ = read(tmp_path, content)
    assert [len(part) for part in case.boundaries.polygons["34.01"]] == [1, 1]


@pytest.mark.parametrize("name", ["KODE", "kode", "code", "region", "KDPKAB"])
def test_the_code_may_be_a_property(tmp_path, name):
    content = two()
    for k, one in enumerate(content["features"]):
        one["properties"] = {name: one["id"], "luas": 7}
        one["id"] = k  # as many programs number them
    case, problems = read(tmp_path, content)
    assert not problems
    assert list(case.boundaries.polygons) == ["34.01", "34.10"]


def test_properties_that_do_not_agree_are_asked_back(tmp_path):
    content = two()
    for one, other in zip(content["features"], ("34.10", "34.01"), strict=True):
        one["properties"] = {"kode": one.pop("id"), "region": other}
    assert told(tmp_path, content) == [("boundaries_ambiguous", None)]


def test_topojson_is_the_same(tmp_path):
    # Two squares that share the arc from (110, -8) to (110, -7); quantised by tenths.
    content = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [109, -8]},
        "objects": {
            "daerah": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "34.10", "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": "34.01", "arcs": [[[2, -1]]]},
                ],
            }
        },
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    }
    case, problems = read(tmp_path, content, "boundaries.topojson")
    assert not problems
    west = ((110.0, -8.0), (110.0, -7.0), (109.0, -7.0), (109.0, -8.0), (110.0, -8.0))
    east = ((110.0, -8.0), (111.0, -8.0), (111.0, -7.0), (110.0, -7.0), (110.0, -8.0))
    assert case.boundaries.polygons == {"34.01": ((east,),), "34.10": ((west,),)}


def flawed(change):
    content = two()
    change(content["features"][1])
    return content


def geometry(**values):
    return lambda one: one["geometry"].update(values)


def ring(points):
    return geometry(coordinates=[points])


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("boundary_kind", geometry(type="Point")),
        ("boundary_kind", geometry(type="GeometryCollection")),
        ("boundary_kind", geometry(type=["Polygon"])),
        ("boundary_no_geometry", lambda one: one.update(geometry=None)),
        ("boundary_no_geometry", lambda one: one.update(type="Polygon")),
        ("boundary_coordinates", geometry(coordinates=[])),
        ("boundary_coordinates", geometry(coordinates=7)),
        ("boundary_coordinates", geometry(coordinates={"a": 1})),
        ("boundary_coordinates", ring([])),
        ("boundary_point", ring([[109, -8], [110, "-8"], [110, -7], [109, -8]])),
        ("boundary_point", ring([[109, -8], [110, True], [110, -7], [109, -8]])),
        ("boundary_point", ring([[109, -8], [110], [110, -7], [109, -8]])),
        ("boundary_point", ring([[109, -8], [110, float("nan")], [110, -7], [109, -8]])),
        ("boundary_point", ring([[109, -8], [110, float("inf")], [110, -7], [109, -8]])),
        ("boundary_point", ring([[109, -8], [110, 10**400], [110, -7], [109, -8]])),
        ("boundary_point", ring(square(109, -8)[0])),
        ("boundary_open", ring(square(109, -8)[:-1])),
        ("boundary_short", ring([[109, -8], [110, -8], [109, -8]])),
        ("boundary_flat", ring([[109, -8], [110, -8], [111, -8], [109, -8]])),
    ],
)
def test_a_shape_that_is_none_is_told_with_its_feature(tmp_path, code, change):
    assert told(tmp_path, flawed(change)) == [(code, 2)]


def test_every_problem_is_told_at_once(tmp_path):
    content = two(feature("34.99", square(112, -8)), feature("34.01", square(113, -8)))
    content["features"][0]["geometry"]["coordinates"][0].pop()
    content["features"][1]["id"] = ""
    assert told(tmp_path, content) == [
        ("boundary_open", 1), ("boundary_twice", 4), ("boundary_missing", None),
        ("boundary_without_code", 2), ("boundary_unknown", 3),
    ]  # fmt: skip


def test_an_unknown_code_names_the_nearest_that_lacks_its_shape(tmp_path):
    content = two()
    content["features"][1]["id"] = 34.1  # a number: 34.10 has lost its zero
    _, problems = read(tmp_path, content)
    (unknown,) = (problem for problem in problems if problem.code == "boundary_unknown")
    assert unknown.values["nearest"] == "34.10 Barat"


def test_features_of_elsewhere_are_left_aside(tmp_path):
    case, problems = read(tmp_path, two(feature("33.74", square(112, -8))))
    assert [problem.code for problem in problems] == ["boundaries_others"]
    assert list(case.boundaries.polygons) == ["34.01", "34.10"]


def test_a_file_without_codes(tmp_path):
    content = two()
    for one in content["features"]:
        one["id"] = None
    assert told(tmp_path, content) == [("boundaries_no_codes", None)]


def test_degrees_that_have_changed_places(tmp_path):
    content = two()
    for one in content["features"]:
        one["geometry"]["coordinates"] = [[[y, x] for x, y in one["geometry"]["coordinates"][0]]]
    assert told(tmp_path, content) == [("boundaries_swapped", None)]


def test_metres_are_taken_with_a_warning(tmp_path):
    content = two()
    for one, left in zip(content["features"], (430_000, 420_000), strict=True):
        one["geometry"]["coordinates"] = [square(left, 9_130_000, 10_000)]
    case, problems = read(tmp_path, content)
    assert [problem.code for problem in problems] == ["boundaries_projected"]
    assert case.boundaries.projected


def test_a_capital_far_from_its_shape(tmp_path):
    tables = tiny_tables()
    tables["regions"] = (
        "region,name,population,latitude,longitude\n34.01,Timur,300,-7.5,109.2\n34.10,Barat,100,-7.5,109.5\n"
    )
    folder = write_case(tmp_path / "tiny", tables)
    (folder / "boundaries.geojson").write_text(json.dumps(two()))
    case, problems = read_case(folder)
    assert [(problem.code, problem.values["value"]) for problem in problems] == [
        ("boundary_elsewhere", "34.01")
    ]
    assert case is not None


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("bad_json", b"{"),
        ("bad_json", b"\xff\xfe\x00"),
        ("bad_json", b"[" * 200_000),
        ("bad_json", b'{"type": ' + b"9" * 5_000 + b"}"),
        ("boundaries_kind", b"[]"),
        ("boundaries_kind", b'"FeatureCollection"'),
        ("boundaries_kind", b'{"type": ["FeatureCollection"]}'),
        ("boundaries_kind", b'{"type": "FeatureCollection", "features": {}}'),
        ("boundaries_empty", b'{"type": "FeatureCollection", "features": []}'),
        ("boundaries_too_large", b" " * 10_000_001),
        ("boundaries_too_many", b'{"type": "FeatureCollection", "features": [' + b"0," * 5_000 + b"0]}"),
        ("topology_objects", b'{"type": "Topology", "objects": {}, "arcs": []}'),
        ("topology_objects", b'{"type": "Topology", "objects": {"a": {"geometries": 1}}, "arcs": []}'),
        (
            "topology_arcs",
            b'{"type": "Topology", "objects": {"a": {"geometries": [{"type": "Polygon", "arcs": [[7]]}]}}, "arcs": []}',
        ),
        ("topology_arcs", b'{"type": "Topology", "objects": {"a": {"geometries": [0]}}, "arcs": [[[1]]]}'),
    ],
)
def test_files_of_which_nothing_can_be_used(tmp_path, code, content):
    assert told(tmp_path, content) == [(code, None)]


def test_one_arc_used_a_million_times_is_stopped(tmp_path):
    content = {
        "type": "Topology",
        "objects": {"a": {"geometries": [{"type": "Polygon", "id": "34.01", "arcs": [[0] * 500_000]}]}},
        "arcs": [[[0, 0], [1, 1], [2, 0]]],
    }
    assert told(tmp_path, content) == [("boundaries_points", None)]


def test_too_many_points(tmp_path):
    content = two()
    content["features"][0]["geometry"]["coordinates"] = [[[1, 2]] * 400_001]
    assert told(tmp_path, content) == [("boundaries_points", 1)]


def test_a_pipe_is_not_waited_for(tmp_path):
    import os

    folder = write_case(tmp_path / "tiny", tiny_tables())
    os.mkfifo(folder / "boundaries.geojson")
    _, problems = read_case(folder)
    assert [problem.code for problem in problems] == ["file_is_pipe"]


def test_only_one_file_of_one_of_two_names(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    for name in ("boundaries.geojson", "boundaries.topojson", "batas.geojson"):
        (folder / name).write_text(json.dumps(two()))
    _, problems = read_case(folder)
    assert [(problem.code, problem.file) for problem in problems] == [
        ("boundaries_name", "batas.geojson"), ("boundaries_twice", "boundaries.topojson"),
    ]  # fmt: skip


def test_in_memory_as_in_files_and_back(tmp_path):
    case, _ = read(tmp_path, two())
    frames = {name: frame for name, frame in case.tables().items() if len(frame)}
    again = Case.from_frames(frames, name="again", boundaries=two())
    assert again.boundaries == case.boundaries
    assert Case.from_frames(frames, boundaries=case.boundaries).boundaries == case.boundaries
    assert load_case(again.to_csv(tmp_path / "copy")).boundaries == case.boundaries
    with pytest.raises(DataError, match="Topology"):
        Case.from_frames(frames, boundaries={"type": "Feature"})


def test_the_fingerprint_of_a_case_changes_with_its_shapes(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    without = table_hashes(folder)
    (folder / "boundaries.geojson").write_text(json.dumps(two()))
    first = table_hashes(folder)
    moved = deepcopy(two())
    moved["features"][0]["geometry"]["coordinates"][0][1][0] = 111.001
    (folder / "boundaries.geojson").write_text(json.dumps(moved))
    second = table_hashes(folder)
    assert {**without, "boundaries.geojson": first["boundaries.geojson"]} == first
    assert first["boundaries.geojson"] != second["boundaries.geojson"]


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["34.01", "Polygon", ""])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["type", "geometry", "coordinates", "id", "arcs"]), inner, max_size=3
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(value=JSON, data=st.data())
def test_whatever_stands_where_something_should(value, data):
    content = two()
    spot = data.draw(
        st.sampled_from(
            ["features", "feature", "id", "properties", "geometry", "type", "coordinates", "ring", "point"]
        )
    )
    one = content["features"][0]
    if spot == "features":
        content["features"] = value
    elif spot == "feature":
        content["features"][0] = value
    elif spot in ("id", "properties", "geometry"):
        one[spot] = value
    elif spot in ("type", "coordinates"):
        one["geometry"][spot] = value
    elif spot == "ring":
        one["geometry"]["coordinates"][0] = value
    else:
        one["geometry"]["coordinates"][0][1] = value
    with tempfile.TemporaryDirectory() as place:
        told(Path(place), content)
