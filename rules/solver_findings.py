"""What an analysis of one policy comes to: findings with their witnesses, and what was left open and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.wording import Wording


class Kind(StrEnum):
    NEVER_HOLDS = "never-holds"
    NEVER_GRANTS = "never-grants"
    CONTRADICTION = "contradiction"
    GAP = "gap"
    OVERLAP = "overlap"
    UNREACHED = "unreached"

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS: Final[Mapping[Kind, Wording]] = {
    Kind.NEVER_HOLDS: Wording("永不成立", "can never hold"),
    Kind.NEVER_GRANTS: Wording("永不给予", "can never grant"),
    Kind.CONTRADICTION: Wording("相互矛盾", "contradict each other"),
    Kind.GAP: Wording("法规未规定", "gap"),
    Kind.OVERLAP: Wording("重叠", "overlap"),
    Kind.UNREACHED: Wording("永不用到", "never reached"),
}


class Why(StrEnum):
    """Why a question has no answer."""

    UNDECIDED = "undecided"
    UNTRANSLATED = "untranslated"
    WRONG = "wrong"

    @property
    def label(self) -> Wording:
        return _WHY[self]


_WHY: Final[Mapping[Why, Wording]] = {
    Why.UNDECIDED: Wording("在限额内没有得出结论", "undecided within its limit"),
    Why.UNTRANSLATED: Wording("没有分析：翻译不能表达", "not analysed: the translation cannot say it"),
    Why.WRONG: Wording(
        "翻译有误：求解器与评估器说法不一，此项不作为发现",
        "the translation is wrong: solver and evaluator differ, so this is no finding",
    ),
}


@dataclass(frozen=True)
class FactTold:
    """One fact of a witness, as people call it."""

    name: str
    label: Wording
    value: Wording


@dataclass(frozen=True)
class Finding:
    """`witness` is the facts as canonical JSON, and `proof` what the evaluator made of exactly that.

    Where something can never be so there is no witness; `searched` says how many cases were tried against it. `stated`
    is the example by which the file itself says that it is so: then it is known, and asks nobody for a change.
    """

    kind: Kind
    subject: str
    others: tuple[str, ...]
    said: Wording
    place: str = ""
    witness: str = ""
    facts: tuple[FactTold, ...] = ()
    proof: Wording | None = None
    searched: int = 0
    stated: str = ""


@dataclass(frozen=True)
class Open:
    """A question that has no answer."""

    subject: str
    asked: Wording
    why: Why


@dataclass(frozen=True)
class Shortened:
    """A list that was looked at with fewer items than it may have."""

    name: str
    most: int


@dataclass(frozen=True)
class Analysis:
    """`since` and `until`: the days of the fact that selects the version. `items`: of a list that were looked at."""

    policy: str
    title: Wording
    jurisdiction: str
    version: str
    hash: str
    since: str
    until: str
    rules: int
    questions: int
    items: int
    shortened: tuple[Shortened, ...]
    findings: tuple[Finding, ...]
    open: tuple[Open, ...]

    @property
    def new(self) -> tuple[Finding, ...]:
        """Those that the file does not state itself."""
        return tuple(each for each in self.findings if not each.stated)

    @property
    def wrong(self) -> bool:
        return any(each.why is Why.WRONG for each in self.open)
