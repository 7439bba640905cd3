"""Why this plan, as sheets of the workbook: numbers that can be filtered and summed, in both languages.

Values of the published case are by trying every subset; all others are by hand, beside the plan of
``small_decision``: P and Q are in, H is refused, worth 20 of at most 20.2.
"""

from dataclasses import replace
from textwrap import wrap

import openpyxl
import pytest

from hand import rows as frame
from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.documents.why_pages import explanation_pages
from jspmodel.plan import Breach, Check
from jspmodel.report.decision import assemble
from jspmodel.selection import select_programs
from jspmodel.selection.postoptimal import (
    Alternative,
    Alternatives,
    Certainty,
    Change,
    CustomaryPlan,
    CustomaryPlans,
    Dropped,
    ExactFrontier,
    Explanation,
    FrontierBound,
    FrontierStep,
    FutureWorth,
    Importance,
    NondominatedPortfolio,
    Obstacle,
    ProgramCertainty,
    ProgramImportance,
    ProgramRole,
    ProgramWhyNot,
    RegionShare,
    RobustPortfolios,
    StagedPlan,
    TwoStagePlan,
    WhyNot,
    Witness,
    explain,
    maximin_plan,
    minimax_regret_plan,
)
from jspmodel.workbook import write_pages
from nested_levels import level, nested, without
from selection.postoptimal.published import by_score, code, published
from selection.small import make_scenario, one_place
from small_decision import H, P, Q, small_case, small_decision, small_plan

BOTH = pytest.mark.parametrize("language", ["id", "en"])
NONE = Change(None, None)


def weight(program, least, most, estimate, **more):
    selected = program != "H"
    item = ProgramImportance(
        program,
        selected,
        least,
        most,
        estimate,
        False,
        None,
        None,
        None,
        (),
        (),
        1,
        2,
    )
    return replace(item, **more)


WEIGHTS = Importance(
    20.0,
    20.2,
    20.0,
    (
        weight("P", 12.349, 15.001, 13.5, held_least=14.0, held_most=None, taken_out=15.0, leave=("P", "Q"), enter=("H",)),
        weight("Q", 0.0, 5.2, 5.0, held_least=0.0, held_most=5.0, taken_out=5.0, leave=("Q",)),
        weight("H", 1.0, 1.0, 1.0, rank=0, last_rank=0, leave=("Q",), enter=("H",)),
    ),
)  # fmt: skip
NEARLY = Alternatives(
    0.02, 20.0, (Alternative((P, H), 19.7, 8.25, 2, ("Q",), ("H",), (("A", 23.0), ("B", None))),), 3, False, (), ()
)  # fmt: skip


NOTHING = Explanation(Importance(0.0, 0.0, 0.0, ()), Alternatives(0.02, 0.0, (), 0, True, (), ()))


def found(**answers):
    return Explanation(WEIGHTS, NEARLY, **answers)


@pytest.fixture
def read(tmp_path):
    """Write sheets and read them again: rows by heading, by name of the sheet."""

    def told(explanation, language="en", case=None, plan=None):
        pages = explanation_pages(case or small_case(), plan or small_plan(), explanation, language)
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.xlsx"
        write_pages(pages, file)
        return {sheet.title: by_heading(sheet) for sheet in openpyxl.load_workbook(file)}

    return told


def by_heading(sheet):
    heads, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rest]


def column(rows, heading):
    return [row[heading] for row in rows]


UNIT = "(percentage points)"


# Importance, refused proposals


def test_ends_are_rounded_outwards_and_told_in_words(read):
    p, q = read(found())["Importance"]
    assert (p["Code"], p["Programme"]) == ("P", "Waste treatment")
    assert (p["Place at best"], p["Place at worst"]) == (1, 2)
    assert p[f"Lost without it, found {UNIT}"] == 13.5
    assert (p[f"Lost, at least {UNIT}"], p[f"Lost, at most {UNIT}"]) == (12.34, 15.01)
    assert p["What is proven of the loss"] == "proven: between the two"
    assert (p[f"Others kept: lost, at least {UNIT}"], p[f"Others kept: lost, at most {UNIT}"]) == (14, None)
    assert p["Others kept: what is proven"] == "proven: at least this; the most is open"
    assert p[f"Taken out, nothing in its place: lost {UNIT}"] == 15
    assert (p["Leave with it"], p["Come in its place"]) == ("Q", "H")  # its own code is no news
    assert q["What is proven of the loss"] == "proven: at most this"


