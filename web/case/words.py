"""Words of the case's pages for what the engine keeps as codes."""

from collections.abc import Mapping
from typing import Final

from cases.constraints import HealthDemand, PayUnit
from cases.facts import SourceKind
from cases.hardship.stages import ReferralOutcome, Stage, TrainingResult
from cases.plans import ServiceKind
from cases.wording import Wording

SERVICE_KINDS: Final[Mapping[ServiceKind, Wording]] = {
    ServiceKind.GUIDANCE: Wording("职业指导", "Guidance"),
    ServiceKind.REFERRAL: Wording("岗位推荐", "Referrals"),
    ServiceKind.TRAINING: Wording("技能培训", "Training"),
    ServiceKind.POLICY_BRIEFING: Wording("政策宣讲", "Policy briefings"),
    ServiceKind.OTHER: Wording("其他服务", "Other services"),
}
REFERRAL_OUTCOMES: Final[Mapping[ReferralOutcome, Wording]] = {
    ReferralOutcome.HIRED: Wording("已录用", "hired"),
    ReferralOutcome.NOT_HIRED: Wording("用工主体未录用", "not hired"),
    ReferralOutcome.DECLINED_WITH_CAUSE: Wording("本人有正当理由未接受", "declined by the worker, with good cause"),
    ReferralOutcome.DECLINED_WITHOUT_CAUSE: Wording(
        "本人无正当理由未接受", "declined by the worker, without good cause"
    ),
    ReferralOutcome.FILLED_ELSEWHERE: Wording("岗位已满", "filled by somebody else"),
    ReferralOutcome.NO_CONTACT: Wording("未能联系", "nobody could be reached"),
}
TRAINING_RESULTS: Final[Mapping[TrainingResult, Wording]] = {
    TrainingResult.COMPLETED: Wording("合格", "completed"),
    TrainingResult.FAILED: Wording("不合格", "not passed"),
    TrainingResult.LEFT: Wording("中途退出", "broken off"),
}
SOURCES: Final[Mapping[SourceKind, Wording]] = {
    SourceKind.STATEMENT: Wording("本人陈述", "the worker's statement"),
    SourceKind.RECORD: Wording("登记或联网核验", "a register"),
    SourceKind.FINDING: Wording("工作人员核实", "found by staff"),
    SourceKind.RECOGNITION: Wording("其他机构认定", "recognised by another body"),
}
PAY_UNITS: Final[Mapping[PayUnit, Wording]] = {
    PayUnit.HOUR: Wording("元/小时", "yuan an hour"),
    PayUnit.DAY: Wording("元/天", "yuan a day"),
    PayUnit.MONTH: Wording("元/月", "yuan a month"),
    PayUnit.PIECE: Wording("元/件", "yuan a piece"),
}
HEALTH_DEMANDS: Final[Mapping[HealthDemand, Wording]] = {
    HealthDemand.HEAVY_LIFTING: Wording("不能搬运重物", "no heavy lifting"),
    HealthDemand.LONG_STANDING: Wording("不能长时间站立", "no long standing"),
    HealthDemand.HEIGHTS: Wording("不能高处作业", "no work at heights"),
    HealthDemand.NIGHT_WORK: Wording("不上夜班", "no night shifts"),
    HealthDemand.DUST_OR_FUMES: Wording("不能接触粉尘或有害气体", "no dust or fumes"),
    HealthDemand.NOISE: Wording("不能在噪声中工作", "no noise"),
    HealthDemand.HEAT_OR_COLD: Wording("不能在高温或低温中工作", "no heat or cold"),
    HealthDemand.FINE_SIGHT: Wording("不能做需要精细视力的工作", "no work that needs fine sight"),
    HealthDemand.HEARING: Wording("不能做需要听力的工作", "no work that needs good hearing"),
    HealthDemand.DRIVING: Wording("不能驾驶", "no driving"),
    HealthDemand.HEALTH_CERTIFICATE: Wording("没有健康证", "no health certificate"),
}
STATUS: Final[Mapping[Stage, Wording]] = {
    Stage.DETERMINATION: Wording("认定中", "being determined"),
    Stage.HELP: Wording("帮扶中", "under way"),
    Stage.POST: Wording("待公益性岗位安置", "public-welfare post owed"),
    Stage.FOLLOW_UP: Wording("跟踪回访中", "in follow-up"),
    Stage.EXIT_NOTICE: Wording("退出告知中", "exit notice served"),
    Stage.CLOSING: Wording("办结待批准", "closure waits for approval"),
    Stage.CLOSED: Wording("已办结", "closed"),
}
WEEKDAYS: Final = (
    Wording("周一", "Mon"),
    Wording("周二", "Tue"),
    Wording("周三", "Wed"),
    Wording("周四", "Thu"),
    Wording("周五", "Fri"),
    Wording("周六", "Sat"),
    Wording("周日", "Sun"),
)
# The conditions of a proof of duty as they stand in a row; the long sentences are in cases.hardship.proofs.
SHORT: Final[Mapping[str, Wording]] = {
    "vacancy-live": Wording("岗位在招", "Vacancy live"),
    "vacancy-truth-checked": Wording("真实性审查有效", "Truth check valid"),
    "employer-verified": Wording("用工主体已核实", "Employer verified"),
    "suits": Wording("符合限制条件", "Suits constraints"),
    "delivered": Wording("已送达", "Delivered"),
    "outcome-known": Wording("结果已知", "Outcome known"),
    "not-contested": Wording("本人无异议", "Not contested"),
    "not-refused-without-cause": Wording("没有无故拒绝", "Not refused without cause"),
    "distinct-employer": Wording("用工主体不同", "Distinct employer"),
    "described": Wording("写明了内容", "Content recorded"),
    "attended": Wording("有出勤记录", "Attendance recorded"),
    "result-known": Wording("结果已知", "Result known"),
    "completed": Wording("未中途退出", "Not broken off"),
}

# What the engine calls by an id, for people: the word stands before its number.
_PARTS: Final = {"referral": Wording("推荐", "referral"), "training": Wording("培训", "training")}


def without_id(why: Wording, about: str | None) -> Wording:
    """The engine's sentence, which names a part of the case by its id, as a person would say it."""
    if about is None:
        return why
    kind, _, number = about.rpartition("-")
    if kind in _PARTS:
        zh, en = f"第 {number} 次{_PARTS[kind].zh}", f"{_PARTS[kind].en} {number}"
        said = why.en.replace(about, en)
        return Wording(why.zh.replace(about, zh), said[:1].upper() + said[1:])
    # A determination is named by its policy already.
    return Wording(why.zh.replace(f"（{about}）", ""), why.en.replace(f" ({about})", ""))
