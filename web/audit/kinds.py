"""What the kinds of audit event are called. A step of a case is called as its act."""

from collections.abc import Mapping
from typing import Final

from cases.hardship.progress import ACTS
from cases.wording import Wording

OTHERS: Final[Mapping[str, Wording]] = {
    "open-case": Wording("登记并开案", "Registered, case opened"),
    "make-worker-link": Wording("给本人一个链接", "A link for the worker"),
    "withdraw-worker-link": Wording("作废给本人的链接", "A worker's link withdrawn"),
    "fetch-own-paper": Wording("本人下载材料", "The worker fetched a paper"),
    "skip-time": Wording("培训模式：跳过时间", "Training mode: time skipped"),
}


def kind_wording(kind: str) -> Wording:
    """The kind itself where nothing better is known: an event is never hidden because it has no name."""
    if kind in ACTS:
        return ACTS[kind].TITLE
    return OTHERS.get(kind, Wording(kind, kind))
