"""Charts as pictures: smaller, and every mark where it was and as it looked, in the width of its reader."""

import re
from html import unescape
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from hand import rows
from jspmodel import charts
from jspmodel.charts import svg
from jspmodel.pages.picture import draw_picture, draw_steps, layered, smaller
from small_decision import small_case, small_decision, small_sensitivity

INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight")
INHERITED += ("font-style", "text-anchor", "stroke-linecap", "fill-opacity", "stroke-opacity")
OWN = ("d", "x", "y", "x2", "y2", "width", "height", "opacity", "transform")


@pytest.fixture(scope="module")
def specs():
    decision = small_decision(small_case(regions=WHERE))
    told = decision.case, decision.scenario, decision.plan, "id"
    made = {
        "map": charts.gap_map(*told),
        "roadmap": charts.roadmap(*told),
        "funding": charts.funding(*told),
        "paths": charts.indicator_paths(decision.case, decision.outcome, "id"),
    }
    return {name: chart.to_dict() for name, chart in made.items()}


WHERE = rows(
    "region name population latitude longitude", ("A", "Alfa", 3, -7.0, 110.0), ("B", "Beta", 1, -7.0, 110.5)
)


def marks(drawn):
    """What is seen: each mark with its text, what it inherits, and where the groups around it move it."""
    found = []

    def walk(node, style, moved):
        kind = node.tag.rpartition("}")[2]
        style = {**style, **{name: node.get(name) for name in INHERITED if node.get(name)}}
        if kind in {"g", "svg"}:
            shift = node.get("transform")
            for child in node:
                walk(child, style, moved if shift in {None, "translate(0,0)"} else (*moved, near(shift)))
        elif (kind not in {"path", "line", "rect"}) or {style.get("fill"), style.get("stroke")} - {
            None,
            "none",
        }:
            own = {name: near(node.get(name)) for name in OWN if node.get(name)}
            if own.get("transform") == "translate(0,0)":
                del own["transform"]
            found.append((kind, node.text, style, own, moved))

    walk(ET.fromstring(drawn), {}, ())
    return found


def near(text):
    return re.sub(r"\d+\.\d{2,}", lambda number: f"{float(number.group()):.1f}".removesuffix(".0"), text)


def width(address):
    return float(re.search(r"<svg[^>]* width='([\d.]+)'", unquote(address)).group(1))


@pytest.mark.parametrize("name", ["map", "roadmap", "funding", "paths"])
def test_every_mark_is_where_it_was_and_looks_as_it_did(specs, name):
    drawn = svg(specs[name])
    assert len(marks(drawn)) > 10
    assert marks(smaller(drawn)) == marks(drawn)
    assert len(smaller(drawn)) < 0.7 * len(drawn)


def test_opacity_is_not_rounded():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0.123,4" fill="red" opacity="0.85"/></g></svg>'
    )
    assert 'opacity="0.85"' in smaller(drawn)
    assert 'd="M0.1,4"' in smaller(drawn)


def test_what_only_some_have_stays_with_them():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g fill="none"><g>'
        '<text fill="red">a</text><text fill="red">b</text></g><g><text fill="red">c</text><text>d</text></g>'
        '<g></g><path d="M0,0"/></g></svg>'
    )
    told = [(text, style.get("fill")) for _, text, style, _, _ in marks(smaller(drawn))]
    assert told == [("a", "red"), ("b", "red"), ("c", "red"), ("d", "none")]
    assert smaller(drawn).count("red") == 2
    assert "path" not in smaller(drawn)


@pytest.mark.parametrize("name", ["map", "roadmap", "funding", "paths"])
def test_a_phone_has_a_picture_of_its_own_width(specs, name):
    picture = draw_picture(specs[name])
    assert width(picture.narrow) <= 358  # pixels of a column on a phone of 390
    assert width(picture.wide) == pytest.approx(picture.width, abs=1)
    assert picture.width <= 742
    assert name == "paths" or picture.width > 600  # of one indicator there is one of two columns


def test_an_address_survives_a_list_of_addresses_and_any_name(specs):
    spec = specs["roadmap"]
    name = "50% \"x\" <b>#1</b> 'y', z"
    phone = spec["usermeta"]["jspmodel"]["narrow"]
    for data in phone["datasets"].values():
        for row in data:
            row.update({key: name for key, value in row.items() if isinstance(value, str)})
    address = draw_picture(spec).narrow
    assert not re.search(r"[\s\"<>]", address)
    drawn = unquote(unescape(address).partition(",")[2])  # as a browser reads an attribute
    texts = [text for _, text, *_ in marks(drawn) if text]
    assert name in texts


def test_pictures_of_a_slider_share_what_does_not_move():
    drawn = [
        '<svg xmlns="http://www.w3.org/2000/svg"><g fill="none"><g><text>a</text><text>b</text></g>'
        f'<g><path d="M{x},0" fill="red"/></g></g></svg>'
        for x in (1, 2)
    ]
    shared, first, second = layered(drawn)
    assert "<text>a</text><text>b</text>" in re.sub(r"ns0:|svg:", "", shared)
    assert "path" not in shared
    for moving, x in ((first, 1), (second, 2)):
        assert "text" not in moving
        assert f'd="M{x},0"' in moving


def test_together_they_are_the_picture_of_each_value():
    decision = small_decision(sensitivity=small_sensitivity())
    found = decision.sensitivity.frontier
    spec = charts.frontier(decision.case, decision.scenario, decision.plan, found, "id").to_dict()
    values = [50, 80, 100, 120]
    base, *over = (picture for picture in draw_steps(spec, values))
    assert [picture.value for picture in (base, *over)] == [None, *values]
    for value, picture in zip(values, over, strict=True):
        assert len(picture.wide) < len(base.wide) / 3
        assert (picture.width, picture.height) == (base.width, base.height)
        bare = {key: part for key, part in spec.items() if key not in {"title", "usermeta"}}
        params = [{**one, "value": value} for one in spec["params"]]
        whole = svg({**bare, "width": 730, "params": params})
        both = seen(base) + seen(picture)
        assert sorted(map(repr, both)) == sorted(map(repr, marks(smaller(whole))))
        assert (len(seen(picture)) > 0) == (value != 50)  # at half the budgets there is no plan to mark


def seen(picture):
    return marks(unquote(picture.wide.partition(",")[2]))
