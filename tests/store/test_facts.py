from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from cases.canonical import Json
from cases.facts import Source, SourceKind, SubjectKind
from store.facts import NewFact, current_facts, fact_history, record_fact
from store.keys import KeyRing
from store.people import register_worker
from store.person_keys import KeyDestroyed, destroy_person_key, make_person_key
from store.tables.facts import fact as table
from tests.store.builders import NOW, TODAY, a_worker

DAY = timedelta(days=1)
SAID = Source(SourceKind.STATEMENT, "本人陈述")
RECOGNISED = Source(SourceKind.RECOGNITION, "就业困难人员认定", "示例街道办事处", "示例街认〔2026〕1号")


def a_fact(name: str = "disabled", value: Json = False, on: date = TODAY, **changes: object) -> NewFact:
    fact = NewFact(SubjectKind.VACANCY, "vacancy-1", name, value, SAID, on, "caseworker-1", NOW)
    return replace(fact, **changes)  # type: ignore[arg-type] # the caller names the field


def known(connection: Connection, keyring: KeyRing, on: date, subject: str = "vacancy-1") -> dict[str, Json]:
    facts = current_facts(connection, keyring, SubjectKind.VACANCY, subject, on)
    return {name: fact.value for name, fact in facts.items()}


def test_a_fact_is_read_with_its_source(connection: Connection, keyring: KeyRing) -> None:
    new = a_fact(source=RECOGNISED, evidence=("b", "a"), value={"days": [1, 2], "name": "例"})
    fact_id = record_fact(connection, keyring, new)
    fact = current_facts(connection, keyring, SubjectKind.VACANCY, "vacancy-1", TODAY)["disabled"]
    assert fact.id == fact_id
    assert (fact.source, fact.evidence, fact.value) == (RECOGNISED, ("b", "a"), new.value)
    assert (fact.established_on, fact.recorded_by, fact.superseded_by) == (TODAY, "caseworker-1", None)


def test_a_fact_about_a_person_is_sealed(connection: Connection, keyring: KeyRing) -> None:
    worker_id = register_worker(connection, keyring, a_worker())
    recognised = a_fact(value="重度", source=RECOGNISED, subject_kind=SubjectKind.WORKER, subject_id=worker_id)
    record_fact(connection, keyring, recognised)
    row = connection.execute(select(table).where(table.c.subject_id == worker_id)).mappings().one()
    assert (row["content"], row["source_body"], row["source_paper"]) == (None, None, None)
    said = ("重度", RECOGNISED.detail, "示例街道办事处", "示例街认〔2026〕1号")
    assert not [text for text in said if text.encode() in row["content_sealed"]]
    facts = current_facts(connection, keyring, SubjectKind.WORKER, worker_id, TODAY)
    assert (facts["disabled"].value, facts["disabled"].source) == ("重度", RECOGNISED)
    assert destroy_person_key(connection, worker_id)
    with pytest.raises(KeyDestroyed):
        current_facts(connection, keyring, SubjectKind.WORKER, worker_id, TODAY)


def test_a_fact_needs_a_person_to_be_sealed_for(connection: Connection, keyring: KeyRing) -> None:
    with pytest.raises(KeyDestroyed):
        record_fact(connection, keyring, a_fact(subject_kind=SubjectKind.HOUSEHOLD, subject_id="nobody"))


def test_the_facts_of_an_employer_are_sealed_and_those_of_before_are_still_read(
    connection: Connection, keyring: KeyRing
) -> None:
    """They can be about the people whom it hired."""
    of: dict[str, Any] = {"subject_kind": SubjectKind.EMPLOYER, "subject_id": "employer-1"}
    before = record_fact(connection, keyring, a_fact("firm_size", "large"))
    moved = table.c.id == before
    connection.execute(update(table).where(moved).values(**of))
    record_fact(connection, keyring, a_fact("premium", 12_345, **of))
    rows = connection.execute(select(table.c.name, table.c.content, table.c.content_sealed)).all()
    assert {row.name for row in rows if row.content is None and row.content_sealed} == {"premium"}
    facts = current_facts(connection, keyring, SubjectKind.EMPLOYER, "employer-1", TODAY)
    assert {name: fact.value for name, fact in facts.items()} == {"firm_size": "large", "premium": 12_345}