def test_what_is_proven_of_all_good_plans_is_a_column(read):
    """Within 2 percent of 20 is 19.6: without P at most 20 - 12.349, without Q perhaps 20, with H 19."""
    sheets = read(found())
    assert column(sheets["Importance"], "In every plan within 2% of this one") == ["yes", "not proven"]
    (refused,) = sheets["Refused proposals"]
    assert refused["In no plan within 2% of this one"] == "yes"
    assert refused[f"Given up to have it, found {UNIT}"] == 1
    assert refused["What is proven of it"] == "proven: exactly this"
    assert (refused["Leave for it"], refused["Come in besides"]) == ("Q", None)


def test_what_is_not_known_is_no_figure_and_no_claim(read):
    items = (
        weight("P", None, None, None, irreplaceable=True),
        weight("Q", 0.0, None, None),
        weight("H", None, None, None, irreplaceable=True),
    )
    sheets = read(replace(found(), importance=Importance(20.0, 20.2, 20.5, items)))
    p, q = sheets["Importance"]
    assert (p[f"Lost, at least {UNIT}"], p[f"Lost, at most {UNIT}"]) == (None, None)
    assert p["What is proven of the loss"] == "proven: in every plan"
    assert p["Others kept: what is proven"] == "the others cannot stay without it"
    assert (q[f"Lost without it, found {UNIT}"], q[f"Lost, at most {UNIT}"]) == (None, None)
    assert q["What is proven of the loss"] == "not known yet"
    assert sheets["Refused proposals"][0]["What is proven of it"] == "proven: never fits"
    guide = {row["Sheet"]: row for row in sheets["Why this plan"]}
    assert "worth 0.500 percentage points more" in guide["Importance"]["Of all rows together"]


# Why not


def why_not(**changes):
    kinds = {"money": NONE, "value": NONE, "cost": NONE, **changes}
    return found(why_not=WhyNot(20.0, 20.2, 20.0, (ProgramWhyNot("H", **kinds),)))


MONEY = Change(2.009, 3.001, (("f", 2027, 1.2501), ("g", 2028, 1.7509)), ("Q",))


def test_what_would_put_a_proposal_in(read):
    sheets = read(
        why_not(money=MONEY, cost=Change(0.0, 2.5, (("", 2028, 2.5),)), value=Change(1.0, 1.0, (), ("Q",)))
    )
    (row,) = sheets["Why not"]
    assert (row["Extra money: less is not enough (Rp billion)"], row["Extra money: enough (Rp billion)"]) == (
        2,
        3.01,
    )
    assert row["Extra money: what is known"] == "proven: between the two; the second is enough"
    assert row["Lower cost: what is known"] == "found: this is enough; less may do"
    assert row[f"Bring more: enough {UNIT}"] == 1
    assert row["Bring more: what is known"] == "proven: exactly this"
    assert row["Displaced with today's money"] == "Q"
    assert "Rules in the way" not in row  # no rule is: an empty column says nothing


def test_where_the_extra_money_comes_from_adds_up(read):
    sheets = read(why_not(money=MONEY, cost=Change(0.0, 2.5, (("", 2028, 2.5),))))
    assert sheets["Extra money"] == [
        {"Code": "H", "Programme": "City park", "Fund code": "f", "Fund": "F", "Year": 2027,
         "Extra money (Rp billion)": 1.2501},
        {"Code": "H", "Programme": "City park", "Fund code": "g", "Fund": "G", "Year": 2028,
         "Extra money (Rp billion)": 1.7509},
    ]  # fmt: skip
    assert sum(column(sheets["Extra money"], "Extra money (Rp billion)")) == pytest.approx(3.001)
    assert [(*row.values(),) for row in sheets["Lower cost"]] == [("H", "City park", 2028, 2.5)]


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        (Change(0.0, 0.0), (0, 0, "proven: none is needed")),
        (Change(1.5, None), (1.5, None, "proven: less than this is not enough; what is enough was not found")),
        (Change(0.0, None), (0, None, "not known yet")),
        (NONE, (None, None, "proven: no amount is enough")),
    ],
)  # fmt: skip
def test_words_for_what_is_known_of_money(read, change, cells):
    (row,) = read(why_not(money=change))["Why not"]
    assert [*row.values()][2:5] == [*cells]
    assert row["Bring more: what is known"] == "proven: in no plan with today's money"


