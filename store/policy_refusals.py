"""Why a policy file was not proposed, published or withdrawn."""

from typing import Final

from cases.refusals import refusal

NO_SUCH_PROPOSAL: Final = refusal("no-such-proposal", "没有这项提议。", "There is no such proposal.")
SECOND_PERSON: Final = refusal(
    "second-person",
    "提议人不能发布自己的提议：请另一位政策专员核对后发布。",
    "Whoever proposed a file cannot publish it: another policy officer looks at it, and publishes it.",
)
NOT_PASSED: Final = refusal(
    "examples-not-passed",
    "示例没有全部通过，所以没有发布：请改好文件后重新提议。",
    "Not all examples came out, so nothing was published: put the file right and propose it anew.",
)
PUBLISHED_ALREADY: Final = refusal(
    "published-already",
    "这份文件已经发布过，一份文件只发布一次。",
    "This file is published already: a file is published once.",
)
OVERTAKEN: Final = refusal(
    "overtaken",
    "这份文件在提议之后已有新的发布：请在现行文件上改好，重新提议。",
    "This file was published anew after it was proposed: make the change on the file in use, and propose it again.",
)
TEXT_ALTERED: Final = refusal(
    "text-altered",
    "这份文件保存的文本已不是当初提议的文本：没有办理。请立即报告，并从备份恢复。",
    "The text that is kept of this file is no longer the one that was proposed: nothing was done. "
    "Report it at once, and restore it from a backup.",
)
WITHDRAWN_ALREADY: Final = refusal(
    "withdrawn-already",
    "这项提议已经撤回：需要时请重新提议。",
    "This proposal was withdrawn: propose the file anew if it is wanted.",
)
