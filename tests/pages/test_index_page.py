"""The index page lists what is there: whole runs, failures with their reason, nothing half-written."""

import json
import os
import re
from pathlib import Path

import pytest

from jspmodel.errors import RunError
from jspmodel.pages.index_page import index_page, write_index
from jspmodel.runs import comparisons, read_entries
from jspmodel.text import LANGUAGES

EVIL = '<script>hacked</script>"&{7*7}\N{RIGHT-TO-LEFT OVERRIDE}'


def write_run(out, case, run, finished="2027-03-01T10:00:00+00:00", title="", **plan):
    folder = out / case / run
    folder.mkdir(parents=True)
    record = {
        "scenario": run, "parameters": {"title": {"id": title, "en": ""}, "more": 1}, "status": "done",
        "finished": finished,
    }  # fmt: skip
    answer = {
        "objective_kind": "gap_closed", "status": "optimal", "stopped_by_clock": False, "objective": 40.0,
        "bound": 40.4, "programs": [],
    }  # fmt: skip
    (folder / "run.json").write_text(json.dumps(record))
    (folder / "plan.json").write_text(json.dumps({**answer, **plan}))
    (folder / "report.id.html").write_text("")
    return folder


def note_failure(out, case, run, when, error="why", **more):
    folder = out / case / ".failed"
    folder.mkdir(parents=True, exist_ok=True)
    note = {"case": case, "scenario": run, "when": when, "error": error, **more}
    (folder / f"{run}.json").write_text(json.dumps(note))


@pytest.fixture
def out(tmp_path):
    write_run(tmp_path, "diy", "cut", title="Pagu dipotong")
    write_run(tmp_path, "diy", "baseline", status="feasible", bound=41.0)
    write_run(tmp_path, "bali", "baseline", objective_kind="score", objective=12.5, bound=12.5)
    write_run(tmp_path, "diy", ".cut-half")
    (tmp_path / "diy" / "comparison.en.html").write_text("")
    (tmp_path / "notes").mkdir()
    return tmp_path


def listed(out):
    return [(entry.case, entry.run) for entry in read_entries(out)]


def test_all_runs_and_no_temporary_folder(out):
    assert listed(out) == [("bali", "baseline"), ("diy", "baseline"), ("diy", "cut")]
    assert comparisons(out) == {"diy": ("comparison.en.html",)}


def test_a_failure_counts_until_a_later_run_succeeds(out):
    note_failure(out, "diy", "cut", "2027-03-01T09:59:59+00:00")
    note_failure(out, "diy", "baseline", "2027-03-01T17:00:01+07:00")
    note_failure(out, "diy", "new", "2027-03-01T08:00:00+00:00")
    failures = {entry.run: entry.failure for entry in read_entries(out) if entry.case == "diy"}
    assert failures["cut"] is None
    assert failures["baseline"].error == failures["new"].error == "why"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"status": "running"}', '{"finished": 3}', "\0"])
def test_records_that_cannot_be_read_are_told_not_fatal(out, content):
    (out / "diy" / "cut" / "run.json").write_text(content)
    note_failure(out, "bali", "cut", "soon")
    entries = {(entry.case, entry.run): entry for entry in read_entries(out)}
    assert entries["diy", "cut"].refused
    assert entries["diy", "cut"].answer is None
    note = entries["bali", "cut"]
    assert (note.failure, [problem.code for problem in note.refused]) == (None, ["not_as_written"])
    assert "✗" in index_page(read_entries(out), {}, "en")


def cells(html):
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", html, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize("name", ["run.json", "plan.json"])
def test_a_pipe_in_place_of_a_record_is_not_waited_for(out, name):
    file = out / "diy" / "cut" / name
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    (entry,) = (entry for entry in read_entries(out) if entry.run == "cut")
    assert [(problem.code, problem.file) for problem in entry.refused] == [("file_is_pipe", name)]


