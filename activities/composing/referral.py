"""The letter that puts a worker forward for a vacancy (岗位推荐函), and tells the employer what hiring them opens."""

from collections.abc import Iterator
from datetime import date

from activities.composing.incentives import subsidies
from activities.composing.ledger import Ledger
from activities.composing.numbering import paper_number
from activities.composing.sentences import hours_in_words, one_line
from activities.composing.written import acts_written, ordinal
from activities.pinning import law_of
from cases.case_parts import PaperState
from cases.clocks import Clock
from cases.counting import count
from cases.days import start_of
from cases.hardship.case import HardshipCase, ReferralState
from cases.hardship.referring import RecordReferral
from cases.letters import ReferralLetter, VacancyOffered
from cases.papers import PaperKind
from cases.parties import Addressee, Pay, PayPeriod
from cases.parts import find
from store import organisation, skills, vacancies
from store.vacancies import Vacancy

CHECKED = frozenset({"vacancy-truth-checked", "employer-verified"})


def referral_letter(ledger: Ledger, case: HardshipCase, paper: PaperState) -> ReferralLetter:
    referral = find(case.referrals, paper.about)
    offered = vacancies.vacancy(ledger.connection, referral.vacancy_id) if referral else None
    if referral is None or offered is None:
        raise LookupError(paper.about)
    acts = acts_written(ledger, case, RecordReferral)
    by = acts.by(acts.nth(RecordReferral, ordinal(referral.id))).actor
    return ReferralLetter(
        number=paper_number(PaperKind.REFERRAL_LETTER, case.id, paper.id, paper.dated),
        issued_on=paper.dated,
        station=ledger.station_party(case.station_id),
        employer=_addressee(ledger, offered.employer_id),
        worker=ledger.person(case.worker_id),
        vacancy=_offer(ledger, offered),
        caseworker=ledger.staff(by, case.station_id),
        skills=tuple(_skills(ledger, case.worker_id)),
        reply_by=_reply_by(ledger, case, paper.dated),
        subsidies=subsidies(ledger, case, by="market"),
        verified=_verified(referral),
    )


def _addressee(ledger: Ledger, employer_id: str) -> Addressee:
    employer, contact = ledger.employer(employer_id), ledger.contact(employer_id)
    return Addressee(
        name=ledger.employer_name(employer_id),
        uscc=employer.uscc,
        address=employer.address,
        representative=contact.representative,
        phone=contact.contact_phone,
    )


def _offer(ledger: Ledger, offered: Vacancy) -> VacancyOffered:
    place = organisation.node(ledger.connection, offered.place_node_id) if offered.place_node_id else None
    where = " ".join(each for each in (place.name if place else None, offered.address) if each)
    return VacancyOffered(
        title=offered.title,
        place=where or "未说明，请面谈时书面确认",
        hours=hours_in_words(offered.hours),
        pay=_pay(offered),
        suits=tuple(_suits(offered)),
    )


def _pay(offered: Vacancy) -> Pay | None:
    least, most = offered.pay_min_fen, offered.pay_max_fen
    amount = most if least is None else least
    if amount is None:
        return None
    return Pay(amount, PayPeriod(offered.pay_unit), most if most is not None and most > amount else None)


def _suits(offered: Vacancy) -> Iterator[str]:
    if offered.fits_older:
        yield "适合大龄劳动者"
    if offered.fits_hard_to_place:
        yield "适合就业困难人员"


def _skills(ledger: Ledger, worker_id: str) -> Iterator[str]:
    for skill in skills.skills(ledger.connection, ledger.keyring, worker_id):
        yield one_line(f"{skill.trade}（{skill.level}）")


def _reply_by(ledger: Ledger, case: HardshipCase, dated: date) -> date:
    """The day on which the station itself must know the outcome."""
    policies = ledger.policies
    terms = law_of(ledger.connection, policies, case).terms["referral-outcome"]
    due = count(Clock(terms, start_of(dated)), policies.calendar).due
    if due is None:
        raise TypeError("A clock that was never paused has a due day.")
    return due


def _verified(referral: ReferralState) -> bool:
    """As it stood on the day of the referral: an unchecked post is not called checked."""
    return all(condition.met is True for condition in referral.conditions if condition.name in CHECKED)
