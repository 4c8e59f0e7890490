"""Cases at a point of their life, brought there by their acts alone."""

from datetime import timedelta

from cases.clocks_due import next_alarm
from cases.days import start_of
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import AdoptDetermination, DeterminationMade
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.leaving import ApproveClosure, HandOver, ProposeExit
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTrainingResult
from cases.hardship.stages import ExitReason, ReferralOutcome, TrainingResult
from cases.roles import Role
from tests.builders import Counter, a_counter, some_work

TERM_OVER = 92  # days: its ninetieth is a Sunday, so that the term ends with the Monday


def determined(counter: Counter, policy: str, conclusion: Conclusion = Conclusion.GRANTED) -> str:
    """The engine concludes; the id of its determination."""
    counter.does(DeterminationMade(policy, conclusion, counter.case.facts_seen), Role.ENGINE)
    current = counter.case.current(policy)
    assert current
    return current.id


def recognised(counter: Counter, policy: str = HARDSHIP, conclusion: Conclusion = Conclusion.GRANTED) -> None:
    """An officer adopts what the engine concludes."""
    counter.does(AdoptDetermination(determined(counter, policy, conclusion)), "officer-1")


def guided(counter: Counter) -> None:
    counter.does(RecordGuidance(counter.today, "谈了择业方向", "guide-1"))


def delivered(counter: Counter, number: int) -> str:
    """A referral to the vacancy of that number, delivered to the worker."""
    counter.does(RecordReferral(f"vacancy-{number}", counter.today))
    referral = counter.case.referrals[-1].id
    counter.does(DeliverReferral(referral, counter.today, "当面"))
    return referral


def refer(counter: Counter, number: int, outcome: ReferralOutcome = ReferralOutcome.NOT_HIRED) -> str:
    referral = delivered(counter, number)
    counter.does(AnswerReferral(referral, confirmed=True), "worker-1")
    counter.does(RecordReferralOutcome(referral, outcome, counter.today, "说明"))
    return referral


def trained(counter: Counter) -> None:
    counter.does(EnrolTraining("course-1", counter.today))
    training = counter.case.trainings[-1].id
    counter.does(RecordAttendance(training, 32))
    counter.does(RecordTrainingResult(training, TrainingResult.COMPLETED, counter.today))


def helped(counter: Counter) -> None:
    """Everything that the plan owes is given."""
    guided(counter)
    for number in (1, 2, 3):
        refer(counter, number)
    trained(counter)


def alarms_ring(counter: Counter, days: int) -> None:
    """Days pass, and the engine rings every alarm on the way at its instant."""
    until = counter.now + timedelta(days=days)
    while (alarm := next_alarm(counter.case)) and alarm[1] <= until:
        clock, counter.now, percent = alarm
        counter.does(RingAlarm(clock.id, percent), Role.ENGINE)
    counter.now = until


def in_help() -> Counter:
    counter = a_counter()
    recognised(counter)
    return counter


def fully_helped() -> Counter:
    counter = in_help()
    helped(counter)
    return counter


def market_failed() -> Counter:
    """Everything given, the term over, no work found; a person with employment difficulty."""
    counter = fully_helped()
    recognised(counter, DIFFICULTY)
    alarms_ring(counter, TERM_OVER)
    return counter


def owed_a_post() -> Counter:
    counter = market_failed()
    recognised(counter, PUBLIC_POST)
    return counter


def at_work(counter: Counter, employer: str = "employer-1") -> Counter:
    counter.does(RecordPlacement(employer, counter.today, some_work()))
    return counter


def in_follow_up() -> Counter:
    return at_work(in_help())


def still_at_work(counter: Counter) -> Counter:
    """Every follow-up of the placement, each on its day, finds it kept."""
    placement = counter.case.placement
    assert placement
    for follow_up in counter.case.follow_ups:
        if follow_up.placement_id == placement.id:
            counter.now = max(counter.now, start_of(placement.started_on + timedelta(follow_up.days)))
            counter.does(RecordFollowUp(follow_up.id, counter.today, still_employed=True, content="在岗"))
    return counter


def followed_up() -> Counter:
    return still_at_work(in_follow_up())


def to_leave() -> Counter:
    """An exit is proposed, and its notice is not made yet."""
    counter = in_help()
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人书面申请"))
    return counter


def notified(counter: Counter) -> Counter:
    counter.does(KeepPaper(counter.case.papers[-1].id, "a" * 64, "b" * 64, 1), Role.ENGINE)
    return counter


def told_to_leave() -> Counter:
    return notified(to_leave())


def up_for_closure() -> Counter:
    counter = in_help()
    counter.does(HandOver("示例区残联", "托养服务"))
    return counter


def closed() -> Counter:
    counter = up_for_closure()
    counter.does(ApproveClosure(), "supervisor-1")
    return counter
