"""What a planner is told about bad tables and settings, before anything is solved."""

from __future__ import annotations

from jspmodel.errors import ScenarioError
from jspmodel.intake import check, load_scenario, read_case
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


def csv_programs(columns, *lines):
    """P01 and P02 joint, P03 of the province, with more columns."""
    plain = ("P01,A,1,joint", "P02,B,2,joint", "P03,C,1,province")
    rest = [line for line in plain if line[:3] not in {given[:3] for given in lines}]
    blanks = "," * len(columns.split(","))
    text = [f"program,name_id,duration,scope,{columns}", *lines, *(line + blanks for line in rest)]
    return {"programs": "\n".join(text) + "\n"}


SYSTEMS = {"systems": "system,name\nS1,Lama\n"}

AGENCIES = "agency,name,max_parallel\ng,Dinas,{}\n"
