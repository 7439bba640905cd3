"""Kernels behind pages: each ends once its page is gone, however it went."""

from __future__ import annotations

from time import monotonic
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

EVERY = 1.0
"""Seconds between two looks at the kernels."""
COMING, AWAY = 120.0, 10.0
"""Seconds that a kernel waits for a page that was sent to connect, and for one that lost its connection."""


class PageKernels(AsyncMappingKernelManager):
    """Keeps a kernel as long as its page is there.

    A page that is closed, loaded again, or whose browser broke down loses its connection, and that tells it
    surely. What Voilà's page posts on leaving does not: browsers send it or not, and it needs a cookie.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._known: set[str] = set()
        self._seen: dict[str, float] = {}

    def notify_connect(self, kernel_id: str) -> None:
        """Hear that a page is connected."""
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]
        self._known.add(kernel_id)

    async def start_kernel(self, **options: Any) -> str:  # type: ignore[override]
        """Start a kernel that answers: of one that never does, Voilà would prepare the page without end."""
        kernel_id: str = await super().start_kernel(**options)
        client = self.get_kernel(kernel_id).client()
        client.start_channels()
        try:
            await client.wait_for_ready()  # type: ignore[misc]
        finally:
            client.stop_channels()
        return kernel_id

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        """End a kernel, also one that just begins; where none came of it, there is none to end."""
        if kernel_id not in self and kernel_id in self._pending_kernels:
            await self._pending_kernels.pop(kernel_id)
        if kernel_id not in self:
            return
        process = self.get_kernel(kernel_id).provisioner
        if self._is_at_work(kernel_id) and process is not None:
            await process.kill()  # asked politely in the midst of it, it would complain of that in the window
        await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)  # type: ignore[no-untyped-call]

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]

    async def end_left(self) -> None:
        """End kernels whose page is gone, and forget those that died: their pages ask, and say so."""
        running = self.list_kernel_ids()
        self._known &= set(running)
        self._seen = {kernel_id: seen for kernel_id, seen in self._seen.items() if kernel_id in running}
        for kernel_id in running:
            alive = await ensure_async(self.get_kernel(kernel_id).is_alive())
            if not alive or self._is_left(kernel_id, monotonic()):
                await self._async_shutdown_kernel(kernel_id)

    def _is_left(self, kernel_id: str, now: float) -> bool:
        connected = self._kernel_connections.get(kernel_id, 0) > 0
        # That a page is made takes as long as it takes.
        is_made = kernel_id not in self._known and self._is_at_work(kernel_id)
        if connected or is_made:
            self._seen[kernel_id] = now
        waits = AWAY if kernel_id in self._known else COMING
        return now - self._seen.setdefault(kernel_id, now) > waits

    def _is_at_work(self, kernel_id: str) -> bool:
        return getattr(self.get_kernel(kernel_id), "execution_state", None) in (None, "starting", "busy")