def test_what_never_fits_says_which_rules_are_in_the_way(read):
    never = ProgramWhyNot("H", NONE, NONE, NONE, True, (Obstacle("excludes", ("H", "P")),))
    sheets = read(found(why_not=WhyNot(20.0, 20.2, 20.0, (never,))))
    (row,) = sheets["Why not"]
    assert column([row], "Extra money: what is known") == ["proven: never fits"]
    assert "H City park, P Waste treatment" in row["Rules in the way"]
    assert not {"Extra money", "Lower cost"} & {*sheets}
    unknown = replace(never, obstacles=())
    (row,) = read(found(why_not=WhyNot(20.0, 20.2, 20.0, (unknown,))))["Why not"]
    assert row["Rules in the way"] == "not found out"


# Budgets

LEVELS = nested(
    without(0.5, 18.0, "none"),
    level(0.8, 28.8, ["P"], ["P"], worth=15.0, free=(15.004, 16.0)),
    level(1.0, 36.0, ["P", "Q"], ["Q"], worth=20.0, free=(20.0, 20.0), moved=("P",), starts={"P": 2028}),
    objective=17.5,
    bound=18.0,
)


def test_programmes_by_budget(read):
    assert [(*row.values(),) for row in read(found(nested=LEVELS))["What goes first"]] == [
        (80, 28.8, "P", "Waste treatment", 2027, 0, 80, "yes", "no", "yes"),
        (100, 36, "P", "Waste treatment", 2028, 0, 80, "no", "yes", "yes"),
        (100, 36, "Q", "Job training", 2027, 0, 100, "yes", "no", "yes"),
    ]


def test_what_the_order_costs_by_budget(read):
    """15 for 15.004 to 16: 0.004 to 1 less, of 15.004 0.0267 percent, of 16 6.25 percent."""
    sheets = read(found(nested=LEVELS))
    half, less, whole = ([*row.values()] for row in sheets["Budget levels"])
    assert half == [50, 18, "none, proven", *[None] * 12]
    assert less[:8] == [80, 28.8, "yes", 1, 1, 15, 15, 16]
    assert less[8:] == ["proven: between the two", 0, 1, "proven: at most this", 0.02, 6.25, "P"]
    assert whole[8:] == ["proven: exactly this", 0, 0, "proven: exactly this", 0, 0, "Q"]
    guide = {row["Sheet"]: row for row in sheets["Why this plan"]}
    # 18 is 2.857 percent more than 17.5.
    assert "another order may bring up to 2.86% more" in guide["What goes first"]["Of all rows together"]


def step(scale, worth, *choices, **more):
    known = {"bound": None, "least": None, "until": None, "proven": False, **more}
    return FrontierStep(scale=scale, budget=36 * scale, objective=worth, choices=choices, **known)


STEPS = ExactFrontier(
    (
        step(0.5, 12.0, P, until=0.55),
        step(0.8764, 20.0, Q, P, least=0.7234, until=1.2344, proven=True),
        step(1.2345, 22.0, P, H, least=1.1),
    ),
    (FrontierBound(0.8763, 12.004), FrontierBound(1.2345, 20.0), FrontierBound(1.5, 24.0)),
    1.0, 0.5, 1.5, 0.0001, 36.0, 0.4, False,
)  # fmt: skip


def test_steps_with_what_is_proven_of_each(read):
    """Rp 36 billion: 87.64 percent are 31.5504, 123.45 are 44.442; rounded up where a step begins."""
    sheets = read(found(frontier=STEPS))
    assert [[*row.values()][:8] for row in sheets["Budget steps"]] == [
        [1, 50, 18, "no", 12, 12.01, None, 55],
        [2, 87.64, 31.56, "yes", 20, 20, 72.34, 123.44],
        [3, 123.45, 44.45, "no", 22, 24, 110, None],
    ]
    assert [[*row.values()][8:] for row in sheets["Budget steps"]] == [
        [
            "proven: from exactly here nothing is better, but not all the way to the next row",
            1,
            "P",
            None,
            "P",
        ],
        ["proven: from exactly here to the next row nothing is better", 2, "Q", None, "P, Q"],
        ["found: something better may exist", 2, "H", "Q", "P, H"],
    ]
    guide = {row["Sheet"]: row["Of all rows together"] for row in sheets["Why this plan"]}
    assert "it is not proven that there are no others" in guide["Budget steps"]
    assert "at least 40%" in guide["Budget steps"]


