"""The papers of a subsidy, composed from a real record and read back from the printed page."""

from pathlib import Path

import pytest

from activities import paper_facts
from activities.composing.desk import compose
from activities.composing.subsidies import COMPOSERS
from activities.composing.subsidy_words import STOP_EVENTS, period_words, span_words, standard_words
from activities.papers import Press
from activities.payees import Payees
from cases.determinations import Conclusion
from cases.papers import Paper, PaperRefused, check
from cases.payees import parse_account
from cases.refusals import Refused
from cases.subsidy import moves
from cases.subsidy.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination
from cases.subsidy.paying import AcceptUnverified, OrderPayment, Recheck
from cases.subsidy.record import TermEnd
from cases.subsidy.recovering import DemandRecovery
from cases.subsidy.running import RecordStopEvent, Stop
from cases.subsidy.stages import Stage
from cases.subsidy_papers import (
    AGAINST,
    DecisionNotice,
    DeterminationNotice,
    Held,
    PaymentInstruction,
    RecoveryNotice,
    StopNotice,
)
from rules.subsidy_process import subsidy_processes
from store import people
from store.engine import read
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.activities.test_composing import printed
from tests.applications import flexible_facts, recognised, said

MONTHS = ("2026-01", "2026-02")
ACCOUNT = "6200990000000018"


@pytest.fixture
def counter(office: Office) -> SubsidyOffice:
    office.register()
    return SubsidyOffice(office)


def composed(counter: SubsidyOffice, kind: str) -> Paper:
    """The latest paper of a kind."""
    paper = next(each for each in reversed(counter.case.papers) if each.kind == kind)
    with read(counter.office.station.engine) as connection:
        made = compose(connection, counter.office.station, counter.case, paper)
    check(made)
    return made


def applies(counter: SubsidyOffice, *instead: dict[str, object]) -> None:
    replaced = {str(fact["name"]) for fact in instead}
    facts = [*(fact for fact in flexible_facts(*MONTHS) if fact["name"] not in replaced), *instead]
    counter.applies(counter.office.case.worker_id, *MONTHS, facts=facts)


def ordered(counter: SubsidyOffice) -> None:
    counter.is_granted()
    counter.is_shown()
    counter.later(14)
    counter.does(Recheck())
    while waiting := counter.unaccepted():
        counter.does(AcceptUnverified(waiting[0], "已向区局核对"), "officer-2")
    counter.does(OrderPayment(), "officer-2")


def test_every_paper_that_a_subsidy_case_owes_can_be_composed() -> None:
    owed = {
        moves.DETERMINATION_NOTICE,
        moves.DECISION_NOTICE,
        moves.PAYMENT_INSTRUCTION,
        moves.STOP_NOTICE,
        moves.RECOVERY_NOTICE,
    }
    assert {kind.value for kind in COMPOSERS} == owed


def test_every_event_that_stops_a_subsidy_has_words(office: Office) -> None:
    book = office.station.policies.book
    process = book.resolve("subsidy-process", "cn-50-99", office.today, office.today)
    listed = {event for each in subsidy_processes(process).values() for event in each.stop_events}
    assert listed
    assert listed | set(TermEnd) <= set(STOP_EVENTS)


def test_a_refusal_is_told_with_every_reason(counter: SubsidyOffice, one_press: Press, tmp_path: Path) -> None:
    applies(counter, said("flexible_work", value=False), recognised("retirement_month", "2020-01"))
    notice = composed(counter, moves.DETERMINATION_NOTICE)
    assert isinstance(notice, DeterminationNotice)
    assert notice.conclusion is Conclusion.REFUSED
    against = [rule.statement for rule in notice.rules if rule.held in AGAINST and not rule.one_is_enough]
    assert against == ["已登记或申报灵活就业", "至少有一个月由本人缴费且可以发放"]
    text = printed(notice, one_press, tmp_path)
    for told in (*against, "不符合", "不是决定", "由人重新查看", "※", notice.basis.hash, "2026年1月", "已停发：是"):
        assert told.replace(" ", "") in text
    counter.does(AdoptDetermination(notice_about(counter)), "officer-1")
    decision = composed(counter, moves.DECISION_NOTICE)
    assert isinstance(decision, DecisionNotice)
    assert {reason.wording.zh for reason in decision.reasons} >= {f"不符合：{each}" for each in against}
    text = printed(decision, one_press, tmp_path)
    for told in (
        "不予补贴",
        "决定书送达之日起15个工作日内",
        "示例区就业服务中心",
        "决定书送达之日起60日内",
        "6个月内",
    ):
        assert told in text
    assert "公示" not in text


def notice_about(counter: SubsidyOffice) -> str:
    assert counter.case.standing
    return counter.case.standing.id


def test_what_is_missing_is_asked_of_whoever_knows_it(counter: SubsidyOffice) -> None:
    facts = [fact for fact in flexible_facts(*MONTHS) if fact["name"] != "flexible_work"]
    counter.applies(counter.office.case.worker_id, *MONTHS, facts=facts)
    notice = composed(counter, moves.DETERMINATION_NOTICE)
    assert isinstance(notice, DeterminationNotice)
    assert [(each.question, each.asked_of) for each in notice.lacking] == [
        ("是否已办理灵活就业登记或申报？", "登记记录")
    ]
    assert Held.OPEN in {rule.held for rule in notice.rules}


