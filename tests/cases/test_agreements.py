from dataclasses import replace
from datetime import date

import pytest

from cases.agreements import EmployerKind, NoAgreementOffered, PlacementFacts, choose_agreement
from cases.hardship.stages import AgreementForm
from tests.paper_builders import LAW

FULL_TIME = PlacementFacts(
    employer=EmployerKind.ORGANISATION,
    starts_on=date(2026, 4, 1),
    born_on=date(1985, 4, 3),
    retires_on=date(2040, 8, 1),
    retirement_postponed=False,
    public_post=False,
    paid_by_hour=False,
    minutes_per_day=480,
    minutes_per_week=2400,
)
PART_TIME = replace(FULL_TIME, paid_by_hour=True, minutes_per_day=240, minutes_per_week=1440)


def refused(facts: PlacementFacts) -> list[str]:
    with pytest.raises(NoAgreementOffered) as caught:
        choose_agreement(facts, LAW)
    return [reason.code for reason in caught.value.refusals]


@pytest.mark.parametrize(
    ("facts", "form"),
    [
        pytest.param(FULL_TIME, AgreementForm.LABOUR_CONTRACT, id="full time"),
        pytest.param(PART_TIME, AgreementForm.PART_TIME_CONTRACT, id="four hours a day, twenty-four a week"),
        pytest.param(replace(PART_TIME, minutes_per_day=241), AgreementForm.LABOUR_CONTRACT, id="a minute more a day"),
        pytest.param(replace(PART_TIME, minutes_per_week=1441), AgreementForm.LABOUR_CONTRACT, id="a minute a week"),
        pytest.param(
            replace(PART_TIME, paid_by_hour=False), AgreementForm.LABOUR_CONTRACT, id="few hours, by the month"
        ),
        pytest.param(replace(PART_TIME, public_post=True), AgreementForm.PUBLIC_POST_AGREEMENT, id="a public post"),
        pytest.param(
            replace(FULL_TIME, employer=EmployerKind.SOLE_TRADER), AgreementForm.LABOUR_CONTRACT, id="a sole trader"
        ),
        pytest.param(
            replace(FULL_TIME, employer=EmployerKind.PLATFORM, under_direction=True),
            AgreementForm.LABOUR_CONTRACT,
            id="a platform that manages the work",
        ),
        pytest.param(
            replace(FULL_TIME, retires_on=date(2026, 4, 1), retirement_postponed=True),
            AgreementForm.LABOUR_CONTRACT,
            id="retirement put off in writing",
        ),
    ],
)
def test_the_form_follows_the_facts(facts: PlacementFacts, form: AgreementForm) -> None:
    choice = choose_agreement(facts, LAW)
    assert choice.form is form
    assert choice.reasons
    assert all(reason.authority.clause for reason in choice.reasons)


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        pytest.param(replace(FULL_TIME, employer=EmployerKind.HOUSEHOLD), ["civil-service-contract"], id="a household"),
        pytest.param(replace(FULL_TIME, retires_on=date(2026, 4, 1)), ["over-age"], id="retired that day"),
        pytest.param(replace(FULL_TIME, born_on=date(2010, 4, 2)), ["under-age"], id="sixteen tomorrow"),
        pytest.param(
            replace(FULL_TIME, employer=EmployerKind.PLATFORM, under_direction=False),
            ["platform-written-agreement"],
            id="a platform with an incomplete relation",
        ),
        pytest.param(
            replace(FULL_TIME, employer=EmployerKind.HOUSEHOLD, retires_on=date(2020, 1, 1)),
            ["civil-service-contract", "over-age"],
            id="both reasons at once",
        ),
    ],
)
def test_what_the_station_does_not_offer_is_said(facts: PlacementFacts, reasons: list[str]) -> None:
    assert refused(facts) == reasons


@pytest.mark.parametrize(
    "facts",
    [replace(FULL_TIME, retires_on=date(2026, 4, 2)), replace(FULL_TIME, born_on=date(2010, 4, 1))],
    ids=["retires tomorrow", "sixteen today"],
)
def test_a_day_makes_the_difference(facts: PlacementFacts) -> None:
    assert choose_agreement(facts, LAW).form is AgreementForm.LABOUR_CONTRACT


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (replace(FULL_TIME, employer=None), ["missing-employer"]),
        (replace(FULL_TIME, born_on=None, retires_on=None), ["missing-born-on", "missing-retires-on"]),
        (replace(FULL_TIME, paid_by_hour=None), ["missing-paid-by-hour"]),
        (replace(PART_TIME, minutes_per_week=None), ["missing-minutes-per-week"]),
        (replace(FULL_TIME, employer=EmployerKind.PLATFORM), ["missing-under-direction"]),
    ],
    ids=["employer", "ages", "how paid", "hours", "who directs"],
)
def test_what_is_unknown_is_not_guessed(facts: PlacementFacts, missing: list[str]) -> None:
    assert refused(facts) == missing


def test_hours_of_a_public_post_do_not_matter() -> None:
    facts = replace(FULL_TIME, public_post=True, paid_by_hour=None, minutes_per_day=None)
    assert choose_agreement(facts, LAW).form is AgreementForm.PUBLIC_POST_AGREEMENT