def test_a_step_that_may_begin_with_less(read):
    some = replace(STEPS, steps=(step(0.6, 12.0, P, until=0.7), step(0.8, 20.0, P, Q, least=0.7, until=1.5)))
    assert column(read(found(frontier=some))["Budget steps"], "What is proven") == [
        "proven: nothing is better here; it may begin with less",
        "proven: nothing is better to the next row; it may begin with less",
    ]


# Worth at each budget up to one and a half times as much (frontier_breakpoints of the published case).
BREAKPOINTS = {
    0: 0, 1: 18, 2: 25, 3: 43, 5: 45, 6: 63, 8: 67, 9: 70, 10: 82, 11: 87, 12: 90, 14: 94, 15: 106, 16: 109,
    17: 114, 20: 115, 21: 133, 24: 134, 25: 139,
}  # fmt: skip


@pytest.fixture(scope="module")
def explained():
    case, scenario = published(), by_score()
    plan = select_programs(case, scenario)
    return case, scenario, plan, explain(case, scenario, plan, workers=1)


def test_all_steps_of_the_published_case_are_there(read, explained):
    case, _, plan, explanation = explained
    sheets = read(explanation, case=case, plan=plan)
    steps = {row["From ceiling (Rp billion)"]: row for row in sheets["Budget steps"]}
    assert {
        at: row["Worth of the best plan known (score points)"] for at, row in steps.items()
    } == BREAKPOINTS
    assert {*column(steps.values(), "What is proven")} == {
        "proven: from exactly here to the next row nothing is better"
    }
    assert [at for at, row in steps.items() if row["Holds at the scenario's own ceilings"] == "yes"] == [17]
    assert (steps[17]["Enter"], steps[17]["Leave"]) == ("P10", "P4")


# Other plans


def ways(*plans):
    return found(customary=CustomaryPlans(20.0, 20.2, 14.0, "score", plans))


def way(custom="by_score", **more):
    legal = {
        "choices": (P, H), "worth": 15.0, "loss": 5.0, "least": 5.0, "most": 5.204, "cost": 12.5,
        "ours_only": ("Q",), "theirs_only": ("H",),
        "regions": (RegionShare("A", 22.0, 10.5), RegionShare("B", 2.0, None)),
    }  # fmt: skip
    return CustomaryPlan(custom, "legal", **{**legal, **more})


def test_usual_ways_beside_this_plan(read):
    broken = Check(rule="equity", checked=2, worst=3.5, breaches=(Breach(where={"region": "B"}, amount=3.5),))
    some = ways(
        CustomaryPlan("last_year", "not_given"),
        CustomaryPlan("bargained", "not_legal", broken=(broken,)),
        way(),
    )
    ours, listed, turns, last = read(some)["Usual ways"]
    assert [*ours.values()][:9] == ["This plan", "yes", 20, None, None, 0, 0.2, "proven: at most this", 14]
    assert [*listed.values()][:11] == [
        "By score", "yes", 15, 5, 25, 5, 5.21, "proven: between the two", 12.5, "Q", "H",
    ]  # fmt: skip
    assert (turns["Keeps all rules"], turns[f"Worth {UNIT}"]) == ("no", None)
    assert turns["Rules that stop it"] == "Equity floor (B Beta: 3.5 percentage points short)"
    assert last["Keeps all rules"] == "not tried: last year's budgets were not given"
    assert {"In out of turn, for the equity floor", "Had to go"} & {*ours} == set()


def test_columns_that_are_rarely_needed_come_when_they_are(read):
    dropped = Dropped("H", "B", ("maturity",)), Dropped("Q", "", ("maturity",))
    sheets = read(ways(way("by_score", unlifted=17.0, lifted=("H",)), way("brought", dropped=dropped)))
    _, listed, brought = sheets["Usual ways"]
    assert listed["In out of turn, for the equity floor"] == "H"
    assert listed[f"Worth without regard to the equity floor {UNIT}"] == 17
    first, second = brought["Had to go"].split("; ")
    assert first.startswith("Beta in H (")
    assert second.startswith("Q (")


