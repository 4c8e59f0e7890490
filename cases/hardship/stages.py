"""The stages of a hardship case, how it can end, and why a person may leave it."""

from enum import StrEnum

from cases.case import CaseOutcome, CaseStage
from cases.wording import Wording


class Stage(CaseStage):
    DETERMINATION = "determination"  # 认定
    HELP = "help"  # 帮扶
    POST = "post"  # 公益性岗位安置
    FOLLOW_UP = "follow-up"  # 跟踪回访
    EXIT_NOTICE = "exit-notice"  # 退出告知
    CLOSING = "closing"  # 办结审批
    CLOSED = "closed"  # 已办结

    @property
    def label(self) -> Wording:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.DETERMINATION: Wording("认定", "Determination"),
    Stage.HELP: Wording("帮扶", "Help"),
    Stage.POST: Wording("公益性岗位安置", "Public-welfare post"),
    Stage.FOLLOW_UP: Wording("跟踪回访", "Follow-up"),
    Stage.EXIT_NOTICE: Wording("退出告知", "Exit notice"),
    Stage.CLOSING: Wording("办结审批", "Approval of closure"),
    Stage.CLOSED: Wording("已办结", "Closed"),
}


class Outcome(CaseOutcome):
    """办理结果: the closed list of ways a case ends."""

    DECLINED = "declined"  # 不予认定
    PLACED = "placed"  # 市场就业安置
    PUBLIC_POST = "public-post"  # 公益性岗位安置
    MARKET_FAILED = "market-failed"  # 帮扶期满未就业，且不符合公益性岗位条件
    EXITED = "exited"  # 退出
    HANDED_OVER = "handed-over"  # 移送

    @property
    def label(self) -> Wording:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.DECLINED: Wording("不予认定", "Declined"),
    Outcome.PLACED: Wording("就业安置", "Placed"),
    Outcome.PUBLIC_POST: Wording("公益性岗位安置", "Public-welfare post"),
    Outcome.MARKET_FAILED: Wording("帮扶期满未就业", "Help term over without a placement"),
    Outcome.EXITED: Wording("退出", "Exited"),
    Outcome.HANDED_OVER: Wording("移送", "Handed over"),
}


class ExitReason(StrEnum):
    """退出情形: the closed list; which of them a place uses, and by which clause, is its `exit` policy."""

    RETIRED = "retired"  # 达到法定退休年龄或领取养老金
    INCAPACITATED = "incapacitated"  # 完全丧失劳动能力
    STUDY_ARMY_EMIGRATION = "study-army-emigration"  # 入学、服兵役、移居境外
    REFUSED_SERVICE = "refused-service"  # 多次无正当理由拒绝服务
    ENDS_WISH = "ends-wish"  # 本人终止就业意愿
    ASKS_TO_LEAVE = "asks-to-leave"  # 本人申请退出
    IMPRISONED = "imprisoned"  # 服刑
    FALSE_DATA = "false-data"  # 提供虚假信息
    UNREACHABLE = "unreachable"  # 长期失去联系
    DIED = "died"  # 死亡


class ReferralOutcome(StrEnum):
    """推荐结果: what came of one referral; each value but the last settles it."""

    HIRED = "hired"  # 录用
    NOT_HIRED = "not-hired"  # 用工主体未录用
    DECLINED_WITH_CAUSE = "declined-with-cause"  # 本人有正当理由拒绝
    DECLINED_WITHOUT_CAUSE = "declined-without-cause"  # 本人无正当理由拒绝
    FILLED_ELSEWHERE = "filled-elsewhere"  # 岗位已满
    NO_CONTACT = "no-contact"  # 未能联系


class TrainingResult(StrEnum):
    COMPLETED = "completed"  # 合格
    FAILED = "failed"  # 不合格
    LEFT = "left"  # 中途退出


class AgreementForm(StrEnum):
    """The paper a placement is founded on; which one is chosen by facts."""

    LABOUR_CONTRACT = "labour-contract"
    PART_TIME_CONTRACT = "part-time-contract"
    PUBLIC_POST_AGREEMENT = "public-post-agreement"
