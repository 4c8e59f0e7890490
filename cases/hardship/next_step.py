"""What comes next in a case, for whom, and why (下一步)."""

from collections.abc import Iterator
from typing import TypeAlias

from cases import next_steps as coming
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase
from cases.hardship.determining import DECIDING_STAGES, no_longer_asked
from cases.hardship.leaving import closable_as
from cases.hardship.moving import AcceptTransfer
from cases.hardship.placing import follow_ups_held
from cases.hardship.proofs import ItemProof, prove
from cases.hardship.stages import Stage
from cases.hardship.turns import asked_by, to_ask
from cases.plans import ServiceKind, ServicePlan
from cases.roles import Role
from cases.wording import Wording

BY_KIND = {
    ServiceKind.GUIDANCE: "record-guidance",
    ServiceKind.REFERRAL: "record-referral",
    ServiceKind.TRAINING: "enrol-training",
    ServiceKind.POLICY_BRIEFING: "record-policy-briefing",
    ServiceKind.OTHER: "record-service",
}
# What each determination is about, in a sentence.
CALLED = {
    HARDSHIP: Wording("困难零工认定", "hardship worker"),
    DIFFICULTY: Wording("就业困难人员认定", "person with employment difficulty"),
    PUBLIC_POST: Wording("公益性岗位安置认定", "public-welfare post"),
}


NextStep: TypeAlias = coming.NextStep


def next_steps(case: HardshipCase, plan: ServicePlan) -> Iterator[NextStep]:
    if case.closed:
        return
    if case.paused:
        yield NextStep("resume", Role.CASEWORKER, Wording("个案已暂停", "The case is paused"))
    if case.transfer and case.stage in AcceptTransfer.DURING:
        yield NextStep("accept-transfer", Role.SUPERVISOR, Wording("移交待接收", "A transfer waits to be accepted"))
    if case.paused:
        return
    if case.stage in DECIDING_STAGES:
        yield from map(asking, to_ask(case))
        yield from _determinations(case)
    yield from _of_stage(case, plan)


def asking(found: DeterminationState) -> NextStep:
    """The worker is to be asked on the day on which a determination turns."""
    return NextStep("ask-anew", Role.CASEWORKER, turned(found), found.id, due_at=asked_by(found))


def turned(found: DeterminationState) -> Wording:
    """From when on a new application would come out how."""
    called, to = CALLED[found.policy], found.turns_to
    label = to.label if to else Wording("", "")
    return Wording(
        f"{found.turns_on}起申请的，{called.zh}的结论会是“{label.zh}”：请询问本人是否重新申请",
        f"Applied for from {found.turns_on} on, “{called.en}” would come out “{label.en}”: "
        "ask the worker whether to apply anew",
    )


def _determinations(case: HardshipCase) -> Iterator[NextStep]:
    for policy in (HARDSHIP, DIFFICULTY, PUBLIC_POST):
        current = case.current(policy)
        if current and current.granted is None and not any(no_longer_asked(case, current)):
            yield _determination(current)


def _determination(current: DeterminationState) -> NextStep:
    called, about = CALLED[current.policy], current.id
    if current.departing is not None:
        why = Wording(
            f"对{called.zh}（{about}）的偏离决定待第二人复核",
            f"The departure from the determination “{called.en}” ({about}) waits for a second person",
        )
        return NextStep("confirm-departure", Role.OFFICER, why, about)
    if current.conclusion.adoptable:
        why = Wording(
            f"{called.zh}（{about}）待决定", f"The determination “{called.en}” ({about}) waits for a decision"
        )
        return NextStep("adopt-determination", Role.OFFICER, why, about)
    if current.conclusion is Conclusion.NEEDS_INFORMATION:
        why = Wording(
            f"{called.zh}（{about}）需要补充事实", f"The determination “{called.en}” ({about}) needs more facts"
        )
        return NextStep("record-fact", Role.CASEWORKER, why, about)
    why = Wording(
        f"{called.zh}（{about}）须由审批人判断", f"The determination “{called.en}” ({about}) is for an officer to judge"
    )
    return NextStep("depart-from-determination", Role.OFFICER, why, about)


def _of_stage(case: HardshipCase, plan: ServicePlan) -> Iterator[NextStep]:
    match case.stage:
        case Stage.HELP:
            yield from (_owed(proof) for proof in prove(plan, case) if not proof.proved)
            yield from _open_services(case)
            if closable_as(case):
                yield NextStep("propose-closure", Role.CASEWORKER, Wording("帮扶期满未就业", "The help term is over"))
        case Stage.POST:
            why = Wording("符合公益性岗位安置条件", "A public-welfare post is owed")
            yield NextStep("record-placement", Role.CASEWORKER, why)
        case Stage.FOLLOW_UP:
            yield from _follow_ups(case)
        case Stage.EXIT_NOTICE if case.exit and case.exit.review_asked_at:
            yield NextStep("decide-review", Role.OFFICER, Wording("本人申请复核", "The worker asked for a review"))
        case Stage.CLOSING:
            yield NextStep("approve-closure", Role.SUPERVISOR, Wording("办结待批准", "Closure waits for approval"))
        case _:
            pass


def _owed(proof: ItemProof) -> NextStep:
    why = Wording(
        f"{proof.item.title.zh}：已证明{proof.counted}次，应有{proof.item.count}次",
        f"{proof.item.title.en}: {proof.counted} proved of {proof.item.count}",
    )
    return NextStep(BY_KIND[proof.item.kind], Role.CASEWORKER, why, item=proof.item.id)


def _open_services(case: HardshipCase) -> Iterator[NextStep]:
    for referral in case.referrals:
        if referral.delivered_on is None:
            why = Wording(f"{referral.id}尚未送达本人", f"{referral.id} is not delivered yet")
            yield NextStep("deliver-referral", Role.CASEWORKER, why, referral.id)
        elif referral.outcome is None:
            why = Wording(f"{referral.id}结果未知", f"The outcome of {referral.id} is not known yet")
            yield NextStep("record-referral-outcome", Role.CASEWORKER, why, referral.id)
    for training in case.trainings:
        if training.result is None:
            why = Wording(f"{training.id}尚无结果", f"{training.id} has no result yet")
            yield NextStep("record-training-result", Role.CASEWORKER, why, training.id)


def _follow_ups(case: HardshipCase) -> Iterator[NextStep]:
    if follow_ups_held(case):
        why = Wording("回访已全部完成", "Every follow-up was held")
        yield NextStep("propose-closure", Role.CASEWORKER, why)
        return
    for follow_up in case.follow_ups:
        if follow_up.held_on is None and case.placement and follow_up.placement_id == case.placement.id:
            why = Wording(f"安置后{follow_up.days}天回访", f"Follow-up {follow_up.days} days after the placement")
            yield NextStep("record-follow-up", Role.CASEWORKER, why, follow_up.id)
            return