def test_programmes_and_regions_of_all_other_plans(read):
    sheets = read(ways(way()))
    assert [(*row.values(),) for row in sheets["Programmes of other plans"]] == [
        (sheet, plan, *rest)
        for sheet, plan in (("Alternatives", "Alternative 1"), ("Usual ways", "By score"))
        for rest in (
            ("P", "Waste treatment", "both plans", 2027, 2027),
            ("Q", "Job training", "only this plan", 2028, None),
            ("H", "City park", "only that plan", None, 2028),
        )
    ]
    assert [(*row.values(),) for row in sheets["Regions in other plans"]] == [
        ("Alternatives", "Alternative 1", "A", "Alfa", 22, 23, -1),
        ("Usual ways", "By score", "A", "Alfa", 22, 10.5, 11.5),
    ]


def test_alternatives(read):
    sheets = read(found())
    (row,) = sheets["Alternatives"]
    assert [*row.values()] == ["Alternative 1", 19.7, pytest.approx(0.3), 8.25, 2, "Q", "H"]
    guide = {row["Sheet"]: row["Of all rows together"] for row in sheets["Why this plan"]}
    assert (
        guide["Alternatives"] == "Proven: no plan within 2% differs from this one in more than 3 programmes."
    )


# Uncertainty


def test_roles_and_good_choices(read):
    roles = RobustPortfolios(
        "weights",
        0.2,
        False,
        (NondominatedPortfolio(("P", "H"), (P, H), 17.006, 19.0, 21.003, 0.301),),
        (
            ProgramRole("P", "core", 1.0, 1.0, 1),
            ProgramRole("Q", "open", 0.0, 1.0, 0),
            ProgramRole("H", "open", 0.0, 1.0, 1),
        ),
    )
    sheets = read(found(roles=roles))
    assert [[*row.values()][2:] for row in sheets["Core and borderline"]] == [
        ["yes", "core", 1, 1, 1, 1],
        ["yes", "borderline or exterior", 0, 1, 0, 1],
        ["no", "core or borderline", 0, 1, 1, 1],
    ]
    assert [(*row.values(),) for row in sheets["Good choices"]] == [
        (1, 17, 19, 21.01, 0.31, "Q", "H", "P, H")
    ]
    guide = {row["Sheet"]: row["Of all rows together"] for row in sheets["Why this plan"]}
    assert guide["Good choices"] == "These were found; there may be more."
    assert "no weight of a criterion is off by more than 20%" in guide["Core and borderline"]
    nothing = replace(roles, portfolios=(), programs=(ProgramRole("Q", "open", 0.0, 1.0, 0),))
    assert column(read(found(roles=nothing))["Core and borderline"], "Role") == ["not known yet"]


def certain(program, verdict, least, most, **more):
    known = {"witness": None, "drawn": 0, "draws": 0, "share_least": None, "share_most": None, **more}
    return ProgramCertainty(program, program != "H", verdict, least, most, **known)


def test_what_is_right_whatever_the_effects_are(read):
    witness = Witness((("P", "w", 0.125),), (Q, H), 12.0, 9.003)
    some = (certain("P", "depends", 2.999, None, witness=witness), certain("Q", "surely_in", -5.0, -3.755))
    sheets = read(found(certainty=Certainty((*some, certain("H", "open", None, None)))))
    assert [[*row.values()][2:] for row in sheets["Uncertain effects"]] == [
        ["yes", "depends", 2.99, None, 12, 9.01, "P", "H"],
        ["yes", "surely in", -5, -3.75, None, None, None, None],
        ["no", "not known yet", None, None, None, None, None, None],
    ]
    (effect,) = sheets["Effects that decide"]
    assert (effect["Code"], effect["Code, whose effect"], effect["Issue code"]) == ("P", "P", "w")
    assert effect["Effect (percent of the gap closed)"] == 12.5


def test_draws_come_with_the_error_of_drawing(read):
    drawn = certain("P", "open", None, None, drawn=0, draws=1000, share_least=0.0, share_most=0.00383)
    (row,) = read(found(certainty=Certainty((drawn,))))["Uncertain effects"]
    assert [*row.values()][-4:] == [0, 1000, 0, 0.004]


@pytest.fixture(scope="module")
def hedged():
    """Money for one of three, worth as expected (lowest, highest): X 35 (0, 40), Y 20 (10, 30), Z 15 (15, 15)."""
    effects = [("X", "w", 0.35, 0.0, 0.4), ("Y", "w", 0.2, 0.1, 0.3), ("Z", "w", 0.15, 0.15, 0.15)]
    case = one_place(
        [("X", 0, 1), ("Y", 0, 1), ("Z", 0, 1)],
        budget=1,
        program_effects=frame("program issue effect low high", *effects),
    )
    scenario = make_scenario()
    plan = select_programs(case, scenario)
    return case, plan, maximin_plan(case, scenario, plan), minimax_regret_plan(case, scenario, plan)


