"""What is masked is shown for a reason, and the look is written down before the value leaves."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from store.encryption import open_sealed
from store.engine import read, write
from store.people import register_worker
from store.person_keys import person_key
from store.tables.cases import audit_event
from tests.store.builders import a_worker, an_identity
from tests.web.counter import Browser, Counter

WORKER, NUMBER = "worker-91", 91
IDENTITY = an_identity(NUMBER).value
PHONE = f"138000{NUMBER:05}"
ADDRESS = "示例区示例街道七号三单元"
PATH = f"/workers/{WORKER}/reveal"


@pytest.fixture
def desk(counter_on_both: Counter) -> Counter:
    station = counter_on_both.office.station
    with write(station.engine) as connection:
        register_worker(connection, station.keyring, a_worker(NUMBER, id=WORKER, address=ADDRESS))
    return counter_on_both


@pytest.fixture
def caseworker(desk: Counter) -> Browser:
    return desk.signed_in("caseworker-1")


def looks(desk: Counter) -> list[dict[str, object]]:
    with read(desk.office.station.engine) as connection:
        found = connection.execute(select(audit_event).where(audit_event.c.kind.like("reveal-%"))).mappings()
        return [dict(row) for row in found]


@pytest.mark.parametrize(("field", "value"), [("identity", IDENTITY), ("phone", PHONE), ("address", ADDRESS)])
def test_a_reason_shows_the_value_once_and_writes_down_the_look(
    desk: Counter, caseworker: Browser, field: str, value: str
) -> None:
    asking = caseworker.get(f"{PATH}/{field}")
    assert value not in asking.text
    answer = caseworker.send(f"{PATH}/{field}", {"why": "contact", "note": "约周一面谈"})
    assert answer.status_code == 200
    assert value in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert 'data-remask="60"' in answer.text
    assert value not in caseworker.get(f"{PATH}/{field}").text
    (look,) = looks(desk)
    assert (look["kind"], look["actor"], look["about_id"]) == (f"reveal-{field}", "caseworker-1", WORKER)
    assert (look["reason"], look["station_id"]) == ("contact", "station-1")
    with read(desk.office.station.engine) as connection:
        key = person_key(connection, desk.office.station.keyring, WORKER)
        sealed = look["note_sealed"]
        assert isinstance(sealed, bytes)
        assert open_sealed(key, "audit_event", "note_sealed", str(look["id"]), sealed) == "约周一面谈"


@pytest.mark.parametrize(
    "fields", [{}, {"why": ""}, {"why": "curiosity"}, {"why": "other"}, {"why": "contact", "note": "长" * 201}]
)
def test_without_a_reason_of_the_list_nothing_is_shown(
    desk: Counter, caseworker: Browser, fields: dict[str, str]
) -> None:
    answer = caseworker.send(f"{PATH}/phone", fields)
    assert answer.status_code == 422
    assert PHONE not in answer.text
    assert looks(desk) == []


def test_if_the_look_cannot_be_written_down_nothing_is_shown(
    caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("INSERT INTO audit_event", {}, Exception("disk full"))

    monkeypatch.setattr("web.revealing.record_audit", fails)
    answer = caseworker.send(f"{PATH}/phone", {"why": "contact"})
    assert answer.status_code == 500
    assert PHONE not in answer.text


def test_if_the_record_refuses_the_look_nothing_is_shown(desk: Counter, caseworker: Browser) -> None:
    """Not only our own function: the database itself will not take the row."""
    with write(desk.office.station.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE audit_event RENAME TO audit_event_away")
    answer = caseworker.send(f"{PATH}/identity", {"why": "contact"})
    with write(desk.office.station.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE audit_event_away RENAME TO audit_event")
    assert answer.status_code == 500
    assert IDENTITY not in answer.text


def test_if_the_transaction_does_not_end_well_nothing_is_shown_and_nothing_is_written(
    desk: Counter, caseworker: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the server dies between the row and the commit."""

    def dies(_: object) -> dict[object, str]:
        raise SystemError("killed")

    monkeypatch.setattr("web.revealing._values", dies)
    answer = caseworker.send(f"{PATH}/identity", {"why": "contact"})
    assert answer.status_code == 500
    assert IDENTITY not in answer.text
    assert looks(desk) == []


def test_for_a_reader_elsewhere_there_is_nobody_to_show(desk: Counter) -> None:
    elsewhere = desk.signed_in("caseworker-3")
    token = elsewhere.get("/sessions").text.split('name="csrf" value="')[1].split('"')[0]
    for path in (f"{PATH}/phone", "/workers/nobody/reveal/phone", f"{PATH}/salary"):
        assert elsewhere.get(path).status_code == 404
        answer = elsewhere.client.post(path, data={"csrf": token, "why": "contact"})
        assert answer.status_code == 404
        assert PHONE not in answer.text
    assert looks(desk) == []
