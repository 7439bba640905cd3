"""Limits that a process sets on itself are held by the system, and its end says which one it ran into."""

import subprocess
import sys

import pytest

from jspmodel.processes import OUT_OF_MEMORY, TooMuchSaidError, outcome_of, questioned

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there is memory held to a limit")
LIMITED = "from jspmodel.processes import limit_this_process, OUT_OF_MEMORY\nimport os, sys\n"


def ended(code, *, memory=2**28, seconds=5, written=2**20):
    limits = f"limit_this_process(memory={memory}, seconds={seconds}, written={written})\n"
    return subprocess.run([sys.executable, "-c", LIMITED + limits + code], capture_output=True, check=False)


def test_memory():
    code = "try: b'x' * 2**29\nexcept MemoryError: os._exit(OUT_OF_MEMORY)"
    assert outcome_of(ended(code).returncode) == "memory"
    assert outcome_of(ended(code, memory=2**31).returncode) == "done"


def test_seconds_are_those_of_the_processor():
    assert outcome_of(ended("while True: pass", seconds=1).returncode) == "seconds"
    assert outcome_of(ended("import time; time.sleep(1.5)", seconds=1).returncode) == "done"


def test_files_that_it_writes(tmp_path):
    done = ended(f"open({str(tmp_path / 'a')!r}, 'wb').write(b'x' * 2**21)")
    assert outcome_of(done.returncode) == "failed"
    assert (tmp_path / "a").stat().st_size <= 2**20


def test_what_it_says_goes_over_pipes_whatever_it_may_write():
    code = LIMITED + (
        "limit_this_process(memory=2**28, seconds=5, written=0)\n"
        "print(len(sys.stdin.buffer.read())); print('x' * 100)"
    )
    with questioned([sys.executable, "-c", code], b"x" * 300_000, 1000) as process:
        assert list(process.lines()) == [b"300000\n", b"x" * 100 + b"\n"]
        assert process.end() == 0


def test_a_process_that_never_stops_talking_is_ended():
    with (
        questioned([sys.executable, "-c", "while True: print('x' * 1000)"], b"", 10_000) as process,
        pytest.raises(TooMuchSaidError),
    ):
        list(process.lines())
    assert process.end() != 0


def test_a_process_that_is_killed_is_told_apart_from_one_that_fails():
    assert outcome_of(ended("os.kill(os.getpid(), 9)").returncode) == "memory"
    assert outcome_of(ended("raise ValueError").returncode) == "failed"
    assert outcome_of(ended(f"os._exit({OUT_OF_MEMORY})").returncode) == "memory"
