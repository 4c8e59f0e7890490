"""How the record and what follows from it can differ (漂移), with what each difference means to an operator."""

from collections.abc import Mapping
from typing import Final

from cases.wording import Wording

CASE_WITHOUT_WORKFLOW: Final = "case-without-workflow"
WORKFLOW_WITHOUT_CASE: Final = "workflow-without-case"
CLOCKS_DIFFER: Final = "clocks-differ"
QUEUE_DIFFERS: Final = "queue-differs"
UNSENT: Final = "unsent"
POLICY_CHANGED: Final = "policy-changed"

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
        "个案开案时的方案版本在政策文件中被改动", "the plan that the case is pinned to was changed in the policy files"
    ),
    UNSENT: Wording("有消息未发出（工作进程是否在运行？）", "a message did not go out (is a worker running?)"),
}
