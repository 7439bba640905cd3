"""Not found is not "there is none": every text about there being no plan says which of the two it is."""

import re

import numpy as np
import pytest

from conftest import tiny_tables, write_case
from jspmodel import charts, report
from jspmodel.errors import InfeasibleError, JspError, Problem, SolverError
from jspmodel.intake import load
from jspmodel.proof import finding_of
from jspmodel.report.advice import advice
from jspmodel.runs import Sensitivity, read_sensitivity, write_sensitivity
from jspmodel.selection.infeasibility import clash, not_found
from jspmodel.selection.inputs import read_inputs
from jspmodel.selection.parametric import Frontier, FrontierPoint
from jspmodel.selection.parametric.robust_portfolio import _no_plan
from jspmodel.text import LANGUAGES, all_wording, words
from jspmodel.whatif.words import refused
from small_decision import P, Q, small_decision

NONE = {
    "frontier.at_none", "frontier.cut_title_none", "frontier.cell_none", "reading.advice_cut_none",
    "whatif.no_plan_none", "problem.no_plan", "problem.no_plan_in_draw", "problem.clash", "problem.clash_of_one",
    "problem.clash_not_reduced", "why.in_always", "why.out_always", "why.alternatives_only", "why.importance_always",
    "why.forced_in_impossible", "attribution.found_none",
    "why_not.title_none", "why_not.title_never", "why_not.never", "why_not.never_caption", "why_not.money_none",
    "why_not.cost_none", "why_not.value_none", "why_not.no_amount",
    "nested.title_no_plan_none",
    "budget_steps.title_none", "budget_steps.below_none",
    "budget_steps.title_flat", "budget_steps.presence_none", "budget_steps.presence_none_more",
    "why_sheets.always", "why_sheets.never", "why_sheets.no_amount", "why_sheets.no_plan_today",
    "why_sheets.best_proven",
    "core.portfolios_one", "core.portfolios_all",
    "two_stage.title_none", "two_stage.no_plan_in",
}  # fmt: skip
NOT_FOUND = {
    "frontier.at_not_found", "frontier.cut_title_not_found", "reading.advice_cut_not_found",
    "whatif.no_plan_not_found", "problem.no_plan_found", "problem.no_plan_found_in_draw", "why.in_unknown",
    "why.out_unknown", "why.importance_none", "why.forced_in_title_never", "why.alternatives_none",
    "attribution.found_not_found",
    "why_not.title_unknown", "why_not.unknown", "why_not.money_unknown", "why_not.cost_unknown",
    "why_not.value_unknown", "nested.title_no_plan_not_found",
    "budget_steps.title_not_found", "budget_steps.below_not_found",
    "budget_steps.title_flat_found", "budget_steps.presence_not_found", "budget_steps.presence_not_found_more",
    "core.portfolios_some", "two_stage.title_not_found",
}  # fmt: skip
PROVEN = {"id": "terbukti", "en": "proven"}
MAYBE = {"id": "mungkin tetap ada", "en": "there may be one all the same"}
SAYS = {
    "id": r"tidak (ada|ditemukan) rencana yang (memenuhi|menjawab)|rencana.*tidak ditemukan|tidak ada rencana untuk",
    "en": r"no plan (keeps|answers|was found|is found)|there is no plan",
}
BOTH = pytest.mark.parametrize("language", LANGUAGES)
EITHER = pytest.mark.parametrize(
    ("finding", "bound"), [("not_found", 34.07), ("not_found", np.inf), ("none", -np.inf)]
)


def says(text, finding, language):
    """Whether a text says what was found of there being a plan, and no more."""
    text = text.lower()
    return (PROVEN[language] in text, MAYBE[language] in text) == (finding == "none", finding == "not_found")


@BOTH
def test_each_wording_of_it_says_which(language):
    texts = all_wording(language)
    assert all(says(texts[key], "none", language) for key in NONE)
    assert all(says(texts[key], "not_found", language) for key in NOT_FOUND)


@BOTH
def test_there_are_no_others(language):
    found = {
        key for key, text in all_wording(language).items() if re.search(SAYS[language], text, re.IGNORECASE)
    }
    assert found - NONE - NOT_FOUND == set()
    assert len(found) >= 14


