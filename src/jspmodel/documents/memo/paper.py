"""A document for a word processor: styles, headings, lists, tables and pictures that stay editable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Inches, Pt, RGBColor
from docx.table import _Cell

from jspmodel.documents.plain_text import Words
from jspmodel.scenario import Language
from jspmodel.text import xml_text

_LANGUAGES: dict[str, str] = {"id": "id-ID", "en": "en-GB"}
_FONT, _INK = "Arial", RGBColor(0x1B, 0x1F, 0x24)
_A4 = Cm(21.0), Cm(29.7)
_SIDE, _HEADING = Cm(2.3), Cm(3)
"""Margins at the sides; what a picture leaves of a page for its heading and its note."""
_SIZES = {
    "Normal": 10.5,
    "Title": 16,
    "Heading 1": 13,
    "Heading 2": 11,
    "Caption": 9.5,
    "Quiet": 9,
    "Cell": 8.5,
}

_LETTER, _BOLD, _BESIDE = Pt(8.5) * 0.56, 1.12, Cm(0.28)
"""Room that a letter takes in a cell, how much more in a heading, and what a cell keeps free."""
_DATE = len("30 September 2027")


class Paper:
    """A document that is being written.

    Parameters
    ----------
    title : str
    language : {"id", "en"}
        Of the text, for spelling and screen readers.
    """

    def __init__(self, title: str, language: Language) -> None:
        self._document: Any = docx.Document()
        self._language = language
        _set_styles(self._document, _LANGUAGES[language])
        properties = self._document.core_properties
        properties.title, properties.language = xml_text(title)[:255], _LANGUAGES[language]
        properties.author, properties.comments = "", ""
        properties.created = properties.modified = datetime.now(UTC)
        _shape(self._document.sections[0], landscape=False)

    @property
    def _width(self) -> int:
        """What text may take of the page's width, in the document's units."""
        section = self._document.sections[-1]
        return int(section.page_width - section.left_margin - section.right_margin)

    def number_pages(self, before: str) -> None:
        """Show the number of each page at its foot, with a word before it."""
        line = self._document.sections[0].footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(f"{before} ")
        _field(line, "PAGE")
        line.add_run(" / ")
        _field(line, "NUMPAGES")

    def text(self, words: Iterable[Words], style: str = "Normal", *, centred: bool = False) -> Any:
        """Add a paragraph."""
        line = self._document.add_paragraph(style=style)
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _say(line, words, self._language)
        return line

    def step(self, words: Iterable[Words], *, first: bool) -> None:
        """Add an item of a numbered list; the first of a list counts from 1 again."""
        line = self.text(words, "List Number")
        if first:
            self._numbering = _new_numbering(self._document)
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, self._numbering

    def room(self, shape: float) -> float:
        """Return how wide a picture may stand on the page, in inches.

        Parameters
        ----------
        shape : float
            Its height, divided by its width.
        """
        section = self._document.sections[-1]
        high = section.page_height - section.top_margin - section.bottom_margin - _HEADING
        return float(min(self._width, high / shape) / Inches(1))

    def picture(self, png: bytes, inches: float, description: str) -> None:
        """Add a picture, with its description for those who do not see it."""
        shape = self._document.add_picture(BytesIO(png), width=Inches(inches))
        shape._inline.docPr.set("descr", xml_text(description))
        self._document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def table(self, rows: Sequence[Sequence[Any]], columns: int, headings: int = 1) -> None:
        """Add a table whose first rows repeat on each page; cells as ``blocks.Cell``."""
        grid = self._document.add_table(rows=0, cols=columns, style="Table Grid")
        grid.autofit = False
        grid._tbl.tblPr.find(qn("w:tblLook")).addprevious(_margins())  # Word insists on the order
        widths = _widths(rows, columns, self._width)
        template = grid.add_row()._tr
        grid._tbl.remove(template)
        for number, cells in enumerate(rows):
            row = deepcopy(template)
            grid._tbl.append(row)
            _fill(grid, row, cells, widths, self._language, heading=number < headings)
        for column, width in zip(grid._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        self._document.add_paragraph(style="Cell")

    def form(self, lines: Iterable[tuple[str, str]]) -> None:
        """Add lines of a name, a colon and what is to be filled in."""
        for name, value in lines:
            line = self._document.add_paragraph(style="Form")
            line.add_run(xml_text(f"{name}\t{value}"))

    def landscape(self) -> None:
        """Begin a page that lies on its side."""
        _shape(self._document.add_section(WD_SECTION.NEW_PAGE), landscape=True)

    def keep(self, file: Path) -> None:
        """Write the document."""
        self._document.save(str(file))


def _set_styles(document: Any, language: str) -> None:
    styles = document.styles
    for name in ("Quiet", "Cell", "Form", "Signature"):
        styles.add_style(name, 1).base_style = styles["Normal"]
    for name, size in _SIZES.items():
        font = styles[name].font
        font.name, font.size, font.color.rgb = _FONT, Pt(size), _INK
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
    for name, before, after in (("Normal", 0, 6), ("Quiet", 0, 6), ("Cell", 1, 1), ("Form", 0, 2)):
        styles[name].paragraph_format.space_before = Pt(before)
        styles[name].paragraph_format.space_after = Pt(after)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Title"].font.bold = True
    styles["Form"].paragraph_format.left_indent = Cm(3.2)
    styles["Form"].paragraph_format.first_line_indent = Cm(-3.2)
    styles["Signature"].paragraph_format.left_indent = Cm(9)
    styles["Signature"].paragraph_format.space_before = Pt(24)
    for tag in styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _shape(section: Any, *, landscape: bool) -> None:
    short, long = _A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.left_margin = section.right_margin = _SIDE
    section.top_margin = section.bottom_margin = Cm(2)


def _say(line: Any, words: Iterable[Words], language: str, *, strong: bool = False) -> None:
    for said in words:
        run = line.add_run(xml_text(said.text))
        run.bold = True if strong or said.strong else None
        if said.language and said.language != language:
            tag = OxmlElement("w:lang")
            tag.set(qn("w:val"), _LANGUAGES.get(said.language, said.language))
            run._r.get_or_add_rPr().append(tag)


def _field(line: Any, instruction: str) -> None:
    """Add what the word processor counts."""
    for kind in ("begin", "", "end"):
        run = line.add_run()._r
        tag = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            tag.set(qn("w:fldCharType"), kind)
        else:
            tag.text = instruction
        run.append(tag)


def _new_numbering(document: Any) -> int:
    """Return a numbering like that of the style, which starts at 1."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _fill(
    grid: Any, row: Any, cells: Sequence[Any], widths: Sequence[int], language: str, *, heading: bool
) -> None:
    properties = row.get_or_add_trPr()
    for tag in ("w:cantSplit", *(["w:tblHeader"] if heading else [])):
        properties.append(OxmlElement(tag))
    place = 0
    boxes = list(row.tc_lst)
    for cell in cells:
        box = boxes[place]
        box.width = sum(widths[place : place + cell.span])
        if cell.span > 1:
            box.grid_span = cell.span
            for extra in boxes[place + 1 : place + cell.span]:
                row.remove(extra)
        place += cell.span
        line = _Cell(box, grid).paragraphs[0]
        line._p.style = "Cell"  # by its id: python-docx would look the name up for every cell
        if cell.numeric:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _say(line, cell.words, language, strong=heading)
        if heading or cell.span > 1:
            _shade(box)
            line.paragraph_format.keep_with_next = True  # no heading stands alone at the end of a page


