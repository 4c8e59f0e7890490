"""One step of a subsidy case: an act accepted, its consequences drawn, the revision counted."""

from collections.abc import Mapping
from dataclasses import replace

from cases.acts import objections
from cases.parts import in_order
from cases.refusals import Refused
from cases.subsidy.acts import REGISTRY, Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.record import Seen

ACTS: Mapping[str, type[Act]] = REGISTRY  # complete, since every module of acts is imported above


def perform(act: Act, case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The case after the act. Raises Refused, with every reason, and then nothing has changed."""
    reasons = objections(act, case, seen)
    if reasons:
        raise Refused(reasons)
    return replace(_in_order(act.apply(case, seen)), revision=case.revision + 1)


def _in_order(case: SubsidyCase) -> SubsidyCase:
    """As the record will give it back."""
    return replace(case, clocks=in_order(case.clocks), claims=in_order(case.claims))
