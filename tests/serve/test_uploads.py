"""Workbooks that are uploaded: each a case of its own, or its mistakes; nothing beside the session's folder."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest

from jspmodel.errors import DataError
from jspmodel.intake import load
from jspmodel.selection import select_programs
from jspmodel.serve.session_folders import CASES, OFFERED, UPLOADS, new_folder
from jspmodel.serve.told import problem_table
from jspmodel.serve.uploads import take_upload
from jspmodel.text import LANGUAGES, words
from jspmodel.workbook import LARGEST_FILE, write_plan, write_template
from tiny import tiny_tables, write_case


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "session"
    for name in (CASES, UPLOADS, OFFERED):
        (folder / name).mkdir(parents=True)
    return folder


@cache
def workbook(**changed):
    """Return the workbook of the tiny case with other tables; to write one takes as long as to read it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "tiny.xlsx"
        write_template(write_case(Path(folder) / "tiny", tiny_tables() | changed), file, "en")
        return file.read_bytes()


def test_a_workbook_becomes_a_case(session):
    upload = take_upload(workbook(), "Rencana 2027.xlsx", session, "en")
    assert upload.case == session / CASES / "Rencana-2027"
    case, _ = load(upload.case)
    assert case.programs["program"].tolist() == ["P01", "P02", "P03"]
    assert upload.marked is None


def test_two_of_one_name_do_not_overwrite_each_other(session):
    data = workbook()
    first, second = (take_upload(data, "a.xlsx", session, "en").case for _ in range(2))
    assert (first.name, second.name) == ("a", "a-2")
    assert load(first)[0].regions.equals(load(second)[0].regions)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("../../evil.xlsx", "evil"),
        (r"C:\data\..\plan.xlsx", "plan"),
        ("/etc/passwd", "passwd"),
        ("..", "case"),
        ("", "case"),
        ("a\x00b\n.xlsx", "a-b"),
        ("<script>.xlsx", "script"),
        ("x" * 300 + ".xlsx", "x" * 60),
    ],
)
def test_a_name_leads_nowhere_else(session, tmp_path, name, folder):
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(session)}
    assert take_upload(workbook(), name, session, "en").case == session / CASES / folder
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(session)}
    assert after == before


def test_mistakes_are_told_with_their_cells_and_marked(session):
    tables = {"regions": tiny_tables()["regions"].replace("Barat,100", "Barat,-100")}
    upload = take_upload(workbook(**tables), "tiny.xlsx", session, "en")
    assert upload.case is None
    assert list((session / CASES).iterdir()) == []
    ((kind, sheet, cell, said),) = [row for row in upload.problems if "-100" in row[3]]
    assert (kind, sheet) == ("error", "Daerah")
    assert said.endswith("Write 0 or more.")
    assert "-100" in openpyxl.load_workbook(upload.marked)[sheet][cell].comment.text
    assert upload.marked.is_relative_to(session / OFFERED)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_workbook"),
        (b"kode,nama\n1,2\n", "not_a_workbook"),
        (b"PK\x03\x04broken", "workbook_broken"),
        (bytes(LARGEST_FILE + 1), "workbook_too_large"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(session, data, code):
    with pytest.raises(DataError) as refused:
        take_upload(data, "plan.xlsx", session, "id")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert list((session / CASES).iterdir()) == []
    assert not [path for path in (session / UPLOADS).rglob("*") if path.is_file()]


def test_a_template_that_nobody_filled_in_is_no_case(session, tmp_path):
    (tmp_path / "none").mkdir()
    write_template(tmp_path / "none", tmp_path / "none.xlsx", "en")
    data = (tmp_path / "none.xlsx").read_bytes()
    with pytest.raises(DataError) as refused:
        take_upload(data, "none.xlsx", session, "en")
    assert [problem.code for problem in refused.value.problems] == ["workbook_blank"]


@pytest.mark.parametrize(
    ("headings", "code", "form"),
    [
        (["No", "Kegiatan", "Lokasi", "Volume", "Pagu Indikatif (Rp)"], "list_uploaded", "Musrenbang"),
        (["Misi", "Tujuan", "Sasaran", "Indikator", "Satuan", "2027", "2028"], "list_uploaded", "RPJMD"),
        (["Kabupaten", "Luas", "Catatan"], "no_case_uploaded", ""),
        (["Kabupaten", "2023", "2024"], "no_case_uploaded", ""),  # as BPS has it, not the years of an RPJMD
    ],
)
def test_of_a_list_the_command_is_named_that_takes_it(session, tmp_path, headings, code, form):
    book = openpyxl.Workbook()
    book.active.append(headings)
    book.active.append([1, "Sumur", "Bantul", *range(2, len(headings) - 1)])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(DataError) as refused:
        take_upload((tmp_path / "list.xlsx").read_bytes(), "Usulan 2027.xlsx", session, "id")
    (problem,) = refused.value.problems
    assert (problem.code, problem.values.get("form", "")) == (code, form)
    for language in LANGUAGES:
        assert "jspmodel import Usulan-2027.xlsx data/kasus" in words(problem, language)


def test_words_of_a_workbook_stay_words(session):
    tables = {"regions": tiny_tables()["regions"].replace("Barat,100", "Barat,<img src=x onerror=alert(1)>")}
    upload = take_upload(workbook(**tables), "tiny.xlsx", session, "en")
    assert any("<img" in row[3] for row in upload.problems)
    html = problem_table(upload.problems, True, "en")
    assert "<img" not in html
    assert "&lt;img" in html


def test_folders_are_made_once(tmp_path):
    assert [new_folder(tmp_path, "a/b").name for _ in range(3)] == ["a-b", "a-b-2", "a-b-3"]


@pytest.mark.parametrize("name", ["usulan.csv", "old.xls", "scan.pdf"])
def test_what_is_no_workbook_is_called_as_it_was_uploaded(session, name):
    with pytest.raises(DataError) as told:
        take_upload(b"not a workbook", name, session, "id")
    assert [problem.file for problem in told.value.problems] == [name]
    assert not any(file.is_file() for file in session.rglob("*"))


def test_the_plan_of_a_run_is_told_from_the_workbook_of_a_case(session, tmp_path):
    """Some of its sheets are called as tables are: Daerah, Kriteria."""
    case, scenario = load(str(write_case(tmp_path / "tiny", tiny_tables())))
    file = tmp_path / "plan.xlsx"
    write_plan(case, scenario, select_programs(case, scenario), file, "id")
    with pytest.raises(DataError) as told:
        take_upload(file.read_bytes(), "plan.xlsx", session, "id")
    assert [problem.code for problem in told.value.problems] == ["plan_for_case"]
