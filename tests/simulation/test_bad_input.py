"""Bad input: an error that says what is wrong, or a stated rule; never NaN in a result."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hand import TABLES, rows
from jspmodel.errors import DataError
from jspmodel.plan import Choice
from jspmodel.scenario import Scenario
from jspmodel.simulation import explain_promise, simulate_futures
from simulation.worlds import P_AND_Q, P_IN_A, flat, hand, programs, seen


@pytest.mark.parametrize(
    ("table", "value", "code"),
    [
        ("indicators", TABLES["indicators"].assign(worst=0), "worst_not_worse"),
        ("program_effects", rows("program issue effect low", ("P", "w", 0.5, 0.6)), "range_reversed"),
        ("program_effects", rows("program issue effect high", ("P", "w", 0.5, 0.4)), "range_reversed"),
        ("program_effects", rows("program issue level low high", ("P", "w", "high", 0.1, 0.2)), "level_outside_range"),
        ("issue_spillovers", rows("issue on_issue value", ("w", "j", 1), ("j", "w", 1)), "spillover_explodes"),
        ("issue_spillovers", rows("issue on_issue value", ("w", "w", 0.5)), "spillover_on_itself"),
        ("issue_regions", rows("issue region severity"), None),
    ],
)  # fmt: skip
def test_what_cannot_be_simulated_is_an_error(table, value, code):
    case = hand(**{table: value})
    if code is None:
        assert np.isfinite(simulate_futures(case, flat(), P_IN_A).impact).all()
        return
    with pytest.raises(DataError) as error:
        simulate_futures(case, flat(), P_IN_A)
    assert [problem.code for problem in error.value.problems] == [code]


def test_nothing_to_close_is_an_error_as_in_the_measure():
    fine = hand(indicator_values=seen(0), issue_regions=rows("issue region severity"))
    with pytest.raises(DataError):
        simulate_futures(fine, flat(), P_IN_A)
    score = Scenario(objective="score")
    assert (simulate_futures(fine, score, P_IN_A).impact == 0).all()


def test_a_plan_for_another_case():
    for stranger in (
        Choice(program="X", start=2027, regions=("A",)),
        Choice(program="P", start=2027, regions=("Z",)),
    ):
        with pytest.raises(KeyError):
            simulate_futures(hand(), flat(), [stranger])


def test_a_case_without_indicators_has_regions_but_no_paths():
    case = hand(indicators=rows("indicator"), indicator_values=rows("indicator"), issue_regions=TABLES[
        "issue_regions"
    ])  # fmt: skip
    futures = simulate_futures(case, flat(), P_AND_Q)
    assert (len(futures.paths), len(futures.targets)) == (0, 0)
    assert list(futures.paths.columns[:4]) == ["indicator", "issue", "region", "year"]
    assert futures.impact.min() > 0


values = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(2010, 2028), st.floats(-50, 150)),
    min_size=1, max_size=12, unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(max_examples=25)
@given(
    values=values,
    target=st.floats(-20, 120),
    better=st.sampled_from(["lower", "higher"]),
    unit=st.sampled_from(["persen", "t"]),
    risk=st.sampled_from([0.0, 0.5, 1.0]),
    cross=st.floats(-0.9, 0.9),
)
def test_never_nan_and_never_beyond_what_is_promised(values, target, better, unit, risk, cross):
    case = hand(
        indicators=TABLES["indicators"].assign(target=target, better=better, unit=unit, worst=np.nan),
        indicator_values=pd.DataFrame(
            [("t", *row) for row in values], columns=["indicator", "region", "year", "value"]
        ),
        programs=programs(delivery_risk=(risk, risk, 0)),
        issue_spillovers=rows("issue on_issue value", ("w", "j", cross)),
        regions=TABLES["regions"].assign(maturity=[1.0, np.nan]),
    )
    rule = {"cut_chance": 0.5, "cut_size": 0.5, "spillover": 0.5, "readiness_risk": 0.5}
    futures = simulate_futures(case, flat(30, **rule), P_AND_Q)
    for table in (futures.paths, futures.targets, futures.regions):
        assert not table.isna().any(axis=None)
    figures = futures.paths.select_dtypes("number").to_numpy()
    assert np.isfinite(figures).all()
    assert np.isfinite(futures.impact).all()
    assert futures.targets["probability"].between(0, 1).all()
    bands = futures.paths[["low", "lower", "median", "upper", "high"]].to_numpy()
    assert (np.diff(bands, axis=1) >= -1e-9).all()
    # No gap can be closed by more than all of it.
    assert (futures.regions[["low", "median", "high"]].to_numpy() <= 100 + 1e-9).all()
    assert np.isfinite(explain_promise(case, flat(30, **rule), P_AND_Q)["impact"]).all()
