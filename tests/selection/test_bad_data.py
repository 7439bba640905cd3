"""What bad data each family of constraints may get, and what the planner is told before anything is solved."""

from __future__ import annotations

import pytest

from jspmodel.errors import ScenarioError
from jspmodel.intake import check, load_scenario, read_case
from jspmodel.text.problems import words
from tiny import tiny_tables, write_case


def told(folder, tables, scenario):
    """All problems of the tables, or else of the scenario in its case."""
    write_case(folder, {**tiny_tables(), **tables}, scenario)
    case, problems = read_case(folder)
    if case is None:
        return problems
    try:
        return problems + check(case, load_scenario(folder))
    except ScenarioError as error:
        return error.problems


def edited(table, old, new):
    text = tiny_tables()[table]
    assert text.count(old) == 1
    return {table: text.replace(old, new)}


def programs(columns, *lines):
    """P01 and P02 joint, P03 of the province, with more columns."""
    plain = ("P01,A,1,joint", "P02,B,2,joint", "P03,C,1,province")
    rest = [line for line in plain if line[:3] not in {given[:3] for given in lines}]
    blanks = "," * len(columns.split(","))
    text = [f"program,name_id,duration,scope,{columns}", *lines, *(line + blanks for line in rest)]
    return {"programs": "\n".join(text) + "\n"}


SYSTEMS = {"systems": "system,name\nS1,Lama\n"}
AGENCIES = "agency,name,max_parallel\ng,Dinas,{}\n"
DIMENSION = "dimension,name_id\nliving,Kehidupan\n"

