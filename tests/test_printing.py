"""What is printed where it goes has fewer letters than our texts: never nothing, and no figure of another sign."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from jspmodel.commands import printing


def printed(monkeypatch, encoding, text, write=print):
    """The text as it comes out of a standard output of such an encoding."""
    out = io.TextIOWrapper(raw := io.BytesIO(), encoding=encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", out)
    printing.print_in_any_letters()
    write(text)
    out.flush()
    return raw.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text", "said"),
    [
        ("cp1252", "16.6 (−7.4)", b"16.6 (-7.4)"),
        ("cp1252", "≤ 2, ≥ 1 → Σ", b"<= 2, >= 1 -> ?"),
        ("cp1252", "24–25 × “x”", b"24\x9625 \xd7 \x93x\x94"),
        ("ascii", "Rp\N{NO-BREAK SPACE}11 … 24–25 × “x”", b'Rp 11 ... 24-25 x "x"'),
        ("ascii", "Köln ✓ ● ○", b"Koln v * o"),
        ("utf-8", "−7.4 \ud83d", b"\xe2\x88\x927.4 ?"),
    ],
)
def test_signs_that_are_not_there_are_written_by_the_nearest(monkeypatch, encoding, text, said):
    assert printed(monkeypatch, encoding, text) == said + b"\n"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_json_is_utf_8_everywhere(monkeypatch, encoding):
    out = printed(monkeypatch, encoding, '{"name": "Köln −"}\n', printing.print_json)
    assert json.loads(out.decode("utf-8")) == {"name": "Köln −"}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_command_ends_as_it_does_in_all_letters(encoding):
    code = "import sys; from jspmodel.cli import main; sys.argv[1:] = ['check', 'no−where']; main()"
    command = [sys.executable, "-X", "utf8=0", "-c", code]
    ended = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}, check=False
    )
    assert ended.returncode == 3
    assert b"no-where" in ended.stderr + ended.stdout
    assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="where there is no full disk to write to")
def test_a_full_disk_behind_the_output_is_told():
    code = "import sys; from jspmodel.cli import main; sys.argv[1:] = ['check', 'diy']; main()"
    env = os.environ | {"JSPMODEL_LANGUAGE": "en"}
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-c", code], stdout=full, stderr=-1, env=env, text=True, check=False
        )
    assert ended.returncode == 1
    assert ended.stderr.strip().endswith(
        "No room is left on the disk that the output goes to. Free some, then run the command again."
    )
    assert "Traceback" not in ended.stderr
    assert "Exception" not in ended.stderr
