"""Past determinations decided again under a proposed policy, on the facts that each was made on.

A person who was erased cannot be decided again. Each case is decided as if the newest version of the proposal had been
in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from activities.engine_process import EngineRefused, EngineUnavailable
from activities.published import PublishedLaw, shelf
from cases.canonical import canonical, from_canonical
from cases.determinations import Determination
from cases.wording import Wording
from rules.decisions import EngineVerdicts, determine
from rules.errors import PolicyRefused
from rules.facts import FactRefused, StoredFact
from rules.policies import NoPolicyInForce, PolicyBook
from rules.publishable import coming_changes, file_in
from rules.shelf import key_of, parts_of, replaced
from store.aead import SealBroken
from store.determinations import determination_record
from store.engine import read
from store.keys import KeyRing
from store.person_keys import person_key
from store.policy_files import content
from store.policy_proposals import Proposal

# Why a case was not decided again.
UNTRIED: Final = {
    "erased": Wording("本人已依法删除", "erased"),
    "facts-do-not-fit": Wording("事实与新的声明不符", "facts that do not fit their new declaration"),
    "no-policy": Wording("当日没有政策", "no policy on that day"),
    "engine": Wording("规则引擎没有结论", "no verdict of the rule engine"),
}


@dataclass(frozen=True)
class ProposedLaw:
    """The book with the proposed text in it, the policies it changes, and the first day of its newest version.

    `known_on`: the day by which all its versions are to be known, where one names a later day than its first.
    """

    book: PolicyBook
    policies: frozenset[str]
    as_of: date | None
    known_on: date | None = None


def proposed_law(engine: Engine, shipped: Path, calendar_hash: str, proposal: Proposal) -> ProposedLaw:
    """Of what is published: what it changed then, and the book in use now."""
    with read(engine) as connection:
        documents = parts_of(content(connection, proposal.sha256), "")
    number = proposal.publication.number if proposal.publication else None
    files = shelf(engine, shipped, number)
    before = PolicyBook.of(*files, calendar_hash=calendar_hash, earlier=PublishedLaw.latest)
    after = PolicyBook.of(*replaced(files, documents), calendar_hash=calendar_hash, earlier=before)
    changes = coming_changes(before, after)
    written = [file for document in documents if (file := file_in(after, key_of(document)))]
    versions = [version for file in written for version in file.versions]
    days = [*(each.on for each in changes), *(version.since for version in versions)]
    now = PolicyBook.of(*shelf(engine, shipped), calendar_hash=calendar_hash, earlier=after) if number else after
    return ProposedLaw(
        book=now,
        policies=frozenset(each.policy for each in changes),
        as_of=max(days, default=None),
        known_on=max((version.published for version in versions if version.published), default=None),
    )


@dataclass(frozen=True)
class Past:
    """Where a determination lies, and under whose key."""

    case_id: str
    id: str
    policy: str
    jurisdiction: str
    person: str


@dataclass(frozen=True)
class Twice:
    """What was determined, and what would be."""

    before: Determination
    after: Determination


def again(engine: Engine, keyring: KeyRing, law: ProposedLaw, past: Past, verdicts: EngineVerdicts) -> Twice | str:
    """Both determinations; or a name of `UNTRIED` that says why there is no second one."""
    try:
        with read(engine) as connection:
            key = person_key(connection, keyring, past.person)
            kept = determination_record(connection, key, past.case_id, past.id)
        policy = law.book.resolve(past.policy, past.jurisdiction, law.as_of or date.max)
        return Twice(kept, determine(policy, _facts(kept), verdicts))
    except SealBroken:
        return "erased"
    except FactRefused:
        return "facts-do-not-fit"
    except (NoPolicyInForce, PolicyRefused):
        return "no-policy"
    except (EngineRefused, EngineUnavailable):
        return "engine"


def places_of(proposal: Proposal) -> list[str]:
    """A file of facts touches policies of every place."""
    return ["cn" if "/" in place else place for place in proposal.jurisdictions]


def _facts(kept: Determination) -> dict[str, StoredFact]:
    facts = from_canonical(kept.facts_json)
    if not isinstance(facts, Mapping):
        raise FactRefused("facts", "they are kept as an object")
    return {name: StoredFact(canonical(value)) for name, value in facts.items()}