def decision_at(bound, folder=None):
    """A decision whose frontier has no plan at four fifths of the budget."""
    points = (
        FrontierPoint(0.8, 28.8, None, np.nan, bound),
        FrontierPoint(1.0, 36.0, (P, Q), 20.0, 20.2),
        FrontierPoint(1.2, 43.2, (P, Q), 20.0, 21.0),
    )
    sensitivity = Sensitivity(Frontier(points, None))
    if folder is not None:
        write_sensitivity(sensitivity, folder)
        sensitivity = read_sensitivity(folder)
    return small_decision(sensitivity=sensitivity)


def text(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


@BOTH
@EITHER
@pytest.mark.parametrize("kept", [False, True])
def test_the_report(finding, bound, language, kept, tmp_path):
    decision = decision_at(bound, tmp_path if kept else None)
    assert decision.sensitivity.frontier.points[0].finding == finding
    changes = report.budget_changes(decision, language)
    assert says(changes.title, finding, language)
    cell = {
        "not_found": {"id": "tidak ditemukan", "en": "none found"},
        "none": {"id": "terbukti tidak ada", "en": "none, proven"},
    }
    assert cell[finding][language] in text(changes.html)
    assert says(advice(decision, language)[-1].replace("bukan hasil pengukuran", ""), finding, language)
    spec = charts.frontier(
        decision.case, decision.scenario, decision.plan, decision.sensitivity.frontier, language
    ).to_dict()
    message = spec["usermeta"]["jspmodel"]
    (told,) = dict(message["slider"]["steps"])[80]
    assert says(told, finding, language)
    row = next(row for row in message["table"]["rows"] if row[0] == "80%")
    assert row[3] == cell[finding][language]
    assert row[4] == (("34,1" if language == "id" else "34.1") if bound == 34.07 else "–")


def test_a_frontier_of_an_earlier_version_proves_nothing(tmp_path):
    write_sensitivity(
        Sensitivity(Frontier((FrontierPoint(0.8, 28.8, None, np.nan, -np.inf),), None)), tmp_path
    )
    file = tmp_path / "frontier.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"finding": "none",', ""), encoding="utf-8")
    assert read_sensitivity(tmp_path).frontier.points[0].finding == "not_found"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = write_case(tmp_path_factory.mktemp("case") / "tiny", tiny_tables(), "locked_in: [P01]\n")
    return read_inputs(*load(str(folder)))


ERRORS = {
    "clash": (lambda inputs: clash(inputs, with_equity=False), "none"),
    "not_found": (lambda inputs: not_found(inputs, ["built", "relaxation", "parts", "whole"]), "not_found"),
    "draw": (lambda _: _no_plan(-np.inf), "none"),
    "draw_not_found": (lambda _: _no_plan(34.07), "not_found"),
    "rules": (lambda _: InfeasibleError("", [Problem("clash", values={"count": 2})]), "none"),
}


@BOTH
@pytest.mark.parametrize("which", ERRORS)
def test_errors(which, inputs, language):
    make, finding = ERRORS[which]
    error = make(inputs)
    assert finding_of(error) == finding
    assert says(" ".join(words(problem, language) for problem in error.problems), finding, language)
    head, *_ = refused(error, language).split("<ul")
    assert says(head, finding, language)


@BOTH
def test_an_error_of_another_kind_says_nothing_of_it(language):
    for error in (JspError("?"), SolverError("", [Problem("audit_failed", values={"rules": "x"})])):
        assert finding_of(error) is None
        head, *_ = refused(error, language).split("<ul")
        assert says(head, None, language)


@BOTH
def test_what_was_tried_and_the_very_command_are_told(inputs, language):
    error = not_found(inputs, ["built", "whole"])
    command = error.problems[0].values["command"]
    told = words(error.problems[0], language)
    assert told.endswith(command)  # whole, however long
    assert {"id": "per rupiah", "en": "per rupiah"}[language] in told
    assert {"id": "di seluruh model", "en": "the whole model"}[language] in told
