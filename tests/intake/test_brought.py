"""A plan that somebody brings, read from a table."""

import pytest

from jspmodel.errors import DataError
from jspmodel.intake import load_case, load_choices
from jspmodel.plan import Choice


@pytest.fixture
def read(tiny_folder, tmp_path):
    case = load_case(tiny_folder)

    def reading(text):
        file = tmp_path / "bargained.csv"
        file.write_text(text, encoding="utf-8")
        return load_choices(file, case)

    return reading


def places(error):
    return [(problem.code, problem.row, problem.column) for problem in error.value.problems]


def test_programmes_years_and_regions(read):
    assert read("program,start,regions\nP02,2027,34.01 34.10\nP01,2028,34.10\n") == (
        Choice(program="P02", start=2027, regions=("34.01", "34.10")),
        Choice(program="P01", start=2028, regions=("34.10",)),
    )


def test_semicolons_and_no_regions_mean_all_that_may(read):
    assert read("Program;Start;Regions\nP03;2027;\nP01;2028;34.01, 34.10\n") == (
        Choice(program="P03", start=2027, regions=("34.01", "34.10")),
        Choice(program="P01", start=2028, regions=("34.01", "34.10")),
    )


def test_names_do_as_well_as_codes(read):
    assert read('program,start,regions\nPengolahan sampah,2027,"Timur, Barat"\nP01,2028,barat\n') == (
        Choice(program="P02", start=2027, regions=("34.01", "34.10")),
        Choice(program="P01", start=2028, regions=("34.10",)),
    )


def test_all_problems_at_once_with_their_places(read):
    with pytest.raises(DataError) as caught:
        read("program,start,regions\nP1,2027,\nP01,soon,34.1\nP02,2027,\nP02,2028,\n")
    assert sorted(places(caught)) == [
        ("code_as_number", 3, "regions"),
        ("duplicate_key", 5, "program"),
        ("not_a_number", 3, "start"),
        ("unknown_code", 2, "program"),
    ]


def test_a_missing_column_is_named(read):
    with pytest.raises(DataError) as caught:
        read("program,regions\nP01,34.01\n")
    assert ("missing_column", 1, "start") in places(caught)
