"""What a killed process leaves in the folder for temporary files is taken away by the next one."""

import os
import subprocess
import sys
import tempfile
import time

import pytest

from jspmodel.runs.temporary import held_folder

HOLDER = (
    "import sys\nfrom jspmodel.runs.temporary import held_folder\n"
    "with held_folder() as folder:\n    print(folder, flush=True); sys.stdin.read()"
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(folder):
    os.utime(folder, (1_000_000_000, 1_000_000_000))
    return folder


def test_it_is_gone_afterwards(place):
    with held_folder() as folder:
        assert folder.parent == place
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is taken away there")
def test_what_a_killed_process_left_goes_and_what_is_held_young_or_of_others_stays(place):
    (aged_one, young, other, link) = (
        place / name for name in ("jsp-plain", "jsp-young", "other", "jsp-link")
    )
    for folder in (aged_one, young, other):
        folder.mkdir()
    (young / "held").touch()
    (other / "held").touch()
    link.symlink_to(other)
    aged(aged_one)  # nothing in it says that it is ours
    aged(other)
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(place)},
    )  # fmt: skip
    with started:
        left = place / os.path.basename(started.stdout.readline().strip())  # noqa: PTH119
        aged(left)
        with held_folder():
            assert left.is_dir()  # its holder lives
        started.kill()
        started.stdin.close()
    assert left.is_dir()
    with held_folder():
        assert not left.exists()
    assert {path.name for path in place.iterdir()} == {"jsp-plain", "jsp-young", "other", "jsp-link"}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is taken away there")
def test_what_was_left_before_the_clock_was_set_back_goes_too(place):
    left = place / "jsp-future"
    left.mkdir()
    (left / "held").touch()
    ahead = time.time() + 3600
    os.utime(left, (ahead, ahead))
    with held_folder():
        assert not left.exists()
