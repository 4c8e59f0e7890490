"""The service plan (帮扶方案): what the policy of a place owes one worker."""

from dataclasses import dataclass
from enum import StrEnum

from cases.authorities import Authority
from cases.wording import Wording


class ServiceKind(StrEnum):
    """One kind of help; the closed list of what a plan can ask for or a station can give."""

    GUIDANCE = "guidance"  # 职业指导
    REFERRAL = "referral"  # 岗位推荐
    TRAINING = "training"  # 技能培训
    POLICY_BRIEFING = "policy-briefing"  # 政策宣讲
    OTHER = "other"  # 其他服务（加大帮扶力度）


@dataclass(frozen=True)
class PlanItem:
    """`count` services of one kind, owed within `due_days` natural days of the plan's start."""

    id: str
    kind: ServiceKind
    count: int
    due_days: int
    title: Wording
    authority: Authority
    required: bool = True  # whether the market counts as failed only once this is proved
    distinct_employers: bool = False
    refusal_counts: bool = False  # whether a referral refused by the worker without good cause still proves the duty


@dataclass(frozen=True)
class ServicePlan:
    """Pinned to a case when it opens: a later version never reopens an earlier case."""

    policy: str
    version: str
    policy_hash: str
    title: Wording
    items: tuple[PlanItem, ...]
    term_days: int  # natural days; the term over and the required items proved, the market counts as failed
    follow_up_days: tuple[int, ...]  # natural days after a placement
    review_days: int  # natural days to ask for a review of an exit
    on_top: tuple[Wording, ...]  # what a station is told to give beyond the items
    confirmed: bool  # False: the notice leaves the composition undefined (Hubei's 1311)
