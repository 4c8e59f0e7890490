"""The agreement that a placement is founded on, chosen by facts and drawn up from the terms that were agreed.

The same drawing up answers whether a placement may be recorded at all, so no agreement is refused later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from activities.composing.incentives import subsidies
from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.parties import employer_party, worker_party
from activities.composing.retiring import Retiring, retiring
from cases.agreement_law import AgreementLaw
from cases.agreements import EmployerKind, PlacementFacts, choose_agreement
from cases.contract_parts import Hours, Protection, Term, Wages, Work
from cases.contracts import Agreement, LabourContract, PartTimeContract, PublicPostAgreement
from cases.hardship.record import Proposal
from cases.hardship.stages import AgreementForm
from cases.hardship.terms import PayUnit
from cases.papers import PaperKind, check
from cases.parties import EmployerParty, StationParty, WorkerParty
from cases.refusals import Refusal, Refused, refusal
from rules.agreement_law import PlaceAgreements, agreements
from rules.policies import NoPolicyInForce
from store.tables.employers import EmployerKind as Listed

BY_THE_MONTH = (AgreementForm.LABOUR_CONTRACT, AgreementForm.PUBLIC_POST_AGREEMENT)


@dataclass(frozen=True)
class _Draft:
    """All that an agreement is made of, once nothing stands against it."""

    ledger: Ledger
    proposal: Proposal
    law: PlaceAgreements
    retiring: Retiring
    employer: EmployerParty
    worker: WorkerParty
    number: str


def draw_up(ledger: Ledger, proposal: Proposal, paper_id: str) -> tuple[AgreementForm, Agreement]:
    """Raises Refused, with every reason why no agreement that the station offers fits."""
    law = _law(ledger, proposal)
    found = retiring(ledger, proposal)
    form, reasons = _form(ledger, proposal, law, found)
    reasons += found.refusals(matters=_retirement_matters(proposal, law, found))
    worker, without = worker_party(ledger, proposal.case.worker_id, proposal.terms.parties)
    employer, unnamed = employer_party(ledger, proposal.employer_id, proposal.terms.parties)
    reasons += [*without, *([] if _is_household(ledger, proposal) else unnamed), *_missing_terms(proposal, form)]
    if reasons or form is None or worker is None or employer is None:
        raise Refused(tuple(reasons))
    number = paper_number(PaperKind(form), proposal.case.id, paper_id, proposal.drawn_up_on)
    agreement = MAKERS[form](_Draft(ledger, proposal, law, found, employer, worker, number))
    check(agreement)
    return form, agreement


def _law(ledger: Ledger, proposal: Proposal) -> PlaceAgreements:
    try:
        place, on = proposal.case.jurisdiction, proposal.starts_on
        return agreements(ledger.policies.book.resolve("agreements", place, on, decided_on=on))
    except NoPolicyInForce as none:
        raise Refused((Refusal("no-agreement-law", none.wording),)) from None


def _form(
    ledger: Ledger, proposal: Proposal, law: PlaceAgreements, found: Retiring
) -> tuple[AgreementForm | None, list[Refusal]]:
    terms = proposal.terms
    facts = PlacementFacts(
        employer=_kind(ledger, proposal),
        starts_on=proposal.starts_on,
        born_on=found.born_on,
        retires_on=found.reached_by(proposal.starts_on),
        retirement_postponed=terms.retirement_postponed,
        public_post=proposal.public_post,
        paid_by_hour=terms.pay_unit is PayUnit.HOUR,
        minutes_per_day=terms.minutes_per_day,
        minutes_per_week=terms.minutes_per_week,
        under_direction=terms.under_direction,
    )
    try:
        return choose_agreement(facts, law.law).form, []
    except Refused as refused:
        return None, list(refused.refusals)


def _kind(ledger: Ledger, proposal: Proposal) -> EmployerKind:
    if _is_household(ledger, proposal):
        return EmployerKind.HOUSEHOLD
    return EmployerKind.PLATFORM if proposal.terms.through_platform else EmployerKind.ORGANISATION


def _is_household(ledger: Ledger, proposal: Proposal) -> bool:
    return ledger.employer(proposal.employer_id).kind is Listed.HOUSEHOLD


def _retirement_matters(proposal: Proposal, law: PlaceAgreements, found: Retiring) -> bool:
    """Whether the class of the old age still decides: between its two days, or how long a public post may last."""
    if found.between(proposal.starts_on):
        return not proposal.terms.retirement_postponed
    last_day = proposal.terms.last_day(proposal.starts_on)
    if not proposal.public_post or last_day is None:
        return False
    months = (Term(proposal.starts_on, last_day).months or 0) + proposal.terms.months_in_public_posts
    near = law.near_retirement.value
    return months > law.law.public_post_months.value and found.perhaps_within(near, proposal.starts_on)


def _missing_terms(proposal: Proposal, form: AgreementForm | None) -> Iterator[Refusal]:
    terms = proposal.terms
    if form in BY_THE_MONTH and terms.pay_unit is not PayUnit.MONTH:
        yield refusal(
            "pay-not-by-month",
            "这份协议按月约定工资，请写明每月工资（pay_unit: month）；"
            "以小时计酬且不超过非全日制工时的，才订立非全日制合同。",
            "This agreement states pay by the month: give the monthly pay (pay_unit: month). Only work paid by the "
            "hour, within the hours of part-time work, takes a part-time contract.",
        )
    if form is AgreementForm.PUBLIC_POST_AGREEMENT and terms.last_day(proposal.starts_on) is None:
        yield refusal(
            "no-last-day",
            "公益性岗位协议须有期限，请写明“term_months”或“ends_on”。",
            "A public-welfare post ends on a day: say term_months or ends_on.",
        )


class _Shared(TypedDict):
    number: str
    issued_on: date
    station: StationParty
    employer: EmployerParty
    worker: WorkerParty
    work: Work
    protection: Protection
    law: AgreementLaw
    other_terms: tuple[str, ...]


def _shared(draft: _Draft) -> _Shared:
    proposal, terms = draft.proposal, draft.proposal.terms
    return {
        "number": draft.number,
        "issued_on": proposal.drawn_up_on,
        "station": draft.ledger.station_party(proposal.case.station_id),
        "employer": draft.employer,
        "worker": draft.worker,
        "work": Work(terms.position, terms.place, terms.duties),
        "protection": Protection(terms.protection, terms.hazards),
        "law": draft.law.law,
        "other_terms": (*terms.insurance, *terms.other_terms),
    }


def _hours(draft: _Draft) -> Hours:
    terms = draft.proposal.terms
    return Hours(terms.hours_system, terms.minutes_per_day, terms.days_per_week, terms.rest)


def _wages(draft: _Draft) -> Wages:
    terms = draft.proposal.terms
    return Wages(terms.pay_fen, terms.pay_form, terms.channel, terms.payday, draft.law.monthly_minimum)


def _labour_contract(draft: _Draft) -> LabourContract:
    terms, starts_on = draft.proposal.terms, draft.proposal.starts_on
    paid = terms.probation_pay_fen or terms.pay_fen
    return LabourContract(
        **_shared(draft),
        term=Term(starts_on, terms.last_day(starts_on), terms.task),
        hours=_hours(draft),
        wages=_wages(draft),
        probation_months=terms.probation_months,
        probation_fen=paid if terms.probation_months else terms.probation_pay_fen,
        benefits=terms.benefits,
    )


def _part_time_contract(draft: _Draft) -> PartTimeContract:
    terms = draft.proposal.terms
    return PartTimeContract(
        **_shared(draft),
        starts_on=draft.proposal.starts_on,
        minutes_per_day=terms.minutes_per_day,
        minutes_per_week=terms.minutes_per_week,
        hourly_fen=terms.pay_fen,
        hourly_minimum=draft.law.hourly_minimum,
        settled_every_days=terms.settled_every_days,
        channel=terms.channel,
    )


def _public_post_agreement(draft: _Draft) -> PublicPostAgreement:
    terms, starts_on = draft.proposal.terms, draft.proposal.starts_on
    return PublicPostAgreement(
        **_shared(draft),
        starts_on=starts_on,
        ends_on=terms.last_day(starts_on) or starts_on,
        hours=_hours(draft),
        wages=_wages(draft),
        subsidies=subsidies(draft.ledger, draft.proposal.case, by="public-post"),
        months_before=terms.months_in_public_posts,
        to_retirement=draft.retiring.surely_within(draft.law.near_retirement.value, starts_on),
    )


MAKERS = {
    AgreementForm.LABOUR_CONTRACT: _labour_contract,
    AgreementForm.PART_TIME_CONTRACT: _part_time_contract,
    AgreementForm.PUBLIC_POST_AGREEMENT: _public_post_agreement,
}
