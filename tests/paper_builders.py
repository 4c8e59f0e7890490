"""Papers of an invented station, with invented people: say only what a test is about, as replacements."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from cases.agreement_law import AgreementLaw, Limit, Probation, ProbationStep
from cases.authorities import Authority, Tag
from cases.contract_parts import (
    Hours,
    HoursSystem,
    PayChannel,
    PayForm,
    Protection,
    Term,
    Wages,
    Work,
)
from cases.contracts import LabourContract, PartTimeContract, PublicPostAgreement
from cases.hardship.stages import Outcome
from cases.letters import ClosingNotice, ExitNotice, ReferralLetter, ServiceGiven, VacancyOffered
from cases.papers import Paper, PaperKind
from cases.parties import Addressee, Cited, EmployerParty, Pay, PayPeriod, Person, Review, WorkerParty
from cases.plans import ServiceKind
from cases.wording import Wording
from cases.zone import STATION_ZONE
from tests.subsidy_paper_builders import (
    STATION,
    a_decision_notice,
    a_determination_notice,
    a_notice_list,
    a_payment_instruction,
    a_recovery_notice,
    a_stop_notice,
)

__all__ = ["STATION"]

P = TypeVar("P", bound=Paper)

CONTRACT_LAW = Authority("劳动合同法第十九条", Tag.FULL_TEXT)
PART_TIME_LAW = Authority("劳动合同法第六十八条", Tag.FULL_TEXT)
LOCAL_RULE = Authority("示例区零工帮扶办法第九条", Tag.MEMORY)

LAW = AgreementLaw(
    working_age=Limit(16, Authority("劳动法第十五条", Tag.MEMORY)),
    part_time_minutes_per_day=Limit(240, PART_TIME_LAW),
    part_time_minutes_per_week=Limit(1440, PART_TIME_LAW),
    part_time_settlement_days=Limit(15, Authority("劳动合同法第七十二条", Tag.FULL_TEXT)),
    probation=Probation(
        steps=(ProbationStep(3, 1), ProbationStep(12, 2), ProbationStep(36, 6)),
        open_ended_months=6,
        pay_percent=Limit(80, Authority("劳动合同法第二十条", Tag.MEMORY)),
        authority=CONTRACT_LAW,
    ),
    public_post_months=Limit(36, Authority("人社部发〔2019〕124号", Tag.SECONDARY_EXCERPT)),
)
MINIMUM = Limit(233_000, Authority("渝人社发〔2024〕示例号", Tag.SECONDARY_EXCERPT))
HOURLY_MINIMUM = Limit(2_300, MINIMUM.authority)

EMPLOYER = EmployerParty(
    "示例区𬭊源家政服务有限公司", "91990000MA0000018R", "示例区清泉街道望江路66号3楼", "王䶮", "023-00000066"
)
ADDRESSEE = Addressee(EMPLOYER.name, EMPLOYER.uscc, EMPLOYER.address, EMPLOYER.representative, EMPLOYER.phone)
WORKER = WorkerParty("张𬭊", "99000019850403001X", "示例区清泉街道滨河社区7栋2单元301", "13800000018")
PERSON = Person("赵𠅤", "13800000019")
CASEWORKER = Person("李㛃", "023-00000018")
WORK = Work("保洁员", "示例区望江小区及周边楼宇", "楼道、电梯厅和公共卫生间的日常保洁，垃圾分类引导")
HOURS = Hours(HoursSystem.STANDARD, 480, 5, "每周六、周日休息，法定节假日按国家规定安排")
WAGES = Wages(268_050, PayForm.TIME, PayChannel.BANK, 10, MINIMUM)
PROTECTION = Protection(
    "配备手套、防滑鞋和夏季防暑用品，每年组织一次健康检查", "接触含氯消毒剂；佩戴口罩和手套，保持通风"
)
REVIEW = Review(15, date(2026, 4, 17), "示例区就业服务中心", "示例区行政路1号", "023-00000001", LOCAL_RULE)


def _of(paper: P, changes: dict[str, Any]) -> P:
    return replace(paper, **changes)


def a_labour_contract(**changes: Any) -> LabourContract:
    paper = LabourContract(
        number="合同〔2026〕0018号",
        issued_on=date(2026, 3, 30),
        station=STATION,
        employer=EMPLOYER,
        worker=WORKER,
        work=WORK,
        protection=PROTECTION,
        law=LAW,
        other_terms=(
            "乙方接送子女需要调整班次的，提前一天告知甲方，甲方予以安排。",
            "工作服由甲方免费提供，离职时交还。",
        ),
        term=Term(date(2026, 4, 1), date(2027, 3, 31)),
        hours=HOURS,
        wages=WAGES,
        probation_months=2,
        probation_fen=240_000,
        benefits="工作餐每日一餐",
    )
    return _of(paper, changes)


def a_part_time_contract(**changes: Any) -> PartTimeContract:
    paper = PartTimeContract(
        number="合同〔2026〕0019号",
        issued_on=date(2026, 3, 30),
        station=STATION,
        employer=EMPLOYER,
        worker=replace(WORKER, name="阿不都·买买提"),
        work=WORK,
        protection=Protection("配备手套和防滑鞋"),
        law=LAW,
        other_terms=(),
        starts_on=date(2026, 4, 1),
        minutes_per_day=210,
        minutes_per_week=1260,
        hourly_fen=2_550,
        hourly_minimum=HOURLY_MINIMUM,
        settled_every_days=15,
        channel=PayChannel.BANK,
    )
    return _of(paper, changes)


def a_public_post_agreement(**changes: Any) -> PublicPostAgreement:
    paper = PublicPostAgreement(
        number="公岗〔2026〕0007号",
        issued_on=date(2026, 3, 30),
        station=STATION,
        employer=replace(EMPLOYER, name="示例区清泉街道滨河社区居民委员会"),
        worker=replace(WORKER, name="李㛃"),
        work=Work("社区公共设施协管员", "滨河社区", "巡查公共设施，登记报修，协助维护环境秩序"),
        protection=Protection("配备反光背心、雨具和防暑用品"),
        law=LAW,
        other_terms=(),
        starts_on=date(2026, 4, 1),
        ends_on=date(2028, 3, 31),
        hours=HOURS,
        wages=WAGES,
        subsidies=(
            Cited(
                Wording("公益性岗位补贴，以当地最低工资标准为参照。", "Post subsidy, by the local minimum wage."),
                Authority("财社〔2023〕181号", Tag.SECONDARY_EXCERPT),
            ),
            Cited(Wording("社会保险补贴。", "Insurance subsidy."), LOCAL_RULE),
        ),
        months_before=12,
        to_retirement=False,
    )
    return _of(paper, changes)


def a_referral_letter(**changes: Any) -> ReferralLetter:
    paper = ReferralLetter(
        number="推荐〔2026〕0101号",
        issued_on=date(2026, 3, 2),
        station=STATION,
        employer=ADDRESSEE,
        worker=PERSON,
        vacancy=VacancyOffered(
            "养老护理员",
            "示例区松鹤养老院",
            "每周五天，8时至17时，中午休息1小时",
            Pay(300_000, PayPeriod.MONTH, 420_000),
        ),
        caseworker=CASEWORKER,
        skills=("养老护理员（五级）", "能做川菜家常菜"),
        reply_by=date(2026, 3, 9),
        talk_at=datetime(2026, 3, 4, 9, 30, tzinfo=STATION_ZONE),
        subsidies=(
            Cited(
                Wording("招用就业困难人员的社会保险补贴。", "Insurance subsidy for hiring."),
                Authority("财社〔2023〕181号", Tag.SECONDARY_EXCERPT),
            ),
        ),
    )
    return _of(paper, changes)


def a_closing_notice(**changes: Any) -> ClosingNotice:
    paper = ClosingNotice(
        number="办结〔2026〕0033号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        worker=PERSON,
        case_number="HC-2026-000033",
        opened_on=date(2026, 1, 5),
        closed_on=date(2026, 4, 1),
        outcome=Outcome.MARKET_FAILED,
        reasons=(
            Cited(
                Wording(
                    "帮扶方案规定的服务已经全部提供，期限届满时仍未实现就业。",
                    "Every service of the plan was given, and no work was found within its term.",
                ),
                Authority("重庆市零工市场通知（2022年9月14日）三（四）", Tag.FULL_TEXT),
            ),
            Cited(
                Wording("不符合公益性岗位的年龄条件。", "The age condition of a public-welfare post is not met."),
                LOCAL_RULE,
            ),
        ),
        services=(
            ServiceGiven(ServiceKind.GUIDANCE, date(2026, 1, 8), "分析求职意愿和体力条件，建议转向护理和保洁岗位"),
            ServiceGiven(ServiceKind.REFERRAL, date(2026, 1, 20), "松鹤养老院养老护理员，因通勤过远未录用"),
            ServiceGiven(ServiceKind.REFERRAL, date(2026, 2, 10), "望江小区保洁员，岗位已满"),
            ServiceGiven(ServiceKind.REFERRAL, date(2026, 3, 4), "滨河幼儿园帮厨，面试未通过"),
            ServiceGiven(ServiceKind.TRAINING, date(2026, 3, 16), "养老护理五级，42课时，考核合格"),
        ),
        next_steps=("您仍可随时到本站查看岗位信息、参加招聘活动。", "符合条件的，可以重新申请认定。"),
        review=REVIEW,
    )
    return _of(paper, changes)


def an_exit_notice(**changes: Any) -> ExitNotice:
    paper = ExitNotice(
        number="退出〔2026〕0005号",
        issued_on=date(2026, 4, 2),
        station=STATION,
        worker=PERSON,
        case_number="HC-2026-000034",
        reason=Cited(
            Wording("六个月内三次无正当理由拒绝服务。", "Three services refused without good cause in six months."),
            LOCAL_RULE,
        ),
        exits_on=date(2026, 4, 20),
        findings=(
            "2026年1月20日推荐的保洁员岗位，本人表示不愿前往，未说明原因。",
            "2026年2月10日推荐的帮厨岗位，约定面谈未到场，电话两次未接。",
            "2026年3月4日推荐的护理员岗位，本人表示不愿前往，未说明原因。",
        ),
        still_owed=("岗位信息、招聘活动和政策咨询仍向您开放。",),
        return_from=date(2026, 10, 20),
        review=REVIEW,
    )
    return _of(paper, changes)


EVERY_PAPER: dict[PaperKind, Paper] = {
    paper.KIND: paper
    for paper in (
        a_referral_letter(),
        a_labour_contract(),
        a_part_time_contract(),
        a_public_post_agreement(),
        a_closing_notice(),
        an_exit_notice(),
        a_determination_notice(),
        a_decision_notice(),
        a_payment_instruction(),
        a_stop_notice(),
        a_recovery_notice(),
        a_notice_list(),
    )
}
