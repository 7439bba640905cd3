"""The notebook that planners begin with, run in JupyterLab, in Chromium, with the network cut off.

As it is shipped, but where the default case stands is one small enough to work out by hand.
"""

import ast
import json
import shutil
from pathlib import Path

import pytest
from papermill import inspect_notebook

from tiny import tiny_tables, write_case

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
NOTEBOOK = "00_start.ipynb"


@pytest.fixture(scope="module")
def seen(viewer):
    project = viewer.served / "start"
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    known = inspect_notebook(str(ROOT / "notebooks" / NOTEBOOK))
    scenario = ast.literal_eval(known["scenario"]["default"])
    assert (ROOT / scenario).is_file()
    write_case((project / scenario).parents[1], tiny_tables(), "solver: {threads: 1}\n")
    return viewer.look("lab", f"start/notebooks/{NOTEBOOK}")


def test_every_cell_runs_in_order_without_an_error(seen):
    cells = json.loads((ROOT / "notebooks" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    count = sum(cell["cell_type"] == "code" for cell in cells)
    assert [cell["prompt"] for cell in seen["cells"]] == [f"[{number}]:" for number in range(1, count + 1)]
    assert [cell["errors"] for cell in seen["cells"]] == [[]] * count


def test_charts_are_drawn(seen):
    assert len(seen["charts"]) >= 5
    for chart in seen["charts"]:
        assert chart["visible"]
        assert min(chart["width"], chart["height"]) > 50
        assert chart["colours"] > 2  # something is drawn: more than ink on a white ground


def test_texts_in_tables_stand_left_and_not_bold_figures_right(seen):
    assert len(seen["tables"]) >= 4
    assert {look for table in seen["tables"] for look in table["texts"]} == {"left 400"}
    assert {look for table in seen["tables"] for look in table["figures"]} == {"right 400"}


def test_lab_asks_nothing_of_the_reader_or_of_the_network(seen):
    assert seen["dialogs"] == []
    assert seen["abroad"] == []
