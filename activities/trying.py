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

from activities.deciding_again import Past, Twice, again, places_of, proposed_law
from activities.engine_process import EngineProcess
from cases.determinations import Conclusion, Determination, Verdict
from store.audit import AuditEvent, record_audit
from store.engine import read, write
from store.keys import KeyRing
from store.policy_files import PROPOSAL
from store.policy_proposals import Proposal
from store.policy_trials import PastDetermination, past_determinations

MOST_CASES: Final = 1_000
SECONDS: Final = 60.0
Progress = Callable[[int, int], None]  # how many are done, and of how many
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
        law = proposed_law(self.engine, self.shipped, self.calendar_hash, proposal)
        with read(self.engine) as connection:
            found, total = past_determinations(connection, law.policies, places_of(proposal), most)
        counted = _Counts(frozenset(stations))
        with EngineProcess(children=1) as engine:
            until = monotonic() + SECONDS
            for number, past in enumerate(found, 1):
                decided = again(self.engine, self.keyring, law, _place(past), engine.verdicts)
                if isinstance(decided, Twice):
                    counted.compare(past, decided.before, decided.after)
                else:
                    counted.not_tried(decided)
                progress(number, len(found))
                if monotonic() > until:
                    break
        event = AuditEvent("try-policy", staff_id, at, PROPOSAL, proposal.id, reason=str(counted.seen))
        with write(self.engine) as connection:
            record_audit(connection, self.keyring, event)
        return counted.trial(law.as_of, total)


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


def _place(past: PastDetermination) -> Past:
    return Past(past.case_id, past.id, past.policy, past.jurisdiction, past.worker_id)


def _verdict(found: Verdict | None) -> str:
    return found.value if found else NO_SUCH_RULE
