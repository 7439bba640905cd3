"""Tables on plans as they are customarily made: what each loses beside the plan, and who pays for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jspmodel.case import Case
from jspmodel.figures import customary_name, customary_order, customary_word
from jspmodel.pages import Captioned, Fragment, captioned
from jspmodel.plan import Check, Plan
from jspmodel.scenario import Language
from jspmodel.tables.answers import NONE, TOLD, Answer, figure, interval, named
from jspmodel.text import describe_breach, listed, number, percent, say, short_names

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.selection.postoptimal import CustomaryPlan, CustomaryPlans, Dropped, Explanation

FELT = 0.05
"""Percentage points that a region must get less to be named."""
FEW_REGIONS, FEW_PROGRAMS = 5, 12


def customary_table(case: Case, plan: Plan, found: Explanation | None, language: Language) -> Fragment | None:
    """Return what the usual ways of making a plan come to beside the plan, and who pays for what they lose.

    Parameters
    ----------
    case : Case
    plan : Plan
    found : Explanation or None
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where that was not asked.
    """
    if found is None or found.customary is None:
        return None
    return customary_answer(case, plan, found, language).rendered(language)


def customary_answer(case: Case, plan: Plan, found: Explanation, language: Language) -> Answer:
    """Return what ``customary_table`` shows.

    Raises
    ------
    ValueError
        If that was not asked.
    """
    if found.customary is None:
        raise ValueError("the explanation has no customary plans")
    words = _Words(case, plan, found.customary, language)
    return Answer(
        words.title(), list(words.sentences()), [words.figures(), words.differences()], list(words.notes())
    )


class _Words:
    """Words about one set of plans."""

    def __init__(self, case: Case, plan: Plan, found: CustomaryPlans, language: Language) -> None:
        self._case, self._found, self._language = case, found, language
        self._names, self._regions = named(case, language), short_names(case)
        self._unit = say(f"prices.unit_{plan.objective_kind}", language)
        self._told = customary_order(found)
        self._legal = [one for one in self._told if one.loss is not None]

    def title(self) -> str:
        """Return the message: the way that comes nearest, and the one that loses most."""
        usual = [one for one in self._legal if one.custom != "brought"]
        if not usual:
            return self._say("title_none")
        near, far = usual[0], max(usual, key=lambda one: one.loss or 0.0)
        if (near.loss or 0.0) < -TOLD:
            return self._better(near)
        if (far.loss or 0.0) < TOLD:
            return self._say("title_same")
        words = {"far": self._name(far), "most": figure(far.loss, self._language), "unit": self._unit}
        words["most_share"] = self._share(far.loss)
        if len(usual) == 1:
            return self._say("title_one", **words)
        words |= {"near": self._name(near), "least": self._loss(near), "least_share": self._share(near.loss)}
        return self._say("title", **words)

    def sentences(self) -> Iterator[str]:
        """Yield what is to be said of single ways."""
        for one in self._told:
            yield from self._of_one(one)
        for one in self._found.plans:
            if one.status == "not_given":
                yield self._say("not_given", way=self._name(one))

    def _of_one(self, one: CustomaryPlan) -> Iterator[str]:
        way = self._name(one)
        if one.status == "not_legal":
            key = "brought_not_legal" if one.custom == "brought" else "not_legal"
            yield self._say(key, way=way, rules="; ".join(self._broken(check) for check in one.broken))
            return
        if (one.loss or 0.0) < -TOLD:
            yield self._better(one)
        elif one.custom == "brought":
            yield self._say("brought_loses", loss=self._loss(one), unit=self._unit, proven=self._proven(one))
        if one.unlifted is not None:
            programs = ", ".join(one.lifted)
            worth = f"{figure(one.unlifted, self._language)} {self._unit}"
            yield self._say(
                "lifted" if one.lifted else "lifted_none", way=way, programs=programs, worth=worth
            )
        if one.dropped:
            yield self._say(
                "dropped", programs=self._few([self._gone(item) for item in one.dropped], FEW_PROGRAMS)
            )

    def figures(self) -> Captioned:
        """Return worth, loss and cost of each plan, ours first."""
        ours = self._found
        rows = [
            (
                self._say("ours"),
                figure(ours.objective, self._language),
                NONE,
                interval(0.0, max(0.0, ours.bound - ours.objective), self._language),
                self._shares(0.0, max(0.0, ours.bound - ours.objective)),
                number(ours.cost, self._language, 1),
            )
        ]
        rows += [
            (
                self._name(one),
                figure(one.worth, self._language),
                self._loss(one),
                self._proven(one),
                self._shares(one.least, one.most),
                NONE if one.cost is None else number(one.cost, self._language, 1),
            )
            for one in self._told
        ]
        keys = ["way", "worth", "loss", "proven", "share", "cost"]
        caption = self._say("caption", unit=self._unit)
        return captioned(caption, keys, rows, self._language, keys[1:], "usual")

    def differences(self) -> Captioned:
        """Return how each way is gone, which programmes differ, and which regions pay."""
        rows = [
            (
                self._name(one),
                self._how(one),
                ", ".join(one.ours_only) or NONE,
                ", ".join(one.theirs_only) or NONE,
                self._pays(one),
                self._law(one),
            )
            for one in self._told
        ]
        keys = ["way", "how", "ours", "theirs", "pays", "law"]
        return captioned(self._say("caption_differences"), keys, rows, self._language, (), "usual")

    def notes(self) -> Iterator[str]:
        """Yield how to read it, and what the law says."""
        yield self._say("note")
        yield self._say("caveat")
        if any(item.pays is not None for one in self._told for item in one.regions):
            yield self._say("note_regions")
        law = {f"paragraph_{number}": self._say(f"law_142_{number}") for number in (1, 2, 3)}
        yield self._say("law", source=self._say("law_source"), **law)

    def _say(self, key: str, **words: object) -> str:
        return say(f"usual.{key}", self._language, **words)

    def _name(self, one: CustomaryPlan) -> str:
        return customary_name(self._found, one.custom, self._language)

    def _how(self, one: CustomaryPlan) -> str:
        told = self._say(f"how_{customary_word(self._found, one.custom)}")
        return told if one.custom == "brought" else f"{told} {self._say(f'stands_{one.custom}')}"

    def _better(self, one: CustomaryPlan) -> str:
        gain = figure(-(one.loss or 0.0), self._language)
        return self._say("better", way=self._name(one), gain=gain, unit=self._unit)

    def _loss(self, one: CustomaryPlan) -> str:
        loss = one.loss
        # What is told as 0 has no sign.
        return figure(0.0 if loss is not None and abs(loss) < TOLD else loss, self._language)

    def _proven(self, one: CustomaryPlan) -> str:
        return interval(one.least, one.most, self._language)

    def _share(self, loss: float | None) -> str:
        """Return a loss as a share of what our plan is worth."""
        worth = self._found.objective
        return NONE if loss is None or worth <= 0 else percent(max(0.0, loss) / worth, self._language)

    def _shares(self, least: float | None, most: float | None) -> str:
        """Return what is proven of a loss in percent of what our plan is worth."""
        worth = self._found.objective
        if least is None or worth <= 0:
            return NONE
        return interval(100 * least / worth, None if most is None else 100 * most / worth, self._language)

    def _pays(self, one: CustomaryPlan) -> str:
        less = [(item.pays, item.region) for item in one.regions if item.pays is not None]
        if not less:
            return NONE
        felt = sorted((some for some in less if some[0] >= FELT), key=lambda some: -some[0])
        told = [f"{self._regions[code]} {number(points, self._language, 1)}" for points, code in felt]
        return self._few(told, FEW_REGIONS) if told else self._say("nobody_pays")

    def _law(self, one: CustomaryPlan) -> str:
        if one.among is None:
            return NONE
        key = "last_year" if one.custom == "last_year" else "even"
        return self._say("law_regions" if one.among == "regions" else f"law_{key}")

    def _broken(self, check: Check) -> str:
        rule = say(f"rule.{check.rule}", self._language)
        if not check.breaches:
            return rule
        return f"{rule} ({describe_breach(check.rule, check.breaches[0], self._case, self._language)})"

    def _gone(self, item: Dropped) -> str:
        rules = listed((say(f"rule.{rule}", self._language) for rule in item.rules), self._language)
        program = self._names[item.program]
        if not item.region:
            return self._say("dropped_rules", program=program, rules=rules)
        return self._say("dropped_region", program=program, region=self._regions[item.region], rules=rules)

    def _few(self, told: Sequence[str], most: int) -> str:
        """Return a list, cut where it is long."""
        some, rest = "; ".join(told[:most]), len(told) - most
        return some if rest <= 0 else say("frontier.and_more", self._language, told=some, n=rest)
