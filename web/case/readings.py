"""The values that rules read, in words and with sources; masked for those who neither work nor decide on the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from sqlalchemy import Connection

from activities.subsidy_subjects import known_in_case
from cases.canonical import Json, from_canonical
from cases.case_parts import DeterminationState
from cases.days import day_of
from cases.determinations import Determination, Finding, Reading, Shortfall
from cases.facts import Fact
from cases.hardship.turns import applied_for
from cases.wording import Wording
from rules.content import ContentUnreadable, from_content
from rules.explain import Telling
from rules.policies import NoPolicyInForce, ResolvedPolicy
from rules.readings import UNKNOWN
from store.facts import fact_history
from store.policy_contents import ContentAltered, policy_contents
from web.case.facts import detail_words, fact_label, fact_words, members_words, text_words
from web.case.marking import code
from web.case.opened_any import Opened
from web.case.words import SOURCES

MASKED: Final = Wording("（不显示）", "(not shown)")
FROM_THE_CASE: Final = Wording("本案记录", "the case’s own record")
SET_BY_POLICY: Final = Wording("政策定的值：", "set by the policy: ")
RECKONED: Final = Wording("算出来的值：", "reckoned: ")
NOT_TOLD: Final = Wording("没有读到", "nothing was read")


@dataclass(frozen=True)
class Frozen:
    """One fact as the determination read it, and what it was seen in."""

    name: str
    value: Json
    known: Fact | None


@dataclass(frozen=True)
class Looked:
    """A determination with all that its page reads of it; `plain`: whether values are shown."""

    opened: Opened
    state: DeterminationState
    made: Determination
    policy: ResolvedPolicy | None  # None: neither the files nor the record hold what it was made by
    facts: tuple[Frozen, ...]
    plain: bool

    def label(self, name: str) -> str:
        return self.opened.speech.w(fact_label(self.opened, name))

    def shows(self, name: str) -> bool:
        return self.plain or name in self.opened.of_the_case


def policy_of(
    connection: Connection, opened: Opened, state: DeterminationState, made: Determination
) -> ResolvedPolicy | None:
    """The policy it was made by, for the words of its rules and values: from the files, or as it was kept with it."""
    case = opened.case
    try:
        book = opened.station.policies.book
        found = book.resolve(state.policy, case.jurisdiction, applied_for(case, state.policy), day_of(state.made_at))
        if found.hash == made.policy_hash:
            return found
    except NoPolicyInForce:
        pass
    try:
        kept = policy_contents(connection, [made.policy_hash]).get(made.policy_hash)
        return from_content(kept.content, case.jurisdiction) if kept else None
    except (ContentAltered, ContentUnreadable):
        return None


def frozen_facts(
    connection: Connection, opened: Opened, state: DeterminationState, made: Determination
) -> tuple[Frozen, ...]:
    read = from_canonical(made.facts_json)
    values: Mapping[str, Json] = read if isinstance(read, Mapping) else {}
    keyring, on = opened.station.keyring, day_of(state.made_at)
    known = known_in_case(connection, keyring, opened.case, opened.station.policies.book.facts, on)
    found = []
    for name, value in values.items():
        own = None if name in opened.of_the_case else known.get(name)
        if own and own.value != value:  # recorded anew since: what it read stands in the history
            history = fact_history(connection, keyring, own.subject_kind, own.subject_id, name)
            own = next((each for each in history if each.value == value), None)
        found.append(Frozen(name, value, own))
    return tuple(found)


def source_words(looked: Looked, fact: Frozen) -> str:
    """What a value was seen in, and since when it counts."""
    speech = looked.opened.speech
    if fact.name in looked.opened.of_the_case:
        return speech.w(FROM_THE_CASE)
    if fact.known is None:
        return ""
    source = fact.known.source
    words = [speech.w(SOURCES[source.kind])]
    if looked.plain:
        detail = detail_words(looked.opened, source.detail)
        words += [each for each in (source.body, source.paper, detail) if each and each not in words]
    return speech.list([*words, speech.day(fact.known.established_on)])


def value_words(looked: Looked, fact: Frozen) -> str:
    if not looked.shows(fact.name):
        return looked.opened.speech.w(MASKED)
    return fact_words(looked.opened, fact.name, fact.value)


def reading_words(looked: Looked, reading: Reading) -> str:
    """One value that a rule read: a fact with its source, or a value that the law sets."""
    speech, name = looked.opened.speech, reading.name
    declared = looked.opened.station.policies.book.facts.get(name)
    if declared is None:
        of, told = _not_a_fact(looked, reading)
        return Markup("{}{} {}").format(speech.w(of), told, code(reading.name))
    label = looked.label(name)
    if reading.value == UNKNOWN or reading.value.endswith("+"):
        return speech(f"{label}：{NOT_TOLD.zh}", f"{label}: {NOT_TOLD.en}")
    value = text_words(looked.opened, declared, reading.value) if looked.shows(name) else speech.w(MASKED)
    frozen = next((each for each in looked.facts if each.name == name), None)
    source = source_words(looked, frozen) if frozen else ""
    said = speech(f"{label}：{value}", f"{label}: {value}")
    return speech(f"{said}（{source}）", f"{said} ({source})") if source else said


def _not_a_fact(looked: Looked, reading: Reading) -> tuple[Wording, str]:
    """A value that the policy sets, as its file writes it; or one that was reckoned from facts, masked like them."""
    speech, policy = looked.opened.speech, looked.policy
    if policy and reading.name in policy.rules.parameters:
        return SET_BY_POLICY, members_words(looked.opened, speech.w(Telling(policy).value(reading).words))
    if not looked.plain:
        return RECKONED, speech.w(MASKED)
    return RECKONED, speech.w(Telling(policy).value(reading).words) if policy else reading.value


def short_words(looked: Looked, finding: Finding, short: Shortfall) -> str:
    """By how much a condition failed; empty where the value that was read says it already."""
    speech = looked.opened.speech
    if not (short.left or short.right or short.items):
        return ""
    if not looked.plain:
        return speech.w(MASKED)
    if looked.policy is None:
        has, asked, items = short.left, short.right, list(short.items)
    else:
        told = Telling(looked.policy).shortfall(finding.rule, short)
        has, asked = speech.w(told.left_words), speech.w(told.right_words)
        items = [speech.w(each) for each in told.items_words]
    if items:
        return speech.list(items)
    return speech(f"读到 {has}，要求比的是 {asked}", f"came to {has}, held against {asked}")
