"""Why a programme is in the plan or not, what would bring it in, and what is lost without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jspmodel.objective_kinds import COUNTS
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.report.refusals import remedies
from jspmodel.scenario import Language
from jspmodel.tables import why_not_sentences
from jspmodel.text import interval, number, reason_text, say, short_names

DIGITS = 2


def reasons(
    decision: Decision, item: PlannedProgram, called: Mapping[str, str], language: Language
) -> list[tuple[str, list[str]]]:
    """Return why a programme is as the plan has it, as pairs of a heading and sentences.

    Parameters
    ----------
    decision : Decision
    item : PlannedProgram
    called : mapping of str to str
        What people call programmes and agencies, by code.
    language : {"id", "en"}

    Returns
    -------
    list of (str, list of str)
        Without what there is nothing to tell of.
    """
    told = [reason_text(item.reason, item.reason_values, language, called)] if item.reason else []
    kind = "taken" if item.selected else "left"
    return [
        (say(f"program_sheet.reason_{kind}", language), told),
        (say("program_sheet.remedy", language), list(_remedies(decision, item, called, language))),
        (say("program_sheet.importance", language), list(_importance(decision, item, language))),
        (say("program_sheet.lost", language), list(_lost(decision, item, language))),
    ]


def _remedies(
    decision: Decision, item: PlannedProgram, called: Mapping[str, str], language: Language
) -> Iterator[str]:
    if item.selected or not item.reason:
        return
    yield from remedies(decision, item, called, language)
    if decision.explanation is not None:
        found, plan = decision.explanation, decision.plan
        told = why_not_sentences(decision.case, plan, found, item.program, language, exchange=False)
        yield from (_by_codes(sentence, called) for sentence in told)


def _by_codes(sentence: str, called: Mapping[str, str]) -> str:
    """Return a sentence in which programmes are their codes alone: each is a link to its sheet."""
    for code, name in called.items():
        if name.startswith(f"{code} "):
            sentence = sentence.replace(name, code)
    return sentence


def _importance(decision: Decision, item: PlannedProgram, language: Language) -> Iterator[str]:
    """Yield what is proven of the best plan with the programme the other way round."""
    found = decision.explanation
    for one in () if found is None else found.importance.programs:
        if one.program != item.program:
            continue
        kind = "importance" if item.selected else "forced"
        if one.irreplaceable:
            yield say(f"program_sheet.{kind}_always", language)
        elif one.estimate is None:
            yield say(f"program_sheet.{kind}_unknown", language)
        else:
            place = str(one.rank) if one.rank == one.last_rank else f"{one.rank}–{one.last_rank}"
            yield say(
                f"program_sheet.{kind}_range",
                language,
                proven=interval(one.least, one.most, language),
                unit=_unit(decision, language),
                place=place,
                all=len(decision.plan.selected),
            )
            out = [code for code in one.leave if code != item.program]
            if out and not item.selected:
                yield say("program_sheet.leave", language, programs=", ".join(out))


def _unit(decision: Decision, language: Language) -> str:
    return say(f"prices.unit_{decision.plan.objective_kind}", language)


def _lost(decision: Decision, item: PlannedProgram, language: Language) -> Iterator[str]:
    if not item.selected:
        return
    unit = _unit(decision, language)
    yield say("program_sheet.lost_text", language, loss=number(item.impact, language, DIGITS), unit=unit)
    if not COUNTS[decision.plan.objective_kind].effects:
        return
    lost = decision.losses[item.program].stack()
    if not lost.empty and lost.max() >= 10.0**-DIGITS / 2:
        issue, region = lost.idxmax()
        yield say(
            "program_sheet.lost_region",
            language,
            issue=decision.case.names("issues", language)[issue],
            region=short_names(decision.case)[region],
            loss=number(float(lost.max()), language, DIGITS),
            unit=unit,
        )
