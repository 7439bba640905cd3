"""What of a difference comes from which change: worked out by hand, where nothing is proven, and as people read it."""

import json
from dataclasses import replace
from importlib.metadata import version

import openpyxl
import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

import jspmodel as jsp
from jspmodel.cli import app
from jspmodel.comparison import Attribution, Effect, attribute_difference, compare, cut_budgets, input_mixes
from jspmodel.comparison.attribution_tables import comparison_attribution
from jspmodel.comparison.attribution_words import interval_words, range_words
from jspmodel.comparison.cause_tables import comparison_causes
from jspmodel.errors import InfeasibleError, Problem, RunError, SolverError
from jspmodel.plan import PlannedProgram
from jspmodel.runs import load_recorded, write_record
from jspmodel.scenario import Scenario
from jspmodel.selection import select_programs
from selection.knapsack import knapsack
from selection.postoptimal.published import COSTS, NUMBERS, by_score, every_set, numbers, published
from selection.small import make_scenario, rows, two_places
from small_decision import small_case, small_plan
from tiny import tiny_tables, write_case

SCORE = make_scenario(objective="score")


def three(budget=10, y=4):
    """H1, H2, H3 are worth 6, 5 and 3 and cost 6, y and 4."""
    return knapsack("H", (6, 5, 3), ((6, y, 4),), (budget,))


def figures(effect):
    """Value, low and high, to what the price of money may take; None where there is none."""
    if effect is None:
        return None
    return tuple(None if end is None else round(end, 4) for end in (effect.value, effect.low, effect.high))


def told(found):
    return {part.change: (figures(part.effect), part.verdict) for part in found.parts}


def sure(value):
    """The figures of an effect that is known for certain."""
    return value, value, value


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_less_money_and_a_dearer_programme_by_hand():
    """10: H1 and H2, 11. H2 costs 5: H1 and H3, 9. 6 only: H1, 6. Both: H1, 6.

    The money does -5 first and -3 last, the price -2 first and 0 last. Without the one or the other change,
    the plans are H1 and H3, or H1: H2 left because of both.
    """
    seen = []
    found = attribute_difference(
        (three(), SCORE), (three(6, 5), SCORE), progress=lambda *step: seen.append(step)
    )
    assert [(mix.changes, mix.worth, mix.programs) for mix in found.mixes] == [
        ((), 11.0, ("H1", "H2")),
        (("program_costs.csv",), 9.0, ("H1", "H3")),
        (("fund_budgets.csv",), 6.0, ("H1",)),
        (("program_costs.csv", "fund_budgets.csv"), 6.0, ("H1",)),
    ]
    assert (figures(found.difference), found.kind) == (sure(-5.0), "score")
    assert told(found) == {
        "program_costs.csv": (sure(-1.0), "proven"),
        "fund_budgets.csv": (sure(-4.0), "proven"),
    }
    assert [(figures(part.least), figures(part.most)) for part in found.parts] == [
        (sure(-2.0), sure(0.0)),
        (sure(-5.0), sure(-3.0)),
    ]
    assert [(left.program, left.cause) for left in found.departures] == [("H2", "together")]
    assert (found.orders, found.asked, found.exact) == (2, 2, True)
    assert seen == [
        (0, 4, ()),
        (1, 4, ("program_costs.csv", "fund_budgets.csv")),
        (2, 4, ("program_costs.csv",)),
        (3, 4, ("fund_budgets.csv",)),
    ]
    assert found.table["effect"].tolist() == [-1.0, -4.0]
    whole = TypeAdapter(Attribution)
    assert whole.validate_json(whole.dump_json(found), strict=True) == found


def test_the_published_case_with_less_money_and_a_dearer_project(monkeypatch):
    """Four mixes beside every set of the ten projects; who left is read off them.

    With the money alone gone, 7 stays and 10 goes; with 9 alone dearer, both stay. So 7 is back if either change is
    taken back, 10 only if that of the money is.
    """
    dearer = tuple(5 if number == 9 else cost for number, cost in zip(NUMBERS, COSTS, strict=True))
    best = {
        (budget, costs): max(
            ((value, taken) for taken, value, cost in every_set(costs=costs) if cost <= budget)
        )
        for budget in (17, 13)
        for costs in (COSTS, dearer)
    }
    given = (published(17), by_score()), (published(13, costs=dearer), by_score())
    found = attribute_difference(*given)
    assert [(mix.worth, numbers(mix.programs)) for mix in found.mixes] == [
        best[17, COSTS], best[17, dearer], best[13, COSTS], best[13, dearer],
    ] == [(114, (1, 2, 7, 9, 10)), (94, (1, 7, 9, 10)), (90, (1, 2, 7, 9)), (82, (1, 2, 4, 9))]  # fmt: skip
    # The price: -20 first, -8 last; the money: -24 first, -12 last.
    assert told(found) == {
        "program_costs.csv": (sure(-14.0), "proven"),
        "fund_budgets.csv": (sure(-18.0), "proven"),
    }
    assert {left.program: left.alone for left in found.departures} == {
        "P7": ("program_costs.csv", "fund_budgets.csv"),
        "P10": ("fund_budgets.csv",),
    }
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", None)
    assert attribute_difference(*given) == found  # every mix is kept


