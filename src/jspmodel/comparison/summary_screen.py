"""Several runs side by side: the first screen of a comparison."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from jspmodel.comparison.comparison import Comparison
from jspmodel.comparison.titles import case_title, first_title, region_names, run_titles
from jspmodel.objective_kinds import ObjectiveKind
from jspmodel.pages import Fragment, fragment, lines
from jspmodel.proof import ProofWording, proof_wording
from jspmodel.scenario import Language
from jspmodel.text import Table, format_gap, number, say, signed, words

_NUMERIC = {"worth", "cost", "unused", "selected", "least"}


def comparison_summary(comparison: Comparison, language: Language) -> Fragment:
    """Return the first screen of a comparison: what stays whatever happens, and the figures of each run.

    Parameters
    ----------
    comparison : Comparison
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Its title is the headline.
    """
    counts = kind_counts(comparison)
    key = "title" if counts["always"] else "title_none"
    places = {"all": sum(counts.values()), "runs": count_runs_with_plan(comparison), **counts}
    return fragment(
        "compared",
        say(f"compare.{key}", language, **places),
        language,
        eyebrow=(case_title(comparison, language), say("compare.eyebrow", language)),
        figures=[*_kinds(comparison, counts, language), _range(comparison, language)],
        cautions=cautions(comparison, language),
        caution=say("compare.caution", language),
        caption=say("compare.metrics", language, first=first_title(comparison, language)),
        data=metrics_table(comparison, language),
        certainty=say("compare.certainty", language),
        certain=certainty_table(comparison, language),
    )


def count_runs_with_plan(comparison: Comparison) -> int:
    """Return how many runs found a plan: those that count for always and never."""
    return int(comparison.runs["gap"].notna().sum())


def kind_counts(comparison: Comparison) -> dict[str, int]:
    """Return how many programmes are always, sometimes and never selected."""
    kinds = comparison.programs.drop_duplicates("program")["kind"]
    return {kind: int((kinds == kind).sum()) for kind in ("always", "sometimes", "never")}


def metrics_table(comparison: Comparison, language: Language) -> Table:
    """Return the figures of each run, with signed differences to the first below them."""
    kind: ObjectiveKind = comparison.runs["kind"].iloc[0]
    keys = ("run", f"worth_{kind}", "cost", "unused", "selected", "least")
    gains = comparison.differences.set_index("run").to_dict("index")
    titles, regions = run_titles(comparison, language), region_names(comparison)
    rows = []
    for row in comparison.runs.to_dict("records"):
        gain: dict[str, Any] = dict(gains.get(row["run"], {}))
        least = [_figure(row["least"], gain.get("least"), language), regions.get(row["least_region"], "")]
        chosen = say("compare.of", language, n=row["selected"], all=row["proposed"])
        rows.append(
            (
                lines([titles[row["run"]], Markup("<code>{}</code>").format(row["run"])]),
                _figure(row["worth"], gain.get("worth"), language),
                _figure(row["cost"], gain.get("cost"), language),
                _figure(row["unused"], gain.get("unused"), language),
                " ".join([chosen, *_change(gain.get("selected"), language, 0)]),
                " ".join(text for text in least if text),
            )
        )
    headings = tuple(say(f"compare.column_{key}", language) for key in keys)
    return Table(headings, tuple(rows), tuple(key.split("_")[0] in _NUMERIC for key in keys))


def certainty_table(comparison: Comparison, language: Language) -> Table:
    """Return how good each plan is proven to be, and what that means for its difference to the first."""
    gains = comparison.differences.set_index("run").to_dict("index")
    titles, first = run_titles(comparison, language), first_title(comparison, language)
    rows = [
        (
            titles[row["run"]],
            _status(row, language),
            _verdict(dict(gains.get(row["run"], {})), first, language),
        )
        for row in comparison.runs.to_dict("records")
    ]
    headings = tuple(say(f"compare.column_{key}", language) for key in ("run", "status", "verdict"))
    return Table(headings, tuple(rows), (False,) * 3)


def proof_wording_of(status: str, gap: float) -> ProofWording:
    """Return which of the wordings a run takes; its gap is NaN where nothing is proven."""
    return proof_wording(status, None if math.isnan(gap) else gap)


def _unproven(comparison: Comparison) -> list[str]:
    """Return the runs whose plan is provisional or open, those aside of which nothing is proven."""
    runs = comparison.runs
    told = [proof_wording_of(status, gap) for status, gap in zip(runs["status"], runs["gap"], strict=True)]
    return [run for run, how in zip(runs["run"], told, strict=True) if how in {"provisional", "open"}]


def _kinds(comparison: Comparison, counts: dict[str, int], language: Language) -> list[dict[str, str]]:
    notes = {kind: f"compare.figure_{kind}_note" for kind in counts}
    if _unproven(comparison):
        notes["always"] = "compare.figure_always_note_provisional"
    return [
        {
            "value": str(count),
            "label": say(f"compare.figure_{kind}", language),
            "note": say(notes[kind], language),
        }
        for kind, count in counts.items()
    ]


def _range(comparison: Comparison, language: Language) -> dict[str, str]:
    runs = comparison.runs
    kind: ObjectiveKind = runs["kind"].iloc[0]
    known = runs["worth"].dropna()
    ends = (known.min(), known.max()) if len(known) else (0.0, 0.0)
    low, high = (number(value, language, 1) for value in ends)
    value = say(f"compare.value_{kind}", language, value=low if low == high else f"{low}–{high}")
    first = runs["worth"].iloc[0]
    base = say(f"compare.value_{kind}", language, value=number(first, language, 1)) if first == first else "–"
    note = say("compare.figure_worth_note", language, first=first_title(comparison, language), value=base)
    return {
        "value": value,
        "label": say(f"compare.figure_worth_{kind}", language),
        "note": note,
    }


def cautions(comparison: Comparison, language: Language) -> list[str]:
    """Return what to know before drawing conclusions."""
    verdicts = comparison.differences["verdict"]
    within = int((verdicts == "within").sum())
    titles, runs = run_titles(comparison, language), comparison.runs
    found = [
        say("compare.caution_empty", language, run=titles[run]) for run in runs.loc[runs["gap"].isna(), "run"]
    ]
    if unproven := _unproven(comparison):
        named = "; ".join(titles[run] for run in unproven)
        found.append(say("compare.caution_provisional", language, runs=named))
    if within:
        found.append(say("compare.caution_within", language, n=within, all=len(verdicts)))
    found += [*_other_years(comparison, titles, language), *_other_regions(comparison, titles, language)]
    if comparison.changed:
        files = ", ".join(comparison.changed)
        found.append(say("compare.caution_tables", language, files=files))
    found += [
        say("compare.caution_refused", language, why=words(one, language)) for one in comparison.refused
    ]
    return found


def _other_years(comparison: Comparison, titles: Mapping[str, str], language: Language) -> Iterator[str]:
    """Yield which years each run planned, where they differ."""
    runs = comparison.runs
    known = runs[runs["years"] != ""]
    if known["years"].nunique() > 1:
        named = (
            f"{titles[run]} {years.replace('-', '–')}"
            for run, years in zip(known["run"], known["years"], strict=True)
        )
        yield say("compare.caution_years", language, runs="; ".join(named))


def _other_regions(comparison: Comparison, titles: Mapping[str, str], language: Language) -> Iterator[str]:
    """Yield which regions a run has that the first does not have, and the other way round."""
    names = region_names(comparison)
    first, *others = list(comparison.runs["run"])
    by_run = comparison.regions.groupby("run")["region"].agg(list).to_dict()
    for run in others:
        parts = {
            "without": [code for code in by_run[first] if code not in by_run[run]],
            "with": [code for code in by_run[run] if code not in by_run[first]],
        }
        told = [
            say(f"compare.regions_{key}", language, regions=", ".join(names[code] for code in codes))
            for key, codes in parts.items()
            if codes
        ]
        if told:
            words = {"run": titles[run], "first": titles[first], "change": "; ".join(told)}
            yield say("compare.caution_regions", language, **words)


def _verdict(gain: dict[str, Any], first: str, language: Language) -> str:
    if not gain:
        return say("compare.verdict_first", language)
    left = "–" if math.isnan(gain["open"]) else number(gain["open"], language, 1)
    return say(f"compare.verdict_{gain['verdict']}", language, open=left, first=first)


def _status(row: dict[str, Any], language: Language) -> str:
    how = proof_wording_of(row["status"], row["gap"])
    gap = format_gap(None if how == "nothing" else row["gap"], language)
    told = say(f"compare.status_{how}", language, gap=gap)
    return f"{told}; {say('compare.stopped', language)}" if row["stopped"] else told


def _figure(value: float, gain: float | None, language: Language) -> str:
    if math.isnan(value):
        return "–"
    return " ".join([number(value, language, 1), *_change(gain, language, 1)])


def _change(gain: float | None, language: Language, digits: int) -> list[str]:
    return [] if gain is None or math.isnan(gain) else [f"({signed(gain, language, digits)})"]
