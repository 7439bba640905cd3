"""What a report offers can be taken from the file alone, under its own strict policy, whole to the last byte."""

import shutil

import pytest
from nbformat.v4 import new_notebook

from jspmodel.pages.notebook_page import notebook_to_html

pytestmark = pytest.mark.browser


def test_files_held_in_the_page_come_out_as_they_went_in(viewer, tmp_path):
    beside, alone = tmp_path / "run", tmp_path / "sent alone"
    beside.mkdir()
    alone.mkdir()
    for name in ("plan.xlsx", "telaahan.id.docx"):
        (beside / name).write_bytes(bytes(range(256)) * 300)
    (alone / "report.id.html").write_text(
        notebook_to_html(new_notebook(), "id", files=sorted(beside.iterdir())), encoding="utf-8"
    )
    taken = viewer.look("download", alone / "report.id.html", alone)
    assert taken == {
        f"{way}-{name}": [] for way in ("live", "still") for name in ("plan.xlsx", "telaahan.id.docx")
    }
    for name in taken:
        assert (alone / name).read_bytes() == bytes(range(256)) * 300
    shutil.rmtree(alone)
