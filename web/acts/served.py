"""How far the item of the plan is that an act of a hardship case serves."""

from cases.hardship.proofs import prove
from web.acts.described import ActForm
from web.case.opened import OpenCase
from web.case.words import SERVICE_KINDS


def served(opened: OpenCase, described: ActForm) -> str:
    """Such as “岗位推荐 2/3”; empty for an act that serves none."""
    if described.plan is None:
        return ""
    for proof in prove(opened.law.plan, opened.case):
        if proof.item.kind is described.plan:
            return f"{opened.speech.w(SERVICE_KINDS[proof.item.kind])} {proof.counted}/{proof.item.count}"
    return ""
