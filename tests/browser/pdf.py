"""The text of a PDF as Chromium writes them: page by page, in the order of painting."""

import re
import zlib
from pathlib import Path

_OBJECT = re.compile(rb"(\d+) 0 obj\s*(<<.*?)endobj", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
_SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<((?:[0-9A-F]{4})+)>(?!>)")
_ONE = re.compile(r"<(\w{4})> <(\w+)>\n")
_MANY = re.compile(r"<(\w{4})> <(\w{4})> <(\w{4})>\n")


def pages(file: Path) -> list[str]:
    """Return the text of each page."""
    objects = {int(number): body for number, body in _OBJECT.findall(file.read_bytes())}
    letters = {
        number: _letters(_unpacked(objects[int(cmap[1])]))
        for number, body in objects.items()
        if (cmap := re.search(rb"/Type /Font\b.*/ToUnicode (\d+) 0 R", body, re.S))
    }
    contents = [
        int(found[1])
        for body in objects.values()
        if (found := re.search(rb"/Type /Page\b.*/Contents (\d+) 0 R", body, re.S))
    ]
    return [_text(_unpacked(objects[number]), letters) for number in contents]


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    return zlib.decompress(found[1]) if found else b""


def _letters(cmap: bytes) -> dict[int, str]:
    """Return the letter of each glyph."""
    text = cmap.decode("ascii")
    letters = {int(glyph, 16): bytes.fromhex(code).decode("utf-16-be") for glyph, code in _ONE.findall(text)}
    for first, last, code in _MANY.findall(text):
        start = int(first, 16)
        letters |= {glyph: chr(int(code, 16) + glyph - start) for glyph in range(start, int(last, 16) + 1)}
    return letters


def _text(content: bytes, letters: dict[int, dict[int, str]]) -> str:
    words, font = [], {}
    for name, glyphs in _SHOWN.findall(content):
        if name:
            font = letters.get(int(name), {})
        else:
            codes = [int(glyphs[place : place + 4], 16) for place in range(0, len(glyphs), 4)]
            words.append("".join(font.get(code, "") for code in codes))
    return " ".join(words)
