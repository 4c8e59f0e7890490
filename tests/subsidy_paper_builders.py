"""Papers of an invented subsidy, at the station and by the rules of the other papers."""

from dataclasses import replace
from datetime import date
from typing import Any

from cases.authorities import Authority, Tag
from cases.determinations import Conclusion
from cases.parties import Cited, StationParty
from cases.public_lists import Listed, NoticeList, Objections
from cases.subsidy_papers import (
    Account,
    Appeal,
    Basis,
    DecisionNotice,
    DeterminationNotice,
    Held,
    Lacking,
    Paid,
    PaymentInstruction,
    PublicNotice,
    Recipient,
    Reckoned,
    RecoveryNotice,
    ReviewHere,
    RuleFound,
    StopNotice,
    Unverified,
)
from cases.wording import Wording

STATION = StationParty("示例区清泉街道零工驿站", "示例区清泉街道望江路18号", "023-00000018")
FUND = Authority("就业补助资金管理办法（财社〔2023〕181号，转引）：最长不超过三年", Tag.SECONDARY_EXCERPT)
LOCAL = Authority("示例区补贴办法（示例）第三条", Tag.MEMORY)
RECONSIDERATION = Authority("行政复议法第二十条", Tag.FULL_TEXT)
COURT = Authority("行政诉讼法第四十六条", Tag.FULL_TEXT)
REVIEW = ReviewHere("15个工作日", "示例区就业服务中心", "示例区行政路1号", "023-00000001", LOCAL)
BASIS = Basis("灵活就业社会保险补贴（就业困难人员）", "cn@2023-12-20 cn-50-99@2023-12-20", "46f48712c338ae4f" * 4)
APPLICANT = Recipient("赵𠅤", "13800000019")
CASE = "case-01KB0000000000000000000001"
MONTHS = ("2026年1月", "2026年2月")
PAID = (Paid(f"{CASE}/payment-1", 120_000, MONTHS, date(2026, 3, 20)), Paid(f"{CASE}/payment-2", 60_000, (), None))


def a_determination_notice(**changes: Any) -> DeterminationNotice:
    paper = DeterminationNotice(
        number="补审〔2026〕0001号",
        issued_on=date(2026, 3, 30),
        station=STATION,
        applicant=APPLICANT,
        case_number=CASE,
        applied_on=date(2026, 3, 2),
        basis=BASIS,
        determined_on=date(2026, 3, 30),
        conclusion=Conclusion.NEEDS_INFORMATION,
        rules=(
            RuleFound(Held.HOLDS, "已认定为就业困难人员", FUND),
            RuleFound(Held.FAILS, "补贴期限尚未用完", FUND, ("现为0个月，须与1个月相比",)),
            RuleFound(Held.CLEAR, "以往在两地同时申领", LOCAL),
            RuleFound(Held.EXCLUDES, "同月已由单位享受补贴", LOCAL),
            RuleFound(Held.OPEN, "已登记或申报灵活就业", FUND, one_is_enough=True),
        ),
        lacking=(Lacking("是否已办理灵活就业登记或申报？", "登记记录"),),
        amount_fen=120_000,
        reckoning=(Reckoned("2026年1月", "应补金额：600.00元；可以发放：是"), Reckoned("已享受", "34个月")),
        unverified=(Unverified(LOCAL.clause),),
    )
    return replace(paper, **changes)


def a_decision_notice(**changes: Any) -> DecisionNotice:
    paper = DecisionNotice(
        number="补决〔2026〕0002号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        applicant=APPLICANT,
        case_number=CASE,
        applied_on=date(2026, 3, 2),
        basis=BASIS,
        granted=True,
        amount_fen=120_000,
        periods=MONTHS,
        reasons=(Cited(Wording("符合：已认定为就业困难人员", "Holds: recognised"), FUND),),
        departure="缴费凭证显示两个月均由本人缴纳，登记记录有误。",
        decided_by="吴审批",
        second_officer="郑复核",
        notice=PublicNotice(7, working_days=False, authority=LOCAL),
        unverified=(Unverified(LOCAL.clause, "吴审批", date(2026, 4, 1), "已电话向区局核对"),),
        review=REVIEW,
        reconsideration=Appeal("60日", RECONSIDERATION),
        court=Appeal("6个月", COURT),
    )
    return replace(paper, **changes)


def a_payment_instruction(**changes: Any) -> PaymentInstruction:
    paper = PaymentInstruction(
        number="拨付〔2026〕0003号",
        issued_on=date(2026, 4, 20),
        station=STATION,
        name="赵𠅤",
        identity_number="69999919850403001X",
        account=Account("赵𠅤", "示例银行清泉支行", "6200000000000000018"),
        reference=f"{CASE}/payment-1",
        amount_fen=120_000,
        periods=MONTHS,
        case_number=CASE,
        basis=BASIS,
        determination="flexible-insurance-2",
        granted_by="吴审批",
        granted_on=date(2026, 4, 2),
        second_officer=None,
        ordered_by="郑复核",
        rechecked_on=date(2026, 4, 20),
        unverified=(Unverified(LOCAL.clause, "吴审批", date(2026, 4, 1), "已电话向区局核对"),),
    )
    return replace(paper, **changes)


def a_stop_notice(**changes: Any) -> StopNotice:
    paper = StopNotice(
        number="停发〔2026〕0004号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        applicant=APPLICANT,
        case_number=CASE,
        basis=BASIS,
        reason=Cited(Wording("单位已为其参保", "Insured by an employer"), LOCAL),
        happened_in="2026年3月",
        stops_from="2026年3月",
        paid=PAID,
        review=REVIEW,
        reconsideration=Appeal("60日", RECONSIDERATION),
        court=Appeal("6个月", COURT),
    )
    return replace(paper, **changes)


def a_recovery_notice(**changes: Any) -> RecoveryNotice:
    paper = RecoveryNotice(
        number="追回〔2026〕0005号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        applicant=Recipient("示例家政服务有限公司", None),
        case_number=CASE,
        basis=BASIS,
        paid=PAID,
        due_fen=120_000,
        owed_fen=60_000,
        written_off_fen=10_000,
        reasons=(Cited(Wording("2026年3月：单位已为其参保", "2026-03: insured by an employer"), LOCAL),),
        repay_within="30日",
        review=REVIEW,
        reconsideration=Appeal("60日", RECONSIDERATION),
        court=Appeal("6个月", COURT),
    )
    return replace(paper, **changes)


def a_notice_list(**changes: Any) -> NoticeList:
    paper = NoticeList(
        number="公示〔2026〕0006-1号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        subsidy=BASIS.title,
        authorities=(FUND, LOCAL),
        from_on=date(2026, 4, 3),
        until_on=date(2026, 4, 10),
        days=7,
        working_days=False,
        term=LOCAL,
        sheet=1,
        sheets=1,
        entries=(
            Listed(1, "赵*", "699999********001X", 120_000, "2026年1月至2026年2月", "每月600.00元"),
            Listed(2, "示例家政服务有限公司", "91999999MA000003XG", 210_000, "2026年", "一次性", date(2026, 4, 5)),
        ),
        total=2,
        objections=Objections("示例区就业服务中心", "示例区行政路1号", "023-00000001"),
    )
    return replace(paper, **changes)
