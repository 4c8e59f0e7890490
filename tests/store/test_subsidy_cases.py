"""A subsidy case comes back from the record as it went in, after every step; a period is claimed once."""

from random import Random
from typing import Final

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from cases.determinations import Conclusion
from cases.refusals import Refused
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.determining import DeterminationMade
from cases.subsidy.next_step import next_steps
from cases.subsidy.progress import ACTS, policies_due
from store.cases import NoSuchCase, change_case, load_any, load_case, load_subsidy, open_case
from store.keys import KeyRing
from tests.cases.subsidy.counter import POLICY, Counter, a_case, a_counter, closed, in_payment, overpaid, running
from tests.cases.subsidy.random_acts import FIELDS, ONCE_IN_A_WHILE, PEOPLE, a_random_act
from tests.store.casework import plant_staff, register

BEGINNINGS: Final = (a_counter, in_payment, running, overpaid, closed)
CONCLUSIONS: Final = (*[Conclusion.GRANTED] * 4, *Conclusion)
SUMS: Final = (60_000, 120_000, 180_000)


@pytest.fixture(autouse=True)
def _people(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    plant_staff(connection)


def goes_on(counter: Counter, dice: Random) -> None:
    """The rules, time, or somebody: one thing after another."""
    if list(policies_due(counter.case)):
        act: Act = DeterminationMade(
            POLICY, dice.choice(CONCLUSIONS), counter.case.facts_seen, amount_fen=dice.choice(SUMS)
        )
        counter.does(act, Role.ENGINE)
    elif dice.random() < 0.2:
        counter.passes(dice.randint(1, 20))
    else:
        kinds = [step.act for step in next_steps(counter.case)] * 3 + [k for k in FIELDS if k not in ONCE_IN_A_WHILE]
        fitting = [kind for kind in kinds if counter.case.stage in ACTS[kind].DURING]
        act = a_random_act(dice, dice.choice(fitting), counter.case, counter.today)
        able = [who for who in PEOPLE if counter.seen(who).roles & act.BY]
        try:
            counter.does(act, dice.choice(able))
        except Refused:
            counter.papers_made()


@pytest.mark.parametrize("number", range(5))
def test_after_every_step_of_a_long_life_the_record_holds_the_case(connection: Connection, number: int) -> None:
    counter, dice = BEGINNINGS[number](), Random(number)  # noqa: S311  # dice, not keys
    kept = counter.case
    open_case(connection, kept)
    assert load_subsidy(connection, kept.id) == kept
    for _ in range(60):
        before = counter.case
        goes_on(counter, dice)
        if counter.case is not before:
            change_case(connection, kept, counter.case)
            kept = load_subsidy(connection, kept.id)
            assert kept == counter.case


def test_an_id_is_of_one_kind_of_case(connection: Connection) -> None:
    case = a_counter().case
    open_case(connection, case)
    assert load_any(connection, case.id) == case
    with pytest.raises(NoSuchCase):
        load_case(connection, case.id)


def test_a_period_is_claimed_once_whatever_the_case(connection: Connection) -> None:
    """The last guard: what was seen by nobody is refused by the database."""
    open_case(connection, a_case(["2026-02"]))
    with pytest.raises(IntegrityError):
        open_case(connection, a_case(["2026-01", "2026-02"], id="case-2"))


def test_a_period_that_was_given_up_may_be_claimed_again(connection: Connection) -> None:
    first = closed().case
    open_case(connection, first)
    open_case(connection, a_case(id="case-2"))
    assert load_subsidy(connection, "case-2").unpaid_claims
