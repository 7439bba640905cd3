"""One plan a question: found once, the same through every door, and never from a file that is not sound."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

import jspmodel as jsp
from jspmodel.batch import Job, run_scenario
from jspmodel.cli import app
from jspmodel.intake import LARGEST_PLAN, plan_text
from jspmodel.runs import Kept, load_recorded, sensitivity, sensitivity_analysis, stored_plan
from searched import plan_of
from small_decision import small_sensitivity
from tiny import tiny_tables, write_case

CUT = {"budget_scale": 0.5}


@pytest.fixture
def scenario(tmp_path):
    folder = write_case(tmp_path / "tiny", tiny_tables())
    return str(folder / "scenarios" / "baseline.yaml")


@pytest.fixture
def searches(store, monkeypatch):
    """Count what would be sought; the store is empty at first."""
    sought = []

    def counted(case, scenario, progress=None):
        sought.append(scenario.name)
        return plan_of(case, scenario)

    monkeypatch.setattr(stored_plan, "select_programs", counted)
    # Their processes take a minute of a busy machine; what they find is not in question here.
    monkeypatch.setattr(
        sensitivity_analysis, "budget_frontier", lambda *asked, **more: small_sensitivity().frontier
    )
    monkeypatch.setattr(sensitivity_analysis, "robustness", lambda *asked, **more: small_sensitivity())
    return sought


@pytest.fixture
def run(scenario, tmp_path, monkeypatch):
    """Return what carries out a run, but for its report, which takes long and is not in question."""
    monkeypatch.setattr(
        "jspmodel.batch.run_job.render", lambda work, *_: (work.folder / "report.id.html").write_text("page")
    )
    return lambda force=False: run_scenario(
        Job(Path(scenario), tmp_path / "reports", ("id",), force=force), lambda step: None
    )


def kept_file(store, scenario, name="plan.json"):
    return store / load_recorded(scenario)[2]["key"] / name


def test_what_is_kept_is_what_was_found(scenario, searches):
    first, second = (jsp.decide(scenario).plan for _ in range(2))
    assert first == second
    assert searches == ["baseline"]


def test_every_door_gives_the_same_plan_of_one_search(scenario, searches, run):
    plan, finished = jsp.decide(scenario).plan, run()
    told = CliRunner().invoke(app, ["solve", scenario, "--json"])
    compared = jsp.cut_budgets(scenario, ())[0].plan
    assert finished.plan == plan == compared
    assert told.stdout == (finished.folder / "plan.json").read_text() == plan_text(plan)
    assert searches == ["baseline"]


def test_another_process_finds_it(scenario, searches):
    plan = jsp.decide(scenario).plan
    code = (
        "import sys, jspmodel as jsp\n"
        "from jspmodel.intake import plan_text\n"
        "from jspmodel.runs import stored_plan\n"
        "stored_plan.select_programs = None\n"  # a search would fail
        "sys.stdout.write(plan_text(jsp.decide(sys.argv[1]).plan))"
    )
    other = subprocess.run([sys.executable, "-c", code, scenario], capture_output=True, text=True, check=True)
    assert other.stdout == plan_text(plan)


def test_other_settings_or_tables_are_another_question(scenario, searches):
    whole, cut = jsp.decide(scenario).plan, jsp.decide(scenario, changes=CUT).plan
    assert len(cut.selected) < len(whole.selected)
    budgets = Path(scenario).parents[1] / "fund_budgets.csv"
    budgets.write_text(budgets.read_text() + "\n")
    jsp.decide(scenario)
    assert len(searches) == 3


def test_what_the_clock_stopped_is_sought_again(scenario, store, searches, monkeypatch):
    select = stored_plan.select_programs
    monkeypatch.setattr(
        stored_plan, "select_programs",
        lambda *asked: select(*asked).model_copy(update={"stopped_by_clock": True}),
    )  # fmt: skip
    for _ in range(2):
        assert jsp.decide(scenario, thorough=True).plan.stopped_by_clock
    assert len(searches) == 2
    assert not store.exists()


def broken(text):
    """Return what nobody should find in place of a plan, by what is wrong with it."""
    plan = json.loads(text)
    first = plan["programs"][0]
    return {
        "cut off": text[: len(text) // 2],
        "no JSON": "\0",
        "other kind": "[]",
        "unknown key": json.dumps({**plan, "more": 1}),
        "missing key": json.dumps({key: value for key, value in plan.items() if key != "audit"}),
        "text for a number": json.dumps({**plan, "objective": "35.1"}),
        "no number": text.replace(f'"objective": {plan["objective"]}', '"objective": NaN', 1),
        "another case": json.dumps({**plan, "case": "other"}),
        "another scenario": json.dumps({**plan, "scenario": "other"}),
        "another programme": json.dumps({**plan, "programs": [{**first, "program": "P99"}]}),
        "too large": text + " " * LARGEST_PLAN,
    }


@pytest.mark.parametrize("kind", list(broken('{"programs": [{}], "objective": 0}')))
def test_a_broken_file_is_replaced(scenario, store, searches, kind):
    plan = jsp.decide(scenario).plan
    file = kept_file(store, scenario)
    sound = file.read_text()
    file.write_text(broken(sound)[kind])
    assert jsp.decide(scenario).plan == plan
    assert file.read_text() == sound
    assert len(searches) == 2


def test_what_is_no_plain_file_is_not_read_and_not_written_through(scenario, store, searches, tmp_path):
    plan = jsp.decide(scenario).plan
    file = kept_file(store, scenario)
    elsewhere = tmp_path / "elsewhere.json"
    shutil.move(file, elsewhere)
    before = elsewhere.read_text()
    for put in (lambda: file.symlink_to(elsewhere), lambda: os.mkfifo(file), lambda: file.mkdir()):
        put()
        assert jsp.decide(scenario).plan == plan
        if not file.is_dir():
            assert not file.is_symlink()
            assert file.read_text() == before
            file.unlink()
    assert elsewhere.read_text() == before
    assert len(searches) == 4


@pytest.mark.parametrize("place", ["store", "entry"])
def test_a_link_leads_nowhere(scenario, store, searches, tmp_path, place):
    outside = tmp_path / "outside"
    outside.mkdir()
    link = store if place == "store" else kept_file(store, scenario).parent
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    for _ in range(2):
        jsp.decide(scenario)
    assert list(outside.iterdir()) == []
    assert len(searches) == 2


def test_a_store_that_cannot_be_made_costs_a_search_only(scenario, store, searches):
    store.parent.parent.write_text("a file where the cache should be")
    assert jsp.decide(scenario).plan == jsp.decide(scenario).plan
    assert len(searches) == 2


def test_nobody_else_can_read_it(scenario, store, searches):
    jsp.decide(scenario)
    assert [folder.stat().st_mode & 0o777 for folder in (store, *store.iterdir())] == [0o700, 0o700]


def test_what_was_not_used_longest_is_given_up(scenario, store, searches, monkeypatch):
    monkeypatch.setattr("jspmodel.runs.result_store.MOST_ENTRIES", 2)
    other = store / "not of ours"
    other.mkdir(parents=True)
    scales = (1.0, 0.9, 0.8)
    for day, scale in enumerate(scales):
        jsp.decide(scenario, changes={"budget_scale": scale})
        if day == 1:  # the second is the older one, but used again after the first
            first, second = (
                store / load_recorded(scenario, {"budget_scale": one})[2]["key"] for one in scales[:2]
            )
            os.utime(first, (2000, 2000))
            os.utime(second, (1000, 1000))
            jsp.decide(scenario, changes={"budget_scale": scales[1]})
    assert not first.exists()
    assert second.exists()
    assert other.exists()
    assert len([*store.iterdir()]) == 3
    monkeypatch.setattr("jspmodel.runs.result_store.MOST_BYTES", 1)
    jsp.decide(scenario, changes={"budget_scale": 0.7})
    assert len([*store.iterdir()]) == 2  # the newest stays, and what is not of ours


def test_a_finished_run_is_a_store_too(scenario, store, searches, run, tmp_path, monkeypatch):
    finished = run()
    shutil.rmtree(store)
    (tmp_path / "notebooks").mkdir()
    for place in (tmp_path, tmp_path / "notebooks"):  # where commands are typed; where notebooks stand
        monkeypatch.chdir(place)
        assert jsp.decide(scenario).plan == finished.plan
    assert searches == ["baseline"]
    with (finished.folder / "plan.json").open("a") as file:
        file.write(" ")  # no longer what the run wrote
    assert jsp.decide(scenario).plan == finished.plan
    assert len(searches) == 2


def test_a_folder_that_only_looks_like_a_run_is_passed_over(scenario, searches, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runs = tmp_path / "reports" / "tiny"
    for name, text in (
        ("a", ""),
        ("b", "[]"),
        ("c", '{"status": "done", "key": 1}'),
        ("d", "x" * 2**24 + "x"),
    ):
        (runs / name).mkdir(parents=True)
        (runs / name / "run.json").write_text(text)
    (runs / "pipe").mkdir()
    os.mkfifo(runs / "pipe" / "run.json")
    assert jsp.decide(scenario).plan.selected
    assert searches == ["baseline"]


def test_force_seeks_again_and_replaces(scenario, store, searches, run):
    plan = jsp.decide(scenario).plan
    file = kept_file(store, scenario)
    file.write_text(plan_text(plan.model_copy(update={"solver": "an older one"})))
    assert run(force=True).plan == plan
    assert file.read_text() == plan_text(plan)
    assert len(searches) == 2


def test_what_goes_beyond_the_plan_is_kept_too(scenario, searches, monkeypatch):
    first = jsp.decide(scenario, thorough=True)
    for name in ("budget_frontier", "shadow_prices", "robustness"):
        monkeypatch.setattr(sensitivity_analysis, name, None)
    second = jsp.decide(scenario, thorough=True)
    assert second.sensitivity.frontier.table.equals(first.sensitivity.frontier.table)
    assert second.sensitivity.prices.equals(first.sensitivity.prices)
    assert jsp.decide(scenario).prices.equals(first.sensitivity.prices)


def test_prices_are_computed_when_asked_for(scenario, store, searches):
    decision = jsp.decide(scenario)
    assert not kept_file(store, scenario, sensitivity.PRICES).exists()
    assert decision.prices.equals(jsp.shadow_prices(decision.case, decision.scenario, decision.plan))
    assert kept_file(store, scenario, sensitivity.PRICES).exists()


def test_a_table_saved_while_it_is_read_is_read_again(scenario, searches, monkeypatch):
    from jspmodel.runs import recorded_input

    load, budgets, loaded = (
        recorded_input.load_with_warnings,
        Path(scenario).parents[1] / "fund_budgets.csv",
        [],
    )

    def meanwhile(*asked):
        answer = load(*asked)
        if not loaded:
            budgets.write_text(budgets.read_text().replace("2027,", "2027,1", 1))
        loaded.append(answer)
        return answer

    monkeypatch.setattr(recorded_input, "load_with_warnings", meanwhile)
    case, _, found = load_recorded(scenario)
    assert len(loaded) == 2
    amounts = [float(answer[0].fund_budgets["amount"].sum()) for answer in loaded]
    assert amounts[0] < amounts[1] == float(case.fund_budgets["amount"].sum())
    assert found["inputs"] == recorded_input.input_hashes(case.folder, Path(scenario))


def test_who_reads_while_others_write_sees_one_whole_answer(store):
    texts = [json.dumps([str(writer)] * 20_000) for writer in range(3)]
    kept, kind = Kept("0" * 64, "nowhere"), TypeAdapter(list[str])
    code = (
        "import sys\n"
        "from jspmodel.runs.result_store import Kept\n"
        "text = sys.stdin.read()\n"
        "for _ in range(100): Kept('0' * 64, 'nowhere').write('plan.json', text)"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, text=True) for _ in texts
    ]
    for writer, text in zip(writers, texts, strict=True):
        writer.stdin.write(text)
        writer.stdin.close()
    seen = []
    while any(writer.poll() is None for writer in writers):
        if (store / kept.key / "plan.json").exists():
            seen.append(kept.read("plan.json", kind))
    seen.append(kept.read("plan.json", kind))
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    assert all(answer in map(json.loads, texts) for answer in seen)
    assert [file.name for file in (store / kept.key).iterdir()] == ["plan.json"]


def test_without_a_key_nothing_is_kept(store):
    Kept().write("plan.json", "{}")
    assert Kept().read("plan.json", stored_plan._KIND) is None
    assert not store.exists()