def test_changes_that_do_the_same_have_the_same_part_up_to_a_plan_of_nothing():
    """6 of 10 twice is 3.6, which buys nothing: 11, 6, 6, 0. Money that is locked out of nothing does nothing."""
    found = attribute_difference(
        (three(), SCORE), (three(6), make_scenario(objective="score", budget_scale={"all": 0.6}))
    )
    (money, _), (table, _) = told(found).values()
    assert money == table == sure(-5.5)
    assert found.mixes[-1].finding == "found"
    second = make_scenario(objective="score", locked_out=["H3"])
    assert told(attribute_difference((three(), SCORE), (three(6), second)))["locked_out"] == (
        sure(0.0),
        "same",
    )


def test_one_change_is_the_whole_difference_and_takes_no_search(monkeypatch):
    ends = [(case, SCORE, select_programs(case, SCORE)) for case in (three(), three(6))]
    monkeypatch.setattr(input_mixes, "find_plan", None)
    found = attribute_difference(*ends)
    assert told(found) == {"fund_budgets.csv": (sure(-5.0), "proven")}
    assert [(left.program, left.cause) for left in found.departures] == [("H2", "alone")]
    with pytest.raises(RunError) as error:  # the plans belong to the other inputs
        attribute_difference(ends[0], (*ends[1][:2], ends[0][2]))
    assert codes(error) == ["plan_of_other_inputs"]


def test_orders_through_a_mix_without_a_plan_do_not_count():
    """H2 is decided; 3 pay for it only once it costs 3: only the price can change first, which gains nothing."""
    decided = make_scenario(objective="score", locked_in=["H2"])
    found = attribute_difference((three(), decided), (three(3, 3), decided))
    assert [mix.finding for mix in found.mixes] == ["found", "found", "none", "found"]
    assert {problem.code for problem in found.mixes[2].problems}
    assert (found.orders, found.asked) == (1, 2)
    assert told(found) == {
        "program_costs.csv": (sure(0.0), "same"),
        "fund_budgets.csv": (sure(-6.0), "proven"),
    }
    assert [(left.program, left.alone) for left in found.departures] == [("H1", ("fund_budgets.csv",))]
    with pytest.raises(InfeasibleError):  # an end without a plan leaves nothing to compare
        attribute_difference((three(), decided), (three(3), decided))


def by_scenario(worth, finding=None):
    """A door that finds a plan of P and Q worth and bound as told, but H with ``locked_out``."""

    def find(case, scenario, kept):
        if (error := finding(scenario) if finding else None) is not None:
            raise error
        value, bound = worth(scenario)
        taken = ("P", "H") if scenario.locked_out else ("P", "Q")
        programs = tuple(PlannedProgram(program=code, selected=code in taken, start=2027) for code in "PQH")
        return small_plan(
            scenario=scenario.name, programs=programs, objective=value, bound=bound, equity=None
        )

    return find


