"""What only the forms of subsidies ask for: events that stop one, and values of its policy that nobody verified."""

from cases.wording import Wording
from rules.unverified import unverified
from web.acts.naming import Option
from web.acts.subsidy_hand import SubsidyHand
from web.case.findings import TAGS
from web.subsidies.naming import event_named

ACCEPTED = Wording("已被接受", "accepted already")


def stop_events(hand: SubsidyHand, _: str, __: str) -> list[Option]:
    """Those that the place lists for this subsidy."""
    return [Option(each, event_named(hand.opened.speech, each)) for each in hand.opened.law.process.stop_events]


def unverified_values(hand: SubsidyHand, _: str, chosen: str) -> list[Option]:
    """Those that nobody accepted yet, each with its clause and how far that was checked."""
    opened = hand.opened
    if opened.policy is None:
        return []
    return [
        Option(each.name, each.name, f"{each.authority.clause} · {opened.speech.w(TAGS[each.authority.tag])}")
        for each in unverified(opened.policy)
        if not hand.case.accepts(each.name) or each.name == chosen
    ]
