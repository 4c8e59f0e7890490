"""A month's applications at once (月度批量): taken and determined, adopted, checked on the day and ordered, in chunks.

Every step is that of one case, by the same acts under the same rules; only how many share a transaction is other.
Killed anywhere and run again it goes on where it was: an application has its key, a step its own, a chunk is written
whole or not at all. Memory holds one chunk. A refusal by rules is left to a person: only grants are adopted here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from activities.bootstrap import Station
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.errands import Answer, Do, Errand
from activities.gathering import require_officer
from activities.progress import Progress, Tell, tell_nobody
from activities.records import commit
from activities.subsidy_intake import SubsidyIntake
from activities.subsidy_month_lines import Line
from cases.acts import refusals
from cases.applications import Application
from cases.commands import command
from cases.days import day_of
from cases.determinations import Conclusion
from cases.refusals import Refusal, Refused
from cases.steps import PolicyStep, Step, changed_meanwhile
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified, OrderPayment, Recheck
from cases.subsidy.progress import policies_due
from cases.subsidy.stages import Stage
from cases.wording import Wording
from store.case_rows import StaleCase
from store.cases import SUBSIDY
from store.engine import read, write
from store.steps import step_key
from store.subsidy_month import cases_in_stage

CHUNK: Final = 200
TAKEN: Final = Wording("已受理并认定", "taken and determined")
ADOPTED: Final = Wording("已采纳", "adopted")
ACCEPTED: Final = Wording("已接受未核实的数值", "unverified values accepted")
CHECKED: Final = Wording("当日已核查", "checked today")
ORDERED: Final = Wording("已开拨付单", "ordered")


@dataclass(frozen=True)
class Done:
    """How many a step was done for, how many it was not for, how many needed nothing, and how many are under way."""

    done: int = 0
    refused: int = 0
    passed_over: int = 0
    waiting: int = 0  # their workflows have not determined them anew yet: the next run goes on with them


Refuse = Callable[[str, Sequence[Refusal]], None]  # which line or case, and why


def together(station: Station, at: datetime) -> Do:
    """One transaction for a chunk of errands, in a record whose cases no workflow has yet."""

    def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        with write(station.engine) as connection:
            cases = {case.id: case for case in SUBSIDY.load_many(connection, [each.case_id for each in errands])}
            return [_one(connection, station, cases[each.case_id], each, at) for each in errands]

    return all_of


def _one(connection: Connection, station: Station, case: SubsidyCase, errand: Errand, at: datetime) -> Answer:
    step = Step(case, step_key(case.id, "act", errand.command.key), errand.command, at)
    try:
        done = commit(connection, station.keyring, station.policies, step, case)
    except Refused as refused:  # before anything of it was written
        return refused
    except StaleCase:
        return Refused((changed_meanwhile(),))
    return done.receipt or Refused(done.refusals)


@dataclass(frozen=True)
class Month:
    """`refuse` is told of every application or case that was not accepted, at once: nothing is remembered.

    `determined`: where workflows determine after each act, how to wait for them, and how many have not; else it is done
    here.
    """

    station: Station
    rule_engine: EngineProcess
    do: Do
    refuse: Refuse
    tell: Tell = tell_nobody
    chunk: int = CHUNK
    determined: Callable[[Sequence[str]], int] | None = None

    def take(self, lines: Iterable[Line], actor: str, at: datetime) -> Done:
        """Open the case of every application and determine it; one that was taken before is passed over."""
        found = Done()
        for chunk in _chunks(lines, self.chunk):
            for line in chunk:
                if line.application is None:
                    self.refuse(str(line.number), line.refused)
            unread = sum(line.application is None for line in chunk)
            taken = self._take([line for line in chunk if line.application], actor, at)
            found = _sum(found, _sum(taken, Done(refused=unread)))
            self.tell(Progress(TAKEN, found.done + found.passed_over))
        return found

    def _take(self, lines: Sequence[Line], actor: str, at: datetime) -> Done:
        try:
            return self._take_together(lines, actor, at)
        except IntegrityError:
            if len(lines) == 1:  # another counter was quicker, and what it wrote decides
                return self._take_alone(lines[0], actor, at)
        half = len(lines) // 2
        return _sum(self._take(lines[:half], actor, at), self._take(lines[half:], actor, at))

    def _take_together(self, lines: Sequence[Line], actor: str, at: datetime) -> Done:
        refused: list[tuple[str, Sequence[Refusal]]] = []
        before = 0
        with write(self.station.engine) as connection:
            for line in lines:
                try:
                    before += self._take_one(connection, line, actor, at)
                except Refused as no:  # before anything of it was written
                    refused.append((str(line.number), no.refusals))
        for number, why in refused:
            self.refuse(number, why)
        return Done(len(lines) - len(refused) - before, len(refused), before)

    def _take_alone(self, line: Line, actor: str, at: datetime) -> Done:
        intake = SubsidyIntake(self.station.engine, self.station.keyring, self.station.policies)
        try:
            case = intake.apply(_application(line), actor, at)
        except Refused as no:
            self.refuse(str(line.number), no.refusals)
            return Done(refused=1)
        with write(self.station.engine) as connection:
            self._determine(connection, case, at)
        return Done(done=1)

    def _take_one(self, connection: Connection, line: Line, actor: str, at: datetime) -> bool:
        """Whether it was taken before."""
        intake = SubsidyIntake(self.station.engine, self.station.keyring, self.station.policies)
        before = intake.opened_before(connection, _application(line), actor)
        case = before or intake.open_within(connection, _application(line), actor, at)
        self._determine(connection, case, at)
        return before is not None

    def adopt(self, station_id: str, policy: str, officer: str, at: datetime) -> Done:
        """An officer adopts every grant that the rules came to and nobody has doubts about."""

        def adopting(case: SubsidyCase) -> Act | None:
            standing = case.standing
            granted = standing is not None and standing.conclusion is Conclusion.GRANTED
            act = AdoptDetermination(standing.id) if standing and granted else None
            return act if act and not refusals(act, case) else None

        return self._each(station_id, policy, Stage.DETERMINATION, officer, at, adopting, ADOPTED)

    def accept(self, station_id: str, policy: str, officer: str, at: datetime, reason: str) -> Done:
        """An officer answers, with one reason, for every value behind these payments that nobody could verify."""

        def accepting(case: SubsidyCase) -> Act | None:
            act = AcceptUnverified(EVERY_VALUE, reason)
            accepted = any(each.lapsed_on is None for each in case.acceptances)
            return None if accepted or refusals(act, case) else act

        return self._each(station_id, policy, Stage.PAYMENT, officer, at, accepting, ACCEPTED)

    def order(self, station_id: str, policy: str, officer: str, at: datetime) -> Done:
        """Check every case on the day by the rules, and order the payment of those that come to the same."""
        checked = self._each(station_id, policy, Stage.PAYMENT, officer, at, _checking(at), CHECKED)
        ordered = self._each(station_id, policy, Stage.PAYMENT, officer, at, _ordering, ORDERED)
        return Done(ordered.done, checked.refused + ordered.refused, ordered.passed_over, checked.waiting)

    def _each(  # where, whose, what and when: each of them is asked for by name
        self,
        station_id: str,
        policy: str,
        stage: Stage,
        officer: str,
        at: datetime,
        act_for: Callable[[SubsidyCase], Act | None],
        what: Wording,
    ) -> Done:
        """One act on each case of a stage, in the order of their ids. Raises Refused for who is no officer there."""
        with read(self.station.engine) as connection:
            require_officer(connection, station_id, officer, at)
        found, after = Done(), ""
        while True:
            with read(self.station.engine) as connection:
                ids = cases_in_stage(connection, station_id, policy, stage, after, self.chunk)
                cases = SUBSIDY.load_many(connection, ids)
            if not ids:
                return found
            wanted = [(case, act) for case in cases if (act := act_for(case))]
            found, after = _sum(found, self._errands(wanted, officer, at, len(cases))), ids[-1]
            self.tell(Progress(what, found.done))

    def _errands(self, wanted: Sequence[tuple[SubsidyCase, Act]], officer: str, at: datetime, of: int) -> Done:
        errands = [Errand(case.id, command(_key(act, case, at), act, officer)) for case, act in wanted]
        answers = self.do(errands)
        for errand, answer in zip(errands, answers, strict=True):
            if isinstance(answer, Refused):
                self.refuse(errand.case_id, answer.refusals)
        waiting = self._determine_all([errand.case_id for errand in errands], at)
        refused = sum(isinstance(answer, Refused) for answer in answers)
        return Done(len(errands) - refused, refused, of - len(errands), waiting)

    def _determine_all(self, case_ids: Sequence[str], at: datetime) -> int:
        if self.determined:
            return self.determined(case_ids)
        with write(self.station.engine) as connection:
            for case in SUBSIDY.load_many(connection, case_ids):
                self._determine(connection, case, at)
        return 0

    def _determine(self, connection: Connection, case: SubsidyCase, at: datetime) -> None:
        """What its workflow would ask for first; under the key that it would use, so that it is asked once."""
        station = self.station
        determining = Determining(station.engine, station.keyring, station.policies, self.rule_engine)
        for policy in policies_due(case):
            key = step_key(case.id, "determination", policy, str(case.facts_seen))
            determining.determine_within(connection, PolicyStep(case, key, policy, at))


def _checking(at: datetime) -> Callable[[SubsidyCase], Act | None]:
    def checking(case: SubsidyCase) -> Act | None:
        standing = case.standing
        today = standing is not None and day_of(standing.made_at) == day_of(at)
        return None if today or refusals(Recheck(), case) else Recheck()

    return checking


def _ordering(case: SubsidyCase) -> Act | None:
    return None if refusals(OrderPayment(), case) else OrderPayment()


def _key(act: Act, case: SubsidyCase, at: datetime) -> str:
    """The same however often it is tried on one day, for one determination and what was paid before."""
    standing = case.standing.id if case.standing else "none"
    return f"month/{act.KIND}/{standing}/{len(case.payments)}/{day_of(at)}"


def _application(line: Line) -> Application:
    if line.application is None:
        raise LookupError(line.number)
    return line.application


def _chunks(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    rest = iter(lines)
    while chunk := list(islice(rest, size)):
        yield chunk


def _sum(one: Done, other: Done) -> Done:
    return Done(
        one.done + other.done,
        one.refused + other.refused,
        one.passed_over + other.passed_over,
        one.waiting + other.waiting,
    )
