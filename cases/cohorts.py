"""Cases that a change of the law reaches (受影响个案): where each stands, and what becomes of it once asked anew."""

from enum import StrEnum

from cases.wording import Wording


class Standing(StrEnum):
    """How far a subsidy case had come when the change was looked at."""

    OPEN = "open"  # 在办，尚未拨付
    PAID = "paid"  # 已拨付
    REFUSED = "refused"  # 不予补贴
    ENDED = "ended"  # 其他已办结

    @property
    def label(self) -> Wording:
        return _STANDINGS[self]


_STANDINGS = {
    Standing.OPEN: Wording("在办，尚未拨付", "open, nothing paid"),
    Standing.PAID: Wording("已拨付", "paid"),
    Standing.REFUSED: Wording("不予补贴", "refused"),
    Standing.ENDED: Wording("其他已办结", "otherwise ended"),
}


class FollowUp(StrEnum):
    """What asking a case anew has come to."""

    WAITING = "waiting"  # 待送达
    REFUSED = "refused"  # 无法重新认定
    DECIDING = "deciding"  # 重新审核中
    TOP_UP = "top-up"  # 补发中
    RECOVERY = "recovery"  # 追回中
    SETTLED = "settled"  # 已了结

    @property
    def label(self) -> Wording:
        return _FOLLOW_UPS[self]


_FOLLOW_UPS = {
    FollowUp.WAITING: Wording("待重新认定", "not asked yet"),
    FollowUp.REFUSED: Wording("无法重新认定", "cannot be asked anew"),
    FollowUp.DECIDING: Wording("重新审核中", "being decided anew"),
    FollowUp.TOP_UP: Wording("补发中", "being topped up"),
    FollowUp.RECOVERY: Wording("追回中", "being recovered"),
    FollowUp.SETTLED: Wording("已了结", "settled"),
}
