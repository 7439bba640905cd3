"""From an executed notebook to one HTML file that loads nothing from anywhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from jspmodel.charts import MIME
from jspmodel.pages.column_labels import ColumnLabels, css_text
from jspmodel.pages.downloads import offered, with_files
from jspmodel.pages.html import NOTEBOOK_STYLE, TEMPLATES, fragment
from jspmodel.pages.page_policy import content_policy, page_script, page_style
from jspmodel.pages.picture import draw_picture, draw_steps
from jspmodel.pages.program_links import link_programs
from jspmodel.scenario import Language
from jspmodel.text import Table, say

if TYPE_CHECKING:
    from nbformat import NotebookNode

SECTIONS = (
    "my_region",
    "problem",
    "analysis",
    "approval_tables",
    "program_sheets",
    "annex",
)
FIRST, FOLDS = "first", ("basis", "detail", "why", "annex")
"""Tags of the cells of the first screen, and of those that most readers leave out: the page folds them."""
PAPER = "paper"
"""Tag of the cells that only the memo shows: the page tells the same in another way."""
_HEADING = re.compile(r'<h2 id="(\w+)">([^<]+)</h2>')
_NAMES: dict[Language, str] = {"id": "Bahasa Indonesia", "en": "English"}


def notebook_to_html(
    notebook: NotebookNode,
    language: Language,
    *,
    twin: bool = False,
    files: Sequence[Path] = (),
    stamp: str = "",
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
    stamp : str
        What it is and when it was computed: stands in the footer and on each printed page.

    Returns
    -------
    str
        One document: a content security policy lets only its own script and style run.
    """
    from nbconvert.exporters import TemplateExporter  # a third of a second: pages without notebook need none

    exporter = TemplateExporter(
        template_name="report",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={"as_html": _shown, "escape_html": escape},
    )
    labels = ColumnLabels()
    notebook = _marked(notebook)
    for output in _data(notebook):
        output["data"] = {**output["data"], "text/html": labels.moved(_as_html(output, language))}
    around = _page(notebook, language, files, _style(stamp, labels), stamp=stamp, twin=twin)
    html, _ = exporter.from_notebook_node(notebook, resources={"page": around})
    return with_files(link_programs(str(html)), files)


def _marked(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook as its page shows it: without cells for paper, runs of cells with a tag marked."""
    marked = deepcopy(notebook)
    marked.cells = [cell for cell in marked.cells if PAPER not in cell.metadata.get("tags", ())]
    seen = [cell for cell in marked.cells if cell.get("outputs")]
    _mark(seen, FIRST, "first")
    for fold in FOLDS:
        _mark(seen, fold, "fold")
    return marked


def _mark(cells: Sequence[NotebookNode], tag: str, mark: str) -> None:
    """Mark where runs of cells with a tag begin and end."""
    for has, run in groupby(cells, lambda cell: tag in cell.metadata.get("tags", ())):
        if has:
            told = list(run)
            told[0].metadata[f"{mark}_begins"] = tag
            told[-1].metadata[f"{mark}_ends"] = True


def _style(stamp: str, labels: ColumnLabels) -> str:
    return page_style() + labels.style() + _running_head(stamp)


def _page(
    notebook: NotebookNode, language: Language, files: Sequence[Path], style: str, *, stamp: str, twin: bool
) -> dict[str, Any]:
    script = page_script()
    title = _title(notebook)
    other: Language = "en" if language == "id" else "id"
    headings = _headings(notebook)
    # What begins with the issue stands in one fold, and is one entry.
    headings |= {"problem": say("report.basis", language)} if "problem" in headings else {}
    sections = [(section, headings[section]) for section in SECTIONS if section in headings]
    if files:
        sections.append(("downloads", say("report.downloads", language)))
    top = fragment(
        "top",
        title,
        language,
        sections=sections,
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
        "folds": {fold: say(f"report.fold_{fold}", language) for fold in FOLDS},
        "why": say("why.part", language),
        "top": top.html,
        "downloads": offered(files, language) if files else "",
        "bottom": fragment("bottom", title, language, stamp=stamp).html,
    }


def _headings(notebook: NotebookNode) -> dict[str, str]:
    """Return the headings of the sections that the outputs have, by anchor."""
    shown = (output["data"].get("text/html", "") for output in _data(notebook))
    return {anchor: unescape(text) for html in shown for anchor, text in _HEADING.findall(str(html))}


def _data(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output)


def _running_head(stamp: str) -> str:
    """Return the style of what heads each printed page."""
    if not stamp:
        return ""
    first = '@page first { @top-left { content: ""; } }'  # that page begins with it
    return f'@page {{ @top-left {{ content: "{css_text(stamp)}"; }} }}\n{first}\n'


def _title(notebook: NotebookNode) -> str:
    """Return what the first part says in plain text."""
    return str(next((output["data"]["text/plain"] for output in _data(notebook)), ""))


def _shown(output: NotebookNode) -> str:
    return str(output.get("data", {}).get("text/html", ""))


def _as_html(output: NotebookNode, language: Language) -> str:
    data = output.get("data", {})
    if MIME in data:
        return chart_html(data[MIME], language)
    return str(data.get("text/html", "")).removeprefix(NOTEBOOK_STYLE)


def chart_html(spec: dict[str, Any], language: Language) -> str:
    """Return a chart as a figure: its message as heading, a picture for each value of its slider, its table.

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
    slider = _slider(spec, message.get("slider"))
    if slider is None:
        pictures = [draw_picture(spec)]
    else:
        pictures = draw_steps(spec, [value for value, _ in slider["steps"]])
    figure = fragment(
        "chart",
        message["title"],
        language,
        note=message["note"],
        anchor="chart-" + hashlib.sha256(pictures[0].wide.encode()).hexdigest()[:8],
        pictures=pictures,
        data=Table(**message["table"]),
        slider=slider,
    )
    return figure.html


def _slider(spec: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return what a chart's slider tells, with its name, ends and step."""
    if told is None:
        return None
    bound = next(one["bind"] for one in spec["params"] if one["name"] == told["parameter"])
    return {**told, **{key: bound[key] for key in ("name", "min", "max", "step")}}
