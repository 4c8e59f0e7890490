"""Help begins: the plan's term, its items and the first contact each get a clock."""

from dataclasses import replace

from cases.hardship.case import HardshipCase
from cases.hardship.proofs import prove
from cases.hardship.record import Seen
from cases.hardship.stages import Stage
from cases.hardship.timing import begin, stop


def begin_help(case: HardshipCase, seen: Seen) -> HardshipCase:
    """The stage of help, for the first time or again after a lost job: what is proved stays proved."""
    case = replace(
        case,
        stage=Stage.HELP,
        plan_hash=case.plan_hash or seen.plan.policy_hash,
        help_began_at=seen.at,
        term_over_at=None,
    )
    case = begin(case, "term", seen.terms["term"], seen)
    case = begin(case, "first-contact", seen.terms["first-contact"], seen)
    for proof in prove(seen.plan, case):
        if not proof.proved:
            case = begin(case, f"item/{proof.item.id}", seen.terms[f"item/{proof.item.id}"], seen)
    return case


def contacted(case: HardshipCase, seen: Seen) -> HardshipCase:
    """The first piece of help, or appointment kept, ends the wait for a first contact."""
    return stop(case, "first-contact", seen.at)
