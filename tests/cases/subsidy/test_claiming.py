"""Which periods may be claimed, and that each is claimed once, whatever the place."""

from datetime import date

import pytest

from cases.refusals import Refused
from cases.roles import Role
from cases.subsidy.claiming import ClaimPeriods, claims_of, periods_of, refused_hired, refused_periods
from cases.subsidy.paying import OrderPayment, Recheck
from cases.subsidy.progress import opened
from cases.subsidy.record import ClaimElsewhere
from cases.subsidy.stages import Applicant, Each, Per
from tests.cases.subsidy.counter import Counter, a_case, a_process, in_payment, running

ON = date(2026, 3, 2)
ELSEWHERE = ClaimElsewhere("2026-02", "case-9", "示例二站")


@pytest.mark.parametrize(
    ("each", "period", "codes"),
    [
        pytest.param(Each.MONTH, "2026-03", [], id="the month of the day"),
        pytest.param(Each.MONTH, "2026-04", ["future-period"], id="the next month"),
        pytest.param(Each.MONTH, "2026-13", ["bad-period"], id="no month"),
        pytest.param(Each.MONTH, "2026", ["bad-period"], id="a year for a month"),
        pytest.param(Each.YEAR, "2026", [], id="this year"),
        pytest.param(Each.YEAR, "2027", ["future-period"], id="next year"),
        pytest.param(Each.YEAR, "2026-03", ["bad-period"], id="a month for a year"),
        pytest.param(Each.ONCE, "once", [], id="once"),
        pytest.param(Each.ONCE, "2026", ["bad-period"], id="a year for what is had once"),
    ],
)
def test_a_period_is_of_its_kind_and_has_begun(each: Each, period: str, codes: list[str]) -> None:
    assert [reason.code for reason in refused_periods(each, [period], ON)] == codes


def test_something_is_claimed() -> None:
    assert [reason.code for reason in refused_periods(Each.MONTH, [], ON)] == ["no-period"]


@pytest.mark.parametrize(
    ("each", "asked", "claimed"),
    [
        (Each.MONTH, ("2026-01", "2026-02"), ("2026-01", "2026-02")),
        (Each.YEAR, (), ("2026",)),
        (Each.YEAR, ("2025",), ("2025",)),
        (Each.ONCE, (), ("once",)),
    ],
)
def test_what_an_application_claims(each: Each, asked: tuple[str, ...], claimed: tuple[str, ...]) -> None:
    assert periods_of(each, asked, ON) == claimed


def test_a_claim_elsewhere_is_said_at_the_application_with_its_case_and_place() -> None:
    counter = Counter(a_case())
    counter.record.elsewhere = (ELSEWHERE,)
    with pytest.raises(Refused) as refused:
        opened(counter.case, counter.seen(Role.ENGINE))
    [reason] = refused.value.refusals
    assert reason.code == "claimed-elsewhere"
    assert all(told in reason.wording.zh for told in ("2026-02", "case-9", "示例二站"))
    assert all(told in reason.wording.en for told in ("2026-02", "case-9", "示例二站"))


def test_a_claim_elsewhere_is_found_before_payment() -> None:
    counter = in_payment()
    counter.does(Recheck())
    counter.concludes(counter.case.granted_fen)
    counter.record.elsewhere = (ELSEWHERE,)
    assert counter.refused(OrderPayment(), "officer-2") == ["claimed-elsewhere"]


def test_only_whom_it_is_for_can_apply() -> None:
    counter = Counter(a_case(applicant=Applicant.EMPLOYER, applicant_id="employer-1"))
    with pytest.raises(Refused) as refused:
        opened(counter.case, counter.seen(Role.ENGINE))
    assert [reason.code for reason in refused.value.refusals] == ["other-applicant"]


@pytest.mark.parametrize(
    ("months", "codes"),
    [
        pytest.param(("2026-02",), ["claimed"], id="claimed already"),
        pytest.param(("2026-04",), ["future-period"], id="not begun"),
        pytest.param((), ["no-period"], id="none"),
    ],
)
def test_more_months_are_new_and_have_begun(months: tuple[str, ...], codes: list[str]) -> None:
    assert running().refused(ClaimPeriods(months)) == codes


@pytest.mark.parametrize(
    ("per", "hired", "codes"),
    [
        pytest.param(Per.HIRE, True, [], id="for each person hired, and one is named"),
        pytest.param(Per.HIRE, False, ["no-hired-person"], id="for each person hired, and nobody is named"),
        pytest.param(Per.APPLICANT, False, [], id="the employer's own"),
        pytest.param(Per.APPLICANT, True, ["hired-person-not-asked"], id="the employer's own, and somebody is named"),
    ],
)
def test_a_person_hired_is_named_where_the_subsidy_is_had_for_each(
    per: Per,
    hired: bool,
    codes: list[str],
) -> None:
    process = a_process(applicant=Applicant.EMPLOYER, per=per)
    assert [reason.code for reason in refused_hired(process, hired=hired)] == codes


def test_a_period_is_claimed_for_whoever_was_hired_and_else_for_the_applicant() -> None:
    employer = a_case(applicant=Applicant.EMPLOYER, applicant_id="employer-1")
    assert [each.subject_id for each in claims_of(employer, ["2026-02"], ON)] == ["employer-1"]
    hiring = a_case(applicant=Applicant.EMPLOYER, applicant_id="employer-1", hired="worker-2")
    assert [each.subject_id for each in claims_of(hiring, ["2026-02"], ON)] == ["worker-2"]


def test_whoever_was_hired_is_no_party_to_the_employer_s_case() -> None:
    hiring = a_case(applicant=Applicant.EMPLOYER, applicant_id="employer-1", hired="worker-2")
    assert (hiring.person, hiring.worker_id, hiring.about_worker) == ("worker-2", None, True)
