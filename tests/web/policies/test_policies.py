"""The policy officer's pages: the law in use, and a file on its way from a draft to law in two persons' hands."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from httpx2 import Response
from sqlalchemy import update

from activities import publishing
from activities.bootstrap import policies_in_use
from activities.policy_child import answers
from activities.throw_away import Ending, Run
from cases.days import ONE_DAY, day_of
from store.append_only import lift_append_only
from store.engine import read, write
from store.policy_files import newest_publication, proposals
from store.policy_refusals import TEXT_ALTERED
from store.seed import plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.tables.policies import policy_text
from tests.policy_drafts import SHIPPED, a_version
from tests.web.counter import Browser, Counter

FIRST, SECOND = "policy-officer-1", "policy-officer-2"
FILE = "/policies/files/hardship-worker/cn-50-99"


@pytest.fixture
def desk(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """A second policy officer, the law as it is published, and the child's work done here: its own tests start it."""
    station = counter.office.station
    with write(station.engine) as connection:
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, counter.hands())
    counter.office.station = replace(station, policies=policies_in_use(station.engine))

    def at_once(_module: str, request: dict[str, object], *_: int) -> Run:
        said = (*answers({**request, "examples": False}), {"all_run": True})
        return Run(tuple(json.loads(json.dumps(line, default=str)) for line in said), Ending.DONE)

    monkeypatch.setattr(publishing, "run_once", at_once)
    return counter


def tomorrow(desk: Counter) -> date:
    return day_of(desk.hands()) + ONE_DAY


def proposed(desk: Counter, text: str, by: str = FIRST) -> Response:
    return desk.signed_in(by).send("/policies/propose", {"text": text, "why": "新办法施行"})


def the_proposal(desk: Counter) -> str:
    with read(desk.office.station.engine) as connection:
        return f"/policies/proposals/{proposals(connection)[0].id}"


def test_the_list_says_what_is_in_force_where_and_what_was_never_checked(desk: Counter) -> None:
    page = desk.signed_in(FIRST).get("/policies?kind=classification&place=cn-50-99").text
    rows = re.findall(r"<tr>\s*<td.*?</tr>", page, re.DOTALL)
    assert len(rows) == 1
    for said in ("困难零工认定（示例区）", "示例区", "施行中", "3 条未核实", FILE):
        assert said in rows[0]


def test_a_file_shows_its_versions_the_clauses_it_beats_and_its_text(desk: Counter) -> None:
    page = desk.signed_in("manager-1").get(FILE).text
    assert "随系统提供" in page
    assert "cn-50@" in page
    assert re.search(r'id="l13".*?long_wait: \{value: 90.*?凭记忆，未核实', page, re.DOTALL)
    assert "在此基础上提议" not in page


def test_no_such_file_is_no_page(desk: Counter) -> None:
    assert desk.signed_in(FIRST).get("/policies/files/hardship-worker/cn-37").status_code == 404


def test_the_law_of_a_place_on_a_day(desk: Counter) -> None:
    officer = desk.signed_in("auditor-1")
    page = officer.get("/policies/resolve?policy=hardship-worker&place=cn-50-99&on-year=2024&on-month=3&on-day=31").text
    assert page.index("cn-50@") < page.index("cn-50-99@")
    assert "value: 90" in page
    assert re.search(r"<td[^>]*><span>90天\s*<span", page)
    assert re.search(r"待工满90天<span.*?role: ground, when: days", page)
    assert "示例区 cn-50-99</option>" in page
    early = officer.get("/policies/resolve?policy=hardship-worker&place=cn-50-99&on-year=2020&on-month=1&on-day=1").text
    assert "在2020-01-01尚未施行" in early
    assert "请选择一项" in officer.get("/policies/resolve?policy=nothing&place=cn-50-99").text


def test_a_draft_begins_with_the_file_in_use(desk: Counter) -> None:
    page = desk.signed_in(FIRST).get("/policies/propose?policy=hardship-worker&jurisdiction=cn-50-99").text
    assert "困难零工认定（示例区）" in page


def test_mistakes_are_shown_by_line_and_column_and_nothing_is_kept(desk: Counter) -> None:
    answer = proposed(desk, SHIPPED.replace("value: 90", "value: ninety"))
    assert answer.status_code == 422
    assert "cn-50-99/hardship-worker.yaml 第13行第26列：" in answer.text
    assert re.search(r'id="l13".*?value: ninety', answer.text, re.DOTALL)
    assert "value: ninety" in answer.text
    with read(desk.office.station.engine) as connection:
        assert proposals(connection) == ()


