"""A month's applications at once: broken off anywhere and run again, all is there once; only grants are adopted."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from activities.bank_files import BankFiles
from activities.bootstrap import Station
from activities.progress import Progress
from activities.subsidy_intake import read_application
from activities.subsidy_month import Month, together
from activities.subsidy_month_done import Done
from activities.subsidy_month_lines import Line, lines_of
from activities.subsidy_month_ways import by_workflows, until_determined, without_workflows
from activities.subsidy_notices import Notices
from bench.subsidies import mistakes
from bench.subsidies_month import (
    CLERK,
    OFFICER,
    OPENED,
    PAID,
    POLICY,
    SECOND,
    STATION,
    applicants,
    application,
    ring,
)
from cases.determinations import Conclusion
from cases.refusals import Refusal, Refused
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Stage
from store.cases import SUBSIDY
from store.engine import read, write
from store.messages import mark_sent, unsent
from store.tables.cases import case_step
from store.tables.subsidies import payment, subsidy_case
from tests.activities.both import Crashed, both
from tests.activities.office import Office
from tests.activities.subsidy_crowd import killed_at_commit

__all__ = ["both"]

MANY = 60
NOT_LISTED, LACKING = (7, 32, 57), (5, 38)  # by `application`: refused by the rules, and short of a fact


class Heard(list[tuple[str, tuple[str, ...]]]):
    """What was refused, by line or case, and the codes of why."""

    def __call__(self, of: str, reasons: Any) -> None:
        self.append((of, tuple(each.code for each in reasons)))


def a_month(office: Office, heard: Heard | None = None, at: Any = OPENED, **more: Any) -> Month:
    refuse = Heard() if heard is None else heard
    return Month(office.station, office.rule_engine, together(office.station, at), refuse, **{"chunk": 25} | more)


def lines(*numbers: int) -> list[Line]:
    return [Line(n + 1, read_application(application(n))) for n in numbers]


def cases(station: Station) -> tuple[SubsidyCase, ...]:
    with read(station.engine) as connection:
        return SUBSIDY.load_many(connection, list(connection.scalars(select(subsidy_case.c.id))))


def of_worker(station: Station, number: int) -> SubsidyCase:
    return next(case for case in cases(station) if case.applicant_id == f"worker-{number:06d}")


def through_crashes(engine: Engine, phase: Callable[[], object]) -> int:
    """Dies at its first commit, at its fourth and so on, and goes on where it was; by which commit it was through."""
    for number in count(1, 3):
        with killed_at_commit(engine, number), suppress(Crashed):
            phase()
            return number
    raise AssertionError


def test_a_month_that_dies_again_and_again_pays_everybody_once(both: Office) -> None:
    station = both.station
    applicants(station, MANY)
    first, later = a_month(both), a_month(both, at=PAID)
    notices = Notices(station, together(station, OPENED), chunk=25)
    files = BankFiles(station, together(station, PAID), chunk=25)
    phases = {
        "taken": lambda: first.take(lines(*range(MANY)), CLERK, OPENED),
        "adopted": lambda: first.adopt(STATION, POLICY, OFFICER, OPENED),
        "shown": lambda: notices.publish(STATION, POLICY, OFFICER, OPENED),
        "noticed": lambda: ring(station, PAID),
        "accepted": lambda: later.accept(STATION, POLICY, SECOND, PAID, "示例区自行采用"),
        "ordered": lambda: later.order(STATION, POLICY, SECOND, PAID),
        "sent": lambda: files.make(STATION, SECOND, PAID),
    }
    lives = {name: through_crashes(station.engine, phase) for name, phase in phases.items()}
    assert all(number > 1 for number in lives.values()), lives
    assert list(mistakes(station.engine, MANY)) == []
    with read(station.engine) as connection:
        paid = connection.scalar(select(func.count()).select_from(payment))
        asked = select(case_step.c.case_id).where(case_step.c.kind == "recheck")
        checked = list(connection.scalars(asked))
    assert paid == len(checked) == len(set(checked)) == MANY - len(NOT_LISTED) - len(LACKING)
    assert first.take(lines(*range(MANY)), CLERK, OPENED) == Done(passed_over=MANY)
    assert later.order(STATION, POLICY, SECOND, PAID).done == 0


def test_only_grants_that_nobody_doubts_are_adopted(both: Office) -> None:
    station = both.station
    applicants(station, 10)
    month = a_month(both)
    assert month.take(lines(*range(10)), CLERK, OPENED) == Done(done=10)
    assert month.adopt(STATION, POLICY, OFFICER, OPENED) == Done(done=8, passed_over=2)
    left = {number: of_worker(station, number).standing for number in (5, 7)}
    assert {number: each and (each.conclusion, each.granted) for number, each in left.items()} == {
        5: (Conclusion.NEEDS_INFORMATION, None),
        7: (Conclusion.REFUSED, None),
    }
    assert [case.stage for case in cases(station)].count(Stage.NOTICE) == 8
    assert month.adopt(STATION, POLICY, OFFICER, OPENED) == Done(passed_over=2)


def test_nobody_but_an_officer_of_the_station_has_a_month_decided(office: Office) -> None:
    for act in (a_month(office).adopt, a_month(office).order):
        with pytest.raises(Refused):
            act(STATION, POLICY, CLERK, OPENED)


def test_what_cannot_be_read_or_taken_is_named_by_its_line_and_the_rest_is_taken(
    office: Office, tmp_path: Path
) -> None:
    applicants(office.station, 2)
    number = "699999198504030019"
    unknown = application(0) | {"key": "nobody", "applicant": {"worker": "nobody"}}
    misread = application(0) | {"key": "misread", "applicant": {"worker": {"identity": number}}}
    again = application(1) | {"key": "again"}  # the month is claimed by the line before
    written: list[bytes] = [
        json.dumps(application(0)).encode(),
        b"no JSON " + number.encode(),
        b"",
        b'["an", "array"]',
        b'{"key": "1", "key": "2"}',
        b'{"key": NaN}',
        b'{"key": "\\ud800"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"key": "' + b"x" * (1 << 20) + b'"}',
        json.dumps(misread).encode(),
        json.dumps(unknown).encode(),
        json.dumps(application(1), ensure_ascii=False).encode(),
        json.dumps(again).encode(),
    ]
    path = tmp_path / "applications.jsonl"
    path.write_bytes(b"\n".join(written))
    heard, said = Heard(), list[Refusal]()

    def refuse(of: str, reasons: Any) -> None:
        heard(of, reasons)
        said.extend(reasons)

    month = Month(office.station, office.rule_engine, together(office.station, OPENED), refuse)
    assert month.take(lines_of(path), CLERK, OPENED) == Done(done=2, refused=11)
    found = dict(heard)
    assert {of for of, codes in heard if codes == ("unreadable-line",)} == set("2456789") | {"10"}
    assert (found["12"], found["14"]) == (("not-in-the-ledger",), ("claimed-elsewhere",))
    assert found["11"]  # each field that is wrong
    assert number not in repr(said)
    assert len(cases(office.station)) == 2


def test_a_rival_counter_takes_one_in_between(both: Office) -> None:
    """Between two chunks: what it took under another key is refused here, with where it is claimed."""
    station = both.station
    applicants(station, 6)
    rivals = iter([3])

    def tell(_: Progress) -> None:
        for number in rivals:
            rival = read_application(application(number) | {"key": "elsewhere"})
            station.subsidy_intake.apply(rival, CLERK, OPENED)

    heard = Heard()
    done = a_month(both, heard, chunk=2, tell=tell).take(lines(*range(6)), CLERK, OPENED)
    assert (done, heard) == (Done(done=5, refused=1), [("4", ("claimed-elsewhere",))])
    assert len(cases(station)) == 6


@pytest.mark.postgres
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("key", ["elsewhere", None])
def test_a_rival_counter_is_quicker_within_a_chunk(both: Office, key: str | None) -> None:
    """After it was looked for and before it is written: what the rival wrote decides, and the others are taken."""
    station = both.station
    applicants(station, 5)
    month, heard = a_month(both), Heard()
    month.take(lines(4), CLERK, OPENED)  # so that the law is kept already, and nobody waits for anybody
    fields = application(2) | ({"key": key} if key else {})
    with before_insert(
        station.engine, 3, lambda: station.subsidy_intake.apply(read_application(fields), CLERK, OPENED)
    ):
        done = a_month(both, heard).take(lines(*range(4)), CLERK, OPENED)
    assert heard == ([("3", ("claimed-elsewhere",))] if key else [])
    assert done.done + done.passed_over + done.refused == 4
    assert len(cases(station)) == 5
    assert of_worker(station, 2).standing is None or key is None


@contextmanager
def before_insert(engine: Engine, number: int, rival: Callable[[], object]) -> Iterator[None]:
    """Before the facts of the case of that number are written the rival does its work, once: later it would wait."""
    seen = count(1)

    def act(*arguments: Any) -> None:
        if str(arguments[2]).startswith("INSERT INTO fact ") and next(seen) == number:
            rival()

    event.listen(engine, "before_cursor_execute", act)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", act)


def test_where_no_server_answers_only_cases_without_a_workflow_are_done(office: Office) -> None:
    station = office.station
    applicants(station, 4)
    month = a_month(office)
    month.take(lines(0, 1), CLERK, OPENED)
    all_begun(station)
    month.take(lines(2), CLERK, OPENED)
    heard = Heard()
    alone = Month(station, office.rule_engine, without_workflows(station, OPENED), heard)
    assert alone.adopt(STATION, POLICY, OFFICER, OPENED) == Done(done=1, refused=2)
    assert {codes for _, codes in heard} == {("workflow-away",)}
    assert of_worker(station, 2).stage is Stage.NOTICE


def test_a_case_whose_workflow_has_not_begun_waits_for_it(office: Office) -> None:
    station = office.station
    applicants(station, 2)
    a_month(office).take(lines(0), CLERK, OPENED)
    all_begun(station)
    a_month(office).take(lines(1), CLERK, OPENED)
    heard = Heard()
    do = by_workflows(station, together(station, OPENED))
    month = Month(station, office.rule_engine, do, heard, determined=until_determined(station))
    assert month.adopt(STATION, POLICY, OFFICER, OPENED) == Done(done=1, refused=1)
    assert heard == [(of_worker(station, 1).id, ("workflow-not-begun",))]


def all_begun(station: Station) -> None:
    """As after the engine started every workflow."""
    with write(station.engine) as connection:
        mark_sent(connection, [each.id for each in unsent(connection, MANY)], OPENED)
