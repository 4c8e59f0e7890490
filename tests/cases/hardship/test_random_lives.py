"""Random acts by random people on random days: whatever they do, a case keeps its promises."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from pydantic import TypeAdapter

from cases.clocks_due import next_alarm
from cases.determinations import Conclusion, Turn
from cases.hardship.acts import WORKING_STAGES, Act
from cases.hardship.case import HardshipCase
from cases.hardship.determining import DeterminationMade
from cases.hardship.engine import KeepPaper, ReckonAnew, RingAlarm
from cases.hardship.next_step import next_steps
from cases.hardship.papering import WaivePaper
from cases.hardship.progress import ACTS, papers_due, policies_due
from cases.hardship.stages import Outcome, Stage
from cases.hardship.turns import next_turn
from cases.hardship.waking import TurnDay
from cases.parts import in_order
from cases.refusals import Refused
from cases.roles import Role
from tests.builders import Counter, a_calendar, a_counter
from tests.cases.hardship.lives import (
    closed,
    followed_up,
    fully_helped,
    in_follow_up,
    in_help,
    market_failed,
    owed_a_post,
    told_to_leave,
    up_for_closure,
)
from tests.cases.hardship.random_acts import FIELDS, ONCE_IN_A_WHILE, PEOPLE, a_random_act

CASES: Final = TypeAdapter(HardshipCase)
PAPER_KEEPING: Final = frozenset({KeepPaper.KIND, ReckonAnew.KIND, WaivePaper.KIND})
BY_ENGINE: Final = frozenset(kind for kind, act in ACTS.items() if Role.ENGINE in act.BY)
BEGINNINGS: Final = (
    a_counter,
    in_help,
    fully_helped,
    market_failed,
    owed_a_post,
    in_follow_up,
    followed_up,
    told_to_leave,
    up_for_closure,
    closed,
)
LIVES: Final = 40
EVENTS: Final = 80
FEW: Final = 0.2
LONG: Final = 400  # steps of the engine's own; one that needs more goes round in a circle


def test_every_act_takes_part() -> None:
    assert frozenset(ACTS) == frozenset(FIELDS) | BY_ENGINE


@dataclass
class Life:
    """What happens falls by dice from one number, so that a life that breaks a promise can be lived again."""

    counter: Counter
    dice: Random
    told: list[str] = field(default_factory=list)

    @property
    def case(self) -> HardshipCase:
        return self.counter.case

    def goes_on(self) -> None:
        """One thing happens, and then every promise holds."""
        self.dice.choice(
            [
                *[self.somebody_does_what_comes_next] * 4,
                *[self.somebody_does_what_belongs_to_the_stage] * 4,
                self.somebody_does_anything,
                self.the_engine_determines,
                self.days_pass,
                self.the_engine_keeps_house,
            ]
        )()
        for promise in PROMISES:
            promise(self)

    def somebody_does_what_comes_next(self) -> None:
        wanted = [step.act for step in next_steps(self.case, self.counter.plan)]
        if wanted:
            self._acts(self.dice.choice(wanted))

    def somebody_does_what_belongs_to_the_stage(self) -> None:
        here = [kind for kind in FIELDS if self.case.stage in ACTS[kind].DURING]
        self._acts(self.dice.choice([*(kind for kind in here if kind not in ONCE_IN_A_WHILE), *here]))

    def somebody_does_anything(self) -> None:
        self._acts(self.dice.choice(sorted(FIELDS)))

    def the_engine_determines(self) -> None:
        """Every policy that is due, until none is."""
        conclusion = self.dice.choice([*[Conclusion.GRANTED] * 7, *Conclusion])
        for _ in range(LONG):
            policy = next(policies_due(self.case), None)
            if policy is None:
                return
            made = DeterminationMade(policy, conclusion, self.case.facts_seen, self._turn(), self.dice.random() < FEW)
            assert self.tries(made, Role.ENGINE)
        pytest.fail("the engine determines for ever")

    def _turn(self) -> Turn | None:
        on = self.counter.today + timedelta(days=self.dice.choice((-3, 1, 12, 200)))
        return self.dice.choice([None, *(Turn(on, conclusion) for conclusion in Conclusion)])

    def days_pass(self) -> None:
        """Every alarm on the way rings at its instant, and every day on which something turns is seen to."""
        until = self.counter.now + timedelta(days=self.dice.choice((0, 1, 2, 10, 31, 95)), minutes=1)
        for _ in range(LONG):
            alarm, turn = next_alarm(self.case), next_turn(self.case)
            at = min((each[1] for each in (alarm, turn) if each), default=None)
            if at is None or at > until:
                self.counter.now = until
                return
            self.counter.now = max(at, self.counter.now)
            if alarm and alarm[1] == at:
                assert self.tries(RingAlarm(alarm[0].id, alarm[2]), Role.ENGINE)
            elif turn:
                assert self.tries(TurnDay(turn[0].id), Role.ENGINE)
                assert not self.tries(TurnDay(turn[0].id), Role.ENGINE)
        pytest.fail("alarms ring for ever")

    def the_engine_keeps_house(self) -> None:
        """A paper is printed, a calendar arrives, and an alarm rings that may not stand."""
        for paper in [*papers_due(self.case)][:1]:
            assert self.tries(KeepPaper(paper.id, "a" * 64, "b" * 64, 1), Role.ENGINE)
            assert not self.tries(KeepPaper(paper.id, "a" * 64, "b" * 64, 1), Role.ENGINE)
        assert self.tries(ReckonAnew(a_calendar().hash), Role.ENGINE)
        clock, percent = self.dice.choice(self.case.clocks), self.dice.choice((50, 75, 100))
        stood = clock.running and not self.case.paused and percent not in clock.sent
        assert not self.tries(RingAlarm(clock.id, percent), Role.ENGINE) or stood

    def _acts(self, kind: str) -> None:
        act = a_random_act(self.dice, kind, self.case, self.counter.today)
        roles, station = self.counter.record.roles, act.station(self.case)
        fitting = [who for who in PEOPLE if roles(who, station, self.counter.today) & act.BY]
        self.tries(act, self.dice.choice([*fitting * 6, "caseworker-1", "nobody"]))

    def tries(self, act: Act, actor: str) -> bool:
        """Whether it was accepted, with what holds of every step."""
        before = self.case
        kept = replace(before)
        try:
            after = self.counter.does(act, actor)
        except Refused:
            assert self.case is before
            assert before == kept
            return False
        self.told.append(f"{self.counter.today} {actor}: {act} → {after.stage}")
        assert after.revision == before.revision + 1
        assert not before.closed or act.KIND in PAPER_KEEPING | {"reopen", "ask-anew"}
        assert (before.id, before.worker_id, before.applied_on) == (after.id, after.worker_id, after.applied_on)
        return True


def stage_and_end_agree(life: Life) -> None:
    case = life.case
    assert (case.outcome is not None) == (case.closed_at is not None) == case.closed
    assert (case.closure is not None) == (case.stage in (Stage.CLOSING, Stage.CLOSED))
    leaving = case.stage is Stage.EXIT_NOTICE or (case.closure and case.closure.outcome is Outcome.EXITED)
    assert (case.exit is not None) == bool(leaving)
    assert case.stage is not Stage.EXIT_NOTICE or {c.id for c in case.clocks if c.running} >= {"exit-review"}
    assert not (case.closed and case.transfer)
    assert case.stage is not Stage.HELP or case.plan_hash


def at_most_one_placement_stands(life: Life) -> None:
    standing = [p for p in life.case.placements if p.ended_on is None]
    assert len(standing) <= 1
    if life.case.stage in (Stage.DETERMINATION, Stage.HELP, Stage.POST):
        assert not standing
    if life.case.stage is Stage.FOLLOW_UP:
        assert standing


def clocks_stand_exactly_while_the_case_is_paused(life: Life) -> None:
    case = life.case
    assert not case.paused or case.stage in WORKING_STAGES
    for clock in case.clocks:
        if clock.running:
            assert (clock.due_at is None) == case.paused, clock.id
        else:
            assert clock.next_alarm is None
    assert not case.closed or not any(clock.running for clock in case.clocks)
    assert not case.paused or next_alarm(case) is None


def what_comes_next_may_be_done(life: Life) -> None:
    for step in next_steps(life.case, life.counter.plan):
        act = ACTS[step.act]
        assert life.case.stage in act.DURING, step
        assert act.WHILE_PAUSED or not life.case.paused, step
        assert step.by in act.BY, step


def it_travels_and_is_kept_as_it_is(life: Life) -> None:
    case = life.case
    assert CASES.validate_json(CASES.dump_json(case)) == case
    for parts in (case.clocks, case.determinations, case.referrals, case.papers, case.follow_ups):
        assert in_order(parts) == parts
        assert len({part.id for part in parts}) == len(parts)


PROMISES: Final = (
    stage_and_end_agree,
    at_most_one_placement_stands,
    clocks_stand_exactly_while_the_case_is_paused,
    what_comes_next_may_be_done,
    it_travels_and_is_kept_as_it_is,
)


@pytest.mark.parametrize("number", range(LIVES))
def test_a_life_keeps_every_promise(number: int) -> None:
    life = Life(BEGINNINGS[number % len(BEGINNINGS)](), Random(number))  # noqa: S311  # dice, not keys
    try:
        for _ in range(EVENTS):
            life.goes_on()
    except Exception as broken:
        broken.add_note("\n".join(life.told))
        raise
