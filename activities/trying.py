"""Trying a proposed policy on real past cases, before anybody sees it: counts come out, and nothing is written.

The facts are those that each determination was made on, opened with the person's key; a person who was erased is not
tried. Each case is decided as if the newest version of the proposal had been in force.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from time import monotonic
from typing import Final

from sqlalchemy import Engine

from activities.engine_process import EngineProcess, EngineRefused, EngineUnavailable
from activities.published import shelf
from cases.canonical import canonical, from_canonical
from cases.determinations import Conclusion, Determination, Verdict
from cases.wording import Wording
from rules.decisions import EngineVerdicts, determine
from rules.errors import PolicyRefused
from rules.facts import FactRefused, StoredFact
from rules.policies import NoPolicyInForce, PolicyBook
from rules.publishable import Resolution, coming_changes, file_in
from rules.shelf import key_of, parts_of, replaced
from store.aead import SealBroken
from store.audit import AuditEvent, record_audit
from store.determinations import determination_record
from store.engine import read, write
from store.keys import KeyRing
from store.person_keys import person_key
from store.policy_files import PROPOSAL, content
from store.policy_proposals import Proposal
from store.policy_trials import PastDetermination, past_determinations

MOST_CASES: Final = 1_000
SECONDS: Final = 60.0
Progress = Callable[[int, int], None]  # how many are done, and of how many
# Why a case was not decided again.
UNTRIED: Final = {
    "erased": Wording("本人已依法删除", "erased"),
    "facts-do-not-fit": Wording("事实与新的声明不符", "facts that do not fit their new declaration"),
    "no-policy": Wording("当日没有政策", "no policy on that day"),
    "engine": Wording("规则引擎没有结论", "no verdict of the rule engine"),
}
ELSEWHERE: Final = ""  # a station outside the reader's scope


@dataclass(frozen=True)
class Changed:
    """One case that would come out otherwise."""

    case_id: str
    station_id: str
    policy: str
    before: Conclusion
    after: Conclusion


@dataclass(frozen=True)
class Trial:
    """`cases` are those of the stations that the reader may see; all other figures are of every case.

    `untried`: how many were not decided again, by why (`UNTRIED`).
    """

    as_of: date | None
    of: int
    tried: int
    untried: Mapping[str, int]
    conclusions: tuple[tuple[Conclusion, Conclusion, int], ...]
    by_rule: tuple[tuple[str, str, str, int], ...]
    by_station: tuple[tuple[str, int], ...]
    asks: tuple[tuple[str, int], ...]
    amount_before_fen: int
    amount_after_fen: int
    amounts_changed: int
    cases: tuple[Changed, ...]

    @property
    def changed(self) -> int:
        return sum(count for before, after, count in self.conclusions if before is not after)


def _unseen(_done: int, _of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Trying:
    engine: Engine
    keyring: KeyRing
    shipped: Path
    calendar_hash: str

    def try_on_past_cases(
        self,
        proposal: Proposal,
        staff_id: str,
        stations: Collection[str],
        at: datetime,
        *,
        most: int = MOST_CASES,
        progress: Progress = _unseen,
    ) -> Trial:
        """The look is written down, with how many cases it took, before it is shown."""
        after, changes, as_of = self._proposed(proposal)
        with read(self.engine) as connection:
            policies = {each.policy for each in changes}
            found, total = past_determinations(connection, policies, _places(proposal), most)
        counted = _Counts(frozenset(stations))
        with EngineProcess(children=1) as engine:
            until = monotonic() + SECONDS
            for number, past in enumerate(found, 1):
                self._one(past, after, as_of, engine.verdicts, counted)
                progress(number, len(found))
                if monotonic() > until:
                    break
        event = AuditEvent("try-policy", staff_id, at, PROPOSAL, proposal.id, reason=str(counted.seen))
        with write(self.engine) as connection:
            record_audit(connection, self.keyring, event)
        return counted.trial(as_of, total)

    def _proposed(self, proposal: Proposal) -> tuple[PolicyBook, list[Resolution], date | None]:
        """The book with the file in it, which policies it changes, and the first day of its newest version."""
        with read(self.engine) as connection:
            documents = parts_of(content(connection, proposal.sha256), "")
        files = shelf(self.engine, self.shipped)
        before = PolicyBook.of(*files, calendar_hash=self.calendar_hash)
        after = PolicyBook.of(*replaced(files, documents), calendar_hash=self.calendar_hash, earlier=before)
        changes = coming_changes(before, after)
        written = [file for document in documents if (file := file_in(after, key_of(document)))]
        days = [*(each.on for each in changes), *(version.since for file in written for version in file.versions)]
        return after, changes, max(days, default=None)

    def _one(
        self,
        past: PastDetermination,
        book: PolicyBook,
        as_of: date | None,
        engine: EngineVerdicts,
        counted: "_Counts",
    ) -> None:
        try:
            with read(self.engine) as connection:
                key = person_key(connection, self.keyring, past.worker_id)
                kept = determination_record(connection, key, past.case_id, past.id)
            policy = book.resolve(past.policy, past.jurisdiction, as_of or date.max)
            counted.compare(past, kept, determine(policy, _facts(kept), engine))
        except SealBroken:
            counted.not_tried("erased")
        except FactRefused:
            counted.not_tried("facts-do-not-fit")
        except (NoPolicyInForce, PolicyRefused):
            counted.not_tried("no-policy")
        except (EngineRefused, EngineUnavailable):
            counted.not_tried("engine")


class _Counts:
    def __init__(self, stations: frozenset[str]) -> None:
        self._stations = stations
        self._untried: Counter[str] = Counter()
        self._conclusions: Counter[tuple[Conclusion, Conclusion]] = Counter()
        self._rules: Counter[tuple[str, str, str]] = Counter()
        self._by_station: Counter[str] = Counter()
        self._asks: Counter[str] = Counter()
        self._amounts = [0, 0, 0]
        self._cases: list[Changed] = []

    @property
    def seen(self) -> int:
        return self._conclusions.total() + self._untried.total()

    def not_tried(self, why: str) -> None:
        self._untried[why] += 1

    def compare(self, past: PastDetermination, before: Determination, after: Determination) -> None:
        self._conclusions[before.conclusion, after.conclusion] += 1
        self._rules.update(_rules(before, after))
        self._asks.update(q.fact for q in after.questions if q not in before.questions)
        was, now = before.amount_fen or 0, after.amount_fen or 0
        self._amounts = [self._amounts[0] + was, self._amounts[1] + now, self._amounts[2] + (was != now)]
        if before.conclusion is not after.conclusion or was != now:
            here = past.station_id in self._stations
            self._by_station[past.station_id if here else ELSEWHERE] += 1
            if here:
                found = Changed(past.case_id, past.station_id, past.policy, before.conclusion, after.conclusion)
                self._cases.append(found)

    def trial(self, as_of: date | None, total: int) -> Trial:
        return Trial(
            as_of=as_of,
            of=total,
            tried=self._conclusions.total(),
            untried=dict(self._untried),
            conclusions=tuple((was, now, count) for (was, now), count in self._conclusions.most_common()),
            by_rule=tuple((*key, count) for key, count in self._rules.most_common()),
            by_station=tuple(self._by_station.most_common()),
            asks=tuple(self._asks.most_common()),
            amount_before_fen=self._amounts[0],
            amount_after_fen=self._amounts[1],
            amounts_changed=self._amounts[2],
            cases=tuple(self._cases),
        )


NO_SUCH_RULE: Final = "—"


def _rules(before: Determination, after: Determination) -> Iterable[tuple[str, str, str]]:
    """Of each rule that finds otherwise: what it found, and what it would find."""
    was = {finding.rule: finding.verdict for finding in before.findings}
    now = {finding.rule: finding.verdict for finding in after.findings}
    for rule in dict.fromkeys((*was, *now)):
        if was.get(rule) is not now.get(rule):
            yield rule, _verdict(was.get(rule)), _verdict(now.get(rule))


def _verdict(found: Verdict | None) -> str:
    return found.value if found else NO_SUCH_RULE


def _facts(kept: Determination) -> dict[str, StoredFact]:
    facts = from_canonical(kept.facts_json)
    if not isinstance(facts, Mapping):
        raise FactRefused("facts", "they are kept as an object")
    return {name: StoredFact(canonical(value)) for name, value in facts.items()}


def _places(proposal: Proposal) -> list[str]:
    """A file of facts touches policies of every place."""
    return ["cn" if "/" in place else place for place in proposal.jurisdictions]
