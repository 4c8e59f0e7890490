"""What the kinds of audit event are called. A step of a case is called as its act."""

from collections.abc import Mapping
from typing import Final

from cases.hardship.progress import ACTS
from cases.subsidy.progress import ACTS as OF_SUBSIDIES
from cases.wording import Wording

OTHERS: Final[Mapping[str, Wording]] = {
    "open-case": Wording("登记并开案", "Registered, case opened"),
    "show-entitled-names": Wording("查看应享未享人员姓名", "Looked at the names of those who could have a subsidy"),
    "tell-entitled": Wording("告知可享补贴", "Told somebody of a subsidy"),
    "entitled-declines": Wording("登记不申领补贴", "Recorded that a subsidy is not wanted"),
    "apply-for-subsidy": Wording("受理补贴申请", "Application for a subsidy taken"),
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
    "correct-employer": Wording("更正用工主体", "Corrected an employer"),
    "correct-vacancy": Wording("更正岗位", "Corrected a vacancy"),
    "correct-course": Wording("更正培训课程", "Corrected a course"),
    "correct-station": Wording("更正驿站信息", "Corrected a station's entry"),
    "correct-staff": Wording("更正工作人员信息", "Corrected a staff entry"),
    "register-employer": Wording("登记用工主体", "Registered an employer"),
    "verify-employer": Wording("核实用工主体", "Verified an employer"),
    "post-vacancy": Wording("登记岗位", "Entered a vacancy"),
    "check-vacancy": Wording("岗位真实性审查", "Truth check of a vacancy"),
    "publish-vacancy": Wording("发布岗位", "Published a vacancy"),
    "withdraw-vacancy": Wording("撤下岗位", "Withdrew a vacancy"),
    "confirm-vacancy": Wording("确认岗位仍有效", "Confirmed that a vacancy stands"),
    "close-vacancy": Wording("关闭岗位", "Closed a vacancy"),
    "import-vacancies": Wording("批量导入岗位", "Imported vacancies"),
    "export-vacancies": Wording("导出岗位", "Exported vacancies"),
    "add-course": Wording("登记培训课程", "Entered a course"),
    "take": Wording("认领待办", "Took a queue item"),
    "put-back": Wording("放回待办", "Put a queue item back"),
    "export": Wording("导出待办", "Exported the queue"),
    "leave-cover": Wording("登记代班", "Leave cover"),
    "leave-cover-withdrawn": Wording("取消代班", "Leave cover withdrawn"),
    "fetch-paper": Wording("下载文书", "Fetched a paper"),
    "add-station": Wording("登记驿站", "Entered a station"),
    "add-place": Wording("登记地区", "Entered a place"),
    "add-staff": Wording("登记工作人员", "Added a member of staff"),
    "grant-role": Wording("授予角色", "Gave a role"),
    "end-role": Wording("终止角色", "Ended a role"),
    "staff-leaves": Wording("登记离职", "Last day written down"),
    "reveal-employer-identity": Wording("查看雇主完整身份证号", "Looked at an employing person's identity number"),
    "reveal-employer-person": Wording("查看家庭代表人姓名", "Looked at a household's person"),
    "reveal-employer-representative": Wording("查看法定代表人姓名", "Looked at an employer's representative"),
    "reveal-employer-contact": Wording("查看用工主体联系人", "Looked at an employer's contact"),
    "reveal-employer-phone": Wording("查看用工主体联系电话", "Looked at an employer's phone"),
    "propose-policy": Wording("提议政策文件", "Proposed a policy file"),
    "check-policy": Wording("运行政策示例", "Ran a policy's examples"),
    "publish-policy": Wording("发布政策文件", "Published a policy file"),
    "withdraw-policy": Wording("撤回政策提议", "Withdrew a policy proposal"),
    "simulate-policy": Wording("模拟政策改变", "Simulated a change of the law"),
    "try-policy": Wording("用以往个案试算政策", "Tried a policy on past cases"),
    "cohort-report": Wording("生成受影响个案报告", "Made a cohort report"),
    "follow-up-policy": Wording("登记受影响个案", "Entered cases that a change of the law reaches"),
    "erase-worker": Wording("删除个人信息", "Erased a worker"),
    "restrict-worker": Wording("限制处理个人信息", "Restricted a worker's data"),
    "hold-worker": Wording("登记依法保留", "A worker's file to be kept"),
    "lift-hold": Wording("解除依法保留", "A hold on a worker's file lifted"),
    "log-check": Wording("核验决定日志：全部相符", "Decision log checked: all of it holds"),
    "log-check-failed": Wording("核验决定日志：有不符", "Decision log checked: something is wrong"),
    "sweep-files": Wording("清除记录不再提到的文件", "Removed files that the record names no more"),
    "export-log": Wording("导出决定日志", "Exported the decision log"),
    "replay-determinations": Wording("重放以往的认定", "Made past determinations again"),
    "export-audit-packet": Wording("导出审计包", "Exported an audit packet"),
    "read-leaf": Wording("查看决定日志的一条", "Looked at a leaf of the decision log"),
    "record-payee-account": Wording("登记收款账户", "Recorded an applicant's account"),
    "publish-subsidy-notice": Wording("公示补贴名单", "Published a public-notice list"),
    "make-bank-file": Wording("制作银行文件", "Made a file for the bank"),
    "fetch-bank-file": Wording("领取银行文件", "Fetched a file for the bank"),
    "read-bank-answers": Wording("读入银行回盘", "Read the bank's answers"),
    "skip-time": Wording("培训模式：跳过时间", "Training mode: time skipped"),
}


def kind_wording(kind: str) -> Wording:
    """The kind itself where nothing better is known: an event is never hidden because it has no name."""
    act = ACTS.get(kind) or OF_SUBSIDIES.get(kind)
    if act:
        return act.TITLE
    return OTHERS.get(kind, Wording(kind, kind))


# What an event is about; its id stands beside it.
ABOUT: Final[Mapping[str, Wording]] = {
    "worker": Wording("零工", "worker"),
    "employer": Wording("用工主体", "employer"),
    "vacancy": Wording("岗位", "vacancy"),
    "course": Wording("培训课程", "course"),
    "station": Wording("驿站", "station"),
    "staff": Wording("工作人员", "staff"),
    "paper": Wording("文书", "paper"),
    "queue": Wording("待办", "queue"),
    "subsidies": Wording("补贴列表", "list of subsidies"),
    "leaf": Wording("决定日志条目", "leaf"),
    "log": Wording("决定日志", "decision log"),
    "policy-proposal": Wording("政策提议", "policy proposal"),
    "subsidy-notice": Wording("公示名单", "public-notice list"),
    "bank-file": Wording("银行文件", "bank file"),
    "simulation": Wording("政策模拟", "simulation"),
}


def about_wording(kind: str) -> Wording:
    return ABOUT.get(kind, Wording(kind, kind))
