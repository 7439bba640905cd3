"""Cases whose front can be told without a solver: five programmes on paper, a published knapsack, random ones."""

from __future__ import annotations

from jspmodel import measure
from jspmodel.measure import Measure
from jspmodel.selection import select_programs
from jspmodel.selection.objectives import worth_of
from selection.random_cases import every_plan
from selection.small import make_scenario, one_place, rows

ON_PAPER = {"A": (10, 0.10, 2), "B": (5, 0.25, 2), "C": (1, 0.50, 2), "D": (4, 0.08, 1), "E": (3, 0.15, 1)}
"""Score, effect and cost of five programmes; two billion are there.

So A, B or C alone, D, E or both: (10, 10), (5, 25), (1, 50), (4, 8), (3, 15), (7, 23) points and percent.
Those that none betters are A, D and E, B, C. On the line from A to C a plan of 7 points closes 23.33 percent
and one of 5 closes 32.22: so D and E, and B, are unsupported.
"""
FRONT = [(10, 10), (7, 23), (5, 25), (1, 50)]


def on_paper():
    programs = (
        (code, code, 1, "joint", score, code in "DE") for code, (score, _, _) in sorted(ON_PAPER.items())
    )
    case = one_place(
        [(code, effect, float(cost)) for code, (_, effect, cost) in sorted(ON_PAPER.items())],
        budget=2.0,
        programs=rows("program name_id duration scope score quick_win", *programs),
    )
    scenario = make_scenario(diminishing_returns=[(1.0, 1.0)])
    return case, scenario, select_programs(case, scenario)


# fmt: off
FIRST = [77, 94, 71, 63, 96, 82, 85, 75, 72, 91, 99, 63, 84, 87, 79, 94, 90]
SECOND = [65, 90, 90, 77, 95, 84, 70, 94, 66, 92, 74, 97, 60, 60, 65, 97, 93]
WEIGHT = [80, 87, 68, 72, 66, 77, 99, 85, 70, 93, 98, 72, 100, 89, 67, 86, 91]
"""Two profits and the weight of 17 things, of which 900 can be carried: an example of vOptSolver, whose nine points are
published with the tests of MultiObjectiveAlgorithms.jl (MPL-2.0; only its numbers)."""
PUBLISHED = {
    (955, 906): [2, 3, 5, 6, 9, 10, 11, 14, 15, 16, 17], (949, 915): [1, 2, 5, 6, 8, 9, 10, 11, 15, 16, 17],
    (948, 939): [1, 2, 3, 5, 6, 8, 10, 11, 15, 16, 17], (943, 940): [2, 3, 5, 6, 8, 9, 10, 11, 15, 16, 17],
    (936, 942): [1, 2, 3, 5, 6, 10, 11, 12, 15, 16, 17], (935, 947): [2, 5, 6, 8, 9, 10, 11, 12, 15, 16, 17],
    (934, 971): [2, 3, 5, 6, 8, 10, 11, 12, 15, 16, 17], (927, 972): [2, 3, 5, 6, 8, 9, 10, 11, 12, 16, 17],
    (918, 983): [2, 3, 4, 5, 6, 8, 10, 11, 12, 16, 17],
}
# fmt: on


def two_profits():
    """The first profit as score, the second as what is closed: a hundredth of a percent each."""
    codes = [f"K{number}" for number in range(1, 18)]
    case = one_place(
        [(code, second / 10_000, float(w)) for code, second, w in zip(codes, SECOND, WEIGHT, strict=True)],
        budget=900.0,
        programs=rows(
            "program name_id duration scope score",
            *((code, code, 1, "joint", first) for code, first in zip(codes, FIRST, strict=True)),
        ),
    )
    scenario = make_scenario(diminishing_returns=[(1.0, 1.0)])
    return case, scenario, select_programs(case, scenario)


LESS = {"cost"}
RESOLUTION = 2e-3
"""More than the resolution of any objective here."""


def values_of_all(case, scenario, names):
    """What every plan comes to in objectives, by the tables."""
    judge, years = Measure(case, scenario), measure.horizon(case, scenario)
    points = worth_of(case, scenario.model_copy(update={"objective": "score"}))
    quick = set(case.programs.loc[case.programs["quick_win"], "program"])
    values = {
        "gap_closed": lambda plan: judge.impact(plan).total,
        "worst_off": lambda plan: float(judge.impact(plan).by_region.min()),
        "cost": lambda plan: sum(measure.yearly_costs(case, c, years).to_numpy().sum() for c in plan),
        "score": lambda plan: points(plan),
        "quick_wins": lambda plan: sum(c.program in quick and c.start == years[0] for c in plan),
        "region:A": lambda plan: judge.impact(plan).by_region["A"],
    }
    tried = every_plan(case, scenario)
    return [tuple(float(values[name](plan.choices)) for name in names) for plan in tried]


def better(name, a, b):
    """By how much a value is better than another."""
    return b - a if name in LESS else a - b


def efficient(points, names):
    """The points that no other betters in both, those within the resolution told once."""
    kept = []
    for point in sorted(
        set(points), key=lambda one: (-better(names[0], one[0], 0), -better(names[1], one[1], 0))
    ):
        if kept and better(names[1], point[1], kept[-1][1]) <= RESOLUTION:
            continue
        if kept and better(names[0], kept[-1][0], point[0]) <= RESOLUTION:
            kept.pop()
        kept.append(point)
    return kept
