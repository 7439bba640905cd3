"""All that is tested of the rule options."""

from __future__ import annotations

import pytest

from jspmodel.intake import read_case
from jspmodel.plan import Choice
from jspmodel.selection import evaluate, select_programs
from jspmodel.selection.postoptimal import certify
from jspmodel.selection.postoptimal.certificate import check_certificate
from jspmodel.selection.rules import options
from selection.rules.audited import CHOICES, PAYMENTS, SWAPPED, Tampered
from selection.rules.bad_data import edited
from selection.rules.clashes import Clash
from selection.rules.marks import on_paper, reason
from selection.small import by_program, make_scenario, one_place, rows, starts
from tiny import tiny_tables, write_case

ROWS = {
    options.options: """
        options(P): start(P,2027) + start(P,2028) + start(R,2029) <= 1
    """,
}
SIZED = {
    "programs": "program,name_id,dimension,option_of,option_name,duration,scope\n"
    "P01,Pelatihan kerja,living,,kecil,1,joint\nP02,Pengolahan sampah,living,,,2,joint\n"
    "P03,Data terpadu,,,,1,province\nP01B,Pelatihan kerja,living,P01,besar,1,joint\n",
    "program_regions": tiny_tables()["program_regions"] + "P01B,34.01,,,\nP01B,34.10,,,\n",
    "program_costs": tiny_tables()["program_costs"] + "P01B,34.01,build,0,3\n",
    "program_effects": tiny_tables()["program_effects"] + "P01B,poverty,0.3,,,\n",
}


def sized(old, new):
    assert SIZED["programs"].count(old) == 1
    return {**SIZED, "programs": SIZED["programs"].replace(old, new)}


BAD = {
    "options": [
        (sized("P01B,Pelatihan kerja,living,P01,", "P01B,Pelatihan kerja,living,P1,"), "", "unknown_code", "option_of"),
        (sized("P02,Pengolahan sampah,living,,", "P02,Pengolahan sampah,living,P02,"), "", "option_of_itself", "option_of"),
        (sized("P02,Pengolahan sampah,living,,", "P02,Pengolahan sampah,living,P01B,"), "", "option_of_option", "option_of"),
        ({**SIZED, "program_costs": tiny_tables()["program_costs"]}, "", "no_cost", "program"),
        ({**SIZED, **edited("program_links", "P01,P03,complements,0.5", "P01B,P01,requires,")}, "", "sizes_linked", "other"),
    ],
}  # fmt: skip
# T is a size of R, and both are in.
TAMPERED = Tampered({**CHOICES, "T": SWAPPED}, PAYMENTS, {"program": "R"}, 1)
SIZES = rows("program name_id duration option_of", ("K", "K", 1, ""), ("S", "S", 1, "K"), ("B", "B", 1, "K"))


def case(budget, *more, **tables):
    """K closes 10 for 1, S 20 for 3, B 30 for 6."""
    figures = [("K", 0.1, 1), ("S", 0.2, 3), ("B", 0.3, 6)]
    return one_place([*figures, *more], budget=budget, **{"programs": SIZES, **tables})


CLASHES = {
    "options": Clash(case(9), {"locked_in": ["K", "B"]}, {"lock K", "lock B", "options K"},
                     {"lock K": 1, "lock B": 1, "options K": 1}),
}  # fmt: skip


@on_paper("options")
@pytest.mark.parametrize(("budget", "size"), [(0.5, None), (2, "K"), (4, "S"), (5, "S"), (9, "B"), (10, "B")])
def test_the_size_that_the_money_allows_and_never_two(budget, size):
    # With 4 the sum of K and S would close 30, with 10 all three 55 (0.4 + 0.2 * 0.75).
    assert list(starts(select_programs(case(budget), make_scenario()))) == ([size] if size else [])


@reason("other_size")
def test_a_size_that_is_not_taken_names_the_one_that_is():
    plan = select_programs(case(4), make_scenario())
    assert [by_program(plan, size) for size in "KB"] == [("other_size", {"program": "S"})] * 2
    # Where none is in, each says what it lacks.
    assert by_program(select_programs(case(0.5), make_scenario()), "K")[0] == "money"


def test_a_requirement_of_a_programme_is_met_by_any_of_its_sizes():
    # X (40 points) requires K or B; 4 pay B or X a year, so K or B in 2027, X in 2028.
    programs = rows(
        "program name_id duration option_of", ("K", "K", 1, ""), ("B", "B", 1, "K"), ("X", "X", 1, "")
    )

    def plan(*links, out=()):
        found = one_place(
            [("K", 0.0, 1), ("B", 0.1, 4), ("X", 0.4, 4)],
            budget=4,
            years=(2027, 2028),
            programs=programs,
            program_links=rows("program other kind", *links),
        )
        return select_programs(found, make_scenario(locked_out=list(out)))

    either = ("X", "K", "requires"), ("X", "B", "requires")
    assert starts(plan(*either)) == {"B": 2027, "X": 2028}
    assert starts(plan(*either, out=["B"])) == {"K": 2027, "X": 2028}
    assert by_program(plan(*either, out=["B", "K"]), "X") == ("needs_other", {"program": "K"})
    assert by_program(plan(("X", "B", "requires"), out=["B"]), "X") == ("needs_other", {"program": "B"})


