"""From an executed notebook to one HTML file that loads nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from jspmodel.charts import MIME, svg
from jspmodel.pages.chart_script import page_script
from jspmodel.pages.downloads import offered, with_files
from jspmodel.pages.html import TEMPLATES, fragment
from jspmodel.pages.program_links import link_programs
from jspmodel.scenario import Language
from jspmodel.text import Table, say

SECTIONS = (
    "problem",
    "assumptions",
    "facts",
    "analysis",
    "conclusion",
    "recommendations",
    "program_sheets",
    "annex",
)
FOLD = "why"
"""Tag of the cells that most readers leave out: the page folds them."""
PAPER = "paper"
"""Tag of the cells that only the memo shows: the page tells the same in another way."""
_NAMES: dict[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}


def notebook_to_html(
    notebook: NotebookNode, language: Language, *, twin: bool = False, files: Sequence[Path] = ()
) -> str:
    """Return the report page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its outputs are charts and fragments.
    language : {"id", "en"}
        Language of the page around them.
    twin : bool
        Whether the report in the other language stands beside this one.
    files : sequence of Path
        Stand beside the page; it offers them, and holds those that it has room for.

    Returns
    -------
    str
        One document: a content security policy lets only its own script and style run.
    """
    exporter = TemplateExporter(
        template_name="report",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={"as_html": partial(_as_html, language=language), "escape_html": escape},
    )
    notebook = _folded(notebook)
    around = _page(notebook, language, files, twin=twin)
    html, _ = exporter.from_notebook_node(notebook, resources={"page": around})
    return with_files(link_programs(str(html)), files)


def _folded(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook as its page shows it: without cells for paper, runs of cells to ``FOLD`` marked."""
    marked = deepcopy(notebook)
    marked.cells = [cell for cell in marked.cells if PAPER not in cell.metadata.get("tags", ())]
    for folds, run in groupby(marked.cells, lambda cell: FOLD in cell.metadata.get("tags", ())):
        told = [cell for cell in run if cell.get("outputs")] if folds else []
        if told:
            told[0].metadata["fold_begins"] = True
            told[-1].metadata["fold_ends"] = True
    return marked


def _page(notebook: NotebookNode, language: Language, files: Sequence[Path], *, twin: bool) -> dict[str, str]:
    style, script = page_style(), page_script()
    title = _title(notebook)
    other: Language = "en" if language == "id" else "id"
    sections = (*SECTIONS, "downloads") if files else SECTIONS
    top = fragment(
        "top",
        title,
        language,
        sections=[(section, say(f"report.{section}", language)) for section in sections],
        twin=f"report.{other}.html" if twin else "",
        twin_language=other,
        twin_name=_NAMES[other],
    )
    return {
        "language": language,
        "title": title,
        "policy": content_policy(style, script),
        "style": style,
        "script": script,
        "fold": say("why.part", language),
        "fold_note": say("why.part_note", language),
        "top": top.html,
        "downloads": offered(files, language) if files else "",
        "bottom": fragment("bottom", title, language).html,
    }


def _title(notebook: NotebookNode) -> str:
    """Return what the first part says in plain text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    plain = next((output["data"]["text/plain"] for output in outputs if "data" in output), "")
    return str(plain)


def content_policy(style: str, script: str = "") -> str:
    """Return the content security policy of a page: only its own style and, if it has one, script run."""
    return "; ".join(
        [
            "default-src 'none'",
            *([f"script-src '{_digest(script)}'"] if script else []),
            f"style-src '{_digest(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page_style() -> str:
    """Return the style sheet of all pages."""
    return (TEMPLATES / "report" / "style.css").read_text(encoding="utf-8")


def _as_html(output: NotebookNode, language: Language) -> str:
    data = output.get("data", {})
    if MIME in data:
        return chart_html(data[MIME], language)
    return str(data.get("text/html", ""))


def chart_html(spec: dict[str, Any], language: Language) -> str:
    """Return a chart as a figure: its message as heading, a still picture, what draws it live, its table.

    Parameters
    ----------
    spec : dict
        Vega-Lite specification with the message in ``usermeta``.
    language : {"id", "en"}

    Returns
    -------
    str
    """
    message = spec["usermeta"]["jspmodel"]
    bare = {key: value for key, value in spec.items() if key not in {"title", "usermeta"}}
    picture = svg(bare)
    width, height = re.findall(r'\b(?:width|height)="([\d.]+)"', picture)[:2]
    figure = fragment(
        "chart",
        message["title"],
        language,
        note=message["note"],
        anchor="chart-" + hashlib.sha256(picture.encode()).hexdigest()[:8],
        image="data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        width=round(float(width)),
        height=round(float(height)),
        spec=None if _is_map(bare) else _inert(bare),
        data=Table(**message["table"]),
        slider=message.get("slider"),
    )
    return figure.html


def _is_map(spec: dict[str, Any]) -> bool:
    """Return whether a chart has areas in pixels: drawn to another width, they would leave their names."""
    return any(layer.get("mark", {}).get("type") == "geoshape" for layer in spec.get("layer", ()))


def _inert(spec: dict[str, Any]) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704
