"""Searches side by side hear the same at the same work, however fast their threads are."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from jspmodel.solver.exchange import LAG, Exchange, ExchangeMessage, Participant


def test_what_is_told_is_heard_once_after_the_lag():
    exchange = Exchange(2, 2)
    with exchange.participant(0) as one, exchange.participant(1) as other:
        one.send(ExchangeMessage(0.0, source="root", bound=7.0))
        one.advance(5.0)
        assert other.receive(LAG) == []
        assert [(told.bound, told.over) for told in other.receive(LAG + 0.1)] == [(7.0, False)]
        assert other.receive(LAG + 0.2) == []


def test_nobody_waits_for_a_search_that_ended():
    exchange = Exchange(2, 2)
    with exchange.participant(0) as one:
        one.send(ExchangeMessage(3.0, over=True))
    with exchange.participant(1) as other:
        assert [message.over for message in other.receive(100.0)] == [True]


def test_a_search_that_fails_holds_up_nobody():
    exchange = Exchange(2, 1)
    with pytest.raises(ZeroDivisionError), exchange.participant(0):
        1 / 0
    with exchange.participant(1) as other:
        assert other.receive(100.0) == []


def conversation(running: int, seed: int, steps: int = 30) -> list[list[tuple[float, float]]]:
    """Let three searches of uneven steps tell at each step; return what each heard, and when."""
    exchange, heard = Exchange(3, running), [[], [], []]
    pauses = Random(seed)

    def search(party: int) -> None:
        draw, now = Random(party), 0.0
        with exchange.participant(party) as participant:
            for _ in range(steps):
                heard[party] += [(now, message.bound) for message in participant.receive(now)]
                participant.send(ExchangeMessage(now, source="a", bound=100 * party + now))
                time.sleep(pauses.random() * 1e-3)
                now += draw.random() * (1 + party)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(search, range(3)))
    return heard


@pytest.mark.parametrize("running", [1, 2, 3])
def test_what_is_heard_does_not_depend_on_which_thread_is_faster(running):
    heard = conversation(3, 1)
    assert all(len(one) > 20 for one in heard)
    assert conversation(running, 2) == heard


def test_a_search_never_hears_what_is_not_told_yet():
    for party, heard in enumerate(conversation(2, 3)):
        for now, bound in heard:
            assert bound // 100 != party
            assert bound % 100 < now - LAG


def test_a_seat_is_given_to_so_many_at_a_time():
    running, most = [], []

    def search(party: int) -> None:
        with exchange.participant(party) as participant:
            assert isinstance(participant, Participant)
            running.append(party)
            most.append(len(running))
            time.sleep(1e-3)
            running.remove(party)

    exchange = Exchange(4, 2)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(search, range(4)))
    assert max(most) <= 2


def test_what_is_told_later_than_it_is_heard_of_waits():
    """Between two times of hearing: from the first until before the second, each less the lag; one's own never."""
    exchange = Exchange(3, 3)
    with exchange.participant(0) as one, exchange.participant(1) as two, exchange.participant(2) as three:
        for time in (1.0, 2.0, 3.0):
            one.send(ExchangeMessage(time, bound=time))
            three.send(ExchangeMessage(time, bound=10 + time))
            two.send(ExchangeMessage(time, bound=20 + time))
        one.advance(9.0)
        three.advance(9.0)
        heard = [[message.bound for message in two.receive(now)] for now in (1.2, 2.0 + LAG, 2.1 + LAG, 8.0)]
    assert heard == [[], [1.0, 11.0], [2.0, 12.0], [3.0, 13.0]]
    assert exchange.times[1] == float("inf")


def test_a_search_waits_for_the_slowest_and_lends_its_seat():
    """Of two others one is far ahead, and only one may run at a time: the seat of who waits is for the slow one."""
    exchange, heard = Exchange(3, 1), []

    def waits() -> None:
        with exchange.participant(0) as participant:
            started.set()
            heard.extend(message.bound for message in participant.receive(5.0))

    def slow() -> None:
        started.wait(10)
        with exchange.participant(1) as participant:
            participant.send(ExchangeMessage(1.0, bound=7.0))

    started = threading.Event()
    exchange.times[2] = 100.0
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda search: search(), (waits, slow), timeout=10))
    assert heard == [7.0]
    # The seat that was lent was taken again, and given back once.
    assert exchange.turn.acquire(blocking=False)
    assert not exchange.turn.acquire(blocking=False)
