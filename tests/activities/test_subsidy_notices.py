"""Public-notice lists: every case that waits stands on one list once, masked, and nobody vanishes from it silently."""

import csv
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from activities.bootstrap import Station
from activities.errands import Errand, Unanswered, through_record
from activities.papers import Press
from activities.subsidy_notices import Notices, Published
from activities.subsidy_prints import Prints
from cases.commands import command
from cases.refusals import Refused
from cases.subsidy.acts import Act
from cases.subsidy.claiming import WithdrawApplication
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.stages import Stage
from store import notice_sheets, subsidy_notices, subsidy_waiting
from store.engine import read, write
from store.person_keys import destroy_person_key
from store.seed_offers import HOUSEHOLD
from store.subsidy_notices import NoticeList
from store.tables.cases import case_step
from tests.activities.both import Crashed, both
from tests.activities.office import Office
from tests.activities.subsidy_crowd import (
    OFFICER,
    OTHER_OFFICER,
    POLICY,
    STATION,
    Person,
    amount_of,
    case_of,
    killed_at_commit,
    people,
    plant,
    plant_of_employer,
)
from tests.activities.test_composing import text_of
from tests.activities.unwilling import without
from tests.builders import OPENED_AT

__all__ = ["both"]

LATER = OPENED_AT + timedelta(days=1)


def publish(station: Station, actor: str = OFFICER, chunk: int = 2) -> Published:
    return Notices(station, through_record(station, OPENED_AT), chunk=chunk).publish(STATION, POLICY, actor, OPENED_AT)


def does(station: Station, person: Person, act: Act, actor: str = "caseworker-1") -> None:
    errand = Errand(person.case_id, command(f"{person.number}-{act.KIND}", act, actor))
    (answer,) = through_record(station, LATER)([errand])
    assert not isinstance(answer, Refused), answer


def chosen_for_a_list(station: Station) -> NoticeList:
    """All that wait, and no case is told yet."""
    with write(station.engine) as connection:
        place = subsidy_waiting.waiting(connection, [STATION])[0].jurisdiction
        notice = subsidy_notices.begin(connection, STATION, place, POLICY, OFFICER, OPENED_AT)
        subsidy_notices.collect(connection, notice, 10, OPENED_AT)
        return notice


def lists(station: Station) -> tuple[NoticeList, ...]:
    with read(station.engine) as connection:
        return subsidy_notices.notice_lists(connection, [STATION])


def times_told(station: Station) -> list[str]:
    """The cases that were told of a list, once for each time."""
    with read(station.engine) as connection:
        return sorted(connection.scalars(select(case_step.c.case_id).where(case_step.c.kind == PublishNotice.KIND)))


def test_all_that_wait_are_told_and_shown_for_the_days_of_the_clock(both: Office) -> None:
    station, crowd = both.station, people(5)
    plant(station, crowd, Stage.NOTICE)
    made = publish(station)
    assert (made.cases, made.left_out) == (5, ())
    assert times_told(station) == [person.case_id for person in crowd]
    assert {case_of(station, person).notice_id for person in crowd} == {made.notice.id}
    # Five working days after Monday 2026-03-02.
    assert (made.notice.from_on, made.notice.until_on) == (date(2026, 3, 2), date(2026, 3, 9))
    with pytest.raises(Refused, match="nothing-waits"):
        publish(station)


def test_killed_at_any_commit_and_begun_again_it_is_one_list_and_each_case_once(both: Office) -> None:
    station, crowd = both.station, people(3)
    plant(station, crowd, Stage.NOTICE)
    for number in count(1):
        with suppress(Crashed), killed_at_commit(station.engine, number):
            made = publish(station, (OFFICER, OTHER_OFFICER)[number % 2])
            break
    assert number > 5
    assert [one.id for one in lists(station)] == [made.notice.id]
    assert times_told(station) == [person.case_id for person in crowd]
    assert made.cases == len(crowd)


def test_two_who_publish_at_once_make_one_list(both: Office) -> None:
    station, crowd = both.station, people(5)
    plant(station, crowd, Stage.NOTICE)
    together = Barrier(2)

    def publishes(actor: str) -> Published:
        together.wait()
        return publish(station, actor, chunk=1)

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(publishes, (OFFICER, OTHER_OFFICER))
    assert one.notice == other.notice
    assert (one.cases, one.left_out, other.left_out) == (5, (), ())
    assert times_told(station) == [person.case_id for person in crowd]


def test_a_case_that_refuses_is_named_and_free_for_the_next_list(both: Office) -> None:
    station, crowd = both.station, people(2)
    plant(station, crowd, Stage.NOTICE)
    chosen_for_a_list(station)
    does(station, crowd[0], WithdrawApplication("不再申请"))
    made = publish(station)
    assert made.left_out == ((crowd[0].case_id, "wrong-stage"),)
    assert made.cases == 1


def test_a_case_whose_workflow_has_not_begun_is_left_for_the_next_list(both: Office) -> None:
    station, crowd = both.station, people(4)
    plant(station, crowd, Stage.NOTICE)
    late = crowd[1].case_id
    by_desk = without(through_record(station, OPENED_AT), not_begun_yet=[late])
    first = Notices(station, by_desk, chunk=2).publish(STATION, POLICY, OFFICER, OPENED_AT)
    assert (first.cases, first.left_out) == (3, ((late, "workflow-not-begun"),))
    second = publish(station)
    assert (second.cases, second.left_out) == (1, ())
    assert case_of(station, crowd[1]).notice_id == second.notice.id != first.notice.id
    assert times_told(station) == [person.case_id for person in crowd]