BAD = {
    "start_once": [
        (programs("first_start,last_start", "P01,A,1,joint,2029,2028"), "", "window_reversed", "last_start"),
        (programs("first_start", "P02,B,2,joint,2029"), "", "no_start_fits", "first_start"),
        (programs("first_start", "P01,A,1,joint,soon"), "", "not_a_number", "first_start"),
    ],
    "join_what_starts": [
        (edited("program_regions", "P01,34.10", "P01,34.11"), "", "unknown_code", "region"),
        (edited("program_regions", "P01,34.10", "P01,34.01"), "", "duplicate_key", "program, region"),
        (programs("score", "P03,C,1,joint,1"), "", "concerns_nobody", "program"),
    ],
    "province_scope": [(programs("score", "P03,C,1,all,1"), "", "not_in_list", "scope")],
    "mandatory_regions": [
        ({"program_regions": "program,region,mandatory\nP01,34.01,always\nP01,34.10,\nP02,34.01,\nP02,34.10,\n"}, "",
         "not_yes_no", "mandatory"),
    ],
    "min_regions": [
        (programs("min_regions", "P01,A,1,joint,3"), "", "too_few_regions", "min_regions"),
        (programs("min_regions", "P01,A,1,joint,1.5"), "", "not_whole", "min_regions"),
    ],
    "coalition_volume": [
        (edited("programs", "joint,10,", "joint,12.5,"), "", "too_little_volume", "min_volume"),
        (edited("program_regions", "P02,34.10,4,3,5", "P02,34.10,-4,,"), "", "negative", "volume"),
    ],
    "maturity": [
        (programs("required_maturity", "P01,A,1,joint,7"), "", "out_of_range", "required_maturity"),
        ({"regions": "region,name,population,maturity\n34.01,T,1,1\n34.10,B,1,1\n"}
         | programs("required_maturity", "P01,A,1,joint,3"), "", "never_mature", "required_maturity"),
    ],
    "locked_in": [
        ({}, "locked_in: [P9]", "unknown_code", "locked_in"),
        ({}, "locked_in: [{program: P02, start: 2029}]", "lock_cannot_start", "locked_in.start"),
        ({}, "locked_in: [P01]\nlocked_out: [P01]", "locked_in_and_out", "locked_out"),
    ],
    "requires": [
        (edited("program_links", "P02,P03,requires,", "P02,P02,requires,"), "", "link_to_itself", "other"),
        (edited("program_links", "P01,P03,complements,0.5", "P03,P02,requires,"), "", "cycle", "other"),
        ({}, "locked_out: [P03]", "never_ready", "other"),
    ],
    "excludes": [
        (edited("program_links", "P01,P03,complements,0.5", "P03,P02,excludes,"), "", "requires_and_excludes", "kind"),
    ],
    "max_parallel": [
        ({"agencies": AGENCIES.format("0")}, "", "out_of_range", "max_parallel"),
        ({"agencies": AGENCIES.format("1.5")}, "", "not_whole", "max_parallel"),
        ({"agencies": AGENCIES.format("1")} | programs("agency", "P01,A,1,joint,h"), "", "unknown_code", "agency"),
    ],
    "quick_wins": [
        (programs("quick_win", "P02,B,2,joint,yes"), "", "slow_quick_win", "quick_win"),
        ({}, "min_quick_wins: -1", "setting_low", "min_quick_wins"),
    ],
    "programs_per_dimension": [
        (programs("dimension", "P01,A,1,joint,life"), "", "unknown_code", "dimension"),
        ({}, "min_programs_per_dimension: 1.5", "setting_whole", "min_programs_per_dimension"),
    ],
    "new_systems": [
        (programs("new_systems", "P01,A,1,joint,-1"), "", "negative", "new_systems"),
        ({}, "no_new_systems: maybe", "setting_yes_no", "no_new_systems"),
    ],
    "retirements": [
        (SYSTEMS | {"program_systems": "program,system,action\nP01,S2,retires\n"}, "", "unknown_code", "system"),
        (SYSTEMS | {"program_systems": "program,system,action\nP01,S1,stops\n"}, "", "not_in_list", "action"),
    ],
    "costs_paid": [
        (edited("program_costs", "P03,,build,0,2\n", ""), "", "no_cost", "program"),
        (edited("program_costs", "P03,,build,0,2", "P03,,build,,2"), "", "offset_missing", "offset"),
        (edited("program_costs", "P03,,build,0,2", "P03,,build,0,-2"), "", "negative", "amount"),
        (edited("program_costs", "P02,,build,1,3", "P02,,build,1,9"), "", "never_payable", "amount"),
    ],
    "fund_budgets": [
        (edited("fund_budgets", "apbd,2027,4", "apbd,2027,-4"), "", "negative", "amount"),
        (edited("fund_budgets", "danais,2027,1\n", ""), "", "fund_without_budget", "fund"),
        (edited("fund_budgets", "danais,2027", "danis,2027"), "", "unknown_code", "fund"),
    ],
    "fund_shares": [
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,,50"), "", "out_of_range", "max_share"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,living,0.5"), "", "rule_names_both",
         "program, dimension"),
        (edited("fund_rules", "danais,P01,,0.5", "danais,P01,,0"), "", "fund_pays_nothing", "fund"),
    ],
    "region_funds": [
        ({"funds": "fund,name_id,holder\napbd,APBD,34.1\ndanais,Dana,\n"}, "", "code_as_number", "holder"),
        (edited("program_costs", "P01,34.10,build", "P03,34.99,build"), "", "unknown_code", "region"),
    ],
    "partners": [
        (edited("borders", "34.01,34.10", "34.01,34.01"), "", "border_with_itself", "region_b"),
        ({}, "collaboration: {strength: -0.1}", "setting_low", "collaboration.strength"),
    ],
    "complements": [
        (edited("program_links", "complements,0.5", "complements,"), "", "complement_without_value", "value"),
        (edited("program_links", "complements,0.5", "complements,-0.5"), "", "negative", "value"),
    ],
    "delivered_effects": [
        (edited("program_effects", "P01,poverty,0.2,0.1,0.3,", "P01,poverty,1.2,,,"), "", "out_of_range", "effect"),
        (edited("program_effects", "P01,poverty,0.2,0.1,0.3,", "P01,poverty,,,,"), "", "effect_missing", "effect"),
        ({}, "diminishing_returns: [[0.4, 0.5], [0.4, 1.0]]", "slopes_rise", "diminishing_returns"),
    ],
    "worst_off": [
        ({}, "equity: {mode: floor, floor: 1.5}", "setting_high", "equity.floor"),
        ({}, "objective: score\nequity: {mode: floor}", "equity_with_score", "equity.mode"),
    ],
    "year_budgets": [({}, "last_year: 2031", "years_without_budget", "last_year")],
}  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "scenario", "code", "column"),
    [pytest.param(*case, id=f"{family}-{case[2]}") for family, cases in BAD.items() for case in cases],
)
def test_bad_data_is_told_with_its_place(tmp_path, tables, scenario, code, column):
    problems = told(tmp_path / "tiny", tables, scenario)
    (problem,) = [problem for problem in problems if problem.code == code]
    assert problem.column == column
    assert problem.file
    assert words(problem, "id") != words(problem, "en")
