"""Random acts by random people on random days: whatever they do, a subsidy case keeps its promises."""

from collections.abc import Callable
from random import Random
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pydantic import TypeAdapter

from cases.clocks_due import APPEALS
from cases.days import day_of
from cases.determinations import Conclusion
from cases.parts import find, in_order
from cases.refusals import Refused
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination, DeterminationMade
from cases.subsidy.moves import OUTLIVING, PAYMENT_INSTRUCTION
from cases.subsidy.next_step import next_steps
from cases.subsidy.paying import OrderPayment, Recheck
from cases.subsidy.progress import ACTS, policies_due
from cases.subsidy.record import TermEnd
from cases.subsidy.recovering import RecordRepayment
from cases.subsidy.stages import PaymentStatus, Stage
from tests.cases.subsidy.counter import (
    ONE_OFF,
    POLICY,
    Counter,
    a_counter,
    closed,
    in_notice,
    in_payment,
    overpaid,
    refused,
    running,
)
from tests.cases.subsidy.random_acts import FIELDS, ONCE_IN_A_WHILE, PEOPLE, a_random_act

CASES: Final = TypeAdapter(SubsidyCase)
BEGINNINGS: Final = (
    a_counter,
    in_notice,
    in_payment,
    running,
    overpaid,
    refused,
    closed,
    lambda: a_counter(ONE_OFF),
    lambda: in_payment(ONE_OFF),
)
BY_ENGINE: Final = frozenset(kind for kind, act in ACTS.items() if Role.ENGINE in act.BY)
SUMS: Final = (60_000, 120_000, 120_000, 180_000, 30_000, None, 0)


def test_every_act_takes_part() -> None:
    assert frozenset(ACTS) == frozenset(FIELDS) | BY_ENGINE


