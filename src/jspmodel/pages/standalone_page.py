"""A page of its own that no notebook makes: the same look and the same strict policy as the report."""

from __future__ import annotations

from markupsafe import Markup

from jspmodel.pages.html import fragment
from jspmodel.pages.page_policy import content_policy, page_script, page_style
from jspmodel.scenario import Language


def standalone_html(
    title: str,
    body: str,
    language: Language,
    *,
    sections: tuple[tuple[str, str], ...] = (),
    twin: str = "",
    footer: str = "",
    live: bool = False,
) -> str:
    """Return a page that loads nothing from anywhere.

    Parameters
    ----------
    title : str
        Plain text.
    body : str
        Safe HTML: fragments and charts.
    language : {"id", "en"}
    sections : tuple of (anchor, heading)
        Links of the bar at the top.
    twin : str
        File name of the page in the other language; empty: none.
    footer : str
        Plain text at the bottom.
    live : bool
        Whether the page has charts or folds.

    Returns
    -------
    str
    """
    style, script = page_style(), page_script() if live else ""
    page = fragment(
        "document",
        title,
        language,
        policy=content_policy(style, script),
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        body=Markup(body),  # noqa: S704
        sections=sections,
        twin=twin,
        other="en" if language == "id" else "id",
        footer=footer,
    )
    return page.html
