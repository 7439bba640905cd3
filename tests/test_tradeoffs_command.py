"""``jspmodel tradeoffs``, and what is kept of it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from jspmodel.cli import app
from jspmodel.intake import load
from jspmodel.runs import Kept, TradeoffQuestion, find_tradeoff, tradeoff_text
from jspmodel.selection import select_programs
from tiny import tiny_tables, write_case


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Call the command line in a folder with the tiny case."""
    write_case(tmp_path / "data" / "tiny", tiny_tables())
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, ["tradeoffs", "data/tiny", *arguments])


def test_two_objectives_are_told_by_their_front(call):
    answer = call("gap_closed,cost", "--language", "en")
    assert answer.exit_code == 0
    assert "“Money spent” can go from" in answer.stdout
    assert "plans are all there are" in answer.stdout


def test_the_region_that_gains_least_unless_objectives_are_named(call):
    answer = call("--language", "id")
    assert answer.exit_code == 0
    assert "daerah dengan manfaat terkecil" in answer.stdout


def test_three_objectives_are_told_by_the_trade_off_table(call):
    answer = call("gap_closed,worst_off,cost", "--language", "en")
    assert answer.exit_code == 0
    assert "Trade-off table" in answer.stdout


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        (("--losses", "0.5"), "one objective before the other"),
        (("--weights", "1,1"), "The plan by weights"),
        (("--aspirations", "30,1", "--reservations", "0,20"), "nearest to what is aspired to"),
    ],
)
def test_one_plan_by_both_is_written_and_can_be_evaluated(call, levels, told, tmp_path):
    answer = call("gap_closed,cost", *levels, "--csv", "chosen.csv", "--language", "en")
    assert answer.exit_code == 0
    assert told in answer.stdout
    assert "The plan is in chosen.csv." in answer.stderr
    judged = CliRunner().invoke(app, ["evaluate", "data/tiny", "chosen.csv", "--language", "en"])
    assert judged.exit_code == 0


def test_json_is_all_that_goes_to_standard_output(call):
    answer = call("gap_closed,cost", "--point", "1", "--csv", "first.csv", "--json")
    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert [one["name"] for one in told["objectives"]] == ["gap_closed", "cost"]
    assert told["exact"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gap_close,cost",), ['no objective "gap_close"', "Did you mean gap_closed"]),
        (("cost", "--weights", "a,b"), ["--weights", '"a" is not a number', '"b" is not a number']),
        (("cost,score", "--weights", "1,1", "--losses", "0"), ["--losses, --weights were given"]),
        (("cost,score", "--reservations", "1,1"), ["give --aspirations too"]),
        (("gap_closed,cost", "--csv", "x.csv"), ["give --point"]),
        (("gap_closed,cost", "--point", "1", "--csv", "no/x.csv"), ["There is no folder no"]),
        (("gap_closed,cost", "--csv", "x.csv", "--point", "99"), ["there is no row 99"]),
    ],
)
def test_what_is_typed_wrongly_is_told(call, arguments, told, tmp_path):
    answer = call(*arguments, "--language", "en")
    assert answer.exit_code == 3
    assert [part for part in told if part not in answer.stderr] == []
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("region:9,issue:,cost",),
            [
                'no objective "region:9"',
                "Known are: region:34.01, region:34.10",
                'no objective "issue:"',
                "issues.csv",
            ],
        ),
        (("cost,zeal", "--weights", "1"), ['no objective "zeal"', "2 were expected, 1 named"]),
        (("cost,score", "--losses", "7,0"), ["The loss 7", "1 were expected, 2 named"]),
    ],
)
def test_what_is_typed_wrongly_is_told_before_a_plan_is_sought(call, arguments, told, monkeypatch):
    monkeypatch.setattr("jspmodel.commands.tradeoffs.find_plan", None)
    answer = call(*arguments, "--language", "en")
    assert answer.exit_code == 3
    assert [part for part in told if part not in answer.stderr] == []


def test_a_second_look_costs_nothing(tmp_path, store, monkeypatch):
    case, scenario = load(str(write_case(tmp_path / "tiny", tiny_tables())))
    plan, kept = select_programs(case, scenario), Kept("2" * 64, "tiny")
    front = TradeoffQuestion("front", ("gap_closed", "cost"))
    weighed = TradeoffQuestion("weighted", ("gap_closed", "cost"), ((0.4, 0.6),))
    first = [find_tradeoff(case, scenario, plan, one, kept) for one in (front, weighed)]
    monkeypatch.setattr("jspmodel.runs.stored_tradeoffs._ask", None)
    again = [find_tradeoff(case, scenario, plan, one, kept) for one in (front, weighed)]
    assert [tradeoff_text(one) for one in again] == [tradeoff_text(one) for one in first]
    other = TradeoffQuestion("weighted", ("gap_closed", "cost"), ((0.5, 0.5),))
    with pytest.raises(TypeError):  # other weights are another question
        find_tradeoff(case, scenario, plan, other, kept)
