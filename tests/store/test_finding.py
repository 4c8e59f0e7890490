"""Finding: a worker is found by every advertised way, by those who may see them and nobody else."""

from itertools import count, cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from cases.phones import parse_phone
from store.erasure import erase_worker
from store.finding import find_cases, find_employers, find_people, index_missing
from store.keys import KeyRing
from store.people import register_worker
from store.readings import MOST_SEQUENCES, full_readings, initials, pieces
from store.scope import Scope, scope_of
from store.tables.finding import worker_finding
from tests.store.builders import TODAY, a_worker, an_erasure, an_identity

NUMBERS = count(1)
FOREIGN = cycle(["caseworker-3", "caseworker-2", "manager-3", "policy-officer-9"])
SURNAMES = ["曾", "单", "仇", "解", "查", "朴", "吕", "欧阳", "尉迟", "周", "張", "龚"]
GIVEN = ["鋐", "䶮", "示例", "小红", "重", "国藩", "", "绿", "\U00020bb7"]
NAMES = st.one_of(
    st.builds("{}{}".format, st.sampled_from(SURNAMES), st.sampled_from(GIVEN)).filter(lambda name: len(name) > 1),
    st.sampled_from(["阿依古丽·买买提", "古丽巴哈尔•艾买提", "买买提江.吐尔逊", "Ahmed Ali", "扎西 德吉"]),
)


def scope(connection: Connection, staff_id: str) -> Scope:
    return scope_of(connection, staff_id, TODAY)


def entered(connection: Connection, keyring: KeyRing, name: str, **changes: object) -> str:
    return register_worker(connection, keyring, a_worker(next(NUMBERS) % 999 + 1, name=name, **changes))


def found(connection: Connection, keyring: KeyRing, sought: str, reader: str = "caseworker-1") -> list[str]:
    hits = find_people(connection, keyring, scope(connection, reader), sought, TODAY)
    return [hit.worker_id for hit in hits]


def ways(name: str, identity: str, phone: str) -> set[str]:
    """Every way of finding somebody that the pages promise."""
    spaced = name.replace("·", "").replace("•", "").replace(".", "")
    numbers = {identity, identity[-4:], identity[-6:], phone, phone[-4:], f"{phone[:3]} {phone[3:7]}-{phone[7:]}"}
    return {name, spaced, f"{name} {phone[-4:]}"} | numbers | pieces(name) | full_readings(name) | initials(name)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_whoever_is_registered_is_found_in_every_way_and_never_by_a_foreign_reader(
    connection: Connection, keyring: KeyRing, name: str
) -> None:
    with connection.begin_nested() as nothing_stays:
        new = a_worker(next(NUMBERS) % 999 + 1, name=name)
        worker_id = register_worker(connection, keyring, new)
        for way in ways(name, new.identity.value, new.phone.number):
            assert worker_id in found(connection, keyring, way), way
            assert worker_id not in found(connection, keyring, way, next(FOREIGN)), way
        nothing_stays.rollback()


@pytest.mark.parametrize(
    ("sought", "finds"),
    [
        pytest.param("周小", True, id="the beginning of a name"),
        pytest.param("小红", True, id="the given name"),
        pytest.param("周", False, id="one character is too little"),
        pytest.param("周红", False, id="characters that do not stand together"),
        pytest.param("zhou x", True, id="pinyin that stops early"),
        pytest.param("ZXH", True, id="initials"),
        pytest.param("周小 0042", True, id="part of the name and the end of the phone"),
        pytest.param("周小 0043", False, id="and of another phone"),
        pytest.param("0042", True, id="the end of the phone"),
        pytest.param("13８00000042", True, id="the phone in full width"),
        pytest.param("", False, id="nothing"),
        pytest.param("%", False, id="a wildcard"),
        pytest.param("' OR 1=1 --", False, id="a trick"),
    ],
)
def test_what_is_sought_says_who_is_found(connection: Connection, keyring: KeyRing, sought: str, finds: bool) -> None:
    worker_id = entered(connection, keyring, "周小红", phone=parse_phone("13800000042"))
    assert (worker_id in found(connection, keyring, sought)) is finds


def test_whole_names_come_before_parts_of_names(connection: Connection, keyring: KeyRing) -> None:
    longer = entered(connection, keyring, "周小红梅", phone=parse_phone("13800000042"))
    exact = entered(connection, keyring, "周小红", phone=parse_phone("13800000043"))
    assert found(connection, keyring, "周小红") == [exact, longer]
    assert found(connection, keyring, "zhouxiaohong") == [exact, longer]


def test_a_part_longer_than_four_characters_is_sought_whole(connection: Connection, keyring: KeyRing) -> None:
    worker_id = entered(connection, keyring, "古丽巴哈尔·艾买提")
    assert found(connection, keyring, "丽巴哈尔艾买") == [worker_id]
    assert found(connection, keyring, "丽巴哈尔买提") == []


def test_an_erased_worker_is_not_found(connection: Connection, keyring: KeyRing) -> None:
    worker_id = entered(connection, keyring, "周小红")
    erase_worker(connection, keyring, worker_id, an_erasure())
    assert found(connection, keyring, "周小红") == []
    assert found(connection, keyring, "zxh") == []


def test_workers_of_an_older_record_are_indexed_in_batches(connection: Connection, keyring: KeyRing) -> None:
    ids = {entered(connection, keyring, f"周小{other}") for other in "红梅兰"}
    while index_missing(connection, keyring):
        pass
    connection.execute(worker_finding.delete())
    assert found(connection, keyring, "zhouxiao") == []
    assert index_missing(connection, keyring, at_most=2) == 2
    assert index_missing(connection, keyring, at_most=2) == 1
    assert index_missing(connection, keyring, at_most=2) == 0
    assert set(found(connection, keyring, "zhouxiao")) == ids


def test_nothing_of_a_name_stands_in_clear(connection: Connection, keyring: KeyRing) -> None:
    worker_id = entered(connection, keyring, "周小红", identity=an_identity(998))
    tokens = connection.scalars(
        select(worker_finding.c.part_token).where(worker_finding.c.worker_id == worker_id)
    ).all()
    assert 10 < len(tokens) < 40
    assert not [token for token in tokens for part in ("周", "zhou", "9980") if part in token]


def test_a_long_name_has_a_bounded_number_of_parts(connection: Connection, keyring: KeyRing) -> None:
    worker_id = entered(connection, keyring, "单仇解查朴任重阿依古丽买买提")
    kept = connection.scalar(select(func.count()).where(worker_finding.c.worker_id == worker_id))
    assert kept is not None
    assert kept < 20 * MOST_SEQUENCES


def test_firms_are_found_by_name_and_code(connection: Connection) -> None:
    mine = scope(connection, "caseworker-1")
    (first, *_) = find_employers(connection, mine, "示例物流")
    assert find_employers(connection, mine, first.uscc.lower()) == (first,)
    assert find_employers(connection, scope(connection, "caseworker-3"), first.uscc) == ()
    assert find_employers(connection, mine, "%%") == ()


def test_no_case_is_found_by_next_to_nothing(connection: Connection) -> None:
    assert find_cases(connection, scope(connection, "caseworker-1"), "case-") == ()
