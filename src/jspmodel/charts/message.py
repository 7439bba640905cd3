"""What turns a drawing into a chart for readers: its message, its description, its table."""

from __future__ import annotations

import textwrap
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import altair as alt

from jspmodel.charts.style import WIDTH, config
from jspmodel.scenario import Language
from jspmodel.text import Table

C = TypeVar("C", alt.LayerChart, alt.FacetChart)


@dataclass(frozen=True)
class Slider:
    """What a chart's slider says at each of its values.

    Attributes
    ----------
    parameter : str
        Name of the chart's parameter.
    value : int
        Where it stands first.
    steps : tuple of (value, sentences)
        The first sentence says where one is.
    """

    parameter: str
    value: int
    steps: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Message:
    """What a chart says.

    Attributes
    ----------
    title : str
        The one message, a sentence.
    note : str
        How to read the chart.
    table : Table
    slider : Slider or None
    """

    title: str
    note: str
    table: Table
    slider: Slider | None = None


def with_message(chart: C, message: Message, language: Language, narrow: alt.LayerChart | None = None) -> C:
    """Return a chart with title, accessible description, its table and the common look.

    The table and the unbroken title are kept in ``usermeta["jspmodel"]``, where the report finds them.

    Parameters
    ----------
    chart : LayerChart or FacetChart
    message : Message
    language : {"id", "en"}
    narrow : LayerChart, optional
        The same as a picture for a phone, where that is not the chart made narrower.

    Returns
    -------
    LayerChart or FacetChart
    """
    own = chart.width if isinstance(chart, alt.LayerChart) else WIDTH
    width = own if isinstance(own, int | float) else WIDTH
    title = alt.TitleParams(**headed(message.title, message.note, width))
    told, look = asdict(message), config(language)
    if narrow is not None:
        told["narrow"] = narrow.properties(config=look).to_dict()
    return chart.properties(
        title=title, description=f"{message.title} {message.note}", usermeta={"jspmodel": told}, config=look
    )


def headed(title: str, note: str, width: float) -> dict[str, Any]:
    """Return a title and a note as the lines of a Vega-Lite title.

    Parameters
    ----------
    title, note : str
    width : float
        Pixels.

    Returns
    -------
    dict of str to list of str
        ``text`` and ``subtitle``.
    """
    return {"text": _lines(title, width / 8.2), "subtitle": _lines(note, width / 6)}


def _lines(text: str, characters: float) -> list[str]:
    return textwrap.wrap(text, int(characters), break_on_hyphens=False) or [""]
