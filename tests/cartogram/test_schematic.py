"""Schematic maps: small ones whose answer is plain, and those of the shipped cases."""

import os
import subprocess
import sys

import pytest

from cartogram_rings import area, shared_sides
from jspmodel.cartogram import schematic_map
from jspmodel.intake import load_case

BLOCK = {"NW": (110.0, -7.0), "NE": (110.5, -7.0), "SW": (110.0, -7.5), "SE": (110.5, -7.5)}
BLOCK_BORDERS = [("NW", "NE"), ("NW", "SW"), ("NE", "SE"), ("SW", "SE")]


def middle(drawn, region):
    return drawn.rooms[region].x, drawn.rooms[region].y


def of_case(case):
    borders = list(zip(case.borders["region_a"], case.borders["region_b"], strict=True))
    known = case.regions[["longitude", "latitude"]].notna().all(axis=None)
    spots = zip(case.regions["longitude"], case.regions["latitude"], strict=True)
    positions = dict(zip(case.regions["region"], spots, strict=True)) if known else None
    return schematic_map(list(case.regions["region"]), borders, positions), borders


def assert_true_to(drawn, borders):
    """Make sure that the map says of itself what can be seen on it."""
    shared = shared_sides(drawn.rings)
    pairs = {tuple(sorted(pair)) for pair in borders}
    assert drawn.borders == len(pairs)
    assert drawn.touching == sum(shared[pair] >= 2 for pair in pairs)
    assert drawn.untrue == sum(pair not in pairs for pair in shared)


def test_four_in_a_block():
    drawn = schematic_map(list(BLOCK), BLOCK_BORDERS, BLOCK)
    assert (drawn.borders, drawn.touching, drawn.untrue) == (4, 4, 0)
    assert_true_to(drawn, BLOCK_BORDERS)
    assert middle(drawn, "NW")[0] < middle(drawn, "NE")[0]
    assert middle(drawn, "SW")[0] < middle(drawn, "SE")[0]
    assert middle(drawn, "NW")[1] < middle(drawn, "SW")[1]
    assert middle(drawn, "NE")[1] < middle(drawn, "SE")[1]


def test_a_chain_from_west_to_east_keeps_its_order():
    spots = {f"R{k}": (110 + k / 3, -7.0) for k in range(6)}
    borders = [(f"R{k}", f"R{k + 1}") for k in range(5)]
    drawn = schematic_map(list(spots), borders, spots)
    assert (drawn.touching, drawn.untrue) == (5, 0)
    across = [middle(drawn, region)[0] for region in spots]
    assert across == sorted(across)


def test_one_that_lies_between_two_that_meet_on_both_sides_of_it():
    # As in Yogyakarta: Sleman and Bantul border on each other and have three neighbours in common, of which no two
    # do. Equal hexagons cannot do that: two that touch have two neighbours in common.
    borders = [("S", "B"), *((one, other) for one in "SB" for other in "KYG")]
    spots = {"S": (110.36, -7.7), "B": (110.33, -7.9), "K": (110.16, -7.8), "Y": (110.37, -7.8), "G": (110.6, -7.9)}  # fmt: skip
    drawn = schematic_map(list(spots), borders, spots)
    assert drawn.touching == 7
    assert_true_to(drawn, borders)


def test_without_positions_borders_are_enough():
    drawn = schematic_map(list(BLOCK), BLOCK_BORDERS, None)
    assert (drawn.touching, drawn.untrue) == (4, 0)


def test_without_borders_positions_are_enough():
    drawn = schematic_map(list(BLOCK), [], BLOCK)
    assert (drawn.borders, drawn.touching, drawn.untrue) == (0, 0, 0)
    assert middle(drawn, "NW")[1] < middle(drawn, "SW")[1]


def test_islands_stay_apart():
    spots = {"A": (110.0, -7.0), "B": (110.5, -7.0), "C": (114.0, -7.0), "D": (114.5, -7.0)}
    drawn = schematic_map(list(spots), [("A", "B"), ("C", "D")], spots)
    assert (drawn.touching, drawn.untrue) == (2, 0)
    assert set(shared_sides(drawn.rings)) == {("A", "B"), ("C", "D")}
    assert max(middle(drawn, region)[0] for region in "AB") < min(middle(drawn, region)[0] for region in "CD")


def test_one_region_alone():
    drawn = schematic_map(["A"], [], {"A": (110.0, -7.0)})
    assert [area(ring) for ring in drawn.rings["A"]] == [24]


def test_two_capitals_in_one_place():
    drawn = schematic_map(["A", "B"], [("A", "B")], {"A": (110.0, -7.0), "B": (110.0, -7.0)})
    assert drawn.touching == 1


def test_what_no_map_can_be_made_of():
    with pytest.raises(ValueError, match="borders or positions"):
        schematic_map(["A", "B"], [], None)


@pytest.mark.parametrize("name", ["diy", "bali", "kalsel", "jateng", "kota-yogyakarta"])
def test_in_the_shipped_cases_every_border_touches_and_nothing_else(name):
    drawn, borders = of_case(load_case(name))
    assert drawn.touching == drawn.borders == len(borders)
    assert drawn.untrue == 0
    assert_true_to(drawn, borders)
    for region, rings in drawn.rings.items():
        assert len(rings) == 1, f"{region} is in one piece without holes"
        assert abs(area(rings[0]) - 24) <= 1
        assert rings[0][0] == rings[0][-1]


def test_many_regions_of_which_not_all_can_touch():
    # A triangulated grid of 6 by 6: each region borders on those beside, below and below to the left.
    spots = {f"{x}{y}": (110 + x / 3, -7 - y / 3) for x in range(6) for y in range(6)}
    borders = [
        (f"{x}{y}", f"{x + a}{y + b}")
        for x in range(6)
        for y in range(6)
        for a, b in ((1, 0), (0, 1), (-1, 1))
        if f"{x + a}{y + b}" in spots
    ]
    drawn = schematic_map(list(spots), borders, spots)
    assert_true_to(drawn, borders)
    assert drawn.touching >= 0.9 * drawn.borders


def test_the_same_map_whatever_the_hash_seed():
    """Another process, which has another seed than this one, finds what this one finds."""
    said = (
        "from jspmodel.cartogram import schematic_map as m; "
        "s = {n: (110 + k % 3 / 3, -7 - k // 3 / 3) for k, n in enumerate('abcdefgh')}; "
        "told = repr(m(list(s), [('a', 'b'), ('b', 'c'), ('a', 'd'), ('b', 'e'), ('e', 'h'), ('d', 'g')], s))"
    )
    here: dict[str, str] = {}
    exec(said, here)
    other = subprocess.run(
        [sys.executable, "-c", f"{said}; print(told)"],
        env={**os.environ, "PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert other.stdout.strip() == here["told"]
