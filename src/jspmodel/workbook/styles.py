"""How a template looks: the formats of its cells."""

from __future__ import annotations

from typing import Any

_DARK, _MIDDLE, _PALE, _GREY = "#1F4E5F", "#3E7C93", "#E3EEF2", "#6B6B6B"
_YELLOW = "#FFF2B3"
_CELLS = ("text", "whole", "year", "number", "date")
_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "text": {"num_format": "@"},
    "quoted": {"num_format": "@", "quote_prefix": True},
    "whole": {"num_format": "#,##0"},
    "year": {"num_format": "0"},
    "number": {"num_format": "General"},
    "date": {"num_format": "yyyy-mm-dd"},
    "title": {"bold": True, "font_size": 14, "font_color": _DARK},
    "wrapped": {"text_wrap": True},
    "wrapped_english": {"text_wrap": True, "italic": True, "font_color": _GREY},
    "hint": {"font_color": _GREY},
    "example": {"font_color": _GREY, "italic": True, "num_format": "@", "align": "left"},
    "unit": {"font_color": _GREY, "align": "left", "bottom": 1, "bottom_color": _MIDDLE},
    "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": _MIDDLE, "text_wrap": True},
    "heading_required": {"bold": True, "font_color": "#FFFFFF", "bg_color": _DARK, "text_wrap": True},
    "heading_english": {"italic": True, "bg_color": _PALE, "font_color": _DARK, "text_wrap": True},
    "link": {"font_color": "#0B5394", "underline": 1},
}
_CELL: dict[str, Any] = {"text_wrap": True, "bottom": 1, "bottom_color": "#D0D0D0"}
_SHOWN: dict[str, dict[str, Any]] = {
    "cell": {},
    "cell_text": {"num_format": "@", "align": "left", "indent": 1},
    "cell_quoted": {"num_format": "@", "align": "left", "indent": 1, "quote_prefix": True},
    "cell_whole": {"num_format": "#,##0"},
    "cell_year": {"num_format": "0"},
    "cell_money": {"num_format": "#,##0.00"},
    "cell_number": {"num_format": "#,##0.00"},
    "cell_figure": {"num_format": "0.0000##"},
    "cell_share": {"num_format": "0.0%"},
    "cell_date": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1},
}


def workbook_styles(book: Any) -> dict[str, Any]:
    """Return the formats of a workbook that XlsxWriter is writing, by name."""
    asked = {f"asked_{name}": {**_STYLES[name], "bg_color": _YELLOW} for name in _CELLS}
    number = {**_STYLES["heading"], "align": "right"}
    shown = {name: {**_CELL, **style} for name, style in _SHOWN.items()}
    every = {**_STYLES, **asked, **shown, "heading_number": number}
    return {name: book.add_format({**_BASE, **style}) for name, style in every.items()}


def style_of(kind: str, *, is_year: bool) -> str:
    """Return which format the cells of a column have.

    Examples
    --------
    >>> style_of("string", is_year=False), style_of("integer", is_year=True)
    ('text', 'year')
    """
    if is_year:
        return "year"
    return {"integer": "whole", "number": "number", "date": "date"}.get(kind, "text")
