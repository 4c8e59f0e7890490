"""Every act that people do has a form, and what the form sends is the act."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from random import Random
from typing import Any, get_type_hints

import pytest

from activities.bootstrap import load_policies
from cases.acts import Act, refusals
from cases.case import Case
from cases.case_kinds import CaseKind
from cases.commands import HARDSHIP_ACTS, SUBSIDY_ACTS, Acts, AnyAct
from cases.contract_parts import HoursSystem, PayChannel, PayForm
from cases.facts import SourceKind
from cases.hardship.determining import RecordFact
from cases.hardship.placing import RecordPlacement
from cases.hardship.terms import PartyDetails, PayUnit
from cases.subsidy.determining import RecordFact as OfSubsidies
from cases.subsidy.running import RecordStopEvent
from rules.schema import Fact
from rules.types import Choice, Records
from tests.builders import some_work
from tests.cases.hardship.lives import (
    closed,
    fully_helped,
    in_follow_up,
    market_failed,
    owed_a_post,
    told_to_leave,
    up_for_closure,
)
from tests.cases.hardship.random_acts import a_random_act as a_random_act_of_hardship
from tests.cases.subsidy import counter as subsidies
from tests.cases.subsidy.random_acts import a_random_act as a_random_act_of_subsidies
from web.acts.all_forms import FORMS_OF
from web.acts.described import ActForm
from web.acts.forms import FORMS
from web.acts.reading import act_values, paths, sent_act
from web.acts.words import EVERY_LIST, FACT_MEMBERS
from web.forms import Form

BEGINNINGS = (fully_helped, market_failed, owed_a_post, in_follow_up, told_to_leave, up_for_closure, closed)
OF_SUBSIDIES = (
    subsidies.a_counter,
    subsidies.granted,
    subsidies.in_notice,
    subsidies.in_payment,
    subsidies.running,
    subsidies.refused,
    subsidies.overpaid,
    subsidies.closed,
)
ACTS_OF: dict[CaseKind, Acts[Any]] = {CaseKind.HARDSHIP: HARDSHIP_ACTS, CaseKind.SUBSIDY: SUBSIDY_ACTS}
KINDS = [(of, kind) for of, acts in ACTS_OF.items() for kind in acts.of_people]
TRIES = 60
A_MONTH = re.compile("[0-9]{4}-(0[1-9]|1[0-2])")


@cache
def declared() -> dict[str, Fact]:
    return dict(load_policies().book.facts)


def _paths(act: type, above: str = "") -> Iterator[str]:
    hints = get_type_hints(act)
    for field in fields(act):
        type_ = hints[field.name]
        if isinstance(type_, type) and is_dataclass(type_):
            yield from _paths(type_, f"{above}{field.name}.")
        else:
            yield f"{above}{field.name}"


@pytest.mark.parametrize("of", CaseKind)
def test_every_act_of_people_has_a_form(of: CaseKind) -> None:
    assert set(FORMS_OF[of]) == set(ACTS_OF[of].of_people)


@pytest.mark.parametrize(("of", "kind"), KINDS)
def test_every_field_of_an_act_is_in_its_form_once_with_words_in_both_languages(of: CaseKind, kind: str) -> None:
    described = FORMS_OF[of][kind]
    assert sorted(paths(described)) == sorted(_paths(ACTS_OF[of].known[kind]))
    for wording in (described.save, described.done, *(field.label for field in described.fields)):
        assert wording.zh
        assert wording.en
        assert wording.zh != wording.en


@pytest.mark.parametrize(("of", "kind"), KINDS)
def test_what_a_form_refers_to_is_in_it(of: CaseKind, kind: str) -> None:
    described = FORMS_OF[of][kind]
    names = {field.name for field in described.fields}
    assert {described.about} - {""} <= names
    assert set(described.at.values()) <= names
    assert {field.when[0] for field in described.fields if field.when} <= names
    assert {field.needed_when[0] for field in described.fields if field.needed_when} <= names


def test_every_member_of_a_closed_list_is_worded() -> None:
    for members, words in EVERY_LIST.items():
        assert set(words) == set(members)
        assert all(wording.zh and wording.en for wording in words.values())


def test_every_member_of_a_declared_fact_is_worded() -> None:
    facts = declared().values()
    types = [*(fact.type for fact in facts), *(field.type for fact in facts for field in fact.fields)]
    members = {member for type_ in types if isinstance(type_, Choice) for member in type_.members}
    assert members == set(FACT_MEMBERS)


def back_again(described: ActForm, act: AnyAct, acts: Acts[Any] = HARDSHIP_ACTS) -> AnyAct | None:
    form = Form({name: (typed,) for name, typed in act_values(described, act, declared()).items()})
    again = sent_act(described, form, declared(), acts)
    assert form.errors == [], act
    return again


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, StrEnum):
        return
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _lives(of: CaseKind) -> tuple[Callable[[], Any], ...]:
    return OF_SUBSIDIES if of is CaseKind.SUBSIDY else BEGINNINGS


@cache
def beginning(of: CaseKind, number: int) -> tuple[Any, date]:
    """A case as it stands on a day: lived once, since no act is performed on it here."""
    counter = _lives(of)[number]()
    return counter.case, counter.today


def a_random_act(of: CaseKind, dice: Random, kind: str, number: int) -> tuple[AnyAct, Case]:
    case, today = beginning(of, number % len(_lives(of)))
    drawn = a_random_act_of_subsidies if of is CaseKind.SUBSIDY else a_random_act_of_hardship
    return drawn(dice, kind, case, today), case


def _cannot_be_typed(act: AnyAct, case: Case) -> bool:
    """Whoever types a space has said nothing, and the form asks again; nor can anyone type what is no month."""
    asked: Act[Any, Any] = act
    if isinstance(act, RecordFact | OfSubsidies) and act.name not in declared():
        return True
    if isinstance(act, RecordStopEvent) and not A_MONTH.fullmatch(act.month):
        return True
    blank = any(text != text.strip() or not text for text in _said(act))
    return blank or any(reason.code in ("blank", "no-amount") for reason in refusals(asked, case))


def _said(act: AnyAct) -> Iterator[str]:
    """The texts of it that its form asks for."""
    for field in fields(act):
        value = getattr(act, field.name)
        if value != field.default:
            yield from _texts(value)


@pytest.mark.parametrize(("of", "kind"), KINDS)
def test_an_act_is_typed_into_its_form_and_sent_as_itself(of: CaseKind, kind: str) -> None:
    dice, tried = Random(kind), 0  # noqa: S311 - dice
    for number in range(TRIES):
        act, case = a_random_act(of, dice, kind, number)
        if _cannot_be_typed(act, case):
            continue
        tried += 1
        assert back_again(FORMS_OF[of][kind], act, ACTS_OF[of]) == act
    assert tried


def test_terms_of_work_are_typed_and_sent_whole() -> None:
    terms = some_work(
        minutes_per_day=450,
        days_per_week=6,
        duties="分拣、码放\n夜间盘点",
        hours_system=HoursSystem.COMPREHENSIVE,
        rest="轮休",
        pay_fen=455_050,
        pay_unit=PayUnit.MONTH,
        pay_form=PayForm.PIECE,
        channel=PayChannel.CASH,
        payday=15,
        settled_every_days=7,
        term_months=None,
        ends_on=date(2027, 3, 1),
        probation_months=1,
        probation_pay_fen=400_000,
        insurance=("补充医疗", "意外"),
        protection="手套",
        hazards="粉尘",
        benefits="工作餐",
        other_terms=("第一条", "第二条"),
        months_in_public_posts=3,
        retirement_postponed=True,
        through_platform=True,
        under_direction=False,
        parties=PartyDetails("示例路1号", "钱示例", "023-60000001", "示例街2号"),
    )
    act = RecordPlacement("employer-1", date(2026, 3, 2), terms, by_market=True)
    assert back_again(FORMS[act.KIND], act) == act
    for ending in ({"ends_on": None, "task": "春运装卸"}, {"ends_on": None}, {"ends_on": None, "term_months": 24}):
        changed = replace(act, terms=replace(terms, **ending))
        assert back_again(FORMS[act.KIND], changed) == changed


def _values(fact: Fact) -> list[Any]:
    if isinstance(fact.type, Records):
        rows = [{f.name: _values(replace(fact, type=f.type))[0] for f in fact.fields}]
        goes_on = {"until": "ongoing"} if "until" in rows[0] else {}
        several = [*rows, {**rows[0], **goes_on}] if fact.type.most > 1 else rows
        return [[], several, {"complete": False, "items": rows}]
    by_type: dict[str, list[Any]] = {
        "Truth": [True, False],
        "Day": ["1999-12-31"],
        "Month": ["2031-04"],
        "Number": [getattr(fact.type, end, 0) for end in ("least", "most")],
        "Choice": list(getattr(fact.type, "members", ())),
        "Ref": ["x-1"],
    }
    return by_type[type(fact.type).__name__]


@pytest.mark.parametrize("name", sorted(declared()))
def test_a_fact_of_any_declaration_is_typed_and_sent_as_itself(name: str) -> None:
    policies = load_policies()
    for value in _values(declared()[name]):
        assert policies.fact_refusals(name, value) == ()
        act = RecordFact(name, value, SourceKind.RECOGNITION, date(2026, 3, 2), "查验原件", "示例街道", "示例文书")
        assert back_again(FORMS[RecordFact.KIND], act) == act


def test_what_does_not_belong_to_the_choice_is_not_sent() -> None:
    act = RecordFact(
        "in_work",
        value=False,
        source=SourceKind.RECOGNITION,
        established_on=date(2026, 3, 2),
        detail="见",
        body="甲",
        paper="乙",
    )
    typed = act_values(FORMS[act.KIND], act, declared()) | {"source": SourceKind.STATEMENT.value}
    sent = sent_act(FORMS[act.KIND], Form({name: (value,) for name, value in typed.items()}), declared())
    assert sent == replace(act, source=SourceKind.STATEMENT, body="", paper="")


def test_a_reason_is_asked_for_where_the_answer_needs_one() -> None:
    form = Form({"referral": ("referral-1",), "confirmed": ("no",)})
    assert sent_act(FORMS["answer-referral"], form, declared()) is None
    assert [error.field for error in form.errors] == ["reason"]
