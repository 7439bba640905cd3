"""Notebooks 01, 02, 04, 05 and 10 run as papermill runs them, in both languages, in a small case."""

from pathlib import Path

import pytest

from jspmodel.charts.render import MIME
from jspmodel.runs.notebook_execution import execute_notebook
from tiny import tiny_tables, write_case

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHART, TABLE = True, False
SHOWN = {
    "01_data": [TABLE, CHART, TABLE, CHART, TABLE],
    "02_issues": [CHART, TABLE, CHART, TABLE, TABLE, TABLE],
    "04_programs": [CHART, TABLE, CHART, TABLE, TABLE, CHART, TABLE],
    "05_selection": [TABLE, CHART, CHART, CHART, CHART, TABLE, TABLE, CHART],
    "10_why": [
        TABLE,
        TABLE,
        TABLE,
        CHART,
        TABLE,
        CHART,
        TABLE,
        TABLE,
        TABLE,
        TABLE,
        TABLE,
        *[CHART, TABLE] * 2,
    ],
}


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    folder = write_case(tmp_path_factory.mktemp("case") / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    return str(folder / "scenarios" / "baseline.yaml")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", SHOWN)
def test_it_runs(kernel, scenario, name, language):
    parameters = {"scenario": scenario, "language": language}
    notebook = execute_notebook(NOTEBOOKS / f"{name}.ipynb", parameters, language, kernel)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"execute_result"}
    forms = [output.data for output in outputs]
    assert [MIME in form for form in forms] == SHOWN[name]
    for form in forms:
        if MIME in form:
            assert form["image/svg+xml"].startswith("<svg")
        else:
            assert "<h3>" in form["text/html"] or "<table>" in form["text/html"]
        assert "{" not in form["text/plain"]
        assert "application/vnd.jupyter.widget-view+json" not in form  # what if: nobody there to move it
