"""What goes beyond the plan is kept as it is; where it is computed."""

import json
import os

import pandas as pd
import pytest

from jspmodel.errors import RunError
from jspmodel.runs import NOT_ANALYSED, Sensitivity, read_sensitivity, write_sensitivity
from jspmodel.runs.sensitivity_analysis import draws_effects, mostly_levels
from jspmodel.scenario import Equity, Scenario
from jspmodel.selection.explanation import PLACES
from small_decision import H, P, Q, small_case, small_sensitivity

NAMES = dict.fromkeys(
    ("program", "other", "region", "agency", "dimension", "spending_rule", "staff_kind"), ""
)
PRICES = pd.DataFrame([{"rule": "budget", **NAMES, "fund": "01", "year": 2027, "price": 0.5}])
PRICES = PRICES[["rule", *PLACES, "price"]]


RULES = pd.DataFrame(
    [
        ("spending_rules", "spending_rule", "a", 0.5, 0.25, 1.0, ("Q",), ("P", "H"), True, False),
        ("equity", "", "", 0.0, 0.0, 0.0, (), (), False, False),
    ],
    columns=["rule", "column", "code", "price", "least", "most", "adds", "drops", "searched", "stopped"],
)


def test_what_is_kept_is_what_was_found(tmp_path):
    kept = small_sensitivity()
    write_sensitivity(Sensitivity(kept.frontier, kept.programs, PRICES, RULES), tmp_path)
    found = read_sensitivity(tmp_path)
    assert [point.choices for point in found.frontier.points] == [None, (P,), (P,), (P, Q, H)]
    assert found.frontier.table.equals(kept.frontier.table)
    pd.testing.assert_frame_equal(found.programs, kept.programs)
    pd.testing.assert_frame_equal(found.prices, PRICES)
    pd.testing.assert_frame_equal(found.rules, RULES)


def test_prices_of_earlier_versions_name_no_spending_rule_and_no_staff(tmp_path):
    write_sensitivity(Sensitivity(prices=PRICES.drop(columns=["spending_rule", "staff_kind"])), tmp_path)
    pd.testing.assert_frame_equal(read_sensitivity(tmp_path).prices, PRICES)


def test_files_are_plain_json(tmp_path):
    write_sensitivity(small_sensitivity(), tmp_path)
    first = json.loads((tmp_path / "frontier.json").read_text(encoding="utf-8"))["points"][0]
    assert first == {
        "scale": 0.5,
        "budget": 18.0,
        "objective": None,
        "bound": None,
        "tolerance": 0.0,
        "finding": "none",
        "programs": None,
    }


def test_nothing_found_leaves_nothing_behind(tmp_path):
    write_sensitivity(NOT_ANALYSED, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert read_sensitivity(tmp_path) == NOT_ANALYSED or read_sensitivity(tmp_path).frontier is None


@pytest.mark.parametrize("text", ["", "{}", '[{"rule": "budget"}]', "[1]"])
def test_a_file_that_somebody_changed_is_told(tmp_path, text):
    (tmp_path / "prices.json").write_text(text)
    with pytest.raises(RunError, match=r"prices\.json"):
        read_sensitivity(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize("name", ["frontier.json", "robustness.json", "prices.json"])
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(RunError, match=name):
        read_sensitivity(tmp_path)


def test_levels_count_as_most_from_more_than_half():
    table = pd.DataFrame(
        {"program": ["P", "Q", "H"], "effect": [0.1, None, None], "level": ["", "low", "high"]}
    )
    assert mostly_levels(small_case_with(table))
    assert not mostly_levels(small_case_with(table.assign(effect=[0.1, 0.2, None])))
    assert draws_effects(small_case_with(table), Scenario())
    assert not draws_effects(small_case_with(table), Scenario(objective="score"))
    assert not draws_effects(small_case_with(table), Scenario(equity=Equity(mode="max_min")))


def small_case_with(effects):
    from dataclasses import replace

    return replace(small_case(), program_effects=effects)
