"""Lives that lead out: exits with notice and review, hand-overs, closures asked for, returned and approved."""

from typing import Final

from activities.demo.days import Ago, Due
from activities.demo.lives import Life
from activities.demo.moments import (
    CLEANING,
    FULL_TIME,
    POST,
    Moments,
    adopted,
    briefed,
    closed,
    closing,
    guided,
    handed_over,
    helped,
    needed,
    placed,
    recognised,
    referred,
    returned,
    review_asked,
    review_decided,
    told_to_leave,
    trained,
    visited,
)
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.stages import ExitReason, ReferralOutcome

REFUSED: Final = ReferralOutcome.DECLINED_WITHOUT_CAUSE
CAUSE: Final = ReferralOutcome.DECLINED_WITH_CAUSE
HIRED: Final = ReferralOutcome.HIRED


def declined_and_closed(day: int) -> Moments:
    """In work, so neither class is granted; the supervisor approves the closure two days later."""
    return (*adopted(day, DIFFICULTY), *adopted(day, HARDSHIP), *closed(day + 2))


def refused_thrice(day: int) -> Moments:
    return (
        *referred(day, 1, "vacancy-1", REFUSED, "嫌路远"),
        *referred(day + 8, 2, "vacancy-17", REFUSED, "不愿早起"),
        *referred(day + 16, 3, "vacancy-18", REFUSED, "未说明理由"),
    )


LEAVING: Final = (
    Life(
        "declined-waits",
        "乐思远",
        "caseworker-5",
        Due("closure-approval", 2),
        registered=-3,
        moments=(*adopted(0, DIFFICULTY), *adopted(0, HARDSHIP)),
    ),
    Life(
        "returned",
        "褚颀",
        "caseworker-1",
        Ago(30),
        registered=-4,
        moments=(
            *recognised(0),
            *guided(2, "腰部旧伤，不宜搬重物；愿做看护、巡查一类"),
            *referred(9, 1, "vacancy-14", CAUSE, "到岗后需爬高，身体不允许"),
            *handed_over(22, "示例区残疾人联合会", "辅助器具适配与托养服务"),
            *returned(26, "缺接收机构的回执，请补齐后再报"),
        ),
    ),
    Life(
        "exit-review-asked",
        "盖志刚",
        "caseworker-4",
        Ago(45),
        registered=-4,
        moments=(
            *recognised(0),
            *guided(4, "有装修手艺，建议考取证书"),
            *refused_thrice(8),
            *told_to_leave(34, ExitReason.REFUSED_SERVICE, "三次推荐均无正当理由拒绝，已逐次核对"),
            *review_asked(39, "第三次那天孩子住院，有病历，不是无故不去"),
        ),
    ),
    Life(
        "exit-told",
        "胡桂英",
        "caseworker-6",
        Ago(40),
        registered=-3,
        moments=(
            *recognised(0),
            *briefed(3, "介绍帮扶政策和灵活就业社保补贴"),
            *guided(6, "了解身体状况，适合轻体力、时间灵活的工作"),
            *told_to_leave(33, ExitReason.ENDS_WISH, "要照顾孙辈，书面表示不再找工作"),
        ),
    ),
    Life(
        "closing-waits",
        "晏诚",
        "caseworker-4",
        Due("closure-approval", 1),
        registered=-230,
        moments=(
            *recognised(-225),
            *guided(-220, "有仓库经验，熟悉扫码枪和叉车"),
            *referred(-214, 1, "vacancy-1", HIRED),
            *placed(-200, "employer-1", FULL_TIME),
            *visited(-169, 1, "在岗，工资按月到账"),
            *visited(-109, 2, "在岗，已转为组长"),
            *visited(-18, 3, "在岗，已缴社会保险"),
            *closing(0),
        ),
    ),
    Life(
        "closed-placed",
        "王芳",
        "caseworker-1",
        Ago(275),
        registered=-5,
        moments=(
            *recognised(0),
            *needed(1, "孩子上学接送时间与上班冲突"),
            *guided(4, "做过三年后厨，愿意做白班"),
            *helped(5, 1, "service-1"),
            *referred(8, 1, "vacancy-2"),
            *trained(12, 22, "course-9"),
            *referred(26, 2, "vacancy-3", CAUSE, "工作时间与接孩子冲突"),
            *referred(34, 3, "vacancy-14", HIRED),
            *placed(45, "employer-9", CLEANING),
            *visited(76, 1, "在岗，与同事相处好"),
            *visited(137, 2, "在岗"),
            *visited(227, 3, "在岗，续签意向明确"),
            *closing(228),
            *closed(231),
        ),
    ),
    Life(
        "closed-public-post",
        "令狐大川",
        "caseworker-2",
        Ago(300),
        registered=-5,
        moments=(
            *recognised(0),
            *guided(5, "年龄偏大，视力下降，适合近处的轻体力岗位"),
            *referred(10, 1, "vacancy-3"),
            *referred(18, 2, "vacancy-14"),
            *referred(26, 3, "vacancy-17"),
            *trained(38, 47, "course-9"),
            *adopted(96, PUBLIC_POST),
            *placed(100, "employer-3", POST),
            *visited(131, 1, "在岗，负责街面保洁"),
            *visited(192, 2, "在岗"),
            *visited(282, 3, "在岗，岗位补贴已到账"),
            *closing(284),
            *closed(288),
        ),
    ),
    Life(
        "closed-market-failed",
        "彭磊",
        "caseworker-3",
        Ago(160),
        registered=-5,
        moments=(
            *recognised(0),
            *briefed(3, "介绍1311帮扶"),
            *guided(5, "希望从事设备操作"),
            *referred(10, 1, "vacancy-23"),
            *referred(18, 2, "vacancy-24"),
            *referred(27, 3, "vacancy-6", CAUSE, "工资低于本人底线"),
            *trained(30, 42, "course-11"),
            *adopted(96, PUBLIC_POST),
            *closing(98),
            *closed(102),
        ),
    ),
    Life(
        "closed-exited",
        "区倩",
        "caseworker-4",
        Ago(120),
        registered=-4,
        moments=(
            *recognised(0),
            *guided(4, "想做文员，暂无电脑基础"),
            *refused_thrice(8),
            *told_to_leave(40, ExitReason.REFUSED_SERVICE, "三次推荐均无正当理由拒绝"),
            *review_asked(44, "觉得岗位都不合适"),
            *review_decided(50, "三个岗位均符合本人登记的条件，维持退出", upheld=True),
            *closed(53),
        ),
    ),
    Life(
        "closed-handed-over",
        "陈嘉仪",
        "caseworker-3",
        Ago(75),
        registered=-4,
        moments=(
            *recognised(0),
            *briefed(3, "介绍残疾人辅助性就业政策"),
            *guided(6, "需要无障碍的工作环境"),
            *needed(7, "轮椅无法进入多数店铺"),
            *handed_over(20, "示例区残疾人联合会", "辅助性就业与无障碍改造", "由接收机构继续解决"),
            *closed(23),
        ),
    ),
    Life(
        "closed-declined",
        "查明远",
        "caseworker-4",
        Ago(130),
        registered=-3,
        known={"in_work": True},
        moments=declined_and_closed(0),
    ),
)
