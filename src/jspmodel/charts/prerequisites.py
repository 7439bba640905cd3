"""Which programme opens the way for which, as a tree of rows."""

from __future__ import annotations

from collections.abc import Iterator

import altair as alt
import networkx as nx
import pandas as pd

from jspmodel.case import Case
from jspmodel.charts.message import Message, with_message
from jspmodel.charts.style import BLUE, INK, MUTED, WIDTH, validated_whole
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, percent, say

_ROW, _STEP, _MARGIN, _MOST = 36, 26, 8, 40


@validated_whole
def prerequisites(case: Case, language: Language) -> alt.LayerChart:
    """Draw which programmes require others, and tell which exclude or strengthen one another.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    LayerChart
        One row a programme with any link, below what it requires; of many the first 40, the table has all.
    """
    rows = _rows(case, language)
    note = say("notebook.links_note", language)
    if len(rows) > _MOST:
        note += " " + say("notebook.links_part", language, n=_MOST)
    message = Message(_title(case, language), note, _table(case, rows, language))
    return with_message(_draw(rows.head(_MOST)), message, language)


def _requires(case: Case) -> nx.DiGraph[str]:
    """Return an edge from what is required to what requires it, in table order of the programmes."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    linked = {*case.program_links["program"], *case.program_links["other"]}
    graph.add_nodes_from(code for code in case.programs["program"] if code in linked)
    links = case.program_links[case.program_links["kind"] == "requires"]
    graph.add_edges_from(zip(links["other"], links["program"], strict=True))
    return graph


def _rows(case: Case, language: Language) -> pd.DataFrame:
    graph, names = _requires(case), case.names("programs", language)
    levels = {p: k for k, group in enumerate(nx.topological_generations(graph)) for p in group}
    above = {p: max(graph.predecessors(p), key=lambda q: levels[q], default="") for p in graph}
    rows = []
    for program in _order(graph, above):
        more = [other for other in graph.predecessors(program) if other != above[program]]
        others = _others(case, program, more, language)
        rows.append((program, levels[program], above[program], f"{program} {names[program]}", others))
    table = pd.DataFrame(rows, columns=["program", "level", "above", "name", "others"])
    return table.assign(row=[k + 0.5 for k in range(len(table))], x=_MARGIN + _STEP * table["level"])


def _order(graph: nx.DiGraph[str], above: dict[str, str]) -> Iterator[str]:
    """Yield each programme somewhere below the deepest that it requires; what opens most comes first."""
    below: dict[str, list[str]] = {}
    for program in graph:
        below.setdefault(above[program], []).append(program)
    waiting = sorted(below.get("", []), key=lambda p: -len(nx.descendants(graph, p)))[::-1]
    while waiting:
        program = waiting.pop()
        yield program
        waiting += reversed(below.get(program, []))


def _others(case: Case, program: str, more: list[str], language: Language) -> str:
    """Return what a programme requires beside what it stands below, excludes and strengthens, in words."""
    links, texts = case.program_links, []
    if more:
        texts.append(say("notebook.also_requires", language, programs=listed(more, language)))
    rivals = [
        other
        for row in links[links["kind"] == "excludes"].itertuples()
        for mine, other in ((row.program, row.other), (row.other, row.program))
        if mine == program
    ]
    if rivals:
        texts.append(say("notebook.excludes", language, programs=listed(rivals, language)))
    gains = links[(links["kind"] == "complements") & (links["program"] == program)]
    texts += [
        say("notebook.complemented", language, program=row.other, share=percent(row.value, language, 0))
        for row in gains.itertuples()
        if row.value > 0
    ]
    helped = links[(links["kind"] == "complements") & (links["other"] == program)]["program"]
    if len(helped):
        texts.append(say("notebook.strengthens", language, programs=listed(helped, language)))
    return "; ".join(texts)


def _draw(rows: pd.DataFrame) -> alt.LayerChart:
    n = max(1, len(rows))
    data = alt.Chart(rows)
    x, y = _across("x"), _down("row", n)
    layers = [
        *_edges(rows, n),
        data.mark_circle(color=BLUE, size=70, opacity=1).encode(x=x, y=y),
        _text(data, 0, 13, INK).encode(x=x, y=y, text=alt.Text("name:N")),
        _text(data, 14, 11, MUTED).encode(x=x, y=y, text=alt.Text("others:N")),
    ]
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=n * _ROW)


def _text(data: alt.Chart, dy: int, size: int, colour: str) -> alt.Chart:
    return data.mark_text(
        align="left", dx=9, dy=dy, baseline="middle", fontSize=size, color=colour, limit=WIDTH - 100
    )


def _edges(rows: pd.DataFrame, n: int) -> list[alt.Chart]:
    """Return an elbow from each programme down to those that stand below it."""
    place = rows.set_index("program")[["x", "row"]]
    ends = [(*place.loc[row.above], row.x, row.row) for row in rows[rows["above"] != ""].itertuples()]
    columns = ["x", "row", "x2", "row2"]
    lines = alt.Chart(pd.DataFrame(ends, columns=columns, dtype=float))
    down = lines.mark_rule(color=MUTED).encode(x=_across("x"), y=_down("row", n), y2="row2:Q")
    over = lines.mark_rule(color=MUTED).encode(x=_across("x"), x2="x2:Q", y=_down("row2", n))
    return [down, over]


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, WIDTH], nice=False, zero=False))


def _down(field: str, n: int) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[n, 0], nice=False, zero=False))


def _title(case: Case, language: Language) -> str:
    graph = _requires(case)
    if not graph.number_of_edges():
        key = "links_others" if graph.number_of_nodes() else "links_none"
        return say(f"notebook.{key}", language)
    opens = {p: len(nx.descendants(graph, p)) for p in graph}
    key = max(opens, key=lambda p: opens[p])
    name = f"{key} {case.names('programs', language)[key]}"
    return say("notebook.links_title", language, program=name, n=opens[key])


def _table(case: Case, rows: pd.DataFrame, language: Language) -> Table:
    graph = _requires(case)
    told = tuple(
        (
            row.name,
            ", ".join(graph.predecessors(row.program)) or "–",
            ", ".join(graph.successors(row.program)) or "–",
            row.others or "–",
        )
        for row in rows[["program", "name", "others"]].itertuples(index=False)
    )
    keys = ("program", "requires", "opens", "others")
    return Table(tuple(say(f"notebook.column_{key}", language) for key in keys), told, (False,) * 4)
