"""Replaying (重放): past determinations made again, each by the policy that made it, from the facts it kept.

What decided comes from the record by its hash, and what it decided on is opened with the person's key: no policy file
and no later fact takes part. Nothing is written but that somebody looked.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Engine

from activities.engine_process import EngineProcess, EngineRefused, EngineUnavailable
from activities.policies import Policies
from activities.replay_differences import ENGINES, Difference, differences
from cases.canonical import canonical
from cases.days import day_of
from cases.determinations import Conclusion, Determination
from cases.erasing import Erasure
from cases.wording import Wording
from rules.comparing import Comparison, compared, decided_anew, determined_side
from rules.content import ContentUnreadable, from_content
from rules.decisions import EngineVerdicts, determine
from rules.facts import FactRefused, StoredFact
from rules.frozen import kept as facts_kept
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.aead import Key, SealBroken
from store.audit import AuditEvent, record_audit
from store.case_leaves import Committed, committed_of
from store.engine import read, write
from store.kept_determinations import (
    Chosen,
    KeptDetermination,
    Place,
    drawn,
    erasures,
    kept_at,
    kept_determinations,
)
from store.kept_text import DETERMINATION
from store.keys import KeyRing
from store.person_keys import KeyDestroyed, person_keys
from store.policy_contents import ContentAltered, policy_contents
from store.scope import Scope

KIND: Final = "replay-determinations"
AT_ONCE: Final = 100
MOST_POLICIES: Final = 64  # kept ready; an installation has some dozens in use at a time


class Came(StrEnum):
    """How a determination came out again."""

    SAME = "same"
    OTHER_ENGINES = "other-engines"  # the same, by engines of another version
    DIFFERENT = "different"
    ERASED = "erased"
    NO_POLICY = "no-policy"  # its policy's content is not kept, or not what its hash says
    UNREADABLE = "unreadable"  # sealed bytes or facts that do not fit
    NO_ENGINE = "no-engine"

    @property
    def label(self) -> Wording:
        return _LABELS[self]

    @property
    def wrong(self) -> bool:
        """Whether somebody must look into it."""
        return self not in (Came.SAME, Came.OTHER_ENGINES, Came.ERASED)


_LABELS = {
    Came.SAME: Wording("逐字节相同", "the same, byte for byte"),
    Came.OTHER_ENGINES: Wording("相同，引擎版本不同", "the same, by engines of another version"),
    Came.DIFFERENT: Wording("不同", "different"),
    Came.ERASED: Wording("本人已依法删除", "the person was erased"),
    Came.NO_POLICY: Wording("没有当时的政策内容", "the content of its policy is not there"),
    Came.UNREADABLE: Wording("无法读取", "unreadable"),
    Came.NO_ENGINE: Wording("规则引擎没有结论", "the rule engine gave no verdict"),
}


@dataclass(frozen=True)
class Today:
    """What the same facts come to under today's policy, and why; None: no policy today, or facts that do not fit."""

    version: str
    comparison: Comparison | None
    why_not: Wording | None = None


@dataclass(frozen=True)
class Replayed:
    kept: KeptDetermination
    came: Came
    differences: tuple[Difference, ...] = ()
    erased: Erasure | None = None
    conclusion: Conclusion | None = None
    today: Today | None = None


@dataclass(frozen=True)
class Replay:
    """What is asked for. `sample`: how many are drawn by `seed`; `after`: where an earlier run ended."""

    chosen: Chosen = field(default_factory=Chosen)
    sample: int | None = None
    seed: int = 0
    after: Place | None = None
    places: tuple[Place, ...] = ()  # these and no others
    drawn_as: str = ""  # how somebody came by these places
    today: bool = False

    @property
    def told(self) -> str:
        """For the audit event: what was asked, and nothing of what it holds."""
        asked = {
            "case": self.chosen.case_id,
            "policy": self.chosen.policy,
            "from": self.chosen.from_on,
            "until": self.chosen.until_on,
            "sample": self.sample,
            "seed": self.seed if self.sample else None,
            "after": "/".join(self.after) if self.after else None,
            "these": len(self.places) or None,
        }
        said = [f"{name} {value}" for name, value in asked.items() if value is not None]
        return ", ".join([*said, self.drawn_as] if self.drawn_as else said) or "all"


@dataclass(frozen=True)
class Replaying:
    engine: Engine
    keyring: KeyRing
    policies: Policies

    def replay(
        self,
        asked: Replay,
        reader: str,
        scope: Scope,
        at: datetime,
        *,
        verdicts: EngineVerdicts | None = None,
        counted: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Replayed]:
        """One after the other, in the order of their cases. The look is written down before the first is shown.

        `counted` is told how many a sample was drawn from.
        """
        case_id = asked.chosen.case_id or (asked.places[0][0] if len(asked.places) == 1 else None)
        event = AuditEvent(KIND, reader, at, case_id=case_id, reason=asked.told)
        with write(self.engine) as connection:
            record_audit(connection, self.keyring, event)
        again = _Again(self.policies, day_of(at) if asked.today else None)
        if verdicts:
            yield from self._all(asked, scope, again, verdicts, counted)
            return
        with EngineProcess(children=1) as process:
            yield from self._all(asked, scope, again, process.verdicts, counted)

    def _all(
        self, asked: Replay, scope: Scope, again: "_Again", verdicts: EngineVerdicts, counted: Callable[[int], None]
    ) -> Iterator[Replayed]:
        for batch in self._batches(asked, scope, counted):
            for one in batch:
                with read(self.engine) as connection:
                    policy = again.policy(connection, one.kept)
                yield again.replayed(one, policy, verdicts)

    def _batches(self, asked: Replay, scope: Scope, counted: Callable[[int], None]) -> Iterator[list["_One"]]:
        places: tuple[Place, ...] | None = asked.places or None
        if asked.sample:
            with read(self.engine) as connection:
                places, total = drawn(connection, scope, asked.chosen, asked.sample, asked.seed)
            counted(total)
        if places is not None and asked.after:
            places = tuple(place for place in places if place > asked.after)
        after = asked.after
        while True:
            with read(self.engine) as connection:
                if places is None:
                    batch = kept_determinations(connection, scope, asked.chosen, after, AT_ONCE)
                else:
                    batch, places = kept_at(connection, scope, places[:AT_ONCE]), places[AT_ONCE:]
                people = {kept.worker_id for kept in batch}
                keys, erased = person_keys(connection, self.keyring, people), erasures(connection, people)
                leaves = committed_of(connection, people)
            if not batch:
                return
            yield [_One(k, keys.get(k.worker_id), erased.get(k.worker_id), leaves.get(k.place)) for k in batch]
            after = batch[-1].place


