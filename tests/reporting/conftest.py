"""Notebooks are run in one kernel."""

import pytest

from jspmodel.reporting.kernel import Keeper, Kernel


@pytest.fixture(scope="session")
def kernel(keeper: Keeper) -> Kernel:
    """A kernel that forgets one notebook before the next."""
    return keeper.kernel()
