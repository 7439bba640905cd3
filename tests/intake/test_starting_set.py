"""What a new case of some regions begins with: borders, issues and indicators, targets by one rule."""

import csv

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.figures import default_dependence
from jspmodel.intake import (
    border_rows,
    indicator_rows,
    issue_rows,
    load_case,
    read_case,
    region_codes,
    region_rows,
    shipped,
)
from jspmodel.measure import known_gaps
from jspmodel.scenario import Scenario
from jspmodel.text import LANGUAGES
from tiny import tiny_tables, write_case
from told import assert_worded


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [*words])


def pairs(rows):
    return {frozenset((row["region_a"], row["region_b"])) for row in rows}


def shipped_rows(case, table):
    with (shipped("data") / case / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("case", "more"),
    [("diy", set()), ("bali", {frozenset(("51.03", "51.08")), frozenset(("51.07", "51.08"))})],
)
def test_borders_agree_with_those_of_shipped_cases(case, more):
    codes = [row["region"] for row in shipped_rows(case, "regions")]
    assert pairs(border_rows(codes)) - more == pairs(shipped_rows(case, "borders")) - more


def test_only_regions_asked_for_border():
    assert pairs(border_rows(["34.02", "34.71"])) == {frozenset(("34.02", "34.71"))}
    assert border_rows(["34.02"]) == border_rows([]) == border_rows(["34.02", "51.01"]) == []


def test_all_borders_are_of_known_regions_and_estimated():
    rows = border_rows(region_codes())
    assert len(rows) == len(pairs(rows)) == 994  # 995 computed, of which one is wrong
    assert {row["status"] for row in rows} == {"estimated"}
    assert {code for row in rows for code in (row["region_a"], row["region_b"])} <= {*region_codes()}
    doubtful = [row for row in rows if "pastikan" in row["source"]]
    assert len(doubtful) == 14  # 995 less 979 of 1 km and more, less the wrong one and the one that is right


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("33.09", "34.04", False), ("63.04", "63.08", True), ("34.02", "34.71", False)],
)
def test_short_borders_are_to_be_confirmed_but_for_merapi(one, other, told):
    (row,) = border_rows([one, other])
    assert ("pastikan" in row["source"]) == told
    assert " km" in row["source"]


def test_a_border_that_is_known_to_be_wrong_is_not_there():
    assert border_rows(["35.15", "35.76"]) == []


def test_every_region_has_an_area():
    rows = {row["region"]: row for row in region_rows(region_codes())}
    assert all(float(row["area_km2"]) > 0 for row in rows.values())
    assert float(rows["91.20"]["area_km2"]) == pytest.approx(26745.359)


def test_indicators_name_their_table_and_invent_no_target():
    assert {row["issue"] for row in indicator_rows()} == {row["issue"] for row in issue_rows()}
    for row in indicator_rows():
        assert row["target"] == ""
        assert "bps.go.id" in row["source"]
        assert "Menurut Kabupaten/Kota" in row["source"]


def with_targets(tmp_path, values, better="lower", target=""):
    tables = tiny_tables()
    tables["indicators"] = (
        f"indicator,issue,name_id,unit,better,target\npoor,poverty,Miskin,persen,{better},{target}\n"
    )
    tables["indicator_values"] = "indicator,region,year,value\n" + "".join(
        f"poor,{line}\n" for line in values
    )
    return load_case(write_case(tmp_path / "tiny", tables))


@pytest.mark.parametrize(
    ("better", "target"),
    [("lower", 6.0), ("higher", 9.0)],
)
def test_a_blank_target_is_the_latest_value_of_the_best_region(tmp_path, better, target):
    # 34.01: 5 in 2023 and 9 in 2024, 34.10: 6 in 2022: the 5 is not the latest of its region.
    case = with_targets(tmp_path, ["34.01,2023,5", "34.01,2024,9", "34.10,2022,6"], better)
    assert case.indicators["target"].tolist() == [target]
    assert "bawaan:" in case.indicators["source"].item()
    gaps = known_gaps(case).loc["poverty"]
    assert gaps.tolist() == ([1.0, 0.0] if better == "lower" else [0.0, 1.0])


def test_a_target_that_is_given_stays(tmp_path):
    case = with_targets(tmp_path, ["34.01,2024,9", "34.10,2024,6"], target="3")
    assert (case.indicators["target"].item(), case.indicators["source"].item()) == (3.0, "")


def test_a_blank_target_without_values_leaves_the_gap_unknown(tmp_path):
    case = with_targets(tmp_path, [])
    assert case.indicators["target"].isna().all()
    assert known_gaps(case).loc["poverty"].isna().all()


@pytest.mark.parametrize(
    ("language", "words"), [("id", "1 dari 1 target kosong"), ("en", "1 of 1 targets are blank")]
)
def test_check_says_that_answers_hang_on_it(tmp_path, language, words):
    case = with_targets(tmp_path, ["34.01,2024,9", "34.10,2024,6"])
    told = [item.words(language) for item in default_dependence(case, Scenario(), language)]
    assert any(text.startswith(words) for text in told)


