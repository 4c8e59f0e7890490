"""A month's applications at once (月度批量): taken and determined, adopted, checked on the day and ordered, in chunks.

Every step is that of one case, by the same acts under the same rules; only how many share a transaction is other.
Killed anywhere and run again it goes on where it was: an application has its key, a step its own, a chunk is written
whole or not at all. Memory holds one chunk. A refusal by rules is left to a person: only grants are adopted here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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
from activities.subsidy_month_done import Done, summed
from activities.subsidy_month_lines import Line
from cases.acts import refusals
from cases.applications import Application
from cases.commands import command
from cases.days import day_of
from cases.determinations import Conclusion
from cases.refusals import Refusal, Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step, changed_meanwhile
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.paying import EVERY_VALUE, MEANWHILE, AcceptUnverified, CheckMeanwhile, OrderPayment, Recheck
from cases.subsidy.progress import policies_due
from cases.subsidy.stages import Stage
from cases.wording import Wording
from store.case_rows import StaleCase
from store.cases import SUBSIDY
from store.engine import read, write
from store.steps import step_key
from store.subsidy_month import cases_in_stage
from store.subsidy_orders import one_at_a_time

CHUNK: Final = 200
TAKEN: Final = Wording("已受理并认定", "taken and determined")
ADOPTED: Final = Wording("已采纳", "adopted")
ACCEPTED: Final = Wording("已接受未核实的数值", "unverified values accepted")
CHECKED: Final = Wording("当日已核查", "checked today")
ORDERED: Final = Wording("已开拨付单", "ordered")
MEANWHILE_CHECKED: Final = Wording("另有拨付，已重新核查", "checked again, since another case paid meanwhile")


Refuse = Callable[[str, Sequence[Refusal]], None]  # which line or case, and why


def together(station: Station, at: datetime) -> Do:
    """One transaction for a chunk of errands, in a record whose cases no workflow has yet."""

    def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        with write(station.engine) as connection:
            cases = {case.id: case for case in SUBSIDY.load_many(connection, [each.case_id for each in errands])}
            ordered = [each.case_id for each in errands if each.command.kind == OrderPayment.KIND]
            one_at_a_time(connection, (cases[of].person for of in ordered))  # all at first, and in one order
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
            found = summed(found, summed(taken, Done(refused=unread)))
            self.tell(Progress(TAKEN, found.done + found.passed_over))
        return found

    def _take(self, lines: Sequence[Line], actor: str, at: datetime) -> Done:
        try:
            return self._take_together(lines, actor, at)
        except IntegrityError:
            if len(lines) == 1:  # another counter was quicker, and what it wrote decides
                return self._take_alone(lines[0], actor, at)
        half = len(lines) // 2
        return summed(self._take(lines[:half], actor, at), self._take(lines[half:], actor, at))

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
        paid_elsewhere: list[str] = []

        def hears(case_id: str, why: Sequence[Refusal]) -> None:
            if any(reason.code == MEANWHILE for reason in why):
                paid_elsewhere.append(case_id)
            else:
                self.refuse(case_id, why)

        each = replace(self, refuse=hears)
        ordered = each._each(station_id, policy, Stage.PAYMENT, officer, at, _ordering, ORDERED)  # noqa: SLF001  # its own
        again = self._paid_elsewhere(paid_elsewhere, officer, at)
        refused = checked.refused + ordered.refused - len(paid_elsewhere) + again.refused
        waiting = checked.waiting + again.waiting
        return Done(ordered.done + again.done, refused, ordered.passed_over, waiting, len(paid_elsewhere))

    def _paid_elsewhere(self, case_ids: Sequence[str], officer: str, at: datetime) -> Done:
        """One by one, since two of them may be about one person: the rules are asked again, and then it is ordered."""
        found = Done()
        after = at + timedelta(microseconds=1)  # what was ordered within this run lies before it
        for number, case_id in enumerate(case_ids, start=1):
            if self.determined is None:  # else its workflow was told already, by the desk that refused it
                self.do([Errand(case_id, command(f"month/{CheckMeanwhile.KIND}/{at}", CheckMeanwhile(), Role.ENGINE))])
            waiting = self._determine_all([case_id], after)
            with read(self.station.engine) as connection:
                (case,) = SUBSIDY.load_many(connection, [case_id])
            against = refusals(OrderPayment(), case)
            if against:
                self.refuse(case_id, against)
            one = Done(refused=1) if against else self._errands([(case, OrderPayment())], officer, after, 1)
            found = summed(found, summed(one, Done(waiting=waiting)))
            self.tell(Progress(MEANWHILE_CHECKED, number))
        return found

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
            found, after = summed(found, self._errands(wanted, officer, at, len(cases))), ids[-1]
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
