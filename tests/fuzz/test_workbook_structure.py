"""Workbooks whose parts are changed: the same tables, or a refusal in words; never a traceback, never a wait."""

import io
import random
import re
import zipfile

import pytest

from fuzz.effort import ROUNDS
from jspmodel.errors import DataError
from jspmodel.text import listing
from jspmodel.workbook import read_workbook
from tiny import tiny_tables, write_case
from workbook.books import template_bytes

SHEET, STRINGS, BOOK, STYLES = (
    "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml",
)  # fmt: skip
SAME, REFUSED, TOLD, EITHER = "the same tables", "refused", "told of a cell", "either"


def in_part(part, change):
    return lambda parts, rng: {**parts, part: change(parts[part])}


def gone(part):
    return lambda parts, rng: {name: data for name, data in parts.items() if name != part}


def behind(end, more):
    return lambda data: data.replace(end, more + end, 1)


def unspaced(data):
    """Prefix every element, as XML may: it means the same."""
    named = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data).replace(b"xmlns=", b"xmlns:x=")
    return named.replace(b"<?x:xml", b"<?xml")


CHANGES = {
    "untouched": (SAME, lambda parts, rng: parts),
    "parts in another order": (SAME, lambda parts, rng: dict(rng.sample([*parts.items()], len(parts)))),
    "a comment": (SAME, in_part(SHEET, behind(b"</sheetData>", b"<!-- x -->"))),
    "an instruction": (SAME, in_part(SHEET, behind(b"</sheetData>", b"<?x y?>"))),
    "names of elements with a prefix": (SAME, in_part(STRINGS, unspaced)),
    "a merge beside the table": (
        SAME, in_part(SHEET, behind(b"</worksheet>", b'<mergeCells><mergeCell ref="ZA900:ZB901"/></mergeCells>'))
    ),
    "a blank cell far away": (
        SAME, in_part(SHEET, behind(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    ),
    "an unknown element": (SAME, in_part(SHEET, behind(b"</sheetData>", b"<x/>"))),
    "a picture": (SAME, lambda parts, rng: {**parts, "xl/media/a.png": b"\x89PNG" + rng.randbytes(1000)}),
    "a formula without a value": (
        TOLD, in_part(SHEET, behind(b"</sheetData>", b'<row r="900"><c r="A900"><f>1+1</f></c><c r="B900"><f>A1</f></c></row>'))
    ),
    "a formula of an error": (
        TOLD, in_part(SHEET, behind(b"</sheetData>", b'<row r="900"><c r="A900" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'))
    ),
    "no workbook": (REFUSED, gone(BOOK)),
    "no content types": (REFUSED, gone("[Content_Types].xml")),
    "no relations": (REFUSED, gone("xl/_rels/workbook.xml.rels")),
    "no sheet": (REFUSED, gone(SHEET)),
    "no texts": (REFUSED, gone(STRINGS)),
    "an entity": (REFUSED, in_part(BOOK, lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1))),
    "entities of entities": (
        REFUSED,
        in_part(STRINGS, lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', 1)),
    ),
    "levels": (REFUSED, in_part(SHEET, behind(b"</sheetData>", b"<a>" * 10**5 + b"</a>" * 10**5))),
    "a row beyond the last": (
        REFUSED, in_part(SHEET, behind(b"</sheetData>", b'<row r="99999999"><c r="A99999999"><v>1</v></c></row>'))
    ),
    "a row that is no number": (REFUSED, in_part(SHEET, behind(b"</sheetData>", b'<row r="x"><c><v>1</v></c></row>'))),
    "a text that is not there": (
        REFUSED, in_part(SHEET, behind(b"</sheetData>", b'<row r="900"><c r="A900" t="s"><v>99999</v></c></row>'))
    ),
    "a column that is no name": (REFUSED, in_part(SHEET, behind(b"</sheetData>", b'<row r="900"><c r="!"><v>1</v></c></row>'))),
    "half a sheet": (REFUSED, lambda parts, rng: {**parts, SHEET: parts[SHEET][: rng.randrange(len(parts[SHEET]) - 30)]}),
    "a style that is not there": (SAME, in_part(SHEET, lambda data: re.sub(rb' s="[0-9]+"', b' s="99999"', data))),
}  # fmt: skip


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """A case, and the parts of its workbook."""
    place = tmp_path_factory.mktemp("given")
    folder = write_case(place / "tiny", tiny_tables())
    with zipfile.ZipFile(io.BytesIO(template_bytes(folder, whole=True))) as book:
        return folder, {name: book.read(name) for name in book.namelist()}


def read(folder, file):
    """Return what a workbook changes, and what is wrong with it: a refusal has words in both languages."""
    try:
        reading = read_workbook(file, folder)
    except DataError as error:
        refused = error.problems
    else:
        refused = ()
    if refused:
        assert all(file.name in listing(refused, language) for language in ("id", "en"))
        return None, [problem.code for problem in refused]
    assert all(listing(reading.problems, language) for language in ("id", "en") if reading.problems)
    return reading.changes, [problem.code for problem in reading.errors]


@pytest.mark.parametrize("change", CHANGES)
def test_a_part_changed(tmp_path, given, change):
    folder, parts = given
    expected, make = CHANGES[change]
    file = tmp_path / "changed.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in make(parts, random.Random(change)).items():
            book.writestr(name, data)
    changes, errors = read(folder, file)
    found = REFUSED if changes is None else TOLD if errors else SAME
    assert (found, changes) == (expected, () if expected is SAME else changes), errors


def damaged(data, rng):
    """Return an archive with bytes changed, cut out, put in, or doubled."""
    place, size = rng.randrange(len(data)), rng.randrange(1, 40)
    return rng.choice([
        data[:place] + rng.randbytes(size) + data[place + size :],
        data[:place] + data[place + size :],
        data[:place] + rng.randbytes(size) + data[place:],
        data[:place] + data[max(0, place - 200) :],
        data[:place],
    ])  # fmt: skip


@pytest.mark.parametrize("seed", range(6 * ROUNDS))
def test_damaged_bytes_are_the_same_tables_or_refused(tmp_path, given, seed):
    folder, parts = given
    rng, file = random.Random(seed), tmp_path / "damaged.xlsx"
    whole = tmp_path / "whole.xlsx"
    with zipfile.ZipFile(whole, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    file.write_bytes(damaged(whole.read_bytes(), rng))
    changes, errors = read(folder, file)
    assert not changes or errors
