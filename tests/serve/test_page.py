"""The page's steps on the tiny case, as the browser moves them."""

import errno
import re
import time
from datetime import UTC, datetime

import pytest

from jspmodel.errors import JspError
from jspmodel.intake import load, load_scenario
from jspmodel.report import assemble, key_figures
from jspmodel.selection import Step, select_programs
from jspmodel.serve import case_step, plan_step
from jspmodel.serve.page import Page
from jspmodel.serve.plan_glance import plan_glance
from jspmodel.serve.session_folders import CASES, OFFERED, RUNS, UPLOADS
from jspmodel.serve.told import error_told
from jspmodel.whatif import saved
from jspmodel.workbook import write_template
from tiny import tiny_tables, write_case

FAR = 300
"""Seconds after which a test gives up waiting for what must come."""


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "session"
    for name in (CASES, UPLOADS, OFFERED, RUNS):
        (folder / name).mkdir(parents=True)
    return folder


@pytest.fixture
def page(session):
    write_case(session / CASES / "tiny", tiny_tables(), "solver: {threads: 1}\n")
    page = Page(session, "en")
    yield page
    if page.controls is not None:
        page.controls.seeker.end()


def until(holds):
    """Wait for a condition."""
    end = time.monotonic() + FAR
    while not holds():
        assert time.monotonic() < end, "what must come did not"
        time.sleep(0.02)


def chosen(name, data):
    """Return what the upload holds once somebody chose a file."""
    now = datetime.now(UTC)
    return ({"name": name, "type": "", "size": len(data), "content": data, "last_modified": now},)


def planned(page):
    page.plan._find.click()
    until(lambda: page.controls is not None and page.plan._stop.disabled)


def test_a_case_of_the_session_is_open_and_nothing_is_sought_before_somebody_asks(page):
    assert page.plan._scenarios.label == "baseline"
    assert not page.plan._find.disabled
    assert page.plan._stop.disabled
    assert page.report._write.disabled
    assert page.controls is None


def test_of_the_case_that_is_open_is_told_what_there_is_to_look_at(page):
    until(lambda: "To be looked at before a plan is sought" in page.case._found.value)
    assert "(danais 2028–2029)" in page.case._found.value
    assert page.case._told.value == ""  # it was not uploaded


def test_without_a_case_nothing_can_be_pressed_but_the_upload(session):
    page = Page(session, "en")
    assert page.plan._find.disabled
    assert page.case._cases.disabled
    assert not page.case._upload.disabled


def test_a_plan_is_shown_with_its_proof_and_can_be_asked_what_if(page):
    planned(page)
    proof = re.search('<p class="proof">(.*?)</p>', page.plan._glance.value)[1]
    assert "no other plan is better" in proof
    assert page.plan._glance.value.count("<figure") == 2  # roadmap and map
    assert page.plan._stop.disabled
    assert not page.report._write.disabled


@pytest.mark.parametrize("levels", [True, False])
def test_the_plan_leads_with_what_the_report_leads_with(tmp_path, levels):
    """Of three effects two are levels, and the report tells no percent first; or one is, and it does."""
    tables = tiny_tables()
    if not levels:
        tables["program_effects"] = tables["program_effects"].replace("poverty,,,,low", "poverty,0.1,,,")
    case, scenario = load(write_case(tmp_path / "tiny", tables))
    plan = select_programs(case, scenario)
    html = plan_glance(case, scenario, plan, "en")
    figures = re.findall(r"<li><strong>(.*?)</strong>", html)
    decision = assemble(case, scenario, plan)
    told = [figure["value"] for figure in key_figures(decision, "en")]
    assert figures == (told[1:] if levels else told)
    title = re.search("<h3>(.*?)</h3>", html)[1]
    assert ("percent" in title, "no headline" in html) == (not levels, levels)
    low, median, high = (f"{figure:.1f}" for figure in decision.expected)
    assert f"range {low} to {high}" in html
    assert median in html


