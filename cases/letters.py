"""Letters and notices of a station (推荐函、办结通知书、退出告知书): what they tell, why, and where to ask again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cases.hardship.stages import Outcome
from cases.papers import Paper, PaperKind
from cases.parties import Addressee, Cited, Pay, Person, Review
from cases.plans import ServiceKind
from cases.refusals import Refusal, refusal

# Endings that take something from the person, or withhold it: each is told with its reasons.
ADVERSE = frozenset({Outcome.DECLINED, Outcome.MARKET_FAILED, Outcome.EXITED})


@dataclass(frozen=True)
class VacancyOffered:
    """The post a worker is put forward for; `suits` names whom it is marked as fit for (适合大龄劳动者 …)."""

    title: str
    place: str
    hours: str
    pay: Pay | None  # None: the employer did not say
    suits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReferralLetter(Paper):
    """Puts one worker forward for one vacancy. It names no identity number: an employer needs none to meet a person."""

    KIND = PaperKind.REFERRAL_LETTER

    employer: Addressee
    worker: Person
    vacancy: VacancyOffered
    caseworker: Person
    skills: tuple[str, ...]
    reply_by: date
    talk_at: datetime | None = None  # 点对点洽谈
    subsidies: tuple[Cited, ...] = ()  # what hiring this worker opens for the employer
    verified: bool = True  # the post was truth-checked, and its employer verified

    def refusals(self) -> Iterator[Refusal]:
        if self.reply_by < self.issued_on:
            yield refusal(
                "reply-before-letter",
                "回复期限早于发函日期，请更正。",
                "The reply is asked for before the letter is written; correct the day.",
            )


@dataclass(frozen=True)
class ServiceGiven:
    """One piece of help, as the person will recognise it."""

    kind: ServiceKind
    on: date
    summary: str


@dataclass(frozen=True)
class ClosingNotice(Paper):
    """Tells a worker how the case ended, what was done, and why nothing more follows."""

    KIND = PaperKind.CLOSING_NOTICE

    worker: Person
    case_number: str
    opened_on: date
    closed_on: date
    outcome: Outcome
    reasons: tuple[Cited, ...]
    services: tuple[ServiceGiven, ...]
    next_steps: tuple[str, ...]
    review: Review

    def refusals(self) -> Iterator[Refusal]:
        if self.closed_on < self.opened_on:
            yield refusal(
                "closed-before-opened",
                "办结日期早于受理日期，请更正。",
                "The case closes before it opens; correct the days.",
            )
        if self.outcome in ADVERSE and not self.reasons:
            yield refusal(
                "no-reasons",
                "不利于当事人的办理结果必须写明理由和依据。",
                "An ending against the person must state its reasons and their authorities.",
            )
        yield from review_refusals(self.review, self.issued_on)


@dataclass(frozen=True)
class ExitNotice(Paper):
    """Tells a person that help ends on a day, why, and how to object before then."""

    KIND = PaperKind.EXIT_NOTICE

    worker: Person
    case_number: str
    reason: Cited
    exits_on: date
    findings: tuple[str, ...]  # what happened, with days, so that the person can answer it
    still_owed: tuple[str, ...]  # help that goes on, or is still open to the person
    return_from: date | None  # from when a new application is possible; None: at any time
    review: Review

    def refusals(self) -> Iterator[Refusal]:
        if self.exits_on < self.issued_on:
            yield refusal(
                "exit-before-notice",
                "退出日期早于告知日期，请更正。",
                "The exit is dated before its notice; correct the day.",
            )
        if not self.findings:
            yield refusal(
                "no-findings",
                "请写明据以退出的事实和日期，使当事人能够申辩。",
                "State the facts and days the exit rests on, so that the person can answer them.",
            )
        yield from review_refusals(self.review, self.issued_on)


def review_refusals(review: Review, issued_on: date) -> Iterator[Refusal]:
    if review.days < 1 or review.until < issued_on:
        yield refusal(
            "no-time-to-object",
            "复核期限已过或为零，请按规定留出期限。",
            "No time is left to ask for a review; set the term that the rules give.",
        )
