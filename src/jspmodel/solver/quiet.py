"""HiGHS without a word on the terminal or in a notebook."""

from __future__ import annotations

import highspy


class Quiet(highspy.Highs):
    """HiGHS that prints nothing.

    From 1.16 on the greeting is printed while an instance is made, when its callbacks are enabled: before
    anybody can switch it off. So it is switched off just then.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 (highspy's name)
        """Enable the callbacks, as highspy does while an instance is made."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]
