"""Browser tests need Chromium and a network that can be cut off: skipped where missing, a failure in CI."""

import os
from collections.abc import Iterator

import pytest

from browser.offline import Viewer, missing, started_viewer


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None:
        return
    reason = missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def viewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Viewer]:
    """One browser for all pages and one JupyterLab for all notebooks: their starts take longer than most visits."""
    with started_viewer(tmp_path_factory.mktemp("served")) as viewer:
        yield viewer
