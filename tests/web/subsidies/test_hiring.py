"""An employer's application at the counter: for whom, one or several at once; and who sees whom it is for."""

from html import unescape

import pytest
from sqlalchemy import select

from activities.engine_process import EngineProcess
from activities.intake import read_registration
from cases.facts import Source, SourceKind, SubjectKind
from store.engine import read, write
from store.facts import NewFact, record_fact
from store.households import Member, open_household
from store.people import worker
from store.tables.subsidies import subsidy_case
from tests.activities.office import Office
from tests.activities.test_hired import for_hiring, takes
from tests.registrations import a_registration
from tests.web.acts.at_counter import hidden
from tests.web.case.desk import words
from tests.web.counter import Browser, Counter

POLICY = "employer-insurance"
QUERY = f"?employer=employer-1&station=station-1&policy={POLICY}"
CHOOSE = f"/subsidies/apply/hired{QUERY}"


class Hiring:
    """A counter and three people of its ledger."""

    def __init__(self, counter: Counter, rule_engine: EngineProcess) -> None:
        self.counter = counter
        self.office = Office(counter.office.station, rule_engine, counter.hands())
        self.people = []
        for _ in range(3):
            registration = read_registration(a_registration())
            opened = self.office.station.intake.open_case(registration, "caseworker-1", self.office.now)
            self.people.append(opened.worker_id)
        self.browser = counter.signed_in("caseworker-1")

    def name(self, worker_id: str) -> str:
        with read(self.office.station.engine) as connection:
            person = worker(connection, self.office.station.keyring, worker_id)
        assert person
        return person.name

    def identity(self, worker_id: str) -> str:
        with read(self.office.station.engine) as connection:
            person = worker(connection, self.office.station.keyring, worker_id)
        assert person
        return person.identity

    def several(self, *people: str) -> str:
        return f"/subsidies/apply/several{QUERY}&people={','.join(people)}"

    def cases(self) -> dict[str, str]:
        """By whom they are for."""
        with read(self.office.station.engine) as connection:
            rows = connection.execute(select(subsidy_case.c.hired, subsidy_case.c.id)).all()
        return {row.hired: row.id for row in rows}


@pytest.fixture
def hiring(counter: Counter, rule_engine: EngineProcess) -> Hiring:
    return Hiring(counter, rule_engine)


def chosen(browser: Browser, *people: str) -> str:
    """Where the choice leads."""
    about = unescape(hidden(browser.get(CHOOSE).text, "about"))
    return str(browser.send(CHOOSE, {"person": list(people), "press": "next", "about": about}).url)


def test_where_it_is_had_for_each_person_hired_whom_is_asked_first(hiring: Hiring) -> None:
    page = hiring.browser.get("/subsidies/apply?employer=employer-1").text
    assert f"/subsidies/apply/hired{QUERY}".replace("&", "&amp;") in page
    assert str(hiring.browser.get(f"/subsidies/apply/form{QUERY}").url).endswith(CHOOSE)


def test_people_who_were_hired_by_the_record_are_offered_and_others_are_sought(hiring: Hiring) -> None:
    known, other, _ = hiring.people
    takes(hiring.office, for_hiring(known, "2026-01"))
    page = words(hiring.browser.get(CHOOSE).text)
    assert hiring.name(known) in page
    assert hiring.name(other) not in page
    about = unescape(hidden(hiring.browser.get(CHOOSE).text, "about"))
    found = hiring.browser.send(CHOOSE, {"q": hiring.name(other), "press": "find", "about": about})
    assert hiring.name(other) in words(found.text)
    assert hiring.name(other) not in str(found.url)
    assert "没有找到" not in words(found.text)


def test_nobody_is_chosen_silently(hiring: Hiring) -> None:
    about = unescape(hidden(hiring.browser.get(CHOOSE).text, "about"))
    answer = hiring.browser.send(CHOOSE, {"press": "next", "about": about})
    assert answer.status_code == 422
    assert "请选择招用人员" in words(answer.text)


def test_one_person_is_applied_for_at_the_form_that_asks_whose_each_fact_is(hiring: Hiring) -> None:
    person = hiring.people[0]
    form = chosen(hiring.browser, person)
    assert f"hired={person}" in form
    page = hiring.browser.get(form).text
    assert hiring.name(person) in words(page)
    payments = {
        f"fact_employer_payments.0.{name}": value
        for name, value in (
            ("month-year", "2026"),
            ("month-month", "1"),
            ("pension", "600"),
            ("medical", "320"),
            ("unemployment", "20"),
        )
    }
    fields = {
        "key": hidden(page, "key"),
        "about": unescape(hidden(page, "about")),
        "press": "save",
        "said_true": "yes",
        "fact_state_body": "no",
        "fact_employer_payments-complete": "yes",
        **payments,
    }
    checked = hiring.browser.send(form, fields)
    assert checked.status_code == 200, words(checked.text)
    confirm = str(checked.url)
    taken = hiring.browser.send(confirm, {"key": hidden(checked.text, "key")}, form_at=confirm)
    assert taken.status_code == 200
    assert hiring.cases().keys() == {person}
    shown = words(hiring.browser.get(f"/subsidies/{hiring.cases()[person]}").text)
    assert "示例物流有限公司" in shown
    assert f"招用 {hiring.name(person)}" in shown
    assert hiring.name(person) in words(hiring.browser.get("/subsidies?view=all").text)
    assert hiring.name(person) in words(hiring.browser.get("/employers/employer-1").text)
    assert "示例物流有限公司" in words(hiring.browser.get(f"/workers/{person}").text), "theirs, whoever applied"


