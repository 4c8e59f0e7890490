"""What a field can ask the case or the record for."""

from enum import StrEnum


class Ask(StrEnum):
    # Parts of the case.
    DETERMINATION = "determination"
    REFERRAL = "referral"
    TRAINING = "training"
    NEED = "need"
    HELP = "help"  # services, referrals, trainings, talks
    APPOINTMENT = "appointment"
    FOLLOW_UP = "follow-up"
    PAPER = "paper"
    OBJECTION = "objection"
    PAYMENT = "payment"
    REVIEW = "review"
    STOP = "stop"
    # What the law of the place lists.
    EXIT_REASON = "exit-reason"
    PAUSE_REASON = "pause-reason"
    STOP_EVENT = "stop-event"
    UNVERIFIED = "unverified"  # a value of the policy that nobody verified
    # Found in the record.
    FACT = "fact"
    VACANCY = "vacancy"
    EMPLOYER = "employer"
    COURSE = "course"
    GUIDE = "guide"
    CASEWORKER = "caseworker"
    RECEIVING_CASEWORKER = "receiving-caseworker"  # of the station that a transfer goes to
    STAFF = "staff"
    STATION = "station"


PARTS = frozenset(
    {
        Ask.DETERMINATION,
        Ask.REFERRAL,
        Ask.TRAINING,
        Ask.NEED,
        Ask.HELP,
        Ask.APPOINTMENT,
        Ask.FOLLOW_UP,
        Ask.PAPER,
        Ask.OBJECTION,
        Ask.PAYMENT,
        Ask.REVIEW,
        Ask.STOP,
    }
)
# So many that they are searched.
SEARCHED = frozenset({Ask.VACANCY, Ask.EMPLOYER, Ask.COURSE, Ask.STATION})
