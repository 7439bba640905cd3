"""Money's way as a table: authority, who pays, channel, and what hangs on money not agreed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from jspmodel.case import Case
from jspmodel.collaboration import certainty_shares
from jspmodel.measure import missing_for_plan
from jspmodel.pages import Fragment, captioned, lines, render_finding
from jspmodel.scenario import Language
from jspmodel.text import listed, money, number, percent, say

_MOST = 3
IN_A_CITY = {"province": "city", "region": "part"}


def channel_table(case: Case, channels: pd.DataFrame, language: Language) -> Fragment:
    """Return by which way the money of each selected programme travels.

    Parameters
    ----------
    case : Case
    channels : DataFrame
        As ``money_channels`` returns it.
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    if channels.empty:
        none = "plan_later" if missing_for_plan(case) else "channels_none"
        return render_finding(say(f"collaboration.{none}", language), language)
    shares = {name: percent(share, language, 0) for name, share in certainty_shares(channels).items()}
    names = case.names("programs", language)
    rows = [
        _row(f"{program} {names[program]}", group, case.level, language)
        for program, group in channels.groupby("program", sort=False)
    ]
    keys = ["program", "authority", "payers", "channels", "doubtful"]
    caption = say("collaboration.channels_caption", language)
    table = captioned(caption, keys, rows, language, numeric=["doubtful"])
    title = say("collaboration.channels", language, **shares)
    notes = [say("collaboration.channels_note", language)]
    return render_finding(title, language, list(_sentences(case, channels, language)), [table], notes)


def _sentences(case: Case, channels: pd.DataFrame, language: Language) -> Iterator[str]:
    waiting = channels[channels["agreement"]]
    if waiting.empty:
        yield say("collaboration.channels_agreement_none", language)
    else:
        places = {"amount": money(waiting["amount"].sum(), language), "n": waiting["program"].nunique()}
        yield say("collaboration.channels_agreement", language, **places)
    unknown = channels.loc[channels["channel"] == "unknown", "program"].nunique()
    if unknown:
        yield say("collaboration.channels_unknown", language, n=unknown)
    doubtful = _doubtful(channels).nlargest(_MOST)
    doubtful = doubtful[doubtful > 0]
    if len(doubtful):
        names = case.names("programs", language)
        shown = (f"{names[program]} ({percent(share, language, 0)})" for program, share in doubtful.items())
        yield say("collaboration.channels_doubtful", language, programs=listed(shown, language))


def _doubtful(channels: pd.DataFrame) -> pd.Series[float]:
    """Return the share of each programme's money that is not agreed."""
    amount = channels.groupby("program")["amount"].sum()
    agreed = channels[channels["certainty"] == "agreed"].groupby("program")["amount"].sum()
    return (1 - agreed.reindex(amount.index, fill_value=0.0) / amount).clip(lower=0.0)


def _row(name: str, group: pd.DataFrame, level: str, language: Language) -> tuple[str, ...]:
    authority = group["authority"].iloc[0] or "unknown"
    words = IN_A_CITY if level == "city" else {}
    channel = group["channel"].map(lambda code: say(f"collaboration.channel_{code}", language))
    arranged = [
        say("collaboration.to_arrange", language, channel=text) if waiting else text
        for text, waiting in zip(channel, group["agreement"], strict=True)
    ]
    payer = group["payer"].map(lambda code: say(f"collaboration.payer_{words.get(code, code)}", language))
    return (
        name,
        say(f"collaboration.authority_{words.get(authority, authority)}", language),
        _sums(group["amount"], payer, language),
        _sums(group["amount"], pd.Series(arranged, index=group.index), language),
        number(100 * float(_doubtful(group).iloc[0]), language),
    )


def _sums(amounts: pd.Series[float], by: pd.Series[str], language: Language) -> str:
    sums = amounts.groupby(by, sort=False).sum()
    return lines(f"{name}\N{NO-BREAK SPACE}{number(amount, language, 1)}" for name, amount in sums.items())