class Life(RuleBasedStateMachine):
    counter: Counter
    dice: Random
    ordered: int

    @initialize(beginning=st.sampled_from(BEGINNINGS), seed=st.integers(0, 2**32))
    def begins(self, beginning: Callable[[], Counter], seed: int) -> None:
        self.dice = Random(seed)  # noqa: S311  # dice, not keys
        self.counter = beginning()
        self.ordered = len(self.case.payments)

    @property
    def case(self) -> SubsidyCase:
        return self.counter.case

    @rule()
    def somebody_does_what_comes_next(self) -> None:
        for step in [*next_steps(self.case)][:1]:
            self._acts(step.act)

    @rule()
    def somebody_does_what_belongs_to_the_stage(self) -> None:
        fitting = [kind for kind in FIELDS if self.case.stage in ACTS[kind].DURING]
        kind = self.dice.choice(fitting)
        if kind not in ONCE_IN_A_WHILE or self.dice.random() < 0.2:
            self._acts(kind)

    @rule()
    def somebody_does_anything(self) -> None:
        self._acts(self.dice.choice(list(FIELDS)))

    @rule(same=st.booleans())
    def somebody_wants_it_paid(self, *, same: bool) -> None:
        """On the day of payment it is checked again, which may come out otherwise."""
        self._tries(Recheck(), "caseworker-1")
        if same:
            self.the_rules_conclude_what_they_did_before()
        self._tries(OrderPayment(), self.dice.choice(["officer-1", "officer-2"]))

    @rule(amount=st.sampled_from(SUMS), conclusion=st.sampled_from(Conclusion), adopted=st.booleans())
    def the_rules_conclude(self, amount: int | None, conclusion: Conclusion, *, adopted: bool) -> None:
        if not list(policies_due(self.case)):
            return
        seen = self.case.facts_seen
        self.counter.does(DeterminationMade(POLICY, conclusion, seen, amount_fen=amount), Role.ENGINE)
        assert not list(policies_due(self.case)), "determined once, nothing is due"
        if adopted and self.case.standing:
            self._tries(AdoptDetermination(self.case.standing.id), "officer-1")

    @rule()
    def the_rules_conclude_what_they_did_before(self) -> None:
        before = self.case.standing
        if before and list(policies_due(self.case)):
            act = DeterminationMade(POLICY, before.conclusion, self.case.facts_seen, amount_fen=before.amount_fen)
            self.counter.does(act, Role.ENGINE)

    @rule(days=st.integers(1, 40))
    def days_pass(self, days: int) -> None:
        self.counter.passes(days)

    @rule()
    def papers_are_made(self) -> None:
        self.counter.papers_made()

    @rule(unverified=st.booleans(), end=st.sampled_from([None, None, TermEnd.RETIRED]))
    def the_record_shows_something_else(self, *, unverified: bool, end: TermEnd | None) -> None:
        self.counter.record.unverified = ("stop_after",) if unverified else ()
        self.counter.record.end = end

    def _acts(self, kind: str) -> None:
        dice = self.dice
        act = a_random_act(dice, kind, self.case, self.counter.today)
        able = [who for who in PEOPLE if self.counter.seen(who).roles & act.BY]
        self._tries(act, dice.choice([*able * 3, *PEOPLE]))

    def _tries(self, act: Act, actor: str) -> None:
        before = self.case
        try:
            self.counter.does(act, actor)
        except Refused:
            assert self.case is before, "what is refused changes nothing"
        else:
            assert self.case.revision == before.revision + 1
            if isinstance(act, RecordRepayment):
                assert self.case.paid_fen >= (self.case.granted_fen or 0), "no more comes back than is owed"
        if len(self.case.payments) > self.ordered:
            self._was_rightly_ordered()
            self.ordered = len(self.case.payments)

    def _was_rightly_ordered(self) -> None:
        """On a grant of the day, after the notice, for what is due and no fen more, with every value answered for."""
        case, standing = self.case, self.case.standing
        assert standing
        assert standing.granted
        assert day_of(standing.made_at) == self.counter.today
        assert case.paid_fen == case.granted_fen
        assert set(self.counter.record.unverified) <= {each.id for each in case.acceptances}
        if self.counter.process.notice:
            clock = find(case.clocks, "public-notice")
            assert clock
            assert clock.due_at
            assert clock.due_at <= self.counter.now
            assert case.noticed_on
        assert all(objection.upheld is not None for objection in case.objections)

    @invariant()
    def no_period_is_paid_twice(self) -> None:
        case = self.case
        paid = [claim.id for claim in case.claims if claim.payment_id]
        assert len(paid) == len(set(paid))
        live = {payment.id for payment in case.payments if payment.live}
        assert {claim.payment_id for claim in case.claims if claim.released_on is None and claim.payment_id} <= live
        assert sum(payment.under_way for payment in case.payments) <= 1

    @invariant()
    def no_more_comes_back_than_was_paid_too_much(self) -> None:
        case = self.case
        assert case.paid_fen >= 0

    @invariant()
    def what_is_owed_is_what_was_paid_without_right_less_what_came_back_or_was_given_up(self) -> None:
        case = self.case
        out = sum(payment.amount_fen for payment in case.payments if payment.live)
        back = sum(repayment.amount_fen for repayment in case.repayments)
        without_right = max(0, out - (case.granted_fen or 0))
        assert case.overpaid_fen == max(0, without_right - back - case.written_off_fen)
        assert case.written_off_fen >= 0
        assert not (case.overpaid_fen and case.due_fen), "nobody owes and is owed"

    @invariant()
    def no_day_to_appeal_is_counted_of_what_was_not_delivered(self) -> None:
        case = self.case
        delivered = {each.id: each.delivered_on for each in case.deliveries}
        for clock in case.clocks:
            if clock.id.startswith(APPEALS):
                assert day_of(clock.started_at) == delivered[clock.id.partition("/")[2]]

    @invariant()
    def what_came_back_with_the_bank_pays_nothing(self) -> None:
        gone = {payment.id for payment in self.case.payments if payment.returned_on}
        assert not [claim for claim in self.case.claims if claim.payment_id in gone]

    @invariant()
    def a_closed_case_has_an_outcome_and_nothing_under_way(self) -> None:
        case = self.case
        assert (case.outcome is not None) == case.closed == (case.closed_at is not None)
        if case.closed:
            assert not any(clock.running for clock in case.clocks if not clock.id.startswith(OUTLIVING))
            assert not any(payment.under_way for payment in case.payments)
            live = [claim for claim in case.claims if claim.released_on is None]
            assert all(claim.payment_id for claim in live), "what was not paid may be claimed again"
            assert case.paid_fen or not live

    @invariant()
    def a_stage_is_what_it_says(self) -> None:
        case = self.case
        granted = case.standing.granted if case.standing else None
        match case.stage:
            case Stage.NOTICE | Stage.PAYMENT:
                assert granted
            case Stage.RUNNING:
                assert (granted, case.due_fen, case.unpaid_claims) == (True, 0, ())
                assert not any(payment.under_way for payment in case.payments)
            case Stage.REFUSAL:
                assert granted is False
                assert case.paid_fen <= case.written_off_fen
            case Stage.RECOVERY:
                assert case.overpaid_fen
            case _:
                pass

    @invariant()
    def nothing_orders_a_payment_that_was_cancelled(self) -> None:
        gone = {payment.id for payment in self.case.payments if payment.status is PaymentStatus.CANCELLED}
        assert not [p for p in self.case.papers if p.kind == PAYMENT_INSTRUCTION and p.owed and p.about in gone]

    @invariant()
    def what_comes_next_can_be_done_in_its_stage(self) -> None:
        for step in next_steps(self.case):
            assert self.case.stage in ACTS[step.act].DURING
            assert step.by in ACTS[step.act].BY

    @invariant()
    def it_is_as_the_record_will_give_it_back(self) -> None:
        case = self.case
        assert case.clocks == in_order(case.clocks)
        assert case.claims == in_order(case.claims)
        assert CASES.validate_json(CASES.dump_json(case)) == case


TestLives = Life.TestCase
TestLives.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
