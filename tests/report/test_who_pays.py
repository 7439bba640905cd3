"""Amounts in the tables of who pays."""

from __future__ import annotations

import pytest

from jspmodel.report.who_pays import amount


@pytest.mark.parametrize(
    ("billions", "told"),
    [
        (0, "–"),
        (4e-7, "–"),
        (0.000001, "< 0,1"),
        (0.05, "< 0,1"),
        (-0.03, "< 0,1"),
        (0.06, "0,1"),
        (3, "3,0"),
    ],
)
def test_what_is_paid_is_never_told_as_nothing(billions, told):
    assert amount(billions, "id").replace("\N{NO-BREAK SPACE}", " ") == told
