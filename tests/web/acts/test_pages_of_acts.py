"""The page of an act: what cannot be done and why, the live check, what is wrong, and what is said once it is saved."""

from datetime import timedelta
from html import unescape

import pytest

from cases.commands import OF_PEOPLE
from cases.hardship.case import DIFFICULTY
from cases.hardship.engine import KeepPaper
from cases.hardship.needing import OpenNeed
from cases.hardship.next_step import CALLED
from cases.hardship.referring import RecordReferral
from cases.hardship.stages import Stage
from cases.roles import Role
from store.determinations import determination_record
from store.engine import read
from store.person_keys import person_key
from tests.activities.office import Office
from tests.web.acts.at_counter import SAYING, AtCounter, hidden
from tests.web.acts.at_once import answers_at_once
from tests.web.counter import Counter
from tests.web.spoken import chinese_words, english_words

REFER = "record-referral"


@pytest.fixture
def at(counter: Counter, helped: Office) -> AtCounter:
    return AtCounter(counter, helped.case.id)


def said(answer: object) -> str:
    return unescape(str(getattr(answer, "text", answer)))


@pytest.mark.parametrize("staff", ["caseworker-1", "officer-1", "supervisor-1", "guide-1"])
def test_the_page_of_every_act_opens_for_everyone_of_the_station(at: AtCounter, staff: str) -> None:
    browser = at.counter.signed_in(staff)
    for kind in OF_PEOPLE:
        page = browser.get(at.form(kind))
        assert page.status_code == 200, kind
        assert any(words in said(page) for words in ("现在不能办理", "能不能保存", "影响结论")), kind


def test_what_cannot_be_done_says_every_reason_instead_of_a_form(at: AtCounter) -> None:
    page = said(at.counter.signed_in("guide-1").get(at.form("approve-closure")))
    assert "须由本站的主管办理；王指导在本站没有该角色" in page
    assert "本案现处于“帮扶”阶段" in page
    assert "批准办结</button>" not in page


