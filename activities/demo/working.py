"""Lives of people who found work and are followed up."""

from typing import Final

from activities.demo.days import Ago, Due
from activities.demo.lives import Life
from activities.demo.moments import (
    PART_TIME,
    SHOP,
    briefed,
    guided,
    placed,
    recognised,
    referred,
    visited,
)
from cases.hardship.stages import ReferralOutcome

HIRED: Final = ReferralOutcome.HIRED

WORKING: Final = (
    Life(
        "follow-up-due",
        "陈垚",
        "caseworker-2",
        Due("follow-up/30", 0),
        registered=-30,
        moments=(
            *recognised(-25),
            *guided(-20, "性格外向，适合服务业"),
            *referred(-14, 1, "vacancy-17", HIRED),
            *placed(0, "employer-12", PART_TIME),
        ),
    ),
    Life(
        "follow-up-overdue",
        "阿卜杜热合曼·图尔荪尼亚孜",
        "caseworker-1",
        Due("follow-up/30", -1),
        registered=-40,
        moments=(
            *recognised(-35),
            *guided(-30, "做馕手艺二十年，愿进后厨"),
            *referred(-20, 1, "vacancy-2", HIRED),
            *placed(0, "employer-2", PART_TIME),
        ),
    ),
    Life(
        "follow-up-later",
        "黄彩云",
        "caseworker-6",
        Ago(45),
        registered=-30,
        moments=(
            *recognised(-25),
            *briefed(-22, "介绍帮扶政策"),
            *guided(-20, "做过超市，熟悉收银"),
            *referred(-14, 1, "vacancy-26", HIRED),
            *placed(0, "employer-21", SHOP),
            *visited(31, 1, "在岗，排班稳定"),
        ),
    ),
)