def test_intervals_of_plan_and_bound_by_hand(monkeypatch):
    """Worths in [20, 21], [18, 18.5] with less money, [17, 18] with the lock, [14, 14.5] with both.

    Money: (18 - 21 + 14 - 18) / 2 = -3.5 to (18.5 - 20 + 14.5 - 17) / 2 = -2; the lock: (17 - 21 + 14 - 18.5) / 2
    = -4.25 to (18 - 20 + 14.5 - 18) / 2 = -2.75.
    """
    worths = {(1.0, 0): (20.0, 21.0), (0.9, 0): (18.0, 18.5), (1.0, 1): (17.0, 18.0), (0.9, 1): (14.0, 14.5)}
    door = by_scenario(lambda scenario: worths[scenario.budget_scale.all, len(scenario.locked_out)])
    monkeypatch.setattr(input_mixes, "find_plan", door)
    case = small_case()
    second = Scenario(budget_scale={"all": 0.9}, locked_out=["Q"])
    found = attribute_difference((case, Scenario()), (case, second))
    assert told(found) == {
        "budget_scale": ((-2.5, -3.5, -2.0), "proven"),
        "locked_out": ((-3.5, -4.25, -2.75), "proven"),
    }
    assert figures(found.difference) == (-6.0, -7.0, -5.5)
    money = found.parts[0]
    assert (figures(money.least), figures(money.most)) == ((-3.0, -4.0, -2.5), (-2.0, -3.0, -1.5))
    assert [(left.program, left.alone) for left in found.departures] == [("Q", ("locked_out",))]
    # A bound that leaves the difference open: no part is proven that 0 lies in.
    worths[0.9, 0] = (18.0, 25.0)
    found = attribute_difference((case, Scenario()), (case, second))
    assert told(found)["budget_scale"] == ((-2.5, -3.5, 1.25), "within")


def poor(case, scenario):
    """A legal plan of H2 alone, worth 5, as if a search had found no better one; no plan exceeds 8, it says."""
    alone = select_programs(case, scenario.replace(locked_out=["H1", "H3"]))
    assert [item.program for item in alone.selected] == ["H2"]
    return alone.model_copy(
        update={"scenario": scenario.name, "bound": 8.0, "gap": 0.6, "status": "feasible"}
    )


def test_a_plan_found_for_one_mix_counts_for_others(monkeypatch):
    """With 6 the searches find H2 alone, worth 5, at its old price; at the new one H1, worth 6, which both allow."""
    found_by = input_mixes.find_plan

    def door(case, scenario, kept):
        plan = found_by(case, scenario, kept)
        cheap = case.program_costs["amount"].tolist()[1] == 4
        return poor(case, scenario) if cheap and case.fund_budgets["amount"].tolist() == [6] else plan

    monkeypatch.setattr(input_mixes, "find_plan", door)
    mix = attribute_difference((three(), SCORE), (three(6, 5), SCORE)).mixes[2]
    assert (mix.changes, mix.own, mix.worth, mix.bound) == (("fund_budgets.csv",), 5.0, 6.0, 8.0)
    assert (mix.programs, mix.lender) == (("H1",), ("program_costs.csv", "fund_budgets.csv"))


def test_a_run_that_missed_a_plan_is_told_so():
    ends = (three(), SCORE), (three(6, 5), SCORE, poor(three(6, 5), SCORE))
    found = attribute_difference(*ends)
    last = found.mixes[-1]
    assert (last.own, last.worth, last.programs, last.lender) == (5.0, 6.0, ("H2",), ("fund_budgets.csv",))
    assert (found.difference.value, found.difference.high) == (-5.0, pytest.approx(-3.0))
    assert [left.program for left in found.departures] == ["H1"]  # the run's own plan does not have it


def not_found(scenario):
    lean = scenario.budget_scale.all < 1 and not scenario.locked_out
    return SolverError("", [Problem("no_plan_found")]) if lean else None


@pytest.mark.parametrize("empty", [False, True])
def test_a_mix_that_no_plan_was_found_for_leaves_nothing_proven(monkeypatch, empty):
    """An empty plan of which nothing is proven is no answer either."""
    door = by_scenario(
        lambda scenario: (0.0, 9.0) if not_found(scenario) else (20.0 - len(scenario.locked_out), 20.0),
        None if empty else not_found,
    )
    monkeypatch.setattr(input_mixes, "find_plan", door)
    second = Scenario(budget_scale={"all": 0.9}, locked_out=["Q"])
    found = attribute_difference((small_case(), Scenario()), (small_case(), second))
    assert [mix.finding for mix in found.mixes] == ["found", "not_found", "found", "found"]
    assert (found.orders, found.asked) == (1, 2)
    assert {part.verdict for part in found.parts} == {"incomplete"}
    assert [(left.program, left.alone, left.unknown) for left in found.departures] == [
        ("Q", (), ("locked_out",))
    ]
    assert found.departures[0].cause == "unknown"