def test_a_very_short_border_is_asked_about_until_somebody_confirmed_it(call, tmp_path):
    """Kabupaten Magelang and Klaten share 0.45 km on Merapi."""
    assert call("init", "ours", "--regions", "33.08,33.10", "--language", "en").exit_code == 0
    file = tmp_path / "data" / "ours" / "borders.csv"
    (problem,) = [found for found in read_case("data/ours")[1] if found.code == "border_short"]
    assert (problem.file, problem.row, problem.column, problem.warning) == ("borders.csv", 2, "source", True)
    assert_worded([problem])
    assert (problem.values["one"], problem.values["other"]) == (
        "33.08 Kabupaten Magelang",
        "33.10 Kabupaten Klaten",
    )
    mended = file.read_text(encoding="utf-8").replace(problem.values["mark"], "")
    file.write_text(mended, encoding="utf-8")
    assert "border_short" not in [found.code for found in read_case("data/ours")[1]]


def test_what_was_filled_in_stays_when_it_is_written_and_read_again(tmp_path):
    case = with_targets(tmp_path, ["34.01,2024,9", "34.10,2024,6"])
    again = load_case(case.to_csv(tmp_path / "copy"))
    assert again.indicators.equals(case.indicators)


@pytest.mark.parametrize("language", LANGUAGES)
def test_init_begins_with_them_and_the_case_is_valid(call, tmp_path, language):
    answer = call("init", "ours", "--regions", "34.01,34.02,34.03,34.04,34.71", "--language", language)
    assert answer.exit_code == 0, answer.output
    assert "BPS" in answer.stdout
    folder = tmp_path / "data" / "ours"
    assert {path.stem for path in folder.glob("*.csv")} == {"regions", "borders", "issues", "indicators"}
    checked = call("check", "data/ours", "--language", language)
    assert checked.exit_code == 0, checked.output
    (folder / "indicator_values.csv").write_text(
        "indicator,region,year,value\npoverty,34.01,2025,15\npoverty,34.71,2025,6\n"
    )
    case = load_case(folder)
    assert case.indicators.set_index("indicator")["target"]["poverty"] == 6.0
    assert len(case.borders) == len(border_rows(["34.01", "34.02", "34.03", "34.04", "34.71"])) > 4


def test_regions_that_share_no_border_are_said_to(call, tmp_path):
    """Sangihe and Talaud are islands apart: no table of borders, and none is spoken of."""
    answer = call("init", "ours", "--regions", "71.03,71.04", "--language", "en")
    assert "Land borders: none between these regions." in answer.stdout
    assert not (tmp_path / "data" / "ours" / "borders.csv").exists()


def test_blank_leaves_issues_to_the_planner(call, tmp_path):
    assert call("init", "ours", "--blank", "--regions", "34.02,34.71").exit_code == 0
    folder = tmp_path / "data" / "ours"
    assert {path.stem for path in folder.glob("*.csv")} == {"regions", "borders"}


def test_a_region_without_neighbours_has_no_table_of_borders(call, tmp_path):
    assert call("init", "ours", "--blank", "--regions", "34.02").exit_code == 0
    assert not (tmp_path / "data" / "ours" / "borders.csv").exists()


@pytest.mark.parametrize(
    "asked", ["34", "DI Yogyakarta", "Sleman, Kota Yogyakarta, Bantul, Gunungkidul, Kulon Progo"]
)
def test_borders_come_with_regions_however_they_are_named(call, tmp_path, asked):
    assert call("init", "ours", "--blank", "--regions", asked).exit_code == 0
    with (tmp_path / "data" / "ours" / "borders.csv").open(encoding="utf-8", newline="") as file:
        assert pairs(csv.DictReader(file)) == pairs(shipped_rows("diy", "borders"))


@pytest.mark.parametrize(
    ("regions", "title", "english"),
    [
        (
            "33.74,33.22,33.21",
            "Kota Semarang, Kabupaten Semarang, dan Kabupaten Demak",
            "Kota Semarang, Kabupaten Semarang, and Kabupaten Demak",
        ),
        ("34", "Provinsi Daerah Istimewa Yogyakarta", "Province of Daerah Istimewa Yogyakarta"),
        ("33.74,33.22,33.21,33.15", "4 kabupaten dan kota di Jawa Tengah", "4 regions of Jawa Tengah"),
        ("33.74,33.22,34.01,34.02", "4 kabupaten dan kota", "4 regions"),
    ],
)
def test_a_new_case_is_called_by_its_regions_and_not_by_its_folder(call, regions, title, english):
    assert call("init", "kami", "--regions", regions).exit_code == 0
    case = load_case("data/kami")
    assert (case.title["id"], case.title["en"]) == (title, english)
