"""Why nothing governs a place on a day, in words for whoever asked."""

from collections.abc import Iterable, Sequence
from datetime import date

from cases.wording import Wording
from rules.documents import Item, PolicyFile
from rules.layers import versions_known


class NoPolicyInForce(LookupError):
    """No version governs this place on this day; `wording` says what there is instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.wording = Wording(zh, en)


class ValuesLeftOpen(NoPolicyInForce):
    """The policy leaves values to the place, and the place has not set them."""


def only_looked_up(policy: str) -> NoPolicyInForce:
    return NoPolicyInForce(
        f"{policy}是标准表，由其他政策查用，本身不作认定。",
        f"{policy} holds amounts that other policies look up; nothing is decided by it alone.",
    )


def made_elsewhere(policy: str, jurisdiction: str, places: Sequence[str]) -> NoPolicyInForce:
    return NoPolicyInForce(
        f"{policy}不适用于{jurisdiction}：现有适用地域为{'、'.join(places)}。",
        f"{policy} is not made for {jurisdiction}: it is made for {', '.join(places)}.",
    )


def not_in_force(policy: str, outermost: PolicyFile, on: date, decided_on: date | None) -> NoPolicyInForce:
    versions = versions_known(outermost, decided_on)
    if not versions:
        return NoPolicyInForce(f"{policy}在{decided_on}尚未公布。", f"{policy} was not yet published on {decided_on}.")
    first = versions[0].since
    if on < first:
        return NoPolicyInForce(
            f"{policy}在{on}尚未施行：首个版本自{first}起施行。",
            f"{policy} was not yet in force on {on}: its first version begins {first}.",
        )
    last = [version for version in versions if version.since <= on][-1]
    by = last.ended_by.clause if last.ended_by else ""
    zh, en = (f"（{by}）", f" by {by}") if by else ("", "")
    return NoPolicyInForce(
        f"{policy}已废止{zh}：最后有效日为{last.ends}，早于{on}。",
        f"{policy} was repealed{en}: its last day was {last.ends}, which is before {on}.",
    )


def values_left_open(policy: str, jurisdiction: str, left_open: Iterable[Item]) -> ValuesLeftOpen:
    names = [item.id for item in left_open]
    return ValuesLeftOpen(
        f"{policy}的{'、'.join(names)}由当地确定，{jurisdiction}尚未确定：请由区县以本地政策文件予以采用。",
        f"{policy} leaves {', '.join(names)} to the place, and nothing has set them for {jurisdiction}: "
        "the district adopts values in a policy file of its own.",
    )
