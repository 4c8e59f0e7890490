"""The two laws of a simulation: the one in force, and the one with another value or with another file in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cases.canonical import Json
from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording
from rules.errors import PolicyError, PolicyRefused
from rules.loading import Mapping as Document
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.publishable import file_in
from rules.shelf import key_of, parts_of, replaced
from rules.simulated_law import NoSuchParameter, with_parameter
from rules.simulating import Pair
from rules.types import Type
from store.policy_files import digest


@dataclass(frozen=True)
class SetParameter:
    """One value of the policy that is in force in the place, in the unit of its clause."""

    name: str
    value: str

    def plain(self) -> dict[str, Json]:
        return {"set": self.name, "value": self.value}


@dataclass(frozen=True)
class WithText:
    """A draft in the place of its like; `proposal`: of which it is the text."""

    text: str
    proposal: str | None = None

    def plain(self) -> dict[str, Json]:
        return {"text": digest(self.text), **({"proposal": self.proposal} if self.proposal else {})}


Change = SetParameter | WithText


@dataclass(frozen=True)
class TwoLaws:
    """`as_of`: the first day of the newest version of a draft, on which it is taken to hold; else the day itself."""

    policy: str
    before: PolicyBook
    after: PolicyBook
    on: date
    as_of: date

    def pair(self, place: str) -> Pair:
        return Pair(
            _resolved(self.before, self.policy, place, self.on, self.on),
            _resolved(self.after, self.policy, place, self.as_of, self.on if self.as_of == self.on else None),
        )


def two_laws(
    documents: Sequence[Document], calendar: str, policy: str, jurisdiction: str, change: Change, on: date
) -> TwoLaws:
    """Raises Refused: no such policy, parameter or value, or everything that is wrong with the draft."""
    try:
        before = PolicyBook.of(*documents, calendar_hash=calendar)
        match change:
            case SetParameter(name, value):
                here = before.resolve(policy, jurisdiction, on, on)
                after = PolicyBook.of(
                    *with_parameter(documents, here, name, value), calendar_hash=calendar, earlier=before
                )
                return TwoLaws(policy, before, after, on, on)
            case WithText(text):
                parts = parts_of(text, "draft.yaml")
                if policy not in {key_of(part).policy for part in parts}:
                    raise Refused((_other_policy(policy),))
                after = PolicyBook.of(*replaced(documents, parts), calendar_hash=calendar, earlier=before)
                written = [file for part in parts if (file := file_in(after, key_of(part)))]
                newest = max((version.since for file in written for version in file.versions), default=on)
                return TwoLaws(policy, before, after, on, max(newest, on))
    except NoSuchParameter as unknown:
        raise Refused((_no_such_parameter(unknown),)) from None
    except NoPolicyInForce as none:
        raise Refused((Refusal("no-policy-in-force", none.wording),)) from None
    except PolicyRefused as wrong:
        raise Refused(tuple(Refusal("policy", each.located) for each in wrong.errors)) from None
    except PolicyError as wrong:
        raise Refused((Refusal("policy", wrong.located),)) from None


def facts_of(pairs: Mapping[str, Pair]) -> dict[str, Type]:
    """The facts that either law reads, as the one that is asked about declares them."""
    found: dict[str, Type] = {}
    for pair in pairs.values():
        for policy in (pair.before, pair.after):
            found |= {name: fact.type for name, fact in policy.rules.facts.items() if not fact.moves} if policy else {}
    return found


def _resolved(book: PolicyBook, policy: str, place: str, on: date, decided_on: date | None) -> ResolvedPolicy | None:
    try:
        return book.resolve(policy, place, on, decided_on)
    except NoPolicyInForce:
        return None


def _other_policy(policy: str) -> Refusal:
    return refusal("other-policy", f"这份文件里没有政策“{policy}”。", f"This file does not hold the policy '{policy}'.")


def _no_such_parameter(unknown: NoSuchParameter) -> Refusal:
    name, names = unknown.args[0], unknown.names
    if not names:
        return refusal(
            "no-parameters", "这项政策没有可以改变的数值。", "This policy declares no value that could be set."
        )
    meant = (
        Wording(f"是否指“{unknown.meant}”？", f" Did you mean '{unknown.meant}'?") if unknown.meant else Wording("", "")
    )
    return refusal(
        "no-such-parameter",
        f"这项政策没有数值“{name}”。{meant.zh}可选：{'、'.join(names)}。",
        f"This policy has no value '{name}'.{meant.en} It has {', '.join(names)}.",
    )
