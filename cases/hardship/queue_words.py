"""The queue in words: what is to be done next, and how soon; the kind of day is always said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.calendars import Calendar
from cases.days import day_of
from cases.hardship.buckets import Bucket, Horizon, days_apart, due_day
from cases.hardship.progress import ACTS
from cases.hardship.queueing import COURSE, EMPLOYER, OFFICER, SECOND_OFFICER, WORKER, Turn
from cases.hardship.roads import Stop, StopState
from cases.plans import ServiceKind
from cases.wording import Wording

DETERMINATION_ACTS: Final = {
    "adopt-determination": Wording("决定{of}", "Decide on {of}"),
    "depart-from-determination": Wording("判断并决定{of}", "Judge and decide {of}"),
    "confirm-departure": Wording("复核对{of}的偏离决定", "Second the departure from {of}"),
    "record-fact": Wording("补充{of}所需的事实", "Add the facts for {of}"),
    "ask-anew": Wording("询问是否重新申请{of}", "Ask about applying anew: {of}"),
}
POLICIES: Final = {
    "hardship-worker": Wording("困难零工认定", "hardship worker"),
    "employment-difficulty": Wording("就业困难人员认定", "employment difficulty"),
    "public-post": Wording("公益性岗位认定", "public-welfare post"),
}
PLAIN: Final = {
    "record-guidance": Wording("做职业指导", "Give guidance"),
    "enrol-training": Wording("报名技能培训", "Enrol in a training"),
    "record-policy-briefing": Wording("做政策宣讲", "Give a policy briefing"),
    "record-placement": Wording("安置公益性岗位", "Place in a public-welfare post"),
    "approve-closure": Wording("审批办结", "Decide on the closure"),
    "accept-transfer": Wording("接收移交的个案", "Accept the transferred case"),
    "decide-review": Wording("复核退出", "Review the exit"),
    "resume": Wording("恢复办理", "Resume the case"),
}
NUMBERED: Final = {
    "deliver-referral": Wording("送达第 {n} 次推荐", "Deliver referral {n}"),
    "record-referral-outcome": Wording("查明第 {n} 次推荐的结果", "Find out what came of referral {n}"),
    "record-training-result": Wording("登记第 {n} 次培训的结果", "Record the result of training {n}"),
    "record-follow-up": Wording("第 {n} 次回访", "Follow-up {n}"),
}
KINDS: Final = {
    ServiceKind.GUIDANCE: Wording("职业指导", "Guidance"),
    ServiceKind.REFERRAL: Wording("岗位推荐", "Referrals"),
    ServiceKind.TRAINING: Wording("技能培训", "Training"),
    ServiceKind.POLICY_BRIEFING: Wording("政策宣讲", "Briefing"),
    ServiceKind.OTHER: Wording("其他服务", "Other help"),
}
AWAITED: Final = {
    EMPLOYER: Wording("等用工主体答复第 {n} 次推荐", "Await the employer’s answer on referral {n}"),
    COURSE: Wording("等第 {n} 次培训的结果", "Await the result of training {n}"),
    WORKER: Wording("等本人确认第 {n} 次推荐", "Await the worker’s word on referral {n}"),
}


def what_next(act: str | None, about: str | None, waiting_for: Wording | None, stops: Sequence[Stop] = ()) -> Wording:
    """An imperative, the text of the link to the form."""
    number = (about or "").rpartition("-")[2]
    if waiting_for is not None:
        return _awaited(waiting_for, about, number)
    if act is None:
        return Wording("查看个案", "Look at the case")
    if act in NUMBERED:
        return _filled(NUMBERED[act], n=number)
    if act in DETERMINATION_ACTS:
        of = POLICIES.get((about or "").rpartition("-")[0], Wording("认定", "the determination"))
        return Wording(DETERMINATION_ACTS[act].zh.format(of=of.zh), DETERMINATION_ACTS[act].en.format(of=of.en))
    if act == "record-referral":
        counted = sum(stop.counted for stop in stops if stop.kind is ServiceKind.REFERRAL)
        return _filled(Wording("做第 {n} 次有效的岗位推荐", "Make referral {n} that counts"), n=counted + 1)
    return PLAIN.get(act) or ACTS[act].TITLE


def _awaited(waiting_for: Wording, about: str | None, number: str) -> Wording:
    of = POLICIES.get((about or "").rpartition("-")[0])
    if of and waiting_for == OFFICER:
        return Wording(f"等审批人决定{of.zh}", f"Await the officer’s decision on {of.en}")
    if of and waiting_for == SECOND_OFFICER:
        return Wording(f"等第二人复核{of.zh}", f"Await the second officer’s word on {of.en}")
    pattern = AWAITED.get(waiting_for)
    return _filled(pattern, n=number) if pattern and number.isdecimal() else waiting_for


def _filled(pattern: Wording, n: object) -> Wording:
    return Wording(pattern.zh.format(n=n), pattern.en.format(n=n))


def plan_words(stops: Sequence[Stop]) -> Wording:
    """What the small road says: the first item that is not proved, in figures."""
    if not stops:
        return Wording("方案未定", "No plan yet")
    for stop in stops:
        if stop.counted < len(stop.states) and StopState.CANNOT not in stop.states:
            figures = f"{stop.counted}/{len(stop.states)}"
            return Wording(f"{KINDS[stop.kind].zh} {figures}", f"{KINDS[stop.kind].en} {figures}")
    left = next((stop for stop in stops if StopState.CANNOT in stop.states), None)
    if left:
        return Wording(f"{KINDS[left.kind].zh}不再进行", f"{KINDS[left.kind].en} not given")
    return Wording("方案已完成", "Plan complete")


@dataclass(frozen=True)
class DueWords:
    """What a due chip says, how it looks, and the day under it (`day`: which day that line speaks of)."""

    look: str
    words: Wording
    under: Wording | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Dated:
    """What of a row its chip speaks of."""

    turn: Turn
    due_at: datetime | None
    due_counts: str | None
    since: datetime
    waiting_for: Wording | None


def due_words(row: Dated, horizon: Horizon, calendar: Calendar) -> DueWords:
    bucket = horizon.bucket(row.turn, row.due_at)
    if bucket in (Bucket.WAITING, Bucket.RETURNED, Bucket.PAUSED):
        return _standing(bucket, row, (horizon.today - day_of(row.since)).days)
    if row.due_at is None:
        return DueWords("later", Wording("没有期限", "No due date"))
    day = due_day(row.due_at)
    if bucket is Bucket.OVERDUE:
        late = days_apart(day, horizon.today, row.due_counts, calendar)
        kind = counted_days(late, row.due_counts)
        words = Wording(f"逾期 {kind.zh}", f"{kind.en} over") if late else _OVER_TODAY
        return DueWords("overdue", words, Wording("应于", "was due"), row.due_at)
    if bucket is Bucket.TODAY:
        return DueWords("today", Wording("今天到期", "Due today"), at=row.due_at)
    left = days_apart(horizon.today, day, row.due_counts, calendar)
    kind = counted_days(left, row.due_counts)
    return DueWords(bucket.value, Wording(f"还剩 {kind.zh}", f"{kind.en} left"), at=row.due_at)


def _standing(bucket: Bucket, row: Dated, gone: int) -> DueWords:
    """Of a row that waits for somebody: how long it has stood so; where time was skipped, it may begin after today."""
    if bucket is Bucket.RETURNED:
        return DueWords("returned", Wording("退回", "Returned"), at=row.since)
    if bucket is Bucket.PAUSED:
        under = Wording(f"已停 {gone} 天", f"paused {gone} {_days(gone)}") if gone > 0 else _SINCE_TODAY
        return DueWords("waiting", Wording("已暂停", "Paused"), under)
    under = Wording(f"已等 {gone} 天", f"{gone} {_days(gone)}") if gone > 0 else _SINCE_TODAY
    return DueWords("waiting", row.waiting_for or Wording("等待对方", "Waiting"), under, row.due_at)


_SINCE_TODAY: Final = Wording("今天起", "since today")
_OVER_TODAY: Final = Wording("今天已过时限", "Over since today")


def counted_days(number: int, counts: str | None) -> Wording:
    """Days with their kind, which is always said."""
    if counts == "working":
        return Wording(f"{number} 个工作日", f"{number} working {_days(number)}")
    return Wording(f"{number} 天（自然日）", f"{number} natural {_days(number)}")


def _days(number: int) -> str:
    return "day" if number == 1 else "days"
