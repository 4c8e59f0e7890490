"""What people do to a subsidy, from its pages: the same forms, checks and looks as those of a hardship case."""

from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.drafts import drafts_under
from store.engine import read, write
from store.links import make_link
from store.payees import account_of
from store.tables.access import DraftState
from tests.web.acts.at_counter import hidden
from tests.web.acts.at_once import answers_at_once
from tests.web.case.desk import words
from tests.web.counter import csrf_of
from tests.web.subsidies.desk import SubsidyDesk


def stored(desk: SubsidyDesk) -> Stage:
    with read(desk.counter.office.station.engine) as connection:
        return load_subsidy(connection, desk.case.id).stage


def test_a_determination_is_adopted_after_a_look_at_what_follows(desk: SubsidyDesk) -> None:
    answers_at_once(desk.counter)
    browser = desk.browser("officer-1")
    form = f"{desk.path}/do/adopt-determination"
    page = browser.get(f"{form}?about=flexible-insurance-1").text
    fields = {name: hidden(page, name) for name in ("key", "revision")} | {"determination": "flexible-insurance-1"}
    looked = browser.send(form, fields | {"press": "save"})
    assert str(looked.url).endswith("/confirm")
    shown = words(looked.text)
    assert "个案进入“公示”" in shown
    assert "下一步变为：列入公示名单" in shown
    assert stored(desk) is Stage.DETERMINATION
    signed = {name: hidden(looked.text, name) for name in ("csrf", "key", "seen")}
    done = browser.client.post(f"{form}/confirm", data=signed)
    assert str(done.url).split("?")[0].endswith(desk.path)
    assert "决定已签署：采纳认定" in words(done.text)
    assert stored(desk) is Stage.NOTICE


def test_whose_act_it_is_not_is_told_so_and_does_nothing(desk: SubsidyDesk) -> None:
    answers_at_once(desk.counter)
    page = desk.opens("caseworker-1", "/do/adopt-determination").text
    assert "须由本站的审批人办理" in words(page)
    assert desk.opens("auditor-1", "/do/adopt-determination").status_code == 403
    assert desk.opens("officer-3", "/do/adopt-determination").status_code == 404
    assert desk.opens("officer-1", "/do/record-guidance").status_code == 404  # no act of a subsidy


def test_what_is_sent_while_the_server_is_away_waits_under_the_subsidy_and_is_found_there(desk: SubsidyDesk) -> None:
    desk.office.is_granted()
    desk.office.is_shown()
    browser = desk.browser("caseworker-1")
    form = f"{desk.path}/do/raise-objection"
    page = browser.get(form).text
    fields = {name: hidden(page, name) for name in ("key", "revision")}
    sent = browser.send(form, fields | {"what": "不住在本地", "press": "save"}, follow_redirects=False)
    assert sent.headers["location"] == f"{desk.path}/sent/{fields['key']}"
    assert browser.get(sent.headers["location"]).status_code == 200
    assert f"{desk.path}/sent/{fields['key']}" in desk.opens("caseworker-1").text
    station = desk.counter.office.station
    with read(station.engine) as connection:
        kept = drafts_under(connection, station.keyring, "caseworker-1", f"{desk.path}/sent/")
    assert [each.state for each in kept] == [DraftState.SENT]


def test_an_account_is_recorded_if_it_is_the_applicants_own_and_never_shown_again(desk: SubsidyDesk) -> None:
    browser, form = desk.browser("caseworker-1"), f"{desk.path}/account"
    number = "6999990000001234"
    other = browser.send(form, {"holder": "别人", "bank": "示例银行", "number": number})
    assert other.status_code == 422
    assert number not in other.text
    done = browser.send(form, {"holder": desk.name, "bank": "示例银行示例支行", "number": number})
    assert done.status_code == 200
    assert number not in done.text
    assert "1234" in words(done.text)
    station = desk.counter.office.station
    with read(station.engine) as connection:
        account = account_of(connection, station.keyring, desk.case.applicant_id)
    assert account
    assert account.number == number
    assert desk.opens("manager-1", "/account").status_code == 403


def test_a_list_is_made_of_what_waits_shown_masked_and_downloaded(desk: SubsidyDesk) -> None:
    answers_at_once(desk.counter)
    desk.office.is_granted()
    officer = desk.browser("officer-1")
    waiting = officer.get("/subsidies/notices").text
    assert "1 件" in words(waiting)
    made = officer.send("/subsidies/notices", {"station": "station-1", "policy": "flexible-insurance"})
    assert made.status_code == 200, made.text
    assert "共 1 件" in words(made.text)
    assert desk.name not in made.text
    assert desk.path in made.text
    table = officer.get(str(made.url).split("?")[0] + "/table.csv")
    assert table.status_code == 200
    assert desk.name not in table.content.decode()
    assert stored(desk) is Stage.NOTICE
    again = officer.send("/subsidies/notices", {"station": "station-1", "policy": "flexible-insurance"})
    assert again.status_code == 409
    assert desk.browser("officer-3").get(str(made.url).split("?")[0]).status_code == 404


def test_a_file_for_the_bank_is_made_handed_out_once_and_its_answers_are_read(desk: SubsidyDesk) -> None:
    answers_at_once(desk.counter)
    desk.office.is_ordered()
    desk.browser("caseworker-1").send(
        f"{desk.path}/account", {"holder": desk.name, "bank": "示例银行", "number": "6999990000001234"}
    )
    officer = desk.browser("officer-2")
    made = officer.send("/subsidies/bank", {"station": "station-1"})
    assert made.status_code == 200, made.text
    here = str(made.url).split("?")[0].removeprefix("http://testserver")
    file = officer.send(f"{here}/file", form_at=here)
    assert "6999990000001234" in file.content.decode()
    assert officer.send(f"{here}/file", form_at=here).status_code == 409
    payment = desk.case.payments[-1]
    yuan = f"{payment.amount_fen // 100}.{payment.amount_fen % 100:02d}"
    answer = f"{desk.case.id}/{payment.id},{yuan},成功,{desk.office.office.today},\n"
    back = officer.send(f"{here}/answers", form_at=here, files={"answers": ("back.csv", answer.encode(), "text/csv")})
    assert back.status_code == 200, back.text
    assert "已登记" in words(back.text)
    assert stored(desk) is Stage.RUNNING


def test_a_worker_reads_their_own_subsidy_and_asks_that_a_person_looks(desk: SubsidyDesk) -> None:
    answers_at_once(desk.counter)
    desk.office.is_granted()
    station = desk.counter.office.station
    hardship = desk.office.office.case
    now = desk.counter.hands.at = desk.office.office.now
    with write(station.engine) as connection:
        link = make_link(connection, station.keyring, hardship.id, hardship.worker_id, "", "caseworker-1", now)
    phone = desk.counter.browser()
    phone.send(f"/w/{link.token}", form_at=f"/w/{link.token}")
    page = phone.get("/w/case").text
    assert "正在公示" in words(page)
    asking = phone.get(f"/w/subsidies/{desk.case.id}")
    assert "申请复核" in words(asking.text)
    asked = phone.client.post(
        f"/w/subsidies/{desk.case.id}",
        data={"csrf": csrf_of(asking.text), "key": hidden(asking.text, "key"), "ask": "review", "reason": "金额不对"},
    )
    assert asked.status_code == 200
    with read(station.engine) as connection:
        (review,) = load_subsidy(connection, desk.case.id).reviews
    assert review.asked_on == desk.office.office.today
    assert phone.get("/w/subsidies/case-00000000000000000000000000").status_code == 404
