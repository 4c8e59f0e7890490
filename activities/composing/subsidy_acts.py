"""What the papers of a subsidy case take from its acts and its law: who decided and why, and the ways to object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from activities.composing.ledger import Ledger
from activities.composing.sentences import one_line
from activities.pinning import governing
from activities.subsidy_record import subsidy_law_of
from cases.authorities import Authority, Tag
from cases.case_parts import DeterminationState
from cases.clocks import ClockTerms, Counts, Unit
from cases.commands import SUBSIDY_ACTS
from cases.days import day_of
from cases.identity import mask_identity
from cases.names import mask_name
from cases.parties import Cited
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified
from cases.subsidy.stages import Applicant
from cases.subsidy_papers import Appeal, Recipient, ReviewHere, Unverified
from cases.wording import Wording
from rules.policies import ResolvedPolicy
from rules.review_body import review_body
from rules.unverified import unverified
from store.person_keys import person_key
from store.steps import timeline

A = TypeVar("A", bound=Act)
AN_OFFICER = Authority("审批人就本案作出的决定", Tag.FULL_TEXT)


@dataclass(frozen=True)
class Done:
    act: Act
    actor: str
    at: datetime

    @property
    def on(self) -> date:
        return day_of(self.at)


@dataclass(frozen=True)
class Decided:
    """By whom and when a determination was decided; `second` agreed to a departure."""

    by: str
    on: date
    second: str | None
    why: str | None  # of a departure
    amount_fen: int | None  # of a departure


def acts_done(ledger: Ledger, case: SubsidyCase, *kinds: type[Act]) -> tuple[Done, ...]:
    """The acts of these kinds up to the case as it is given, whatever came after."""
    key = person_key(ledger.connection, ledger.keyring, case.person)
    wanted = {kind.KIND for kind in kinds}
    return tuple(
        Done(SUBSIDY_ACTS.act_of(entry.kind, entry.body), entry.actor, entry.at)
        for entry in timeline(ledger.connection, key, case.id)
        if entry.kind in wanted and entry.revision <= case.revision
    )


def decided(ledger: Ledger, case: SubsidyCase, state: DeterminationState) -> Decided:
    """How it was decided; one that came to the same as the one before stands decided as that was."""
    acts = acts_done(ledger, case, AdoptDetermination, DepartFromDetermination, ConfirmDeparture)
    until = [each for each in acts if each.at <= state.made_at or _about(each.act) == state.id]
    decisions = [each for each in until if not isinstance(each.act, DepartFromDetermination)]
    own = [each for each in decisions if _about(each.act) == state.id]
    if not (own or decisions):
        raise LookupError(state.id)
    decision = (own or decisions)[-1]
    if isinstance(decision.act, AdoptDetermination):
        return Decided(decision.actor, decision.on, None, None, None)
    of_it = [each for each in acts if isinstance(each.act, DepartFromDetermination) and _same(each.act, decision.act)]
    departing = of_it[-1]
    said = departing.act
    if not isinstance(said, DepartFromDetermination):
        raise TypeError(said)
    return Decided(departing.actor, decision.on, decision.actor, one_line(said.reason), said.amount_fen)


def accepted(ledger: Ledger, case: SubsidyCase, policy: ResolvedPolicy, on: date) -> Iterator[Unverified]:
    """Every value that nobody verified, with the officer who answers for it, if one did by that day.

    Who answered for all that were left answers for each; a changed law is answered for anew.
    """
    values, answers = unverified(policy), dict[str, tuple[str, date, str]]()
    for done in acts_done(ledger, case, AcceptUnverified, ApplyNewLaw):
        match done.act:
            case ApplyNewLaw() if done.on < on:
                answers.clear()
            case AcceptUnverified(value=value, reason=reason) if done.on <= on:
                left = [each.name for each in values if each.name not in answers]
                answer = ledger.staff(done.actor, case.station_id).name, done.on, one_line(reason)
                answers |= dict.fromkeys(left if value == EVERY_VALUE else [value], answer)
    for each in values:
        yield Unverified(f"{each.authority.clause}（{each.name}）", *answers.get(each.name, ()))


def recipient(ledger: Ledger, case: SubsidyCase) -> Recipient:
    if case.applicant is Applicant.WORKER:
        worker = ledger.worker(case.applicant_id)
        return Recipient(worker.name, worker.phone)
    phone = ledger.contact(case.applicant_id).contact_phone
    return Recipient(ledger.employer_name(case.applicant_id), phone, hired(ledger, case))


def hired(ledger: Ledger, case: SubsidyCase, *, masked: bool = False) -> str | None:
    """For whom an employer applied; it knows the name of whom it hired."""
    if case.hired is None:
        return None
    worker = ledger.worker(case.hired)
    name = mask_name(worker.name) if masked else worker.name
    return f"{name}（{mask_identity(worker.identity)}）"


def review_way(ledger: Ledger, case: SubsidyCase) -> ReviewHere:
    """How to have it looked at again at the place, by the case's own clock and the body that the place names."""
    terms = terms_of(ledger, case)["refusal-review"]
    body = review_body(governing(ledger.connection, ledger.policies, case, "review"))
    return ReviewHere(
        term=term_words(terms),
        body=body.name.zh,
        address=body.address,
        phone=body.phone,
        authority=terms.authority,
    )


def appeal(ledger: Ledger, case: SubsidyCase, clock: str) -> Appeal:
    """The days run from delivery, which nobody knows yet when the paper is made."""
    terms = terms_of(ledger, case)[clock]
    return Appeal(term_words(terms), terms.authority)


def terms_of(ledger: Ledger, case: SubsidyCase) -> Mapping[str, ClockTerms]:
    return subsidy_law_of(ledger.connection, ledger.policies, case).terms


def term_words(terms: ClockTerms) -> str:
    if terms.unit is Unit.MONTH:
        return f"{terms.length}个月"
    return f"{terms.length}{'个工作' if terms.counts is Counts.WORKING else ''}日"


def an_officers_reason(reason: str) -> Cited:
    said = one_line(reason)
    return Cited(Wording(f"审批人的理由：{said}", f"The officer's reason: {said}"), AN_OFFICER)


def _about(act: Act) -> str | None:
    return getattr(act, "determination", None)


def _same(one: Act, other: Act) -> bool:
    return _about(one) == _about(other)
