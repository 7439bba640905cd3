"""The report of a finished run, whose plan was made by hand for the tiny case: no solver is called."""

import re

import nbformat
import pytest

from jspmodel.documents.run_report import write_reports
from jspmodel.intake import load
from jspmodel.plan import Audit, Payment, Plan, PlannedProgram, RegionResult
from jspmodel.runs import write_record
from jspmodel.runs.record import new_record
from tiny import tiny_tables, write_case

BOTH = ("34.01", "34.10")


def plan():
    return Plan(
        case="tiny",
        scenario="baseline",
        objective_kind="gap_closed",
        status="optimal",
        stopped_by_clock=False,
        objective=10.0,
        bound=10.0,
        gap=0.0,
        solver="by hand",
        programs=(
            PlannedProgram(program="P01", selected=True, start=2027, regions=BOTH, cost=3.0, impact=10.0),
            PlannedProgram(program="P02", selected=False, reason="locked_out"),
            PlannedProgram(program="P03", selected=False, reason="locked_out"),
        ),
        funding=(Payment(program="P01", fund="apbd", year=2027, amount=3.0),),
        regions=tuple(RegionResult(region=region, impact=10.0, need=0.5, cost=1.5) for region in BOTH),
        audit=Audit(passed=True, objective=10.0, checks=()),
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory, kernel):
    home = tmp_path_factory.mktemp("home {braces}")
    file = write_case(home / "tiny", tiny_tables()) / "scenarios" / "baseline.yaml"
    case, scenario = load(str(file))
    folder = home / "run"
    folder.mkdir()
    (folder / "plan.json").write_text(plan().model_dump_json(), encoding="utf-8")
    started = {"started": "2027-01-01T00:00:00+00:00"}
    write_record(folder, {**new_record(case, scenario, file, {}), **started})
    write_reports(folder, ("en", "id"), kernel)
    return folder


def test_each_language_has_its_page_and_the_scenarios_own_the_notebook(run):
    assert sorted(path.name for path in run.iterdir()) == [
        "plan.en.xlsx",
        "plan.json",
        "plan.xlsx",
        "report.en.html",
        "report.id.html",
        "report.ipynb",
        "run.json",
        "telaahan.en.docx",
        "telaahan.id.docx",
    ]


def test_each_page_offers_the_files_of_its_language(run):
    for language, book in (("id", "plan.xlsx"), ("en", "plan.en.xlsx")):
        html = (run / f"report.{language}.html").read_text(encoding="utf-8")
        assert re.findall(r'<a href="data:[^"]*" download="([^"]*)"', html) == [
            book,
            f"telaahan.{language}.docx",
        ]
        assert len(html.encode()) <= 1_500_000


def test_the_page_tells_the_plan(run):
    html = (run / "report.id.html").read_text(encoding="utf-8")
    english = (run / "report.en.html").read_text(encoding="utf-8")
    assert "1 of 3 proposed programmes" in english
    assert 'href="report.id.html"' in english
    assert "1 dari 3 usulan program terpilih" in html
    assert html.count('<figure class="chart"') == 6
    assert 'href="report.en.html"' in html
    assert "jspmodel run" in html


def test_no_page_names_a_place_on_this_machine(run):
    assert str(run.parent) not in (run / "report.id.html").read_text(encoding="utf-8")


def test_the_notebook_opens_the_run_it_lies_in(run):
    notebook = nbformat.read(run / "report.ipynb", as_version=4)
    assert 'language = "id"' in "\n".join(cell.source for cell in notebook.cells)
    assert 'run = "."' in "\n".join(cell.source for cell in notebook.cells)
    assert str(run) not in nbformat.writes(notebook)
    given = "injected-parameters"
    code = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and given not in cell.metadata.get("tags", [])
    ]
    assert all(cell.execution_count for cell in code)
    # What a case has no data for (maturity, pledges) shows nothing; the charts and the summary are there.
    # So do the answers to why this plan, of a run that was not asked to find out.
    told = [cell for cell in code if "decision.explanation" not in cell.source]
    assert sum(bool(cell.outputs) for cell in told) > len(told) // 2
