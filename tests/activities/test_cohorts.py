"""What a change of the law does to real subsidy cases, before it is published; and how they are asked anew after."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from activities.cohort_follow_up import FollowUps
from activities.desk import Desk, EngineAway
from activities.records import Records
from activities.replaying import Came, Replay
from cases.cohorts import FollowUp, Standing
from cases.commands import Command, Receipt
from cases.days import ONE_DAY
from cases.determinations import Conclusion
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import Step
from cases.subsidy.claiming import WithdrawApplication
from cases.subsidy.determining import ConfirmDeparture, DepartFromDetermination
from cases.subsidy.running import Finish
from cases.subsidy.stages import Stage
from rules.simulated_effects import Effect
from store.cases import load_subsidy
from store.engine import read, write
from store.policy_files import withdraw
from store.policy_proposals import Withdrawal
from store.scope import Reach, Scope
from store.seed import plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.steps import step_key
from store.tables.cases import audit_event, case_step
from store.tables.cohorts import cohort_case
from tests.activities.both import both
from tests.activities.district import ALL, OFFICER, District
from tests.activities.office import Office
from tests.cohort_drafts import (
    A_MONTH,
    GAINS,
    GETS_LESS,
    GETS_MORE,
    LESS,
    LOSES,
    MORE,
    STAYS,
)

__all__ = ["both"]
EVERYWHERE = Scope((Reach(Role.AUDITOR, "/", below=True),))
REACHING_BACK: Final = date(2026, 1, 1)  # before anybody applied


@dataclass(frozen=True)
class AtOnce(Desk):
    """In the place of the workflow engine: the act is written when it is sent."""

    at: datetime = datetime.min  # noqa: DTZ901  # given by whoever makes it
    away: bool = False

    async def submit_of_engine(self, case_id: str, command: Command) -> Receipt:
        if self.away:
            raise EngineAway(command.key)
        with read(self.engine) as connection:
            case = load_subsidy(connection, case_id)
        records = Records(self.engine, self.keyring, self.policies)
        done = records.commit_step(Step(case, step_key(case_id, "act", command.key), command, self.at))
        if done.receipt is None:
            raise Refused(done.refusals)
        return done.receipt


@pytest.fixture
def district(both: Office) -> District:
    """On each database in turn."""
    return with_officers(both)


@pytest.fixture
def here(office: Office) -> District:
    """On one of them, where nothing turns on which."""
    return with_officers(office)


def with_officers(office: Office) -> District:
    with write(office.station.engine) as connection:
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, office.now)
    return District(office)


async def asked(district: District, **changes: Any) -> int:
    """One round of the loop of a worker."""
    station, now = district.office.station, district.office.now
    desk = AtOnce(None, station.engine, station.keyring, station.policies, at=now, **changes)  # type: ignore[arg-type]
    return await FollowUps(desk).follow_up(now)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def test_a_report_says_who_gains_loses_gets_more_or_less_and_what_it_comes_to(district: District) -> None:
    district.applies("paid, less", GETS_LESS).is_paid()
    district.applies("refused", GAINS)
    district.applies("granted", LOSES).is_granted()
    district.applies("granted, more", GETS_MORE).is_granted()
    district.applies("as it was", STAYS)
    district.applies("erased", STAYS)
    given_up = district.applies("given up", GETS_MORE)
    given_up.does(WithdrawApplication("不再申请"))
    district.erases("erased")
    district.changes(district.office.today + timedelta(days=30))
    assert district.report() == {
        "paid, less": Effect.LESS,
        "refused": Effect.GAINS,
        "granted": Effect.LOSES,
        "granted, more": Effect.MORE,
        "as it was": Effect.SAME,
    }
    report = district.cohorts.newest("proposal-1")
    assert report
    assert (report.cohort.cases, report.cohort.untried) == (5, {"erased": 1})
    assert (report.total.before_fen, report.total.after_fen) == (4 * A_MONTH, LESS + A_MONTH + MORE + A_MONTH)
    assert report.top_up_fen == A_MONTH + (MORE - A_MONTH)
    assert report.recovery_fen == A_MONTH - LESS
    assert {case.standing for case in report.cases} == {Standing.PAID, Standing.OPEN}
    assert len(report.reached) == 4
    with read(district.office.station.engine) as connection:
        query = select(audit_event.c.actor, audit_event.c.reason).where(audit_event.c.kind == "cohort-report")
        assert connection.execute(query).all() == [(OFFICER, "6")]
    with pytest.raises(DBAPIError, match="append-only"), write(district.office.station.engine) as connection:
        connection.execute(update(cohort_case).values(after_fen=1))


def test_what_an_officer_granted_against_the_rules_is_not_due_a_second_time(here: District) -> None:
    counter = here.applies("departed", GAINS)
    found = counter.made.policy
    departs = DepartFromDetermination(f"{found}-1", granted=True, reason="登记遗漏", amount_fen=A_MONTH)
    counter.does(departs, "officer-1")
    counter.does(ConfirmDeparture(f"{found}-1"), "officer-2")
    here.changes(here.office.today + ONE_DAY)
    assert here.report() == {"departed": Effect.GAINS}
    report = here.cohorts.newest("proposal-1")
    assert report
    assert (report.top_up_fen, report.recovery_fen) == (0, 0)


async def test_once_published_each_case_is_entered_once_and_asked_once_on_the_day(district: District) -> None:
    district.applies("more", GETS_MORE).is_granted()
    district.applies("erased later", GETS_LESS).is_granted()
    since = district.office.today + timedelta(days=3)
    district.changes(since)
    with pytest.raises(Refused) as refused:
        district.follows_up()
    assert codes(refused) == ["not-published"]
    district.office.now += timedelta(days=1)
    district.publishes()
    with pytest.raises(Refused) as refused:
        district.follows_up()
    assert codes(refused) == ["no-cohort"]
    assert district.report() == {"more": Effect.MORE, "erased later": Effect.LESS}  # also of what is published
    assert (district.follows_up(), district.follows_up()) == (2, 0)
    assert await asked(district) == 0
    district.office.now += timedelta(days=2)
    assert await asked(district, away=True) == 0
    assert set(district.states.values()) == {FollowUp.WAITING}
    district.erases("erased later")
    assert (await asked(district), await asked(district)) == (2, 0)
    assert district.states == {"more": FollowUp.DECIDING, "erased later": FollowUp.REFUSED}
    assert [step for step in _steps(district, "more") if step == "apply-new-law"] == ["apply-new-law"]


def _steps(district: District, name: str) -> list[str]:
    with read(district.office.station.engine) as connection:
        query = select(case_step.c.kind).where(case_step.c.case_id == district.case(name).id)
        return list(connection.execute(query).scalars())


@pytest.mark.parametrize("staff", ["manager-1", "officer-1", "nobody"])
def test_only_policy_officers_make_reports_and_follow_up(here: District, staff: str) -> None:
    here.changes(here.office.today + ONE_DAY)
    with pytest.raises(Refused) as refused:
        here.cohorts.report("proposal-1", staff, ALL, here.office.now)
    assert codes(refused) == ["not-a-policy-officer"]
    with pytest.raises(Refused) as refused:
        here.cohorts.open_follow_ups("proposal-1", staff, here.office.now)
    assert codes(refused) == ["not-a-policy-officer"]


def test_a_proposal_that_is_not_there_or_was_withdrawn_has_no_report(here: District) -> None:
    with pytest.raises(Refused) as refused:
        here.report()
    assert codes(refused) == ["no-such-proposal"]
    here.changes(here.office.today + ONE_DAY)
    with write(here.office.station.engine) as connection:
        withdraw(connection, here.office.station.keyring, "proposal-1", Withdrawal(OFFICER, here.office.now, "撤"))
    with pytest.raises(Refused) as refused:
        here.report()
    assert codes(refused) == ["withdrawn-already"]


async def test_a_law_that_reaches_back_is_applied_as_it_is_known_now(district: District) -> None:
    """Of a case determined since its first day, by the law as it was: the later text decides, and replays."""
    paid = district.applies("paid, less", GETS_LESS)
    paid.is_paid()
    paid.does(Finish("不再从事灵活就业"))
    refused = district.applies("refused", GAINS)
    refused.is_granted()
    old = paid.made.policy_hash
    district.changes(REACHING_BACK, published=district.office.today + ONE_DAY)
    district.report()
    district.office.now += timedelta(days=1)
    district.publishes()
    assert district.follows_up() == 2
    assert await asked(district) == 2
    paid, refused = district.catches_up("paid, less"), district.catches_up("refused")
    assert paid.made.policy_hash != old
    assert paid.made.amount_fen == LESS
    assert refused.made.conclusion is Conclusion.GRANTED
    assert paid.unaccepted()  # whoever answered for the values of the old law has not answered for these
    paid.is_granted()
    refused.is_granted()
    assert district.states == {"paid, less": FollowUp.RECOVERY, "refused": FollowUp.TOP_UP}
    assert (paid.case.stage, paid.case.overpaid_fen) == (Stage.RECOVERY, A_MONTH - LESS)
    assert (refused.case.stage, refused.case.due_fen) == (Stage.NOTICE, A_MONTH)
    station = district.office.station
    again = station.replaying.replay(
        Replay(), "auditor-2", EVERYWHERE, district.office.now, verdicts=district.office.rule_engine.verdicts
    )
    assert {each.came for each in again} == {Came.SAME}


async def test_where_the_rules_come_to_the_same_the_decision_stands(here: District) -> None:
    """The report said otherwise; what was learned since made it the same."""
    counter = here.applies("granted", LOSES)
    counter.is_granted()
    since = here.office.today + ONE_DAY
    here.changes(since)
    assert here.report() == {"granted": Effect.LOSES}
    counter.learns("local_hukou", value=True)
    here.office.now += timedelta(days=1)
    here.publishes()
    here.follows_up()
    await asked(here)
    counter = here.catches_up("granted")
    assert counter.case.standing
    assert (counter.case.standing.granted, counter.case.stage) == (True, Stage.NOTICE)
