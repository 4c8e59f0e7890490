"""An application at the counter: found, chosen, asked, looked at once more, and taken once."""

import re
from html import unescape

from sqlalchemy import select

from activities.engine_process import EngineProcess
from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.engine import read
from store.tables.subsidies import subsidy_case
from tests.activities.office import Office
from tests.web.acts.at_counter import hidden
from tests.web.case.desk import words
from tests.web.counter import Browser, Counter

POLICY = "flexible-insurance"


def at_counter(counter: Counter, rule_engine: EngineProcess) -> tuple[Browser, Office]:
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register()
    return counter.signed_in("caseworker-1"), office


def form_of(office: Office) -> str:
    return f"/subsidies/apply/form?worker={office.case.worker_id}&station=station-1&policy={POLICY}"


def filled(page: str) -> dict[str, str]:
    payments = {
        f"fact_own_payments.0.{name}": value
        for name, value in (
            ("month-year", "2026"),
            ("month-month", "1"),
            ("pension", "600"),
            ("medical", "300"),
            ("by_self", "yes"),
        )
    }
    return {
        "key": hidden(page, "key"),
        "about": unescape(hidden(page, "about")),
        "press": "save",
        "said_true": "yes",
        "fact_flexible_work": "yes",
        "fact_own_payments-complete": "yes",
        **payments,
    }


def cases(counter: Counter) -> list[str]:
    with read(counter.office.station.engine) as connection:
        return list(connection.scalars(select(subsidy_case.c.id)))


def test_a_worker_is_found_and_only_what_is_to_be_had_can_be_chosen(
    counter: Counter, rule_engine: EngineProcess
) -> None:
    browser, office = at_counter(counter, rule_engine)
    found = browser.send("/subsidies/apply/find", {"q": "李示例"}, form_at="/subsidies/apply").text
    assert f"/subsidies/apply?worker={office.case.worker_id}" in found or "没有找到" in found
    page = browser.get(f"/subsidies/apply?worker={office.case.worker_id}").text
    assert f"policy={POLICY}" in page
    closed = words(page)
    assert "现在不能申请的，为什么" in closed
    assert "employer-insurance" not in page  # goes to employers


def test_an_application_is_looked_at_once_more_and_taken_once(counter: Counter, rule_engine: EngineProcess) -> None:
    browser, office = at_counter(counter, rule_engine)
    page = browser.get(form_of(office)).text
    answer = browser.send(form_of(office), filled(page))
    assert answer.status_code == 200, answer.text
    shown = words(answer.text)
    assert "2026-01" in shown
    assert "按现有事实试算" in shown
    assert cases(counter) == []
    confirm = form_of(office).replace("/form", "/form/confirm")
    fields = {"key": hidden(answer.text, "key")}
    taken = browser.send(confirm, fields, form_at=confirm)
    assert taken.status_code == 200
    (case_id,) = cases(counter)
    again = browser.send(confirm, fields, form_at=f"/subsidies/{case_id}/do/withdraw-application")
    assert str(again.url).endswith(f"/subsidies/{case_id}")
    assert cases(counter) == [case_id]
    with read(counter.office.station.engine) as connection:
        case = load_subsidy(connection, case_id)
    assert (case.stage, case.policy, [claim.id for claim in case.claims]) == (Stage.DETERMINATION, POLICY, ["2026-01"])
    assert case.caseworker == "caseworker-1"


def test_rows_are_added_without_a_script_and_nothing_typed_is_lost(
    counter: Counter, rule_engine: EngineProcess
) -> None:
    browser, office = at_counter(counter, rule_engine)
    page = browser.get(form_of(office)).text
    more = browser.send(form_of(office), filled(page) | {"press": "more"}).text
    assert "fact_own_payments.1.month-year" in more
    assert re.search(r'name="fact_own_payments\.0\.pension"[^>]*value="600"', more)
    assert re.search(
        r'<select[^>]*name="fact_own_payments\.0\.by_self".*?<option value="yes" selected', more, re.DOTALL
    )
    assert "没有可选的" not in more


def test_what_stands_against_it_is_said_at_the_form(counter: Counter, rule_engine: EngineProcess) -> None:
    browser, office = at_counter(counter, rule_engine)
    page = browser.get(form_of(office)).text
    answer = browser.send(form_of(office), filled(page) | {"periods": "2031-05", "said_true": ""})
    assert answer.status_code == 422
    assert "请选择一项" in words(answer.text)
    answer = browser.send(form_of(office), filled(page) | {"periods": "2031-05"})
    assert "2031-05" in words(answer.text)
    assert answer.status_code == 422
    assert cases(counter) == []


def test_a_worker_elsewhere_is_nobody(counter: Counter, rule_engine: EngineProcess) -> None:
    _, office = at_counter(counter, rule_engine)
    elsewhere = counter.signed_in("caseworker-3")
    assert elsewhere.get(f"/subsidies/apply?worker={office.case.worker_id}").status_code == 404
    assert elsewhere.get(form_of(office)).status_code == 404
