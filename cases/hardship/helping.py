"""Help begins: the plan's term, its items and the first contact each get a clock."""

from dataclasses import replace

from cases.hardship.case import PUBLIC_POST, HardshipCase
from cases.hardship.proofs import prove
from cases.hardship.record import Seen
from cases.hardship.stages import Stage
from cases.timing import begin, stop


def begin_help(case: HardshipCase, seen: Seen) -> HardshipCase:
    """The stage of help, for the first time or again after a lost job: what is proved stays proved."""
    # An earlier public-welfare post is no answer to a market that fails again: that it did is a fact of its own.
    asked_before = int(PUBLIC_POST in dict(case.determined_at_facts))
    determinations = tuple(replace(d, superseded=True) if d.policy == PUBLIC_POST else d for d in case.determinations)
    case = replace(
        case,
        stage=Stage.HELP,
        determinations=determinations,
        plan_hash=case.plan_hash or seen.plan.policy_hash,
        help_began_at=seen.at,
        term_over_at=None,
        facts_seen=case.facts_seen + asked_before,
        determined_at_facts=tuple(known for known in case.determined_at_facts if known[0] != PUBLIC_POST),
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
