"""Files and folders are whole, or what was there stays."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from jspmodel.intake import replacing_together, whole_folder


def content(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


@pytest.fixture
def earlier(tmp_path):
    for name in ("a", "b", "other"):
        (tmp_path / name).write_text("earlier")
    return tmp_path


def test_files_that_are_written_together_take_their_places(earlier):
    with replacing_together(earlier) as fresh:
        for name in ("a", "b", "c"):
            (fresh / name).write_text("new")
        assert (earlier / "a").read_text() == "earlier"
    assert content(earlier) == {"a": "new", "b": "new", "c": "new", "other": "earlier"}


def test_none_does_where_one_could_not_be_written(earlier):
    def written():
        with replacing_together(earlier) as fresh:
            (fresh / "a").write_text("new")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        written()
    assert content(earlier) == {"a": "earlier", "b": "earlier", "other": "earlier"}


@pytest.mark.parametrize("late", ["a", "b", "c"])
def test_what_took_its_place_goes_back_where_a_later_one_may_not(earlier, monkeypatch, late):
    """As where a file is open in Excel; a new file, which had no earlier one, goes."""
    replace = Path.replace

    def refused(self, target):
        if Path(target) == earlier / late and self.parent.name == "new":
            raise PermissionError(errno.EACCES, "open elsewhere", str(self), None, str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refused)

    def written():
        with replacing_together(earlier) as fresh:
            for name in ("a", "a2", "b", "c"):
                (fresh / name).write_text("new")

    with pytest.raises(PermissionError):
        written()
    assert content(earlier) == {"a": "earlier", "b": "earlier", "other": "earlier"}


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_is_whole_or_nothing_of_it_stays(tmp_path, is_there):
    place = tmp_path / "in" / "folder"
    if is_there:
        place.mkdir(parents=True)
    identity = place.stat().st_ino if is_there else None

    def written(error):
        with whole_folder(place) as whole:
            (whole / "tables").mkdir()
            (whole / "tables" / "a").write_text("new")
            if error is not None:
                raise error

    with pytest.raises(OSError, match="full"):
        written(OSError("full"))
    assert place.is_dir() == is_there
    assert not [*place.parent.rglob("a")]
    written(None)
    assert [path.name for path in place.iterdir()] == ["tables"]
    assert (place / "tables" / "a").read_text() == "new"
    assert [path.name for path in place.parent.iterdir()] == ["folder"]
    assert identity is None or place.stat().st_ino == identity  # somebody may stand in it


def test_the_folder_of_now_can_be_filled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with whole_folder(Path()) as whole:
        (whole / "a").write_text("new")
    assert content(Path.cwd()) == {"a": "new"}
