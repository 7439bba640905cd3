"""Tables for a notebook: what is odd in the data, what each indicator covers, where figures come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from jspmodel.case import Case
from jspmodel.errors import Problem
from jspmodel.figures import status_counts, table_title
from jspmodel.intake import check, read_case
from jspmodel.pages import Fragment, captioned, in_indonesian, render_finding
from jspmodel.scenario import Language, Scenario
from jspmodel.text import listed, number, say, short_names, unit_name, words

_MOST = 40
_FEW = 8


def quality_table(case: Case, scenario: Scenario, language: Language) -> Fragment:
    """Return what is odd in the tables and in the scenario: valid, but worth a second look.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    Fragment
        The first 40 warnings.
    """
    found = list(_warnings(case, scenario))
    files = Counter(problem.file for problem in found)
    size = {"n": sum(len(table) for table in case.tables().values()), "tables": _filled(case)}
    places = {"rows": number(size["n"], language), "tables": size["tables"]}
    key = "quality_title" if found else "quality_none"
    title = say(f"notebook.{key}", language, n=len(found), files=len(files), **places)
    rows = [(problem.file, words(problem, language)) for problem in found[:_MOST]]
    caption = say("notebook.quality_caption", language)
    left = len(found) - len(rows)
    notes = [say("notebook.quality_part", language, n=left)] if left else []
    return render_finding(
        title, language, (), [captioned(caption, ["file", "odd"], rows, language, (), "notebook")], notes
    )


def _warnings(case: Case, scenario: Scenario) -> Iterator[Problem]:
    read = read_case(case.folder)[1] if case.folder else ()
    seen = set()
    for problem in (*read, *check(case, scenario)):
        if problem.warning and repr(problem) not in seen:
            seen.add(repr(problem))
            yield problem


def _filled(case: Case) -> int:
    return sum(len(table) > 0 for table in case.tables().values())


def indicator_table(case: Case, language: Language) -> Fragment:
    """Return by indicator where and for which years it has values, and which issues have none.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    issues, names = case.names("issues", language), case.names("indicators", language)
    measured = set(case.indicators["issue"])
    without = [name for issue, name in issues.items() if issue not in measured]
    rows = []
    for row in case.indicators.itertuples():
        mine = case.indicator_values[case.indicator_values["indicator"] == row.indicator]
        unit = unit_name(row.unit, language) or in_indonesian(row.unit, language)
        years = _years(mine["year"])
        rows.append((names[row.indicator], unit, issues[row.issue], years, _where(case, mine, language)))
    keys = ["indicator", "unit", "issue", "years", "regions"]
    table = captioned(say("notebook.indicators_caption", language), keys, rows, language, (), "notebook")
    title = say("notebook.indicators_title", language, n=len(measured), all=len(issues), count=len(rows))
    judged = (
        [say("notebook.indicators_lacking", language, issues=listed(without, language))] if without else []
    )
    return render_finding(title, language, judged, [table])


def _years(years: pd.Series[int]) -> str:
    if years.empty:
        return "–"
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}–{last}"


def _where(case: Case, values: pd.DataFrame, language: Language) -> str:
    """Return in how many regions there are values, and where not if these are few."""
    names, known = short_names(case), set(values["region"])
    lacking = [name for region, name in names.items() if region not in known]
    text = say("notebook.of", language, n=len(names) - len(lacking), all=len(names))
    if not lacking or len(lacking) > _FEW:
        return text
    return text + " " + say("notebook.lacking", language, regions=listed(lacking, language))


def source_table(case: Case, language: Language) -> Fragment:
    """Return where the figures come from that are no illustrations.

    Parameters
    ----------
    case : Case
    language : {"id", "en"}

    Returns
    -------
    Fragment
        One row a source, those of most figures first.
    """
    tables = [
        frame.loc[frame["status"].isin(["observed", "estimated"]), ["source", "status"]].assign(table=name)
        for name, frame in case.tables().items()
        if {"source", "status"} <= set(frame)
    ]
    used = pd.concat(tables)
    groups = used.groupby(["source", "status"], sort=False)["table"].agg(["size", "unique"])
    groups = groups.sort_values("size", ascending=False, kind="stable")
    rows = [
        (
            in_indonesian(source, language) or "–",
            say(f"choice.status_{status}", language),
            number(row["size"], language),
            listed((table_title(name, language) for name in row["unique"]), language),
        )
        for (source, status), row in groups.iterrows()
    ]
    illustrative = int(status_counts(case)["illustrative"].sum())
    title = say("notebook.sources_title", language, n=len(groups), rows=number(len(used), language))
    keys = ["source", "status", "rows", "tables"]
    table = captioned(say("notebook.sources_caption", language), keys, rows, language, ["rows"], "notebook")
    note = say("notebook.sources_note", language, n=number(illustrative, language))
    return render_finding(title, language, (), [table], [note])
