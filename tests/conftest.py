"""Fixtures shared by all tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.testing
from hypothesis import HealthCheck, settings

from jspmodel.runs.notebook_kernel import Keeper, Kernel
from tiny import tiny_tables, write_case

# On a busy machine an example may take long, and so may drawing it.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure() -> None:
    """Have the garbage collector look for garbage less often than after 700 new objects: there is memory enough."""
    gc.set_threshold(20_000)


def pytest_collection_finish() -> None:
    """Have the garbage collector leave alone what is imported by now: it stays, and to look at it takes long."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def commands_made_once() -> Iterator[None]:
    """Typer makes all commands of their functions anew in each call; as many calls as there are tests make them once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(typer.testing._get_command))
        yield


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """The tiny case, written."""
    return write_case(tmp_path / "tiny", tiny_tables())


@pytest.fixture(autouse=True, scope="session")
def figures_that_overflow_are_errors() -> None:
    """In processes that tests start, too: what numpy warns of there nobody would see."""
    os.environ["PYTHONWARNINGS"] = "error::RuntimeWarning"


@pytest.fixture(autouse=True, scope="session")
def no_store_of_yours(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests and the processes they start neither read nor write the plans that you keep."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of plans for this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "jspmodel" / "plans"


@pytest.fixture(scope="session")
def keeper() -> Iterator[Keeper]:
    """One kernel for all runs and notebooks: its start takes longer than most of them; it forgets each before the next."""
    with Keeper() as keeper:
        yield keeper


@pytest.fixture(scope="session")
def kernel(keeper: Keeper) -> Kernel:
    """A kernel that forgets one notebook before the next."""
    return keeper.kernel()
