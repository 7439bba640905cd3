"""Where the controls stand: on the left what is asked and answered, on the right the chart."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as widgets

WIDE = {"width": "98%"}
_HIGH = "72vh"
"""What controls and chart have at most, each with a scroll bar of its own: beside one another both stay in
sight on a laptop's screen."""


def panel(asked: Sequence[widgets.Widget], chart: widgets.Widget) -> widgets.Widget:
    """Return controls, one below the other, with the chart beside them; below them on a narrow screen.

    Parameters
    ----------
    asked : sequence of widget
    chart : widget

    Returns
    -------
    widget
    """
    place = widgets.Layout(
        width="300px", max_height=_HIGH, flex="0 0 auto", margin="0 12px 0 0", overflow="auto"
    )
    left = widgets.VBox(asked, layout=place)
    chart.layout = widgets.Layout(flex="1 1 460px", max_height=_HIGH, overflow="auto")
    return widgets.HBox([left, chart], layout=widgets.Layout(flex_flow="row wrap"))
