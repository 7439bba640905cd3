"""The sheet on plans as they are customarily made: what each loses beside this plan, and how it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jspmodel.documents.why_pages.asked_about import AskedAbout, Sheet
from jspmodel.figures import customary_name, customary_order, customary_word
from jspmodel.text import describe_breach, listed, say, short_names
from jspmodel.workbook import Value

if TYPE_CHECKING:  # what searches near the plan is imported by whoever asks for that
    from jspmodel.plan import Check
    from jspmodel.selection.postoptimal import CustomaryPlan, CustomaryPlans, Dropped


def way_pages(asked: AskedAbout) -> Iterator[Sheet]:
    """Yield a sheet of ways, this plan first, those that were not tried last; none if that was not asked."""
    found = asked.found.customary
    if found is None:
        return
    ours = [
        say("usual.ours", asked.language),
        asked.say("status_legal"),
        found.objective,
        None,
        None,
        *asked.loss(0.0, max(0.0, found.bound - found.objective)),
        found.cost,
        *[None] * 8,
    ]
    not_given = [one for one in found.plans if one.status == "not_given"]
    yield asked.page(
        "ways",
        "way status worth:figure loss:figure loss_share:figure loss_least:figure loss_most:figure loss_proven"
        " cost:cost only_here only_there broken? alone:figure? lifted? dropped? how law",
        [ours, *(_way(asked, found, one) for one in (*customary_order(found), *not_given))],
    )


def _way(asked: AskedAbout, found: CustomaryPlans, one: CustomaryPlan) -> list[Value]:
    word = customary_word(found, one.custom)
    how = [f"usual.how_{word}", *([] if one.custom == "brought" else [f"usual.stands_{one.custom}"])]
    share = None if one.loss is None or found.objective <= 0 else 100 * one.loss / found.objective
    proven = asked.loss(one.least, one.most) if one.status == "legal" else (None, None, "")
    return [
        customary_name(found, one.custom, asked.language),
        asked.say(f"status_{one.status}"),
        one.worth,
        one.loss,
        share,
        *proven,
        one.cost,
        asked.codes(one.ours_only),
        asked.codes(one.theirs_only),
        "; ".join(_broken(asked, check) for check in one.broken),
        one.unlifted,
        asked.codes(one.lifted),
        "; ".join(_dropped(asked, item) for item in one.dropped),
        " ".join(say(key, asked.language) for key in how),
        _law(asked, one),
    ]


def _broken(asked: AskedAbout, check: Check) -> str:
    rule = say(f"rule.{check.rule}", asked.language)
    if not check.breaches:
        return rule
    return f"{rule} ({describe_breach(check.rule, check.breaches[0], asked.case, asked.language)})"


def _dropped(asked: AskedAbout, item: Dropped) -> str:
    rules = listed((say(f"rule.{rule}", asked.language) for rule in item.rules), asked.language)
    if not item.region:
        return say("usual.dropped_rules", asked.language, program=item.program, rules=rules)
    region = short_names(asked.case)[item.region]
    return say("usual.dropped_region", asked.language, program=item.program, region=region, rules=rules)


def _law(asked: AskedAbout, one: CustomaryPlan) -> str:
    """Return what the law says of a way that splits the budgets."""
    if one.among is None:
        return ""
    key = "last_year" if one.custom == "last_year" else "even"
    return say(f"usual.law_{'regions' if one.among == 'regions' else key}", asked.language)
