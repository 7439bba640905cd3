"""Who pays, reconciled: what each payer holds, pays, gives and receives, and the costs that fall on it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.collaboration import fund_source
from jspmodel.figures import exchangeable_payments
from jspmodel.pages import Fragment, fragment
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, money, number, reads_as_zero, say, signed

_COLUMNS = ("held", "own", "given", "received", "net", "joint", "other")
_IN_A_CITY = ("held", "own", "given", "received", "net", "burden")
"""Nobody but the city bears anything there."""


def who_pays(decision: Decision, language: Language) -> Fragment | None:
    """Return one table in which what is held, paid and borne agrees, with a sentence on each column.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where the plan costs nothing.
    """
    rows = account_rows(decision)
    if not rows["own"].sum() > 0:
        return None
    columns = _IN_A_CITY if decision.case.level == "city" else _COLUMNS
    return fragment(
        "who_pays",
        _title(decision, rows, language),
        language,
        sentences=[*_most_helped(decision, rows, language), *_open_to_agreement(decision, language)],
        caption=say("sharing.pays_caption", language),
        data=_table(decision, rows, columns, language),
        explained=[
            (say(f"sharing.column_{key}", language), say(f"sharing.explain_{key}", language))
            for key in columns
        ],
        notes=_notes(decision, language),
    )


def account_rows(decision: Decision) -> pd.DataFrame:
    """Return the payers of ``Accounts`` with ``net`` (received - given) and ``burden`` (joint + other).

    Without the centre and partners where they pay nothing.
    """
    rows = decision.accounts.payers
    rows = rows[rows["payer"].isin(["region", "province"]) | (rows["own"] > 0)]
    return rows.assign(net=rows["received"] - rows["given"], burden=rows["joint"] + rows["other"])


def payer_names(decision: Decision, language: Language) -> dict[tuple[str, str], str]:
    """Return what each payer is called, by payer and region; centre and partners with their kinds of fund."""
    case, used = decision.case, {item.fund for item in decision.plan.funding if item.amount > 0}
    kinds: dict[str, list[str]] = {"central": [], "partner": []}
    for fund, kind in zip(case.funds["fund"], case.funds["kind"], strict=True):
        if fund in used and (source := fund_source(kind)) != "own" and kind not in kinds[source]:
            kinds[source].append(kind)
    whole = say(f"report.{case.level}", language)
    outside = {
        (source, ""): say(f"sharing.payer_{source}", language, kinds=", ".join(some))
        for source, some in kinds.items()
    }
    regions = {("region", code): name for code, name in case.names("regions", "id").items()}
    return {**regions, ("province", ""): whole[:1].upper() + whole[1:], **outside}


def amount(value: float, language: Language) -> str:
    """Return Rp billion with one digit, a dash for nothing: less than half of Rp 1,000."""
    if not reads_as_zero(value):
        return number(value, language, 1)
    return "–" if abs(value) < 5e-7 else f"<\N{NO-BREAK SPACE}{number(0.1, language, 1)}"


def _table(decision: Decision, rows: pd.DataFrame, columns: tuple[str, ...], language: Language) -> Table:
    names = payer_names(decision, language)
    body = [(names[row["payer"], row["region"]], row) for _, row in rows.iterrows()]
    body.append((say("sharing.pays_sum", language), rows[list(columns)].sum()))
    headings = ("payer", *columns)
    return Table(
        tuple(say(f"sharing.column_{key}", language) for key in headings),
        tuple((name, *_figures(row, columns, language)) for name, row in body),
        tuple(key != "payer" for key in headings),
    )


def _notes(decision: Decision, language: Language) -> list[str]:
    keys = ["sums", *(["negative"] if decision.accounts.programs["joint"].min() < 0 else [])]
    return [say(f"sharing.pays_{key}", language) for key in keys]


def _figures(row: pd.Series[float], columns: tuple[str, ...], language: Language) -> Iterator[str]:
    for key in columns:
        telling = key == "net" and round(row[key], 1) != 0
        yield signed(row[key], language) if telling else amount(row[key], language)


def _title(decision: Decision, rows: pd.DataFrame, language: Language) -> str:
    paid = rows.groupby("payer")["own"].sum()
    parts = [
        say(f"sharing.paid_{_place(payer, decision)}", language, amount=money(paid[payer], language))
        for payer in ("region", "province", "central", "partner")
        if round(paid.get(payer, 0.0), 1) > 0
    ]
    total = money(decision.plan.cost, language)
    return say("sharing.pays", language, total=total, payers=listed(parts, language))


def _place(payer: str, decision: Decision) -> str:
    return "city" if payer == "province" and decision.case.level == "city" else payer


def _most_helped(decision: Decision, rows: pd.DataFrame, language: Language) -> Iterator[str]:
    """Tell of the region of whose burden others pay most, and of the one that gives most."""
    regions = rows[rows["payer"] == "region"]
    if regions.empty:
        return
    names = decision.case.names("regions", "id")
    ends = {"helped": regions.loc[regions["net"].idxmax()], "helps": regions.loc[regions["given"].idxmax()]}
    for key, row in ends.items():
        if round(row["net" if key == "helped" else "given"], 1) > 0:
            figures = {name: money(row[name], language) for name in ("own", "burden", "net", "given")}
            yield say(f"sharing.pays_{key}", language, region=names[row["region"]], **figures)


def _open_to_agreement(decision: Decision, language: Language) -> Iterator[str]:
    """Tell where another fund with money left could pay as well, with the largest such payment."""
    case, plan = decision.case, decision.plan
    found = exchangeable_payments(case, decision.scenario, plan)
    if not found:
        return
    largest = max(found, key=lambda one: one.amount)
    names = case.names("funds", language)
    yield say(
        "sharing.pays_open",
        language,
        count=len({one.program for one in found}),
        all=len(plan.choices),
        program=largest.program,
        year=largest.year,
        fund=names[largest.fund],
        other=names[largest.other],
        amount=money(largest.amount, language),
    )
