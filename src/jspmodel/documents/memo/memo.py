"""An executed report as a *telaahan staf*: its six parts, Persoalan to Saran, and an annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from jspmodel.charts import MIME, png
from jspmodel.documents.memo.blocks import Block, TableBlock, Text, blocks
from jspmodel.documents.memo.paper import Paper
from jspmodel.documents.plain_text import Words
from jspmodel.scenario import Language
from jspmodel.text import say

PARTS = {
    "problem": ("problem", "gap_matrix"),
    "assumptions": ("assumptions",),
    "facts": ("facts",),
    "analysis": (
        "analysis",
        "roadmap",
        "region_benefit",
        "who_pays",
        "cofunding_kept",
        "spending_shares_kept",
        "staff_use",
        "rule_prices",
        "not_accommodated",
    ),
    "conclusion": ("conclusion",),
    "recommendations": ("recommendations", "approval_tables", "matrix"),
}
"""The six parts of a telaahan staf, each with the functions whose outputs in the report stand in it."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_CALLED = re.compile(r"^jsp\.(?:report|charts)\.(\w+)\(", re.MULTILINE)
_MOST_COLUMNS = 10
"""More do not stand on a page; the workbook has them all."""
_MOST_ROWS = 15
"""Longer tables stand in the annex."""
_DOTS = 160
"""Dots of a picture to the inch: legible on paper, light to send."""
_STYLES = {"h3": "Heading 2", "h4": "Heading 2", "note": "Quiet", "item": "List Bullet", "pre": "Quiet"}


def write_memo(notebook: NotebookNode, file: Path, language: Language) -> None:
    """Write a report as a memo to edit, in the report's own words.

    Parameters
    ----------
    notebook : NotebookNode
        Report notebook, executed; of its outputs the memo takes those of ``PARTS``.
    file : Path
        Ends in ``.docx``.
    language : {"id", "en"}
        Language of the notebook's outputs.
    """
    outputs = _outputs(notebook)
    first = next(iter(outputs.values()), {})
    subject = str(first.get("text/plain", ""))
    paper = Paper(subject, language)
    paper.number_pages(say("memo.page", language))
    _opening(paper, _blocks(first), subject, language)
    left: list[TableBlock] = []
    for number, (part, names) in zip(_ROMAN, PARTS.items(), strict=True):
        paper.text([Words(f"{number}. {say(f'report.{part}', language)}")], "Heading 1")
        for name in names:
            left += _show(paper, outputs.get(name, {}), language)
    paper.text([Words(say("memo.signature", language))], "Signature")
    _annex(paper, left, _blocks(outputs.get("audit", {})), language)
    paper.keep(file)


def _outputs(notebook: NotebookNode) -> dict[str, dict[str, Any]]:
    """Return what each function that a cell calls has shown."""
    return {
        name: output["data"]
        for cell in notebook.cells
        for name in _CALLED.findall(cell.source)
        for output in cell.get("outputs", [])
        if "data" in output
    }


def _blocks(data: dict[str, Any]) -> list[Block]:
    return blocks(str(data.get("text/html", "")))


def _opening(paper: Paper, first: Iterable[Block], subject: str, language: Language) -> None:
    paper.text([Words(say("memo.title", language))], "Title", centred=True)
    about = next(_texts(first, "eyebrow"), None)
    if about:
        paper.text(about.words, centred=True)
    lines = [(say(f"memo.{key}", language), "." * 40) for key in ("to", "from", "date", "number")]
    lines.append((say("memo.enclosure", language), say("memo.enclosed", language)))
    paper.form([*lines, (say("memo.subject", language), say("memo.about", language))])
    paper.text([Words(subject, strong=True)])


def _texts(found: Iterable[Block], kind: str) -> Iterator[Text]:
    return (block for block in found if isinstance(block, Text) and block.kind == kind)


def _show(paper: Paper, data: dict[str, Any], language: Language) -> list[TableBlock]:
    """Write an output; return the tables that belong in the annex."""
    if MIME in data:
        _chart(paper, data[MIME], data["image/svg+xml"])
    left = []
    for block in _blocks(data):
        if isinstance(block, TableBlock) and len(block.rows) > _MOST_ROWS:
            told = say("memo.in_annex", language, table=_caption(block), n=block.filled)
            paper.text([Words(told)])
            left.append(block)
        elif isinstance(block, TableBlock):
            _table(paper, block, language)
        elif block.kind == "step":
            paper.step(block.words, first=block.first)
        elif block.kind != "h2":
            paper.text(block.words, _STYLES.get(block.kind, "Normal"))
    return left


def _table(paper: Paper, grid: TableBlock, language: Language) -> None:
    caption = _caption(grid)
    if grid.columns > _MOST_COLUMNS:
        paper.text([Words(say("memo.too_wide", language, table=caption, n=grid.columns))])
        return
    paper.text([Words(caption)], "Caption")
    paper.table(grid.rows, grid.columns)


def _caption(grid: TableBlock) -> str:
    return "".join(word.text for word in grid.caption)


def _chart(paper: Paper, spec: dict[str, Any], svg: str) -> None:
    message = spec["usermeta"]["jspmodel"]
    bare = {key: value for key, value in spec.items() if key not in {"title", "usermeta"}}
    width, height = map(float, re.findall(r'\b(?:width|height)="([\d.]+)"', svg)[:2])
    inches = paper.room(height / width)
    paper.text([Words(message["title"])], "Heading 2")
    paper.picture(png(bare, scale=inches * _DOTS / width), inches, spec["description"])
    paper.text([Words(message["note"])], "Quiet")


def _annex(paper: Paper, left: Iterable[TableBlock], last: Iterable[Block], language: Language) -> None:
    paper.landscape()
    paper.text([Words(say("report.annex", language))], "Heading 1")
    # The last command is the one that runs it again; that of the certificate stands before it.
    for command in list(_texts(last, "pre"))[-1:]:
        told = "".join(word.text for word in command.words)
        paper.text([Words(say("memo.made", language, command=told))], "Quiet")
    for grid in left:
        _table(paper, grid, language)
