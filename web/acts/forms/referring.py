"""The forms of referrals: made, delivered, answered by the worker, and their outcome."""

from typing import Final

from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.stages import ReferralOutcome
from cases.plans import ServiceKind
from cases.wording import Wording
from web.acts.asked import Ask
from web.acts.described import ActForm, Field, Group, Section, one_section
from web.acts.widgets import LONG, Asked, Day, Radios, Suggested, YesNo
from web.acts.words import REFERRAL_OUTCOMES

# What is kept is the Chinese word: the letter and the file say it so.
CHANNELS: Final = {
    "当面": Wording("当面", "In person"),
    "电话": Wording("电话", "By phone"),
    "短信": Wording("短信", "Text message"),
    "微信": Wording("微信", "WeChat"),
    "邮寄": Wording("邮寄", "By post"),
}
_REFERRAL: Final = Field("referral", Wording("哪一次推荐", "Which referral"), Asked(Ask.REFERRAL))

FORMS: Final = (
    ActForm(
        RecordReferral.KIND,
        Group.HELP,
        Wording("保存推荐", "Save the referral"),
        Wording("推荐已保存", "The referral is saved"),
        (
            Section(
                Wording("岗位", "Vacancy"),
                (
                    Field(
                        "vacancy",
                        Wording("推荐哪个岗位", "To which vacancy"),
                        Asked(Ask.VACANCY),
                        Wording(
                            "先列出符合本人限制条件的岗位；也可以按岗位名称查找。",
                            "Those that meet the worker's limits come first; or search by title.",
                        ),
                    ),
                ),
            ),
            Section(
                Wording("推荐", "Referral"),
                (
                    Field(
                        "made_on",
                        Wording("推荐日期", "Day of the referral"),
                        Day(),
                        Wording(
                            "岗位是否有效、是否符合，都按这一天判断。", "The vacancy is judged as it stood on this day."
                        ),
                    ),
                ),
            ),
        ),
        about="vacancy",
        at={
            "future": "made_on",
            "before-application": "made_on",
            "already-referred": "vacancy",
            "unknown": "vacancy",
        },
        plan=ServiceKind.REFERRAL,
    ),
    ActForm(
        DeliverReferral.KIND,
        Group.HELP,
        Wording("确认送达推荐", "Record the delivery"),
        Wording("推荐送达已保存", "The delivery is saved"),
        (
            Section(None, (_REFERRAL,)),
            Section(
                Wording("送达", "Delivery"),
                (
                    Field(
                        "delivered_on",
                        Wording("送达日期", "Day of delivery"),
                        Day(),
                        Wording("交到零工本人的那一天。", "The day on which it reached the worker."),
                    ),
                    Field("channel", Wording("怎样送达", "How it was delivered"), Suggested(CHANNELS)),
                ),
                side_by_side=True,
            ),
        ),
        about="referral",
        at={"future": "delivered_on", "before-made": "delivered_on"},
        plan=ServiceKind.REFERRAL,
    ),
    ActForm(
        AnswerReferral.KIND,
        Group.HELP,
        Wording("保存本人答复", "Save the worker's answer"),
        Wording("本人答复已保存", "The worker's answer is saved"),
        one_section(
            _REFERRAL,
            Field(
                "confirmed",
                Wording("本人怎么说", "What the worker says"),
                YesNo(
                    Wording("确认收到这次推荐", "Confirms the referral"),
                    Wording("对这次推荐有异议", "Contests the referral"),
                ),
                Wording(
                    "由您代为登记本人的话。本人的异议只有本人能撤回。",
                    "You write down what the worker said. Only the worker can take a contest back.",
                ),
            ),
            Field(
                "reason",
                Wording("异议的理由", "Why it is contested"),
                LONG,
                Wording("写零工自己的话。", "In the worker's own words."),
                required=False,
                needed_when=("confirmed", frozenset({"no"})),
            ),
        ),
        about="referral",
        at={"contested": "confirmed"},
        plan=ServiceKind.REFERRAL,
    ),
    ActForm(
        RecordReferralOutcome.KIND,
        Group.HELP,
        Wording("保存推荐结果", "Save the outcome"),
        Wording("推荐结果已保存", "The referral's outcome is saved"),
        one_section(
            _REFERRAL,
            Field("outcome", Wording("结果", "Outcome"), Radios(ReferralOutcome, REFERRAL_OUTCOMES)),
            Field(
                "reason",
                Wording("理由", "Reason"),
                LONG,
                Wording(
                    "零工谢绝的必须写明，写零工自己的话；其他结果可作说明。",
                    "Needed where the worker declined, in the worker's own words; otherwise a note.",
                ),
                required=False,
                needed_when=(
                    "outcome",
                    frozenset({ReferralOutcome.DECLINED_WITH_CAUSE, ReferralOutcome.DECLINED_WITHOUT_CAUSE}),
                ),
            ),
            Field("known_on", Wording("哪一天知道结果", "Known since"), Day()),
        ),
        about="referral",
        at={"future": "known_on", "before-delivery": "known_on"},
        plan=ServiceKind.REFERRAL,
    ),
)
