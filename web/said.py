"""What a page says after a form was saved: a closed list, named in the address, so nothing about a person is in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cases.wording import Wording

MESSAGES: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "saved": Wording("已保存。", "Saved."),
        "signed-out": Wording("您已退出登录。", "You are signed out."),
        "signed-out-everywhere": Wording("您已在所有设备上退出登录。", "You are signed out everywhere."),
        "expired": Wording(
            "长时间未操作，已退出登录。请重新登录，填写的内容已保留。",
            "You were signed out after a while without work. Sign in again: what you filled in is kept.",
        ),
        "taken": Wording("已认领。", "It is yours now."),
        "put-back": Wording("已放回，别人可以认领。", "Put back: somebody else can take it."),
        "nothing-to-take": Wording("现在没有可以领取的事项。", "There is nothing to take now."),
        "time-skipped": Wording("时间已往前走。", "Time has moved on."),
        "worker-corrected": Wording("修改已保存，改之前的内容留在变更记录里。", "Saved. What stood before is kept."),
        "worker-registered": Wording("已登记到实名台账。", "Entered into the ledger."),
        "applied": Wording("申请已受理，规则开始审核。", "The application is taken, and determined upon."),
        "notice-made": Wording("名单已公示。", "The list is shown to the public."),
        "list-printed": Wording("名单已打印。", "The list is printed."),
        "bank-file-made": Wording("银行文件已做好。", "The bank file is made."),
        "swept": Wording("已按今天的事实和政策查过。", "Looked at anew, by the facts and the law of today."),
        "entitled-marked": Wording("已记下。", "It is noted."),
        "case-opened": Wording("已登记并开案。", "Registered, and the case is open."),
        "workers-imported": Wording("全部零工已导入。", "All workers are imported."),
        "answer-kept": Wording("已收到，谢谢您。", "We have your answer. Thank you."),
        "answer-late": Wording(
            "已收到，正在登记，不用再填一次。稍后刷新就能看到。",
            "We have your answer and are writing it down: no need to send it again. Reload in a while to see it.",
        ),
        "session-ended": Wording("那一处已退出登录。", "That one is signed out."),
        "password-changed": Wording(
            "密码已修改，其他设备已退出登录。", "Your password is changed, and you are signed out elsewhere."
        ),
        "vacancy-entered": Wording(
            "岗位已登记。下一步：真实性审查。", "The vacancy is entered. Next: its truth check."
        ),
        "truth-check-passed": Wording(
            "审查已保存：通过。现在可以发布。", "The check is saved: passed. The vacancy can be published now."
        ),
        "truth-check-failed": Wording(
            "审查已保存：不通过。岗位已在所有渠道撤下。", "The check is saved: failed. The vacancy is shown nowhere."
        ),
        "vacancy-published": Wording("岗位已发布。", "The vacancy is published."),
        "vacancy-withdrawn": Wording("已在该渠道撤下。", "It is withdrawn from that channel."),
        "vacancy-confirmed": Wording("确认已登记。", "The confirmation is recorded."),
        "vacancy-closed": Wording("岗位已关闭，不再展示。", "The vacancy is closed, and shown no more."),
        "vacancies-imported": Wording(
            "全部岗位已导入，等待真实性审查。", "All vacancies are imported, and wait for their truth check."
        ),
        "employer-registered": Wording(
            "用工主体已登记。下一步：核实。", "The employer is registered. Next: verify it."
        ),
        "employer-verified": Wording("核实已保存。", "The verification is saved."),
        "policy-proposed": Wording(
            "提议已保存，示例已运行，结果在下面。", "The proposal is kept, its examples were run: see below."
        ),
        "policy-checked": Wording("示例已重新运行。", "The examples were run anew."),
        "policy-published": Wording("已发布，新增内容自明天起使用。", "Published: in use from tomorrow."),
        "cohort-followed": Wording("已登记，逐案重新认定。", "Entered: the cases are asked anew one by one."),
        "policy-withdrawn": Wording("提议已撤回。", "The proposal is withdrawn."),
        "course-entered": Wording("培训课程已登记。", "The course is entered."),
    }
)


def said(code: str) -> Wording | None:
    return MESSAGES.get(code)
