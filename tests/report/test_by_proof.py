"""Report, tables and terminal speak by what is proven: provisional above 5 %, no advice to approve above 20 %."""

import re
from functools import cache
from io import StringIO

import pytest
from openpyxl import load_workbook
from rich.console import Console

from conftest import tiny_tables, write_case
from hand import rows
from jspmodel import report
from jspmodel.batch import Job, Result
from jspmodel.commands.console import headline as terminal
from jspmodel.commands.progress_table import ProgressTable
from jspmodel.comparison import Run, compare, comparison_summary
from jspmodel.comparison.comparison_workbook import write_comparison_workbook
from jspmodel.comparison.summary_screen import certainty_table
from jspmodel.documents.plan_workbook import write_workbook
from jspmodel.pages.index_page import index_page
from jspmodel.proof import proof_wording
from jspmodel.report.advice import advice
from jspmodel.report.executive_summary import headline
from jspmodel.runs import Entry, PlanHeader, Sensitivity
from jspmodel.scenario import Scenario
from jspmodel.selection.parametric import Frontier, FrontierPoint
from jspmodel.text import LANGUAGES
from jspmodel.whatif.question import Question, reply
from jspmodel.whatif.words import describe_answer
from small_decision import P, Q, small_case, small_decision, small_plan
from test_proof import PLANS

PROVISIONAL = {"id": "sementara", "en": "provisional"}
OPEN = {"id": "belum untuk disetujui", "en": "not for approval yet"}
APPROVE = {"id": "disarankan agar 2 program", "en": "approve 2 programmes"}
NOTHING = {"id": "belum ada yang terbukti", "en": "nothing is proven"}
DOCUMENTS = rows("program kind signer due done", ("P", "Persetujuan DPRD", "DPRD", "2026-11-30", False))
EVERY = pytest.mark.parametrize("how", PLANS)
BOTH = pytest.mark.parametrize("language", LANGUAGES)


@cache
def decision_of(how):
    return small_decision(small_case(program_documents=DOCUMENTS), small_plan(**PLANS[how]))


def text(fragment):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", getattr(fragment, "html", str(fragment)))).lower()


def cautious(words, how, language):
    """Whether the words are as cautious as the proof asks for, no more and no less."""
    words = words.lower()
    provisional, unfit = PROVISIONAL[language] in words, OPEN[language] in words
    return (provisional, unfit) == (how == "provisional", how in {"open", "nothing"})


@BOTH
@EVERY
def test_the_headline(how, language):
    assert cautious(headline(decision_of(how), language), how, language)


@BOTH
@EVERY
def test_no_approval_is_advised_of_an_open_plan(how, language):
    said = " ".join(advice(decision_of(how), language)).lower()
    assert (APPROVE[language] in said) == (how not in {"open", "nothing"})
    assert (PROVISIONAL[language] in said) == (how == "provisional")
    assert ("6,0%" in said or "6.0%" in said) == (how == "provisional")
    assert (NOTHING[language] in said) == (how == "nothing")


@BOTH
@EVERY
def test_recommendations_ask_no_council_to_agree_to_an_open_plan(how, language):
    html = report.approval_tables(decision_of(how), language).html
    tables = html.count("<caption>")
    assert tables == (0 if how in {"open", "nothing"} else 4)
    assert report.matrix(decision_of(how), language).html.count("<caption>") == 1
    assert ("DPRD" in html) == (how not in {"open", "nothing"})


@BOTH
@EVERY
def test_summary_and_conclusion(how, language):
    decision = decision_of(how)
    for part in (report.summary, report.conclusion):
        assert cautious(text(part(decision, language)), how, language)


@BOTH
@EVERY
def test_the_annex(how, language):
    shown = text(report.audit(decision_of(how), language))
    expected = {"proven": "0,00%", "provisional": "6,00%", "open": "25,00%"}.get(how, "1,00%")
    if how == "nothing":
        expected = {
            "id": "selisih terhadap batas terbaik belum terbukti",
            "en": "optimality gap none proven",
        }[language]
    assert (expected if language == "id" else expected.replace(",", ".")) in shown


@BOTH
@pytest.mark.parametrize(("dropped", "shown"), [(0, False), (3, True)])
def test_the_annex_tells_of_bounds_that_were_dropped(dropped, shown, language):
    words = text(report.audit(small_decision(plan=small_plan(dropped_bounds=dropped)), language))
    said = {
        "id": "batas atas yang dibuang 3, masing-masing di bawah rencana",
        "en": "bounds dropped 3, each below a plan",
    }
    assert (said[language] in words) == shown


