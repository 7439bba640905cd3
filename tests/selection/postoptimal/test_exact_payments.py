"""Payments to the last digit, worked out by hand."""

from jspmodel.selection.postoptimal.certificate.exact_payments import Shortage, exact_payments

A, B, SHARE, P, Q = ("budget a",), ("budget b",), ("share a p",), ("cost p",), ("cost q",)
WAYS = {"a for p": (A, SHARE, P), "b for p": (B, P), "a for q": (A, Q)}


def test_what_fits_stays_as_it_is():
    told = {"a for p": 3, "b for p": 4, "a for q": 5}
    assert exact_payments(told, WAYS, {A: 8, B: 4, SHARE: 3, P: 7, Q: 5}) == (told, None)


def test_what_is_over_is_cut_and_paid_by_another():
    """Fund a has 7, of which 3 + 5 are asked: one of the 3 goes to b."""
    told = {"a for p": 3, "b for p": 4, "a for q": 5}
    paid, short = exact_payments(told, WAYS, {A: 7, B: 9, SHARE: 3, P: 7, Q: 5})
    assert (paid, short) == ({"a for p": 2, "b for p": 5, "a for q": 5}, None)


def test_what_is_missing_may_move_other_payments():
    """Nothing is told for q, and a has given its 7 to p: b takes some of that over."""
    paid, short = exact_payments({"a for p": 7}, WAYS, {A: 7, B: 9, SHARE: 9, P: 7, Q: 5})
    assert (paid, short) == ({"a for p": 2, "b for p": 5, "a for q": 5}, None)


def test_a_share_is_kept():
    paid, short = exact_payments({"a for p": 6}, WAYS, {A: 20, B: 4, SHARE: 2, P: 6, Q: 0})
    assert (paid, short) == ({"a for p": 2, "b for p": 4, "a for q": 0}, None)


def test_what_cannot_be_paid_is_told():
    _, short = exact_payments({}, WAYS, {A: 3, B: 9, SHARE: 9, P: 0, Q: 5})
    assert short == Shortage(Q, 2)
