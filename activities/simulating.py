"""Simulating a change of the law (政策模拟) on the snapshot of the population, and keeping what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Connection, Engine

from activities.published import PublishedLaw, shelf
from activities.simulation_law import TwoLaws, WithText, facts_of, two_laws
from activities.simulation_report import REPORT, Question, Report
from activities.simulation_run import Run, within
from activities.snapshot_file import Contents
from activities.snapshots import Snapshots, facts_read, unusable
from cases.canonical import Json
from cases.days import day_of
from cases.failures import Failed
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from rules.kinds import DECIDES_BY_RULES
from rules.policies import PolicyBook
from rules.simulating import Disagreement, Pair
from store.aead import SealBroken
from store.engine import read, write
from store.keys import KeyRing
from store.policy_files import digest
from store.policy_reach import stations_of
from store.scope import scope_of
from store.simulation_facts import places
from store.simulations import Answer, Asked, answer, ask, kept_simulation

log = structlog.get_logger(__name__)
MAY: Final = frozenset({Role.POLICY_OFFICER, Role.MANAGER})
Progress = Callable[[int, int], None]


def _unseen(_done: int, _of: int) -> None:
    """Nobody watches."""


class EnginesDisagree(Failed):
    """What numpy says of everybody is not what the evaluator says of some: there is no report."""


@dataclass(frozen=True)
class Simulating:
    engine: Engine
    keyring: KeyRing
    shipped: Path
    calendar_hash: str
    snapshots: Snapshots

    def snapshot(self, now: datetime, progress: Progress = _unseen) -> Contents:
        """A new one, of all facts that the law in use reads."""
        files = shelf(self.engine, self.shipped)
        book = PolicyBook.of(*files, calendar_hash=self.calendar_hash, earlier=PublishedLaw.latest)
        return self.snapshots.make(facts_read(book), now, progress).contents

    def begin(self, question: Question, staff_id: str, now: datetime, new: str) -> bool:
        """Write down what is asked, under an id of the caller's; False: this was begun before.

        Raises Refused: not theirs to ask, or nothing that can be asked.
        """
        with read(self.engine) as connection:
            self._reach(connection, question, staff_id, day_of(now))
        self._laws(question, day_of(now))
        sha = digest(question.change.text) if isinstance(question.change, WithText) else None
        plain = question.change.plain() | ({"of": question.of} if question.of else {})
        asked = Asked(new, question.policy, question.jurisdiction, plain, staff_id, now, sha)
        with write(self.engine) as connection:
            if kept_simulation(connection, self.keyring, asked.id) is not None:
                return False
            ask(connection, self.keyring, asked)
        return True

    def simulate(
        self, simulation_id: str, question: Question, staff_id: str, now: datetime, progress: Progress = _unseen
    ) -> Report:
        """The report, once it is kept. Raises Refused and Failed, which are kept as well."""
        try:
            report = self._report(question, staff_id, now, progress)
        except Refused as refused:
            self._keep(simulation_id, Answer(now, refusals=refused.refusals))
            raise
        except Failed as failed:
            reason = refusal("simulation-failed", failed.wording.zh, failed.wording.en)
            self._keep(simulation_id, Answer(now, refusals=(reason,)))
            raise
        plain: Json = REPORT.dump_python(report, mode="json")
        self._keep(simulation_id, Answer(now, report.snapshot_day, report.snapshot_hash, plain))
        return report

    def _keep(self, simulation_id: str, found: Answer) -> None:
        with write(self.engine) as connection:
            answer(connection, self.keyring, simulation_id, found)

    def _laws(self, question: Question, on: date) -> TwoLaws:
        documents = shelf(self.engine, self.shipped)
        return two_laws(documents, self.calendar_hash, question.policy, question.jurisdiction, question.change, on)

    def _reach(self, connection: Connection, question: Question, staff_id: str, on: date) -> dict[str, str]:
        """The stations of the place that somebody answers for, each with its own place. Raises Refused."""
        theirs = stations_of(connection, scope_of(connection, staff_id, on).holding(MAY))
        here = {station: place for station, place in places(connection) if within(place, question.jurisdiction)}
        found = {station: place for station, place in here.items() if station in theirs}
        if not found:
            raise Refused((_nowhere(question.jurisdiction),))
        return found

    def _report(self, question: Question, staff_id: str, now: datetime, progress: Progress) -> Report:
        laws = self._laws(question, day_of(now))
        with read(self.engine) as connection:
            stations = self._reach(connection, question, staff_id, laws.on)
        pairs = {place: laws.pair(place) for place in sorted(set(stations.values()))}
        _require_rules(question, pairs)
        facts = facts_of(pairs)
        snapshot = self.snapshots.current(facts_read(laws.before) | facts, now, progress)
        try:
            return Run(question, laws, stations, snapshot).report(facts, progress)
        except SealBroken as broken:
            raise unusable(broken) from None
        except Disagreement as found:
            log.error("simulation-engines-disagree", found=str(found))  # noqa: TRY400 - a trace may show facts
            raise EnginesDisagree(
                "两套规则程序对抽查的人结论不一致，本次模拟不出结果。请告知系统管理员。",
                "The two programs of the policy disagree about somebody of the sample: this run gives no report. "
                "Tell the administrator.",
            ) from None


def _require_rules(question: Question, pairs: Mapping[str, Pair]) -> None:
    """Only what decides by rules decides about people; and somewhere one of the two laws has to hold."""
    laws = [policy for pair in pairs.values() for policy in (pair.before, pair.after) if policy is not None]
    if not laws:
        raise Refused((_no_law(question),))
    if any(policy.kind not in DECIDES_BY_RULES or not policy.rules.rules for policy in laws):
        raise Refused((_decides_nothing(question.policy),))


def _nowhere(place: str) -> Refusal:
    return refusal(
        "no-station-of-yours",
        f"{place}没有您作为政策专员或负责人所管的驿站，不能模拟。",
        f"You answer for no station of {place} as a policy officer or manager, so nothing can be simulated there.",
    )


def _no_law(question: Question) -> Refusal:
    return refusal(
        "no-policy-in-force",
        f"{question.jurisdiction}的驿站都不适用政策“{question.policy}”。",
        f"The policy '{question.policy}' holds at no station of {question.jurisdiction}.",
    )


def _decides_nothing(policy: str) -> Refusal:
    return refusal(
        "decides-nothing",
        f"政策“{policy}”不按规则对人作认定，没有可模拟的。",
        f"The policy '{policy}' decides nothing about people by rules, so there is nothing to simulate.",
    )
