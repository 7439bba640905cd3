"""Input that two readers would take for two things: words, sizes, states and shares that contradict each other."""

from datetime import date, timedelta

import pytest

from jspmodel.intake import check, judged_pair, load, load_scenario, read_case
from jspmodel.text import words
from tiny import tiny_tables, write_case
from told import assert_worded

FUNDS = "fund,name_id,kind\napbd,APBD,APBD\ndanais,Danais,Danais\n"
PROGRAMS = (
    "program,name_id,dimension,duration,scope,min_volume,quick_win,urusan,option_of,option_name\n"
    "P01,Pelatihan kerja,living,1,joint,,ya,kerja,,{own}\n"
    "P02,Pengolahan sampah,living,2,joint,10,,Kerja ,,\n"
    "P03,Data terpadu,,1,province,,,,{of},{name}\n"
)
RULE = "spending_rule,name_id,bound,share,dimension,urusan,fund,fund_kind,base_amount,base_total\n"
NEXT_YEAR = (date.today() + timedelta(days=366)).isoformat()


def problems_of(tmp_path, scenario="", **tables):
    """Return what is wrong or odd with the tables, and, where they are sound, with the baseline."""
    case, found = read_case(write_case(tmp_path, {**tiny_tables(), "funds": FUNDS, **tables}, scenario))
    assert_worded(found)
    if case is None:
        return [problem for problem in found if not problem.warning]
    _, _, told = judged_pair(case, load_scenario(tmp_path))
    assert_worded(told)
    return [*found, *told]


def codes(problems):
    return [(problem.code, problem.row, problem.column) for problem in problems]


def test_words_that_differ_in_capitals_or_blanks_are_asked_about(tmp_path):
    """One of two programmes would be left out of the share, and the fund would pay without its document."""
    problems = problems_of(
        tmp_path,
        programs=PROGRAMS.format(own="", of="", name=""),
        spending_rules=RULE + "S,Kerja,min,0.2,,kerja,,danais,,\n",
        documents="document,name_id\nFS,Studi\n",
        required_documents="document,fund_kind\nFS, dAnais\n",
    )
    assert codes(problems) == [
        ("spelt_otherwise", 2, "urusan"), ("spelt_otherwise", 2, "fund_kind"), ("spelt_otherwise", 2, "fund_kind"),
    ]  # fmt: skip
    assert "written otherwise in funds.csv: Danais" in words(problems[1], "en")


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ({"own": "", "of": "P01", "name": "besar"}, []),
        ({"own": "kecil", "of": "P01", "name": "besar"}, []),
        ({"own": "", "of": "", "name": "besar"}, [("size_of_nothing", 4, "option_of")]),
        ({"own": "besar", "of": "P01", "name": "Besar"}, [("size_named_twice", 4, "option_name")]),
    ],
)
def test_the_name_of_a_size_is_that_of_one(tmp_path, sizes, found):
    problems = problems_of(tmp_path, programs=PROGRAMS.format(**sizes), program_links="program,other,kind\n")
    assert [one for one in codes(problems) if one[0].startswith("size_")] == found


def test_two_sizes_of_a_programme_are_not_locked_in_together(tmp_path):
    write_case(
        tmp_path,
        {
            **tiny_tables(),
            "programs": PROGRAMS.format(own="", of="P01", name=""),
            "program_links": "program,other,kind\n",
        },
    )
    case, scenario = load(tmp_path)
    told = check(case, scenario.replace(locked_in=["P01", "P03"]))
    assert [(problem.code, problem.column) for problem in told if not problem.warning] == [
        ("locked_sizes", "locked_in")
    ]


@pytest.mark.parametrize(
    ("state", "day", "found"),
    [
        ("ready", "2020-01-31", None),
        ("ready", NEXT_YEAR, ("ready_later", False)),
        ("not_needed", NEXT_YEAR, ("not_needed_dated", False)),
        ("under_way", NEXT_YEAR, None),
        ("under_way", "2020-01-31", ("document_overdue", True)),
        ("missing", "2020-01-31", ("document_overdue", True)),
        ("under_way", "0027-06-30", ("out_of_range", False)),
    ],
)
def test_a_state_and_its_date_say_the_same(tmp_path, state, day, found):
    tables = {
        **tiny_tables(),
        "documents": "document,name_id\nFS,Studi\n",
        "program_readiness": f"program,document,state,complete_by\nP01,FS,{state},{day}\n",
    }
    _, problems = read_case(write_case(tmp_path, tables))
    assert_worded(problems)
    assert [(problem.code, problem.warning) for problem in problems] == ([found] if found else [])


def test_rules_contradict_each_other_only_where_a_scenario_has_both(tmp_path):
    rules = RULE + "A,a,min,0.6,living,,apbd,,,\nB,b,max,0.4,living,,apbd,,,\n"
    assert codes(problems_of(tmp_path, spending_rules=rules))[-1] == ("spending_contradiction", None, "share")
    assert problems_of(tmp_path, "spending_rules: [A]", spending_rules=rules) == []


def test_three_least_shares_may_be_more_than_all(tmp_path):
    """0.5 + 0.3 + 0.3: no two are more than all, the three are; each counts other programmes."""
    programs = (
        PROGRAMS.format(own="", of="", name="")
        .replace("Kerja ", "sampah")
        .replace("province,,,", "province,,,data")
    )
    rules = RULE + "".join(
        f"{code},{code},min,{share},,{urusan},apbd,,,\n"
        for code, share, urusan in (("A", 0.5, "kerja"), ("B", 0.3, "sampah"), ("C", 0.3, "data"))
    )
    (problem,) = [
        one for one in problems_of(tmp_path, spending_rules=rules, programs=programs) if not one.warning
    ]
    assert problem.code == "spending_above_all"
    assert "A, B, C ask for 110 percent together" in words(problem, "en")


