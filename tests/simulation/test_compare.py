"""Promise beside simulation, and regret, by hand."""

import numpy as np
import pandas as pd
import pytest

from hand import TABLES, J, W, rows
from jspmodel.scenario import Simulation
from jspmodel.simulation import PARTS, Futures, explain_promise, regret, simulate_futures
from simulation.worlds import P_IN_A, P_IN_B, flat, hand, programs, seen


def told(*impact, promised=0.0, seed=1, case="one"):
    empty, rule = pd.DataFrame(), Simulation(seed=seed)
    return Futures(
        case, empty, empty, empty, empty, np.array(impact, dtype=float), promised, rule, frozenset(PARTS)
    )


def test_regret_by_hand():
    # Futures 1 to 4: a is best in two, b in one, both in the last.
    table = regret({"a": told(5, 3, 8, 4, promised=6), "b": told(2, 7, 6, 4)}).set_index("plan")
    assert table.loc["a"].tolist() == pytest.approx([6, 5, 1.0, 2.8, 4, 0.75])
    assert table.loc["b"].tolist() == pytest.approx([0, 4.75, 1.25, 2.7, 3, 0.5])


def test_one_plan_alone_regrets_nothing():
    assert regret({"a": told(5, 3)})[["regret", "regret_worst", "best"]].iloc[0].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "plans",
    [
        {},
        {"a": told(1), "b": told(1, 2)},
        {"a": told(1), "b": told(1, seed=2)},
        {"a": told(1), "b": told(1, case="another")},
    ],
)
def test_regret_needs_the_same_futures(plans):
    with pytest.raises(ValueError, match="same futures"):
        regret(plans)


def test_each_part_is_told_by_hand():
    # P (0.5 on waste) in A, flat: promised 100 * 0.5 * 0.5 * W 0.75 / N. It fails in a quarter of the futures;
    # its range is 0.3 to 0.5, so that its mean is (0.3 + 4 * 0.5 + 0.5) / 6 = 0.4667.
    case = hand(
        programs=programs(delivery_risk=(0.25, 0, 0)),
        program_effects=rows("program issue effect low high", ("P", "w", 0.5, 0.3, 0.5)),
    )
    need = W * 0.75 + W * 0.125 + J * 0.2
    one = 100 * 0.5 * W * 0.75 / need
    steps = explain_promise(case, flat(20_000), P_IN_A).set_index("step")
    assert steps.index.tolist() == ["promised", *PARTS, "simulated"]
    assert steps.loc["promised", "impact"] == pytest.approx(one * 0.5)
    assert steps.loc["effects", "change"] == pytest.approx(one * (2.8 / 6 - 0.5), rel=0.05)
    assert steps.loc["delivery", "change"] == pytest.approx(-one * 2.8 / 6 * 0.25, rel=0.06)
    quiet = ["trend", "spillover", "interaction", "cuts", "noise"]
    assert steps.loc[quiet, "change"].tolist() == pytest.approx([0] * 5)


def test_the_parts_add_up_to_the_difference():
    case = hand(
        programs=programs(delivery_risk=(0.25, 0, 0)),
        indicator_values=pd.concat([seen(14, 12, 13, 9), seen(4, 6, 5, 6, region="B")]),
        issue_spillovers=rows("issue on_issue value", ("w", "j", 0.4)),
        borders=TABLES["borders"],
    )
    scenario = flat(cut_chance=0.5, cut_size=0.5, spillover=0.3)
    steps = explain_promise(case, scenario, P_IN_B)
    futures = simulate_futures(case, scenario, P_IN_B)
    assert steps["impact"].iloc[0] == pytest.approx(futures.promised)
    assert steps["impact"].iloc[-1] == pytest.approx(futures.impact.mean())
    assert steps["change"].sum() == pytest.approx(futures.impact.mean() - futures.promised)
    assert (steps.set_index("step").loc[["spillover", "interaction"], "change"] > 0).all()
