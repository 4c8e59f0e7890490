"""The timeline of a hardship case in sentences: what a step of help, of moving or of leaving was about."""

from typing import Any

from cases.acts import Act
from cases.hardship import leaving, moving, needing, placing, referring, serving, waking
from cases.parts import find
from web.case.opened import OpenCase
from web.case.saying import called_of, with_words
from web.case.words import REFERRAL_OUTCOMES, TRAINING_RESULTS

AnyAct = Act[Any, Any]


def subject_of_help(opened: OpenCase, act: AnyAct | None) -> str | None:
    for told in (_of_waking, _of_referrals, _of_trainings, _of_help, _of_moving, _of_leaving):
        words = told(opened, act)
        if words is not None:
            return words
    return None


def _of_waking(opened: OpenCase, act: AnyAct | None) -> str | None:
    speech = opened.speech
    match act:
        case waking.AskAnew(determination=of, applies=applies):
            words = speech("重新申请", "applies anew") if applies else speech("暂不申请", "not now")
            return with_words(opened, called_of(opened, of), words)
        case waking.TurnDay(determination=of):
            return called_of(opened, of)
        case _:
            return None


def _of_referrals(opened: OpenCase, act: AnyAct | None) -> str | None:
    speech, names = opened.speech, opened.names
    match act:
        case referring.RecordReferral(vacancy=vacancy):
            return f"{names.vacancy(vacancy, speech)} · {names.employer_of(vacancy, speech)}"
        case referring.RecordReferralOutcome(referral=of, outcome=outcome):
            return with_words(opened, _numbered(opened, of), speech.w(REFERRAL_OUTCOMES[outcome]))
        case referring.AnswerReferral(referral=of, confirmed=confirmed):
            words = speech("确认", "confirmed") if confirmed else speech("有异议", "contested")
            return with_words(opened, _numbered(opened, of), words)
        case referring.OnReferral(referral=of):
            return _numbered(opened, of)
        case _:
            return None


def _of_trainings(opened: OpenCase, act: AnyAct | None) -> str | None:
    speech = opened.speech
    match act:
        case serving.EnrolTraining(course=course):
            return opened.names.course(course, speech)
        case serving.RecordTrainingResult(training=of, result=result):
            return with_words(opened, _course(opened, of), speech.w(TRAINING_RESULTS[result]))
        case serving.RecordAttendance(training=of, hours=hours):
            return with_words(opened, _course(opened, of), speech(f"{hours} 课时", f"{hours} class hours"))
        case _:
            return None


def _of_help(opened: OpenCase, act: AnyAct | None) -> str | None:
    """Guidance, work found, how it went, and needs."""
    speech = opened.speech
    match act:
        case serving.RecordGuidance(guide=guide):
            return opened.actor(guide)
        case serving.RecordTalk(employer=employer) | placing.RecordPlacement(employer=employer):
            return opened.names.employer(employer, speech)
        case placing.RecordFollowUp(follow_up=of, still_employed=still):
            found = find(opened.case.follow_ups, of)
            days = speech(f"{found.days} 天", f"at {found.days} days") if found else of
            words = speech("仍在岗", "still employed") if still else speech("已失业", "the work was lost")
            return with_words(opened, days, words)
        case needing.SettleNeed(solved=solved):
            return speech("已解决", "solved") if solved else speech("未能解决", "given up")
        case _:
            return None


def _of_moving(opened: OpenCase, act: AnyAct | None) -> str | None:
    """Who has the case, whom it meets and when, and while it stands."""
    speech = opened.speech
    match act:
        case moving.AcceptTransfer(caseworker=who):
            return opened.actor(who)
        case moving.ProposeTransfer(to_station=station):
            return opened.names.station(station)
        case moving.MakeAppointment(at=at, with_staff=who):
            return f"{speech.at(at)} {opened.actor(who)}"
        case moving.KeepAppointment(kept=kept):
            return speech("已履行", "kept") if kept else speech("未履行", "not kept")
        case moving.Pause(reason=reason):
            listed = opened.law.pause_reasons.get(reason)
            return speech.w(listed) if listed else reason
        case _:
            return None


def _of_leaving(opened: OpenCase, act: AnyAct | None) -> str | None:
    speech, law = opened.speech, opened.law
    match act:
        case leaving.ProposeExit(reason=reason):
            return speech.w(law.exits[reason].title) if reason in law.exits else reason
        case leaving.DecideReview(upheld=upheld):
            return speech("维持退出", "the exit stands") if upheld else speech("不维持", "not upheld")
        case leaving.HandOver(body=body):
            return body
        case _:
            return None


def _numbered(opened: OpenCase, referral: str) -> str:
    number = referral.rpartition("-")[2]
    found = find(opened.case.referrals, referral)
    which = opened.speech(f"第 {number} 次推荐", f"referral {number}")
    return f"{which} · {opened.names.vacancy(found.vacancy_id, opened.speech)}" if found else which


def _course(opened: OpenCase, training: str) -> str:
    found = find(opened.case.trainings, training)
    return opened.names.course(found.course_id, opened.speech) if found else training
