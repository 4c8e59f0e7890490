"""Every command of `yizhan`, with what it does in both languages and the module that does it."""

from dataclasses import dataclass
from typing import TypedDict

from cases.wording import Wording


class Help(TypedDict):
    """What a command says of itself: on its own page, and in one line of the list it stands in."""

    help: str
    short_help: str


def told(zh: str, en: str) -> Help:
    return Help(help=f"{zh}\n\n{en}", short_help=f"{zh} · {en}")


@dataclass(frozen=True)
class Command:
    """`module` exports `app` (a group of commands) or `command` (one); it is imported only when it is run."""

    name: str
    module: str
    purpose: Wording

    @property
    def help(self) -> Help:
        return told(self.purpose.zh, self.purpose.en)


COMMANDS = (
    Command(
        "run",
        "cli.run",
        Wording(
            "运行驿站：数据库、流程服务、工作进程与网页，Ctrl-C 全部停止。",
            "Run the station: database, workflow server, Temporal worker and web pages, until Ctrl-C.",
        ),
    ),
    Command(
        "case",
        "cli.case",
        Wording("登记、查看、办理个案。", "Open, show and list cases, and act on them."),
    ),
    Command(
        "subsidy",
        "cli.subsidy",
        Wording("受理、查看补贴申请，找出应享未享的人。", "Take applications for subsidies, list and show them."),
    ),
    Command(
        "account",
        "cli.account",
        Wording("开通、重设、停用工作人员的账号。", "Give staff accounts, set passwords anew, disable accounts."),
    ),
    Command(
        "person",
        "cli.person",
        Wording(
            "删除个人信息，或登记须依法保留的档案。",
            "Erase a person's data, or write down that a file must be kept.",
        ),
    ),
    Command(
        "demo",
        "cli.demo",
        Wording(
            "用跳过的时间演示一个困难零工个案的各条路径，文书写入 ./out。",
            "Play a hardship case and each of its branches in skipped time; the papers go to ./out.",
        ),
    ),
    Command(
        "policy",
        "cli.policy",
        Wording("检查、测试、解释政策文件。", "Check, test and explain the policies."),
    ),
    Command(
        "audit",
        "cli.audit",
        Wording(
            "重放以往的认定，导出审计包，写出离线核验器。",
            "Make past determinations again, export audit packets, write out the verifier.",
        ),
    ),
    Command(
        "doctor",
        "cli.doctor",
        Wording("检查安装：有什么、缺什么、为什么需要。", "Say what is present, what is missing and why it matters."),
    ),
    Command(
        "rebuild",
        "cli.rebuild",
        Wording(
            "流程服务的数据丢失后，从数据库重新启动每个未结个案。",
            "After the workflow server lost its data, restart every open case from the database.",
        ),
    ),
    Command(
        "reconcile",
        "cli.reconcile",
        Wording(
            "核对数据库与流程服务，列出每处不一致。",
            "Compare the database with the workflow server and list every difference.",
        ),
    ),
    Command(
        "files",
        "cli.files",
        Wording(
            "查找、清除记录不再提到的文书文件。", "Find, and remove, files of papers that the record names no more."
        ),
    ),
    Command(
        "migrate",
        "cli.migrate",
        Wording("把数据库升级到本版本的结构。", "Bring the database to this version's structure."),
    ),
    Command(
        "worker",
        "cli.worker",
        Wording("只运行 Temporal 工作进程（集群部署）。", "Run a Temporal worker only, as one of many in a cluster."),
    ),
    Command(
        "web",
        "cli.web",
        Wording("只运行网页（集群部署）。", "Run the web pages only, as one of many in a cluster."),
    ),
    Command(
        "server",
        "cli.server",
        Wording("只运行内嵌的流程服务。", "Run the embedded workflow server only."),
    ),
)
