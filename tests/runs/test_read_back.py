"""What stands in a folder of runs may be broken or hostile: it is listed as unreadable, and work goes on."""

import errno
import json
import os
import re
import socket
from pathlib import Path

import pytest

from jspmodel.batch.lock import locked
from jspmodel.batch.place import locked_place
from jspmodel.intake.strict_json import DEEPEST, MOST_VALUES
from jspmodel.pages import write_index
from jspmodel.runs import is_finished, read_entries, subfolders
from jspmodel.text import LANGUAGES
from pages.test_index_page import note_failure, write_run

LONG_AGO, FAR = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"


def changed(file, **values):
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def replaced(file, put):
    file.unlink()
    put(file)


def sparse(file):
    with file.open("wb") as writer:
        writer.truncate(2**30)


def bound(file):
    """A socket of that name; the path of one may be short only."""
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(file.name)
    finally:
        os.chdir(here)


HOSTILE = {
    "no number": ("plan.json", "json_not_finite", lambda file: changed(file, objective=float("nan"))),
    "endless": ("plan.json", "json_not_finite", lambda file: changed(file, bound=float("inf"))),
    "overflows": ("plan.json", "json_not_finite", lambda file: file.write_text('{"objective": 1e999}')),
    "too large a number": ("plan.json", "json_not_finite", lambda file: changed(file, objective=1e300)),
    "worth nearly nothing": ("plan.json", "not_as_written", lambda file: changed(file, objective=5e-324)),
    "a start before calendars": ("plan.json", "not_as_written", lambda file: changed(file, programs=[{"start": 1}])),
    "a start at the end of dates": ("plan.json", "not_as_written", lambda file: changed(file, programs=[{"start": 9999}])),
    "money of year 0": ("plan.json", "not_as_written", lambda file: changed(file, funding=[{"year": 0, "amount": 1.0}])),
    "a cost below zero": ("plan.json", "not_as_written", lambda file: changed(file, programs=[{"cost": -5.0}])),
    "a name of a million letters": ("run.json", "not_as_written", lambda file: changed(file, scenario="a" * 10**6)),
    "before computers": ("run.json", "not_as_written", lambda file: changed(file, finished=LONG_AGO)),
    "at the end of dates": ("run.json", "not_as_written", lambda file: changed(file, finished=FAR)),
    "no time zone": ("run.json", "not_as_written", lambda file: changed(file, finished="2027-03-01T10:00:00")),
    "a number for a time": ("run.json", "not_as_written", lambda file: changed(file, finished=3)),
    "a list for text": ("run.json", "not_as_written", lambda file: changed(file, scenario=["x"])),
    "deep": ("plan.json", "json_too_deep", lambda file: file.write_text("[" * 100_000)),
    "deep and closed": ("run.json", "json_too_deep", lambda file: changed(file, changes=nested(DEEPEST))),
    "many": ("plan.json", "json_too_many", lambda file: file.write_text("[" + "[]," * MOST_VALUES + "[]]")),
    "half a letter": ("run.json", "json_broken", lambda file: changed(file, scenario="\ud83d")),
    "other letters": ("run.json", "not_utf8", lambda file: file.write_bytes('{"scenario": "é"}'.encode("latin-1"))),
    "a gigabyte": ("plan.json", "file_too_large", sparse),
    "a pipe": ("run.json", "file_is_pipe", lambda file: replaced(file, os.mkfifo)),
    "a socket": ("plan.json", "file_is_socket", lambda file: replaced(file, bound)),
    "a folder": ("plan.json", "file_is_folder", lambda file: replaced(file, Path.mkdir)),
    "a link": ("plan.json", "file_is_link", lambda file: replaced(file, lambda put: put.symlink_to("/dev/zero"))),
    "gone": ("plan.json", "not_found", Path.unlink),
}  # fmt: skip


def nested(levels):
    return {"a": nested(levels - 1)} if levels else 1


