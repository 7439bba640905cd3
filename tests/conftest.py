"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiny import tiny_tables, write_case


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """The tiny case, written."""
    return write_case(tmp_path / "tiny", tiny_tables())
