"""``jspmodel serve`` before its page: what it takes, and what it says where it cannot."""

import os
import socket
import stat

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.commands import serve_page
from jspmodel.intake import load, shipped
from tiny import tiny_tables, write_case


def ask(*arguments):
    return CliRunner().invoke(app, ["serve", "--no-browser", *map(str, arguments)])


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(serve_page, "find_spec", lambda _name: None)
    answered = ask("--lang", "en")
    assert answered.exit_code == 1
    assert "pip install 'jspmodel[serve]'" in answered.output


def test_a_case_that_is_not_there_is_told(tmp_path):
    answered = ask(tmp_path / "none", "--lang", "en")
    assert answered.exit_code == 3
    assert "none" in answered.output


def test_a_port_in_use_is_told_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answered = ask("--port", port)
    assert answered.exit_code == 1
    assert f"Porta {port} sudah dipakai" in answered.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_only_what_a_case_is_made_of_is_copied(tmp_path):
    case = write_case(tmp_path / "tiny", tiny_tables())
    (case / "secret.txt").write_text("not a table")
    (case / "linked.csv").symlink_to(case / "secret.txt")
    (case / "adopted").mkdir()
    (case / "adopted/baseline.json").write_text("{}")  # a plan that a scenario goes on from
    (tmp_path / "cases").mkdir()
    serve_page._copy(case, tmp_path / "cases")
    copied = {
        path.relative_to(tmp_path / "cases/tiny").as_posix() for path in (tmp_path / "cases/tiny").rglob("*")
    }
    kept = {"scenarios", "scenarios/baseline.yaml", "adopted", "adopted/baseline.json"}
    assert copied == {*kept, *(f"{table}.csv" for table in tiny_tables())}
    assert stat.S_ISDIR((tmp_path / "cases/tiny").stat().st_mode)


def test_a_scenario_that_goes_on_with_an_adopted_plan_is_loaded_from_the_copy(tmp_path):
    serve_page._copy(shipped("data") / "diy", tmp_path)
    case, scenario = load(str(tmp_path / "diy" / "scenarios" / "after-2027.yaml"))
    assert (scenario.replan.adopted, scenario.replan.through) == ("baseline", 2027)
    assert sum(case.carried_over.values()) == pytest.approx(0.2)