def test_a_saved_question_can_be_chosen_and_taken_along(page, session):
    planned(page)
    page.controls.budget.value = 75
    page.controls.save.click()
    assert [label for label, _ in page.plan._scenarios.options] == ["baseline", "baseline-what-if"]
    assert page.plan._scenarios.label == "baseline"  # the plan shown is still that one
    assert 'download="baseline-what-if.yaml"' in page.controls.saved.value
    (offered,) = (session / OFFERED).rglob("*.yaml")
    assert load_scenario(session / CASES / "tiny/scenarios/baseline-what-if.yaml").budget_scale.all == 0.75
    assert "budget_scale" in offered.read_text(encoding="utf-8")


def test_what_cannot_be_is_told_without_names_of_settings(page):
    """P02 needs 10 of volume, which both regions have to join; P03, which it requires, must be out."""
    planned(page)
    page.controls.locked_in.put(("P02",))
    page.controls.locked_out.put(("P03",))
    page.controls.budget.value = 95
    assert page.controls.seeker.rest(FAR)
    assert "no plan keeps all these rules" in page.controls.words.value
    assert "P02" in page.controls.words.value
    assert not re.search("locked_in|locked_out|csv", page.controls.words.value)


def test_whose_report_it_is_can_be_chosen_after_a_what_if(page, session):
    planned(page)
    report = page.report
    assert [label for label, _ in report._of.options] == ["The plan of step 2: scenario baseline"]
    assert report._again.layout.display == "none"
    page.controls.budget.value = 75
    assert page.controls.seeker.rest(FAR)
    assert [label for label, _ in report._of.options] == [
        "The plan of step 2: scenario baseline",
        "The plan of step 3: budgets at 75 percent",
    ]
    assert (report._of.index, report._again.layout.display) == (0, "")  # nothing changes by itself
    page.controls.budget.value = 100
    assert len(report._of.options) == 1


@pytest.mark.parametrize(("index", "file", "scale"), [(0, "baseline", 1.0), (1, "baseline-what-if", 0.75)])
def test_the_report_is_of_the_plan_that_was_chosen(page, session, monkeypatch, index, file, scale):
    jobs = []
    monkeypatch.setattr(
        "jspmodel.batch.run_scenario", lambda job, step: jobs.append(job) or Ran(session, job)
    )
    planned(page)
    page.controls.budget.value = 75
    assert page.controls.seeker.rest(FAR)
    page.report._of.index = index
    for count in (1, 2):
        page.report._write.click()
        until(lambda count=count: len(jobs) == count and not page.report._write.disabled)
    assert {job.scenario_file.stem for job in jobs} == {file}  # written once, not once a report
    assert load_scenario(jobs[0].scenario_file).budget_scale.all == scale
    assert [name for name, _ in page.plan._scenarios.options] == list(dict.fromkeys(["baseline", file]))
    assert f"Written. The plan of step {index + 2}" in page.report._told.value


class Ran:
    """A run that somebody else wrote."""

    def __init__(self, session, job):
        self.folder = session / RUNS / job.scenario_file.stem
        self.folder.mkdir(exist_ok=True)
        for name in ("report.en.html", "plan.xlsx", "telaahan.en.docx"):
            (self.folder / name).write_bytes(b"")


def test_a_plan_stays_when_a_question_of_it_is_saved_whatever_scenario_it_is_of(page, session):
    planned(page)
    page.controls.save.click()
    page.plan._scenarios.value = str(session / CASES / "tiny/scenarios/baseline-what-if.yaml")
    planned(page)
    controls = page.controls
    for name in ("a", "zz"):  # before the one chosen, and after it
        controls.name.value = name
        controls.save.click()
        assert f"Saved as the scenario {name};" in controls.saved.value
    assert (page.plan._scenarios.label, page.controls) == ("baseline-what-if", controls)
    assert [label for label, _ in page.plan._scenarios.options] == ["baseline", "a", "baseline-what-if", "zz"]
    assert 'class="proof"' in page.plan._glance.value


