"""A case at a glance: counts by hand on the tiny case, and what a bare one is told to add."""

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.errors import Problem
from jspmodel.figures import by_importance, coverage, data_coverage, default_dependence, missing
from jspmodel.intake import load_case
from jspmodel.scenario import Scenario
from tiny import tiny_tables, write_case


@pytest.fixture
def case(tmp_path):
    """The tiny case without the severity of waste in 34.10, and with the effect of P03 on both issues."""
    tables = tiny_tables()
    tables["issue_regions"] = tables["issue_regions"].replace("waste,34.10,1\n", "")
    tables["program_effects"] += "P03,waste,0.1,,,\n"
    return load_case(write_case(tmp_path / "tiny", tables))


def test_coverage_by_issue(case):
    assert coverage(case, "en").rows == (
        ("poverty Poverty", "1", "2 of 2", "2"),
        ("waste Waste", "0", "1 of 2", "2"),
    )


def test_where_gaps_are_measured_judged_or_unknown(case):
    table = data_coverage(case, "en")
    assert table.columns == ("Issue", "Timur", "Barat")
    assert table.rows == (("poverty Poverty", "●", "●"), ("waste Waste", "○", "·"))


def test_what_a_full_case_still_lacks(case):
    assert [text.split(":")[0] for text in missing(case, "en")] == ["Agencies (agencies)"]


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"program_effects": None}, "Effects of programmes (program_effects) or scores"),
        (
            {"program_effects": None, "programs": ("duration,scope", "duration,score,scope")},
            "Effects of programmes (program_effects): without",
        ),
        (
            {"program_effects": ("P03,poverty,,,,low\n", "")},
            "Effects of 1 of 3 programmes, which now count as closing no gap: P03.",
        ),
        ({"regions": ("population", "area_km2")}, "Population"),
        ({"borders": None}, "Borders"),
        ({"program_effects": ("0.2,0.1,0.3", "0.2,,")}, "Ranges"),
    ],
)
def test_what_is_missing(tmp_path, change, start):
    tables = tiny_tables()
    for table, edit in change.items():
        if edit is None:
            del tables[table]
        else:
            assert edit[0] in tables[table]
            tables[table] = tables[table].replace(*edit)
    if "score" in tables["programs"]:
        tables["programs"] = tables["programs"].replace(",1,", ",1,50,").replace(",2,joint", ",2,40,joint")
    case = load_case(write_case(tmp_path / "tiny", tables))
    assert any(text.startswith(start) for text in missing(case, "en")), missing(case, "en")


def test_check_shows_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "tiny", tiny_tables())
    answer = CliRunner().invoke(app, ["check", "tiny", "--language", "en"])
    assert answer.exit_code == 0, answer.output
    assert "Missing to get further:\n  - Agencies" in answer.stdout
    assert "2 of 2" in answer.stdout
    assert "What is done, in which order: 2 of 3 effects are levels" in answer.stdout


def test_warnings_that_change_the_answer_come_before_those_that_do_not():
    told = [
        Problem(code, warning=True) for code in ("illustrative", "sheet_unknown", "gap_unknown", "no_effect")
    ]
    told += [Problem("never_heard_of", warning=True)]
    ordered = [(name, [problem.code for problem in found]) for name, found in by_importance(told)]
    assert ordered == [
        ("unread", ["sheet_unknown"]),
        ("answer", ["gap_unknown", "no_effect"]),
        ("other", ["never_heard_of"]),
        ("certainty", ["illustrative"]),
    ]


def test_every_default_that_counts_is_told_with_its_rows(case):
    """By hand: of three effects with a level or a number, all severities by one person, no windows, no risks."""
    told = {
        item.default: (item.answer, item.count, item.of)
        for item in default_dependence(case, Scenario(), "en")
    }
    assert told == {
        "level": ("what", 2, 4),
        "range": ("sure", 1, 4),
        "gap": ("where", 1, 4),
        "judged": ("where", 1, 1),
        "participants": ("where", 1, 2),  # P02 has a least volume
        "window": ("when", 3, 3),
        "budget": ("when", 2, 6),  # danais in 2028 and 2029
        "run": ("cost", 2, 3),
        "certainty": ("payer", 2, 2),
        "no_risk": ("sure", 3, 3),
    }


