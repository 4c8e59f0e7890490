from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, insert, select, update

from cases.phones import parse_phone
from store.engine import make_engine, write
from store.erasure import erase_worker
from store.keys import KeyRing
from store.people import (
    AlreadyRegistered,
    Candidate,
    PerhapsRegistered,
    candidates,
    register_worker,
    worker,
    worker_station,
)
from store.person_keys import KeyDestroyed
from store.search import Sought
from store.seed import plant_examples
from store.skills import Skill, Wish, skills, state_skills, state_wishes, wishes
from store.tables.people import worker as table
from tests.store.builders import NOW, TODAY, a_worker, an_erasure, an_identity


def test_a_worker_is_read_as_entered(connection: Connection, keyring: KeyRing) -> None:
    new = a_worker(address="示例街道9号")
    read = worker(connection, keyring, register_worker(connection, keyring, new))
    assert read is not None
    assert (read.name, read.identity, read.phone, read.address) == (
        new.name,
        new.identity.value,
        "13800000001",
        "示例街道9号",
    )
    assert worker_station(connection, read.id) == "station-1"


def test_nobody_is_read_who_is_not_there(connection: Connection, keyring: KeyRing) -> None:
    assert worker(connection, keyring, "nobody") is None
    assert worker_station(connection, "nobody") is None


def test_a_list_shows_a_masked_worker(connection: Connection, keyring: KeyRing) -> None:
    read = worker(connection, keyring, register_worker(connection, keyring, a_worker()))
    assert read is not None
    masked = read.masked()
    assert (masked.name, masked.identity, masked.phone) == (
        "示***",
        f"699999********{read.identity[-4:]}",
        "138****0001",
    )


def test_nothing_personal_shows_by_accident(connection: Connection, keyring: KeyRing) -> None:
    new = a_worker(address="示例街道9号")
    read = worker(connection, keyring, register_worker(connection, keyring, new))
    shown = f"{new!r} {read!r}"
    assert not [value for value in (new.name, new.identity.value, "13800000001", "示例街道9号") if value in shown]


def test_nothing_personal_stands_in_the_file(sqlite_url: str, keyring: KeyRing) -> None:
    engine = make_engine(sqlite_url)
    new = a_worker(address="示例街道9号")
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        register_worker(connection, keyring, new)
    engine.dispose()
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert "示例物流有限公司".encode() in kept
    for value in (new.name, new.identity.value, new.phone.number, "示例街道9号", "19700101", "许示例"):
        assert value.encode() not in kept


def test_one_identity_number_is_one_person(connection: Connection, keyring: KeyRing) -> None:
    first = register_worker(connection, keyring, a_worker())
    with pytest.raises(AlreadyRegistered) as refused:
        register_worker(connection, keyring, a_worker(name="别的名字", phone=parse_phone("13900000000")))
    assert refused.value.worker_id == first
    assert refused.value.refusals[0].code == "already-registered"


def test_of_two_counters_at_once_one_comes_second(engine: Engine, keyring: KeyRing) -> None:
    """Both looked before either entered; the table still holds one person."""
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        register_worker(connection, keyring, a_worker())

    def look_elsewhere(_: object, __: object, statement: str, parameters: object, *___: object) -> tuple[str, object]:
        return statement.replace("worker.identity_token =", "'' ="), parameters

    with write(engine) as connection:
        event.listen(connection, "before_cursor_execute", look_elsewhere, retval=True)
        with pytest.raises(AlreadyRegistered) as refused:
            register_worker(connection, keyring, a_worker(name="别的名字", phone=parse_phone("13900000000")))
    assert refused.value.worker_id is None


def test_a_known_phone_has_to_be_looked_at(connection: Connection, keyring: KeyRing) -> None:
    first = register_worker(connection, keyring, a_worker())
    partner = a_worker(2, phone=parse_phone("13800000001"))
    with pytest.raises(PerhapsRegistered) as refused:
        register_worker(connection, keyring, partner)
    assert refused.value.candidates == (Candidate(first, frozenset({Sought.PHONE})),)
    second = register_worker(connection, keyring, replace(partner, unlike=frozenset({first})))
    third = a_worker(3, phone=parse_phone("13800000001"), unlike=frozenset({first}))
    with pytest.raises(PerhapsRegistered) as refused:
        register_worker(connection, keyring, third)
    assert [candidate.worker_id for candidate in refused.value.candidates] == [second]


