"""The lists of policies that cases are pinned to."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import Engine

from store.engine import read, write
from store.laws import Pin, keep_pins, law_key, pins_of

PINS = [Pin("clocks", "cn@2026-01-01", "a" * 64), Pin("exit", "cn@2026-01-01", "b" * 64)]


def test_two_who_open_the_first_case_of_a_law_at_once_keep_its_list_once(engine: Engine) -> None:
    law, ready = law_key(PINS), Barrier(2)

    def opens_a_case(_: int) -> None:
        ready.wait()
        with write(engine) as connection:
            keep_pins(connection, law, PINS)

    with ThreadPoolExecutor(2) as both:
        list(both.map(opens_a_case, range(2)))
    with read(engine) as connection:
        assert sorted(pins_of(connection, law).values()) == sorted(PINS)