def hedging(safe, fair):
    return replace(NOTHING, maximin=safe, minimax_regret=fair)


def test_plans_that_hedge_by_scenario(read, hedged):
    """At worst Z is best, 15 for 0; it gives up 20 of 35. Regrets: X 15, 0, 0; Z 0, 20, 25: X again."""
    case, plan, safe, fair = hedged
    sheets = read(hedging(safe, fair), case=case, plan=plan)
    exact, best = "proven: exactly this", "proven: no plan does better"
    lag = "largest lag behind the best plan of a scenario"
    assert [(*row.values(),) for row in sheets["Plans that hedge"]] == [
        ("This plan", 35, 0, 0, exact, 0, None, None, None, None, 1, None, None),
        ("Safest", 15, 20, 20, exact, 15, "worth under its worst scenario", 15, 15, best, 1, "X", "Z"),
        ("Least regretted", 35, 0, 0, exact, 0, lag, 15, 15, best, 1, None, None),
    ]
    assert [(*row.values(),) for row in sheets["Hedges by scenario"]] == [
        ("This plan", "All at the lowest", 0, 15, 15, 15, 15),
        ("This plan", "As expected", 35, 35, 35, 0, 0),
        ("This plan", "All at the highest", 40, 40, 40, 0, 0),
        ("Safest", "All at the lowest", 15, 15, 15, 0, 0),
        ("Safest", "As expected", 15, 35, 35, 20, 20),
        ("Safest", "All at the highest", 15, 40, 40, 25, 25),
        ("Least regretted", "All at the lowest", 0, 15, 15, 15, 15),
        ("Least regretted", "As expected", 35, 35, 35, 0, 0),
        ("Least regretted", "All at the highest", 40, 40, 40, 0, 0),
    ]


def test_ends_of_hedges_are_rounded_outwards(read, hedged):
    case, plan, safe, fair = hedged
    low = fair.scenarios[0]
    own = (replace(low, name="draw 7", best_least=15.006, best_most=16.001), replace(low, name="drought"))
    wide = replace(fair, least=14.999, most=16.001, scenarios=own)
    open_end = replace(safe, least=14.999, most=16.001, cost_most=20.001)
    sheets = read(hedging(open_end, wide), case=case, plan=plan)
    ours, safest, regretted = ([*row.values()] for row in sheets["Plans that hedge"])
    assert (ours[3], safest[3]) == (0.01, 20.01)
    assert safest[7:10] == [14.99, 16.01, "proven: the best there is lies between the two"]
    assert regretted[7:9] == [16.01, 14.99]
    scenarios = [[*row.values()] for row in sheets["Hedges by scenario"]]
    # Other scenarios: what is best for them was not asked for the safest.
    assert scenarios[3][:2] + scenarios[3][3:] == ["Safest", "All at the lowest", None, None, None, None]
    assert scenarios[-2] == ["Least regretted", "Draw 7", 0, 15, 16.01, 15, 16.01]
    assert scenarios[-1][1] == "drought"  # somebody's own


# All together


def everything(hedged):
    """An answer to each question."""
    *_, safe, fair = hedged
    witness = Witness((("P", "w", 0.125),), (Q, H), 12.0, 9.0)
    return found(
        why_not=why_not(money=MONEY, cost=Change(0.0, 2.5, (("", 2028, 2.5),))).why_not,
        nested=LEVELS,
        frontier=STEPS,
        customary=ways(way()).customary,
        roles=RobustPortfolios(
            "scores",
            0.2,
            True,
            (NondominatedPortfolio(("P",), (P,), 17.0, 19.0, 21.0, 0.0),),
            (ProgramRole("P", "core", 1.0, 1.0, 1),),
        ),
        certainty=Certainty((certain("P", "depends", 3.0, None, witness=witness),)),
        maximin=replace(safe, choices=(P,), leave=("Q",), enter=()),
        minimax_regret=replace(fair, choices=(P, Q)),
        two_stage=STAGED,
    )


