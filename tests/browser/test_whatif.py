"""The what-if controls of notebook 05, moved in JupyterLab, in Chromium, with the network cut off."""

from pathlib import Path

import nbformat
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from jspmodel.intake import load_scenario
from tiny import tiny_tables, write_case

pytestmark = pytest.mark.browser
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "05_selection.ipynb"


@pytest.fixture(scope="module")
def seen(viewer):
    project = viewer.served / "whatif"
    write_case(project / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    notebook = parameterize_notebook(
        load_notebook_node(str(NOTEBOOK)), {"scenario": "tiny/scenarios/baseline.yaml", "language": "en"}
    )
    nbformat.write(notebook, project / NOTEBOOK.name)
    found = viewer.look("whatif", f"whatif/{NOTEBOOK.name}", "P01 Pelatihan kerja")
    return {**found, "scenarios": project / "tiny" / "scenarios"}


def test_every_cell_runs(seen):
    assert [cell["errors"] for cell in seen["cells"]] == [[]] * len(seen["cells"])


def test_a_moved_slider_is_answered_in_words(seen):
    assert seen["readout"] == "75"
    assert any("points lower than the plan before." in line for line in seen["cut"])
    assert any("of budgets of" in line for line in seen["cut"])


def test_a_programme_forced_in_and_the_equity_switch_are_answered(seen):
    assert "Take off the list: P01 Pelatihan kerja" in seen["picked"]
    assert seen["forced"] != seen["cut"]
    assert seen["equity"] != seen["taken"]


def test_a_plan_is_taken_and_its_question_saved_as_a_scenario(seen):
    assert any("You took this plan" in line for line in seen["taken"])
    assert seen["offered"] == "baseline-what-if"
    assert "baseline-what-if.yaml" in seen["saved"]
    saved = load_scenario(seen["scenarios"] / "baseline-what-if.yaml")
    assert saved.budget_scale.all == 0.75
    assert [lock.program for lock in saved.locked_in] == ["P01"]
    assert saved.equity.mode == "off"


def test_undo_leads_back_to_the_first_plan(seen):
    assert seen["back"] == [seen["taken"], seen["forced"], seen["cut"], seen["first"]]
    assert seen["readout_at_last"] == "100"


def test_one_chart_stays_and_does_not_flicker(seen):
    assert seen["chart_stays"] == 1
    assert seen["blank"] == 0
    assert len(seen["sizes"]) == 1


def test_controls_and_chart_stand_beside_one_another_on_a_laptop(seen):
    controls, chart = seen["on_a_laptop"]["parts"]
    assert controls["right"] <= chart["left"]
    assert abs(controls["top"] - chart["top"]) < 10
    assert chart["right"] <= seen["on_a_laptop"]["right"]
    assert max(controls["height"], chart["height"]) < seen["on_a_laptop"]["height"]


def test_nothing_is_asked_of_the_network_and_nothing_breaks(seen):
    assert seen["abroad"] == []
    # Lab carries Vega-Lite 5 and says so of each chart (docs: charts/render.py).
    assert [line for line in seen["errors"] if "Vega-Lite" not in line] == []
