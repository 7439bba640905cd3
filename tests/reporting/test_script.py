"""The script of pages, bundled ahead by a process of its own or on the spot."""

import subprocess

import pytest

from jspmodel.reporting import script


@pytest.fixture
def fresh():
    script.page_script.cache_clear()
    yield
    script._end()


def test_what_nobody_waited_for_is_ended(fresh, monkeypatch):
    monkeypatch.setattr(script, "_CODE", "import time; time.sleep(600)")
    script.start_script()
    process = script._started[0][0]
    script._end()
    assert isinstance(process, subprocess.Popen)
    assert process.returncode == -9


def test_a_process_that_failed_costs_nothing_but_time(fresh, monkeypatch):
    monkeypatch.setattr(script, "_CODE", "import sys; print('half'); sys.exit(1)")
    script.start_script()
    assert "vega-lite" in script.page_script()


def test_both_ways_bundle_the_same(fresh):
    on_the_spot = script.page_script()
    script.page_script.cache_clear()
    script.start_script()
    assert len(script._started) == 1
    assert script.page_script() == on_the_spot
    assert not script._started
    assert "vega-lite" in on_the_spot


def test_what_is_done_is_not_begun_again():
    script.page_script()
    script.start_script()
    assert not script._started