def _margins() -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "70")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _shade(box: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E3EEF2")):
        shade.set(qn(f"w:{name}"), value)
    box.get_or_add_tcPr().append(shade)


def _unbroken(word: str) -> int:
    """Return the letters that stay on one line: of a long word a part, of a date or a sum of money all."""
    return min(len(word), _DATE if "\N{NO-BREAK SPACE}" in word else 12)


def _widths(rows: Sequence[Sequence[Any]], columns: int, width: int) -> list[int]:
    """Give each column room for its longest word, and share what is left by how long the texts are."""
    words, texts = [4.0] * columns, [4.0] * columns
    for number, row in enumerate(rows):
        if len(row) == columns:
            for place, cell in enumerate(row):
                text = "".join(word.text for word in cell.words)
                texts[place] = max(texts[place], min(len(text), 60))
                longest = max(map(_unbroken, re.split(r"[ \n]+", text)))
                words[place] = max(words[place], longest * (1 if number else _BOLD))
    least = [_BESIDE + _LETTER * word for word in words]
    more = [1 + max(0, text - word) for text, word in zip(texts, words, strict=True)]
    rest = max(0, width - sum(least))
    shared = [room + rest * part / sum(more) for room, part in zip(least, more, strict=True)]
    return [int(width * room / sum(shared)) for room in shared]
