"""Problems in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jspmodel.errors import Problem
from jspmodel.text import listing, money, words

NEGATIVE = Problem("negative", "funds.csv", 7, "amount", {"value": "-3"})
ODD = Problem("unknown_column", "funds.csv", 1, "amuont", {"nearest": "amount"}, warning=True)
CODE = Problem(
    "unknown_code", "programs.csv", 2, "agency", {"value": "X", "table": "agencies.csv", "nearest": ""}
)
GENERAL = Problem("illustrative", values={"count": 2, "of": 3, "tables": ["a.csv", "b.csv"]}, warning=True)


def test_a_problem_in_both_languages():
    assert words(NEGATIVE, "id") == 'baris 7, kolom amount: "-3" negatif. Tulis 0 atau lebih.'
    assert words(NEGATIVE, "en") == 'row 7, column amount: "-3" is negative. Write 0 or more.'


def test_the_nearest_is_asked_for_where_there_is_one():
    assert words(ODD, "en").endswith("was not read. Did you mean amount?")
    assert "Did you mean" not in words(CODE, "en")


def test_numbers_follow_the_language_and_years_stay():
    weights = Problem("weights_sum", "criteria.csv", None, "weight", {"total": 1095.5})
    assert "1.095,5" in words(weights, "id")
    assert "1,095.5" in words(weights, "en")
    year = Problem(
        "year_outside", "x.yaml", None, "closed_years", {"year": 2032, "first": 2027, "last": 2031}
    )
    assert "2032" in words(year, "id")


def test_errors_come_before_warnings_and_files_together():
    assert listing([ODD, NEGATIVE, GENERAL, CODE], "en").splitlines() == [
        "funds.csv",
        f"  - {words(NEGATIVE, 'en')}",
        "programs.csv",
        f"  - {words(CODE, 'en')}",
        "",
        "Warnings:",
        "funds.csv",
        f"  - {words(ODD, 'en')}",
        "General",
        "  - 2 of 3 tables with a data status hold illustrative figures only: a.csv, b.csv.",
    ]


def test_problems_of_a_file_come_in_the_order_of_its_rows():
    found = [replace(NEGATIVE, row=row) for row in (7, 3, 12)]
    lines = listing([replace(CODE, file="funds.csv", row=5), *found], "en").splitlines()
    assert [line[4:].split(",")[0] for line in lines[1:]] == ["row 3", "row 5", "row 7", "row 12"]


def test_many_alike_are_cut_short():
    many = [
        Problem(code, "funds.csv", row, "amount", {"value": row})
        for row in range(2, 102)
        for code in ("negative", "not_a_number")
    ]
    lines = listing([*many, CODE], "id").splitlines()
    assert len(lines) == 1 + 2 * 11 + 2
    assert lines[20:23] == [
        "  - kolom amount: dan 90 masalah serupa",
        f"  - {words(many[19], 'id')}",
        "  - kolom amount: dan 90 masalah serupa",
    ]


def test_the_language_of_a_listing_is_that_of_messages(monkeypatch):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    assert listing([NEGATIVE]) == listing([NEGATIVE], "en")


def test_places_in_values_are_not_filled():
    odd = Problem("negative", "{row}", 7, "{value}", {"value": "{file}"})
    assert words(odd, "en") == 'row 7, column {value}: "{file}" is negative. Write 0 or more.'


def test_what_comes_from_files_cannot_move_the_cursor():
    shown = words(Problem("negative", "a\x1b[31m", 1, "b\nc", {"value": "\u202e" + "9" * 500}), "en")
    assert shown.isprintable()
    assert len(shown) < 200


def test_a_code_without_wording_is_an_error():
    with pytest.raises(KeyError):
        words(Problem("no_such_problem"), "id")


def test_of_a_long_path_the_end_is_told_which_names_the_file():
    told = listing([Problem("not_a_run", "/home/" + "a" * 200 + "/plan.json", values={"detail": "no"})], "en")
    for line in told.splitlines():
        path = line.removeprefix("  - ").split(" ")[0]
        assert path == "…" + ("a" * 200 + "/plan.json")[-79:]


@pytest.mark.parametrize(
    ("billions", "indonesian", "english"),
    [
        (0, "Rp0 miliar", "Rp 0 billion"),
        (-4e-7, "Rp0 miliar", "Rp 0 billion"),
        (0.000001, "Rp0,001 juta", "Rp 0.001 million"),
        (0.0125, "Rp12,5 juta", "Rp 12.5 million"),
        (0.05, "Rp50 juta", "Rp 50 million"),
        (0.0500004, "Rp50 juta", "Rp 50 million"),
        (-0.04, "Rp-40 juta", "Rp -40 million"),
        (0.051, "Rp0,1 miliar", "Rp 0.1 billion"),
        (0.9999999, "Rp1 miliar", "Rp 1 billion"),
        (999.4, "Rp999 miliar", "Rp 999 billion"),
        (1000, "Rp1,00 triliun", "Rp 1.00 trillion"),
    ],
)
def test_money_that_is_something_is_never_told_as_nothing(billions, indonesian, english):
    told = {
        language: money(billions, language).replace("\N{NO-BREAK SPACE}", " ") for language in ("id", "en")
    }
    assert told == {"id": indonesian, "en": english}