def test_where_every_order_is_barred_no_part_can_be_told(monkeypatch):
    ends = {(1.0, 0), (0.9, 1)}

    def barred(scenario):
        at = (scenario.budget_scale.all, len(scenario.locked_out))
        return None if at in ends else InfeasibleError("", [Problem("no_plan")])

    monkeypatch.setattr(input_mixes, "find_plan", by_scenario(lambda _: (20.0, 20.0), barred))
    second = Scenario(budget_scale={"all": 0.9}, locked_out=["Q"])
    found = attribute_difference((small_case(), Scenario()), (small_case(), second))
    assert found.orders == 0
    assert told(found) == dict.fromkeys(("budget_scale", "locked_out"), (None, "unknown"))
    assert figures(found.difference) == sure(0.0)


FIVE = Scenario(
    budget_scale={"all": 0.9},
    locked_out=["H"],
    closed_years=[2028],
    min_programs_per_dimension=1,
    equity={"mode": "floor"},
)
GAINS = {
    "budget_scale": -3.0,
    "locked_out": -2.0,
    "closed_years": 1.0,
    "min_programs_per_dimension": 0.0,
    "equity": -1.0,
}


def made(scenario):
    return [key for key in GAINS if getattr(scenario, key) != getattr(Scenario(), key)]


@pytest.fixture
def any_settings(monkeypatch):
    """Settings that nobody lays beside the tables."""
    monkeypatch.setattr("jspmodel.comparison.input_changes.check", lambda *_: ())


def test_beyond_four_changes_orders_are_drawn_and_the_error_is_told(monkeypatch, any_settings):
    """Less money and the lock give 4 back where both are made; the rest does the same whenever its turn comes."""
    both = {"budget_scale", "locked_out"}
    door = by_scenario(lambda one: (20 + sum(map(GAINS.get, made(one))) + 4 * (both <= {*made(one)}), 30.0))
    monkeypatch.setattr(input_mixes, "find_plan", door)
    found = attribute_difference((small_case(), Scenario()), (small_case(), FIVE), seed=3)
    assert (found.exact, found.asked, found.orders) == (False, 8, 8)
    assert len(found.mixes) < 32
    value = {part.change: part.effect.value for part in found.parts}
    error = {part.change: part.standard_error for part in found.parts}
    alone = GAINS.keys() - both
    assert {name: value[name] for name in alone} == pytest.approx({name: GAINS[name] for name in alone})
    assert {error[name] for name in alone} == {0.0}
    assert value["budget_scale"] + value["locked_out"] == pytest.approx(-3.0 - 2.0 + 4.0)
    # Of an order and its reverse the one has the money last, the other the lock: each pair splits 4 evenly.
    assert value["budget_scale"] == pytest.approx(-1.0)
    assert {part.verdict for part in found.parts} == {"sampled"}


def test_programmes_of_mixes_that_were_not_drawn_are_not_guessed(monkeypatch, any_settings):
    monkeypatch.setattr(input_mixes, "find_plan", by_scenario(lambda _: (20.0, 20.0)))
    found = attribute_difference((small_case(), Scenario()), (small_case(), FIVE), orders=4)
    last = {mix.changes for mix in found.mixes if len(mix.changes) == 4}
    (left,) = found.departures
    sought = {change for change in GAINS if tuple(key for key in made_names(found) if key != change) in last}
    assert left.program == "Q"
    assert set(left.unknown) == set(GAINS) - sought
    assert set(left.alone) == sought & {"locked_out"}


def made_names(found):
    return [part.change for part in found.parts]


def towns(people, budget):
    """X helps A, Y helps B, each costs 1; a place counts by its people."""
    return two_places(
        rows("program name_id duration", ("X", "X", 1), ("Y", "Y", 1)),
        rows("program region", ("X", "A"), ("Y", "B")),
        [("X", "", "build", 0, 1), ("Y", "", "build", 0, 1)],
        [("X", "w", 0.4), ("Y", "w", 0.4)],
        budget=budget,
        regions=rows("region name population", ("A", "Alfa", people[0]), ("B", "Beta", people[1])),
    )


def test_plans_that_seek_something_else_are_measured_as_the_first_and_nothing_is_proven():
    """People 3 to 1: X alone closes 30 %, Y alone 10 %, both 40 %. Where they are 1 to 3, Y is sought: 30, 10, 40, 40.

    The people: -20 first, 0 last; the money: 10 first, 30 last.
    """
    scenario = make_scenario()
    found = attribute_difference((towns((3, 1), 1), scenario), (towns((1, 3), 2), scenario))
    assert [mix.worth for mix in found.mixes] == pytest.approx([30.0, 10.0, 40.0, 40.0])
    assert [mix.bound is None for mix in found.mixes] == [False, True, False, True]
    assert {part.change: part.effect.value for part in found.parts} == pytest.approx(
        {"regions.csv": -10.0, "fund_budgets.csv": 20.0}
    )
    assert {part.verdict for part in found.parts} == {"other_measure"}
    assert found.difference.value == pytest.approx(10.0)
    assert found.difference.low is None
    assert {(part.effect.low, part.effect.high) for part in found.parts} == {(None, None)}