STAGED = TwoStagePlan(
    2028, 0.5, 0.5, None,
    (
        FutureWorth("good", 0.75, "illustrative", 10.0, 14.001, 14.0014, "found", 12.0, 12.0, "found"),
        FutureWorth("bad", 0.25, "", 4.0, None, None, "not_found", None, None, "none"),
    ),
    (P,), "found",
    StagedPlan((P,), ((P, H), (P,)), (12.0, 8.0), 11.0, 8.0, 11.0, 11.5),
    StagedPlan((P,), ((P,), (P,)), (9.0, 9.0), 9.0, 9.0, 9.0, None),
    None, "found", 0.0,
)  # fmt: skip


def test_futures_and_stages(read):
    """H starts after the news, and only where it is good."""
    sheets = read(found(two_stage=STAGED))
    assert [(*row.values(),) for row in sheets["Futures"]] == [
        ("good", 0.75, 10, 14, 14.01, 12, 9, "illustrative"),
        ("bad", 0.25, 4, None, None, 8, 9, None),
    ]
    stages = [
        (row["Plan"], row["Starts before the news"], row["Start by future"]) for row in sheets["Two stages"]
    ]
    assert stages == [
        ("Plan for the mean", "yes", f"{P.start}: all"),
        ("Plan for the mean", "no", f"{H.start}: good; not: bad"),
        ("Plan for the worst", "yes", f"{P.start}: all"),
    ]


ENGLISH = [
    "Why this plan", "Importance", "Refused proposals", "Why not", "Extra money", "Lower cost", "What goes first",
    "Budget levels", "Budget steps", "Alternatives", "Core and borderline", "Good choices", "Uncertain effects",
    "Effects that decide", "Plans that hedge", "Hedges by scenario", "Futures", "Two stages", "Usual ways",
    "Programmes of other plans",    "Regions in other plans",
]  # fmt: skip
INDONESIAN = [
    "Mengapa rencana ini", "Arti tiap program", "Usulan tidak terpilih", "Mengapa tidak masuk", "Tambahan dana",
    "Biaya turun", "Yang didahulukan", "Tingkat pagu", "Tahap pagu", "Alternatif", "Inti dan ambang",
    "Pilihan yang baik", "Dampak tidak pasti", "Dampak penentu", "Rencana berjaga-jaga", "Menurut skenario dampak",
    "Kemungkinan", "Dua tahap", "Cara yang lazim", "Program rencana lain", "Daerah dalam rencana lain",
]  # fmt: skip


def kinds(sheet):
    """Whether each column holds text or numbers; a column never holds both."""
    types = [
        {cell.data_type for cell in cells if cell.value is not None}
        for cells in zip(*list(sheet)[1:], strict=True)
    ]
    assert all(len(some) < 2 and some <= {"s", "n"} for some in types), sheet.title
    return types


def test_both_languages_say_the_same(tmp_path, hedged):
    books = []
    for language, names in (("en", ENGLISH), ("id", INDONESIAN)):
        decision = replace(small_decision(), explanation=everything(hedged))
        write_workbook(decision, tmp_path / f"{language}.xlsx", language)
        book = openpyxl.load_workbook(tmp_path / f"{language}.xlsx")
        first = book.sheetnames.index(names[0])
        assert book.sheetnames[first:-1] == names
        assert all(len(name) <= 31 for name in book.sheetnames)
        books.append(book)
    assert not {*books[0].sheetnames} & {*books[1].sheetnames}
    for english, indonesian in zip(*(book.worksheets for book in books), strict=True):
        assert english.dimensions == indonesian.dimensions
    for name, other in zip(ENGLISH, INDONESIAN, strict=True):
        english, indonesian = books[0][name], books[1][other]
        assert kinds(english) == kinds(indonesian)
        numbers = [
            [cell.value for row in sheet for cell in row if cell.data_type == "n"]
            for sheet in (english, indonesian)
        ]
        assert numbers[0] == numbers[1]
        for sheet in (english, indonesian):
            heads = [cell.value for cell in sheet[1]]
            assert None not in heads
            assert len({*heads}) == len(heads)
            assert "{" not in " ".join(heads)


@BOTH
def test_headings_are_as_tall_as_their_text(tmp_path, hedged, language):
    decision = replace(small_decision(), explanation=everything(hedged))
    write_workbook(decision, tmp_path / "plan.xlsx", language)
    for sheet in openpyxl.load_workbook(tmp_path / "plan.xlsx"):
        for group in sheet.column_dimensions.values():  # columns that are as wide as their neighbour are one
            for place in range(group.min, group.max + 1):
                lines = wrap(sheet.cell(1, place).value, int(group.width))
                assert 15 * len(lines) <= sheet.row_dimensions[1].height, (sheet.title, lines)


