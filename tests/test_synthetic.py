"""A made-up national case: real regions, everything else marked synthetic, the same for the same seed."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake import check, load
from jspmodel.intake.regencies import region_codes, region_rows


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [*words, "--language", "en"])


def test_all_regions_are_real_and_all_else_is_marked(call):
    answer = call("init", "nasional", "--generate", "--programs", "12")
    assert answer.exit_code == 0, answer.output
    case, scenario = load("data/nasional")
    assert not [problem for problem in check(case, scenario) if not problem.warning]
    assert (len(case.regions), len(case.programs)) == (514, 12)
    sleman = case.regions.set_index("region").loc["34.04"]
    assert (sleman["name"], sleman["population"]) == ("Kabupaten Sleman", 1125571)
    for name, table in case.tables().items():
        if len(table) and "status" in table:
            assert set(table["status"]) == {"illustrative"}, name
            assert table["source"].str.contains("sintetis").all(), name
    title = json.loads(Path("data/nasional/datapackage.json").read_text(encoding="utf-8"))
    assert "SINTETIS" in title["title"]
    assert "SYNTHETIC" in title["title_en"]
    assert "nobody's plan" in Path("data/nasional/README.md").read_text(encoding="utf-8")
    assert "SINTETIS" in scenario.title.id
    assert scenario.solver.time_limit is None


def test_neighbours_are_the_nearest(call):
    """Klaten's three nearest capitals among these: Sleman, Bantul and Yogyakarta, not Jayapura."""
    codes = "33.10,34.04,34.02,34.71,91.71"
    assert call("init", "few", "--generate", "--regions", codes, "--programs", "4").exit_code == 0
    borders = load("data/few")[0].borders
    pairs = {frozenset(pair) for pair in zip(borders["region_a"], borders["region_b"], strict=True)}
    assert {frozenset(("33.10", code)) for code in ("34.04", "34.02", "34.71")} <= pairs


def test_the_same_seed_gives_the_same_case(call):
    for name, seed in (("one", "3"), ("same", "3"), ("other", "4")):
        assert call("init", name, "--generate", "--regions", "34.04,34.02", "--seed", seed).exit_code == 0
    one, same, other = (load(f"data/{name}")[0] for name in ("one", "same", "other"))
    for name, table in one.tables().items():
        pd.testing.assert_frame_equal(table, same.tables()[name])
    assert not one.program_costs.equals(other.program_costs)


def test_every_region_there_is_has_a_code_and_figures():
    rows = region_rows(region_codes())
    assert len(rows) == 514
    assert all(float(row["population"]) > 0 and row["latitude"] for row in rows)
