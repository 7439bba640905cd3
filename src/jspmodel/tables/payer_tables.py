"""A table for a notebook: what each fund may pay for."""

from __future__ import annotations

from jspmodel import measure
from jspmodel.case import Case
from jspmodel.pages import Fragment, captioned, in_indonesian, render_finding
from jspmodel.scenario import Language, Scenario
from jspmodel.text import money, number, percent, say, short_names

_FEW = 12


def payer_table(case: Case, scenario: Scenario, language: Language) -> Fragment:
    """Return by fund its budget over the horizon, which programmes it may pay for, and up to which share.

    Parameters
    ----------
    case : Case
    scenario : Scenario
    language : {"id", "en"}

    Returns
    -------
    Fragment
        Also which programmes only one fund may pay for.
    """
    shares, names, places = measure.payers(case), case.names("funds", language), short_names(case)
    ceilings = dict.fromkeys(names, 0.0)
    for (fund, _), amount in measure.budgets(case, scenario).items():
        ceilings[fund] += amount
    rows = []
    for row in case.funds.itertuples():
        mine = {program: share[row.fund] for program, share in shares.items() if row.fund in share}
        rows.append(
            (
                names[row.fund],
                in_indonesian(row.kind, language) or "–",
                places.get(row.holder, row.holder) or say("notebook.holder_whole", language),
                number(ceilings[row.fund], language, 1),
                _which(mine, len(shares), language),
                _most(mine, language),
            )
        )
    restricted = measure.restricted_funds(case)
    bound = sum(amount for fund, amount in ceilings.items() if fund in restricted)
    total = sum(ceilings.values())
    title = say(
        "notebook.payers_title",
        language,
        share=percent(bound / total, language, 0) if total > 0 else "–",
        total=money(total, language),
        n=len(restricted),
        all=len(names),
    )
    keys = ["fund", "form", "holder", "budget", "pays_for", "up_to"]
    table = captioned(say("notebook.payers_caption", language), keys, rows, language, ["budget"], "notebook")
    notes = [say("notebook.payers_note", language)] if measure.holders(case) else []
    return render_finding(title, language, _alone(shares, names, language), [table], notes)


def _which(mine: dict[str, float], everything: int, language: Language) -> str:
    if len(mine) == everything:
        return say("notebook.pays_all", language, n=everything)
    if len(mine) > _FEW:
        return say("notebook.of", language, n=len(mine), all=everything)
    return ", ".join(mine) or "–"


def _most(mine: dict[str, float], language: Language) -> str:
    """Return the share of a year's cost that the fund may bear: one, or from the lowest to the highest."""
    ends = (min(mine.values()), max(mine.values())) if mine else ()
    texts = dict.fromkeys(percent(share, language, 0) for share in ends)
    return "–".join(texts) or "–"


def _alone(shares: dict[str, dict[str, float]], names: dict[str, str], language: Language) -> list[str]:
    """Return what only one fund may pay for, and what none may."""
    only: dict[str, list[str]] = {}
    for program, mine in shares.items():
        if len(mine) == 1:
            only.setdefault(next(iter(mine)), []).append(program)
    told_ = [
        say("notebook.pays_alone", language, fund=names[fund], programs=", ".join(programs))
        for fund, programs in only.items()
    ]
    nobody = [program for program, mine in shares.items() if not mine]
    if nobody:
        told_.append(say("notebook.pays_nobody", language, programs=", ".join(nobody)))
    return told_
