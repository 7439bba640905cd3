"""A reader knows which copy of the data was read."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import jspmodel as jsp
from jspmodel.cli import app
from jspmodel.intake import place_of, shipped
from jspmodel.runs import load_recorded, recorded_scenario


def test_the_record_names_the_folder_that_was_read(tiny_folder, monkeypatch):
    monkeypatch.chdir(tiny_folder.parent)
    record = load_recorded("tiny")[2]
    assert record["folder"] == str(tiny_folder)
    assert record["scenario_file"] == "tiny"


def test_a_run_is_opened_with_the_copy_that_it_read_from_wherever_that_is(tiny_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tiny_folder.parent)
    record = load_recorded("tiny/scenarios/baseline.yaml")[2]
    elsewhere = tmp_path / "elsewhere" / "deeper"
    elsewhere.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)
    assert recorded_scenario(record) == tiny_folder / "scenarios" / "baseline.yaml"
    shutil.copytree(tiny_folder, elsewhere / "tiny")
    shutil.rmtree(tiny_folder)  # as on another machine: what the path that was asked for leads to
    assert recorded_scenario(record) == Path("tiny/scenarios/baseline.yaml")


@pytest.mark.parametrize("scenario", ["../baseline", "/etc/passwd", "sub/baseline"])
def test_a_record_that_somebody_changed_does_not_lead_elsewhere(tiny_folder, scenario):
    record = {**load_recorded(tiny_folder)[2], "scenario": scenario}
    assert recorded_scenario(record) == tiny_folder / "scenarios" / "baseline.yaml"


def test_commands_say_which_copy_they_read(tiny_folder, monkeypatch):
    monkeypatch.chdir(tiny_folder.parent)
    for command in (["check", "tiny"], ["solve", "tiny", "--json"]):
        done = CliRunner().invoke(app, [*command, "--language", "en"])
        assert f"Case tiny: {tiny_folder}" in done.stderr.replace("\n", "")
        assert done.exit_code == 0
    json.loads(done.stdout)


def test_a_notebook_that_was_given_a_plain_name_says_which_copy_it_read(tiny_folder, monkeypatch, capsys):
    monkeypatch.setenv("JSPMODEL_LANGUAGE", "en")
    monkeypatch.chdir(tiny_folder.parent)
    jsp.load("diy/scenarios/cut-10.yaml")
    told = capsys.readouterr()
    assert told.err == f"Case diy: {(shipped('data') / 'diy').resolve()} (shipped with jspmodel)\n"
    assert told.out == ""
    shutil.copytree(tiny_folder, "diy")
    jsp.load("diy")  # one of one's own
    jsp.load("tiny")
    assert capsys.readouterr().err == ""


def test_a_shipped_copy_says_so(tiny_folder):
    folder = shipped("data") / "diy"
    assert place_of(folder, "en") == f"Case diy: {folder.resolve()} (shipped with jspmodel)"
    assert place_of(folder, "id") == f"Kasus diy: {folder.resolve()} (bawaan jspmodel)"
    assert place_of(tiny_folder, "en") == f"Case tiny: {tiny_folder}"