def test_what_a_row_says(out):
    note_failure(out, "diy", "cut", "2027-03-02T00:00:00+00:00", "The budget is too small.\nRaise it.")
    bali, diy, cut = cells(index_page(read_entries(out), comparisons(out), "en"))
    assert bali.startswith("baseline ✓ Proven best")
    assert "12.5 score points 0.0% 1 March 2027, 17.00 WIB Report (Indonesian)" in bali
    assert "≈ A valid plan" in diy
    assert "40.0% 2.5%" in diy
    assert cut.startswith(
        "Pagu dipotong cut ✗ FAILED (2 March 2027, 07.00 WIB) The budget is too small. Raise it."
    )
    assert "An earlier result is still there" in cut
    assert "40.0% 1.0%" in cut


def test_nothing_found_is_not_told_as_proven(tmp_path):
    write_run(tmp_path, "diy", "baseline", status="feasible", objective=0.0, bound=77.0, gap=0.0)
    (row,) = cells(index_page(read_entries(tmp_path), {}, "en"))
    assert "≈ Not for approval yet: nothing is proven 0.0% none proven" in row


def test_pages_in_both_languages_link_to_each_other_and_to_files(out):
    assert [file.name for file in write_index(out)] == ["index.id.html", "index.en.html"]
    for language in LANGUAGES:
        html = (out / f"index.{language}.html").read_text(encoding="utf-8")
        targets = re.findall(r'href="([^"]*)"', html)
        assert "script-src" not in html
        assert "<script" not in html
        assert all((out / target).exists() for target in targets if target != "#main")
        assert "diy/comparison.en.html" in targets
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_names_from_elsewhere_cannot_break_out(tmp_path):
    write_run(tmp_path, 'a"<b>&', "javascript:x y#1?", title=EVIL)
    note_failure(tmp_path, 'a"<b>&', "other", "2027-03-02T00:00:00+00:00", EVIL * 1000)
    html = index_page(read_entries(tmp_path), {}, "id")
    assert "<script" not in html
    assert "<b>" not in html
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
    assert 'href="a%22%3Cb%3E%26/javascript%3Ax%20y%231%3F/report.id.html"' in html
    assert len(html) < 60_000


def test_an_empty_folder_says_so(tmp_path):
    write_index(tmp_path)
    assert "jspmodel run" in (tmp_path / "index.en.html").read_text(encoding="utf-8")


def test_a_folder_that_may_not_be_written_is_an_error_of_ours(tmp_path):
    with pytest.raises(RunError) as caught:
        write_index(Path(tmp_path / "none"))
    assert [problem.code for problem in caught.value.problems] == ["not_writable"]


def test_a_run_finished_meanwhile_is_listed(out, monkeypatch):
    from jspmodel.pages import index_page as module

    calls = []

    def late(file, text):
        calls.append(file)
        file.write_text(text, encoding="utf-8")
        if len(calls) == 2:
            write_run(out, "diy", "late")

    monkeypatch.setattr(module, "write_atomically", late)
    write_index(out)
    assert len(calls) == 4
    assert "late" in (out / "index.en.html").read_text(encoding="utf-8")


def test_a_clock_that_was_set_back_hides_no_failure(tmp_path):
    finished = "2027-03-01T10:00:00+00:00"
    for run in ("failed after it", "failed before it"):
        write_run(tmp_path, "diy", run, finished)
    note_failure(tmp_path, "diy", "failed after it", "2027-03-01T08:00:00+00:00", beside=finished)
    note_failure(
        tmp_path, "diy", "failed before it", "2027-03-01T08:00:00+00:00", beside="2027-03-01T07:00:00+00:00"
    )
    told = {entry.run: entry.failure for entry in read_entries(tmp_path)}
    assert told["failed after it"].error == "why"
    assert told["failed before it"] is None


def test_a_failure_is_told_in_the_language_of_the_page(tmp_path):
    problem = {
        "code": "negative",
        "file": "funds.csv",
        "row": 7,
        "column": "amount",
        "values": {"value": "-3"},
    }
    note_failure(tmp_path, "diy", "a", "2027-03-01T00:00:00+00:00", "in Klingon", problems=[problem])
    note_failure(tmp_path, "diy", "b", "2027-03-01T00:00:00+00:00", "then", problems=[{"code": "unheard of"}])
    entries = read_entries(tmp_path)
    (indonesian, _), (english, old) = (cells(index_page(entries, {}, language)) for language in LANGUAGES)
    assert "Tulis 0 atau lebih." in indonesian
    assert "Write 0 or more." in english
    assert "Klingon" not in english
    assert old.endswith("then – – –")