def test_what_is_not_known_is_missing(connection: Connection, keyring: KeyRing) -> None:
    record_fact(connection, keyring, a_fact())
    assert known(connection, keyring, TODAY) == {"disabled": False}
    assert known(connection, keyring, TODAY - DAY) == {}
    assert known(connection, keyring, TODAY, "vacancy-2") == {}
    assert current_facts(connection, keyring, SubjectKind.WORKER, "nobody", TODAY) == {}


def test_a_later_fact_holds_from_its_own_day(connection: Connection, keyring: KeyRing) -> None:
    first = record_fact(connection, keyring, a_fact(value="before"))
    second = record_fact(connection, keyring, a_fact(value="after", on=TODAY + 5 * DAY))
    assert known(connection, keyring, TODAY + 4 * DAY) == {"disabled": "before"}
    assert known(connection, keyring, TODAY + 5 * DAY) == {"disabled": "after"}
    history = fact_history(connection, keyring, SubjectKind.VACANCY, "vacancy-1", "disabled")
    assert [(fact.id, fact.superseded_by) for fact in history] == [(second, None), (first, second)]


def test_a_correction_takes_the_place_of_what_it_corrects(connection: Connection, keyring: KeyRing) -> None:
    record_fact(connection, keyring, a_fact(value="wrong"))
    record_fact(connection, keyring, a_fact(value="right", recorded_at=NOW + 9 * DAY))
    assert known(connection, keyring, TODAY) == {"disabled": "right"}


def test_a_fact_that_arrives_late_takes_its_own_place(connection: Connection, keyring: KeyRing) -> None:
    last = record_fact(connection, keyring, a_fact(value="May", on=TODAY + 60 * DAY))
    first = record_fact(connection, keyring, a_fact(value="March"))
    between = record_fact(connection, keyring, a_fact(value="April", on=TODAY + 30 * DAY))
    days = [TODAY - DAY, TODAY, TODAY + 30 * DAY, TODAY + 60 * DAY]
    assert [known(connection, keyring, day).get("disabled") for day in days] == [None, "March", "April", "May"]
    history = fact_history(connection, keyring, SubjectKind.VACANCY, "vacancy-1", "disabled")
    assert [fact.id for fact in history] == [last, between, first]


def test_names_do_not_meddle(connection: Connection, keyring: KeyRing) -> None:
    record_fact(connection, keyring, a_fact("a", 1))
    record_fact(connection, keyring, a_fact("b", 2))
    record_fact(connection, keyring, a_fact("a", 3, TODAY + DAY))
    assert known(connection, keyring, TODAY + DAY) == {"a": 3, "b": 2}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 6), min_size=1, max_size=8))
def test_in_whatever_order_facts_arrive(connection: Connection, keyring: KeyRing, offsets: Sequence[int]) -> None:
    """Against a plain list: of all established by the day, the latest established, and of those the latest written."""
    with connection.begin_nested() as savepoint:
        for number, offset in enumerate(offsets):
            record_fact(connection, keyring, a_fact(value=number, on=TODAY + offset * DAY))
        for day in range(7):
            candidates = [(offset, number) for number, offset in enumerate(offsets) if offset <= day]
            expected = {"disabled": max(candidates)[1]} if candidates else {}
            assert known(connection, keyring, TODAY + day * DAY) == expected
        history = fact_history(connection, keyring, SubjectKind.VACANCY, "vacancy-1", "disabled")
        assert len(history) == len(offsets)
        savepoint.rollback()


def test_the_facts_of_one_household_are_not_another_s(connection: Connection, keyring: KeyRing) -> None:
    for household in ("h-1", "h-2"):
        make_person_key(connection, keyring, household, NOW)
        new = a_fact("income", household, subject_kind=SubjectKind.HOUSEHOLD, subject_id=household)
        record_fact(connection, keyring, new)
    facts = current_facts(connection, keyring, SubjectKind.HOUSEHOLD, "h-2", TODAY)
    assert {name: fact.value for name, fact in facts.items()} == {"income": "h-2"}


def test_a_value_shows_in_no_repr() -> None:
    assert "canary" not in repr(a_fact(value="canary", source=Source(SourceKind.STATEMENT, "canary")))
