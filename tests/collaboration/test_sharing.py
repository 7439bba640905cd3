"""Shares of joint programmes, worked out by hand on the case of tests/hand.py and on small games."""

import importlib
from itertools import combinations

import numpy as np
import pytest

from hand import rows
from jspmodel.collaboration import METHODS, share_costs
from jspmodel.collaboration.games import in_core, nucleolus, objection, shapley
from jspmodel.collaboration.joint_cost import JointCost, joint_cost
from jspmodel.collaboration.sharing import advised_shares
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from small_decision import small_case, small_plan


def shares(sharing, program="P"):
    own = sharing.shares[sharing.shares["program"] == program]
    return {
        method: dict(zip(part["region"], part["share"].round(6), strict=True))
        for method, part in own.groupby("method", sort=False)
    }


def game(volumes, min_volume, min_regions=1, shared=6.0, own=None):
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(volumes)]
    parts = np.zeros(len(volumes)) if own is None else np.array(own, dtype=float)
    return JointCost(list(names), parts, shared, np.array(volumes, dtype=float), min_volume, min_regions)


def test_costs_of_coalitions_are_those_of_the_tables():
    # P: 10 shared and 4 in A; its run costs in B start after the horizon.
    found = joint_cost(small_case(), Scenario(), Choice(program="P", start=2027, regions=("A", "B")))
    assert {"".join(sorted(who)): cost for who, cost in found.items()} == {"A": 14, "B": 10, "AB": 14}


def test_run_costs_within_the_horizon_count():
    # Until 2030 B pays 0.5 in 2029 and in 2030.
    found = joint_cost(
        small_case(), Scenario(last_year=2030), Choice(program="P", start=2027, regions=("A", "B"))
    )
    assert found[frozenset("B")] == 11


def test_shares_by_hand():
    # Shapley and nucleolus: own part and half of 10. Population 3 : 1. Needs on w: 0.75 * 1 and 0.25 * 0.5, the
    # same effect in both: 6 : 1.
    sharing = share_costs(small_case(), Scenario(), small_plan())
    assert shares(sharing) == {
        "shapley": {"A": 9, "B": 5},
        "nucleolus": {"A": 9, "B": 5},
        "population": {"A": 10.5, "B": 3.5},
        "impact": {"A": 12, "B": 2},
    }
    assert sharing.programs.to_dict("records") == [
        {"program": "P", "regions": 2, "cost": 14, "shared": 10, "threshold": False, "method": "shapley",
         "reason": "equal_parts"},
    ]  # fmt: skip
    assert sharing.stability["in_core"].all()
    assert set(sharing.shares["alone"]) == {14, 10}


def test_regions_that_are_alike_beside_their_own_parts_share_the_rest_equally():
    # The short cut for programmes without a volume to reach gives what both solutions give.
    for least in (1, 2, 4):
        found = game([0, 0, 0, 0], 0, min_regions=least, own=[1, 2, 3, 4])
        expected = dict(zip("ABCD", [2.5, 3.5, 4.5, 5.5], strict=True))
        assert shapley(found) == pytest.approx(expected)
        assert nucleolus(found) == pytest.approx(expected)


def test_a_small_gain_shares_as_a_large_one_does():
    effects = rows("program issue effect", ("P", "w", 0.001))
    sharing = share_costs(small_case(program_effects=effects), Scenario(), small_plan())
    assert shares(sharing)["impact"] == {"A": 12, "B": 2}
    assert set(sharing.stability.loc[sharing.stability["in_core"], "gain"]) == {0.0}


def test_a_region_that_would_pay_more_than_alone_leaves():
    # By volume 0 : 5 B pays all 14, alone it would pay 10.
    volumes = rows("program region volume", ("P", "A", 0.0), ("P", "B", 5.0))
    sharing = share_costs(small_case(program_regions=volumes), Scenario(), small_plan())
    assert shares(sharing)["volume"] == {"A": 0, "B": 14}
    row = sharing.stability.set_index("method").loc["volume"]
    assert (row["in_core"], row["coalition"]) == (False, ("B",))
    assert row["gain"] == pytest.approx(4)


