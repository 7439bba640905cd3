"""Random cases in which regions must bear shares, and every plan of them, paid by a linear programme of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from scipy.optimize import linprog

from jspmodel import measure
from jspmodel.intake.tables import build_case
from jspmodel.plan import Choice, Payment
from jspmodel.selection import audit
from selection.small import rows


@dataclass(frozen=True)
class Tried:
    """A plan, and what it is worth."""

    objective: float
    choices: tuple[Choice, ...]


@cache
def cofunded_case(seed):
    """Regions with classes and mostly a fund, a fund of the province, shares, figures that bind; draws of its own."""
    draw = np.random.default_rng((seed, 77))
    regions, codes, years = "ABC"[: draw.integers(2, 4)], "PQR"[: draw.integers(1, 4)], (2027, 2028)
    durations = {code: int(draw.integers(1, 3)) for code in codes}
    costs = [(c, "", "build", k, int(draw.integers(0, 3))) for c in codes for k in range(durations[c])]
    costs += [
        (c, r, "build", k, int(draw.integers(0, 5)))
        for c in codes
        for r in regions
        for k in range(durations[c])
    ]
    costs += [(c, r, "run", None, float(draw.integers(0, 2))) for c in codes for r in regions]
    own = [r for r in regions if draw.random() < 0.85]
    funds = [
        ("prov", "Prov", ""),
        ("dana", "Dana", ""),
        *((f"own{r}", r, r) for r in own),
        *((f"two{r}", r, r) for r in own[:1]),
    ]
    budgets = [
        (f, y, float(draw.integers(1, 5)) if h else float(draw.integers(2, 12)))
        for f, _, h in funds
        for y in years
    ]
    rules = [("dana", codes[0], 0.5)] + [
        (f, draw.choice([*codes]), float(draw.choice([0.3, 1])))
        for f, _, h in funds
        if h and draw.random() < 0.2
    ]
    shares = [
        ("low", "", float(draw.choice([0, 0.2, 0.5]))),
        ("high", "", float(draw.choice([0.4, 0.75, 1]))),
    ]
    shares += [
        (of, draw.choice([*codes]), float(draw.choice([0, 0.1, 1])))
        for of in ("low", "high")
        if draw.random() < 0.4
    ]
    return build_case(
        f"cofunded-{seed}",
        {
            "regions": rows("region name population fiscal_capacity", *((r, r, int(draw.integers(1, 9)), draw.choice(["low", "high", ""], p=[0.45, 0.45, 0.1])) for r in regions)),
            "issues": rows("issue name_id", ("w", "Sampah"), ("j", "Kerja")),
            "issue_regions": rows("issue region severity", *((i, r, round(float(draw.random()), 2)) for i in "wj" for r in regions)),
            "programs": rows("program name_id duration min_regions", *((c, c, durations[c], int(draw.integers(1, 3))) for c in codes)),
            "program_regions": rows("program region", *product(codes, regions)),
            "program_costs": rows("program region kind offset amount", *costs),
            "program_effects": rows("program issue effect", *((c, i, float(draw.choice([0.1, 0.3, 0.5]))) for c in codes for i in "wj")),
            "funds": rows("fund name_id holder", *funds),
            "fund_budgets": rows("fund year amount", *budgets),
            "fund_rules": rows("fund program max_share", *dict.fromkeys(rules)).drop_duplicates(["fund", "program"]),
            "cofunding_shares": rows("fiscal_capacity program least_share", *shares).drop_duplicates(["fiscal_capacity", "program"]),
        },
    )  # fmt: skip


def payable(case, choices, scale=1.0):
    """Payments for a plan that keep all rules on money, by a linear programme of its own; None where there are none."""
    budgets = {(b.fund, b.year): scale * b.amount for b in case.fund_budgets.itertuples()}
    holder = dict(zip(case.funds["fund"], case.funds["holder"], strict=True))
    classes = dict(zip(case.regions["region"], case.regions["fiscal_capacity"], strict=True))
    shares = {(r.fiscal_capacity, r.program): r.least_share for r in case.cofunding_shares.itertuples()}
    limits = {(r.fund, r.program): r.max_share for r in case.fund_rules.itertuples()}
    ruled = {fund for (fund, _), share in limits.items() if share > 0}
    due = {c.program: measure.yearly_costs(case, c, (2027, 2028)) for c in choices}
    keys = [(c.program, f, y) for c in choices for f, y in budgets]
    if not keys:
        return []
    most, equal, below = [], [], []
    for p, f, y in keys:
        share = limits.get((f, p), 0.0 if f in ruled else 1.0)
        most.append((0, max(0.0, share * due[p][y].sum())))
    for c in choices:
        for y in (2027, 2028):
            parts = due[c.program][y]
            equal.append(([(p, q) == (c.program, y) for p, _, q in keys], parts.sum()))
            for r in case.regions["region"]:
                mine = [(p, q, holder[f]) == (c.program, y, r) for p, f, q in keys]
                own = parts.get(r, 0.0) if r in c.regions else 0.0
                below.append((mine, own + parts.get("", 0.0) if r in c.regions else 0.0))
                share = shares.get((classes[r], c.program), shares.get((classes[r], ""), 0.0))
                below.append((np.negative(np.array(mine, dtype=float)), -share * own))
    for f, y in budgets:
        below.append(([(g, q) == (f, y) for _, g, q in keys], budgets[f, y]))
    free = linprog(
        np.zeros(len(keys)),
        A_ub=np.array([row for row, _ in below], dtype=float),
        b_ub=[side for _, side in below],
        A_eq=np.array([row for row, _ in equal], dtype=float),
        b_eq=[side for _, side in equal],
        bounds=most,
    )
    if free.status != 0:
        return None
    return [
        Payment(program=p, fund=f, year=y, amount=float(x))
        for (p, f, y), x in zip(keys, free.x, strict=True)
        if x > 1e-12
    ]


def every_plan(case, scenario):
    """What each plan is worth that can be paid and that the audit passes."""
    regions = list(case.regions["region"])
    groups = [
        tuple(r for r, on in zip(regions, mask, strict=True) if on)
        for mask in product((0, 1), repeat=len(regions))
        if any(mask)
    ]
    options = [
        [None, *(Choice(program=p, start=t, regions=g) for t in (2027, 2028) for g in groups)]
        for p in case.programs["program"]
    ]
    scale = scenario.budget_scale.all
    with measure.computed_once():
        measured = measure.Measure(case, scenario)
        able = [
            [c for c in some if c is None or (_alone(case, c) and payable(case, [c], scale) is not None)]
            for some in options
        ]
        for picked in product(*able):
            choices = [c for c in picked if c]
            payments = payable(case, choices, scale)
            if payments is not None:
                verdict = audit(case, scenario, choices, payments)
                assert verdict.passed, [check for check in verdict.checks if check.breaches]
                yield Tried(measured.impact(choices).total, tuple(choices))


def _alone(case, choice):
    """Whether a choice fits the horizon and has regions enough."""
    row = case.programs.set_index("program").loc[choice.program]
    return choice.start + row["duration"] - 1 <= 2028 and len(choice.regions) >= row["min_regions"]
