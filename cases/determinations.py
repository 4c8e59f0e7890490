"""What rules conclude about a person (认定), reproducible from frozen facts and one resolved policy."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.authorities import Authority
from cases.wording import Wording


class Verdict(StrEnum):
    """A rule's answer; unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Conclusion(StrEnum):
    """How a determination came out (closed list)."""

    GRANTED = "granted"
    REFUSED = "refused"
    NEEDS_INFORMATION = "needs-information"
    FOR_JUDGMENT = "for-judgment"
    GAP = "gap"
    CONFLICT = "conflict"
    ENGINES_DISAGREE = "engines-disagree"

    @property
    def label(self) -> Wording:
        return CONCLUSION_LABELS[self]

    @property
    def adoptable(self) -> bool:
        """Whether an officer may adopt it as it stands; anything else first needs facts, or a departure."""
        return self in (Conclusion.GRANTED, Conclusion.REFUSED)


CONCLUSION_LABELS = {
    Conclusion.GRANTED: Wording("符合", "granted"),
    Conclusion.REFUSED: Wording("不符合", "refused"),
    Conclusion.NEEDS_INFORMATION: Wording("需补充信息", "needs information"),
    Conclusion.FOR_JUDGMENT: Wording("须审批人判断", "only the officer's findings are left"),
    Conclusion.GAP: Wording("法规未规定", "the law has no answer"),
    Conclusion.CONFLICT: Wording("规定冲突", "two clauses conflict"),
    Conclusion.ENGINES_DISAGREE: Wording("引擎不一致", "the engines disagree; a person decides"),
}


@dataclass(frozen=True)
class Reading:
    """One value that a rule read. `value` is canonical text (ISO days, integer fen, enum member, true/false, ?)."""

    name: str
    value: str


@dataclass(frozen=True)
class Shortfall:
    """The part of a condition that did not hold; for a comparison what its two sides came to."""

    condition: str
    left: str = ""
    right: str = ""
    items: tuple[str, ...] = ()  # of a list: those that failed


@dataclass(frozen=True)
class Finding:
    """One rule's verdict, with what it read, why, and by which clause."""

    rule: str
    role: str  # ground | condition | exclusion | path
    verdict: Verdict
    read: tuple[Reading, ...]
    reason: Wording
    authority: Authority
    rests_on: tuple[Authority, ...] = ()  # clauses of the values it applied
    beaten: tuple[Authority, ...] = ()  # outer clauses that a nearer one replaced
    shortfalls: tuple[Shortfall, ...] = ()  # why it did not hold

    @property
    def unverified(self) -> bool:
        """Whether some clause behind it was never checked against a source."""
        return any(not each.tag.verified for each in (self.authority, *self.rests_on))


@dataclass(frozen=True)
class Disagreement:
    """Where another engine differs from the evaluator, and which; a person decides then.

    `rule` is a rule, the outcome (`@outcome`) or what was reckoned (`@amount`, `@parts`), which either engine may have
    come to otherwise though both have an answer.
    """

    rule: str
    evaluator: Verdict
    engine: Verdict
    by: str = "durable-rules"


@dataclass(frozen=True)
class Question:
    """A fact whose value could still change the outcome, and who can answer it."""

    fact: str
    asked_of: str  # applicant | officer | record
    wording: Wording

    @property
    def asked(self) -> Wording:
        """Who is asked."""
        return ASKED_OF[self.asked_of]


ASKED_OF = {
    "applicant": Wording("本人", "the applicant"),
    "officer": Wording("审批人", "the officer"),
    "record": Wording("登记记录", "the record"),
}


@dataclass(frozen=True)
class ItemFinding:
    """What the columns of one item of a list came to, such as each month of a subsidy; `item` as in `payments[3]`."""

    item: str
    read: tuple[Reading, ...]


@dataclass(frozen=True)
class Turn:
    """The first later day on which, all else staying as it is, the outcome differs; and what it is then."""

    on: date
    conclusion: Conclusion


@dataclass(frozen=True)
class Determination:
    """The outcome of one policy for one set of facts.

    `facts_json` is the canonical JSON of the facts read (sorted keys, no spaces); `policy_hash` covers every layer,
    table and fact declaration that took part. Together with `engines` they reproduce it. `amount_fen` is None where the
    policy names no amount or the facts do not settle it; `parts` are the policy's named parts and values.
    """

    policy: str
    version: str
    policy_hash: str
    jurisdiction: str
    conclusion: Conclusion
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    facts_json: str
    engines: str  # e.g. "evaluator 1; durable-rules 2.0.28"
    disagreements: tuple[Disagreement, ...] = ()
    amount_fen: int | None = None
    parts: tuple[Reading, ...] = ()
    items: tuple[ItemFinding, ...] = ()
    turns: Turn | None = None
    sources: tuple[Reading, ...] = ()  # of each fact that was read: who told it

    @property
    def grounds(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.role == "ground" and f.verdict is Verdict.YES)
