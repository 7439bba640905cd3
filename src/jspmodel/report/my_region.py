"""Daerah saya: a page a region with what it gets, joins, pays and signs, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass

from jspmodel.measure import computed_once
from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Fragment, fragment
from jspmodel.report.advice import is_example
from jspmodel.report.approvals import unrecorded
from jspmodel.report.cofunding_kept import capacity_name, cofunding, shares_told
from jspmodel.report.decision import Decision
from jspmodel.report.executive_summary import caution
from jspmodel.report.first_figures import NOTHING
from jspmodel.report.region_tables import RegionTables
from jspmodel.report.shared_wording import report_subject
from jspmodel.scenario import Language
from jspmodel.simulation import ENOUGH
from jspmodel.text import Table, listed, money, number, proof_sentence, say


@dataclass(frozen=True)
class RegionPage:
    """What is told of one region.

    Attributes
    ----------
    code, name : str
    glance : str
        What can be read while it is folded.
    gets, joins, pays, signs, refused : Part
    """

    code: str
    name: str
    glance: str
    gets: Part
    joins: Part
    pays: Part
    signs: Part
    refused: Part


@dataclass(frozen=True)
class Part:
    """A heading, sentences, and a table that is left out where it has no rows.

    ``kind`` says what the table is on a phone (``brief``: figures of a row side by side, ``cards``: texts one
    below the other; with ``totals`` its last row is a sum).
    """

    title: str
    sentences: list[str]
    caption: str
    table: Table
    kind: str = "brief"


@computed_once()
def my_region(decision: Decision, language: Language) -> Fragment:
    """Return a folded page for each region.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    pages = _Pages(decision, language)
    return fragment(
        "my_region",
        say(f"report.my_region_{decision.case.level}", language),
        language,
        intro=_intro(decision, language),
        pages=[pages.page(region) for region in decision.case.regions["region"]],
        origin=report_subject(decision, language),
        sure=" ".join([proof_sentence(decision.plan, language), caution(decision, language)]).strip(),
        **{key: say(f"region.{key}", language) for key in ("only", "only_ready", "back")},
        more=say("region.pays_more", language) if decision.accounts.payers["own"].sum() > 0 else "",
    )


def _intro(decision: Decision, language: Language) -> str:
    """Return what a page holds, and whether its figures are an example."""
    told = say(f"region.intro_{decision.case.level}", language)
    return f"{told} {say('region.example', language)}" if is_example(decision) else told


