from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine, func, inspect, select, table

from cases.identity import parse_identity
from cases.organisations import parse_uscc
from cases.roles import Role
from store import employers, organisation, publications, staff, vacancies
from store.engine import read, write
from store.keys import KeyRing
from store.seed import plant_examples
from store.seed_offers import EMPLOYERS, HOUSEHOLD, offers

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def _rows(connection: Connection) -> dict[str, int]:
    tables = inspect(connection).get_table_names()
    return {name: connection.scalars(select(func.count()).select_from(table(name))).one() for name in tables}


def test_planting_twice_is_planting_once(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        once = _rows(connection)
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW + timedelta(days=1))
        assert _rows(connection) == once


def test_each_place_has_what_a_service_plan_needs(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
    with read(engine) as connection:
        for station_id in ("station-1", "station-3"):
            good = [
                offer
                for offer in vacancies.live_vacancies(connection, station_id, TODAY)
                if employers.is_verified(connection, offer.employer_id, TODAY)
                and (standing := publications.standing(connection, offer.id, TODAY)) is not None
                and standing.truth_checked
            ]
            assert len({offer.employer_id for offer in good}) >= 3
            assert staff.supervisors(connection, station_id, TODAY)


def test_who_is_who(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        assert staff.station_roles(connection, "caseworker-1", "station-1", TODAY) == {Role.CASEWORKER}
        assert staff.station_roles(connection, "caseworker-1", "station-2", TODAY) == frozenset()
        assert staff.station_roles(connection, "officer-2", "station-2", TODAY) == {Role.OFFICER}
        assert staff.station_roles(connection, "officer-2", "station-3", TODAY) == frozenset()
        assert staff.station_roles(connection, "auditor-1", "station-3", TODAY) == {Role.AUDITOR}
        assert organisation.station_jurisdiction(connection, "station-2") == "cn-50-99"
        assert organisation.station_jurisdiction(connection, "station-3") == "cn-42-02-99"


def test_the_bad_ones_are_bad(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        assert not employers.is_verified(connection, "employer-4", TODAY)
        stand = {v: publications.standing(connection, v, TODAY) for v in ("vacancy-11", "vacancy-12", "vacancy-13")}
        assert [
            standing and (standing.live, standing.truth_checked, standing.published) for standing in stand.values()
        ] == [
            (False, True, False),
            (True, False, False),
            (True, False, False),
        ]


def test_invented_numbers_have_the_form_of_real_ones() -> None:
    assert all(parse_uscc(uscc) == uscc for *_, uscc in EMPLOYERS)
    assert parse_identity(HOUSEHOLD[3].value, TODAY) == HOUSEHOLD[3]
    assert len({offer.id for offer in offers(TODAY)}) == len(offers(TODAY))
