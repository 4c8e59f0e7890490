"""The stages of a subsidy case, how it can end, and the other closed lists of it."""

from enum import StrEnum

from cases.case import CaseOutcome, CaseStage
from cases.wording import Wording


class Stage(CaseStage):
    DETERMINATION = "determination"  # 审核
    NOTICE = "notice"  # 公示
    PAYMENT = "payment"  # 拨付
    RUNNING = "running"  # 享受期
    REFUSAL = "refusal"  # 不予补贴告知
    RECOVERY = "recovery"  # 追回
    CLOSED = "closed"  # 已办结

    @property
    def label(self) -> Wording:
        return STAGE_LABELS[self]


STAGE_LABELS = {
    Stage.DETERMINATION: Wording("审核", "Examination"),
    Stage.NOTICE: Wording("公示", "Public notice"),
    Stage.PAYMENT: Wording("拨付", "Payment"),
    Stage.RUNNING: Wording("享受期", "Running"),
    Stage.REFUSAL: Wording("不予补贴告知", "Refusal told"),
    Stage.RECOVERY: Wording("追回", "Recovery"),
    Stage.CLOSED: Wording("已办结", "Closed"),
}


class Outcome(CaseOutcome):
    """办理结果: the closed list of ways a subsidy case ends."""

    PAID = "paid"  # 已发放
    REFUSED = "refused"  # 不予补贴
    WITHDRAWN = "withdrawn"  # 申请人撤回
    EXPIRED = "expired"  # 逾期未补正
    STOPPED = "stopped"  # 停发
    RECOVERED = "recovered"  # 已追回
    WRITTEN_OFF = "written-off"  # 核销

    @property
    def label(self) -> Wording:
        return OUTCOME_LABELS[self]


OUTCOME_LABELS = {
    Outcome.PAID: Wording("已发放", "Paid"),
    Outcome.REFUSED: Wording("不予补贴", "Refused"),
    Outcome.WITHDRAWN: Wording("申请人撤回", "Withdrawn"),
    Outcome.EXPIRED: Wording("逾期未补正", "Expired"),
    Outcome.STOPPED: Wording("停发", "Stopped"),
    Outcome.RECOVERED: Wording("已追回", "Recovered"),
    Outcome.WRITTEN_OFF: Wording("核销", "Written off"),
}


class Applicant(StrEnum):
    """Whom a subsidy goes to: a worker of the ledger, or an employer or body of the register."""

    WORKER = "worker"
    EMPLOYER = "employer"

    @property
    def label(self) -> Wording:
        return APPLICANT_LABELS[self]


APPLICANT_LABELS = {Applicant.WORKER: Wording("零工", "worker"), Applicant.EMPLOYER: Wording("用工主体", "employer")}


class Each(StrEnum):
    """What a subsidy is had once in: a month, a calendar year, or ever."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class Per(StrEnum):
    """For whom a subsidy is had: once for whoever applies, or for each person whom an employer hired or placed."""

    APPLICANT = "applicant"
    HIRE = "hire"


class PaymentStatus(StrEnum):
    """How far a payment instruction (拨付单) has come. No money moves in this system; a bank says what did."""

    ORDERED = "ordered"  # 已开单
    SENT = "sent"  # 已随银行文件发出
    PAID = "paid"  # 银行已付
    RETURNED = "returned"  # 银行退回
    CANCELLED = "cancelled"  # 作废

    @property
    def label(self) -> Wording:
        return PAYMENT_LABELS[self]


COME_TO_NOTHING = (PaymentStatus.RETURNED, PaymentStatus.CANCELLED)  # their money is neither under way nor there
PAYMENT_LABELS = {
    PaymentStatus.ORDERED: Wording("已开单", "ordered"),
    PaymentStatus.SENT: Wording("已发银行", "sent to the bank"),
    PaymentStatus.PAID: Wording("已到账", "paid"),
    PaymentStatus.RETURNED: Wording("银行退回", "returned by the bank"),
    PaymentStatus.CANCELLED: Wording("已作废", "cancelled"),
}


class DeliveryWay(StrEnum):
    """How a paper was delivered (送达方式)."""

    IN_PERSON = "in-person"  # 直接送达
    POST = "post"  # 邮寄送达
    ELECTRONIC = "electronic"  # 电子送达
    PUBLIC_NOTICE = "public-notice"  # 公告送达: counts as delivered once its days are over

    @property
    def label(self) -> Wording:
        return DELIVERY_LABELS[self]


DELIVERY_LABELS = {
    DeliveryWay.IN_PERSON: Wording("直接送达", "handed over"),
    DeliveryWay.POST: Wording("邮寄送达", "by post"),
    DeliveryWay.ELECTRONIC: Wording("电子送达", "electronically"),
    DeliveryWay.PUBLIC_NOTICE: Wording("公告送达", "by public notice"),
}


class Instance(StrEnum):
    """Who looks at a decision again (复核、行政复议、诉讼)."""

    REVIEW = "review"  # 复核: another officer of the place
    RECONSIDERATION = "reconsideration"  # 行政复议
    COURT = "court"  # 行政诉讼

    @property
    def label(self) -> Wording:
        return INSTANCE_LABELS[self]


INSTANCE_LABELS = {
    Instance.REVIEW: Wording("复核", "review"),
    Instance.RECONSIDERATION: Wording("行政复议", "administrative reconsideration"),
    Instance.COURT: Wording("行政诉讼", "administrative suit"),
}
