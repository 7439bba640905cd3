"""What the table on plans that hedge tells, in both languages; values by hand."""

import re
from dataclasses import replace

import pytest

from jspmodel import tables
from jspmodel.plan import Choice
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternatives,
    Explanation,
    HedgedPlan,
    Importance,
    ScenarioWorth,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.tables.hedging_tables import hedges_answer
from selection.small import make_scenario, one_place, rows


@pytest.fixture(scope="module")
def solved():
    """Money for one of three, worth as expected (lowest, highest): X 35 (0, 40), Y 20 (10, 30), Z 15 (15, 15)."""
    effects = [("X", "w", 0.35, 0.0, 0.4), ("Y", "w", 0.2, 0.1, 0.3), ("Z", "w", 0.15, 0.15, 0.15)]
    case = one_place(
        [("X", 0, 1), ("Y", 0, 1), ("Z", 0, 1)],
        budget=1,
        program_effects=rows("program issue effect low high", *effects),
    )
    scenario = make_scenario()
    return case, scenario, select_programs(case, scenario)


def explained(maximin=None, minimax_regret=None):
    none = Alternatives(0.02, 35, (), 0, True, (), ())
    return Explanation(Importance(35, 35, 35, ()), none, maximin=maximin, minimax_regret=minimax_regret)


def told(part):
    return " ".join(re.sub(r"<[^>]+>", " ", part.html).split())


def both(case, plan, **hedges):
    found = explained(**hedges)
    return told(tables.hedges_table(case, plan, found, "en")), told(
        tables.hedges_table(case, plan, found, "id")
    )


def test_both_plans_beside_this_one(solved):
    """At worst Z is best, 15 for 0; it gives up 20. Regrets: X 15, 0, 0; Y 5, 15, 10; Z 0, 20, 25: X again."""
    case, scenario, plan = solved
    safe, fair = maximin_plan(case, scenario, plan), minimax_regret_plan(case, scenario, plan)
    english, indonesian = both(case, plan, maximin=safe, minimax_regret=fair)
    assert english.startswith(
        "At the expected effects the safest plan gives up 20.00 percentage points (proven: 20.00); at worst it is worth 15.00 instead of 0.00."
    )
    assert indonesian.startswith(
        "Pada dampak yang diperkirakan, rencana paling aman melepas 20,00 poin persen (terbukti: 20,00); dalam keadaan terburuk nilainya 15,00, bukan 0,00."
    )
    assert "is at most 15.00 percentage points behind the best for that scenario" in english
    assert "tertinggal paling banyak 15,00 poin persen dari yang terbaik" in indonesian
    assert "This plan 35.00 0.00 0.00 15.00 – –" in english
    assert "Safest 15.00 20.00 15.00 25.00 X Z" in english
    assert "Least regretted 35.00 0.00 0.00 15.00 as this plan as this plan" in english
    assert "Paling aman 15,00 20,00 15,00 25,00 X Z" in indonesian
    scenarios = english[english.index("What they are worth by scenario") :]
    assert "As expected 35.00 35.00 15.00 35.00 All at the lowest 15.00 0.00 15.00 0.00" in scenarios
    assert "All at the highest 40.00 40.00 15.00 40.00" in scenarios
    assert "Only these scenarios are hedged against" in english


Y = (Choice(program="Y", start=2027, regions=("A",)),)


def hedge(criterion, **changes):
    """A plan with Y in place of X whose figures are open."""
    some = (
        ScenarioWorth("low", 10.0, 0.0, 10.123, 14.567),
        ScenarioWorth("mode", 20.0, 35.0, 35.0, 36.001),
        ScenarioWorth("draw 7", 25.0, 30.0, 30.0, 31.0),
    )
    return replace(
        HedgedPlan(criterion, Y, 10.0, 14.567, 20.0, 15.0, 16.001, ("X",), ("Y",), some), **changes
    )


def test_ends_are_rounded_outwards(solved):
    case, _, plan = solved
    safe, fair = hedge("maximin"), hedge("minimax_regret", least=0.0, most=16.001)
    english, indonesian = both(case, plan, maximin=safe, minimax_regret=fair)
    assert "gives up 15.00 percentage points (proven: 15.00 to 16.01); at worst it is worth 10.00" in english
    assert "is 10.00 to 14.57 (proven)" in english
    assert "at most 16.01 percentage points behind" in english
    assert "is 0.00 to 16.01 (proven)" in english
    # This plan: the best is worth 35 to 36.001. Its lags: 10.123 to 14.567, 0 to 1.001, 0 to 1.
    assert "This plan 35.00 0.00 to 1.01 0.00 10.12 to 14.57" in english
    # Y: 0.123 to 4.567, 15 to 16.001, 5 to 6.
    assert "Safest 20.00 15.00 to 16.01 10.00 15.00 to 16.01 X Y" in english
    assert "Draw 7 30.00 to 31.00 30.00 25.00 25.00" in english
    assert "Undian 7 30,00 sampai 31,00" in indonesian


def test_one_of_them_alone(solved):
    case, _, plan = solved
    english, indonesian = both(case, plan, maximin=hedge("maximin"))
    assert "Least regretted 20" not in english
    assert (
        "This plan 35.00 0.00 to 1.01 0.00 – –" in english
    )  # no lag: the best of each scenario was not asked
    english, indonesian = both(case, plan, minimax_regret=hedge("minimax_regret"))
    assert english.startswith(
        "At the expected effects the plan that is regretted least gives up 15.00 percentage points (proven: 15.00 to 16.01) and is at most 14.57 behind"
    )
    assert indonesian.startswith(
        "Pada dampak yang diperkirakan, rencana yang paling sedikit disesali melepas 15,00"
    )


def test_a_plan_that_is_safe_already(solved):
    case, _, plan = solved
    ours = {"choices": plan.choices, "leave": (), "enter": ()}
    english, indonesian = both(case, plan, maximin=replace(hedge("maximin"), **ours))
    assert english.startswith("At the expected effects nothing need be given up for safety")
    assert indonesian.startswith("Pada dampak yang diperkirakan tidak ada yang perlu dilepas demi keamanan")
    english, _ = both(case, plan, minimax_regret=replace(hedge("minimax_regret"), **ours))
    assert english.startswith(
        "At the expected effects nothing need be given up: this plan is also the one found"
    )
    later = replace(
        hedge("maximin"), choices=(Choice(program="X", start=2028, regions=("A",)),), leave=(), enter=()
    )
    english, _ = both(case, plan, maximin=later)
    assert "the same; years or regions may differ" in english
    assert english.startswith("At the expected effects the safest plan gives up")


def test_other_scenarios_are_not_taken_for_the_same(solved):
    """The best under each is known for those of the least regretted plan only."""
    case, _, plan = solved
    fair = hedge("minimax_regret")
    safe = replace(hedge("maximin"), scenarios=(ScenarioWorth("dry <b>", 5.0, 4.0),))
    found = explained(safe, fair)
    shown = tables.hedges_table(case, plan, found, "en")
    assert "dry <b>" not in shown.html
    assert "dry &lt;b&gt; – 4.00 5.00 –" in told(shown)
    assert "Safest 20.00 15.00 to 16.01 5.00 – X Y" in told(shown)


def test_without_an_answer_a_notebook_shows_nothing(solved):
    case, _, plan = solved
    assert tables.hedges_table(case, plan, None, "id") is None
    assert tables.hedges_table(case, plan, explained(), "en") is None
    with pytest.raises(ValueError, match="hedges"):
        hedges_answer(case, plan, explained(), "en")
