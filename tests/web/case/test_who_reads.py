"""Who may read a case, what is masked for whom, and which look leaves a trace."""

import pytest

from cases.hardship.serving import RecordGuidance
from store.engine import write
from store.erasure import erase_worker
from tests.store.builders import an_erasure
from tests.web.case.desk import PAGES, CaseDesk

NOTE = "谈到了家里的难处"
NAME = "示例"


@pytest.mark.parametrize("reader", ["caseworker-3", "supervisor-3", "officer-3", "caseworker-2"])
def test_a_case_of_another_place_does_not_exist(recognised: CaseDesk, reader: str) -> None:
    pages = (*PAGES, "/papers/paper-1", "/determinations/hardship-worker-1")
    assert {recognised.opens(reader, page).status_code for page in pages} == {404}
    assert recognised.looks() == []


def test_a_case_that_is_not_there_is_told_in_the_same_words(recognised: CaseDesk) -> None:
    foreign = recognised.opens("caseworker-3").text
    missing = recognised.browser("caseworker-3").get("/cases/case-9").text
    assert foreign.replace(recognised.path, "") == missing.replace("/cases/case-9", "")


def test_the_caseworker_reads_their_own_case_without_a_trace(recognised_on_both: CaseDesk) -> None:
    for page in PAGES:
        recognised_on_both.reads("caseworker-1", page)
    assert recognised_on_both.looks() == []


def test_others_who_work_on_it_leave_one_trace_a_session(recognised_on_both: CaseDesk) -> None:
    desk = recognised_on_both
    for page in PAGES:
        desk.reads("officer-1", page)
    assert desk.looks() == [("case-read", "officer-1", None)]
    desk.hours_later(1)
    desk.reads("officer-1")
    assert desk.looks() == [("case-read", "officer-1", None)] * 2, "another session"


@pytest.mark.parametrize("reader", ["auditor-1", "manager-1"])
def test_who_only_reads_leaves_a_trace_each_time(recognised: CaseDesk, reader: str) -> None:
    for page in PAGES:
        recognised.reads(reader, page)
    assert recognised.looks() == [("case-read", reader, None)] * len(PAGES)


@pytest.mark.parametrize("reader", ["auditor-1", "manager-1"])
def test_who_only_reads_sees_neither_name_nor_notes_nor_health(recognised: CaseDesk, reader: str) -> None:
    recognised.office.does(RecordGuidance(recognised.office.today, NOTE, "guide-1"))
    shown = "".join(recognised.reads(reader, page) for page in (*PAGES, "/timeline/4"))
    assert NOTE not in shown
    assert "示*" in shown
    assert f"{NAME}1" not in shown
    assert "只对办理本案的人员显示" in shown
    assert NOTE in recognised.reads("officer-1", "/timeline"), "who works on the case reads it"


def test_what_was_written_is_shown_for_a_reason_that_is_kept(recognised_on_both: CaseDesk) -> None:
    desk = recognised_on_both
    desk.office.does(RecordGuidance(desk.office.today, NOTE, "guide-1"))
    page = f"{desk.path}/timeline/{desk.office.case.revision}"
    auditor = desk.browser("auditor-1")
    refused = auditor.send(page, {})
    assert refused.status_code == 422
    assert NOTE not in refused.text
    assert "step-read" not in {kind for kind, _, _ in desk.looks()}
    shown = auditor.send(page, {"why": "review"})
    assert NOTE in shown.text
    assert ("step-read", "auditor-1", "review") in desk.looks()
    assert NOTE not in auditor.get(page).text, "masked again"


def test_values_of_facts_are_shown_to_an_auditor_for_a_reason(recognised_on_both: CaseDesk) -> None:
    desk = recognised_on_both
    page = f"{desk.path}/determinations/hardship-worker-1"
    auditor = desk.browser("auditor-1")
    masked = auditor.get(page).text
    assert "（不显示）" in masked
    assert "1975年1月1日" not in masked
    assert auditor.send(page, {"why": "because"}).status_code == 422
    shown = auditor.send(page, {"why": "review"})
    assert "1975年1月1日" in shown.text
    assert ("facts-read", "auditor-1", "review") in desk.looks()


def test_from_a_determination_an_auditor_gets_to_its_replay_and_its_packet(recognised: CaseDesk) -> None:
    link = f'href="/audit{recognised.path}"'
    assert link in recognised.opens("auditor-1", "/determinations/hardship-worker-1").text
    assert link not in recognised.opens("officer-1", "/determinations/hardship-worker-1").text


def test_a_foreign_auditor_cannot_reveal_either(recognised: CaseDesk) -> None:
    browser = recognised.browser("supervisor-3")
    page = f"{recognised.path}/determinations/hardship-worker-1"
    assert browser.send(page, {"why": "review"}, form_at="/queue").status_code == 404
    assert recognised.looks() == []


def test_the_case_of_an_erased_worker_says_so(recognised: CaseDesk) -> None:
    with write(recognised.office.station.engine) as connection:
        office = recognised.office
        erase_worker(connection, office.station.keyring, office.case.worker_id, an_erasure(at=office.now))
    answer = recognised.opens("caseworker-1")
    assert answer.status_code == 409
    assert an_erasure(at=office.now).wording.zh in answer.text
