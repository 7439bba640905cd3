"""What was not accommodated: who proposed it, why not, and what would bring it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from jspmodel.case import Case
from jspmodel.pages import Fragment, fragment, in_indonesian, lines, table
from jspmodel.plan import PlannedProgram
from jspmodel.report.decision import Decision
from jspmodel.scenario import Language
from jspmodel.text import Table, listed, reason_names, reason_text, remedy_text, say


@dataclass(frozen=True)
class Refusal:
    """A proposal that is not in the plan, in words.

    Attributes
    ----------
    program, name : str
        Code, and code with name.
    whole : str
        The programme that it is a size of, else its own code: several sizes count once.
    origin, proposers : Markup
        Where it came from, and which agencies proposed it.
    reason, remedy : str
        Why it is not in the plan, and what would bring it in.
    regions : frozenset of str
        Those whose own agencies propose it.
    nearest : frozenset of str
        Those that take part in the choice that lacks the least money; empty where money is not what it lacks.
    """

    program: str
    name: str
    whole: str
    origin: Markup
    proposers: Markup
    reason: str
    remedy: str
    regions: frozenset[str]
    nearest: frozenset[str]


def refusals(decision: Decision, language: Language) -> list[Refusal]:
    """Return the proposals that are not in the plan, in table order.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    list of Refusal
    """
    case = decision.case
    names, origin, proposers = case.names("programs", language), _origin(case, language), _proposers(case)
    called, agencies = reason_names(case, language), case.names("agencies", "id")
    where = dict(zip(case.agencies["agency"], case.agencies["region"], strict=True))
    return [
        Refusal(
            item.program,
            f"{item.program} {names[item.program]}",
            item.option_of or item.program,
            lines([origin[item.program]]),
            lines(in_indonesian(agencies.get(a, a), language) for a in proposers[item.program]),
            reason_text(item.reason, item.reason_values, language, called),
            " ".join(remedies(decision, item, called, language)),
            frozenset(where[agency] for agency in proposers[item.program] if where.get(agency)),
            frozenset(str(item.reason_values.get("regions", "")).split()),
        )
        for item in decision.plan.refused
    ]


def not_accommodated(decision: Decision, language: Language) -> Fragment:
    """Return the proposals that are not in the plan, each with its reason, and a count by origin.

    Parameters
    ----------
    decision : Decision
    language : {"id", "en"}

    Returns
    -------
    Fragment
    """
    left, plan = refusals(decision, language), decision.plan
    n = plan.proposed - len(plan.selected)
    title = say("report.not_accommodated", language, n=n, all=plan.proposed)
    return fragment(
        "not_accommodated",
        title,
        language,
        left=_left(left, language),
        origins=_origins(decision, language),
        sizes=_other_sizes(decision, language),
    )


def _other_sizes(decision: Decision, language: Language) -> str:
    """Return the sizes in which programmes of the plan are not carried out, which is no refusal."""
    names = decision.case.names("programs", language)
    told = [f"{item.program} {names[item.program]}" for item in decision.plan.other_sizes]
    return say("report.other_sizes", language, sizes=listed(told, language)) if told else ""


def _left(left: list[Refusal], language: Language) -> Table:
    rows = [
        (item.name, lines(filter(None, [item.origin, item.proposers])), item.reason, item.remedy)
        for item in left
    ]
    return table(["program", "origin", "reason", "remedy"], rows, language)


def remedies(
    decision: Decision, item: PlannedProgram, called: Mapping[str, str], language: Language
) -> list[str]:
    """Return what would bring a refused proposal in, in sentences; ``called`` as ``reason_names`` has it."""
    told = [remedy_text(item.reason, item.reason_values, language, called)]
    if (percent := decision.entering.get(item.program)) is not None:
        told.append(say("remedy.at_budget", language, percent=percent - 100))
    # Being in the best plan is not monotone in the budget: what is too dear now may replace others with less.
    less = [100 - step.percent for step in decision.steps.values() if item.program in step.enters]
    if cuts := [str(cut) for cut in sorted(less) if cut > 0]:
        told.append(say("remedy.at_less", language, percents=listed(cuts, language)))
    return told


def _proposers(case: Case) -> dict[str, list[str]]:
    """Return the agencies that propose each programme."""
    found: dict[str, list[str]] = {program: [] for program in case.programs["program"]}
    table = case.program_agencies
    for row in table[table["role"] == "proposes"].itertuples():
        if row.program in found:
            found[row.program].append(row.agency)
    return found


def _origin(case: Case, language: Language) -> dict[str, str]:
    unknown = say("report.origin_unknown", language)
    return {
        program: in_indonesian(origin, language) or unknown
        for program, origin in zip(case.programs["program"], case.programs["origin"], strict=True)
    }


def _origins(decision: Decision, language: Language) -> list[tuple[Markup, str]]:
    """Return how many proposals of each origin are selected, those with most proposals first."""
    origin = _origin(decision.case, language)
    whole = dict.fromkeys(item.option_of or item.program for item in decision.plan.programs)
    proposed = Counter(origin[program] for program in whole)
    chosen = Counter(origin[item.option_of or item.program] for item in decision.plan.selected)
    return [
        (lines([name]), say("report.of", language, n=chosen[name], all=n))
        for name, n in proposed.most_common()
    ]