def test_a_departure_is_told_with_its_reason_its_sum_and_both_officers(counter: SubsidyOffice) -> None:
    applies(counter, said("flexible_work", value=False))
    counter.does(
        DepartFromDetermination(notice_about(counter), granted=True, reason="登记有误", amount_fen=50_000), "officer-1"
    )
    counter.does(ConfirmDeparture(notice_about(counter)), "officer-2")
    decision = composed(counter, moves.DECISION_NOTICE)
    assert isinstance(decision, DecisionNotice)
    assert (decision.granted, decision.amount_fen, decision.departure) == (True, 50_000, "登记有误")
    assert (decision.decided_by, decision.second_officer) == ("陈审批", "褚审批")


def test_a_payment_instruction_says_who_is_paid_what_on_what(
    counter: SubsidyOffice, one_press: Press, tmp_path: Path
) -> None:
    applies(counter)
    ordered(counter)
    without = composed(counter, moves.PAYMENT_INSTRUCTION)
    assert isinstance(without, PaymentInstruction)
    assert without.account is None
    assert "未登记" in printed(without, one_press, tmp_path)
    station, now = counter.office.station, counter.office.now
    account = parse_account(without.name, "示例银行", ACCOUNT)
    Payees(station).record(counter.case.id, account, "caseworker-1", now)
    instruction = composed(counter, moves.PAYMENT_INSTRUCTION)
    assert isinstance(instruction, PaymentInstruction)
    assert (instruction.granted_by, f"{instruction.granted_on}") == ("陈审批", "2026-03-02")
    assert (instruction.ordered_by, f"{instruction.rechecked_on}") == ("褚审批", "2026-03-16")
    text = printed(instruction, one_press, tmp_path)
    for told in (ACCOUNT, without.identity_number, "1,200.00", "人民币壹仟贰佰元整", "2026年1月、2026年2月"):
        assert told in text
    assert text.count("由褚审批于2026年3月16日接受适用，理由：已向区局核对") == 3
    assert "不划转资金" in text


def test_an_instruction_on_values_that_nobody_accepted_is_refused(counter: SubsidyOffice) -> None:
    applies(counter)
    ordered(counter)
    made = composed(counter, moves.PAYMENT_INSTRUCTION)
    assert isinstance(made, PaymentInstruction)
    nobody = tuple(type(each)(each.clause) for each in made.unverified)
    with pytest.raises(PaperRefused) as refused:
        check(type(made)(**{**vars(made), "unverified": nobody}))
    assert len(refused.value.refusals) == len(nobody) == 3


def test_an_account_of_somebody_else_is_refused_and_only_the_stations_people_record_one(
    counter: SubsidyOffice,
) -> None:
    applies(counter)
    payees, now = Payees(counter.office.station), counter.office.now
    with pytest.raises(Refused, match="account-holder"):
        payees.record(counter.case.id, parse_account("钱例", "示例银行", ACCOUNT), "caseworker-1", now)
    with pytest.raises(Refused, match="not-your-role"):
        payees.record(counter.case.id, parse_account("钱例", "示例银行", ACCOUNT), "caseworker-3", now)


def test_what_was_paid_too_much_is_asked_back_and_the_subsidy_stopped(
    counter: SubsidyOffice, one_press: Press, tmp_path: Path
) -> None:
    applies(counter)
    counter.is_paid()
    counter.does(RecordStopEvent("employer_insured", "2026-02", "社保联网核查"))
    counter.does(AdoptDetermination(notice_about(counter)), "officer-1")
    assert counter.case.stage is Stage.RECOVERY
    counter.does(DemandRecovery("参保后仍领取"), "officer-1")
    counter.does(Stop("已参保"), "officer-1")
    recovery, stopped = composed(counter, moves.RECOVERY_NOTICE), composed(counter, moves.STOP_NOTICE)
    assert isinstance(recovery, RecoveryNotice)
    assert isinstance(stopped, StopNotice)
    assert (recovery.due_fen, recovery.owed_fen, recovery.repay_within) == (60_000, 60_000, "30日")
    assert [(paid.amount_fen, paid.periods) for paid in recovery.paid] == [(120_000, ("2026年1月", "2026年2月"))]
    assert (stopped.happened_in, stopped.stops_from) == ("2026年2月", "2026年2月")
    text = printed(recovery, one_press, tmp_path)
    for told in ("单位已为其参加社会保险", "当月停发", "陆佰元整", "参保后仍领取", "15个工作日内", "分期"):
        assert told in text
    no_number(counter, recovery, stopped)


def no_number(counter: SubsidyOffice, *papers: Paper) -> None:
    worker = counter.office.case.worker_id
    with read(counter.office.station.engine) as connection:
        number = people.worker(connection, counter.office.station.keyring, worker)
    assert number
    for paper in papers:
        assert number.identity not in paper_facts.write(paper)


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        (("2026-01", "2026-02", "2026-03"), "2026年1月至2026年3月"),
        (("2025-12", "2026-01"), "2025年12月至2026年1月"),
        (("2026-01", "2026-03"), "2026年1月、2026年3月"),
        (("2026",), "2026年"),
        (("once",), "一次性"),
        ((), "—"),
    ],
)
def test_periods_in_words(periods: tuple[str, ...], words: str) -> None:
    assert span_words(periods) == words


def test_a_standard_is_told_only_where_it_divides_evenly() -> None:
    assert period_words("2026-03") == "2026年3月"
    assert standard_words(120_000, ("2026-01", "2026-02")) == "每月600.00元，2个月"
    assert standard_words(120_001, ("2026-01", "2026-02")) == "按月计算，2个月"
    assert standard_words(120_000, ("once",)) == "一次性发放"
    assert standard_words(120_000, ("2026",)) == "按年发放"