def test_a_case_that_does_not_answer_holds_up_no_other_and_the_list_waits_for_it(both: Office) -> None:
    station, crowd = both.station, people(6)
    plant(station, crowd, Stage.NOTICE)
    silent = crowd[1].case_id
    by_desk = without(through_record(station, OPENED_AT), silent=[silent])
    with pytest.raises(Unanswered, match=silent):
        Notices(station, by_desk, chunk=2).publish(STATION, POLICY, OFFICER, OPENED_AT)
    assert times_told(station) == [person.case_id for person in crowd if person.case_id != silent]
    made = publish(station)
    assert (made.cases, made.left_out) == (6, ())
    assert [one.id for one in lists(station)] == [made.notice.id]
    assert times_told(station) == [person.case_id for person in crowd]


def test_where_nobody_answers_it_is_not_tried_on_and_on(office: Office) -> None:
    crowd = people(4)
    plant(office.station, crowd, Stage.NOTICE)
    ids = [person.case_id for person in crowd]
    nobody = without(through_record(office.station, OPENED_AT), silent=ids)
    with pytest.raises(Unanswered) as said:
        Notices(office.station, nobody, chunk=2).publish(STATION, POLICY, OFFICER, OPENED_AT)
    assert said.value.cases == tuple(ids[:2])


def test_only_an_officer_of_the_station_publishes(both: Office) -> None:
    plant(both.station, people(1), Stage.NOTICE)
    for actor in ("caseworker-1", "officer-3"):
        with pytest.raises(Refused, match="not-your-role"):
            publish(both.station, actor)
    assert lists(both.station) == ()


def test_a_list_is_printed_masked_and_says_later_who_was_withdrawn(
    office: Office, one_press: Press, tmp_path: Path
) -> None:
    station, crowd = office.station, people(4)
    plant(station, crowd, Stage.NOTICE)
    made = publish(station)
    prints = Prints(station, lambda paper: one_press.print_paper(paper).pdf)
    assert prints.print_list(made.notice.id, OPENED_AT) == 1
    does(station, crowd[1], WithdrawApplication("不再申请"))
    assert prints.print_list(made.notice.id, LATER) == 2
    first, second = (text_of(prints.kept(made.notice.id, edition, 1), tmp_path) for edition in (1, 2))
    assert "撤出公示" not in first
    assert second.count("已于2026年3月3日撤出公示") == 1
    for text in (first, second):
        for told in ("自2026年3月2日起至2026年3月9日止", "5个工作日", "共4人", "示例区就业服务中心", "023-00000001"):
            assert told in text
        assert all(f"{person.name[0]}**" in text for person in crowd)
        assert all(f"{amount_of(person) / 100:.2f}" in text for person in crowd)
    masked_everywhere(crowd, first, second)


def test_the_table_says_the_same_and_as_little(office: Office) -> None:
    station, crowd = office.station, people(3)
    plant(station, crowd, Stage.NOTICE)
    made = publish(station)
    does(station, crowd[2], WithdrawApplication("不再申请"))
    prints = Prints(station, lambda _: b"")
    text = b"".join(prints.table(made.notice.id)).decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text))
    assert head[0] == "序号"
    assert [row[3] for row in rows] == ["600.01", "600.02", "600.03"]
    assert [row[6] for row in rows] == ["", "", "2026-03-03"]
    masked_everywhere(crowd, text)


def masked_everywhere(crowd: list[Person], *texts: str) -> None:
    for person in crowd:
        for whole in (person.name, person.identity, person.identity[6:14], person.phone, person.account):
            assert not any(whole in text for text in texts)


def test_firms_stand_by_their_public_names_and_the_person_of_a_household_masked(office: Office) -> None:
    station = office.station
    plant_of_employer(station, 1, "employer-1", Stage.NOTICE)
    plant_of_employer(station, 2, HOUSEHOLD[0], Stage.NOTICE)  # a household
    made = publish(station)
    text = b"".join(Prints(station, lambda _: b"").table(made.notice.id)).decode("utf-8-sig")
    firm, household = list(csv.reader(StringIO(text)))[1:]
    assert firm[1:3] == ["示例物流有限公司", "91999999MA000001XE"]
    assert household[1:3] == ["许**", "—"]
    assert "许示例" not in text


def test_who_was_erased_stays_on_the_list_without_a_name(office: Office) -> None:
    station, crowd = office.station, people(2)
    plant(station, crowd, Stage.NOTICE)
    made = publish(station)
    with write(station.engine) as connection:
        destroy_person_key(connection, case_of(station, crowd[0]).applicant_id)
    text = b"".join(Prints(station, lambda _: b"").table(made.notice.id)).decode("utf-8-sig")
    gone, other = list(csv.reader(StringIO(text)))[1:]
    assert gone[1:4] == ["（已删除）", "—", "600.01"]
    assert other[1] == f"{crowd[1].name[0]}**"


def test_a_print_that_was_broken_off_is_gone_on_with(
    office: Office, one_press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.composing.subsidy_lists.ROWS", 2)
    station = office.station
    plant(station, people(3), Stage.NOTICE)
    made = publish(station)
    prints = Prints(station, lambda paper: one_press.print_paper(paper).pdf)
    with killed_at_commit(station.engine, 5), pytest.raises(Crashed):
        prints.print_list(made.notice.id, OPENED_AT)
    assert prints.print_list(made.notice.id, OPENED_AT) == 1
    with read(station.engine) as connection:
        kept = notice_sheets.sheets(connection, made.notice.id)
    assert [(sheet.edition, sheet.sheet, sheet.sheets) for sheet in kept] == [(1, 1, 2), (1, 2, 2)]
