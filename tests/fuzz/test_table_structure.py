"""Tables whose structure is changed: the same case as before, or an error in words, as each change says."""

import csv
import io
import random

import pandas as pd
import pytest

from fuzz.effort import ROUNDS
from jspmodel.case import TABLES
from jspmodel.intake import read_case
from jspmodel.text import listing
from tiny import tiny_tables, write_case

SAME, ERROR, EITHER = "the same case", "an error", "either"
NEEDED = ("regions", "programs", "program_costs", "funds", "fund_budgets")
"""Tables in which the changes are made: none may lack its key."""


def parsed(text):
    return list(csv.reader(io.StringIO(text)))


def written(rows, **style):
    out = io.StringIO()
    csv.writer(out, **{"lineterminator": "\n", **style}).writerows(rows)
    return out.getvalue()


def shuffled(text, rng):
    rows = parsed(text)
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return written([[row[place] for place in order] for row in rows])


def without(text, place):
    return written([row[:place] + row[place + 1 :] for row in parsed(text)])


def again(text, rng):
    rows = parsed(text)
    return written([*rows, rng.choice(rows[1:])])


def longer(text, rng):
    rows = parsed(text)
    rng.choice(rows[1:]).extend(["x"])
    return written(rows)


def doubled(text):
    return written([[*row, row[0]] for row in parsed(text)])


def more(text):
    first, *rows = parsed(text)
    return written([[*first, "catatan kami"], *([*row, "a"] for row in rows)])


def unknown_key(text):
    first, *rows = parsed(text)
    return written([["kode_aneh", *first[1:]], *rows])


CHANGES = {
    "byte order mark": (SAME, lambda text, rng: b"\xef\xbb\xbf" + text.encode()),
    "UTF-16": (SAME, lambda text, rng: text.encode("utf-16")),
    "line ends of Windows": (SAME, lambda text, rng: text.replace("\n", "\r\n").encode()),
    "semicolons": (SAME, lambda text, rng: written(parsed(text), delimiter=";").encode()),
    "all quoted": (SAME, lambda text, rng: written(parsed(text), quoting=csv.QUOTE_ALL).encode()),
    "blank lines": (SAME, lambda text, rng: (text + "\n" * rng.randrange(1, 5)).encode()),
    "no line end": (SAME, lambda text, rng: text.rstrip("\n").encode()),
    "blank columns": (SAME, lambda text, rng: text.replace("\n", ",\n").encode()),
    "columns in another order": (SAME, lambda text, rng: shuffled(text, rng).encode()),
    "a column of somebody's own": (SAME, lambda text, rng: more(text).encode()),
    "blanks around": (SAME, lambda text, rng: text.replace(",", " , ").encode()),
    "a key column missing": (ERROR, lambda text, rng: without(text, 0).encode()),
    "a key column by another name": (ERROR, lambda text, rng: unknown_key(text).encode()),
    "a column twice": (ERROR, lambda text, rng: doubled(text).encode()),
    "a row twice": (ERROR, lambda text, rng: again(text, rng).encode()),
    "a cell too many": (ERROR, lambda text, rng: longer(text, rng).encode()),
    "another encoding": (ERROR, lambda text, rng: (text + "é,é,é\n").encode("latin-1")),
    "a null character": (ERROR, lambda text, rng: text.encode().replace(b",", b",\0", 1)),
    "a workbook": (ERROR, lambda text, rng: b"PK\x03\x04" + text.encode()),
    "a quote that never ends": (ERROR, lambda text, rng: text.replace("\n", '\n"', 1).encode()),
    "nothing": (ERROR, lambda text, rng: b""),
    "half a file": (EITHER, lambda text, rng: text.encode()[: rng.randrange(len(text))]),
    "bytes": (EITHER, lambda text, rng: spoiled(text, rng)),
}  # fmt: skip


def spoiled(text, rng):
    data = bytearray(text.encode())
    for _ in range(rng.randrange(1, 6)):
        data[rng.randrange(len(data))] = rng.choice(b'",;\n\r\0\xff 0-')
    return bytes(data)


def frames(case):
    return {table: getattr(case, table) for table in TABLES}


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_changed(tmp_path, change):
    expected, make = CHANGES[change]
    before = frames(read_case(write_case(tmp_path / "before", tiny_tables()))[0])
    for seed in range(2 * ROUNDS):
        rng = random.Random(f"{change} {seed}")
        table = rng.choice(NEEDED)
        folder = write_case(tmp_path / f"{seed}", tiny_tables())
        (folder / f"{table}.csv").write_bytes(make(tiny_tables()[table], rng))
        case, problems = read_case(folder)
        told = [problem for problem in problems if not problem.warning]
        assert (case is None) == bool(told), (table, seed)
        assert all(listing(problems, language).strip() for language in ("id", "en") if problems)
        if expected is SAME:
            assert told == [], (table, seed)
            for name, frame in frames(case).items():
                pd.testing.assert_frame_equal(frame, before[name], obj=f"{name} {seed}")
        elif expected is ERROR:
            assert told, (table, seed)
            assert {problem.file for problem in told} & {f"{table}.csv"}
