"""Files that a page offers: held in it where there is room, so that the page stays whole wherever it goes."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from jspmodel.pages.html import fragment
from jspmodel.scenario import Language
from jspmodel.text import number, say

_MOST = 1_450_000
"""Bytes of a page; 1.5 MB is what a report may weigh."""
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def offered(files: Sequence[Path], language: Language) -> str:
    """Return the section of a page that offers files which stand beside it.

    Parameters
    ----------
    files : sequence of Path
        Workbooks and documents, written.
    language : {"id", "en"}

    Returns
    -------
    str
        HTML with a link to each.
    """
    told = [
        {
            "name": file.name,
            "title": say(f"report.download_{file.suffix[1:]}", language),
            "note": say(f"report.download_{file.suffix[1:]}_note", language),
            "size": f"{number(max(1, file.stat().st_size / 1000), language)} kB",
        }
        for file in files
    ]
    return fragment("downloads", say("report.downloads", language), language, files=told).html


def with_files(html: str, files: Sequence[Path], most: int = _MOST) -> str:
    """Put the files that a page offers into the page itself, as long as there is room.

    Parameters
    ----------
    html : str
        A page with ``offered``.
    files : sequence of Path
        Those that matter most come first.
    most : int
        Bytes that the page may have.

    Returns
    -------
    str
        A file without room stays a link to what stands beside the page.
    """
    for file in files:
        data = base64.b64encode(file.read_bytes()).decode()
        held = f'href="data:{_TYPES[file.suffix]};base64,{data}"'
        before, link, after = html.rpartition(f'href="{file.name}"')
        if link and len(html.encode()) + len(held) <= most:
            html = before + held + after
    return html
