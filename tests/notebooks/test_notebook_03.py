"""Notebook 03 runs as papermill runs it, in both languages, in a small case and in the shipped one."""

import re
import shutil
from pathlib import Path

import pytest

from jspmodel.charts.render import MIME
from jspmodel.intake import shipped
from jspmodel.pages.html import NOTEBOOK_STYLE
from jspmodel.runs.notebook_execution import execute_notebook
from tiny import tiny_tables, write_case

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "03_collaboration.ipynb"


def shown(notebook):
    """Return what each code cell shows, charts and tables, as the forms a notebook stores."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "stream"]
    return [output.data for output in outputs]


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_runs_on_a_small_case(kernel, tmp_path, language):
    folder = write_case(tmp_path / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    parameters = {"scenario": str(folder / "scenarios" / "baseline.yaml"), "language": language}
    forms = shown(execute_notebook(NOTEBOOK, parameters, language, kernel))
    assert [MIME in form for form in forms] == [True, True, True, False, False, True, *[False] * 5, True]
    assert all(form["image/svg+xml"].startswith("<svg") for form in forms if MIME in form)
    assert all(
        re.match(r"\s*<h3>", form["text/html"].removeprefix(NOTEBOOK_STYLE))
        for form in forms
        if MIME not in form
    )


def test_it_answers_for_the_shipped_case(kernel, tmp_path):
    folder = tmp_path / "diy"
    shutil.copytree(shipped("data") / "diy", folder)
    (folder / "scenarios" / "quick.yaml").write_text("solver: {gap: 0.2, effort: quick}\n", encoding="utf-8")
    scenario = str(folder / "scenarios" / "quick.yaml")
    parameters = {"scenario": scenario, "issue": "I04", "region": "34.71", "language": "en"}
    forms = shown(execute_notebook(NOTEBOOK, parameters, "en", kernel))
    titles = [form["text/plain"] for form in forms if MIME not in form]
    assert any(title.startswith("Waste in Kota Yogyakarta: 2 other regions") for title in titles)
