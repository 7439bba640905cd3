"""The schemas as a standard: frictionless reads them, and judges tables as we do."""

from __future__ import annotations

from itertools import product

import pytest
from frictionless import Package, Resource, Schema

from jspmodel.case import TABLES
from jspmodel.intake import read_case, shipped
from jspmodel.intake.schemas import column_types, schema
from tiny import tiny_tables, write_case

ODD_CELLS = ["", "x", "-1", "0.5", "1.5", "7", "34.1", "P01", "true", "2027", "joint", "run"]
BY_SCHEMA = {
    *(
        "blank_cell",
        "not_a_number",
        "not_whole",
        "not_yes_no",
        "not_a_date",
        "not_in_list",
        "negative",
    ),
    *("out_of_range", "share_in_percent", "day_for_year", "duplicate_key", "unknown_code", "code_as_number"),
}


def places(folder):
    """Return where frictionless finds a problem: table and row."""
    schemas = {table: schema(table) for table in TABLES}
    files = {table: folder / f"{table}.csv" for table in TABLES if (folder / f"{table}.csv").exists()}
    resources = [
        Resource(
            name=table,
            data=[line.split(",") for line in file.read_text(encoding="utf-8").splitlines()],
            schema=Schema.from_descriptor(present(schemas[table], file)),
        )
        for table, file in files.items()
    ]
    report = Package(resources=resources).validate()
    return {(task.name, error.row_number) for task in report.tasks for error in task.errors}


def present(whole, file):
    """Return the part of a schema about the columns that a file has."""
    columns = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    fields = {field["name"]: field for field in whole["fields"]}
    boolean = {"trueValues": ["true", "ya", "1"], "falseValues": ["false", "tidak", "0"]}
    return {
        "fields": [
            {**fields[name], **(boolean if fields[name]["type"] == "boolean" else {})} for name in columns
        ],
        "primaryKey": [name for name in whole["primaryKey"] if name in columns],
        "foreignKeys": [key for key in whole.get("foreignKeys", []) if set(key["fields"]) <= set(columns)],
    }


@pytest.mark.parametrize("table", ["programs", "program_costs", "program_links", "fund_budgets", "regions"])
def test_frictionless_finds_the_same_rows(tmp_path, table):
    tables = tiny_tables()
    heading, first, *rest = tables[table].splitlines()
    odd = []
    for place, cell in product(range(heading.count(",") + 1), ODD_CELLS):
        cells = first.split(",")
        cells[place] = cell
        odd.append(",".join(cells))
    tables[table] = "\n".join([heading, first, *rest, *odd]) + "\n"
    folder = write_case(tmp_path, tables)
    ours = {
        (problem.file.removesuffix(".csv"), problem.row)
        for problem in read_case(folder)[1]
        if problem.code in BY_SCHEMA
    }
    assert ours == places(folder)
    assert len(ours) > len(odd) / 2


def test_every_schema_is_valid_and_has_headings_in_both_languages():
    for table in TABLES:
        assert Schema.from_descriptor(schema(table)).field_names == list(column_types(table))
        assert all(field["title"] and field["title_en"] for field in schema(table)["fields"])


def test_every_reference_leads_to_a_key():
    for key in [key for table in TABLES for key in schema(table).get("foreignKeys", [])]:
        assert schema(key["reference"]["resource"])["primaryKey"] == key["reference"]["fields"]


def test_money_says_its_unit():
    for table, column in [
        ("program_costs", "amount"),
        ("fund_budgets", "amount"),
        ("systems", "yearly_cost"),
    ]:
        (field,) = [field for field in schema(table)["fields"] if field["name"] == column]
        assert (field["unit"], field["unit_en"]) == ("miliar rupiah", "Rp billion")


def test_frictionless_accepts_the_shipped_case():
    folder = shipped("data") / "diy"
    resources = [
        Resource(path=f"{table}.csv", basepath=str(folder), name=table)
        for table in TABLES
        if (folder / f"{table}.csv").exists()
    ]
    for resource in resources:
        resource.infer()
        resource.schema = Schema.from_descriptor(columns_of(resource))
    report = Package(resources=resources).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


def columns_of(resource):
    whole = schema(resource.name)
    fields = {field["name"]: field for field in whole["fields"]}
    keys = [key for key in whole.get("foreignKeys", []) if set(key["fields"]) <= set(resource.header)]
    key = [name for name in whole["primaryKey"] if name in resource.header]
    return {"fields": [fields[name] for name in resource.header], "primaryKey": key, "foreignKeys": keys}
