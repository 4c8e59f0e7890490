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
    "worker-read": Wording("打开零工页面", "Opened a worker's page"),
    "case-read": Wording("打开个案", "Opened a case"),
    "find-workers": Wording("查找零工", "Searched for workers"),
    "correct-worker": Wording("更正零工登记", "Corrected a worker's entry"),
    "not-the-same-person": Wording("核对过，不是同一人", "Looked at likely duplicates: other people"),
    "register-worker": Wording("登记零工", "Registered a worker"),
    "import-workers": Wording("批量导入零工", "Imported workers"),
    "export-workers": Wording("导出零工（遮盖）", "Exported workers, masked"),
    "export-workers-unmasked": Wording("导出零工（不遮盖）", "Exported workers, unmasked"),
    "sign-in": Wording("登录", "Signed in"),
    "sign-out": Wording("退出登录", "Signed out"),
    "lock-account": Wording("连续输错密码，账号锁定", "Account locked after wrong passwords"),
    "change-password": Wording("修改密码", "Password changed"),
    "end-session": Wording("退出一处登录", "One session ended"),
    "end-sessions": Wording("在所有设备上退出", "Signed out everywhere"),
    "add-account": Wording("开通账号", "Account added"),
    "reset-password": Wording("重设密码", "Password set anew"),
    "disable-account": Wording("停用账号", "Account disabled"),
    "enable-account": Wording("恢复账号", "Account enabled"),
    "reveal-identity": Wording("查看完整身份证号", "Looked at an identity number"),
    "reveal-phone": Wording("查看完整电话", "Looked at a phone"),
    "reveal-address": Wording("查看完整住址", "Looked at an address"),
    "skip-time": Wording("培训模式：跳过时间", "Training mode: time skipped"),
}


def kind_wording(kind: str) -> Wording:
    """The kind itself where nothing better is known: an event is never hidden because it has no name."""
    if kind in ACTS:
        return ACTS[kind].TITLE
    return OTHERS.get(kind, Wording(kind, kind))
