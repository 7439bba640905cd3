"""Kernels behind pages: kept as long as a page is there, ended once it is gone."""

import asyncio
import os

import pytest

pytest.importorskip("voila")

from jspmodel.serve import page_kernels
from jspmodel.serve.page_kernels import PageKernels


@pytest.fixture
def kernels(tmp_path, monkeypatch):
    """Return what keeps kernels, and waits for no page longer than to the next look."""
    monkeypatch.setattr(page_kernels, "AWAY", 0.0)
    monkeypatch.setattr(page_kernels, "COMING", 0.0)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    return PageKernels(root_dir=str(tmp_path), connection_dir=str(tmp_path))


def looked_after(kernels, act):
    """Start a kernel, act on it, look after all kernels; return those that are left, which are ended then."""

    async def done():
        kernel_id = await kernels.start_kernel()
        try:
            await act(kernel_id)
            for _ in range(2):  # the first look at a kernel without a page begins to wait
                await kernels.end_left()
            return kernel_id in kernels
        finally:
            await kernels.shutdown_all(now=True)

    return asyncio.run(done())


def test_a_kernel_stays_while_its_page_is_there(kernels):
    async def connect(kernel_id):
        kernels.notify_connect(kernel_id)

    assert looked_after(kernels, connect)


def test_it_ends_once_the_page_is_gone(kernels):
    async def leave(kernel_id):
        kernels.notify_connect(kernel_id)
        await kernels.end_left()
        assert kernel_id in kernels
        kernels.notify_disconnect(kernel_id)

    assert not looked_after(kernels, leave)


def test_a_connection_that_is_lost_may_come_back(kernels, monkeypatch):
    monkeypatch.setattr(page_kernels, "AWAY", 600.0)

    async def leave(kernel_id):
        kernels.notify_connect(kernel_id)
        kernels.notify_disconnect(kernel_id)

    assert looked_after(kernels, leave)


@pytest.mark.parametrize(("state", "stays"), [("starting", True), ("busy", True), ("idle", False)])
def test_a_page_that_never_came_is_waited_for_while_it_is_made(kernels, state, stays):
    async def at(kernel_id):
        kernels.stop_watching_activity(kernel_id)  # what it really does is not asked here
        kernels.get_kernel(kernel_id).execution_state = state

    assert looked_after(kernels, at) == stays


def test_a_kernel_that_died_is_forgotten_so_that_its_page_hears_of_it(kernels):
    async def die(kernel_id):
        kernels.notify_connect(kernel_id)
        kernel = kernels.get_kernel(kernel_id)
        os.kill(kernel.provisioner.pid, 9)
        while await kernel.is_alive():
            await asyncio.sleep(0.01)

    assert not looked_after(kernels, die)


@pytest.mark.parametrize("fails", [False, True])
def test_all_end_while_one_begins_or_could_not(kernels, fails):
    """Ctrl-C while a page is loaded, or after its kernel found no room on the disk."""

    async def ended():
        if fails:
            kernels.connection_dir = str(kernels.connection_dir) + "/none"
        beginning = asyncio.create_task(kernels.start_kernel())
        while not kernels._pending_kernels:
            await asyncio.sleep(0)
        if fails:
            await asyncio.wait([beginning])
        await kernels._async_shutdown_all()
        await asyncio.wait([beginning])
        return beginning.exception(), len(kernels), list(kernels._pending_kernels)

    raised, *left = asyncio.run(ended())
    assert isinstance(raised, OSError) == fails
    assert left == [0, []]
