"""Menghitung ulang satu angka: the impact of one programme in one region on one issue, factor by factor."""

from __future__ import annotations

from collections.abc import Iterator

from jspmodel.objective_kinds import COUNTS
from jspmodel.pages import Captioned, Fragment, fragment
from jspmodel.report.decision import Decision
from jspmodel.report.example_choice import IMPACT_DIGITS, choose_example
from jspmodel.report.example_tables import ExampleTables, Noted
from jspmodel.report.example_words import Step, added, gap_step, score_step, share_step
from jspmodel.report.hand_computation import Contribution
from jspmodel.report.table_rows import table_row
from jspmodel.scenario import Language
from jspmodel.text import listed, number


def worked_example(decision: Decision, language: Language) -> Fragment | None:
    """Return one figure of the plan computed again from the tables, as an expert can check it by hand.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment or None
        None (a notebook then shows nothing) where effects do not count, or no programme has one to tell.
    """
    if not COUNTS[decision.plan.objective_kind].effects:
        return None
    found = choose_example(decision)
    if found is None:
        return None
    told = _Steps(decision, found, language)
    title, main, last, folded = told.title, told.main(), told.last(), told.folded()
    return fragment(
        "worked_example",
        title,
        language,
        intro=told.intro,
        tables=main,
        last=last,
        same=told.same,
        folded=folded,
    )


class _Steps(ExampleTables):
    """Makes the steps of an example."""

    @property
    def title(self) -> str:
        return self.say("title")

    @property
    def _impact(self) -> str:
        return number(self.found.exact, self.language, IMPACT_DIGITS)

    @property
    def intro(self) -> str:
        return self.say("intro", impact=self._impact)

    @property
    def same(self) -> str:
        return self.say("same", impact=self._impact)

    def main(self) -> list[Noted]:
        """Return the steps, what the region receives, and what that closes year by year."""
        strength = self.print.given(self.decision.scenario.collaboration.strength)
        keys = "program sum result since lost from"
        received = self.table(self.say("contributions"), keys, self._contributions(), "result since")
        steps = self.table(self.say("steps"), "step what sum result from", self._steps(), "result")
        keys = "year year_weight without with closed_without closed_with part"
        years = self.table(self.say("years"), keys, self._years(), keys)
        return [
            Noted(steps),
            Noted(received, self.say("contributions_note", strength=strength)),
            Noted(years, self.say("years_note", pieces=self._pieces())),
        ]

    def _steps(self) -> Iterator[tuple[str, ...]]:
        for place, step in enumerate(self._need_steps(), start=1):
            yield self._step(str(place), step)

    def _step(self, place: str, step: Step) -> tuple[str, ...]:
        return place, self.say(step.key), step.sum, self.print.figure(step.result), step.source

    def _need_steps(self) -> Iterator[Step]:
        hand, out = self.hand, self.print
        case, scenario = self.decision.case, self.decision.scenario
        kind = str(hand.tables.types[hand.region])
        scored, weights = hand.tables.scores_of[kind], hand.tables.weights_of[kind]
        weight, gap = (
            float(weights[hand.issue]),
            float(hand.tables.gaps.at[hand.issue, hand.region]),
        )
        share, need = (
            float(hand.tables.shares[hand.region]),
            float(hand.tables.needs.at[hand.issue, hand.region]),
        )
        yield score_step(case, scenario, hand.issue, kind, float(scored[hand.issue]), out)
        scores = added(out.figure(float(score)) for score in scored)
        first = out.figure(float(scored[hand.issue]))
        yield Step("weight", f"{first} ÷ {scores}", weight, self.say("from_scores"))
        yield gap_step(case, hand.issue, hand.region, gap, out)
        yield share_step(case, hand.region, share, out)
        factors = " × ".join(map(out.figure, (weight, gap, share)))
        yield Step("need", factors, need, self.say("from_steps", steps="2, 3, 4"))
        yield Step("whole", out.figure(hand.tables.whole), hand.tables.whole, self.say("from_needs"))
        parts = f"{out.figure(need)} ÷ {out.figure(hand.tables.whole)}"
        yield Step("need_share", parts, hand.need_share, self.say("from_steps", steps="5, 6"))

    def _contributions(self) -> Iterator[tuple[str, ...]]:
        programs = self.decision.case.programs.set_index("program")
        starts = {choice.program: choice.start for choice in self.decision.plan.choices}
        for one in self.hand.contributions:
            name = self.say("beside", program=one.program, other=one.other) if one.other else one.program
            late = max((code for code in (one.program, one.other) if code), key=lambda code: (
                starts[code] + int(programs.at[code, "duration"])
            ))  # fmt: skip
            since = f"{one.since} = {starts[late]} + {int(programs.at[late, 'duration'])} − 1"
            lost = self.say("yes" if one.lost else "no")
            yield name, self._sum(one), self.print.figure(one.amount), since, lost, self._source(one)

    def _sum(self, one: Contribution) -> str:
        out = self.print
        effect = out.figure(one.effect)
        if one.other:
            return f"{effect} × {out.given(one.value)}"
        if not one.ties:
            return effect
        strength = out.given(self.decision.scenario.collaboration.strength)
        return f"{effect} × (1 + {strength} × {added(map(out.figure, one.ties))})"

    def _source(self, one: Contribution) -> str:
        case, language = self.decision.case, self.language
        if one.other:
            links = {"program": one.program, "other": one.other, "kind": "complements"}
            return table_row(case, "program_links", language, **links)
        told = table_row(case, "program_effects", language, program=one.program, issue=self.hand.issue)
        effects = case.program_effects
        mine = effects[(effects["program"] == one.program) & (effects["issue"] == self.hand.issue)]
        levels = self.decision.scenario.effect_levels
        for level in mine.loc[mine["effect"].isna(), "level"]:
            told += f"; {self.say('level', level=level, value=self.print.given(levels[level]))}"
        return told

    def _years(self) -> Iterator[tuple[str, ...]]:
        for line in self.hand.years:
            figures = (
                line.weight,
                line.without,
                line.with_it,
                line.closed_without,
                line.closed_with,
                line.part,
            )
            yield str(line.year), *map(self.print.figure, figures)

    def _pieces(self) -> str:
        out = self.print.given
        told = (
            self.say("piece_next" if place else "piece", width=out(width), slope=out(slope))
            for place, (width, slope) in enumerate(self.decision.scenario.diminishing_returns)
        )
        return listed(told, self.language)

    def last(self) -> Captioned:
        """Return the last two steps: they come to the plan's figure."""
        hand, out = self.hand, self.print
        average = Step(
            "average", added(out.figure(line.part) for line in hand.years if line.part), hand.average, ""
        )
        factors = f"100 × {out.figure(hand.need_share)} × {out.figure(hand.average)}"
        rows = [
            (self.say(average.key), average.sum, out.figure(average.result)),
            (self.say("impact"), factors, number(hand.impact, self.language, IMPACT_DIGITS)),
        ]
        return self.table(self.say("last"), "what sum result", iter(rows), "result")
