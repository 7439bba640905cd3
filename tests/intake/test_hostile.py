"""Whatever stands in a file: a case or settings come out, or problems with words, nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jspmodel.case import Case
from jspmodel.errors import ScenarioError
from jspmodel.intake import load_case, load_scenario, read_case
from jspmodel.intake.settings import known_keys
from jspmodel.text import listing
from tiny import tiny_tables, write_case

CELL = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "0", "-0", "1e308", "1e-400", "NaN", "34.1", "P01", "2027", "9" * 400, "=A1", '"', "\x00"]
    ),
    st.floats().map(str),
    st.integers().map(str),
)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(data=st.data())
def test_any_cells(data):
    tables = tiny_tables()
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from(sorted(tables)))
        lines = [line.split(",") for line in tables[table].split("\n")]
        row = data.draw(st.integers(0, len(lines) - 1))
        lines[row][data.draw(st.integers(0, len(lines[row]) - 1))] = data.draw(CELL)
        tables[table] = "\n".join(",".join(cells) for cells in lines)
    with tempfile.TemporaryDirectory() as place:
        folder = write_case(Path(place) / "tiny", {}, "")
        for table, text in tables.items():
            (folder / f"{table}.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        case, problems = read_case(folder)
    assert (case is None) == any(not problem.warning for problem in problems)
    assert listing(problems, "id").isprintable() or "\n" in listing(problems, "id")


UNSEEN = "\u202e\u2066\u200b\ufeff\u00ad\x9f"


def test_what_nobody_sees_stays_outside_by_whichever_door(tmp_path):
    """A mark of writing direction turned lines of the report; P01 with a blank of no width was unknown."""
    tables = tiny_tables()
    seen = load_case(write_case(tmp_path / "seen", tables))
    hidden = {
        name: text.replace("P01", f"P01{UNSEEN}").replace("Kabupaten", f"{UNSEEN}Kabu{UNSEEN}paten")
        for name, text in tables.items()
    }
    folder = write_case(tmp_path / "hidden", hidden, f'locked_in: [P01{UNSEEN}, "P02\\u202e"]\n')
    title = f'{{"name": "tiny", "title": "{UNSEEN}Tiny\\u202e", "question": "{UNSEEN}Apa?"}}'
    (folder / "datapackage.json").write_text(title, encoding="utf-8")
    case = load_case(folder)
    assert case.tables().keys() == seen.tables().keys()
    for name, table in seen.tables().items():
        assert case.tables()[name].equals(table), name
    assert (set(case.title.values()), case.question["id"]) == ({"Tiny"}, "Apa?")
    scenario = load_scenario(folder / "scenarios" / "baseline.yaml")
    assert [lock.program for lock in scenario.locked_in] == ["P01", "P02"]
    frames = {
        name: table.map(lambda cell: cell + UNSEEN if isinstance(cell, str) else cell)
        for name, table in seen.tables().items()
        if len(table)
    }
    given_tables = Case.from_frames(frames).tables()
    assert all(given_tables[name].equals(seen.tables()[name]) for name in frames)


@settings(max_examples=50)
@given(data=st.binary(max_size=60))
def test_any_bytes(data):
    with tempfile.TemporaryDirectory() as place:
        folder = write_case(Path(place) / "tiny", tiny_tables())
        (folder / "funds.csv").write_bytes(data)
        (folder / "datapackage.json").write_bytes(data)
        (folder / "scenarios" / "baseline.yaml").write_bytes(data)
        _, problems = read_case(folder)
        assert listing(problems, "en")
        assert_read_or_told(folder)


@settings(max_examples=100)
@given(changes=st.dictionaries(st.sampled_from(known_keys()), VALUE, max_size=3))
def test_any_value_of_a_setting(changes):
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "trial.yaml"
        path.write_text("")
        assert_read_or_told(path, changes)


def assert_read_or_told(path, changes=None):
    """Make sure that settings come out, or problems in words."""
    try:
        load_scenario(path, changes)
    except ScenarioError as error:
        told = error.problems
    else:
        return
    assert listing(told, "id") != listing(told, "en")