def test_a_namesake_is_shown_and_no_obstacle(connection: Connection, keyring: KeyRing) -> None:
    first = register_worker(connection, keyring, a_worker())
    assert register_worker(connection, keyring, a_worker(2, name="示例人1")) != first


def test_candidates_by_any_of_three(connection: Connection, keyring: KeyRing) -> None:
    by_all = register_worker(connection, keyring, a_worker(1))
    by_name = register_worker(connection, keyring, a_worker(2, name=" 示例人1 "))
    register_worker(connection, keyring, a_worker(3))
    found = candidates(connection, keyring, "示例人1", an_identity(1), parse_phone("13800000001"))
    assert found == (
        Candidate(by_all, frozenset({Sought.IDENTITY, Sought.PHONE, Sought.NAME})),
        Candidate(by_name, frozenset({Sought.NAME})),
    )
    assert candidates(connection, keyring, "谁也不是", None, None) == ()


def test_a_swapped_column_is_noticed(connection: Connection, keyring: KeyRing) -> None:
    one, other = (register_worker(connection, keyring, a_worker(number)) for number in (1, 2))
    theirs = connection.scalars(select(table.c.phone_sealed).where(table.c.id == other)).one()
    connection.execute(update(table).where(table.c.id == one).values(phone_sealed=theirs))
    with pytest.raises(KeyDestroyed):
        worker(connection, keyring, one)


def test_an_erased_worker_is_nowhere_to_be_read_or_found(connection: Connection, keyring: KeyRing) -> None:
    erased = register_worker(connection, keyring, a_worker())
    state_skills(connection, keyring, erased, (Skill("搬运", "熟练"),), TODAY, NOW)
    assert erase_worker(connection, keyring, erased, an_erasure())
    assert not erase_worker(connection, keyring, erased, an_erasure(at=NOW + timedelta(days=1)))
    with pytest.raises(KeyDestroyed):
        worker(connection, keyring, erased)
    assert candidates(connection, keyring, "示例人1", an_identity(1), parse_phone("13800000001")) == ()
    assert connection.scalars(select(table.c.erased_at).where(table.c.id == erased)).one() == NOW
    # The same person may come again, and is a new one.
    assert register_worker(connection, keyring, a_worker()) != erased


def test_a_clash_of_another_kind_is_told_as_it_is(connection: Connection, keyring: KeyRing) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), connection.begin_nested():
        register_worker(connection, keyring, a_worker(station_id="no-such-station"))


def test_skills_and_wishes_are_the_latest_stated(connection: Connection, keyring: KeyRing) -> None:
    id_ = register_worker(connection, keyring, a_worker())
    assert skills(connection, keyring, id_) == ()
    state_skills(connection, keyring, id_, (Skill("搬运", "熟练"), Skill("保洁", "入门", "邻居介绍")), TODAY, NOW)
    state_skills(connection, keyring, id_, (Skill("保洁", "熟练", "结业证"),), TODAY, NOW)
    assert skills(connection, keyring, id_) == (Skill("保洁", "熟练", "结业证"),)
    state_wishes(connection, keyring, id_, (Wish("家政", "离家近"), Wish("保洁")), TODAY, NOW)
    assert set(wishes(connection, keyring, id_)) == {Wish("家政", "离家近"), Wish("保洁")}
    state_wishes(connection, keyring, id_, (), TODAY, NOW)
    assert wishes(connection, keyring, id_) == ()


def test_the_tokens_are_unique_only_by_number(connection: Connection, keyring: KeyRing) -> None:
    id_ = register_worker(connection, keyring, a_worker())
    row = connection.execute(select(table).where(table.c.id == id_)).mappings().one()
    with pytest.raises(Exception, match="identity_token"), connection.begin_nested():
        connection.execute(insert(table).values(**{**row, "id": "copy"}))
    connection.execute(insert(table).values(**{**row, "id": "copy", "identity_token": None}))
