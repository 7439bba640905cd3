"""What a case, a scenario, a plan and a graph show of themselves in a notebook: short, every text escaped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from jspmodel.text.numbers import money, number
from jspmodel.text.proofs import describe_proof
from jspmodel.text.untrusted_text import printable
from jspmodel.text.wording import default_language, say

if TYPE_CHECKING:
    import networkx as nx

    from jspmodel.case import Case
    from jspmodel.plan import Plan
    from jspmodel.scenario import Language, Scenario

_MOST = 10
"""Programmes of a plan that are shown."""
_LONGEST = 120


def case_html(case: Case) -> str:
    """Return a case: its title, where it was read, how much it holds."""
    language = default_language()
    counts = {table: len(getattr(case, table)) for table in ("regions", "issues", "programs", "funds")}
    years = case.fund_budgets["year"].dropna()
    rows = [
        ("folder", say("summary.memory", language) if case.folder is None else str(case.folder.resolve())),
        *((table, number(count, language)) for table, count in counts.items()),
        *([("years", f"{years.min():.0f}–{years.max():.0f}")] if len(years) else []),
    ]
    title = case.title.get(language) or case.name
    return _block(say("summary.case", language, name=case.name, title=title), rows, language)


def scenario_html(scenario: Scenario) -> str:
    """Return a scenario: its title and what differs from the defaults."""
    language = default_language()
    changed = scenario.model_dump(mode="json", exclude_defaults=True, exclude={"name", "title"})
    title = scenario.called(language)
    head = say("summary.scenario", language, name=scenario.name, title=title)
    cells = [(key, json.dumps(value, ensure_ascii=False)) for key, value in changed.items()]
    return f"{_head(head)}{_table(cells or [(say('summary.defaults', language), '')])}"


def plan_html(plan: Plan) -> str:
    """Return a plan: what it comes to, and its first programmes."""
    language = default_language()
    counts = {"selected": len(plan.selected), "proposed": plan.proposed}
    said = say(
        "cli.run_done", language, scenario=plan.scenario, proof=describe_proof(plan, language), **counts
    )
    worth = number(plan.objective, language, 1)
    cost = money(plan.cost, language)
    more = say(f"cli.objective_{plan.objective_kind}", language, value=worth, cost=cost)
    keys = ("program", "start", "regions", "cost")
    heads = [say(f"cli.column_{key}", language) for key in keys]
    cells = [
        (item.program, str(item.start), " ".join(item.regions), number(item.cost, language, 1))
        for item in plan.selected
    ]
    left = len(cells) - _MOST
    rest = f"<p>{_cell(say('summary.more', language, count=left))}</p>" if left > 0 else ""
    return f"{_head(said)}<p>{_cell(more)}</p>{_table(cells[:_MOST], heads, {1, 3})}{rest}"


def graph_html(graph: nx.Graph[str]) -> str:
    """Return a collaboration graph: how many nodes of each kind, how many ties."""
    language = default_language()
    kinds = Counter(str(data.get("kind", "")) for _, data in graph.nodes(data=True))
    rows = [(f"kind_{kind}", number(count, language)) for kind, count in kinds.items() if kind]
    rows.append(("ties", number(graph.number_of_edges(), language)))
    words = {key: str(graph.graph.get(key, "")) for key in ("case", "scenario")}
    return _block(say("summary.graph", language, **words), rows, language)


def _block(head: str, rows: Iterable[tuple[str, str]], language: Language) -> str:
    return _head(head) + _table([(say(f"summary.{key}", language), text) for key, text in rows])


def _head(text: str) -> str:
    return f"<p><strong>{_cell(text)}</strong></p>"


def _table(rows: Sequence[Sequence[str]], heads: Sequence[str] = (), figures: Collection[int] = ()) -> str:
    lines = [*([_line("th", heads, figures)] if heads else []), *(_line("td", row, figures) for row in rows)]
    return f"<table>{''.join(lines)}</table>"


def _line(tag: str, cells: Sequence[str], figures: Collection[int]) -> str:
    """Return a row: JupyterLab would put texts at the right too."""
    sides = ("right" if k in figures else "left" for k in range(len(cells)))
    told = zip(sides, cells, strict=True)
    row = "".join(f'<{tag} style="text-align: {side}">{_cell(cell)}</{tag}>' for side, cell in told)
    return f"<tr>{row}</tr>"


def _cell(text: str) -> str:
    """Return a text cut short and escaped."""
    return escape(printable(text, _LONGEST))