def test_what_another_page_of_the_session_brought_is_listed_without_a_word_to_what_is_open(page, session):
    planned(page)
    controls = page.controls
    write_case(session / CASES / "aaa", tiny_tables())
    scenarios = session / CASES / "tiny/scenarios"
    (scenarios / "aaa.yaml").write_bytes((scenarios / "baseline.yaml").read_bytes())
    page.again.click()
    assert [label for label, _ in page.case._cases.options][1:] == ["aaa", "tiny"]
    assert [label for label, _ in page.plan._scenarios.options] == ["baseline", "aaa"]
    assert (page.case._cases.label, page.plan._scenarios.label) == ("tiny", "baseline")
    assert (page.controls, controls.seeker._ended) == (controls, False)


def test_another_scenario_takes_the_plan_away(page):
    planned(page)
    page.controls.save.click()
    page.plan._scenarios.index = 1
    assert page.controls is None
    assert page.plan._glance.value == ""
    assert page.report._write.disabled


def test_a_search_that_is_stopped_leaves_no_plan_and_can_be_begun_again(page, monkeypatch):
    begun = []

    def endless(case, scenario, kept, watch):
        while True:
            begun.append(scenario.solver.effort)
            watch(Step("selection", 1.0, 2.0))
            time.sleep(0.01)

    with monkeypatch.context() as patch:
        patch.setattr(plan_step, "find_plan", endless)
        page.plan._quick.click()
        until(lambda: begun)
        assert page.plan._find.disabled
        until(lambda: "found 1.0, at most 2.0" in page.plan._told.value)
        page.plan._stop.click()
        until(lambda: page.plan._stop.disabled)
    assert set(begun) == {"quick"}
    assert "stopped before its end" in page.plan._told.value
    assert page.controls is None
    planned(page)


def test_no_plan_at_all_is_told_in_words(session):
    case = write_case(session / CASES / "tiny", tiny_tables(), "locked_in: [P01]\nlocked_out: [P01]\n")
    page = Page(session, "en")
    page.plan._find.click()
    until(lambda: "failed" in page.plan._told.value)
    assert "P01" in page.plan._told.value
    assert not page.plan._find.disabled
    assert case.is_dir()


def test_a_workbook_is_taken_and_chosen(session, tmp_path):
    write_template(write_case(tmp_path / "mine", tiny_tables()), tmp_path / "mine.xlsx", "en")
    data = (tmp_path / "mine.xlsx").read_bytes()
    page = Page(session, "en")
    page.case._upload.value = chosen("mine.xlsx", data)
    until(lambda: "read as the case mine." in page.case._told.value)  # the last that choosing a case does
    assert page.case._cases.label == "mine"
    until(lambda: "To be looked at" in page.case._found.value)
    until(lambda: not page.case._upload.disabled)
    assert page.case._upload.value == ()
    assert not page.plan._find.disabled


def test_what_nobody_foresaw_is_told_without_a_trace(session, monkeypatch, capfd):
    def broken(*_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(case_step, "take_upload", broken)
    page = Page(session, "en")
    page.case._upload.value = chosen("a.xlsx", b"x")
    until(lambda: not page.case._upload.disabled)
    until(lambda: "unforeseen" in page.case._told.value)
    assert "secret" not in page.case._told.value


def test_a_disk_that_is_full_is_told_as_that_without_a_place(page, session, monkeypatch, capfd):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    planned(page)
    monkeypatch.setattr(case_step, "take_upload", full)
    page.case._upload.value = chosen("a.xlsx", b"x")
    until(lambda: "perhaps it is full" in page.case._told.value)
    monkeypatch.setattr(saved, "_require_sound", full)
    page.controls.save.click()
    assert "perhaps it is full" in page.controls.saved.value
    assert str(session) not in page.controls.saved.value
    assert capfd.readouterr().err == ""


def test_errors_are_escaped():
    assert "<b>" not in error_told(JspError("<b>"), "en")