@BOTH
@EVERY
def test_the_workbook_of_a_run(how, language, tmp_path):
    write_workbook(decision_of(how), tmp_path / "plan.xlsx", language)
    book = load_workbook(tmp_path / "plan.xlsx", read_only=True)
    first, record = book.worksheets[0], book.worksheets[-1]
    said = " ".join(str(cell) for row in first.values for cell in row)
    assert cautious(said, how, language)
    gaps = [row[1] for row in record.values if row[0] in {"Selisih terhadap batas terbaik", "Optimality gap"}]
    assert (gaps == [{"id": "belum terbukti", "en": "none proven"}[language]]) == (how == "nothing")
    book.close()


@BOTH
@EVERY
def test_the_terminal(how, language):
    assert cautious(terminal(small_plan(**PLANS[how]), language), how, language)


@BOTH
@EVERY
def test_the_table_of_many_runs(how, language, tmp_path):
    case = write_case(tmp_path / "tiny", tiny_tables())
    job = Job(case / "scenarios" / "baseline.yaml", tmp_path / "out", (language,))
    result = Result(job, "done", 1.0, small_plan(**PLANS[how]))
    many, paper = ProgressTable(1, 1, language), StringIO()
    Console(file=paper, width=300).print(many.table([result]))
    row = next(line for line in paper.getvalue().splitlines() if "2/3" in line)
    notes = " ".join(many.notes([result]))
    assert cautious(notes, how, language)
    assert (
        (" * " in row) == notes.startswith("* tiny/baseline: ") == (how in {"provisional", "open", "nothing"})
    )
    assert cautious(many._answer(result), how, language)
    assert ({"id": "belum terbukti", "en": "none proven"}[language] in row) == (how == "nothing")


@BOTH
@EVERY
def test_the_index(how, language):
    answer = PlanHeader.model_validate_json(small_plan(**PLANS[how]).model_dump_json())
    assert answer.gap == pytest.approx(small_plan(**PLANS[how]).gap)
    shown = text(index_page([Entry(case="hand", run="a", answer=answer)], {}, language))
    assert cautious(shown, how, language)
    assert ("✓" in shown) == (how in {"proven", "optimal"})
    assert ({"id": "belum terbukti –", "en": "none proven –"}[language] in shown) == (how == "nothing")


@BOTH
@EVERY
def test_the_comparison(how, language, tmp_path):
    runs = [
        Run(name, "hand", Scenario(name=name), small_plan(**changes), {})
        for name, changes in (("a", PLANS["optimal"]), ("b", PLANS[how]))
    ]
    compared = compare(runs)
    status = certainty_table(compared, language).rows[1][1]
    assert NOTHING[language] in status.lower() if how == "nothing" else cautious(status, how, language)
    page = text(comparison_summary(compared, language))
    unfit = {"id": "sementara, sebab", "en": "provisional, as"}[language] in page
    assert unfit == (how in {"provisional", "open"})
    start_here = {"id": "mulai dari sini", "en": "start here"}[language]
    assert (start_here in page) == (how not in {"provisional", "open"})
    write_comparison_workbook(compared, tmp_path / "c.xlsx", language)
    row = [*load_workbook(tmp_path / "c.xlsx").worksheets[0].values][2]
    gap = small_plan(**PLANS[how]).gap
    assert row[4] == (None if gap is None else pytest.approx(gap))
    assert (PROVISIONAL[language] in row[1]) == (how == "provisional")
    assert (OPEN[language] in row[1]) == (how == "open")


@BOTH
@EVERY
def test_what_if(how, language):
    plan, case, scenario = small_plan(**PLANS[how]), small_case(), Scenario()
    now = reply(case, scenario, Question(1.0, (), (), False), plan)
    assert now.gap == plan.gap
    shown = text(describe_answer(case, scenario, now, None, language))
    proven = {"id": "terbukti: tidak ada rencana", "en": "proven: no plan"}[language]
    assert (proven in shown) == (how in {"proven", "optimal", "feasible"})
    assert (PROVISIONAL[language] in shown) == (how == "provisional")
    assert (NOTHING[language] in shown) == (how == "nothing")
    assert proof_wording("feasible", now.gap) != "open" or "25" in shown


@BOTH
@pytest.mark.parametrize(
    ("bound", "provisional"), [(15.0, False), (15.75, False), (15.8, True), (20.0, True)]
)
def test_what_a_cut_changes_is_provisional_too(bound, provisional, language):
    points = (
        FrontierPoint(0.8, 28.8, (P,), 15.0, bound),
        FrontierPoint(1.0, 36.0, (P, Q), 20.0, 20.2),
        FrontierPoint(1.2, 43.2, (P, Q), 20.0, 21.0),
    )
    decision = small_decision(sensitivity=Sensitivity(Frontier(points, None)))
    for said in (report.budget_changes(decision, language).title, advice(decision, language)[-1]):
        assert (PROVISIONAL[language] in said.lower()) == provisional
