"""How the documentation is built: ``make docs``. Nothing of the built site comes from a network."""

import gc
import inspect
import re
from importlib import import_module
from pathlib import Path

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

import jspmodel

gc.disable()  # what a build makes stays until it ends; to look for what does not takes a fifth of its time

project = "jspmodel"
author = "The jspmodel authors"
copyright = "The jspmodel authors; MIT licence"
version = release = jspmodel.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
autodoc_typehints = "none"  # the docstrings have types, in words
autosummary_generate = False
napoleon_google_docstring = False

html_theme = "pydata_sphinx_theme"
html_title = "jspmodel"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_show_search_summary = False  # excerpts are fetched, which no browser does for a page opened from a disk
html_math_renderer = "mathml"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_end": ["theme-switcher"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
}
html_sidebars = {"index": []}

API = Path(__file__).parent / "reference" / "api"


def write_api(app: Sphinx) -> None:
    """Write a page of what ``jspmodel`` names, and one for each module that it names."""
    API.mkdir(exist_ok=True)
    things = {name: getattr(jspmodel, name) for name in jspmodel.__all__}
    modules = [name for name, thing in things.items() if inspect.ismodule(thing)]
    own = [name for name in things if name not in modules]
    written = [_write("jspmodel", own)]
    for name in modules:
        home = f"jspmodel.{name}"
        shown = [part for part in things[name].__all__ if not inspect.ismodule(getattr(things[name], part))]
        written.append(_write(home, shown))
    for gone in set(API.glob("*.md")) - set(written):
        gone.unlink()


def _write(home: str, names: list[str]) -> Path:
    """Write a page: what the module says, a table of its names, and each of them."""
    module = import_module(home)
    lines = [f"# `{home}`", "", "```{eval-rst}", f".. currentmodule:: {home}", ""]
    lines += [(inspect.getdoc(module) or "").split("\n")[0], "", ".. autosummary::", ""]
    lines += [f"   {name}" for name in names] + [""]
    for name in names:
        kind = _kind(getattr(module, name))
        lines += [f".. auto{kind}:: {name}", *(["   :members:"] if kind == "class" else []), ""]
    text = "\n".join([*lines, "```", ""])
    path = API / f"{home}.md"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
    return path


def _kind(thing: object) -> str:
    if inspect.isclass(thing):
        return "exception" if issubclass(thing, BaseException) else "class"
    return "function" if callable(thing) else "data"


def show_math(translator: nodes.NodeVisitor, node: nodes.Element) -> None:
    """Write a formula as MathML, which browsers know by themselves."""
    display = "block" if isinstance(node, nodes.math_block) else "inline"
    translator.body.append(convert(node.astext(), display=display))
    raise nodes.SkipNode


def tell_language(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Say of Indonesian pages that they are."""
    if page.startswith("id/"):
        context["language"] = "id"


FOREIGN = re.compile(
    rb"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\ssrc\s*=\s*["']?(?:https?:)?//"""
    rb"""|<link\b(?![^>]*\brel="(?:canonical|author)")[^>]*?\shref\s*=\s*["']?(?:https?:)?//"""
    rb"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
"""What a browser would fetch from elsewhere: a script, picture, style sheet or font."""


def check_offline(app: Sphinx, trouble: Exception | None) -> None:
    """Refuse a site that asks for anything from a network."""
    if trouble is None:
        files = (path for path in Path(app.outdir).rglob("*") if path.suffix in {".html", ".css"})
        foreign = {path.name: found[0] for path in files if (found := FOREIGN.search(path.read_bytes()))}
        if foreign:
            raise ExtensionError(f"from a network: {foreign}")


def setup(app: Sphinx) -> None:
    """Connect what is above."""
    app.add_html_math_renderer("mathml", (show_math, None), (show_math, None))
    app.connect("builder-inited", write_api)
    app.connect("html-page-context", tell_language)
    app.connect("build-finished", check_offline)