def test_for_several_at_once_a_case_each_and_whoever_is_claimed_for_elsewhere_is_told(hiring: Hiring) -> None:
    one, other, taken = hiring.people
    first = takes(hiring.office, for_hiring(taken, "2026-01", employer="employer-2"))
    address = chosen(hiring.browser, one, other, taken)
    page = hiring.browser.get(address).text
    assert all(hiring.name(each) in words(page) for each in hiring.people)
    fields = {"key": hidden(page, "key"), "periods": "2026-01", "said_true": "yes", "fact_state_body": "no"}
    done = words(hiring.browser.send(address, fields).text)
    assert "受理 2 件，未受理 1 件" in done
    assert first.id[-8:] in done, "the case in which it is claimed"
    assert "示例餐饮" not in done, "and nothing of the other employer"
    opened = hiring.cases()
    assert opened.keys() == set(hiring.people)
    again = words(hiring.browser.send(address, fields).text)
    assert "受理 2 件，未受理 1 件" in again
    assert hiring.cases() == opened, "sent twice, each is taken once"


def test_what_is_missing_from_the_form_of_several_is_said_before_anything_is_taken(hiring: Hiring) -> None:
    address = hiring.several(*hiring.people)
    page = hiring.browser.get(address).text
    answer = hiring.browser.send(address, {"key": hidden(page, "key"), "periods": ""})
    assert answer.status_code == 422
    assert "请写明申领的月份" in words(answer.text)
    assert hiring.cases() == {}


def test_somebody_of_another_station_is_found_by_the_whole_number_alone_and_shown_masked(
    counter: Counter, rule_engine: EngineProcess
) -> None:
    hiring = Hiring(counter, rule_engine)
    person = hiring.people[0]
    elsewhere = counter.signed_in("caseworker-3")
    address = CHOOSE.replace("employer-1", "employer-5").replace("station-1", "station-3")
    about = unescape(hidden(elsewhere.get(address).text, "about"))
    by_name = elsewhere.send(address, {"q": hiring.name(person), "press": "find", "about": about})
    assert person not in by_name.text
    by_number = elsewhere.send(address, {"q": hiring.identity(person), "press": "find", "about": about})
    assert person in by_number.text
    assert hiring.name(person) not in words(by_number.text)
    assert hiring.identity(person) not in by_number.text.replace(f'value="{hiring.identity(person)}"', "")
    form = elsewhere.get(address.replace("/hired", "/form") + f"&hired={person}")
    assert hiring.name(person) not in words(form.text)
    assert "fact_employment_difficulty" not in form.text, "what is known of the person is not for this page"


def test_nor_what_is_known_of_their_household(counter: Counter, rule_engine: EngineProcess) -> None:
    hiring = Hiring(counter, rule_engine)
    person, station, office = hiring.people[0], hiring.office.station, hiring.office
    with write(station.engine) as connection:
        members = (Member("本人", office.today, person),)
        home = open_household(connection, station.keyring, "station-1", members, office.now)
        source = Source(SourceKind.RECORD, "户籍")
        of = SubjectKind.HOUSEHOLD, home, "retirement_month", "2040-01", source, office.today, "caseworker-1"
        record_fact(connection, station.keyring, NewFact(*of, office.now))
    address = f"?employer=employer-5&station=station-3&policy={POLICY}&hired={person}"
    form = counter.signed_in("caseworker-3").get(f"/subsidies/apply/form{address}")
    assert form.status_code == 200
    assert station.policies.book.facts["retirement_month"].label.zh not in words(form.text)


def test_nobody_may_be_named_who_is_not_registered(hiring: Hiring) -> None:
    assert hiring.browser.get(f"/subsidies/apply/form{QUERY}&hired=nobody").status_code == 404
    assert hiring.browser.get(hiring.several(hiring.people[0], "nobody")).status_code == 404


def test_an_auditor_sees_whom_it_is_for_masked_and_the_caseworker_of_another_place_nothing(hiring: Hiring) -> None:
    person = hiring.people[0]
    case = takes(hiring.office, for_hiring(person, "2026-01"))
    audited = words(hiring.counter.signed_in("auditor-1").get(f"/subsidies/{case.id}").text)
    assert "招用" in audited
    assert hiring.name(person) not in audited
    assert hiring.counter.signed_in("caseworker-3").get(f"/subsidies/{case.id}").status_code == 404
