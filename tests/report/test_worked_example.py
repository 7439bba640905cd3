"""The worked example: recomputed from the tables without the package's measures, and line by line as printed."""

import ast
import csv
import operator
import re
from functools import cache
from html import unescape

import numpy as np
import pytest

from hand import J, W
from jspmodel import report
from jspmodel.intake import load, shipped
from jspmodel.measure import Measure
from jspmodel.plan import Choice, PlannedProgram
from jspmodel.report.decision import assemble
from jspmodel.report.example_choice import choose_example
from small_decision import small_case, small_decision, small_plan

KULON_PROGO, BANTUL, GUNUNGKIDUL, SLEMAN, YOGYAKARTA = "34.01", "34.02", "34.03", "34.04", "34.71"
CHOICES = (
    Choice(program="P38", start=2028, regions=(BANTUL, GUNUNGKIDUL, SLEMAN, YOGYAKARTA)),
    Choice(program="P39", start=2028, regions=(BANTUL, SLEMAN)),
    Choice(program="P40", start=2028, regions=(BANTUL, GUNUNGKIDUL, SLEMAN, YOGYAKARTA)),
    Choice(program="P17", start=2028, regions=(BANTUL, YOGYAKARTA)),
)
YEARS = (2027, 2028, 2029, 2030, 2031)
PRIORITIES = ("I01", "I02", "I04", "I06", "I07")
"""Of the baseline scenario."""


def decided(choices):
    """Return a decision on the shipped case of DIY with a plan of some programmes."""
    case, scenario = load(str(shipped("data") / "diy"))
    model = Measure(case, scenario)
    whole = model.impact(choices).total
    planned = [
        PlannedProgram(
            **dict(choice),
            selected=True,
            impact=whole - model.impact([one for one in choices if one != choice]).total,
        )
        for choice in choices
    ]
    return assemble(
        case, scenario, small_plan(programs=tuple(planned), objective=whole, bound=whole, funding=())
    )


@pytest.fixture(scope="module")
def decision():
    return decided(CHOICES)


