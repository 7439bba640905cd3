"""Charts are drawn whatever the names in them hold: what Vega or its text measure choke on is taken out."""

import altair as alt
import pandas as pd

from jspmodel.charts.render import png, svg


def named(text):
    marks = alt.Chart(pd.DataFrame({"x": [1], "name": [text]})).mark_text(limit=40)
    return marks.encode(x="x:Q", text="name:N").to_dict()


def test_emoji_where_a_text_is_shortened():
    for before in range(4, 8):  # one of them is cut in the middle
        assert "<svg" in svg(named("x" * before + "🦆🦆🦆🦆"))


def test_control_characters_which_would_end_the_process():
    for letter in "\x07\ufffe\uffff":
        assert ">ab<" in svg(named(f"a{letter}b"))


def test_ten_thousand_letters_are_cut_before_they_are_measured():
    spec = named("y" * 10_000)
    assert len(svg(spec)) < 9_000
    assert png(spec, 0.5).startswith(b"\x89PNG")
    (rows,) = spec["datasets"].values()
    assert len(rows[0]["name"]) == 10_000  # the chart that lives in the page keeps its data
