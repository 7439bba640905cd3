"""What is no plain file is refused by what it is, unread; who may not read or write is told so, and where."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from jspmodel.case import Case
from jspmodel.errors import DataError, JspError, RunError, ScenarioError
from jspmodel.intake import load_case, load_choices, load_scenario, scenario_files
from jspmodel.intake.textfile import MOST_TEXT
from jspmodel.runs import write_atomically
from jspmodel.text import listing
from jspmodel.workbook import read_workbook
from tiny import tiny_tables, write_case


def make_socket(file):
    """The path of one may be short only."""
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(file.name)
    finally:
        os.chdir(here)


def sparse(file):
    with file.open("wb") as writer:
        writer.truncate(MOST_TEXT + 1)


KINDS = {
    "file_is_pipe": os.mkfifo,
    "file_is_socket": make_socket,
    "file_is_folder": Path.mkdir,
    "file_is_device": lambda file: file.symlink_to("/dev/zero"),  # endless
    "file_too_large": sparse,
}


def table(folder, put):
    put_instead(folder / "funds.csv", put)
    load_case(folder)


def package(folder, put):
    put_instead(folder / "datapackage.json", put)
    load_case(folder)


def boundaries(folder, put):
    put_instead(folder / "boundaries.geojson", put)
    load_case(folder)


def scenario(folder, put):
    put_instead(folder / "scenarios" / "baseline.yaml", put)
    load_scenario(folder / "scenarios" / "baseline.yaml")


def target(folder, put):
    put_instead(folder / "scenarios" / "other.yaml", put)
    (file,) = scenario_files(str(folder / "scenarios" / "other.yaml"))
    load_scenario(file)


def workbook(folder, put):
    put_instead(folder / "case.xlsx", put)
    read_workbook(folder / "case.xlsx", folder)


def choices(folder, put):
    case = load_case(folder)
    put_instead(folder / "plan.csv", put)
    load_choices(folder / "plan.csv", case)


def put_instead(file, put):
    file.unlink(missing_ok=True)
    put(file)


DOORS = [table, package, boundaries, scenario, target, workbook, choices]
OTHER_WORDS = {
    (boundaries, "file_too_large"): "boundaries_too_large",
    (workbook, "file_too_large"): "workbook_too_large",
}
NOT_TRIED = {(scenario, "file_is_folder"), (target, "file_is_folder")}  # a folder is another target


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_each_door_says_what_stands_there(tiny_folder, door, code):
    if (door, code) in NOT_TRIED:
        return
    with pytest.raises((DataError, ScenarioError)) as caught:
        door(tiny_folder, KINDS[code])
    problems = caught.value.problems
    assert [problem.code for problem in problems if not problem.warning] == [
        OTHER_WORDS.get((door, code), code)
    ]
    assert listing(problems, "id") != listing(problems, "en")


@contextmanager
def nobody():
    """Whoever may do nothing; root may read and write whatever the bits say."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut_off():
    """A case whose folders anybody may go through, as far as they are not shut."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    yield write_case(place / "tiny", tiny_tables())
    shutil.rmtree(place)


def read_all(folder):
    load_case(folder)
    for file in scenario_files(str(folder)):
        load_scenario(file)


@pytest.mark.parametrize("name", ["funds.csv", "scenarios/baseline.yaml", "scenarios", "."])
def test_who_may_not_read_is_told_which_path(shut_off, name):
    path = shut_off / name
    mode = stat.S_IMODE(path.stat().st_mode)
    path.chmod(0)
    try:
        with nobody(), pytest.raises(JspError) as caught:
            read_all(shut_off)
    finally:
        path.chmod(mode)
    (problem,) = (problem for problem in caught.value.problems if not problem.warning)
    assert (problem.code, Path(problem.file)) == ("read_forbidden", path.resolve() if name == "." else path)


def test_who_may_not_write_is_told_which_path(shut_off):
    shut_off.chmod(0o555)
    with nobody(), pytest.raises(RunError) as caught:
        write_atomically(shut_off / "index.id.html", "page")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("not_writable", (shut_off / "index.id.html").as_posix())


@pytest.mark.parametrize(
    ("written", "title"), [(r'"\uD83D\uDE00"', "\U0001f600"), (r'"\U0001F600"', "\U0001f600"), ("😀", "😀")]
)
def test_a_letter_written_in_two_halves_is_one(tiny_folder, written, title):
    file = tiny_folder / "scenarios" / "baseline.yaml"
    file.write_text(f"title: {{id: {written}}}\n", encoding="utf-8")
    assert load_scenario(file).title.id == title


@pytest.mark.parametrize(
    "text", [r'title: {id: "a \uD83D b"}', r'locked_in: ["\uDE00"]', r'criteria_weights: {"\uD83D": 1}']
)
def test_half_a_letter_in_a_scenario_is_told(tiny_folder, text):
    file = tiny_folder / "scenarios" / "baseline.yaml"
    file.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    assert [(problem.code, problem.row) for problem in caught.value.problems] == [("half_letter", 1)]


def test_half_a_letter_given_by_a_program_is_told(tiny_folder):
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tiny_folder / "scenarios" / "baseline.yaml", {"title.id": "a\udcff"})
    assert [problem.code for problem in caught.value.problems] == ["half_letter"]
    frames = {file.stem: pd.read_csv(file, dtype=str) for file in tiny_folder.glob("*.csv")}
    with pytest.raises(DataError) as caught:
        Case.from_frames({**frames, "programs": frames["programs"].assign(name_id="\ud83d")})
    assert {problem.code for problem in caught.value.problems} == {"half_letter"}
