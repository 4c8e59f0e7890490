"""Lives that stand at the determination, or before the first contact."""

from datetime import time
from typing import Final

from activities.demo.days import Ago, Due
from activities.demo.leaving import declined_and_closed
from activities.demo.lives import Life
from activities.demo.moments import (
    adopted,
    briefed,
    departed,
    guided,
    invited,
    learned,
    made,
    met,
    needed,
    recognised,
    reopened,
    waived,
)

AFTERNOON: Final = time(14)

DECIDING: Final = (
    Life("new", "查明远", "caseworker-1", Ago(0), registered=0),
    Life(
        "facts-missing",
        "单晓梅",
        "caseworker-4",
        Due("determination", 0),
        registered=0,
        moments=(*needed(1, "孩子放学后无人看管"), *invited(2, 1, AFTERNOON, "补充待工时间的证明")),
    ),
    Life("officer-overdue", "冉㛃", "caseworker-1", Due("determination", -2), registered=0),
    Life(
        "departure-waits",
        "朴英姬",
        "caseworker-2",
        Due("determination", 2),
        registered=0,
        moments=departed(1, "家庭人均收入只高出标准6元，且有老人长期服药，建议认定"),
    ),
    Life(
        "facts-missing-hubei",
        "诸葛兰",
        "caseworker-6",
        Due("determination", 1),
        registered=0,
        moments=needed(1, "不熟悉本地的招工渠道"),
    ),
    Life(
        "reopened",
        "NGUYEN THI LAN",
        "caseworker-2",
        Due("determination", 4),
        registered=-60,
        known={"in_work": True},
        moments=(
            *declined_and_closed(-57),
            # Its reasons are those of determinations that the reopening supersedes: afterwards it could not be made.
            *waived(-54, "paper-1", "本人当面听取说明，表示不需要书面通知"),
            *reopened(0, "原单位停产，本人已离职"),
            *learned(0, "in_work", value=False, detail="离职证明"),
            *learned(0, "household_income", value=150_000, detail="收入声明"),
        ),
    ),
    Life(
        "first-contact-due",
        "龚䶮",
        "caseworker-1",
        Due("first-contact", 1),
        registered=-4,
        moments=(*recognised(0), *invited(0, 0, AFTERNOON, "首次面谈")),
    ),
    Life(
        "first-contact-overdue",
        "逄丽",
        "caseworker-2",
        Due("first-contact", -1),
        registered=-5,
        moments=recognised(0),
    ),
    Life(
        "guidance-due",
        "向𬍛",
        "caseworker-1",
        Due("item/guidance", 0),
        registered=-5,
        moments=(
            *recognised(0),
            *met(2, "首次面谈"),
            *needed(8, "夜里要照顾住院的母亲，只能做白班"),
            *invited(10, 1, time(9, 30), "职业指导"),
        ),
    ),
    Life(
        "judgment",
        "刘𫖯",
        "caseworker-3",
        Ago(12),
        registered=-4,
        moments=(
            *adopted(0),
            *briefed(2, "介绍1311帮扶和技能补贴政策"),
            *guided(5, "分析种植经验与市区岗位的差距，建议先做日结"),
            *made(9, "vacancy-7"),
        ),
    ),
)
