"""A run is whole or not there; the reports are real (papermill, a kernel, nbconvert)."""

import json
import re
import shutil
from pathlib import Path

import docx
import nbformat
import papermill
import pytest

from conftest import tiny_tables, write_case
from jspmodel.batch import Job, run_scenario
from jspmodel.batch.targets import run_folder
from jspmodel.errors import InfeasibleError, RunError
from jspmodel.intake import scenario_files, shipped
from jspmodel.report import decide

SETTINGS = "solver: {gap: 0.002, threads: 1}\n"  # a search here starts no process of its own


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    write_case(folder / "data" / "tiny", tiny_tables(), SETTINGS)
    return folder


@pytest.fixture(scope="module")
def finished(home, keeper):
    steps = []
    file = home / "data" / "tiny" / "scenarios" / "baseline.yaml"
    run = run_scenario(Job(file, home / "reports"), steps.append, keeper=keeper)
    return run.folder, run.plan, steps


def test_a_run_writes_what_the_design_says(finished):
    folder, _, steps = finished
    assert folder.parts[-3:] == ("reports", "tiny", "baseline")
    written = {path.name for path in folder.iterdir()}
    assert {"plan.json", "report.en.html", "report.id.html", "report.ipynb", "run.json"} <= written
    assert steps == ["solve", "report"]


def test_no_temporary_folder_is_left(finished):
    folder, _, _ = finished
    assert [path.name for path in folder.parent.iterdir()] == ["baseline"]


def test_the_record_says_what_went_in(finished):
    record = json.loads((finished[0] / "run.json").read_text())
    assert record["status"] == "done"
    assert {"programs.csv", "scenarios/baseline.yaml"} <= set(record["inputs"])
    assert all(len(digest) == 64 for digest in record["inputs"].values())
    assert record["parameters"]["solver"]["gap"] == 0.002
    assert set(record["seconds"]) == {"solve", "report"}


def test_papermill_by_itself_gives_the_same_figures(finished, home, monkeypatch):
    monkeypatch.chdir(home)
    source, result = shipped("notebooks") / "08_scenario_report.ipynb", home / "by-hand.ipynb"
    # Written once in the end: before and after each of its cells would be half of the time of this test.
    papermill.execute_notebook(
        source, result, {"scenario": "data/tiny"}, progress_bar=False, request_save_on_cell_execute=False
    )
    ours = shown(nbformat.read(finished[0] / "report.ipynb", as_version=4))
    theirs = shown(nbformat.read(result, as_version=4))
    assert list(ours) == list(theirs)
    assert [
        source for source in ours if ours[source] != theirs[source] and "report.audit" not in source
    ] == []


def shown(notebook):
    """Return what each cell shows, by its source; Altair's pictures number their parts as they are made."""
    cells = [
        cell for cell in notebook.cells if cell.cell_type == "code" and "parameters" not in str(cell.metadata)
    ]
    return {
        cell.source: [unstamped(output.get("data", {}).get("text/html")) for output in cell.outputs]
        for cell in cells
    }


def unstamped(html):
    """Return a part without when its run was: what was computed by hand has no run."""
    return html and re.sub(
        r" · (dihitung|computed) [^<]*"
        r"|(?<=disetujui )(sebelum KUA-PPAS|melalui perubahan APBD).*?(?=, oleh)"
        r"|bersama (KUA-PPAS|perubahan APBD) \d{4}[^<]*",
        "",
        html,
    )


def test_a_finished_run_opens_without_solving(finished, monkeypatch):
    folder, plan, _ = finished
    monkeypatch.setattr("jspmodel.runs.stored_plan.select_programs", None)
    assert decide("", run=str(folder)).plan == plan


def test_a_run_whose_tables_have_changed_does_not_open(finished, home):
    costs = home / "data" / "tiny" / "program_costs.csv"
    before = costs.read_text()
    costs.write_text(before.replace("P03,,build,0,2", "P03,,build,0,1"))
    try:
        with pytest.raises(RunError, match=r"program_costs\.csv"):
            decide("", run=str(finished[0]))
    finally:
        costs.write_text(before)


def test_a_run_that_fails_leaves_the_earlier_one(tmp_path):
    case = write_case(tmp_path / "tiny", tiny_tables(), SETTINGS + "budget_scale: 0.1\nlocked_in: [P02]\n")
    earlier = tmp_path / "reports" / "tiny" / "baseline"
    earlier.mkdir(parents=True)
    (earlier / "plan.json").write_text("earlier")
    with pytest.raises(InfeasibleError):
        run_scenario(Job(case / "scenarios" / "baseline.yaml", tmp_path / "reports"), lambda step: None)
    assert [path.name for path in earlier.parent.iterdir()] == ["baseline"]
    assert (earlier / "plan.json").read_text() == "earlier"