@pytest.mark.parametrize(
    ("budgets", "settings", "expected"),
    [
        ("apbd,2027,4\napbd,2028,4\ndanais,2027,1\ndanais,2028,0\n", {}, None),  # a written 0 is an answer
        ("apbd,2027,4\napbd,2030,4\ndanais,2028,1\n", {}, ("apbd 2028", "danais 2027, 2030")),
        ("apbd,2028,4\ndanais,2027,1\ndanais,2028,1\n", {"first_year": 2028}, None),
        ("apbd,2027,4\napbd,2028,4\napbd,2029,4\n", {}, None),  # danais has none at all: told as a fund
        ("apbd,2026,4\napbd,2027,4\napbd,2028,4\ndanais,2026,1\n", {}, ("danais 2027–2028",)),
    ],
)
def test_years_without_a_budget_are_told_with_their_fund(tmp_path, budgets, settings, expected):
    tables = tiny_tables() | {"fund_budgets": "fund,year,amount\n" + budgets}
    case = load_case(write_case(tmp_path / "tiny", tables))
    told = {item.default: item.examples for item in default_dependence(case, Scenario(**settings), "en")}
    assert told.get("budget") == expected


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ((), ("P01", "P02")),
        (
            (
                (
                    "programs",
                    "P02,Pengolahan sampah,living,2,joint,",
                    "P02,Pengolahan sampah,living,2,joint,2",
                ),
            ),
            ("P01",),
        ),
        ((("program_regions", "P01,34.01,", "P01,34.01,ya"),), ("P02",)),
        ((("program_regions", "P01,34.10,\n", ""), ("program_costs", "P01,34.10,build,0,1\n", "")), ("P02",)),
    ],
)
def test_who_takes_part_is_told_where_the_case_does_not_say_it(tmp_path, edits, expected):
    """Not of P02 with at least so many regions, nor of P01 with one that must take part, or one in all."""
    tables = tiny_tables() | {
        "program_regions": "program,region,mandatory\nP01,34.01,\nP01,34.10,\nP02,34.01,\nP02,34.10,\n"
    }
    tables["programs"] = (
        tables["programs"].replace("min_volume", "min_regions").replace("joint,10,", "joint,,")
    )
    for table, old, new in edits:
        assert old in tables[table]
        tables[table] = tables[table].replace(old, new)
    case = load_case(write_case(tmp_path / "tiny", tables))
    told = {item.default: item.examples for item in default_dependence(case, Scenario(), "en")}
    assert told["participants"] == expected


def test_a_total_spread_over_years_is_one_row_of_costs(tmp_path):
    """As the planner wrote it: P02's 6 in two even years beside five other rows less its two."""
    tables = tiny_tables()
    costs = tables["program_costs"].replace("offset,amount", "offset,amount,profile")
    costs = costs.replace("P02,,build,0,3\n", "P02,,build,,6,merata\n").replace("P02,,build,1,3\n", "")
    tables["program_costs"] = costs
    case = load_case(write_case(tmp_path / "tiny", tables))
    told = {item.default: item for item in default_dependence(case, Scenario(), "en")}
    assert (told["profile"].count, told["profile"].of, told["profile"].examples) == (1, 5, ("P02",))


def test_effects_do_not_matter_to_scores(case):
    told = {item.default for item in default_dependence(case, Scenario(objective="score"), "en")}
    assert not told & {"level", "range", "gap", "judged"}


def test_the_page_escapes_what_the_tables_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tables = tiny_tables()
    tables["issues"] = tables["issues"].replace("Kemiskinan,Poverty", "Kemiskinan,<script>alert(1)</script>")
    write_case(tmp_path / "tiny", tables)
    call = ["check", "tiny", "--html", "picture.html", "--language", "en"]
    assert CliRunner().invoke(app, call).exit_code == 0
    page = (tmp_path / "picture.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "2 of 3 effects are levels" in page
    assert CliRunner().invoke(app, call).exit_code == 2
