"""HTML pages that load nothing from anywhere: words escaped, charts, files to take along."""

from jspmodel import grammars  # noqa: F401 (before nbconvert)
from jspmodel.pages.finding import Captioned, captioned, render_finding
from jspmodel.pages.html import Fragment, fragment, headings, in_indonesian, lines, say_html, table

__all__ = [
    "Captioned",
    "Fragment",
    "captioned",
    "fragment",
    "headings",
    "in_indonesian",
    "lines",
    "render_finding",
    "say_html",
    "table",
]
