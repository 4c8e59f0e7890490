"""What the clocks of a subsidy case are called where the terms of its policies are not at hand."""

from typing import Final

from cases.wording import Wording

_NAMES: Final = {
    "decision": Wording("作出决定", "Decision"),
    "supply-information": Wording("补充材料", "Information to be supplied"),
    "public-notice": Wording("公示", "Public notice"),
    "objection": Wording("处理公示异议", "Objection to be settled"),
    "refusal-review": Wording("申请复核", "Time to ask for a review"),
    "ask-review": Wording("申请复核", "Time to ask for a review"),
    "review": Wording("复核决定", "Review to be decided"),
    "payment": Wording("拨付", "Payment"),
    "repayment": Wording("退回多发款项", "Repayment"),
    "reconsideration": Wording("申请行政复议", "Time to ask for reconsideration"),
    "court": Wording("提起行政诉讼", "Time to go to court"),
    "delivery-by-notice": Wording("公告送达", "Delivery by public notice"),
}


def clock_name(clock_id: str) -> Wording:
    """`objection/objection-1` is called as its kind, with its number."""
    kind, _, part = clock_id.partition("/")
    name = _NAMES.get(kind, Wording(clock_id, clock_id))
    number = part.rpartition("-")[2]
    return Wording(f"{name.zh}（{number}）", f"{name.en} ({number})") if part else name
