"""The life of a case that is measured: registered, recognised, helped as the plan says, placed, followed up, closed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import uuid4

from activities.intake import read_registration
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import ApproveClosure, ProposeClosure
from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTrainingResult
from cases.hardship.stages import ReferralOutcome, TrainingResult
from cases.hardship.terms import PayUnit, WorkTerms
from cases.identity import check_character
from cases.registration import Registration

Did: TypeAlias = tuple[Act, str]  # the act, and who does it

CASEWORKER, GUIDE, OFFICER, SUPERVISOR = "caseworker-1", "guide-1", "officer-1", "supervisor-1"
# Opened so long ago that all three follow-ups lie behind it: nobody waits for months, and every reminder rings.
AGE: Final = timedelta(days=190)
TERMS: Final = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=24)


@dataclass
class People:
    """Invented ones; the region of their numbers is never issued."""

    registered: int = 0

    def next(self) -> Registration:
        self.registered += 1
        day, ordinal = divmod(self.registered, 1000)
        first = f"999999{date(1985, 1, 1) + timedelta(day):%Y%m%d}{ordinal:03d}"
        known = {"source": "record", "established_on": day_of(datetime.now(UTC) - AGE), "detail": "联网核验"}
        fields: dict[str, Any] = {
            "key": uuid4().hex,
            "station": "station-1",
            "worker": {
                "name": f"示例{self.registered}",
                "identity_number": first + check_character(first),
                "phone": f"139{self.registered:08d}",
                "address": f"示例区示例街道{self.registered}号",
            },
            "limits": {
                "hours": [{"days": [1, 2, 3, 4, 5, 6, 7], "begin": "06:00", "until": "20:00"}],
                "places": ["cn-50-99"],
                "pay_floor_fen": 15_000,
                "pay_floor_unit": "day",
                "health": ["heights"],
            },
            "facts": [{"name": "in_work", "value": False, **known}, {"name": "disabled", "value": True, **known}],
        }
        return read_registration(fields)


def acts(today: date) -> tuple[Did, ...]:
    began = today - AGE + timedelta(days=5)
    return (
        (AdoptDetermination(f"{HARDSHIP}-1"), OFFICER),
        (OpenNeed("孩子放学后无人看管"), CASEWORKER),
        (RecordGuidance(today, "分析技能与岗位要求", GUIDE), GUIDE),
        (AnswerNeed("need-1", "service-1"), CASEWORKER),
        (SettleNeed("need-1", solved=True), CASEWORKER),
        *_referred(1, ReferralOutcome.NOT_HIRED, today),
        *_referred(2, ReferralOutcome.DECLINED_WITH_CAUSE, today),
        (EnrolTraining("course-1", today), CASEWORKER),
        (RecordAttendance("training-1", 40), CASEWORKER),
        (RecordTrainingResult("training-1", TrainingResult.COMPLETED, today), CASEWORKER),
        *_referred(3, ReferralOutcome.HIRED, today),
        (RecordPlacement("employer-1", began, TERMS), CASEWORKER),
        (RecordFollowUp("follow-up-1", began + timedelta(31), still_employed=True, content="在岗"), CASEWORKER),
        (RecordFollowUp("follow-up-2", began + timedelta(91), still_employed=True, content="在岗"), CASEWORKER),
        (RecordFollowUp("follow-up-3", began + timedelta(181), still_employed=True, content="在岗"), CASEWORKER),
        (ProposeClosure(), CASEWORKER),
        (ApproveClosure(), SUPERVISOR),
    )


def _referred(number: int, outcome: ReferralOutcome, today: date) -> tuple[Did, ...]:
    referral = f"referral-{number}"
    return (
        (RecordReferral(f"vacancy-{number}", today), CASEWORKER),
        (DeliverReferral(referral, today, "当面送达"), CASEWORKER),
        (AnswerReferral(referral, confirmed=True), CASEWORKER),
        (RecordReferralOutcome(referral, outcome, today, "本人说明情况"), CASEWORKER),
    )
