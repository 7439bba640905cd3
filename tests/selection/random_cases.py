"""Random small cases, and the best plan by trying every one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

import numpy as np

from jspmodel import measure
from jspmodel.intake.tables import build_case
from jspmodel.measure import computed_once
from jspmodel.plan import Choice, Payment
from jspmodel.scenario import Equity, Scenario
from jspmodel.selection import audit
from jspmodel.selection.plan_audit import TOLERANCE
from jspmodel.selection.plan_view import PlanView
from jspmodel.selection.rules import RULES
from selection.small import rows

KEPT = 64
"""So many cases, and as many lists of all plans of one, are kept for the tests that ask for them again."""


@lru_cache(maxsize=KEPT)
def random_case(seed, *, programs=3, regions="AB", years=(2027, 2028), budget=None):
    """Joint programmes of one or two years in all regions, one fund, all kinds of links, random figures."""
    draw = np.random.default_rng(seed)
    codes = [f"P{k}" for k in range(programs)]
    durations = {code: int(draw.integers(1, 3)) for code in codes}
    costs = [(c, "", "build", k, int(draw.integers(1, 6))) for c in codes for k in range(durations[c])]
    costs += [(c, r, "build", 0, int(draw.integers(0, 4))) for c in codes for r in regions]
    costs += [(c, r, "run", None, float(draw.integers(0, 2))) for c in codes for r in regions]
    effects = [
        (c, i, float(draw.choice([0.1, 0.2, 0.3, 0.5]))) for c in codes for i in "wj" if draw.random() < 0.8
    ]
    kinds = [("requires", None), ("excludes", None), ("complements", 0.5)]
    first, second = draw.choice(programs, 2, replace=False)
    kind, value = kinds[draw.integers(3)]
    most = budget if budget is not None else int(draw.integers(4, 12))
    tables = {
        "regions": rows("region name population", *((r, r, int(draw.integers(1, 9))) for r in regions)),
        "borders": rows("region_a region_b", *pairwise(regions)),
        "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
        "issue_regions": rows(
            "issue region severity", *((i, r, round(float(draw.random()), 2)) for i in "wj" for r in regions)
        ),
        "programs": rows(
            "program name_id duration min_regions score",
            *((c, c, durations[c], int(draw.integers(1, 3)), int(draw.integers(1, 9))) for c in codes),
        ),
        "program_regions": rows("program region", *product(codes, regions)),
        "program_costs": rows("program region kind offset amount", *costs),
        "program_effects": rows("program issue effect", *effects),
        "program_links": rows("program other kind value", (codes[first], codes[second], kind, value)),
        "funds": rows("fund name_id", ("f", "Dana")),
        "fund_budgets": rows("fund year amount", *(("f", year, most) for year in years)),
    }
    return build_case(f"random-{seed}", tables)


@lru_cache(maxsize=KEPT)
def ruled_case(seed):
    """A random case of three programmes on which every rule may bite."""
    draw = np.random.default_rng((seed, 1))
    case = random_case(seed, years=(2027, 2028, 2029), budget=int(draw.integers(8, 25)))
    codes, regions = list(case.programs["program"]), list(case.regions["region"])

    def some(share, values, otherwise):
        return [draw.choice(values) if draw.random() < share else otherwise for _ in codes]

    programs = case.programs.assign(
        dimension=some(0.8, ["x", "y"], ""),
        agency=some(0.5, ["d", "e"], ""),
        scope=some(0.15, ["province"], "joint"),
        quick_win=draw.random(len(codes)) < 0.5,
        in_annual_plan=draw.random(len(codes)) < 0.3,
        first_start=some(0.15, [2028.0], np.nan),
        last_start=some(0.15, [2027.0], np.nan),
        option_of=_sizes(seed, codes),
        new_systems=some(0.6, [1.0, 2.0], 0.0),
        min_volume=some(0.2, [4.0, 8.0], np.nan),
        required_maturity=some(0.2, [2.0], np.nan),
        raises_maturity=some(0.4, [1.0], np.nan),
    )
    places = case.program_regions.assign(
        volume=draw.integers(1, 7, len(case.program_regions)).astype(float),
        mandatory=draw.random(len(case.program_regions)) < 0.1,
    )
    holder, named = draw.choice(["", "A"], p=[0.85, 0.15]), draw.random() < 0.15
    tables = {name: table for name, table in case.tables().items() if len(table)}
    tables |= {
        "regions": case.regions.assign(
            maturity=draw.integers(1, 3, len(regions)).astype(float),
            fiscal_capacity=_classes(seed, regions),
            area_type=_area_types(seed, regions),
        ),
        **CRITERIA,
        "dimensions": rows("dimension name_id", ("x", "X"), ("y", "Y")),
        "programs": programs,
        "program_regions": places,
        "agencies": rows("agency name max_parallel", ("d", "D", 1), ("e", "E", 2)),
        "systems": rows("system name", ("s", "S")),
        "program_systems": rows("program system action", (codes[0], "s", "retires")),
        "spending_rules": _spending_rules(seed),
        "funds": rows("fund name_id holder", ("f", "Dana", holder)),
        "fund_rules": rows("fund program", *([("f", codes[1])] if named else [])),
        **_documents(seed, codes),
        **_staff(seed, codes, regions),
        "terms_of_office": _terms(seed),
        "cofunding_shares": _cofunding(seed, codes),
    }
    return build_case(case.name, tables)


CRITERIA = {
    "criteria": rows("criterion name_id weight", ("a", "A", 1), ("b", "B", 1)),
    "issue_scores": rows("issue criterion score", ("w", "a", 2), ("w", "b", 1), ("j", "a", 1), ("j", "b", 2)),
    "area_type_weights": rows(
        "area_type criterion weight", ("kota", "a", 3), ("kota", "b", 1), ("desa", "b", 2), ("desa", "a", 0)
    ),
}
"""Both issues weigh the same by the general weights, and other things by those of a type of area."""


def _area_types(seed, regions):
    """The type of area of each region, some without; draws of their own."""
    draw = np.random.default_rng((seed, 10))
    return [str(draw.choice(["kota", "desa", ""], p=[0.45, 0.45, 0.1])) for _ in regions]


def _spending_rules(seed):
    """A share of spending for the programmes of one dimension, at least or at most, with or without more outside."""
    draw = np.random.default_rng((seed, 3))
    bound, share = draw.choice(["min", "max"]), float(draw.choice([0.2, 0.4, 0.6]))
    amount, whole = [(None, None), (1.0, 4.0), (3.0, 4.0)][draw.integers(3)]
    columns = "spending_rule name_id bound share dimension base_amount base_total from_year"
    return rows(columns, ("s", "Bagian x", bound, share, "x", amount, whole, draw.choice([None, 2028])))


def _sizes(seed, codes):
    """Now and then the last programme is a size of the first, or of the second; draws of their own."""
    draw = np.random.default_rng((seed, 4))
    return ["", "", codes[draw.integers(2)] if draw.random() < 0.25 else ""]


def _documents(seed, codes):
    """Documents that the fund requires of some programmes, ready, within a year, or never; draws of their own."""
    draw = np.random.default_rng((seed, 8))
    asked = draw.random() < 0.3
    states = [("ready", ""), ("missing", "2027-06-30"), ("under_way", "2028-06-30"), ("missing", "")]
    said = [(c, "D", *states[draw.choice(4, p=[0.3, 0.35, 0.25, 0.1])]) for c in codes]
    return {
        "documents": rows("document name_id", *([("D", "Dokumen")] if asked else [])),
        "required_documents": rows(
            "document fund lead_years", *([("D", "f", draw.integers(0, 2))] if asked else [])
        ),
        "program_readiness": rows("program document state complete_by", *(said if asked else [])),
    }


def _terms(seed):
    """Now and then the term of the government, or of A, ends within the plan; draws of their own."""
    draw = np.random.default_rng((seed, 10))
    known = [
        (f"kepala {region}", region, draw.choice([2027, 2028])) for region in ("", "A") if draw.random() < 0.3
    ]
    return rows("office region last_year", *known)


def _classes(seed, regions):
    """Fiscal capacities; draws of their own."""
    return np.random.default_rng((seed, 11)).choice(["low", "high", ""], len(regions))


def _cofunding(seed, codes):
    """Now and then regions of low capacity bear a share, of one programme another; draws of their own."""
    draw = np.random.default_rng((seed, 12))
    asked = [("low", "", draw.choice([0.25, 1])), ("low", draw.choice(codes), draw.choice([0, 0.5]))]
    return rows("fiscal_capacity program least_share", *(asked if draw.random() < 0.3 else []))


def _staff(seed, codes, regions):
    """One or two people of an agency, whom programmes need, for a region or at all, and whom one may train."""
    draw = np.random.default_rng((seed, 9))
    places = [draw.choice(["", *regions], p=[0.6, *[0.4 / len(regions)] * len(regions)]) for _ in codes]
    needed = [(c, "k", "d", r, "build", draw.integers(1, 3)) for c, r in zip(codes, places, strict=True)]
    later = (draw.choice(codes), "k", "d", "", draw.choice(["run", "trains"]), 1)
    there = [("d", "k", None, draw.integers(1, 3)), ("d", "k", 2028, draw.integers(1, 4))]
    return {
        "staff_kinds": rows("staff_kind name_id", ("k", "K")),
        "agency_staff": rows("agency staff_kind from_year people", *there[: draw.integers(1, 3)]),
        "program_staff": rows("program staff_kind agency region phase people", *needed, later),
    }


RULED = {
    "closed_years": ([2028], 0.3),
    "min_quick_wins": (1, 0.2),
    "min_programs_per_dimension": (1, 0.1),
    "no_new_systems": (True, 0.3),
    "locked_in": ([{"program": "P0", "regions": ["A"]}], 0.15),
    "locked_out": (["P1"], 0.15),
    "budget_scale": ({"all": 2.0, "years": {2027: 0.5}}, 0.4),
    "spending_rules": (["s"], 0.3),
    "document_delay": (1, 0.2),
    "staff_limits": (False, 0.6),
    "terms_of_office": (True, 0.6),
    "cofunding": (False, 0.4),
    "weights_by_area_type": (True, 0.5),
}
"""Settings of rules, and how often they are on; a new one comes last, so that earlier draws stay."""


def ruled_scenario(seed, **settings):
    """Settings for a case of ``ruled_case``, in which each rule of a scenario may bite."""
    draw = np.random.default_rng((seed, 2))
    drawn = {key: value for key, (value, share) in RULED.items() if draw.random() < share}
    return Scenario.model_validate(
        {"solver": {"gap": 0.0, "threads": 1}, "spending_rules": [], **drawn, **settings}
    )


@dataclass(frozen=True)
class Tried:
    """A plan: its objective, its impact in the province and in the worst-off region, its programmes and choices."""

    objective: float
    total: float
    least: float
    programs: frozenset[str] = frozenset()
    choices: tuple[Choice, ...] = ()


def best_by_trying(case, scenario, rules=()):
    """The most that any plan is worth that the audit passes; its one fund pays all."""
    return max(plan.objective for plan in every_plan(case, scenario, rules))


def every_plan(case, scenario, rules=()):
    """What each plan is worth that the audit passes, equity aside; its one fund pays all.

    Plans of the same tables under the same settings are tried once, whatever the equity rule and the solver.
    """
    free = scenario.model_copy(update={"equity": Equity(mode="off")})
    settings = free.model_dump_json(exclude={"solver"})
    # By which tables they are: nobody changes one. They are kept, so that no id comes again.
    beside = (case.known_systems, frozenset(case.carried_over.items()))
    key = (*map(id, case.tables().values()), *beside, settings, tuple(rules), frozenset(LASTING))
    if key not in _tried:
        while len(_tried) >= KEPT:
            del _tried[next(iter(_tried))]
        _tried[key] = (tuple(_every_plan(case, free, rules)), case)
    return list(_tried[key][0])


_tried = {}


def _every_plan(case, free, rules):
    years, regions = measure.horizon(case, free), list(case.regions["region"])
    groups = [
        tuple(r for r, taken in zip(regions, mask, strict=True) if taken)
        for mask in product((0, 1), repeat=len(regions))
    ]
    options = [
        [None, *(Choice(program=p, start=t, regions=group) for t in years for group in groups if group)]
        for p in case.programs["program"]
    ]
    tried = []
    with computed_once():  # gaps, needs and costs are the same for all plans
        costs = {
            choice: measure.yearly_costs(case, choice, years).sum()
            for choices in options
            for choice in choices
            if choice is not None
        }
        measured = measure.Measure(case, free)
        able = [[c for c in choices if c is None or _able(case, free, c, costs)] for choices in options]
        for plan in product(*able):
            choices = [choice for choice in plan if choice]
            verdict = _judge(case, free, choices, costs, rules)
            if verdict.passed:
                impact = measured.impact(choices)
                least, programs = float(impact.by_region.min()), frozenset(c.program for c in choices)
                tried.append(Tried(verdict.objective, impact.total, least, programs, tuple(choices)))
    return tried


LASTING = {
    "horizon", "start_window", "closed_years", "eligible_regions", "mandatory_regions", "min_regions",
    "coalition_volume", "province_scope", "locked_out", "max_parallel", "fund_budgets", "fund_rules",
    "region_funds", "readiness",
}  # fmt: skip
"""Rules that a choice that breaks them alone breaks in any company."""


def _able(case, scenario, choice, costs):
    """Whether a choice alone keeps these rules: if not, no plan with it needs to be tried."""
    view = PlanView.of_plan(case, scenario, [choice], _payments([choice], costs), 0.0)
    audited = (rule.audit(view) for rule in RULES if rule.name in LASTING)
    return all(amount <= TOLERANCE for findings in audited for amount, _ in findings)


def _judge(case, scenario, choices, costs, rules):
    return audit(case, scenario, choices, _payments(choices, costs), rules=rules)


def _payments(choices, costs):
    """What the one fund pays for all that they cost."""
    return [
        Payment(program=choice.program, fund="f", year=year, amount=float(amount))
        for choice in choices
        for year, amount in costs[choice].items()
        if amount > 0
    ]