@pytest.fixture
def out(tmp_path):
    write_run(tmp_path, "diy", "baseline")
    write_run(tmp_path, "diy", "cut")
    return tmp_path


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_refused_is_listed_with_its_reason_and_the_others_as_ever(out, kind):
    name, code, spoil = HOSTILE[kind]
    spoil(out / "diy" / "cut" / name)
    sound, refused = read_entries(out)
    assert (sound.run, sound.answer.objective, sound.refused) == ("baseline", 40.0, ())
    assert (refused.run, refused.answer) == ("cut", None)
    assert [(problem.code, problem.file) for problem in refused.refused] == [(code, name)]
    write_index(out)
    words = {language: (out / f"index.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES}
    assert all(page.count("✗") == 1 and page.count("✓") == 1 and name in page for page in words.values())


@pytest.mark.parametrize("kind", [kind for kind, (name, *_) in HOSTILE.items() if name == "run.json"])
def test_a_hostile_record_is_no_finished_run(out, kind):
    HOSTILE[kind][2](out / "diy" / "cut" / "run.json")
    assert not is_finished(out / "diy" / "cut", "0" * 64, ())


@pytest.mark.parametrize("when", [LONG_AGO, FAR])
def test_a_note_of_failure_from_no_time_is_told_beside_the_result(out, when):
    note_failure(out, "diy", "cut", when)
    note_failure(out, "diy", "gone", "2027-03-02T00:00:00+00:00")
    entries = {entry.run: entry for entry in read_entries(out)}
    assert entries["cut"].answer is not None
    assert [(problem.code, problem.file) for problem in entries["cut"].refused] == [
        ("not_as_written", ".failed/cut.json")
    ]
    assert entries["gone"].failure.error == "why"


def test_names_that_are_no_text_are_listed_and_their_links_lead_there(out):
    (out / "diy" / "cut").rename(out / "diy" / os.fsdecode(b"\xff\xfe"))
    (out / "diy").rename(out / os.fsdecode(b"\xc3"))
    write_index(out)
    page = (out / "index.en.html").read_text(encoding="utf-8")
    assert 'href="%C3/%FF%FE/report.id.html"' in page
    assert "\N{REPLACEMENT CHARACTER}" in page


def test_a_run_behind_a_link_out_of_the_folder_is_not_read(out, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_run(elsewhere, "diy", "secret", title="Rahasia")
    (out / "diy" / "secret").symlink_to(elsewhere / "diy" / "secret")
    (out / "diy" / "again").symlink_to(out / "diy" / "cut")  # within the folder: a name for it
    (out / "bali").symlink_to(elsewhere / "diy")
    entries = {(entry.case, entry.run): entry for entry in read_entries(out)}
    for place in (("diy", "secret"), ("bali", "secret")):
        assert [problem.code for problem in entries[place].refused] == ["folder_is_link"]
    assert entries["diy", "again"].answer is not None
    write_index(out)
    assert "Rahasia" not in (out / "index.id.html").read_text(encoding="utf-8")


def test_a_page_that_never_stays_as_it_is_gets_written_a_bounded_number_of_times(out, monkeypatch):
    from jspmodel.pages import index_page as module

    calls = []

    def never_ready(file, text):
        write_run(out, "diy", f"late{len(calls)}")
        calls.append(file)

    monkeypatch.setattr(module, "write_atomically", never_ready)
    write_index(out)
    assert len(calls) == len(LANGUAGES) * module._WRITINGS


def test_a_loop_of_links_is_no_folder(out):
    (out / "round").symlink_to(out / "round")
    assert [folder.name for folder in subfolders(out)] == ["diy"]
    assert len(read_entries(out)) == 2


def test_a_lock_that_is_a_pipe_or_leads_elsewhere_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "victim")
    for name, number in (("pipe", errno.ENXIO), ("link", errno.ELOOP)):
        with pytest.raises(OSError, match=re.escape(os.strerror(number))), locked(tmp_path / name, 0):
            pass
    assert not (tmp_path / "victim").exists()


def test_nothing_is_taken_away_behind_a_link(out, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "cut" / "kept").mkdir(parents=True)
    (out / "diy" / ".running").symlink_to(elsewhere)
    with pytest.raises(NotADirectoryError), locked_place(out / "diy" / "cut"):
        pass
    assert (elsewhere / "cut" / "kept").is_dir()