def test_a_question_that_was_not_asked_gives_no_sheet(read, tmp_path):
    assert [*read(found())] == [
        "Why this plan", "Importance", "Refused proposals", "Alternatives", "Programmes of other plans",
        "Regions in other plans",
    ]  # fmt: skip
    assert explanation_pages(small_case(), small_plan(), NOTHING, "en") == []
    write_workbook(small_decision(), tmp_path / "plan.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert not {*ENGLISH} & {*book.sheetnames}
    assert "Why this plan" not in column(by_heading(book["Summary"]), "Item")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", '=HYPERLINK("http://a.b";"x")'),
        ("en", "+cmd|' /C calc'!A0"),
        ("id", "@SUM(1)"),
        ("en", "<b>&amp;"),
    ],
)
def test_no_name_becomes_a_formula(tmp_path, hedged, language, text):
    case = small_case()
    tables = {
        "programs": case.programs.assign(name_id=text, name_en=text),
        "funds": case.funds.assign(name_id=text, name_en=text),
        "issues": case.issues.assign(name_id=text, name_en=text),
        "regions": case.regions.assign(name=text),
    }
    told = everything(hedged)
    named = tuple(replace(one, name=text) for one in told.maximin.scenarios)
    decision = small_decision(small_case(**tables))
    futures = tuple(replace(one, name=text) for one in told.two_stage.futures)
    told = replace(told, maximin=replace(told.maximin, scenarios=named))
    told = replace(told, two_stage=replace(told.two_stage, futures=futures))
    decision = replace(decision, explanation=told)
    write_workbook(decision, tmp_path / "plan.xlsx", language)
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    cells = [cell for cell in cells if cell.data_type != "f"]  # ours: test_plan_workbook looks at each
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    sheets = ENGLISH if language == "en" else INDONESIAN
    shown = {cell.parent.title for cell in cells if cell.value == text}
    # Programmes, funds, regions, issues, scenarios: each stands somewhere as it is.
    assert {sheets[k] for k in (1, 2, 3, 4, 6, 10, 12, 13, 15, 16, 17, 19, 20)} <= shown
    assert all(cell.quotePrefix for cell in cells if cell.value == text and text[0] in "=+@")


# What is lost without each, others kept, and taken out; what each refused one costs, in score points; extra money.
LOST = {9: (25, 25, 25), 2: (19, 20, 20), 1: (18, 18, 18), 7: (8, 8, 27), 10: (5, 5, 24)}
GIVEN_UP = {4: 5, 3: 15, 5: 19, 6: 26, 8: 28}
EXTRA = {4: 3, 5: 3, 3: 5, 6: 6, 8: 7}


def test_the_published_case_explained(tmp_path, explained):
    case, scenario, plan, explanation = explained
    decision = replace(assemble(case, scenario, plan), explanation=explanation)
    write_workbook(decision, tmp_path / "plan.xlsx", "id")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames[-1] == "Catatan hasil"
    why = [row["Isi"] for row in by_heading(book["Ringkasan"]) if row["Hal"] == "Mengapa rencana ini"]
    assert why[0].startswith("P9 P9 paling berarti: tanpa program ini")
    points = "(poin skor)"
    lost = {
        row["Kode"]: (
            row[f"Hilang, sedikitnya {points}"],
            row[f"Yang lain tetap: hilang, paling banyak {points}"],
            row[f"Dikeluarkan tanpa pengganti: hilang {points}"],
        )
        for row in by_heading(book["Arti tiap program"])
    }
    assert lost == {code(number): figures for number, figures in LOST.items()}
    given_up = {
        row["Kode"]: row[f"Turun, paling banyak {points}"]
        for row in by_heading(book["Usulan tidak terpilih"])
    }
    assert given_up == {code(number): figure for number, figure in GIVEN_UP.items()}
    extra = {row["Kode"]: row["Tambahan dana (miliar rupiah)"] for row in by_heading(book["Tambahan dana"])}
    assert extra == {code(number): pytest.approx(figure, abs=1e-4) for number, figure in EXTRA.items()}
    order = by_heading(book["Yang didahulukan"])
    assert {row["Tahun mulai"] for row in order} == {2027}
    assert "Daerah dalam rencana lain" not in book.sheetnames  # no programme closes a gap
