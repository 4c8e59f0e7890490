"""How far the item of the plan is that an act serves."""

from cases.hardship.proofs import prove
from web.acts.forms import FORMS
from web.case.opened import OpenCase
from web.case.words import SERVICE_KINDS


def served(opened: OpenCase, kind: str) -> str:
    """Such as “岗位推荐 2/3”; empty for an act that serves none."""
    described = FORMS.get(kind)
    if described is None or described.plan is None:
        return ""
    for proof in prove(opened.law.plan, opened.case):
        if proof.item.kind is described.plan:
            return f"{opened.speech.w(SERVICE_KINDS[proof.item.kind])} {proof.counted}/{proof.item.count}"
    return ""
