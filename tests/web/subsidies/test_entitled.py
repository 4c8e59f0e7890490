"""Everyone entitled: looked for anew, told, or not wanting it; on the list and on the worker's own page."""

from dataclasses import replace
from datetime import timedelta

from activities.engine_process import EngineProcess
from cases.days import day_of
from cases.subsidy.stages import Applicant
from store.engine import read, write
from store.entitlements import Entitled, Wanted, found_in, replace_found
from store.tables.entitlements import Standing
from tests.activities.office import Office, a_fact
from tests.web.case.desk import words
from tests.web.counter import Counter

HOME = "/subsidies/entitled"


def test_who_could_have_a_subsidy_is_found_told_and_left_alone_if_they_do_not_want_it(
    counter: Counter, rule_engine: EngineProcess
) -> None:
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register(facts=[a_fact("flexible_work", value=True)])
    worker_id = office.case.worker_id
    browser = counter.signed_in("caseworker-1")
    assert "没有查到" in words(browser.get(HOME).text)
    listed = browser.send(f"{HOME}/sweep", {"of": "station-1"}, form_at=HOME)
    assert listed.status_code == 200, listed.text
    assert worker_id in listed.text
    assert f"/subsidies/apply?worker={worker_id}" in listed.text
    with read(counter.office.station.engine) as connection:
        found = found_in(connection, counter.office.station.keyring, Wanted(applicant_id=worker_id), at_most=None)
    policy = found[0].entitled.policy
    fields = {"applicant": worker_id, "policy": policy}
    assert "已告知" in words(browser.send(HOME, fields | {"press": "told"}).text)
    counter.hands.move(timedelta(minutes=1))
    assert browser.send(HOME, fields | {"press": "declined"}).status_code == 422  # says why
    done = browser.send(HOME, fields | {"press": "declined", "reason": "已有工作"})
    assert f'id="{worker_id}-{policy}"' in listed.text
    assert f'id="{worker_id}-{policy}"' not in done.text
    asked = browser.get(f"{HOME}?declined=yes").text
    assert "本人不要" in words(asked)
    assert "已有工作" not in asked
    page = words(browser.get(f"/workers/{worker_id}").text)
    assert "可能符合、还没有申请的" in page


def test_nobody_of_another_place_is_listed_or_written_about(counter: Counter, rule_engine: EngineProcess) -> None:
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register(facts=[a_fact("flexible_work", value=True)])
    worker_id = office.case.worker_id
    counter.signed_in("caseworker-1").send(f"{HOME}/sweep", {"of": "station-1"}, form_at=HOME)
    elsewhere = counter.signed_in("caseworker-3")
    assert worker_id not in elsewhere.get(f"{HOME}?declined=yes").text
    told = elsewhere.send(HOME, {"applicant": worker_id, "policy": "flexible-insurance", "press": "told"}, form_at=HOME)
    assert told.status_code == 404
    assert elsewhere.send(f"{HOME}/sweep", {"of": "station-1"}, form_at=HOME).status_code == 404


def test_whom_an_employer_hired_is_listed_only_where_the_person_is_served(
    counter: Counter, rule_engine: EngineProcess
) -> None:
    """The employer is known to every station of the place."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register()
    person = office.case.worker_id
    line = Entitled(
        Applicant.EMPLOYER, "employer-1", person, "cn-50-99", "employer-insurance", "-", Standing.QUALIFIES, (), None
    )
    today = day_of(counter.hands())
    lines = [line, replace(line, hired="", policy="hiring-subsidy")]
    with write(counter.office.station.engine) as connection:
        replace_found(connection, [line.applicant_id], [each.policy for each in lines], lines, counter.hands(), today)
    listed = {by: counter.signed_in(by).get(HOME).text for by in ("caseworker-1", "caseworker-2")}
    assert {by: person in page for by, page in listed.items()} == {"caseworker-1": True, "caseworker-2": False}
    assert all("employer-1-hiring-subsidy" in page for page in listed.values())