def test_a_link_of_the_programme_is_one_of_each_size(tmp_path):
    links = "program,other,kind,value\nP02,P01,requires,\nP01,P03,complements,0.5\nP01B,P03,complements,0.7\n"
    found, problems = read_case(
        write_case(tmp_path / "tiny", {**tiny_tables(), **SIZED, "program_links": links})
    )
    assert not [p for p in problems if not p.warning]
    told = found.program_links[["program", "other", "kind", "value"]].fillna(0).to_numpy().tolist()
    assert told == [
        ["P02", "P01", "requires", 0], ["P02", "P01B", "requires", 0],
        ["P01", "P03", "complements", 0.5], ["P01B", "P03", "complements", 0.7],
    ]  # fmt: skip
    # Written and read again nothing is added.
    again, _ = read_case(found.to_csv(tmp_path / "again"))
    assert again.program_links.equals(found.program_links)


def test_a_size_is_called_by_programme_and_size(tmp_path):
    found, _ = read_case(write_case(tmp_path / "tiny", {**tiny_tables(), **SIZED}))
    names = found.names("programs", "id")
    assert (names["P01"], names["P01B"], names["P02"]) == (
        "Pelatihan kerja (kecil)", "Pelatihan kerja (besar)", "Pengolahan sampah",
    )  # fmt: skip


def test_a_programme_counts_once_whatever_its_sizes():
    more = ("X", 0.2, 9)
    programs = rows("program name_id duration option_of", *SIZES.to_numpy().tolist(), ("X", "X", 1, ""))
    plan = select_programs(case(4, more, programs=programs), make_scenario())
    assert [item.program for item in plan.selected] == ["S"]
    assert (plan.proposed, [item.program for item in plan.refused]) == (2, ["X"])
    assert [item.program for item in plan.other_sizes] == ["K", "B"]
    none = select_programs(case(0.5, more, programs=programs), make_scenario())
    assert (none.proposed, [item.program for item in none.refused], none.other_sizes) == (
        2,
        ["K", "S", "B", "X"],
        (),
    )
    assert repr(plan).startswith("Plan(case='one', scenario='baseline', 1 of 2 programs")


def test_a_certificate_states_that_one_size_is_carried_out(tmp_path):
    found = case(4)
    plan = select_programs(found, make_scenario())
    told = check_certificate.check(certify(found, make_scenario(), plan).write(tmp_path / "certificate"))
    assert any("options 1" in english for _, english in told)


def test_a_plan_that_somebody_brings_may_not_have_two_sizes():
    brought = [Choice(program=size, start=2027, regions=("A",)) for size in "KS"]
    (check,) = evaluate(case(4), make_scenario(), brought).broken
    assert (check.rule, check.breaches[0].where, check.breaches[0].amount) == ("options", {"program": "K"}, 1)


PUBLISHED = {
    # Projects 1 to 17, each with its options: worth, cost in units of money. Zhong and Young, "Multiple choice knapsack
    # problem: example of planning choice in transportation", Evaluation and Program Planning 33 (2010) 128-137.
    1: [(2.046, 36538462)],
    2: [(2.679, 83849038)],
    3: [(2.489, 4615385)],
    4: [(2.61, 2788461538), (2.313, 2692307692), (1.02, 5480769231)],
    5: [(3.013, 1634615385), (2.55, 2981730768), (3.351, 7211538462), (3.423, 9038461538)],
    6: [
        (3.781, 649038462), (2.525, 650000000), (2.169, 216346154), (2.267, 212500000),
        (2.747, 3076923077), (4.309, 3942307692), (6.452, 1144230769),
    ],
    7: [(2.849, 675721154)],
    8: [(7.945, 1442307692)],
    9: [(2.538, 99711538)],
    10: [(1.761, 4807692)],
    11: [(3.002, 123076923)],
    12: [(3.449, 138461538)],
    13: [(2.865, 86538462)],
    14: [(3.999, 108653846)],
    15: [(2.283, 75092404)],
    16: [(0.9, 6413462)],
    17: [(8.608, 147932692)],
}  # fmt: skip


@pytest.mark.parametrize(("money", "worth", "fifth"), [(15, 59.826, 3), (10, 59.488, 1)])
def test_the_published_choice_of_projects_with_options_is_found(money, worth, fifth):
    # The answers of the paper, as the tests of LOGOS (Idaho National Laboratory, test_mckp.xml) give them.
    options = [
        (f"{p}-{k}", p, k, *values) for p, sizes in PUBLISHED.items() for k, values in enumerate(sizes, 1)
    ]
    case = one_place(
        [(code, 0.1, cost / 1e9) for code, _, _, _, cost in options],
        budget=money,
        programs=rows(
            "program name_id duration score option_of",
            *((code, code, 1, points, "" if k == 1 else f"{p}-1") for code, p, k, points, _ in options),
        ),
    )
    plan = select_programs(case, make_scenario(objective="score"))
    assert plan.objective == pytest.approx(worth, abs=5e-4)
    assert plan.gap == pytest.approx(0, abs=1e-4)
    chosen = set(starts(plan))
    assert {f"5-{fifth}", "6-7", "4-1", "8-1", "17-1"} <= chosen
    assert len(chosen) == 17
