"""A small workbook may not make a program create much: it is refused by what is too much, before any is created."""

import subprocess
import sys
import zipfile

import pytest

from jspmodel.errors import DataError
from jspmodel.text import listing
from jspmodel.workbook import read_workbook
from workbook.books import template_bytes

SHEET = "xl/worksheets/sheet2.xml"


def before(tag, *more):
    """Put XML before the end of an element, or, where there is none, of the sheet's data."""

    def put(data):
        end = tag if tag in data else b"</sheetData>"
        assert data.count(end) == 1
        return data.replace(end, b"".join(more) + end)

    return put


def after_data(xml):
    return lambda data: data.replace(b"</sheetData>", b"</sheetData>" + xml)


HOSTILE = {
    "one merge over the sheet": (
        "workbook_merged", SHEET,
        after_data(b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
    "formats": ("workbook_formats", "xl/styles.xml", before(b"</cellXfs>", b'<xf numFmtId="0"/>' * 1_500_000)),
    "fonts": ("workbook_formats", "xl/styles.xml", before(b"</fonts>", b"<font/>" * 100_000)),
    "named otherwise": (
        "workbook_formats", "xl/styles.xml", before(b"</fonts>", b'<x:font xmlns:x="x"/>' * 100_000)
    ),
    "rows": ("workbook_rows", SHEET, before(b"</sheetData>", b"<row/>" * 500_000)),
    "cells": ("workbook_cells", SHEET, before(b"</sheetData>", b"<row>", b"<c/>" * 900_000, b"</row>")),
    "texts": ("workbook_strings", "xl/sharedStrings.xml", before(b"</sst>", b"<si><t>a</t></si>" * 600_000)),
    "names": (
        "workbook_parts", "xl/workbook.xml", before(b"</definedNames>", b'<definedName name="a">1</definedName>' * 60_000)
    ),
    "levels": ("workbook_parts", SHEET, before(b"</sheetData>", b"<a>" * 1000, b"</a>" * 1000)),
    "one long text": ("workbook_parts", "xl/sharedStrings.xml", before(b"</sst>", b"<si><t>", b"a" * 2**22, b"</t></si>")),
    "one long tag": ("workbook_parts", SHEET, before(b"</sheetData>", b'<row a="', b"a" * 2**22, b'"/>')),
}  # fmt: skip


def changed(file, part, change, name=None):
    target = file.with_name("changed.xlsx")
    assert part in zipfile.ZipFile(file).namelist()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, change(data) if item == part and name is None else data)
        if name is not None:
            new.writestr(name, change(old.read(part)))
    return target


@pytest.fixture
def file(tmp_path, tiny_folder):
    file = tmp_path / "filled.xlsx"
    file.write_bytes(template_bytes(tiny_folder, whole=True))
    return file


@pytest.mark.parametrize("kind", HOSTILE)
def test_too_much_of_anything_is_refused_in_words(tiny_folder, file, kind):
    code, part, change = HOSTILE[kind]
    book = changed(file, part, change)
    assert book.stat().st_size < 3 * 2**20
    with pytest.raises(DataError) as caught:
        read_workbook(book, tiny_folder)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == (code, "changed.xlsx")
    assert listing([problem], "id") != listing([problem], "en")


def test_a_part_by_any_other_name_is_counted_too(tiny_folder, file):
    """A workbook names its parts itself."""
    code, part, change = HOSTILE["formats"]
    with pytest.raises(DataError) as caught:
        read_workbook(changed(file, part, change, "xl/media/styles.png"), tiny_folder)
    assert caught.value.problems[0].code == code


def test_pictures_are_not_looked_into(tiny_folder, file):
    book = changed(file, SHEET, lambda _: b"\x89PNG\r\n" + b"\0<!DOCTYPE" * 1000, "xl/media/image1.png")
    assert read_workbook(book, tiny_folder).errors == ()


@pytest.mark.skipif(
    sys.platform != "linux", reason="what a process takes at most is told in other units elsewhere"
)
def test_a_merge_over_the_whole_sheet_takes_little_memory(file):
    _, part, change = HOSTILE["one merge over the sheet"]
    # Of the program itself: the most that ru_maxrss tells is that of whoever started it, too.
    reading = (
        "import re, sys; from pathlib import Path; from jspmodel.workbook.book_process import main; main()\n"
        "sys.stderr.write(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    with changed(file, part, change).open("rb") as book:
        done = subprocess.run([sys.executable, "-c", reading], stdin=book, capture_output=True, check=True)
    assert b"workbook_merged" in done.stdout
    assert int(done.stderr) < 100 * 1024
