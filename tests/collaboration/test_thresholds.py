"""Coalition thresholds: chances in closed form, voting power as published, hosts and users."""

import math

import pytest

from hand import rows
from jspmodel.collaboration import coalition_thresholds
from jspmodel.intake.tables import build_case
from jspmodel.scenario import Scenario, Simulation

DRAWS = 20_000
SCENARIO = Scenario(simulation=Simulation(draws=DRAWS, seed=7))


def threshold(
    needed, *regions, columns="program region volume volume_low volume_high role mandatory", least=None
):
    lines = [("P", f"R{k:02d}", *values) for k, values in enumerate(regions)]
    case = build_case(
        "t",
        {
            "regions": rows("region name", *[(line[1], line[1]) for line in lines]),
            "programs": rows(
                "program name_id duration scope min_volume volume_unit min_regions",
                ("P", "P", 1, "joint", needed, "t", least),
                ("Q", "Q", 1, "joint", None, "", None),
            ),
            "program_regions": rows(columns, *lines),
        },
    )
    (found,) = coalition_thresholds(case, SCENARIO)
    return found


def certain(needed, *volumes, **more):
    return threshold(needed, *[(volume,) for volume in volumes], columns="program region volume", **more)


def chances(found):
    return {
        "".join(region[-1] for region in row.regions): row.chance for row in found.coalitions.itertuples()
    }


def test_certain_volumes_reach_it_or_not():
    found = certain(6, 5, 3, 2)
    assert chances(found) == {"0": 0, "1": 0, "2": 0, "01": 1, "02": 1, "12": 0, "012": 1}
    assert found.coalitions["planned"].tolist()[-1] == 10


def test_power_of_a_weighted_vote():
    # The game [6; 5, 3, 2]: the first decides 4 of the 6 orders, the others one each (Shapley and Shubik 1954).
    assert certain(6, 5, 3, 2).pivots["power"].tolist() == pytest.approx([4 / 6, 1 / 6, 1 / 6])


def test_power_of_the_security_council():
    # Five permanent members (weight 7), four of the others (1, to keep it small), quota 37: all five and two more.
    # A small one is pivotal if exactly the five and one other come before it, 3 * 6! * 2! of 9! orders.
    found = certain(37, 7, 7, 7, 7, 7, 1, 1, 1, 1)
    small = 3 * math.factorial(6) * math.factorial(2) / math.factorial(9)
    assert found.pivots["power"].tolist() == pytest.approx([(1 - 4 * small) / 5] * 5 + [small] * 4)


def test_power_adds_up_to_the_chance_of_all():
    found = threshold(10, (4, 2, 8, "user", False), (4, 1, 5, "", False), (1, 0, 3, "host", False))
    assert found.pivots["power"].sum() == pytest.approx(chances(found)["012"])


def test_a_region_without_which_the_others_fail():
    found = certain(6, 5, 3, 2)
    assert found.pivots["fall"].tolist() == [1, 0, 0]
    assert found.pivots["chance_without"].tolist() == [0, 1, 1]


@pytest.mark.parametrize("needed", [0.2, 0.5])
def test_a_range_with_its_most_likely_figure_at_the_low_end(needed):
    # PERT with mode = low = 0 and high = 1 is beta(1, 5): the chance to reach x is (1 - x)^5.
    # Wherever it begins.
    chance = (1 - needed) ** 5
    for low in (0, 3):
        found = threshold(low + needed, (low, low, low + 1, "", False))
        assert chances(found)["0"] == pytest.approx(chance, abs=4 * math.sqrt(chance * (1 - chance) / DRAWS))


def test_symmetric_ranges_reach_their_plan_in_half_of_the_futures():
    found = threshold(30, (10, 5, 15, "", False), (20, 12, 28, "", False))
    assert chances(found)["01"] == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / DRAWS))


def test_means_are_those_of_pert():
    found = threshold(1, (450, 450, 602, "user", False))
    assert found.volumes["mean"].tolist() == pytest.approx([(450 + 4 * 450 + 602) / 6])


def test_only_coalitions_as_large_as_needed_with_all_that_are_mandatory():
    found = threshold(
        1, (5, None, None, "", False), (3, None, None, "", True), (2, None, None, "", False), least=2
    )
    assert sorted(chances(found)) == ["01", "012", "12"]
    both = threshold(1, (5, None, None, "", True), (3, None, None, "", True), (2, None, None, "", False))
    assert sorted(chances(both)) == ["01", "012"]


def test_of_as_many_regions_the_likeliest_coalition_comes_first():
    # 2 and 3 fail alone; of the pairs only those with the third region, 5, reach 6.
    assert list(chances(certain(6, 2, 3, 5))) == ["0", "1", "2", "02", "12", "01", "012"]
    assert list(chances(certain(5, 2, 3, 5))) == ["2", "0", "1", "01", "02", "12", "012"]


def test_who_sends_compensates_who_hosts():
    found = threshold(
        1, (50, None, None, "host", False), (30, None, None, "user", False), (10, None, None, "", False)
    )
    shares = found.volumes["share_sent"]
    assert math.isnan(shares[0])
    assert shares.tolist()[1:] == pytest.approx([0.75, 0.25])
    hosts = {row.regions: row.hosts for row in found.coalitions.itertuples()}
    assert hosts["R00", "R01"] == ("R00",)
    assert hosts["R01", "R02"] == ()


@pytest.mark.parametrize(("of_users", "expected"), [((0, 0), None), ((0.25, 0.5), [1 / 3, 2 / 3])])
def test_who_sends_little_compensates_and_who_sends_nothing_does_not(of_users, expected):
    users = [(volume, None, None, "user", False) for volume in of_users]
    shares = threshold(1, (50, None, None, "host", False), *users).volumes["share_sent"][1:]
    assert shares.isna().all() if expected is None else shares.tolist() == pytest.approx(expected)


def test_unknown_volumes_count_as_nothing_and_a_range_alone_as_its_middle():
    found = threshold(1, (None, None, None, "", False), (None, 2, 4, "", False))
    assert found.volumes["planned"].tolist() == [0, 3]


def test_sums_of_fractions_reach_what_they_add_up_to():
    assert chances(certain(0.3, 0.1, 0.2))["01"] == 1


def test_beyond_twelve_regions_only_all_and_all_but_one():
    found = certain(20, *[2] * 13)
    assert found.coalitions["regions"].map(len).value_counts().to_dict() == {12: 13, 13: 1}
    assert found.pivots["power"].isna().all()
    assert found.pivots["fall"].tolist() == [0] * 13


def test_the_same_seed_gives_the_same_chances():
    regions = (10, 5, 15, "", False), (20, 12, 28, "", False)
    assert chances(threshold(30, *regions)) == chances(threshold(30, *regions))
