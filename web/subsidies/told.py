"""The timeline of a subsidy case in sentences: what a step was about, in words that hold nothing of a person."""

from typing import Any

from cases.acts import Act
from cases.papers import PaperKind
from cases.parts import find
from cases.subsidy import (
    appealing,
    claiming,
    delivering,
    looking,
    new_law,
    noticing,
    paying,
    recovering,
    returning,
    running,
    striking,
)
from rules.unverified import unverified
from web.case.saying import with_words
from web.shown import money
from web.subsidies.naming import event_named, named_part, period_named
from web.subsidies.opened import OpenSubsidy


def subject_of_subsidy(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:
    for told in (_of_notice, _of_payment, _of_running, _of_reviews):
        words = told(opened, act)
        if words is not None:
            return words
    return None


def _of_notice(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:
    speech = opened.speech
    match act:
        case claiming.ClaimPeriods(months=months):
            return speech.list([period_named(speech, month) for month in months])
        case noticing.PublishNotice(notice=notice):
            return notice
        case noticing.SettleObjection(objection=of, upheld=upheld):
            words = speech("成立", "upheld") if upheld else speech("不成立", "not upheld")
            return with_words(opened, _part(opened, opened.case.objections, of), words)
        case looking.AnswerPerson(stands=stands):
            return speech("不予补贴成立", "the refusal stands") if stands else speech("不成立", "it does not stand")
        case _:
            return None


def _of_payment(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:
    speech = opened.speech
    match act:
        case paying.AcceptUnverified(value=value):
            return _clause(opened, value)
        case paying.SendPayment(payment=of, batch=batch):
            return with_words(opened, _payment(opened, of), batch)
        case paying.SettlePayment(payment=of, paid=paid):
            words = speech("已到账", "paid") if paid else speech("银行退回", "returned by the bank")
            return with_words(opened, _payment(opened, of), words)
        case returning.ReturnPayment(payment=of, code=code):
            return with_words(opened, _payment(opened, of), code)
        case paying.OnPayment(payment=of):
            return _payment(opened, of)
        case _:
            return None


def _of_running(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:
    speech = opened.speech
    match act:
        case running.RecordStopEvent(event=event, month=month):
            return with_words(opened, event_named(speech, event), period_named(speech, month))
        case striking.StrikeStopEvent(stop=stop):
            return _part(opened, opened.case.stops, stop)
        case running.CheckMonth(month=month):
            return period_named(speech, month)
        case new_law.ApplyNewLaw(on=on):
            return speech(f"按{on}的政策", f"by the law of {on}")
        case recovering.RecordRepayment(amount_fen=fen):
            return speech(f"{money(fen)} 元", f"{money(fen)} yuan")
        case _:
            return None


def _of_reviews(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:
    speech = opened.speech
    match act:
        case delivering.RecordDelivery(paper=of, way=way):
            paper = find(opened.case.papers, of)
            kind = speech.w(PaperKind(paper.kind).wording) if paper else of
            return with_words(opened, kind, speech.w(way.label))
        case appealing.RecordAppeal(instance=instance, body=body):
            return with_words(opened, speech.w(instance.label), body)
        case appealing.OnReview(review=of, reversed_=wrong):
            words = speech("原决定不成立", "found wrong") if wrong else speech("维持原决定", "the decision stands")
            return with_words(opened, _part(opened, opened.case.reviews, of), words)
        case _:
            return None


def _clause(opened: OpenSubsidy, value: str) -> str:
    """By which a value of the policy stands, whose name is a code."""
    clauses = unverified(opened.policy) if opened.policy else ()
    return next((each.authority.clause for each in clauses if each.name == value), "")


def _payment(opened: OpenSubsidy, payment: str) -> str:
    number = payment.rpartition("-")[2]
    return opened.speech(f"第 {number} 笔", f"No. {number}")


def _part(opened: OpenSubsidy, parts: tuple[Any, ...], part_id: str) -> str:
    found = find(parts, part_id)
    return named_part(opened.speech, found) if found else part_id
