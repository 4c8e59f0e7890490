"""Why a case is not on a list or in a file (未列入的原因), told to whoever made it: kept as codes, said in words."""

from collections.abc import Mapping
from typing import Final

from cases.wording import Wording

NO_ACCOUNT: Final = "no-account"
WORDS: Final[Mapping[str, Wording]] = {
    NO_ACCOUNT: Wording("没有登记收款账户", "no account is recorded"),
    "workflow-not-begun": Wording(
        "流程尚未启动，几分钟后再做一次即可", "its workflow has not been started yet: make another in some minutes"
    ),
    "wrong-stage": Wording("个案已不在这一阶段", "the case has left this stage"),
    "noticed": Wording("已在另一份名单上", "it is on another list"),
    "not-named": Wording(
        "选入以后审核结论已更新，下一份再列入", "determined anew since it was chosen: the next one has it"
    ),
    "out-of-date": Wording("事实已变化，须先重新审核", "facts have changed: it is determined again first"),
    "other-status": Wording("拨付单已不是“已开单”", "the payment instruction is no longer “ordered”"),
    "not-your-role": Wording("办理人在本站没有审批人角色", "whoever made it is no officer of the station"),
}


def why_left_out(codes: str) -> Wording:
    """`codes` as they are kept, several with commas between them; one that nobody named here stands for itself."""
    said = [WORDS.get(code, Wording(code, code)) for code in codes.split(",")]
    return Wording("；".join(each.zh for each in said), "; ".join(each.en for each in said))
