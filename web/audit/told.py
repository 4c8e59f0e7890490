"""Why something was done: what audit events keep of it (a word of a closed list, what was asked), told to a reader."""

from typing import Final

from activities.replaying import KIND as REPLAYED
from cases.erasing import ErasureBasis, HoldKind
from cases.wording import Wording
from store.log_checks import FAILED, HOLDS, log_checked
from web.reasons import REASONS

_LABELS: Final = {each.value: each.label for closed in (ErasureBasis, HoldKind) for each in closed} | {
    why.value: label for why, label in REASONS.items()
}
_ASKED: Final = {
    "all": Wording("全部", "all"),
    "case": Wording("个案", "case"),
    "policy": Wording("政策", "policy"),
    "from": Wording("自", "from"),
    "until": Wording("至", "until"),
    "sample": Wording("抽取", "sample of"),
    "seed": Wording("种子", "seed"),
    "after": Wording("接在其后", "after"),
    "these": Wording("选定件数", "chosen"),
    "of": Wording("总数", "of"),
}


def reason_told(kind: str, reason: str) -> Wording:
    if kind == REPLAYED:
        return _asked(reason)
    if kind in (HOLDS, FAILED):
        found = log_checked(reason)
        return Wording(
            f"{found.leaves}条，{found.checkpoints}个检查点，{found.findings}处不符",
            f"{found.leaves} leaves, {found.checkpoints} checkpoints, {found.findings} findings",
        )
    return _LABELS.get(reason, Wording(reason, reason))


def _asked(reason: str) -> Wording:
    """What a replay was asked for: names with their values, each name a word of the list above."""
    parts = [part.partition(" ") for part in reason.split(", ")]
    said = [(_ASKED.get(name, Wording(name, name)), value) for name, _, value in parts]
    return Wording(
        "，".join(f"{name.zh} {value}".strip() for name, value in said),
        ", ".join(f"{name.en} {value}".strip() for name, value in said),
    )
