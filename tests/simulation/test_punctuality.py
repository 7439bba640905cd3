"""How likely programmes keep to their years: chances worked out by hand."""

import numpy as np
import pytest

from hand import rows
from jspmodel.plan import Choice
from jspmodel.simulation import punctuality
from simulation.worlds import P_IN_A, flat, hand, programs

DRAWS = 4000


def chance(share):
    return pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / DRAWS))


def test_a_programme_is_in_time_unless_it_fails():
    # P (two years from 2027) fails in 3 of 10 futures, and then is never delivered.
    found = punctuality(hand(programs=programs(delivery_risk=(0.3, 0, 0))), flat(DRAWS), P_IN_A)
    assert found["P"].start == 1
    assert found["P"].finish == chance(0.7)
    assert found["P"].finish + found["P"].never == pytest.approx(1)


def test_what_waits_for_a_prerequisite_starts_as_often_as_that_is_delivered_before():
    case = hand(
        programs=programs(delivery_risk=(0.3, 0, 0)),
        program_links=rows("program other kind", ("Q", "P", "requires"), ("Q", "H", "requires")),
        fund_budgets=rows("fund year amount", ("f", 2027, 10.0), ("f", 2030, 10.0)),
    )
    late, early = (Choice(program="Q", start=year, regions=("A", "B")) for year in (2029, 2028))
    found = punctuality(case, flat(DRAWS), (*P_IN_A, late))
    assert found["Q"].start == found["Q"].finish == found["P"].finish == chance(0.7)
    # P is delivered at the end of 2028: a start in 2028 is never in time, but the work is done a year later.
    again = punctuality(case, flat(DRAWS), (*P_IN_A, early))
    assert (again["Q"].start, again["Q"].finish) == (0, 0)
    assert again["Q"].never == chance(0.3)


def test_a_cut_delays_what_it_hits():
    # One of two years is cut for sure and hits all: delivered never in the year planned, as all years are cut.
    found = punctuality(hand(), flat(DRAWS, cut_chance=1, cut_size=0.5), P_IN_A)
    assert found["P"].finish == chance(0.25)  # not hit in either of its two years


def test_no_plan_has_no_chances():
    assert punctuality(hand(), flat(), ()) == {}
