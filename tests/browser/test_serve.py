"""The page of ``jspmodel serve``, gone through in Chromium where there is no network."""

import os

import openpyxl
import pytest

from jspmodel.intake import load
from jspmodel.workbook import write_template
from tiny import tiny_tables, write_case

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("JSP_PICTURES", "")
"""A folder for screenshots, where somebody wants to look at them."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def seen(viewer, folder):
    write_template(write_case(folder / "tiny", tiny_tables()), folder / "good.xlsx", "en")
    tables = tiny_tables()
    tables["regions"] = tables["regions"].replace("Barat,100", "Barat,-100")
    write_template(write_case(folder / "bad", tables), folder / "wrong.xlsx", "en")
    return viewer.look("serve", folder / "good.xlsx", folder / "wrong.xlsx", folder, PICTURES)


def test_a_wrong_workbook_is_told_cell_by_cell_and_taken_back_marked(seen, folder):
    (mistake,) = [row for row in seen["mistakes"] if "-100" in row]
    rows = openpyxl.load_workbook(folder / "wrong.xlsx")["Daerah"].iter_rows()
    (place,) = [cell.coordinate for row in rows for cell in row if str(cell.value) == "-100"]
    assert mistake.split("\t")[:3] == ["error", "Daerah", place]
    book = openpyxl.load_workbook(folder / "wrong-marked.xlsx")
    assert "-100" in book["Daerah"][place].comment.text


def test_uploads_of_one_name_stand_side_by_side_and_outlive_the_page(seen):
    assert seen["cases"] == seen["again"] == ["good", "good-2"]


def test_the_plan_says_what_is_proven_and_shows_roadmap_and_map(seen):
    assert "no other plan is better" in seen["proof"]
    assert len(seen["figures"]) == 3  # most effects are levels: as in the report, no percent leads
    assert seen["charts"] == 2


def test_a_programme_is_locked_out_and_in(seen):
    assert (seen["out"], seen["in"]) == (1, 1)
    first, out, again = seen["costs"]
    assert first != out != again


def test_what_the_what_if_says_stays_within_its_box(seen):
    assert seen["spilled"] == []


def test_the_question_is_saved_as_a_scenario_to_take_along(seen, folder):
    assert "baseline-what-if" in seen["saved"]
    text = (folder / "baseline-what-if.yaml").read_text(encoding="utf-8")
    place = write_case(folder / "again", tiny_tables()) / "scenarios" / "baseline-what-if.yaml"
    place.write_text(text, encoding="utf-8")
    assert [lock.program for lock in load(place)[1].locked_in] == ["P01"]


def test_the_report_is_of_the_plan_that_was_chosen(seen):
    assert seen["of"] == ["The plan of step 2: scenario baseline", "The plan of step 3: with P01"]
    assert seen["written"] == "Written. The plan of step 3: with P01"


def test_report_workbook_and_memo_are_taken_along(seen, folder):
    assert seen["report"] in (folder / "report.en.html").read_text(encoding="utf-8")
    assert len(openpyxl.load_workbook(folder / "plan.xlsx").sheetnames) > 3
    assert (folder / "telaahan.en.docx").read_bytes().startswith(b"PK")


def test_only_who_has_the_address_is_answered(seen):
    assert seen["refused"] == {
        "page": 405,  # the guard lets it through; Voilà shows the page to GET only
        "no token": 403,
        "other token": 403,
        "other name": 403,
        "other page": 403,
        "outside": 403,
        "other file": 403,
    }


def test_nothing_is_asked_of_the_network_and_nothing_breaks(seen):
    assert seen["abroad"] == []
    assert real(seen["errors"]) == []
    assert (seen["title"], seen["language"]) == ("jspmodel", "en")
    assert seen["narrow"] <= 390


def test_nothing_is_left_when_it_ends(seen):
    assert seen["left"] == []
    assert "temporary folder is removed" in seen["said"]


def test_a_page_whose_command_has_ended_says_so(seen):
    assert "no longer answers" in seen["gone"]


def test_a_search_is_stopped_and_a_quick_one_ends(viewer, folder):
    scratch = folder / "scratch"
    scratch.mkdir()
    seen = viewer.look("serve_stopped", "diy", scratch, PICTURES)
    assert seen["title"] == "Dari buku kerja ke rencana"
    assert seen["cases"] == ["diy"]
    assert seen["plan"] == 0
    assert seen["abroad"] == []
    assert real(seen["errors"]) == []
    assert list(scratch.iterdir()) == []


def test_a_page_that_is_closed_or_loaded_again_leaves_nothing_running(viewer, folder):
    write_template(write_case(folder / "two", tiny_tables()), folder / "two.xlsx", "id")
    scratch = folder / "scratch-pages"
    scratch.mkdir()
    seen = viewer.look("serve_pages", folder / "two.xlsx", scratch)  # it waits until the kernels are gone
    assert (seen["before"], seen["cases"], seen["again"]) == ([], ["two"], ["two"])
    assert seen["refused"] == []
    assert real(seen["errors"]) == []
    assert "berhenti" in seen["broken"]
    assert seen["unmade"] == seen["broken"]
    assert not seen["left"]
    assert seen["window"] == ""


def real(errors):
    """Return errors but for two: Voilà's page is older than the widgets', and asks in vain once the command has ended."""
    known = ("shared singleton module", "shared module", "api/kernels")
    return [line for line in errors if not any(one in line for one in known)]
