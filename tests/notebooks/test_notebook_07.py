"""Notebook 07 runs as papermill runs it, in both languages, in a small case."""

from pathlib import Path

import pytest

import jspmodel as jsp
from jspmodel.charts.render import MIME
from jspmodel.errors import ScenarioError
from jspmodel.runs.notebook_execution import execute_notebook
from tiny import tiny_tables, write_case

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "07_simulation.ipynb"
SCENARIO = "title: {id: Dasar, en: Base}\nsolver: {threads: 1}\n"


@pytest.mark.parametrize("rival", ["rival.yaml", ""])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_runs_on_a_small_case(kernel, tmp_path, language, rival):
    """Without a rival the scenario is held against itself with its budgets cut."""
    folder = write_case(tmp_path / "tiny", tiny_tables(), SCENARIO) / "scenarios"
    (folder / "rival.yaml").write_text(
        SCENARIO.replace("Dasar", "Lain").replace("Base", "Other") + "locked_out: [P01]\n", encoding="utf-8"
    )
    parameters = {
        "scenario": str(folder / "baseline.yaml"), "rival": str(folder / rival) if rival else "", "draws": 200,
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
    other = {"id": "Lain" if rival else "Pagu dipotong 10", "en": "Other" if rival else "Budgets cut by 10"}
    assert ("Dasar" if language == "id" else "Base") in forms[-1]["text/html"]
    assert other[language] in forms[-1]["text/html"]


def test_a_scenario_without_a_title_goes_by_its_name(kernel, tmp_path):
    """As ``jspmodel init`` writes it."""
    folder = write_case(tmp_path / "tiny", tiny_tables(), "solver: {threads: 1}\n") / "scenarios"
    parameters = {"scenario": str(folder / "baseline.yaml"), "draws": 200, "language": "en"}
    last = execute_notebook(NOTEBOOK, parameters, "en", kernel).cells[-1].outputs[-1].data["text/html"]
    assert "Least regret: baseline" in last


def test_a_rival_of_another_case_is_told_and_not_simulated(tmp_path):
    ours, theirs = (write_case(tmp_path / name, tiny_tables(), SCENARIO) for name in ("ours", "theirs"))
    with pytest.raises(ScenarioError, match="is a scenario of the case theirs, not of ours"):
        jsp.rival_run(str(ours), str(theirs / "scenarios" / "baseline.yaml"))
