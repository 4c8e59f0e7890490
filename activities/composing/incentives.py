"""What hiring the worker of a case opens for an employer: subsidies to ask about, with their clauses."""

from activities.composing.ledger import Ledger
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.parties import Cited
from rules.incentives import hints
from rules.policies import NoPolicyInForce


def subsidies(ledger: Ledger, case: HardshipCase, *, by: str) -> tuple[Cited, ...]:
    """By the classes that officers have granted; where a place has no such policy, nothing is promised."""
    try:
        policy = ledger.policies.book.resolve(
            "employer-incentives", case.jurisdiction, case.applied_on, decided_on=case.applied_on
        )
    except NoPolicyInForce:
        return ()
    classes = [each for each in (HARDSHIP, DIFFICULTY) if case.granted(each)]
    return tuple(Cited(hint.title, hint.authority) for hint in hints(policy, *classes, by=by))
