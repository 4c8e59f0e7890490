"""Proof of duty (履职证明): whether each item of the plan was really given, and by name what is still missing.

A box ticked proves nothing. A guidance needs guide, date and content; a referral a live and truth-checked vacancy of a
verified employer that meets the worker's hard constraints, delivered, with its outcome known and not contested (duties
A11, A12, E4); a training its course, attendance and result.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cases.hardship.case import Condition, HardshipCase, ReferralState, ServiceState, TrainingState
from cases.hardship.record import EmployerSeen, VacancySeen
from cases.hardship.stages import ReferralOutcome, TrainingResult
from cases.plans import PlanItem, ServiceKind, ServicePlan
from cases.wording import Wording

CONDITIONS = {
    "vacancy-live": Wording("推荐当日岗位有效", "The vacancy was live on the day"),
    "vacancy-truth-checked": Wording("岗位信息经真实性审查", "The vacancy was truth-checked"),
    "employer-verified": Wording("用工主体经核实", "The employer was verified"),
    "meets-hours": Wording("符合本人工时限制", "It meets the worker's limit on hours"),
    "meets-place": Wording("符合本人地点限制", "It meets the worker's limit on place"),
    "meets-pay-floor": Wording("不低于本人薪酬底线", "It meets the worker's pay floor"),
    "meets-health": Wording("符合本人健康状况", "It suits the worker's health"),
    "delivered": Wording("已送达本人", "It was delivered to the worker"),
    "outcome-known": Wording("结果已知", "Its outcome is known"),
    "not-contested": Wording("本人没有异议", "The worker did not contest it"),
    "not-refused-without-cause": Wording("本人没有无正当理由拒绝", "The worker did not refuse it without cause"),
    "distinct-employer": Wording("与其他推荐的用工主体不同", "Its employer differs from the other referrals'"),
    "described": Wording("记录了服务内容", "What was done is recorded"),
    "attended": Wording("有出勤记录", "Attendance is recorded"),
    "result-known": Wording("有结业结果", "Its result is known"),
    "completed": Wording("未中途退出", "It was not broken off"),
}

# What is not known yet on the day a service begins, and what ends it.
RESULTS = frozenset({"outcome-known", "result-known"})
TO_COME = RESULTS | {"delivered", "attended"}


@dataclass(frozen=True)
class ServiceProof:
    """One service, and whether it counts."""

    id: str
    conditions: tuple[Condition, ...]

    @property
    def counts(self) -> bool:
        return all(condition.met is True for condition in self.conditions)

    @property
    def failed(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.met is not True)

    @property
    def pending(self) -> bool:
        """Whether it may still come to count: what is missing is only what time brings."""
        missing = {condition.name for condition in self.failed}
        return missing <= TO_COME and bool(missing & RESULTS)


@dataclass(frozen=True)
class ItemProof:
    item: PlanItem
    services: tuple[ServiceProof, ...]

    @property
    def counted(self) -> int:
        return sum(service.counts for service in self.services)

    @property
    def proved(self) -> bool:
        return self.counted >= self.item.count


def prove(plan: ServicePlan, case: HardshipCase) -> tuple[ItemProof, ...]:
    return tuple(ItemProof(item, tuple(_services(item, case))) for item in plan.items)


def required_proved(plan: ServicePlan, case: HardshipCase) -> bool:
    return all(proof.proved for proof in prove(plan, case) if proof.item.required)


def referral_conditions(vacancy: VacancySeen, employer: EmployerSeen) -> tuple[Condition, ...]:
    """The conditions that are settled on the day a referral is made, and frozen with it."""
    return (
        Condition("vacancy-live", vacancy.live),
        Condition("vacancy-truth-checked", vacancy.truth_checked),
        Condition("employer-verified", employer.verified),
        Condition("meets-hours", vacancy.meets_hours),
        Condition("meets-place", vacancy.meets_place),
        Condition("meets-pay-floor", vacancy.meets_pay_floor),
        Condition("meets-health", vacancy.meets_health),
    )


def _services(item: PlanItem, case: HardshipCase) -> Iterator[ServiceProof]:
    match item.kind:
        case ServiceKind.REFERRAL:
            yield from _referrals(item, case.referrals)
        case ServiceKind.TRAINING:
            yield from (ServiceProof(t.id, _training(t)) for t in case.trainings)
        case _:
            yield from (ServiceProof(s.id, _service(s)) for s in case.services if s.kind is item.kind)


def _referrals(item: PlanItem, referrals: tuple[ReferralState, ...]) -> Iterator[ServiceProof]:
    """In the order they were made: of two with one employer the first that counts keeps the count."""
    employers: set[str] = set()
    for referral in referrals:
        own = _referral(item, referral)
        counts = all(condition.met is True for condition in own)
        repeated = referral.employer in employers
        if counts and not repeated:
            employers.add(referral.employer)
        extra = (Condition("distinct-employer", not repeated),) if item.distinct_employers else ()
        yield ServiceProof(referral.id, (*own, *extra))


def _referral(item: PlanItem, referral: ReferralState) -> tuple[Condition, ...]:
    conditions = [
        *referral.conditions,
        Condition("delivered", referral.delivered_on is not None),
        Condition("outcome-known", referral.outcome is not None),
        Condition("not-contested", referral.confirmed is not False),
    ]
    if not item.refusal_counts:
        refused = referral.outcome is ReferralOutcome.DECLINED_WITHOUT_CAUSE
        conditions.append(Condition("not-refused-without-cause", not refused))
    return tuple(conditions)


def _training(training: TrainingState) -> tuple[Condition, ...]:
    return (
        Condition("attended", training.hours_attended > 0),
        Condition("result-known", training.result is not None),
        Condition("completed", training.result is not TrainingResult.LEFT),
    )


def _service(service: ServiceState) -> tuple[Condition, ...]:
    return (Condition("described", service.described),)
