"""What a determination of a subsidy found, in words for its applicant: each rule, what is lacking, the reckoning."""

from collections.abc import Iterator, Mapping
from typing import Final

from activities.composing.ledger import Ledger
from activities.composing.sentences import one_line, weakest
from activities.composing.subsidy_words import named, period_words
from activities.pinning import policy_of
from cases.canonical import Json, from_canonical
from cases.case_parts import DeterminationState
from cases.determinations import Determination, Finding, Verdict
from cases.parties import Cited
from cases.refusals import Refused, refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import A_MONTH
from cases.subsidy_papers import Basis, Held, Lacking, Reckoned, RuleFound, Unverified
from cases.wording import Wording
from rules.content import ContentUnreadable, from_content
from rules.explain import Telling
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.readings import UNKNOWN
from rules.unverified import unverified
from store.determinations import determination_record
from store.person_keys import person_key
from store.policy_contents import ContentAltered, policy_contents

GROUND, EXCLUSION, PATH = "ground", "exclusion", "path"
OF_EXCLUSIONS: Final = {Verdict.YES: Held.EXCLUDES, Verdict.NO: Held.CLEAR, Verdict.UNKNOWN: Held.OPEN}
OF_OTHERS: Final = {Verdict.YES: Held.HOLDS, Verdict.NO: Held.FAILS, Verdict.UNKNOWN: Held.OPEN}


def made_of(ledger: Ledger, case: SubsidyCase, state: DeterminationState) -> Determination:
    key = person_key(ledger.connection, ledger.keyring, case.person)
    return determination_record(ledger.connection, key, case.id, state.id)


def policy_behind(ledger: Ledger, case: SubsidyCase, state: DeterminationState, made: Determination) -> ResolvedPolicy:
    """The very policy that decided, from the files or as it was kept. Raises Refused where neither has it any more."""
    try:
        found = policy_of(ledger.connection, ledger.policies, case, state.policy, state.made_at)
        if found.hash == made.policy_hash:
            return found
    except NoPolicyInForce:
        pass
    try:
        kept = policy_contents(ledger.connection, [made.policy_hash]).get(made.policy_hash)
        if kept:
            return from_content(kept.content, case.jurisdiction)
    except (ContentAltered, ContentUnreadable):
        pass
    raise Refused(
        (
            refusal(
                "policy-lost",
                f"认定{state.id}所依的政策版本已找不到，不能出具文书。",
                f"The version of the policy that {state.id} rests on is found nowhere, so no paper can tell it.",
            ),
        )
    )


def basis(policy: ResolvedPolicy) -> Basis:
    return Basis(policy.title.zh, policy.version, policy.hash)


def rules_found(policy: ResolvedPolicy, made: Determination) -> Iterator[RuleFound]:
    """Every rule that plays a part, with all that fell short."""
    telling = Telling(policy)
    for finding in made.findings:
        if finding.role != PATH:
            held = (OF_EXCLUSIONS if finding.role == EXCLUSION else OF_OTHERS)[finding.verdict]
            clauses = weakest((finding.authority, *finding.rests_on))
            short = tuple(_short(telling, finding))
            yield RuleFound(held, finding.reason.zh, clauses, short, one_is_enough=finding.role == GROUND)


def reasons_for(made: Determination, *, granted: bool) -> Iterator[Cited]:
    """For a grant what held; for a refusal all that did not, and all that excludes."""
    for finding in made.findings:
        against = finding.role == EXCLUSION
        if finding.role == PATH or finding.verdict is Verdict.UNKNOWN:
            continue
        if (finding.verdict is Verdict.YES) is (granted is not against):
            yield _cited(finding)


def lacking(made: Determination) -> Iterator[Lacking]:
    for question in made.questions:
        yield Lacking(one_line(question.wording.zh), question.asked.zh)


def reckoning(policy: ResolvedPolicy, made: Determination) -> Iterator[Reckoned]:
    """Item by item, each by its month where it has one, and then what the policy names."""
    telling, facts = Telling(policy), from_canonical(made.facts_json)
    for item in telling.items(made):
        told = "；".join(f"{named(each.name)}：{_said(each.value, each.words)}" for each in item.read)
        if told:
            yield Reckoned(_month_of(facts, item.item) or item.label.zh, told)
    for part in made.parts:
        value = telling.value(part)
        yield Reckoned(named(part.name), _said(value.value, value.words))


def unverified_values(policy: ResolvedPolicy) -> Iterator[Unverified]:
    """Each clause once."""
    for clause in dict.fromkeys(each.authority.clause for each in unverified(policy)):
        yield Unverified(clause)


def _cited(finding: Finding) -> Cited:
    zh, en = ("符合", "Holds") if finding.verdict is Verdict.YES else ("不符合", "Does not hold")
    if finding.role == EXCLUSION:
        zh, en = ("存在", "Holds") if finding.verdict is Verdict.YES else ("不存在", "Does not hold")
    wording = Wording(f"{zh}：{finding.reason.zh}", f"{en}: {finding.reason.en}")
    return Cited(wording, weakest((finding.authority, *finding.rests_on)))


def _short(telling: Telling, finding: Finding) -> Iterator[str]:
    for each in finding.shortfalls:
        told = telling.shortfall(finding.rule, each)
        if told.items_words:
            yield "、".join(words.zh for words in told.items_words)
        elif told.left_words.zh and told.right_words.zh:
            yield f"现为{told.left_words.zh}，规定比较的是{told.right_words.zh}"


def _said(value: str, words: Wording) -> str:
    if value == UNKNOWN or not words.zh:
        return "尚不能确定"
    return period_words(value) if A_MONTH.fullmatch(value) else words.zh


def _month_of(facts: Json, item: str) -> str | None:
    """`own_payments[2]` is the third of a list that the facts name; its month, where it has one."""
    name, _, rest = item.partition("[")
    entries = facts.get(name) if isinstance(facts, Mapping) else None
    position = rest.removesuffix("]")
    if not isinstance(entries, list) or not position.isdigit():
        return None
    return _month(entries, int(position) - 1)


def _month(entries: list[Json], position: int) -> str | None:
    entry = entries[position] if 0 <= position < len(entries) else None
    month = entry.get("month") if isinstance(entry, Mapping) else None
    return period_words(month) if isinstance(month, str) else None