def test_there_is_no_form_for_what_nobody_can_do(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    for kind in ("ring-alarm", "determination-made", "fly"):
        assert browser.get(at.form(kind)).status_code == 404


def test_a_case_of_another_place_has_no_forms(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-3")
    assert browser.get(at.form(REFER)).status_code == 404
    assert browser.get(f"{at.path}/sent/{'0' * 32}").status_code == 404


def test_an_act_about_a_part_is_offered_the_parts_it_can_be_about(at: AtCounter, helped: Office) -> None:
    browser = at.counter.signed_in("caseworker-1")
    assert "没有可选的项目" in said(browser.get(at.form("deliver-referral")))
    helped.does(RecordReferral("vacancy-2", helped.today))
    page = said(browser.get(at.form("deliver-referral")))
    assert "后厨帮工 · 示例餐饮有限公司" in page
    assert 'value="referral-1" checked' in page


def test_the_check_shows_whether_a_referral_will_count_and_what_follows(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = at.filled(browser, REFER, vacancy="vacancy-3", **at.today("made_on"))
    page = said(browser.send(f"{at.form(REFER)}/check", fields, form_at=at.form(REFER)))
    assert "送达并有结果后，计入 1/3" in page
    assert "可以保存" in page
    assert "出具岗位推荐函" in page
    assert at.case.referrals == ()
    page = said(browser.send(f"{at.form(REFER)}/check", fields | {"vacancy": "vacancy-10"}, form_at=at.form(REFER)))
    assert "可以保存，但不会计入：用工主体经核实" in page


def test_what_is_not_chosen_yet_is_missing_and_nothing_is_said_against_it(at: AtCounter, helped: Office) -> None:
    for vacancy in ("vacancy-2", "vacancy-3"):
        helped.does(RecordReferral(vacancy, helped.today))
    page = said(at.counter.signed_in("caseworker-1").get(at.form("deliver-referral")))
    assert "还要填：哪一次推荐" in page
    assert "没有推荐" not in page


def test_what_is_wrong_is_said_at_the_field_in_the_readers_words(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    tomorrow = at.counter.hands() + timedelta(days=2)
    day = {"made_on-year": str(tomorrow.year), "made_on-month": str(tomorrow.month), "made_on-day": str(tomorrow.day)}
    answer = browser.send(at.form(REFER), at.filled(browser, REFER, vacancy="vacancy-3", **day))
    assert answer.status_code == 422
    assert "“推荐日期”不能晚于今天，" in said(answer)
    assert 'href="#made_on"' in said(answer)
    assert "计入 1/3" in said(answer)  # what counts is shown although the day is still wrong
    browser.client.post("/preferences", data={"csrf": hidden(answer.text, "csrf"), "language": "en"})
    english = said(browser.send(at.form(REFER), at.filled(browser, REFER, vacancy="vacancy-3", **day)))
    assert "<title>Error: " in english
    assert "“Day of the referral” cannot lie after today" in english


def test_terms_that_cannot_be_are_wrong_at_their_field(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    kind = "record-placement"
    terms = {
        "employer": "employer-1",
        "terms.position": "分拣员",
        "terms.place": "示例物流园",
        "terms.minutes_per_day-hours": "8",
        "terms.pay_fen": "4500",
        "terms.pay_unit": "month",
        "terms.payday": "40",
        "ending": "open",
    }
    answer = browser.send(at.form(kind), at.filled(browser, kind) | terms | at.today("started_on"))
    assert answer.status_code == 422
    assert 'href="#terms.payday"' in said(answer)
    assert "“每月几日发放”应在1至31之间" in said(answer)


def test_a_search_narrows_the_choices_and_keeps_the_rest(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = at.filled(browser, REFER, **{"made_on-day": "7", "search.vacancy": "保洁"})
    for press in ("search", ""):  # the button, and Enter in the box
        answer = browser.send(at.form(REFER), fields | {"press": press})
        assert answer.status_code == 200
        page = said(answer)
        assert "保洁员" in page
        assert "后厨帮工" not in page
        assert 'name="made_on-day" type="text" value="7"' in page
    assert at.case.referrals == ()


def test_a_vacancy_of_another_place_is_none(at: AtCounter) -> None:
    browser = at.counter.signed_in("caseworker-1")
    fields = at.filled(browser, REFER, vacancy="vacancy-5", **at.today("made_on"))
    answer = browser.send(at.form(REFER), fields)
    assert answer.status_code == 422
    assert "没有这一项，或不在您的范围内" in said(answer)
    assert "缝纫工" not in said(answer)
    checked = said(browser.send(f"{at.form(REFER)}/check", fields, form_at=at.form(REFER)))
    assert "缝纫工" not in checked
    assert "计入 1/3" not in checked


def test_what_the_engine_did_meanwhile_is_in_nobodys_way(at: AtCounter, helped: Office) -> None:
    answers_at_once(at.counter)
    helped.does(RecordReferral("vacancy-2", helped.today))
    browser = at.counter.signed_in("caseworker-1")
    fields = at.guidance(browser)
    helped.does(KeepPaper("paper-1", "a" * 64, "b" * 64, 1), Role.ENGINE)
    answer = browser.send(at.form("record-guidance"), fields, follow_redirects=False)
    assert answer.headers["location"] == f"{at.path}?done={fields['key']}"


def test_who_comes_second_is_told_who_was_first_and_may_send_again(at: AtCounter, helped: Office) -> None:
    server = answers_at_once(at.counter)
    browser = at.counter.signed_in("caseworker-1")
    fields = at.guidance(browser)
    helped.does(OpenNeed("孩子无人看管"), "guide-1")
    answer = browser.send(at.form("record-guidance"), fields)
    assert answer.status_code == 409
    page = said(answer)
    assert "王指导" in page
    assert "登记需求或困难" in page
    assert SAYING in page
    assert "处要改" not in page  # there is nothing to mend
    assert server.sent == []
    again = fields | {name: hidden(answer.text, name) for name in ("key", "revision")}
    done = browser.send(at.form("record-guidance"), again, follow_redirects=False)
    assert done.status_code == 303
    assert len(at.case.services) == 1


def test_what_is_hard_to_take_back_is_looked_at_once_more(at: AtCounter) -> None:
    server = answers_at_once(at.counter)
    browser = at.counter.signed_in("caseworker-1")
    kind = "hand-over"
    fields = at.filled(browser, kind, body="示例区残联", matter="托养服务")
    looked = browser.send(at.form(kind), fields)
    page = said(looked)
    assert "示例区残联" in page
    assert "个案进入“办结审批”" in page
    assert "通知主管" in page
    assert server.sent == []
    signed = {name: hidden(looked.text, name) for name in ("key", "seen")}

    # Changed in another window since: what was looked at is not what would be signed.
    browser.send(at.form(kind), fields | {"body": "示例区妇联"})
    again = browser.send(f"{at.form(kind)}/confirm", signed)
    assert "示例区妇联" in said(again)
    assert not at.happened(kind)
    signed = {name: hidden(again.text, name) for name in ("key", "seen")}
    done = browser.client.post(
        f"{at.form(kind)}/confirm", data=signed | {"csrf": hidden(again.text, "csrf")}, follow_redirects=False
    )
    assert done.headers["location"].startswith(f"{at.path}?done=")
    assert at.case.stage is Stage.CLOSING
    assert at.drafts() == []


def test_saved_is_said_with_the_time_and_the_progress(at: AtCounter) -> None:
    answers_at_once(at.counter)
    browser = at.counter.signed_in("caseworker-1")
    fields = at.guidance(browser)
    case = said(browser.send(at.form("record-guidance"), fields))
    assert "职业指导已保存 " in case
    assert "职业指导 1/1" in case
    other = said(at.counter.signed_in("guide-1").get(f"{at.path}?done={fields['key']}"))
    assert "职业指导已保存 " not in other  # it was not theirs
    assert "已保存 " not in said(browser.get(f"{at.path}?done={'0' * 32}"))


def test_where_one_came_from_is_carried_along(at: AtCounter) -> None:
    answers_at_once(at.counter)
    browser = at.counter.signed_in("caseworker-1")
    back = "?back=%2Fqueue%3Fbucket%3Dtoday"
    answer = browser.send(at.form("record-guidance") + back, at.guidance(browser), follow_redirects=False)
    assert answer.headers["location"].endswith("&back=%2Fqueue%3Fbucket%3Dtoday")


def test_facts_that_a_determination_asks_for_come_first(counter: Counter, registered: Office) -> None:
    browser = counter.signed_in("caseworker-1")
    policy, asked = asked_for(registered)
    page = said(browser.get(f"/cases/{registered.case.id}/do/record-fact"))
    matters, others = page.split("现在不影响结论")
    assert f"影响结论：{CALLED[policy].zh}" in matters
    label = counter.office.station.policies.book.facts[asked].label.zh
    assert label in matters
    assert label not in others
    assert "性别" in others
    about = said(browser.get(f"/cases/{registered.case.id}/do/record-fact?about=household_income"))
    assert "家庭最近一个月的总收入是多少（元）？" in about


def test_an_officer_adopts_a_determination(at: AtCounter) -> None:
    answers_at_once(at.counter)
    browser = at.counter.signed_in("officer-1")
    current = at.case.current(DIFFICULTY)
    assert current
    kind = "adopt-determination"
    looked = browser.send(at.form(kind), at.filled(browser, kind, about=current.id, determination=current.id))
    assert "就业困难人员认定" in said(looked)
    signed = {name: hidden(looked.text, name) for name in ("csrf", "key", "seen")}
    browser.client.post(f"{at.form(kind)}/confirm", data=signed)
    assert at.case.granted(DIFFICULTY) is not None


def asked_for(office: Office) -> tuple[str, str]:
    """A policy whose determination waits for facts, and the first that it asks for."""
    station, case = office.station, office.case
    with read(station.engine) as connection:
        key = person_key(connection, station.keyring, case.worker_id)
        for each in case.determinations:
            questions = determination_record(connection, key, case.id, each.id).questions
            if questions and not each.superseded:
                return each.policy, questions[0].fact
    raise LookupError("no determination asks for anything")


@pytest.mark.parametrize("staff", ["caseworker-1", "officer-1", "supervisor-1"])
def test_every_form_speaks_the_language_of_its_reader(at: AtCounter, helped: Office, staff: str) -> None:
    helped.does(RecordReferral("vacancy-2", helped.today))
    helped.does(OpenNeed("孩子无人看管"))
    browser = at.counter.signed_in(staff)
    pages = [at.form(kind) for kind in OF_PEOPLE]
    pages += [f"{at.form('record-fact')}?about={name}" for name in ("sex", "unemployed", "retirement_month")]
    for path in pages:
        assert english_words(browser.get(path).text) == set(), path
    token = hidden(browser.get(at.form("assign")).text, "csrf")
    browser.client.post("/preferences", data={"csrf": token, "language": "en"})
    for path in pages:
        assert chinese_words(browser.get(path).text) == set(), path
