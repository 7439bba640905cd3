"""Files as planners' programs write them."""

from __future__ import annotations

import pytest

from jspmodel.intake import read_case
from jspmodel.text import words
from tiny import tiny_tables, write_case


def with_bytes(tmp_path, table, data, tables=None):
    folder = write_case(tmp_path / "tiny", tables or tiny_tables())
    (folder / f"{table}.csv").write_bytes(data)
    return read_case(folder)


def only_error(problems):
    (problem,) = problems
    assert not problem.warning
    assert words(problem, "id") != words(problem, "en")
    return problem.code, problem.file, problem.row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_are_certain(tmp_path, encoding):
    mark = {"utf-16-le": "\N{BOM}", "utf-16-be": "\N{BOM}"}.get(encoding, "")
    text = mark + tiny_tables()["funds"].replace("APBD provinsi", "Dana “ayó”")
    case, problems = with_bytes(tmp_path, "funds", text.encode(encoding))
    assert problems == ()
    assert case.funds["name_id"].tolist() == ["Dana “ayó”", "Dana keistimewaan"]


@pytest.mark.parametrize(("encoding", "row"), [("cp1252", 3), ("utf-16-le", None), ("utf-16-be", None)])
def test_encodings_that_are_not(tmp_path, encoding, row):
    text = tiny_tables()["funds"].replace(
        "keistimewaan", "“istimewa”" if encoding == "cp1252" else "istimewa"
    )
    case, problems = with_bytes(tmp_path, "funds", text.encode(encoding))
    assert case is None
    assert only_error(problems) == ("wrong_encoding", "funds.csv", row)


def test_a_workbook_with_the_wrong_ending(tmp_path):
    problems = with_bytes(tmp_path, "funds", b"PK\x03\x04rest")[1]
    assert only_error(problems) == ("is_workbook", "funds.csv", None)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path, data):
    assert only_error(with_bytes(tmp_path, "funds", data)[1]) == ("empty_file", "funds.csv", None)


def test_a_file_without_any_known_heading(tmp_path):
    problems = with_bytes(tmp_path, "funds", b"\napbd,APBD provinsi,\n")[1]
    assert only_error(problems) == ("no_headings", "funds.csv", 2)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_decimal_commas(tmp_path, delimiter):
    tables = tiny_tables()
    text = tables["program_costs"].replace(",", delimiter).replace("0.5", "0,5")
    case, problems = with_bytes(tmp_path, "program_costs", text.encode())
    assert problems == ()
    assert case.program_costs["amount"].tolist() == [2, 1, 3, 3, 0.5, 2]
    assert case.program_costs["region"].tolist() == ["34.01", "34.10", "", "", "34.01", ""]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.250", "ambiguous_number"),
        ("1.250,5", "thousands"),
        ("1.250.000", "thousands"),
        ("Rp1.250", "currency"),
    ],
)
def test_numbers_with_semicolons_that_are_not_certain(tmp_path, cell, code):
    text = tiny_tables()["program_costs"].replace(",", ";").replace("0.5", cell)
    problems = with_bytes(tmp_path, "program_costs", text.encode())[1]
    assert only_error(problems) == (code, "program_costs.csv", 6)


def test_a_code_that_became_a_number_with_a_decimal_comma(tmp_path):
    text = tiny_tables()["program_costs"].replace(",", ";").replace("34.10", "34,1")
    problems = with_bytes(tmp_path, "program_costs", text.encode())[1]
    assert only_error(problems) == ("code_as_number", "program_costs.csv", 3)
    assert problems[0].values["nearest"] == "34.10 Barat"


def test_blank_rows_and_lines_in_cells_leave_row_numbers_true(tmp_path):
    text = '\nfund,name_id\n\n,\napbd,"APBD\nprovinsi"\ndanais,Dana,lebih\n'
    problems = with_bytes(tmp_path, "funds", text.encode())[1]
    assert only_error(problems) == ("too_many_cells", "funds.csv", 6)
    assert problems[0].values == {"cells": 3, "headings": 2}


def test_headings_in_other_letters_and_order_and_line_ends(tmp_path):
    text = ' NAME_ID , "Fund" ,Name en\r\nAPBD,apbd,Budget\r\nDana,danais\r\n'
    case, problems = with_bytes(tmp_path, "funds", text.encode())
    assert problems == ()
    assert case.funds["fund"].tolist() == ["apbd", "danais"]
    assert case.funds["name_en"].tolist() == ["Budget", ""]


def test_a_heading_that_is_there_twice(tmp_path):
    problems = with_bytes(tmp_path, "funds", b"fund,name_id,Fund\napbd,APBD,x\ndanais,Dana,y\n")[1]
    assert only_error(problems) == ("duplicate_column", "funds.csv", 1)


def test_formulas_are_just_text(tmp_path):
    text = tiny_tables()["funds"].replace("APBD provinsi", "=1+1")
    case, problems = with_bytes(tmp_path, "funds", text.encode())
    assert problems == ()
    assert case.funds.loc[0, "name_id"] == "=1+1"


@pytest.mark.parametrize(
    ("cell", "value"),
    [("true", True), ("YA", True), ("yes", True), ("1", True), ("", False), ("Tidak", False), ("0", False)],
)
def test_yes_and_no(tmp_path, cell, value):
    text = tiny_tables()["programs"].replace("joint,,ya", f"joint,,{cell}")
    case, problems = with_bytes(tmp_path, "programs", text.encode())
    assert problems == ()
    assert bool(case.programs.loc[0, "quick_win"]) is value


@pytest.mark.parametrize(("cell", "value"), [("2027.0", 2027), ("2.027e3", 2027), ("+2027", 2027)])
def test_whole_numbers_as_programs_write_them(tmp_path, cell, value):
    text = tiny_tables()["fund_budgets"].replace("danais,2027", f"danais,{cell}")
    case, problems = with_bytes(tmp_path, "fund_budgets", text.encode())
    assert problems == ()
    assert case.fund_budgets.loc[3, "year"] == value


def test_control_characters_do_not_reach_the_terminal(tmp_path):
    text = tiny_tables()["fund_budgets"].replace("danais,2027,1", "danais,2027,\x1b[2J\x07" + "9" * 400 + "x")
    problems = with_bytes(tmp_path, "fund_budgets", text.encode())[1]
    shown = words(problems[0], "id")
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert len(shown) < 250
