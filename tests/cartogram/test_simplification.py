"""Shapes with fewer points: what two regions share stays shared, and nothing is lost that can be seen."""

import math
import random
from itertools import pairwise

import pytest

from jspmodel.cartogram import area, label_room, plane, simplify


def rough(start, end, depth, rnd):
    """A line between two points whose middle is moved sideways again and again."""
    points = [start, end]
    for _ in range(depth):
        finer = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            aside = rnd.uniform(-0.15, 0.15)
            finer += [((ax + bx) / 2 - (by - ay) * aside, (ay + by) / 2 + (bx - ax) * aside), (bx, by)]
        points = finer
    return points


def two_regions():
    """West and east of a rough border, the rest of them straight."""
    border = rough((1.0, 0.0), (1.0, 1.0), 8, random.Random(5))
    west = [(0.0, 0.0), *border, (0.0, 1.0), (0.0, 0.0)]
    east = [(2.0, 0.0), (2.0, 1.0), *border[::-1], (2.0, 0.0)]
    return {"W": ((tuple(west),),), "E": ((tuple(east),),)}


def points(shapes):
    return [point for parts in shapes.values() for part in parts for ring in part for point in ring]


def test_a_border_stays_the_same_on_both_sides():
    before = two_regions()
    after = simplify(before, 40)
    assert len(points(before)) > 500
    assert len(points(after)) < 100
    west, east = after["W"][0][0], after["E"][0][0]
    shared = set(west) & set(east)
    inner = {point for point in west if 0.5 < point[0] < 1.5}
    assert inner == {point for point in east if 0.5 < point[0] < 1.5} == shared
    # Together they still fill the rectangle of 2 by 1, and each about half of it.
    assert abs(area(west)) + abs(area(east)) == pytest.approx(2, abs=1e-3)
    assert abs(area(west)) == pytest.approx(abs(area(before["W"][0][0])), abs=0.02)


def test_rings_stay_closed_and_run_the_same_way():
    for region, parts in simplify(two_regions(), 30).items():
        assert parts[0][0][0] == parts[0][0][-1]
        assert math.copysign(1, area(parts[0][0])) == math.copysign(1, area(two_regions()[region][0][0]))


def test_a_corner_outlives_a_bend():
    # A square with a bend of 0.001 in the middle of each side: four corners are kept, bends are not.
    bent = ((0, 0), (0.5, 0.001), (1, 0), (0.999, 0.5), (1, 1), (0.5, 0.999), (0, 1), (0.001, 0.5), (0, 0))
    (ring,) = simplify({"A": ((bent,),)}, 5)["A"][0]
    assert {(round(x), round(y)) for x, y in ring} == {(0, 0), (1, 0), (1, 1), (0, 1)}
    assert len(ring) == 5


def test_specks_go_but_the_last_of_a_region_stays():
    def box(left, low, side):
        return ((left, low), (left + side, low), (left + side, low + side), (left, low + side), (left, low))

    shapes = {"A": ((box(0, 0, 1),), (box(2, 2, 1e-6),)), "B": ((box(3, 3, 1e-6),),)}
    after = simplify(shapes, 50)
    assert len(after["A"]) == 1
    assert len(after["B"]) == 1


def test_an_enclave_and_its_hole_stay_one_line():
    circle = [(5 + math.cos(k / 50 * math.pi), 5 + math.sin(k / 50 * math.pi)) for k in range(100)]
    inner = (*circle, circle[0])
    outer = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0))
    turned = (*circle[30::-1], *circle[:29:-1])  # the other way round, from another point
    after = simplify({"Ring": ((outer, turned),), "Inner": ((inner,),)}, 20)
    hole, island = after["Ring"][0][1], after["Inner"][0][0]
    assert set(hole) == set(island)
    assert len(island) < 30


def test_few_points_are_left_as_they_are():
    shapes = {"A": (((110.0, -7.0), (111.0, -7.0), (111.0, -6.0), (110.0, -7.0)),)}
    (ring,) = plane({"A": (shapes["A"],)}, projected=True)["A"][0]
    assert ring == ((110.0, 7.0), (111.0, 7.0), (111.0, 6.0), (110.0, 7.0))


def test_a_name_has_most_room_in_the_wide_part():
    # An L: a stem 1 wide and 4 high, its foot 4 wide and 1 high at the bottom.
    shape = ((0, 0), (1, 0), (1, 3), (4, 3), (4, 4), (0, 4), (0, 0))
    room = label_room(((tuple((float(x), float(y)) for x, y in shape),),))
    assert room.width == pytest.approx(4)
    assert 3 < room.y < 4
    assert room.x == pytest.approx(2)
