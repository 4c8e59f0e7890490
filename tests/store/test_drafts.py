from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, select

from cases.refusals import refusal
from store.drafts import NewDraft, draft, drop_draft, keep_draft, purge_drafts, sent_drafts, settle_draft
from store.engine import write
from store.keys import KeyRing
from store.person_keys import KeyDestroyed, person_key
from store.tables.access import DraftState
from store.tables.access import draft as table
from tests.store.builders import NOW

FORM = "/cases/case-1/do/record-guidance"
FIELDS = {"content": ("本人想做保洁，膝盖受过伤",), "kinds": ("a", "b")}
MOMENT = timedelta(seconds=1)


def kept(connection: Connection, keyring: KeyRing, owner: str = "caseworker-1", **changes: object) -> str:
    new = NewDraft(owner, FORM, changes.pop("fields", FIELDS), **changes)  # type: ignore[arg-type]
    return keep_draft(connection, keyring, new, NOW)


def test_what_was_filled_in_comes_back_as_it_was_typed(connection: Connection, keyring: KeyRing) -> None:
    kept(connection, keyring)
    found = draft(connection, keyring, "caseworker-1", FORM)
    assert found is not None
    assert dict(found.fields) == FIELDS
    assert (found.state, found.kept_at, found.sent_at) == (DraftState.KEPT, NOW, None)


def test_nobody_else_gets_it_and_no_other_form_does(connection: Connection, keyring: KeyRing) -> None:
    kept(connection, keyring)
    assert draft(connection, keyring, "caseworker-2", FORM) is None
    assert draft(connection, keyring, "caseworker-1", FORM + "-2") is None


def test_it_is_sealed_and_its_repr_says_nothing(connection: Connection, keyring: KeyRing) -> None:
    kept(connection, keyring)
    row = connection.execute(select(table)).mappings().one()
    assert "膝盖".encode() not in row["fields_sealed"]
    assert "膝盖" not in repr(draft(connection, keyring, "caseworker-1", FORM))


def test_a_later_draft_takes_the_place_of_the_one_before(connection: Connection, keyring: KeyRing) -> None:
    first = kept(connection, keyring)
    kept(connection, keyring, fields={"content": ("改过",)})
    found = draft(connection, keyring, "caseworker-1", FORM)
    assert found is not None
    assert dict(found.fields) == {"content": ("改过",)}
    with pytest.raises(KeyDestroyed):
        person_key(connection, keyring, first)


def test_of_drafts_of_one_form_kept_at_one_moment_the_last_stays(engine: Engine, keyring: KeyRing) -> None:
    at_once = 6
    gate = Barrier(at_once)

    def keep(number: int) -> str:
        gate.wait()
        with write(engine) as connection:
            return kept(connection, keyring, fields={"content": (str(number),)})

    with ThreadPoolExecutor(at_once) as threads:
        ids = list(threads.map(keep, range(at_once)))
    with write(engine) as connection:
        assert connection.scalars(select(table.c.id)).one() in ids


def test_what_was_sent_is_not_written_over_by_what_is_only_kept(connection: Connection, keyring: KeyRing) -> None:
    sent = kept(connection, keyring, state=DraftState.SENT)
    assert kept(connection, keyring, fields={"press": ("discard",)}) == sent
    found = draft(connection, keyring, "caseworker-1", FORM)
    assert found is not None
    assert (found.state, dict(found.fields)) == (DraftState.SENT, FIELDS)


def test_a_dropped_draft_goes_with_its_key(connection: Connection, keyring: KeyRing) -> None:
    gone = kept(connection, keyring)
    drop_draft(connection, "caseworker-1", FORM)
    assert connection.execute(select(table)).all() == []
    with pytest.raises(KeyDestroyed):
        person_key(connection, keyring, gone)


def test_a_sent_draft_waits_for_its_answer_and_is_told_it(connection: Connection, keyring: KeyRing) -> None:
    sent = kept(connection, keyring, state=DraftState.SENT)
    assert [each.id for each in sent_drafts(connection, keyring, NOW)] == []
    assert [each.id for each in sent_drafts(connection, keyring, NOW + MOMENT)] == [sent]
    reasons = (refusal("paused", "已暂停。", "Paused."),)
    settle_draft(connection, sent, DraftState.REFUSED, reasons)
    found = draft(connection, keyring, "caseworker-1", FORM)
    assert found is not None
    assert (found.state, found.refusals) == (DraftState.REFUSED, reasons)
    assert sent_drafts(connection, keyring, NOW + MOMENT) == ()


def test_drafts_nobody_came_back_to_are_removed(connection: Connection, keyring: KeyRing) -> None:
    kept(connection, keyring)
    assert purge_drafts(connection, NOW) == 0
    assert purge_drafts(connection, NOW + MOMENT) == 1
