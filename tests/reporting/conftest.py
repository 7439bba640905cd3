"""One kernel for all notebooks that are run here: its start takes longer than most of them."""

from collections.abc import Iterator

import pytest

from jspmodel.reporting.kernel import Kernel, started_kernel


@pytest.fixture(scope="session")
def kernel() -> Iterator[Kernel]:
    """A kernel that forgets one notebook before the next."""
    with started_kernel() as kernel:
        yield kernel
