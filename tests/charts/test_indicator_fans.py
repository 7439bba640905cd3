"""The fan chart of a case worked out by hand."""

import numpy as np
import pytest

from hand import TABLES, rows
from jspmodel import charts
from jspmodel.charts.render import svg
from jspmodel.figures import format_probability
from jspmodel.simulation import simulate_futures
from simulation.worlds import P_IN_A, flat, hand, seen


def drawn(case, plan=P_IN_A, language="en", **simulation):
    return charts.indicator_fans(case, simulate_futures(case, flat(**simulation), plan), language).to_dict()


def points(spec):
    return [row for data in spec["datasets"].values() for row in data]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_something_and_can_be_drawn(language):
    spec = drawn(hand(), language=language)
    told = spec["usermeta"]["jspmodel"]
    assert " ".join(spec["title"]["text"]) == told["title"]
    assert 'class="mark-area' in svg(spec)
    assert (
        told["title"]
        != drawn(hand(), language="id" if language == "en" else "en")["usermeta"]["jspmodel"]["title"]
    )


def test_bands_lines_and_target_by_hand():
    # By population: 8.75 without; P closes half of A's 10 in 2028: (3 * 5 + 5) / 4 = 5.
    found = {(row["series"], row["year"]): row for row in points(drawn(hand()))}
    assert found["Without the plan", 2028]["value"] == 8.75
    assert found["With the plan", 2027]["value"] == 8.75
    last = found["With the plan", 2028]
    assert [last[name] for name in ("low", "lower", "value", "upper", "high", "end")] == [
        5,
        5,
        5,
        5,
        5,
        "5.0",
    ]
    assert found["Target", 2028]["value"] == 0


def test_the_table_has_every_region_and_the_mean():
    table = drawn(hand())["usermeta"]["jspmodel"]["table"]
    assert [list(row) for row in table["rows"]] == [
        ["Ton (t)", "Alfa", "2028", "10.0", "5.0", "5.0 – 5.0", "0.00", "0%"],
        ["Ton (t)", "Beta", "2028", "5.0", "5.0", "5.0 – 5.0", "0.00", "0%"],
        ["Ton (t)", "Mean of the regions", "2028", "8.8", "5.0", "5.0 – 5.0", "0.00", "0%"],
    ]
    assert all(len(row) == len(table["columns"]) == len(table["numeric"]) for row in table["rows"])


def test_short_series_are_named():
    def note(case):
        return drawn(case, ())["usermeta"]["jspmodel"]["note"]

    assert "fewer than 3 years were observed: Ton." in note(hand())
    assert "observed" not in note(hand(indicator_values=seen(10, 9, 8)))


def test_targets_reached_and_out_of_reach_are_counted():
    near = hand(indicators=TABLES["indicators"].assign(target=6))
    assert drawn(hand())["usermeta"]["jspmodel"]["title"].startswith("With the plan 0 of 1 targets")
    assert "1 stay out of reach" in drawn(hand())["usermeta"]["jspmodel"]["title"]
    # Target 6: A stops half-way at 8, B is at 5: the mean 7.25 misses it.
    assert "0 of 1" in drawn(near)["usermeta"]["jspmodel"]["title"]
    easy = hand(indicators=TABLES["indicators"].assign(target=9))
    assert (
        "1 of 1 targets are reached in at least half of the futures (without: 1); 0"
        in (drawn(easy)["usermeta"]["jspmodel"]["title"])
    )


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0%"), (0.001, "< 1%"), (0.25, "25%"), (0.999, "> 99%"), (1.0, "100%")]
)
def test_nearly_none_is_not_told_as_none(share, told):
    assert format_probability(share, "en").replace("\N{NO-BREAK SPACE}", " ") == told


def test_no_indicator_can_be_told_too():
    spec = drawn(hand(indicators=rows("indicator"), indicator_values=rows("indicator")))
    assert svg(spec).startswith("<svg")
    assert spec["usermeta"]["jspmodel"]["table"]["rows"] == []


def test_of_many_indicators_the_first_are_drawn_and_all_are_in_the_table():
    many = [(f"t{k}", "w", f"Ton {k}", "t", "lower", 0, 10) for k in range(10)]
    case = hand(
        indicators=rows("indicator issue name_id unit better target worst", *many),
        indicator_values=rows("indicator region year value", *((f"t{k}", "A", 2024, 10) for k in range(10))),
    )
    spec = drawn(case)
    assert len({row["panel"] for row in points(spec)}) == 8
    assert len(spec["usermeta"]["jspmodel"]["table"]["rows"]) == 20
    assert np.isfinite([row["value"] for row in points(spec)]).all()
