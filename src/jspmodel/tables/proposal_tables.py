"""Tables for a notebook: what each proposal costs, and how well each issue is answered."""

from __future__ import annotations

from jspmodel.case import Case
from jspmodel.figures import effects_with_range, total_costs
from jspmodel.pages import Fragment, captioned, render_finding
from jspmodel.scenario import Language, Scenario
from jspmodel.selection import read_inputs
from jspmodel.text import money, number, percent, say


def cost_table(case: Case, scenario: Scenario, language: Language) -> Fragment:
    """Return what each proposal would cost over the horizon: to build, to run, shared; dearest first.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Each from its first possible year, in all regions that may take part.
    """
    costs, proposals = total_costs(case, scenario), read_inputs(case, scenario).proposals
    names = case.names("programs", language)
    kinds = costs.pivot_table(index="program", columns="kind", values="amount", aggfunc="sum")
    kinds = kinds.reindex(index=list(proposals), columns=["build", "run"]).fillna(0.0)
    shared = costs[costs["region"] == ""].groupby("program")["amount"].sum()
    whole = kinds.sum(axis=1).sort_values(ascending=False, kind="stable")
    rows = [
        (
            f"{program} {names[str(program)]}",
            str(proposals[str(program)].starts[0]),
            str(proposals[str(program)].duration),
            *(number(kinds.at[program, kind], language, 1) for kind in ("build", "run")),
            number(total, language, 1),
            percent(shared.get(program, 0.0) / total, language, 0) if total > 0 else "–",
        )
        for program, total in whole.items()
    ]
    few = int((whole.cumsum() < whole.sum() / 2).sum()) + 1
    places = {"n": few, "all": len(rows), "whole": money(float(whole.sum()), language)}
    title = say("notebook.proposals_title" if rows else "notebook.costs_none", language, **places)
    keys = ["program", "first_start", "duration", "build", "run", "whole", "shared"]
    caption = say("notebook.proposals_caption", language)
    return render_finding(
        title, language, (), [captioned(caption, keys, rows, language, keys[1:], "notebook")]
    )


def effect_table(case: Case, scenario: Scenario, language: Language) -> Fragment:
    """Return by issue how many programmes answer it and what their effects add up to, lowest to highest.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    effects, names = effects_with_range(case, scenario), case.names("issues", language)
    sums = effects.groupby("issue")[["low", "effect", "high"]].sum().reindex(list(names), fill_value=0.0)
    counts = effects.groupby("issue").size().reindex(list(names), fill_value=0)
    ranged = effects[effects["low"] < effects["high"]].groupby("issue").size()
    rows = [
        (
            name,
            str(counts[issue]),
            str(ranged.get(issue, 0)),
            *(number(100 * sums.at[issue, key], language) for key in ("low", "effect", "high")),
        )
        for issue, name in names.items()
    ]
    least = min(names, key=lambda issue: (sums.at[issue, "effect"], counts[issue]), default="")
    places = {"issue": names.get(least, ""), "n": int(counts.get(least, 0))}
    title = say("notebook.answers_title", language, **places)
    keys = ["issue", "programs", "ranged", "low", "effect", "high"]
    table = captioned(say("notebook.answers_caption", language), keys, rows, language, keys[1:], "notebook")
    return render_finding(title, language, (), [table], [say("notebook.answers_note", language)])
