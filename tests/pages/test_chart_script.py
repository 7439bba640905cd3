"""The script of pages, bundled ahead by a process of its own or on the spot."""

import subprocess
from functools import cache

import pytest

from jspmodel.pages import chart_script


@pytest.fixture
def fresh(monkeypatch):
    """Nothing is bundled yet; what other tests have had bundled is theirs."""
    monkeypatch.setattr(chart_script, "page_script", cache(chart_script.page_script.__wrapped__))
    yield
    chart_script._end()


def test_what_nobody_waited_for_is_ended(fresh, monkeypatch):
    monkeypatch.setattr(chart_script, "_CODE", "import time; time.sleep(600)")
    chart_script.start_script()
    process = chart_script._started[0][0]
    chart_script._end()
    assert isinstance(process, subprocess.Popen)
    assert process.returncode == -9


def test_a_process_that_failed_costs_nothing_but_time(fresh, monkeypatch):
    monkeypatch.setattr(chart_script, "_CODE", "import sys; print('half'); sys.exit(1)")
    monkeypatch.setattr(chart_script, "_bundle", lambda: "on the spot")
    chart_script.start_script()
    assert chart_script.page_script() == "on the spot"


def test_both_ways_bundle_the_same(fresh):
    on_the_spot = chart_script.page_script()
    chart_script.page_script.cache_clear()
    chart_script.start_script()
    assert len(chart_script._started) == 1
    assert chart_script.page_script() == on_the_spot
    assert not chart_script._started
    assert "vega-lite" in on_the_spot


def test_what_is_done_is_not_begun_again():
    chart_script.page_script()
    chart_script.start_script()
    assert not chart_script._started
