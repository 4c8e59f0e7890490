"""The living list of a worker's needs."""

import pytest

from cases.hardship.needing import AnswerNeed, OpenNeed, SettleNeed
from cases.hardship.serving import EnrolTraining, RecordTalk
from tests.builders import Counter
from tests.cases.hardship.lives import delivered, guided, in_help


def in_need() -> Counter:
    counter = in_help()
    counter.does(OpenNeed("孩子无人看管"), "guide-1")
    return counter


def test_a_need_is_open_until_it_is_settled() -> None:
    counter = in_need()
    [need] = counter.case.needs
    assert (need.id, need.opened_on, need.solved, need.settled_on) == ("need-1", counter.today, None, None)
    assert counter.refused(OpenNeed(" ")) == ["blank"]


def test_a_need_is_answered_by_help_that_was_given() -> None:
    counter = in_need()
    guided(counter)
    delivered(counter, 1)
    counter.does(EnrolTraining("course-1", counter.today))
    counter.does(RecordTalk("employer-1", counter.today, "面谈"))
    given = ("service-1", "referral-1", "training-1", "talk-1")
    for help_given in given:
        counter.does(AnswerNeed("need-1", help_given))
    assert counter.case.needs[0].answered_by == given
    assert counter.case.needs[0].solved is None


def test_what_never_was_answers_nothing() -> None:
    counter = in_need()
    assert counter.refused(AnswerNeed("need-1", "service-1")) == ["unknown"]
    assert counter.refused(AnswerNeed("need-2", "service-1")) == ["unknown", "unknown"]


@pytest.mark.parametrize("solved", [True, False])
def test_a_need_is_settled_once_and_without_a_reason_only_if_solved(solved: bool) -> None:
    counter = in_need()
    counter.later(1)
    if not solved:
        assert counter.refused(SettleNeed("need-1", solved=False, reason=" ")) == ["blank"]
    counter.does(SettleNeed("need-1", solved, "" if solved else "本地没有托管服务"))
    [need] = counter.case.needs
    assert (need.solved, need.settled_on) == (solved, counter.today)
    assert counter.refused(SettleNeed("need-1", solved=True)) == ["settled"]
    assert counter.refused(AnswerNeed("need-1", "service-1")) == ["settled", "unknown"]


def test_a_need_that_nobody_opened_is_unknown() -> None:
    assert in_help().refused(SettleNeed("need-1", solved=True)) == ["unknown"]
