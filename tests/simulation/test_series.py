"""Trends and what is left over: by hand, and beside scipy."""

import numpy as np
import pytest
from scipy.stats import theilslopes

from hand import TABLES, rows
from jspmodel.simulation.series import damped_years, read_series, theil_sen
from simulation.worlds import hand, seen


def test_one_wild_year_does_not_bend_the_slope():
    # Six pairs without the wild year have slope 1, four with it 33.3, 49.5, 98 and -96: the median is 1.
    assert theil_sen(np.arange(5.0), np.array([0, 1, 2, 100, 4.0])) == 1.0


def test_the_slope_is_scipys():
    draw = np.random.default_rng(3)
    for count in (3, 6, 9):
        years, values = np.sort(draw.choice(40, count, replace=False)).astype(float), draw.normal(size=count)
        assert theil_sen(years, values) == pytest.approx(theilslopes(values, years).slope)


@pytest.mark.parametrize("damping", [0.5, 0.9])
def test_a_damped_trend_is_a_geometric_sum(damping):
    ahead = np.array([-2, 0, 1, 2, 7])
    closed_form = [0, 0, *(damping * (1 - damping**n) / (1 - damping) for n in (1, 2, 7))]
    assert damped_years(ahead, damping) == pytest.approx(closed_form)


def test_a_straight_line_and_no_trend_at_all():
    assert damped_years(np.array([0, 3]), 1.0).tolist() == [0, 3]
    assert damped_years(np.array([0, 3]), 0.0).tolist() == [0, 0]


@pytest.mark.parametrize("values", [(10,), (12, 10)])
def test_a_short_series_has_neither_trend_nor_shocks(values):
    series = read_series(hand(indicator_values=seen(*values)))
    assert series.table["slope"].tolist() == [0.0]
    assert series.table["years"].tolist() == [len(values)]
    assert series.count.tolist() == [0]


def test_residuals_are_what_changes_leave_beside_the_slope():
    # 10, 12, 11, 13: slopes 2, 0.5, 1, -1, 0.5, 2, median 0.75; changes 2, -1, 2 leave 1.25, -1.75, 1.25; less
    # their mean 0.25: 1, -2, 1.
    series = read_series(hand(indicator_values=seen(10, 12, 11, 13)))
    assert series.table["slope"].tolist() == [0.75]
    assert series.residuals[0].tolist() == [1, -2, 1]


def test_a_change_over_missing_years_strays_by_the_root_of_their_number():
    # 2016: 0, 2020: 8, 2021: 11. Slopes 2, 2.2, 3, median 2.2: 8 - 8.8 = -0.8 over 4 years is -0.4 a year,
    # 3 - 2.2 = 0.8; the mean is 0.2.
    gaps = rows("indicator region year value", ("t", "A", 2021, 11), ("t", "A", 2016, 0), ("t", "A", 2020, 8))
    series = read_series(hand(indicator_values=gaps))
    assert series.table[["base_year", "base", "slope"]].iloc[0].tolist() == [2021, 11, pytest.approx(2.2)]
    assert series.residuals[0] == pytest.approx([-0.6, 0.6])


def test_what_a_unit_allows():
    percent = TABLES["indicators"].assign(unit="persen")
    table = read_series(hand(indicators=percent)).table
    assert set(zip(table["lowest"], table["highest"], strict=True)) == {(0.0, 100.0)}
    below = read_series(hand(indicator_values=seen(-5, 3))).table
    assert (below["lowest"].iloc[0], below["highest"].iloc[0]) == (-np.inf, np.inf)


def test_no_series_at_all():
    series = read_series(hand(indicator_values=seen()))
    assert (len(series.table), series.residuals.shape) == (0, (0, 1))