@dataclass(frozen=True)
class _One:
    """A kept determination with all that the record has about it."""

    kept: KeptDetermination
    key: Key | None = field(repr=False)
    erased: Erasure | None
    leaf: Committed | None


class _Again:
    """Decides again; the policies it needs are built once."""

    def __init__(self, policies: Policies, today: date | None) -> None:
        self._policies = policies
        self._today = today
        self._ready: OrderedDict[tuple[str, str], ResolvedPolicy | None] = OrderedDict()

    def policy(self, connection: Connection, kept: KeptDetermination) -> ResolvedPolicy | None:
        """The policy that made it, from the record alone; None where the record has it not, or altered."""
        key = kept.policy_hash, kept.jurisdiction
        if key not in self._ready:
            self._ready[key] = _built(connection, kept)
            if len(self._ready) > MOST_POLICIES:
                self._ready.popitem(last=False)
        return self._ready[key]

    def replayed(self, one: _One, policy: ResolvedPolicy | None, verdicts: EngineVerdicts) -> Replayed:
        kept = one.kept
        if one.key is None:
            return Replayed(kept, Came.ERASED, erased=one.erased)
        try:
            text = kept.text(one.key)
            whole = text.whole
            made = DETERMINATION.validate_json(whole)
            logged = tuple(_logged(one, one.key, text.text, made))
            if policy is None:
                return Replayed(kept, Came.NO_POLICY, logged, conclusion=made.conclusion)
            again = determine(policy, _stored(made), verdicts)
        except KeyDestroyed:
            return Replayed(kept, Came.ERASED, erased=one.erased)
        except (SealBroken, FactRefused, ValueError) as broken:
            return Replayed(kept, Came.UNREADABLE, (Difference("", type(broken).__name__),))
        except (EngineRefused, EngineUnavailable) as failed:
            return Replayed(kept, Came.NO_ENGINE, (Difference("", type(failed).__name__),))
        found = (*_of_the_row(kept, made), *logged, *differences(whole, DETERMINATION.dump_json(again).decode()))
        today = self._under_todays(kept, policy, made)
        return Replayed(kept, _came(found), found, conclusion=made.conclusion, today=today)

    def _under_todays(
        self, kept: KeptDetermination, policy: ResolvedPolicy | None, made: Determination
    ) -> Today | None:
        if self._today is None or policy is None:
            return None
        try:
            todays = self._policies.book.resolve(kept.policy, kept.jurisdiction, self._today, self._today)
            anew = decided_anew(todays, facts_kept(made.facts_json))
        except NoPolicyInForce as none:
            return Today("", None, none.wording)
        except FactRefused as refused:
            return Today(todays.version, None, Wording(f"事实{refused.name}与现行声明不符", str(refused)))
        return Today(todays.version, compared(determined_side(policy, made), anew))


def _built(connection: Connection, kept: KeptDetermination) -> ResolvedPolicy | None:
    try:
        content = policy_contents(connection, [kept.policy_hash]).get(kept.policy_hash)
        return from_content(content.content, kept.jurisdiction) if content else None
    except (ContentAltered, ContentUnreadable):
        return None


def _stored(made: Determination) -> dict[str, StoredFact]:
    sources = {source.name: source.value for source in made.sources}
    facts = facts_kept(made.facts_json)
    return {name: StoredFact(canonical(value), sources.get(name, "")) for name, value in facts.items()}


def _of_the_row(kept: KeptDetermination, made: Determination) -> tuple[Difference, ...]:
    """What stands in clear beside the sealed text must be what the text says."""
    return tuple(
        Difference("record", name, str(getattr(kept, name)), str(getattr(made, name)))
        for name in ("policy", "version", "policy_hash", "jurisdiction")
        if getattr(kept, name) != getattr(made, name)
    )


def _logged(one: _One, key: Key, text: str, made: Determination) -> Iterator[Difference]:
    """What is kept must be what the decision log was given when it was made."""
    if one.leaf is None:
        yield Difference("log", "leaf", "", "missing")
        return
    for part in one.leaf.contradicts(key, text, made.conclusion.value):
        yield Difference("log", part)


def _came(found: tuple[Difference, ...]) -> Came:
    if not found:
        return Came.SAME
    return Came.OTHER_ENGINES if {(each.part, each.field) for each in found} == {("", ENGINES)} else Came.DIFFERENT