def test_a_key_that_the_tables_do_not_give_is_left_out():
    regions = rows("region name population", ("A", "Alfa", None), ("B", "Beta", None))
    volumes = rows("program region volume", ("P", "A", 3.0), ("P", "B", None))
    sharing = share_costs(small_case(regions=regions, program_regions=volumes), Scenario(), small_plan())
    assert list(shares(sharing)) == ["shapley", "nucleolus", "impact"]


def test_only_joint_programmes_are_shared_and_none_is_no_error():
    nothing = tuple(item.model_copy(update={"regions": item.regions[:1]}) for item in small_plan().programs)
    sharing = share_costs(small_case(), Scenario(), small_plan(programs=nothing))
    assert sharing.programs.empty
    assert sharing.shares.empty
    assert list(sharing.stability) == ["program", "method", "in_core", "coalition", "gain"]


def test_without_shared_costs_everybody_pays_its_own_part():
    costs = rows(
        "program region kind offset amount", ("P", "A", "build", 0, 4.0), ("P", "B", "build", 0, 1.0)
    )
    sharing = share_costs(small_case(program_costs=costs), Scenario(), small_plan())
    assert shares(sharing)["shapley"] == {"A": 4, "B": 1}
    assert sharing.programs["reason"].tolist() == ["own_parts"]


def test_the_threshold_decides_who_matters():
    # A 6, B 5, C 1 and 10 asked for: A and B reach it, with or without C. C adds 6 unless both came before: 4.
    # A and B: 6 where first (1/3), 6 where second after C (1/6), else 0 or (last) 6 - 12: 2 + 1 - 2 = 1.
    # Nucleolus: {C} has y - 6, {A, B} has -y for the share y of C: 3 each way.
    found = game([6, 5, 1], 10)
    assert {"".join(sorted(who)): cost for who, cost in found.items()} == {
        "A": 6, "B": 6, "C": 6, "AB": 6, "AC": 12, "BC": 12, "ABC": 6,
    }  # fmt: skip
    assert shapley(found) == pytest.approx({"A": 1, "B": 1, "C": 4})
    assert nucleolus(found) == pytest.approx({"A": 1.5, "B": 1.5, "C": 3})
    assert in_core(found, shapley(found))


def test_too_few_regions_miss_the_threshold_too():
    found = game([0, 0, 0], 0, min_regions=2)
    assert (found[frozenset("A")], found[frozenset("AB")], found[frozenset("ABC")]) == (6, 6, 6)
    assert game([0, 0, 0], 0, min_regions=3)[frozenset("AB")] == 12
    # Nobody, A, B, AB, C, AC, BC, ABC.
    assert game([0, 0, 0], 0, min_regions=3).table.tolist() == [0, 6, 6, 12, 6, 12, 12, 6]


def test_a_volume_that_is_short_by_a_little_is_short():
    # What the audit lets pass (a hundred-thousandth) is not.
    found = game([6, 3.5, 1], 10)
    assert (found[frozenset("AB")], found[frozenset("ABC")]) == (12, 6)
    assert game([6, 4 - 1e-6], 10)[frozenset("AB")] == 6
    assert game([6, 4 - 1e-4], 10)[frozenset("AB")] == 12