def test_a_plan_that_the_first_measure_cannot_judge():
    years = {"fund_budgets": rows("fund year amount", ("f", 2027, 1), ("f", 2028, 1))}
    case = replace(towns((3, 1), 1), **{name: getattr(with_tables(years), name) for name in years})
    found = attribute_difference(
        (case, make_scenario(last_year=2027)), (case, make_scenario(first_year=2028, last_year=2028))
    )
    assert found.mixes[-1].finding == "not_comparable"
    assert found.difference is None
    assert {part.verdict for part in found.parts} == {"unknown"}


def with_tables(tables):
    return two_places(
        rows("program name_id duration", ("X", "X", 1)),
        rows("program region", ("X", "A")),
        [("X", "", "build", 0, 1)],
        [("X", "w", 0.4)],
        budget=1,
        **tables,
    )


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ((three(), SCORE.model_copy(update={"name": "copy"})), "same_inputs"),
        ((small_case(), SCORE), "different_cases"),
    ],
)
def test_what_cannot_be_attributed_is_refused(second, code):
    with pytest.raises(RunError) as error:
        attribute_difference((three(), SCORE), second)
    assert codes(error) == [code]


# Finished runs


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two copies of a case, the second with less money and a dearer programme, a run of each; one more of the first."""
    home = tmp_path_factory.mktemp("attributed")
    tables = tiny_tables()
    one = write_case(home / "data" / "one" / "tiny", tables, "solver: {gap: 0.0}\n")
    (one / "scenarios" / "lean.yaml").write_text("based_on: baseline\nbudget_scale: 0.5\n")
    tables["fund_budgets"] = tables["fund_budgets"].replace("apbd,2028,4", "apbd,2028,1")
    tables["program_costs"] = tables["program_costs"].replace("P03,,build,0,2", "P03,,build,0,3")
    two = write_case(home / "data" / "two" / "tiny", tables, "solver: {gap: 0.0}\n")
    for name, scenario in (("baseline", one), ("lean", one / "scenarios" / "lean.yaml"), ("later", two)):
        finish(home / "reports" / name, scenario)
    return home


def finish(folder, scenario):
    case, settings, record = load_recorded(str(scenario))
    folder.mkdir(parents=True)
    select_programs(case, settings).save(folder / "plan.json")
    moments = dict.fromkeys(("started", "finished"), "2027-01-01T00:00:00+00:00")
    write_record(folder, {**record, **moments, "status": "done"})


@pytest.fixture(scope="module")
def comparison(home):
    return compare(home / "reports", attribute=True)


def test_runs_are_mixed_from_the_tables_that_they_were_made_from(home, comparison):
    found = comparison.attributions["later"]
    assert [part.change for part in found.parts] == ["program_costs.csv", "fund_budgets.csv"]
    worths = comparison.runs.set_index("run")["worth"]
    assert (found.mixes[0].worth, found.mixes[-1].worth) == (worths["baseline"], worths["later"])
    assert sum(part.effect.value for part in found.parts) == pytest.approx(found.difference.value)
    assert [part.change for part in comparison.attributions["lean"].parts] == ["budget_scale"]
    assert comparison.unattributed == {}
    again = attribute_difference(home / "reports" / "baseline", str(home / "reports" / "later"))
    assert again == found
    assert not compare(home / "reports").asked
    with pytest.raises(RunError) as error:
        attribute_difference(home / "reports", home / "reports" / "later")
    assert codes(error) == ["several_runs"]


def test_a_run_whose_tables_changed_or_went_is_not_attributed(home, tmp_path):
    case = write_case(tmp_path / "tiny", tiny_tables())
    finish(tmp_path / "run", case)
    (case / "funds.csv").write_text((case / "funds.csv").read_text().replace("APBD", "APBN"))
    with pytest.raises(RunError) as error:
        attribute_difference(home / "reports" / "baseline", tmp_path / "run")
    assert [(problem.code, problem.file) for problem in error.value.problems] == [
        ("changed_since_run", "funds.csv")
    ]
    found = compare([home / "reports" / "baseline", tmp_path / "run"], attribute=True)
    assert [problem.code for problem in found.unattributed["run"]] == ["changed_since_run"]
    assert "funds.csv has changed since" in comparison_attribution(found, "en").html
    case.rename(tmp_path / "elsewhere")
    with pytest.raises(RunError) as error:
        attribute_difference(home / "reports" / "baseline", tmp_path / "run")
    assert codes(error) == ["inputs_gone"]


def test_a_search_that_found_nothing_is_no_end(tmp_path):
    (run,) = cut_budgets(str(write_case(tmp_path / "tiny", tiny_tables())), ())
    empty = replace(run, plan=run.plan.model_copy(update={"objective": 0.0, "bound": 9.0}))
    with pytest.raises(RunError) as error:
        attribute_difference(run, empty)
    assert codes(error) == ["end_without_plan"]


def test_other_versions_are_told(home, tmp_path):
    (run,) = cut_budgets(str(write_case(tmp_path / "tiny", tiny_tables())), ())
    old = replace(run, packages={"highspy": "0.1", "pulp": version("pulp")})
    lean = (run_case := jsp.load_case(run.source), run.scenario.replace(budget_scale=0.5))
    assert run_case.name == "tiny"
    assert attribute_difference(old, lean).versions == ("highspy",)


WORDS = {
    "id": ("Bagian tiap perubahan", "Terbukti", "Faktor pagu (budget_scale)", "semua: later apa adanya"),
    "en": ("How much each change does", "Proven", "Factor on budgets (budget_scale)", "everything: later as"),
}


@pytest.mark.parametrize("language", WORDS)
def test_the_part_of_the_page(comparison, language):
    told = comparison_attribution(comparison, language).html
    assert [word for word in WORDS[language] if word not in told] == []
    assert "<h3>later</h3>" in told
    (left,) = comparison.attributions["later"].departures
    assert left.program == "P02"
    not_asked = replace(comparison, attributions={})
    assert "jspmodel compare --causes" in comparison_attribution(not_asked, language).html
    assert "--causes" in comparison_causes(not_asked, language).html
    assert "--causes" not in comparison_causes(comparison, language).html


def test_that_a_run_missed_a_plan_is_said(comparison):
    found = comparison.attributions["later"]
    first = replace(found.mixes[0], own=found.mixes[0].worth - 0.5, lender=("fund_budgets.csv",))
    missed = replace(found, mixes=(first, *found.mixes[1:]))
    told = comparison_attribution(
        replace(comparison, attributions={**comparison.attributions, "later": missed}), "en"
    )
    assert "For baseline a plan is known by now that is worth 0.50 points more than its own" in told.html
    assert "a plan, found for another mix" in told.html


def test_the_command_tells_and_writes_the_parts_only_if_asked(home, tmp_path, monkeypatch):
    runs = [str(home / "reports" / name) for name in ("baseline", "later", "lean")]
    out = tmp_path / "c"
    told = CliRunner().invoke(app, ["compare", *runs, "--causes", "--language", "en", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "Difference to" in told.stdout
    assert "program_costs.csv" in told.stdout
    assert "later: mix 1 of 2, with program_costs.csv" in told.stderr
    page = (tmp_path / "c.en.html").read_text(encoding="utf-8")
    assert 'href="#parts"' in page
    assert '<h2 id="parts">How much each change does' in page
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert book.sheetnames[5:] == ["Parts", "Why they left", "Mixes"]
    assert [row[2].value for row in book["Parts"].iter_rows(min_row=2)] == [
        "program_costs.csv",
        "fund_budgets.csv",
        "budget_scale",
    ]
    assert len(list(book["Mixes"].iter_rows(min_row=2))) == 4 + 2
    plain = CliRunner().invoke(app, ["compare", *runs, "--causes", "--json"])
    data = json.loads(plain.stdout)
    assert [part["change"] for part in data["attributions"]["lean"]["parts"]] == ["budget_scale"]
    assert data["unattributed"] == {}
    assert "attributions" not in json.loads(CliRunner().invoke(app, ["compare", *runs, "--json"]).stdout)


def test_proven_ends_are_rounded_outward():
    assert interval_words(Effect(-2.0, -2.0049, -1.991), "en") == "\N{MINUS SIGN}2.01 to \N{MINUS SIGN}1.99"
    assert interval_words(Effect(-2.0, -2.0 - 1e-12, -2.0), "en") == "\N{MINUS SIGN}2.00"
    assert interval_words(Effect(-2.0, None, None), "en") == "–"
    assert range_words(0.0, 1.5, "id") == "0,00 sampai +1,50"
