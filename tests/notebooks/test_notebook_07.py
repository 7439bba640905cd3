"""Notebook 07 runs as papermill runs it, in both languages, in a small case."""

from pathlib import Path

import pytest

from jspmodel.charts.render import MIME
from jspmodel.runs.notebook_execution import execute_notebook
from tiny import tiny_tables, write_case

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "07_simulation.ipynb"
SCENARIO = "title: {id: Dasar, en: Base}\nsolver: {threads: 1}\n"


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_runs_on_a_small_case(kernel, tmp_path, language):
    folder = write_case(tmp_path / "tiny", tiny_tables(), SCENARIO) / "scenarios"
    (folder / "rival.yaml").write_text(
        SCENARIO.replace("Dasar", "Lain").replace("Base", "Other") + "locked_out: [P01]\n", encoding="utf-8"
    )
    parameters = {
        "scenario": str(folder / "baseline.yaml"), "rival": str(folder / "rival.yaml"), "draws": 200,
        "language": language,
    }  # fmt: skip
    outputs = [
        o
        for cell in execute_notebook(NOTEBOOK, parameters, language, kernel).cells
        for o in cell.get("outputs", [])
    ]
    forms = [output.data for output in outputs if output.output_type != "stream"]
    assert [MIME in form for form in forms] == [False, True, False, False, True, False, False]
    assert all(forms.pop(place)["image/svg+xml"].startswith("<svg") for place in (4, 1))
    assert all("<table>" in form["text/html"] for form in forms)
    assert ("Dasar" if language == "id" else "Base") in forms[-1]["text/html"]
