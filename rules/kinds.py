"""What a policy is for (政策类别), and which sections a file of each kind may have."""

from collections.abc import Mapping
from enum import StrEnum

from cases.wording import Wording


class Kind(StrEnum):
    """Closed list: each kind has its readers, and a file says only what they read."""

    CLASSIFICATION = "classification"  # 认定
    ELIGIBILITY = "eligibility"  # 准入条件
    SUBSIDY = "subsidy"  # 补贴
    AMOUNTS = "amounts"  # 标准表
    SERVICE_PLAN = "service-plan"  # 帮扶方案
    CLOCKS = "clocks"  # 时限
    ADMISSIBILITY = "admissibility"  # 受理条件
    TRIAGE = "triage"  # 分流
    EXIT = "exit"  # 退出情形
    INCENTIVES = "incentives"  # 用工主体可享政策提示
    AGREEMENTS = "agreements"  # 协议的法定限度
    RETIREMENT = "retirement"  # 法定退休年龄
    REVIEW = "review"  # 复核途径
    SUBSIDY_PROCESS = "subsidy-process"  # 补贴办理方式

    @property
    def label(self) -> Wording:
        return LABELS[self]


LABELS: Mapping[Kind, Wording] = {
    Kind.CLASSIFICATION: Wording("认定", "classification"),
    Kind.ELIGIBILITY: Wording("准入条件", "eligibility"),
    Kind.SUBSIDY: Wording("补贴", "subsidy"),
    Kind.AMOUNTS: Wording("标准表", "amounts"),
    Kind.SERVICE_PLAN: Wording("帮扶方案", "service plan"),
    Kind.CLOCKS: Wording("时限", "clocks"),
    Kind.ADMISSIBILITY: Wording("受理条件", "admissibility"),
    Kind.TRIAGE: Wording("分流", "triage"),
    Kind.EXIT: Wording("退出情形", "reasons to leave"),
    Kind.INCENTIVES: Wording("用工主体可享政策提示", "incentives for employers"),
    Kind.AGREEMENTS: Wording("协议的法定限度", "limits of agreements"),
    Kind.RETIREMENT: Wording("法定退休年龄", "statutory retirement"),
    Kind.REVIEW: Wording("复核途径", "review"),
    Kind.SUBSIDY_PROCESS: Wording("补贴办理方式", "how subsidies are asked for and paid"),
}
_RECKONING = ("parameters", "tables", "bands", "derive", "values", "columns")
_DECIDING = (*_RECKONING, "rules")
SECTIONS_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.CLASSIFICATION: _DECIDING,
    Kind.ELIGIBILITY: _DECIDING,
    Kind.SUBSIDY: (*_DECIDING, "amount"),
    Kind.AMOUNTS: ("tables",),
    Kind.SERVICE_PLAN: ("parameters", "plan", "items"),
    Kind.CLOCKS: ("parameters", "clocks", "reasons"),
    Kind.ADMISSIBILITY: _DECIDING,
    Kind.TRIAGE: (*_DECIDING, "clocks"),
    Kind.EXIT: ("parameters", "reasons"),
    Kind.INCENTIVES: ("parameters", "hints"),
    Kind.AGREEMENTS: ("parameters", "limits"),
    Kind.RETIREMENT: _RECKONING,
    Kind.REVIEW: ("bodies",),
    Kind.SUBSIDY_PROCESS: ("payment", "subsidies"),
}
SECTIONS = tuple(dict.fromkeys(section for sections in SECTIONS_OF.values() for section in sections))
DECIDES_BY_RULES = frozenset(kind for kind, sections in SECTIONS_OF.items() if "rules" in sections)


def kinds_with(section: str) -> tuple[Kind, ...]:
    return tuple(kind for kind, sections in SECTIONS_OF.items() if section in sections)
