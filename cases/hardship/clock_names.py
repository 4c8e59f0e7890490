"""What the clocks of a case are called where the terms of its policies are not at hand: in a notice, in a list."""

from typing import Final

from cases.wording import Wording

_NAMES: Final = {
    "determination": Wording("作出认定", "Determination"),
    "first-contact": Wording("首次联系", "First contact"),
    "term": Wording("帮扶期限", "Term of help"),
    "exit-review": Wording("申请复核退出", "Review of the exit"),
    "closure": Wording("办结审批", "Approval of closure"),
    "item/guidance": Wording("职业指导", "Guidance"),
    "item/referral": Wording("岗位推荐", "Referrals"),
    "item/referrals": Wording("岗位推荐", "Referrals"),
    "item/training": Wording("技能培训", "Training"),
    "item/policy-briefing": Wording("政策宣讲", "Policy briefing"),
}
_NUMBERED: Final = {
    "outcome/referral": Wording("第 {n} 次推荐的结果", "Outcome of referral {n}"),
    "follow-up/follow-up": Wording("第 {n} 次回访", "Follow-up {n}"),
}


def clock_name(clock_id: str) -> Wording:
    """The id itself where a place has a clock of its own making."""
    if clock_id in _NAMES:
        return _NAMES[clock_id]
    kind, _, number = clock_id.rpartition("-")
    pattern = _NUMBERED.get(kind)
    if pattern is None:
        return Wording(clock_id, clock_id)
    return Wording(pattern.zh.format(n=number), pattern.en.format(n=number))
