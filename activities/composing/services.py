"""The help that was given in a case, as the person will recognise it."""

from collections.abc import Iterator

from activities.composing.ledger import Ledger
from activities.composing.sentences import one_line
from activities.composing.written import Acts
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase, ReferralState, TrainingState
from cases.hardship.serving import Given, RecordGuidance, RecordPolicyBriefing, RecordService, RecordTalk
from cases.hardship.stages import ReferralOutcome, TrainingResult
from cases.letters import ServiceGiven
from cases.plans import ServiceKind
from store import courses, vacancies

GIVING: tuple[type[Act], ...] = (RecordGuidance, RecordPolicyBriefing, RecordService, RecordTalk)
OUTCOMES = {
    ReferralOutcome.HIRED: "录用",
    ReferralOutcome.NOT_HIRED: "用工主体未录用",
    ReferralOutcome.DECLINED_WITH_CAUSE: "本人有正当理由未接受",
    ReferralOutcome.DECLINED_WITHOUT_CAUSE: "本人未接受",
    ReferralOutcome.FILLED_ELSEWHERE: "岗位已满",
    ReferralOutcome.NO_CONTACT: "未能联系",
    None: "结果尚未反馈",
}
RESULTS = {
    TrainingResult.COMPLETED: "合格",
    TrainingResult.FAILED: "未合格",
    TrainingResult.LEFT: "中途退出",
    None: "尚无结果",
}


def services_given(ledger: Ledger, case: HardshipCase, acts: Acts) -> tuple[ServiceGiven, ...]:
    """In the order of their days."""
    given = [*_said(ledger, acts), *_referrals(ledger, case), *_trainings(ledger, case)]
    return tuple(sorted(given, key=lambda each: each.on))


def _said(ledger: Ledger, acts: Acts) -> Iterator[ServiceGiven]:
    for act in acts.of(Given):
        yield ServiceGiven(act.SERVICE, act.held_on, one_line(act.content))
    for talk in acts.of(RecordTalk):
        summary = f"与{ledger.employer_name(talk.employer)}点对点洽谈：{one_line(talk.content)}"
        yield ServiceGiven(ServiceKind.OTHER, talk.held_on, summary)


def _referrals(ledger: Ledger, case: HardshipCase) -> Iterator[ServiceGiven]:
    for referral in case.referrals:
        yield ServiceGiven(ServiceKind.REFERRAL, referral.made_on, _referral(ledger, referral))


def _referral(ledger: Ledger, referral: ReferralState) -> str:
    offered = vacancies.vacancy(ledger.connection, referral.vacancy_id)
    what = f"{ledger.employer_name(offered.employer_id)}：{offered.title}" if offered else referral.vacancy_id
    return f"{what}，{OUTCOMES[referral.outcome]}"


def _trainings(ledger: Ledger, case: HardshipCase) -> Iterator[ServiceGiven]:
    for training in case.trainings:
        yield ServiceGiven(ServiceKind.TRAINING, training.enrolled_on, _training(ledger, training))


def _training(ledger: Ledger, training: TrainingState) -> str:
    found = courses.course(ledger.connection, training.course_id)
    what = f"{found.title}（{found.provider}）" if found else training.course_id
    return f"{what}，出勤{training.hours_attended}课时，{RESULTS[training.result]}"
