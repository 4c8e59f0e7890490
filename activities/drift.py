"""How the record and what follows from it can differ (漂移), with what each difference means to an operator."""

from collections.abc import Mapping
from typing import Final

from cases.wording import Wording

CASE_WITHOUT_WORKFLOW: Final = "case-without-workflow"
WORKFLOW_WITHOUT_CASE: Final = "workflow-without-case"
CLOCKS_DIFFER: Final = "clocks-differ"
QUEUE_DIFFERS: Final = "queue-differs"
UNSENT: Final = "unsent"
LEAF_MISSING: Final = "leaf-missing"
LEAF_ALTERED: Final = "leaf-altered"
LEAF_LATE: Final = "leaf-late"
POLICY_CHANGED: Final = "policy-changed"
POLICY_LOST: Final = "policy-lost"

MEANING: Final[Mapping[str, Wording]] = {
    CASE_WITHOUT_WORKFLOW: Wording(
        "个案没有流程在运行（运行 yizhan rebuild）", "no workflow runs (run yizhan rebuild)"
    ),
    WORKFLOW_WITHOUT_CASE: Wording(
        "流程在运行而个案已办结或不存在", "a workflow runs for a case that is closed or missing"
    ),
    CLOCKS_DIFFER: Wording("流程与数据库的时限不同", "workflow and record hold different clocks"),
    QUEUE_DIFFERS: Wording(
        "工作台所示与个案不同（运行 yizhan migrate）", "the queue does not show what the case says (run yizhan migrate)"
    ),
    POLICY_CHANGED: Wording(
        "政策文件不再是个案开案时的版本，个案按记录中保存的原文继续办理",
        "the policy files no longer say what the case is pinned to: it goes on by the copy in the record",
    ),
    POLICY_LOST: Wording(
        "个案开案时的政策版本在文件和记录中都找不到（请恢复该版本的政策文件）",
        "what the case is pinned to is neither in the policy files nor in the record (put that file back)",
    ),
    UNSENT: Wording("有消息未发出（工作进程是否在运行？）", "a message did not go out (is a worker running?)"),
    LEAF_MISSING: Wording(
        "决定或认定在决定日志中没有叶（运行 yizhan audit log check）",
        "a decision or determination has no leaf in the decision log (run yizhan audit log check)",
    ),
    LEAF_ALTERED: Wording(
        "决定日志的叶与当初写入的不同（运行 yizhan audit log check）",
        "a leaf of the decision log is not what was written (run yizhan audit log check)",
    ),
    LEAF_LATE: Wording(
        "叶等候定序已久（工作进程是否在运行？）", "a leaf has long waited for its index (is a worker running?)"
    ),
}
