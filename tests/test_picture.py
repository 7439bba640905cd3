"""A case at a glance: counts by hand on the tiny case, and what a bare one is told to add."""

import pytest
from rich.console import Console
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.commands.picture import coverage_table, missing
from jspmodel.intake import load_case
from tiny import tiny_tables, write_case


@pytest.fixture
def case(tmp_path):
    """The tiny case without the severity of waste in 34.10, and with the effect of P03 on both issues."""
    tables = tiny_tables()
    tables["issue_regions"] = tables["issue_regions"].replace("waste,34.10,1\n", "")
    tables["program_effects"] += "P03,waste,0.1,,,\n"
    return load_case(write_case(tmp_path / "tiny", tables))


def test_coverage_by_issue(case):
    console = Console(width=200, record=True)
    console.print(coverage_table(case, "en"))
    lines = [
        [cell.strip() for cell in line.split("│")[1:-1]]
        for line in console.export_text().split("\n")
        if "│" in line
    ]
    assert lines == [["poverty Poverty", "1", "2 of 2", "2"], ["waste Waste", "0", "1 of 2", "2"]]


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
