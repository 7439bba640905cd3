from .finding import Captioned, captioned, render_finding
from .findings_page import findings_page
from .html import Fragment, fragment, headings, in_indonesian, lines, say_html, table
from .index_page import write_index
from .notebook_page import chart_html, notebook_to_html
from .page_policy import page_style
from .program_links import link_programs, program_anchor
from .standalone_page import standalone_html

__all__ = [
    "Captioned",
    "Fragment",
    "captioned",
    "chart_html",
    "findings_page",
    "fragment",
    "headings",
    "in_indonesian",
    "lines",
    "link_programs",
    "notebook_to_html",
    "page_style",
    "program_anchor",
    "render_finding",
    "say_html",
    "standalone_html",
    "table",
    "write_index",
]
