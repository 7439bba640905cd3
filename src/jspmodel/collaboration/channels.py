"""Money's way: which level has the authority, who pays, and through which channel the money travels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from jspmodel.case import Case
from jspmodel.plan import Plan

CERTAINTIES = ("agreed", "expected", "pledge")
_PARTNERS = ("csr", "tjsl", "kpbu", "swasta", "mitra", "partner", "private")
_BKK = ("bkk", "bantuan keuangan")
_GRANT = ("hibah", "grant")
_CENTRAL = re.compile(
    r"\b(apbn|danais|dana keistimewaan|otsus|otonomi khusus|dak|dana alokasi|dau|dbh|bagi hasil|dana desa|"
    r"insentif fiskal|transfer|pusat|central)\b"
)

Source = Literal["own", "central", "partner"]
"""Whose money a fund is: of the government that holds it, of the centre, of a partner outside government."""


def money_channels(case: Case, plan: Plan | None) -> pd.DataFrame:
    """Return by which way the money of each selected programme travels.

    Waste, for one, is the business of kabupaten and kota: money of the province for it must travel as
    earmarked financial aid (BKK) or as a grant (hibah). The channel of a fund to a programme:

    - ``partner``: the fund is a company's or a partner's (CSR, TJSL, KPBU, Mitra);
    - ``bkk``, ``hibah``: the fund is of that kind, or another level's money: to a region or the province as
      BKK, to the centre as hibah;
    - ``own``: the fund is held by the level that has the authority, or by a region or the province
      where it is shared;
    - ``unknown``: the table does not say who has the authority.

    Parameters
    ----------
    case : Case
    plan : Plan or None
        None: nothing is paid yet.

    Returns
    -------
    DataFrame, one row a programme and fund that pays for it, by start of the programme
        ``program``, ``authority`` (province, region, shared, central; ``""``: not said), ``fund``,
        ``payer`` (province, region, partner), ``channel``, ``agreement`` (whether a BKK or hibah is still
        to be arranged: the fund itself is not of that kind), ``certainty`` (agreed, expected, pledge; a
        fund that says nothing counts as expected), ``amount`` (Rp billion over the horizon).
    """
    authority = case.programs.set_index("program")["authority"]
    funds = case.funds.set_index("fund")
    paid: dict[tuple[str, str], float] = {}
    for payment in plan.funding if plan else ():
        key = (payment.program, payment.fund)
        paid[key] = paid.get(key, 0.0) + payment.amount
    place = {item.program: k for k, item in enumerate(plan.selected if plan else ())}
    rows = [
        {"program": program, "authority": authority[program], "fund": fund}
        | _way(str(authority[program]), funds.loc[fund])
        | {"certainty": funds.loc[fund, "certainty"] or "expected", "amount": amount}
        for (program, fund), amount in sorted(paid.items(), key=lambda item: place[item[0][0]])
    ]
    columns = ["program", "authority", "fund", "payer", "channel", "agreement", "certainty", "amount"]
    return pd.DataFrame(rows, columns=columns)


def certainty_shares(channels: pd.DataFrame) -> pd.Series[float]:
    """Return which share of a plan's money is agreed, expected or a pledge.

    Parameters
    ----------
    channels : DataFrame
        As ``money_channels`` returns it.

    Returns
    -------
    Series of float in 0-1 by certainty
        agreed, expected, pledge; all 0 if nothing is paid.
    """
    sums = channels.groupby("certainty")["amount"].sum().reindex(list(CERTAINTIES), fill_value=0.0)
    return sums / sums.sum() if sums.sum() > 0 else sums


def is_partner(kind: str) -> bool:
    """Return whether a fund of this kind is a company's or a community's: a partner outside government.

    Parameters
    ----------
    kind : str
        As ``funds`` has it, such as ``CSR`` or ``Mitra komunitas (natura)``.

    Returns
    -------
    bool
    """
    return any(word in kind.casefold() for word in _PARTNERS)


def fund_source(kind: str) -> Source:
    """Return whose money a fund of this kind is, whoever holds it.

    Parameters
    ----------
    kind : str
        As ``funds`` has it, such as ``APBD``, ``DAK`` or ``CSR``; blank: money of who holds it.

    Returns
    -------
    {"own", "central", "partner"}
        The regional council (DPRD) of the holder decides on ``own`` only: the centre sets its transfers, and
        partners what they give.
    """
    if is_partner(kind):
        return "partner"
    return "central" if _CENTRAL.search(kind.casefold()) else "own"


def _way(authority: str, fund: Mapping[str, str]) -> dict[str, object]:
    kind, payer = fund["kind"].casefold(), "region" if fund["holder"] else "province"
    if is_partner(kind):
        return {"payer": "partner", "channel": "partner", "agreement": False}
    if any(word in kind for word in _BKK):
        return {"payer": payer, "channel": "bkk", "agreement": False}
    if any(word in kind for word in _GRANT):
        return {"payer": payer, "channel": "hibah", "agreement": False}
    if not authority:
        return {"payer": payer, "channel": "unknown", "agreement": False}
    if authority in ("shared", payer):
        return {"payer": payer, "channel": "own", "agreement": False}
    return {"payer": payer, "channel": "hibah" if authority == "central" else "bkk", "agreement": True}