def test_law_in_force_is_not_edited(desk: Counter) -> None:
    answer = proposed(desk, SHIPPED.replace("value: 90", "value: 60"))
    assert answer.status_code == 422
    assert "2023-01-01版已经施行，parameters.long_wait不能更改" in answer.text


def test_a_file_can_be_sent_instead_of_pasted(desk: Counter) -> None:
    officer = desk.signed_in(FIRST)
    files = {"file": ("draft.yaml", a_version(tomorrow(desk)).encode(), "application/yaml")}
    answer = officer.send("/policies/propose", {"why": "新办法施行"}, files=files)
    assert "提议已保存" in answer.text
    not_text = officer.send(
        "/policies/propose", {"why": "新"}, files={"file": ("x.yaml", b"\xff\xfe", "application/yaml")}
    )
    assert not_text.status_code == 422
    assert "UTF-8" in not_text.text


def test_what_a_proposal_changes_stands_with_its_lines(desk: Counter) -> None:
    page = proposed(desk, a_version(tomorrow(desk))).text
    assert "全部通过" in page
    assert "value: 90, authority" in page
    assert "value: 60, authority" in page
    assert 'href="#l57"' in page
    assert "由另一位政策专员发布" in page


def test_the_proposer_cannot_publish_and_a_second_person_does(desk: Counter) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    at = the_proposal(desk)
    own = desk.signed_in(FIRST).send(at, {"act": "publish", "why": "核对无误"})
    assert own.status_code == 422
    assert "提议人不能发布自己的提议" in own.text
    other = desk.signed_in(SECOND)
    assert "请填写这一项" in other.send(at, {"act": "publish", "why": ""}).text
    assert "第 1 号" in other.send(at, {"act": "publish", "why": "核对无误"}).text
    assert "第 1 号发布" in other.get(FILE).text
    law = desk.office.station.policies.book.resolve("hardship-worker", "cn-50-99", tomorrow(desk))
    assert law.rules.parameters["long_wait"].value == 60


def test_a_withdrawn_proposal_stays_to_be_read(desk: Counter) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    at = the_proposal(desk)
    page = desk.signed_in(FIRST).send(at, {"act": "withdraw", "why": "写错了一处"}).text
    assert "写错了一处" in page
    assert desk.signed_in(SECOND).client.post(at).status_code == 403
    with read(desk.office.station.engine) as connection:
        assert newest_publication(connection) == 0


@pytest.mark.parametrize("reader", ["manager-1", "auditor-1"])
def test_those_who_read_have_no_buttons_and_their_forms_do_not_count(desk: Counter, reader: str) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    at, browser = the_proposal(desk), desk.signed_in(reader)
    assert "发布这份文件" not in browser.get(at).text
    assert browser.send(at, {"act": "publish", "why": "x"}, form_at="/sessions").status_code == 403
    assert browser.get("/policies/propose").status_code == 403


def test_an_act_that_is_none_changes_nothing(desk: Counter) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    assert desk.signed_in(SECOND).send(the_proposal(desk), {"act": "burn"}).status_code == 422


def test_examples_can_be_run_anew(desk: Counter) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    page: Browser = desk.signed_in(SECOND)
    assert "共运行过 2 遍" in page.send(the_proposal(desk), {"act": "check"}).text


def test_a_text_that_was_altered_is_said_and_nothing_is_done_with_it(desk: Counter) -> None:
    proposed(desk, a_version(tomorrow(desk)))
    address = the_proposal(desk)
    with write(desk.office.station.engine) as connection:
        lift_append_only(connection)
        connection.execute(update(policy_text).values(content=policy_text.c.content + "# 改动"))
    page = desk.signed_in(SECOND).get(address)
    assert page.status_code == 200
    assert TEXT_ALTERED.wording.zh in page.text
    for act in ("publish", "try", "check"):
        sent = desk.signed_in(SECOND).send(address, {"act": act, "why": "核对无误"})
        assert sent.status_code == 422, act
        assert TEXT_ALTERED.wording.zh in sent.text
    with read(desk.office.station.engine) as connection:
        assert newest_publication(connection) == 0