class _Pages:
    def __init__(self, decision: Decision, language: Language) -> None:
        self.decision, self.language = decision, language
        self.names = decision.case.names("regions", "id")
        self.tables = RegionTables(decision, language)
        self._cofunding = cofunding(decision)
        self.expected = decision.futures.regions.set_index("region")
        self.effects = COUNTS[decision.plan.objective_kind].effects
        sums = "brief" if self.tables.city else "brief totals"
        self._kinds = {"joins": sums, "pays": "account", "refused": "cards"}

    def _say(self, key: str, region: str, **values: object) -> str:
        return say(f"region.{key}", self.language, region=self.names[region], **values)

    def page(self, region: str) -> RegionPage:
        return RegionPage(
            region,
            self.names[region],
            self._glance(region),
            self._gets(region),
            self._joins(region),
            self._pays(region),
            self._signs(region),
            self._refused(region),
        )

    def _part(self, name: str, region: str, sentences: list[str], table: Table, **values: object) -> Part:
        title, caption = self._say(name, region, **values), self._say(f"{name}_caption", region)
        return Part(title, sentences, caption, table, self._kinds.get(name, "brief"))

    def _glance(self, region: str) -> str:
        parts = [self._say("glance_joins", region, n=len(self.tables.joined[region]))]
        if self.effects and self.expected.loc[region, "state"] != "no_need":
            median = number(self.expected.loc[region, "median"], self.language, 1)
            parts.insert(0, self._say("glance_gets", region, median=median))
        if not self.tables.city:
            own = self._sum(region, "own")
            key = "glance_pays" if own > NOTHING else "glance_pays_none"
            parts.append(self._say(key, region, own=money(own, self.language)))
        return " · ".join(parts)

    def _sum(self, region: str, key: str) -> float:
        return float(self.tables.payers.loc[region, key])

    def _gets(self, region: str) -> Part:
        if not self.effects:
            empty = Table((), (), ())
            return self._part("gets", region, [self._say("no_effects", region)], empty)
        row = self.expected.loc[region]
        if row["state"] == "no_need":
            sentence = self._say("no_gap", region)
        else:
            keys = ("low", "median", "high", "promised")
            figures = {key: number(row[key], self.language, 1) for key in keys}
            sentence = self._say("benefit", region, **figures)
        table = self.tables.gaps(region)
        basis = [say(f"region.gets_basis{self._flat(region)}", self.language)] if table.rows else []
        return self._part("gets", region, [sentence, *self._if_cut(region), *basis], table)

    def _flat(self, region: str) -> str:
        """Return how wordings end where no indicator of a region has years enough for a trend."""
        futures = self.decision.futures
        mine = futures.series[futures.series["region"] == region]
        trended = "trend" in futures.parts and bool((mine["years"] >= ENOUGH).any())
        return "" if trended else "_flat"

    def _if_cut(self, region: str) -> list[str]:
        """Return what the region loses as all budgets fall by a fifth; nothing where that is not known."""
        cut = self.decision.steps.get(80)
        if cut is None or cut.programs is None:
            return []
        joined = {item.program for item in self.tables.joined[region]}
        out = [code for code in cut.leaves if code in joined]
        median = float(self.expected.loc[region, "median"])
        worth, now = (
            number(value, self.language, 1) for value in (median + float(cut.regions[region]), median)
        )
        key = ("if_cut_out" if out else "if_cut") + ("_same" if worth == now else "")
        return [self._say(key, region, worth=worth, now=now, programs=", ".join(out))]

    def _joins(self, region: str) -> Part:
        n, chosen = len(self.tables.joined[region]), len(self.decision.plan.selected)
        sentences = [] if n else [self._say("joins_none", region)]
        without = self.tables.without(region)
        if without:
            sentences.append(self._say("without", region, programs="; ".join(without)))
        return self._part("joins", region, sentences, self.tables.programs(region), n=n, all=chosen)

    def _pays(self, region: str) -> Part:
        if self.tables.city:
            cost = next((item.cost for item in self.decision.plan.regions if item.region == region), 0.0)
            sentence = self._say("pays_in_a_city", region, cost=money(cost, self.language))
            return self._part("pays", region, [sentence], Table((), (), ()))
        paid = self.tables.years_paid(region)
        told = "; ".join(f"{year}:\N{NO-BREAK SPACE}{amount}" for year, amount in paid.items())
        sentences = [self._say("pays_years", region, years=told)] if paid else []
        decided = [str(year) for year in paid if year in self.decision.scenario.closed_years]
        if decided:
            sentences.append(self._say("pays_decided", region, years=listed(decided, self.language)))
        sentences += self._cofunds(region)
        return self._part("pays", region, sentences, self.tables.money(region))

    def _cofunds(self, region: str) -> list[str]:
        """Return what the region must bear of its own part by its fiscal capacity, where that is asked."""
        if (one := self._cofunding.get(region)) is None:
            return []
        capacity = capacity_name(one.fiscal_capacity, self.language)
        if not one.shares:
            return [self._say("pays_cofunding_none", region, capacity=capacity)]
        told = {key: money(getattr(one, key), self.language) for key in ("own", "least", "paid")}
        share = shares_told(one, self.language)
        return [self._say("pays_cofunding", region, capacity=capacity, share=share, **told)]

    def _signs(self, region: str) -> Part:
        mine, others = self.tables.papers[region]
        n, rest = (sum(len(paper.programs) for paper in some) for some in (mine, others))
        missing = unrecorded(self.decision, region)
        none = "signs_unrecorded" if missing else f"signs_none_{self.decision.case.level}"
        sentences = [] if mine else [self._say(none, region, n=missing)]
        if others:
            sentences.append(self._say("signs_others", region, n=rest))
        table = self.tables.documents(region)
        return self._part("signs", region, sentences, table, n=n, rows=len(table.rows))

    def _refused(self, region: str) -> Part:
        left = self.tables.refused[region]
        sentences = [] if left else [self._say("refused_none", region)]
        n = len({item.whole for item in left})
        could = n + len(self.tables.joined[region]) + len(self.tables.without(region))
        return self._part("refused", region, sentences, self.tables.proposals(region), n=n, all=could)