def test_a_least_share_of_nothing_would_close_its_funds(tmp_path):
    rule = "S,s,min,0.3,,kesehatan,apbd,,{},{}\n"
    told = problems_of(tmp_path, spending_rules=RULE + rule.format("", ""))
    assert [problem.code for problem in told if not problem.warning] == ["spending_closes_funds"]
    outside = problems_of(tmp_path, spending_rules=RULE + rule.format(40, 100))
    assert [problem.code for problem in outside if not problem.warning] == []


@pytest.mark.parametrize(
    ("cell", "code", "say"),
    [("40", "share_in_percent", "write 0.4"), ("150", "out_of_range", "0 to 1"), ("40 %", None, "")],
)
def test_a_share_in_percent_is_told_as_one(tmp_path, cell, code, say):
    problems = problems_of(tmp_path, spending_rules=RULE + f"S,s,min,{cell},living,,apbd,,,\n")
    assert [problem.code for problem in problems if not problem.warning] == ([code] if code else [])
    assert all(say in words(problem, "en") for problem in problems if problem.code == code)


def test_the_day_that_a_spreadsheet_keeps_is_no_year(tmp_path):
    """46022 days after 30 December 1899 is 31 December 2025."""
    tables = {**tiny_tables(), "terms_of_office": "office,last_year\nGubernur,46022\n"}
    _, problems = read_case(write_case(tmp_path, tables))
    assert codes(problems) == [("day_for_year", 2, "last_year")]
    assert "2025-12-31. Write the year: 2025" in words(problems[0], "en")


@pytest.mark.parametrize(
    ("table", "found"),
    [("office,last_year\n", "terms_unsaid"), ("office,last_year\nGubernur,2025\n", "term_over"),
     ("office,last_year\nGubernur,2027\n", None)],
)  # fmt: skip
def test_terms_that_limit_nothing_or_all_are_told(tmp_path, table, found):
    problems = problems_of(tmp_path, "terms_of_office: true", terms_of_office=table)
    assert [problem.code for problem in problems] == ([found] if found else [])


@pytest.mark.parametrize(
    ("table", "strategic", "found"),
    [
        ("Gubernur,,2030\nBupati,34.10,2030\n", "", {}),
        ("Gubernur,,2030\n", "", {"term_missing": ["P01"]}),
        ("Bupati,34.10,2030\n", "", {"term_missing_own": ["P02"]}),
        ("Bupati,34.10,2030\n", "P02", {}),
    ],
)
def test_a_government_that_builds_over_years_without_a_term_is_told(tmp_path, table, strategic, found):
    """34.10 builds its part of P01 in two years, the province P02; what is strategic is exempt."""
    costs = "program,region,kind,offset,amount\nP03,,build,0,1\n" + "".join(
        f"{program},{region},build,{offset},1\n"
        for program, region in (("P01", "34.10"), ("P02", ""))
        for offset in (0, 1)
    )
    tables = tiny_tables()
    head, *lines = tables["programs"].splitlines()
    programs = "\n".join([f"{head},strategic", *(f"{line},{line[:3] == strategic}" for line in lines)]) + "\n"
    problems = problems_of(
        tmp_path,
        "terms_of_office: true",
        terms_of_office=f"office,region,last_year\n{table}",
        program_costs=costs,
        programs=programs,
    )
    assert all(problem.warning for problem in problems)
    told = {problem.code: problem.values["programs"] for problem in problems if "term" in problem.code}
    assert told == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("P01,eng,d,,build,5\n", []),
        ("P01,eng,d,,build,6\nP01,eng,d,,trains,9\n", ["staff_never_enough"]),
        ("P01,eng,d,,build,6\nP02,eng,d,,trains,1\n", []),
        ("P01,eng,d,,build,3\nP01,eng,d,34.10,build,3\n", ["staff_never_region"]),
        ("P01,eng,d,,run,6\n", ["staff_never_runs"]),
        ("P01,eng,d,,run,6\nP01,eng,d,,trains,1\n", []),
    ],
)
def test_staff_that_can_never_be_there(tmp_path, rows, found):
    """Five people: who is trained by a programme itself is there while it runs, not while it is built."""
    problems = problems_of(
        tmp_path,
        agencies="agency,name\nd,Dinas\n",
        staff_kinds="staff_kind,name_id\neng,Teknik\n",
        agency_staff="agency,staff_kind,people\nd,eng,5\n",
        program_staff="program,staff_kind,agency,region,phase,people\n" + rows,
    )
    assert [problem.code for problem in problems] == found


def test_a_percentage_of_an_output_in_percent_is_its_number(tmp_path):
    tables = {
        **tiny_tables(),
        "program_outputs": "program,offset,indicator,unit,target\nP01,0,Lulus,persen,90%\n",
        "realised_outputs": "program,year,indicator,unit,planned,amount\nP01,2025,Lulus,persen,90%,85.5 %\n",
    }
    case, problems = read_case(write_case(tmp_path, tables))
    assert problems == ()
    assert case.realised_outputs[["planned", "amount"]].to_numpy().tolist() == [[90.0, 85.5]]