@cache
def table(name):
    with (shipped("data") / "diy" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def closed(effect):
    return min(effect, 0.4) + 0.75 * min(max(effect - 0.4, 0), 0.4) + 0.5 * min(max(effect - 0.8, 0), 0.6)


class ByTables:
    """The measure of docs/model.md worked out from the files alone."""

    def __init__(self):
        self.ties = {}
        self.weight, self.gap, self.share = self.weights(), self.gaps(), self.shares()

    def weights(self):
        weight = {row["criterion"]: float(row["weight"]) for row in table("criteria")}
        rows = table("issue_scores")

        def score(issue):
            means = (
                mean(float(row["score"]) for row in rows if (row["issue"], row["criterion"]) == (issue, one))
                * w
                for one, w in weight.items()
            )
            return sum(means) / sum(weight.values())

        scores = {issue: score(issue) for issue in PRIORITIES}
        return {issue: value / sum(scores.values()) for issue, value in scores.items()}

    def gaps(self):
        latest = {}
        for row in sorted(table("indicator_values"), key=lambda row: int(row["year"])):
            latest[row["indicator"], row["region"]] = float(row["value"])
        found = {(row["issue"], row["region"]): [float(row["severity"])] for row in table("issue_regions")}
        measured = {}
        for row in table("indicators"):
            sign, target = (1 if row["better"] == "lower" else -1), float(row["target"])
            values = {region: value for (one, region), value in latest.items() if one == row["indicator"]}
            worst = max(sign * (value - target) for value in values.values())
            for region, value in values.items():
                gap = min(max(sign * (value - target) / worst, 0), 1)
                measured.setdefault((row["issue"], region), []).append(gap)
        return {key: mean(values) for key, values in (found | measured).items()}

    def shares(self):
        people = {row["region"]: float(row["population"]) for row in table("regions")}
        return {region: count / sum(people.values()) for region, count in people.items()}

    def tie(self, r, s):
        if (r, s) not in self.ties:
            self.ties[r, s] = self.tied(r, s)
        return self.ties[r, s]

    def tied(self, r, s):
        pairs = [(self.weight[i], self.gap.get((i, r), 0), self.gap.get((i, s), 0)) for i in PRIORITIES]
        alike = sum(w * min(a, b) for w, a, b in pairs) / sum(w * max(a, b) for w, a, b in pairs)
        members = {}
        for row in table("bodies"):
            members.setdefault(row["body"], set()).add(row["region"])
        borders = {frozenset((row["region_a"], row["region_b"])) for row in table("borders")}
        body = any({r, s} <= some for some in members.values())
        return min(1, alike * (1.2 if body else 1.0 if frozenset((r, s)) in borders else 0.0))

    def delivered(self, choices, issue, region, year):
        program = {row["program"]: row for row in table("programs")}
        effect = {(row["program"], row["issue"]): float(row["effect"]) for row in table("program_effects")}
        done = {
            one.program: one
            for one in choices
            if one.start + int(program[one.program]["duration"]) - 1 <= year
        }
        total = 0.0
        for code, one in done.items():
            if region in one.regions and program[code]["scope"] == "joint":
                bonus = 0.1 * sum(self.tie(region, other) for other in one.regions if other != region)
                total += effect.get((code, issue), 0) * (1 + bonus)
        for row in table("program_links"):
            both = [done.get(row["program"]), done.get(row["other"])]
            if row["kind"] == "complements" and all(one and region in one.regions for one in both):
                total += effect.get((row["program"], issue), 0) * float(row["value"])
        return total

    def lost(self, program, issue, region):
        others = [one for one in CHOICES if one.program != program]
        shares = (
            closed(self.delivered(CHOICES, issue, region, year))
            - closed(self.delivered(others, issue, region, year))
            for year in YEARS
        )
        needs = {
            (one, place): self.weight[one] * gap * self.share[place]
            for (one, place), gap in self.gap.items()
            if one in self.weight
        }
        return 100 * needs[issue, region] / sum(needs.values()) * mean(shares)


def test_the_example_is_the_most_important_programme_with_all_factors(decision):
    hand = choose_example(decision).hand
    assert max(decision.plan.programs, key=lambda item: item.impact).program == "P38"
    assert (hand.program, hand.issue, hand.region) == (
        "P38",
        "I04",
        BANTUL,
    )  # in Sleman the gap is the worst there is


def test_the_figure_is_what_the_files_give(decision):
    found = choose_example(decision)
    expected = ByTables().lost("P38", "I04", BANTUL)
    assert found.exact == pytest.approx(expected, rel=1e-9)
    assert f"{expected:.4f}" in report.worked_example(decision, "en").html
    assert f"{expected:.4f}".replace(".", ",") in report.worked_example(decision, "id").html


def test_every_cell_of_the_programmes_impact_is_what_the_files_give(decision):
    found, tables = choose_example(decision), ByTables()
    for (issue, region), loss in found.lost.items():
        assert loss == pytest.approx(tables.lost("P38", issue, region), abs=1e-9)
    item = next(item for item in decision.plan.programs if item.program == "P38")
    assert sum(found.lost.values()) == pytest.approx(item.impact)
    assert f">{item.impact:.2f}<" in report.worked_example(decision, "en").html


def cells(html):
    """Return the tables of the example as rows of texts."""
    for part in re.findall(r"<table.*?</table>", html, re.DOTALL):
        yield [
            [
                unescape(re.sub(r"<[^>]*>", "", cell)).strip()
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            ]
            for row in re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)
        ]


def test_each_row_and_column_of_the_impact_adds_up(decision):
    found = choose_example(decision)
    *_, (_, *body) = cells(report.worked_example(decision, "en").html)
    figures = np.array([[float(cell.replace(",", "")) for cell in row[1:]] for row in body])
    regions, issues = found.hand.tables.needs.columns, found.hand.tables.needs.index
    for row, region in zip(figures, regions, strict=False):
        assert row[-1] == pytest.approx(sum(found.lost[issue, region] for issue in issues), abs=6e-5)
    for column, issue in zip(figures[-1], issues, strict=False):
        assert column == pytest.approx(sum(found.lost[issue, region] for region in regions), abs=6e-5)
    assert figures[-1, -1] == pytest.approx(sum(found.lost.values()), abs=6e-3)


OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def worth(text, language):
    """Return what a printed sum comes to."""
    return _worth(ast.parse(plain(text, language), mode="eval").body)


def _worth(node):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp):
        return -_worth(node.operand)
    return OPERATORS[type(node.op)](_worth(node.left), _worth(node.right))


def plain(text, language):
    text = text.replace(".", "").replace(",", ".") if language == "id" else text.replace(",", "")
    return text.translate(str.maketrans("×÷−", "*/-"))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("small", [False, True])
def test_each_line_comes_to_its_result_as_printed(decision, language, small):
    shown = small_decision() if small else decision
    digits = choose_example(shown).hand.tables.digits
    steps, received, years, last, _, needs, ties, _ = cells(report.worked_example(shown, language).html)
    exact = 0.5 * 10.0**-digits + 1e-12
    lines = [(row[2], row[3]) for row in steps[1:]] + [(row[1], row[2]) for row in received[1:]]
    lines += [tuple(row[2].split(" = ")) for row in ties[1:]]
    lines += [tuple(reversed(row[3].split(" = "))) for row in received[1:]]
    assert len(lines) > (8 if small else 18)
    for told, result in lines:
        assert abs(worth(told, language) - float(plain(result, language))) <= exact, (told, result)
    figures = [[float(plain(cell, language)) for cell in row[1:]] for row in years[1:]]
    for weight, without, with_it, closed_without, closed_with, part in figures:
        assert abs(closed(without) - closed_without) <= exact
        assert abs(closed(with_it) - closed_with) <= exact
        assert abs(weight * (closed_with - closed_without) - part) <= exact
    whole = sum(float(plain(cell, language)) for row in needs[1:] for cell in row[1:])
    assert whole == pytest.approx(float(plain(steps[6][3], language)), abs=1e-9)
    for told, result in ((row[1], row[2]) for row in last[1:]):
        assert abs(worth(told, language) - float(plain(result, language))) <= 0.5e-4 + 1e-12
    exactly = choose_example(shown).exact
    assert round(float(plain(last[2][2], language)), 4) == round(exactly, 4)


def test_rows_are_those_of_the_files(decision):
    html = report.worked_example(decision, "en").html
    rows = {name: table(name) for name in ("program_effects", "indicators", "regions", "program_links")}
    for name, wanted in (
        ("program_effects", {"program": "P38", "issue": "I04"}),
        ("indicators", {"issue": "I04"}),
        ("regions", {"region": BANTUL}),
        ("program_links", {"program": "P40", "other": "P38"}),
    ):
        place = next(k for k, row in enumerate(rows[name], start=2) if wanted.items() <= row.items())
        assert f"{name}.csv row {place}" in html, name


def test_the_small_case_by_hand():
    # P in A: W * 0.75 of the need, delivered at the end of 2028, alone, with B (they border) and beside Q.
    tie = W * 0.5 / (W + J * 0.8)
    whole = W * 0.75 + W * 0.5 * 0.25 + J * 0.8 * 0.25
    found = choose_example(small_decision())
    assert (found.hand.program, found.hand.issue, found.hand.region) == (
        "P",
        "w",
        "B",
    )  # A's gap is the worst
    assert found.exact == pytest.approx(100 * W * 0.125 / whole * closed(0.5 * (1.2 + 0.1 * tie)) / 2)


def test_where_effects_do_not_count_or_nothing_is_planned_there_is_no_example():
    assert report.worked_example(small_decision(plan=small_plan(objective_kind="score")), "id") is None
    none = small_plan(programs=tuple(PlannedProgram(program=code, selected=False) for code in "PQH"))
    assert report.worked_example(small_decision(plan=none), "id") is None


def test_a_level_is_told_with_what_it_stands_for():
    case = small_case()
    plan = small_plan(
        programs=(PlannedProgram(program="Q", selected=True, start=2028, regions=("A", "B"), impact=5.0),)
    )
    html = report.worked_example(small_decision(case, plan), "en").html
    assert "level high = 0.3" in html
    assert "issue_regions.csv row 3" in html  # what was judged of B