def test_a_case_stands_for_all_its_scenarios(tiny_folder, monkeypatch):
    (tiny_folder / "scenarios" / "a-cut.yaml").write_text("budget_scale: 0.9\n")
    monkeypatch.chdir(tiny_folder.parent)
    assert scenario_files("tiny") == (Path("tiny/scenarios/baseline.yaml"), Path("tiny/scenarios/a-cut.yaml"))


def test_a_case_without_scenarios_says_so(tiny_folder):
    (tiny_folder / "scenarios" / "baseline.yaml").unlink()
    with pytest.raises(RunError) as caught:
        scenario_files(str(tiny_folder))
    assert [problem.code for problem in caught.value.problems] == ["no_scenarios"]


def test_changes_get_a_folder_of_their_own():
    plain = run_folder(Path("r"), "diy", "baseline", {})
    changed = run_folder(Path("r"), "diy", "baseline", {"budget_scale": "0.9"})
    other = run_folder(Path("r"), "diy", "baseline", {"budget_scale": "0.8"})
    assert plain == Path("r/diy/baseline")
    assert len({plain, changed, other}) == 3
    assert run_folder(Path("r"), "diy", "baseline", {"budget_scale": "0.9"}, "lean") == Path("r/diy/lean")


@pytest.mark.parametrize("name", ["..", "../x", "a/b", "a\\b", "", ".x", "x.", "x" * 101, "a\nb"])
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(RunError) as caught:
        run_folder(Path("r"), "diy", name or "..", {}, name)
    assert [problem.code for problem in caught.value.problems] == ["unsafe_name"]


def test_a_run_that_is_asked_to_explain_does_so_even_if_it_was_finished(finished, home, keeper):
    folder, _, _ = finished
    assert not (folder / "explanation.json").exists()
    file = home / "data" / "tiny" / "scenarios" / "baseline.yaml"
    job = Job(file, home / "reports", ("en",), name="explained", explain=True)
    plain = Job(file, home / "reports", ("en",), name="explained")
    shutil.copytree(folder, folder.with_name("explained"))
    assert run_scenario(plain, lambda step: None, keeper=keeper).skipped
    run = run_scenario(job, lambda step: None, keeper=keeper)
    assert not run.skipped
    told = json.loads((run.folder / "explanation.json").read_text())
    assert {item["program"] for item in told["importance"]["programs"]} == {"P01", "P02", "P03"}
    assert "explanation.json" in json.loads((run.folder / "run.json").read_text())["outputs"]
    page = (run.folder / "report.en.html").read_text()
    assert "What is lost without each programme of the plan" in page
    assert "What is lost without each programme of the plan" not in (folder / "report.en.html").read_text()
    assert decide("", str(run.folder)).why.importance.objective == run.plan.objective
    assert run_scenario(job, lambda step: None, keeper=keeper).skipped


def test_a_run_that_is_asked_what_rules_cost_tells_it_wherever_it_is_read(finished, home, keeper):
    table = "spending_rule,name_id,bound,share,dimension,legal_basis\ns,Hidup dahulu,min,0.5,living,UU 1 pasal 2\n"
    write_case(home / "data" / "ruled", {**tiny_tables(), "spending_rules": table}, SETTINGS)
    file, asked = home / "data" / "ruled" / "scenarios" / "baseline.yaml", []
    changes = {"rule_prices": True, "locked_out": ["P01"], "solver.effort": "quick"}
    job = Job(file, home / "reports", ("id",), changes, name="ruled")
    run = run_scenario(job, lambda step: None, asked=lambda *told: asked.append(told), keeper=keeper)
    assert [question for question, _ in asked] == ["rule_prices"] * 4  # with both, without both, without each
    assert asked[-1][1] == 1
    prices = json.loads((run.folder / "rule_prices.json").read_text())
    assert [(one["rule"], one["code"]) for one in prices] == [
        ("locked_out", "P01"),
        ("spending_rules", "s"),
        ("", ""),
    ]
    assert all(one["least"] <= one["price"] <= one["most"] for one in prices)
    assert prices[0]["price"] > 0  # P01 closes a fifth of the gap of poverty, and there is money
    page = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", (run.folder / "report.id.html").read_text()))
    assert "yang termahal: Program yang dikeluarkan tidak dikerjakan: Pelatihan kerja" in page
    assert "Hidup dahulu (UU 1 pasal 2)" in page
    (memo,) = run.folder.glob("*.docx")
    told = "\n".join(one.text for one in docx.Document(str(memo)).paragraphs)
    assert "Hidup dahulu (UU 1 pasal 2)" in told
    assert decide("", str(run.folder)).sensitivity.rules["code"].tolist() == ["P01", "s", ""]
    assert not (finished[0] / "rule_prices.json").exists()