def test_regions_that_are_nearly_decisive_can_spoil_the_shapley_value():
    # A or B with any other reaches 11. A adds, where s of the five small ones and not B came before, 1 - s; else
    # 0: (1 - 4/6 - 2 * 3/6 - 3 * 2/6 - 4 * 1/6) / 7 = -1/3. So the six others would be better off without A.
    found = game([10, 10, 1, 1, 1, 1, 1], 11, shared=1.0)
    value = shapley(found)
    assert value["A"] == value["B"] == pytest.approx(-1 / 3)
    assert not in_core(found, value)
    assert objection(found, value).gain == pytest.approx(1 / 3)
    assert len(objection(found, value).coalition) == 6
    assert nucleolus(found) == pytest.approx(dict.fromkeys("ABCDEFG", 1 / 7), abs=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_large_programmes_find_the_same_nucleolus_and_the_same_objection_by_integer_programmes(
    seed, monkeypatch
):
    draws = np.random.default_rng(seed)
    volumes, own = draws.integers(1, 40, 7), draws.integers(0, 9, 7)
    found = game(volumes, float(np.round(draws.uniform(0.6, 0.97) * volumes.sum())), 2, 6.0, own)
    some = {
        name: float(share)
        for name, share in zip("ABCDEFG", draws.dirichlet(np.ones(7)) * found.shared, strict=True)
    }
    expected, leaves = nucleolus(found), objection(found, some)
    monkeypatch.setattr(importlib.import_module("jspmodel.collaboration.joint_cost"), "MOST_TABULATED", 3)
    monkeypatch.setattr(importlib.import_module("jspmodel.collaboration.games.nucleolus"), "MOST_EXACT", 3)
    assert nucleolus(found) == pytest.approx(expected, abs=1e-5)
    assert objection(found, some).gain == pytest.approx(leaves.gain, abs=1e-6)


UNEQUAL = [(0, 1), (2, 5), (6, 3)]


@pytest.mark.parametrize("seed", range(8))
def test_large_programmes_find_whoever_is_unhappiest_of_all_coalitions(seed, monkeypatch):
    # Of seven regions all 126 coalitions are tried: alone, and those that hold one of two regions without the other.
    draws = np.random.default_rng(seed)
    volumes, own = draws.integers(1, 40, 7), draws.integers(0, 9, 7)
    volumes[seed % 7] = 150
    least = float(np.round(draws.uniform(0.3, 0.9) * volumes.sum()))
    noise, fewest = draws.uniform(-4, 4, 7), 2 + seed % 3
    over = 6 / 7 + noise - noise.mean()
    found = game(volumes, least, fewest, 6.0, own)
    tried = {
        who: over[list(who)].sum() - 6 * (1 if volumes[list(who)].sum() >= least and size >= fewest else size)
        for size in range(1, 7)
        for who in combinations(range(7), size)
    }
    monkeypatch.setattr(importlib.import_module("jspmodel.collaboration.joint_cost"), "MOST_TABULATED", 3)
    shares = dict(zip("ABCDEFG", own + over, strict=True))
    assert objection(found, shares).gain == pytest.approx(max(tried.values()))
    for one, other in UNEQUAL:
        normals = (np.arange(7) == one).astype(float) - (np.arange(7) == other)
        first = found.unhappiest(own + over, normals[None])[0]
        best = max(excess for who, excess in tried.items() if (one in who) != (other in who))
        assert tried[tuple(np.flatnonzero(first).tolist())] == pytest.approx(best)
        assert first[one] != first[other]


def test_twenty_eight_regions():
    # 490 is brought by ten of 40 and eighteen of 5; 470 can do without four of 5 but without none of 40. A small
    # region is as unhappy on its own (y - 1) as the others are with it (-y): 0.5; the ten share what is left, -8.
    volumes = [40.0] * 10 + [5.0] * 18
    names = [f"R{k:02d}" for k in range(28)]
    large = JointCost(names, np.zeros(28), 1.0, np.array(volumes), 470.0, 2)
    kernel = nucleolus(large)
    assert [kernel[name] for name in names[10:]] == pytest.approx([0.5] * 18, abs=1e-6)
    assert [kernel[name] for name in names[:10]] == pytest.approx([-0.8] * 10, abs=1e-6)
    assert in_core(large, kernel)


ADVICE = {
    # As in the tests of the games above: Shapley 1, 1, 4 and in the core, nucleolus 1.5, 1.5, 3.
    "stable": ([6, 5, 1], 10, None, True, "shapley", {"A": 1, "B": 1, "C": 4}),
    # Without A or B the six others are better off than by Shapley's value.
    "shapley_unstable": (
        [10, 10, 1, 1, 1, 1, 1],
        11,
        None,
        True,
        "nucleolus",
        dict.fromkeys("ABCDEFG", 6 / 7),
    ),
    # Neither reaches 10 alone, so that each would pay 6: they are alike.
    "equal_parts": ([5, 5], 10, None, True, "shapley", {"A": 3, "B": 3}),
    # A reaches it alone and whoever joins A pays no more: 0 for A, and the two that need it share (by both).
    "both_agree": ([10, 4, 4], 10, None, True, "shapley", {"A": 0, "B": 3, "C": 3}),
    "no threshold where each reaches it": ([10, 12], 10, None, False, "shapley", {"A": 3, "B": 3}),
    "a threshold of regions": ([10, 12], None, 2, True, "shapley", {"A": 3, "B": 3}),
    "no threshold": ([10, 12], None, 1, False, "shapley", {"A": 3, "B": 3}),
}


@pytest.mark.parametrize(
    ("volumes", "least", "regions", "threshold", "method", "expected"), ADVICE.values(), ids=ADVICE
)
def test_what_is_recommended_by_hand(request, volumes, least, regions, threshold, method, expected):
    codes = "ABCDEFG"[: len(volumes)]
    case = build_case(
        "shared",
        {
            "regions": rows("region name", *((code, code) for code in codes)),
            "issues": rows("issue name_id", ("w", "W")),
            "issue_regions": rows("issue region severity", *(("w", code, 1.0) for code in codes)),
            "programs": rows(
                "program name_id duration scope min_volume min_regions",
                ("O", "O", 1, "joint", 99, 5), ("P", "P", 1, "joint", least, regions),
            ),
            "program_regions": rows("program region volume", *(("P", c, v) for c, v in zip(codes, volumes, strict=True))),
            "program_costs": rows("program region kind offset amount", ("P", "", "build", 0, 6.0)),
            "program_effects": rows("program issue effect", ("P", "w", 0.1)),
            "funds": rows("fund name_id", ("f", "F")),
            "fund_budgets": rows("fund year amount", ("f", 2027, 9.0)),
        },
    )  # fmt: skip
    chosen = small_plan().programs[0].model_copy(update={"regions": tuple(codes), "start": 2027})
    sharing = share_costs(case, Scenario(), small_plan(programs=(chosen,)))
    (told,) = sharing.programs.itertuples()
    assert (told.threshold, told.method) == (threshold, method)
    reason = request.node.callspec.id
    assert told.reason == (reason if reason in REASONS else "equal_parts")
    assert shares(sharing)[method] == pytest.approx(expected, abs=1e-5)
    assert list(advised_shares(sharing)["share"]) == pytest.approx(list(expected.values()), abs=1e-5)


REASONS = {"stable", "shapley_unstable", "equal_parts", "both_agree"}


@pytest.mark.parametrize(("of_a", "of_b", "expected"), [(0.0, 0.0, None), (0.2, 0.5, {"A": 4, "B": 10})])
def test_volumes_may_be_small_and_none_shares_nothing(of_a, of_b, expected):
    # Of 14 in all.
    volumes = rows("program region volume", ("P", "A", of_a), ("P", "B", of_b))
    sharing = share_costs(small_case(program_regions=volumes), Scenario(), small_plan())
    assert shares(sharing).get("volume") == expected


def test_every_method_of_the_shipped_case_adds_up_to_the_cost(shipped_sharing):
    totals = shipped_sharing.shares.groupby(["program", "method"])["share"].sum().unstack()[list(METHODS)]
    cost = shipped_sharing.programs.set_index("program")["cost"]
    assert len(totals) == 6
    for method in METHODS:
        told = totals[method].dropna()
        assert told.to_numpy() == pytest.approx(cost[told.index].to_numpy())
    stable = shipped_sharing.stability[shipped_sharing.stability["method"] == "nucleolus"]
    assert stable["in_core"].all()


@pytest.fixture(scope="module")
def shipped_sharing():
    from jspmodel import load

    case, scenario = load("data/diy/scenarios/baseline.yaml")
    regions = case.program_regions.groupby("program")["region"].agg(tuple)
    chosen = [
        small_plan().programs[0].model_copy(update={"program": code, "regions": regions[code], "start": 2028})
        for code in ("P08", "P15", "P35", "P38", "P43", "P46")
    ]
    return share_costs(case, scenario, small_plan(programs=tuple(chosen)))
