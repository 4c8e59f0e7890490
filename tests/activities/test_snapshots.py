"""The snapshot of the population holds the facts of everybody and nobody's name, and forgets whoever is erased."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from activities.snapshot_file import EMPLOYERS, WORKERS, SnapshotFile
from activities.snapshots import Snapshots, SnapshotUnusable, facts_read
from cases.facts import SubjectKind
from rules.simulated_columns import given_at
from store.aead import SealBroken
from store.engine import read, write
from store.erasure import erase_worker
from store.holding import restrict_worker
from store.households import Member, open_household
from store.skills import Skill, state_skills
from store.tables.employers import employer
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.population import aged, everybodys_words, knows, settle, simulating
from tests.activities.test_hired import hires
from tests.store.builders import NOW, TODAY, an_erasure

__all__ = ["both"]


def snapshots(office: Office, **more: Any) -> Snapshots:
    return simulating(office, **more).snapshots


def current(office: Office, **more: Any) -> SnapshotFile:
    return snapshots(office, **more).current(facts_read(office.station.policies.book), office.now)


def values(found: SnapshotFile, name: str, of: str = WORKERS) -> list[Any]:
    type_ = found.contents.types[name]
    return [given_at(some.people.facts[name], type_, row) for some in found.each(of) for row in range(some.people.size)]


def opened_bytes(found: SnapshotFile) -> bytes:
    """All that stands in it, opened: the contents, and the bytes of every part."""
    parts = [
        array.values.tobytes() if hasattr(array, "values") else array.offsets.tobytes()
        for some in found.each(WORKERS)
        for array in some.people.facts.values()
    ]
    return repr(found.contents).encode() + b"".join(parts)


def everything(office: Office) -> list[Any]:
    found = current(office)
    return [*found.each(WORKERS), *found.each(EMPLOYERS)]


def test_it_holds_the_facts_of_each_as_of_its_day_and_unknown_where_nothing_is_known(both: Office) -> None:
    ids = settle(both, aged(50), aged(44, disabled=True), {})
    with write(both.station.engine) as connection:
        later = TODAY + timedelta(days=1)
        knows(connection, both.station, SubjectKind.WORKER, ids[2], "disabled", True, later)  # noqa: FBT003 - its value
    found = current(both)
    assert (found.contents.day, found.contents.people(WORKERS)) == (TODAY, 3)
    assert Counter(values(found, "disabled")) == {False: 1, True: 1, None: 1}
    assert Counter(values(found, "born_on")) == {TODAY.replace(year=1976): 1, TODAY.replace(year=1982): 1, None: 1}
    assert "applied_on" not in found.contents.types  # the day moves, and is that of the snapshot


def test_a_fact_of_the_household_is_everybodys_in_it_and_their_own_goes_before_it(both: Office) -> None:
    first, second = settle(both, {}, {"minimum_living": False})
    with write(both.station.engine) as connection:
        members = tuple(Member("本人", TODAY, worker_id) for worker_id in (first, second))
        home = open_household(connection, both.station.keyring, "station-1", members, NOW)
        knows(connection, both.station, SubjectKind.HOUSEHOLD, home, "minimum_living", True)  # noqa: FBT003 - its value
    assert Counter(values(current(both), "minimum_living")) == {True: 1, False: 1}


def test_facts_of_employers_are_there_by_themselves(both: Office) -> None:
    with write(both.station.engine) as connection:
        employers = connection.scalars(select(employer.c.id).order_by(employer.c.id)).all()
        knows(connection, both.station, SubjectKind.EMPLOYER, employers[0], "state_body", True)  # noqa: FBT003 - its value
    found = current(both)
    assert Counter(values(found, "state_body", EMPLOYERS)) == {True: 1, None: len(employers) - 1}


def test_an_employer_stands_there_for_each_person_hired_with_what_is_known_of_both(both: Office) -> None:
    both.register()
    one = both.case.worker_id
    both.register()
    for person, month in ((one, "2026-01"), (both.case.worker_id, "2026-02")):
        hires(both, person, month)
    found = current(both)
    with read(both.station.engine) as connection:
        employers = connection.scalar(select(func.count()).select_from(employer)) or 0
    assert Counter(values(found, "state_body", EMPLOYERS)) == {False: 2, None: employers - 1}
    assert Counter(values(found, "employment_difficulty", EMPLOYERS)) == {True: 2, None: employers - 1}
    with write(both.station.engine) as connection:
        erase_worker(connection, both.station.keyring, one, an_erasure())
    assert Counter(values(current(both), "employment_difficulty", EMPLOYERS)) == {True: 1, None: employers - 1}


def test_many_parts_are_as_one(office: Office) -> None:
    settle(office, *(aged(30 + number) for number in range(7)))
    found = current(office, part=3)
    assert [part.people for part in found.contents.parts if part.subject == WORKERS] == [3, 3, 1]
    assert sorted(born.year for born in values(found, "born_on")) == list(range(1990, 1997))


def test_a_trade_in_somebodys_own_words_is_not_in_it(office: Office) -> None:
    (worker_id,) = settle(office, {})
    with write(office.station.engine) as connection:
        state_skills(connection, office.station.keyring, worker_id, (Skill("张三介绍的活", "熟练"),), TODAY, NOW)
    found = current(office)
    assert "张三" not in repr(found.contents)
    assert [some.trades.tolist() for some in found.each(WORKERS)] == [[0]]


def test_nobodys_name_or_number_or_id_stands_in_it(office: Office) -> None:
    ids = settle(office, *(aged(30 + number) for number in range(9)))
    found = current(office)
    content = opened_bytes(found)
    for word in (*everybodys_words(), *ids, "caseworker-1"):
        assert word.encode() not in content
        assert word.encode() not in found.path.read_bytes()
    assert found.path.stat().st_mode & 0o077 == 0


def test_sealed_it_tells_nothing_without_the_key(office: Office) -> None:
    settle(office, aged(50))
    sealed = current(office).path.read_bytes()
    assert b"born_on" not in sealed
    assert b"station-1" not in sealed


def test_an_erased_person_is_gone_with_the_next_look(both: Office) -> None:
    first, _ = settle(both, aged(50, household_income=123_456), aged(44))
    before = current(both)
    assert 123_456 in values(before, "household_income")
    with write(both.station.engine) as connection:
        erase_worker(connection, both.station.keyring, first, an_erasure())
    after = current(both)
    assert after.contents.id != before.contents.id
    assert values(after, "household_income") == [400_000]
    assert [file.name for file in after.path.parent.iterdir() if file.name != ".lock"] == [after.path.name]


def test_a_restricted_person_is_left_out_too(office: Office) -> None:
    first, _ = settle(office, aged(50), aged(44))
    current(office)
    with write(office.station.engine) as connection:
        restrict_worker(connection, first, NOW)
    assert current(office).contents.people(WORKERS) == 1


def test_one_a_day_and_no_more(office: Office) -> None:
    settle(office, aged(50))
    first = current(office)
    assert current(office).contents.hash == first.contents.hash
    office.now += timedelta(days=1)
    second = current(office)
    assert (second.contents.id != first.contents.id, second.contents.day) == (True, TODAY + timedelta(days=1))


def test_a_fact_that_a_draft_reads_first_is_read_when_it_is_needed(office: Office) -> None:
    settle(office, aged(50))
    types = facts_read(office.station.policies.book)
    few = {name: types[name] for name in ("born_on", "disabled")}
    keeping = snapshots(office)
    assert set(keeping.current(few, office.now).contents.types) == {"born_on", "disabled"}
    assert set(keeping.current({"in_work": types["in_work"]}, office.now).contents.types) == {*few, "in_work"}


@pytest.mark.parametrize("place", [0, 0.1, 0.5, 0.98, 1])
def test_a_file_that_was_changed_is_refused(office: Office, place: float) -> None:
    settle(office, *(aged(30 + number) for number in range(5)))
    found = current(office, part=2)
    content = bytearray(found.path.read_bytes())
    content[min(len(content) - 1, int(place * len(content)))] ^= 1
    found.path.write_bytes(content)
    with pytest.raises((SealBroken, SnapshotUnusable)):
        everything(office)


def test_parts_cannot_be_moved_or_taken_from_another(office: Office) -> None:
    settle(office, *(aged(30 + number) for number in range(4)))
    found = current(office, part=2)
    first, second = (part for part in found.contents.parts if part.subject == WORKERS)
    assert first.length == second.length
    content = found.path.read_bytes()
    one, other = (content[part.begins : part.begins + part.length] for part in (first, second))
    swapped = content.replace(one, b"\0" * len(one)).replace(other, one).replace(b"\0" * len(one), other)
    found.path.write_bytes(swapped)
    with pytest.raises(SealBroken):
        list(found.each(WORKERS))


def test_a_file_cut_short_is_no_snapshot(office: Office) -> None:
    settle(office, aged(50))
    found = current(office)
    found.path.write_bytes(found.path.read_bytes()[:-20])
    with pytest.raises(SnapshotUnusable, match="yizhan policy snapshot"):
        current(office)
    made = snapshots(office).make(facts_read(office.station.policies.book), office.now)
    assert made.contents.people(WORKERS) == 1


def test_whoever_is_erased_while_it_is_made_is_not_in_it(office: Office) -> None:
    ids = settle(office, *(aged(30 + number) for number in range(4)))
    keeping = snapshots(office, part=2)
    erased: list[int] = []

    def erase_once(done: int, _of: int) -> None:
        if not erased and done:
            erased.append(done)
            with write(office.station.engine) as connection:
                erase_worker(connection, office.station.keyring, ids[0], an_erasure())

    types = facts_read(office.station.policies.book)
    found = keeping.current(types, office.now, erase_once)
    assert (found.contents.people(WORKERS), found.contents.gone.erased) == (3, 1)
