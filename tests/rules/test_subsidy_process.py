"""How subsidies are asked for and paid, as the files say it; and what of a policy nobody verified."""

from collections.abc import Iterator
from datetime import date

import pytest

from activities.policies import Policies
from cases.subsidy.stages import Applicant, Each, Per
from rules.errors import PolicyError
from rules.kinds import Kind
from rules.no_policy import ValuesLeftOpen
from rules.policies import PolicyBook
from rules.schema import About
from rules.subsidy_process import NoProcess, subsidy_process, subsidy_processes
from rules.types import Choice, Records
from rules.unverified import unverified
from tests.rules.books import a_book, a_policy

ON = date(2026, 3, 2)
PLACES = ("cn-50-99", "cn-42-02-99", "cn-42-05-99", "cn-37-99")


@pytest.fixture(scope="module")
def book(policies: Policies) -> PolicyBook:
    return policies.book


def members(book: PolicyBook, fact: str, field: str) -> tuple[str, ...]:
    found = next(each.type for each in book.facts[fact].fields if each.name == field)
    assert isinstance(found, Choice)
    return found.members


def processes(book: PolicyBook, place: str) -> Iterator[str]:
    yield from subsidy_processes(book.resolve("subsidy-process", place, ON, ON))


def test_every_subsidy_that_ships_is_listed(book: PolicyBook) -> None:
    subsidies = {id_ for id_, files in book.files.items() if files[0].kind is Kind.SUBSIDY}
    assert set(processes(book, "cn-50-99")) == subsidies


def test_a_place_that_said_nothing_takes_no_application(book: PolicyBook) -> None:
    with pytest.raises(ValuesLeftOpen):
        book.resolve("subsidy-process", "cn-42-03", ON, ON)


@pytest.mark.parametrize("place", PLACES)
def test_the_example_places_say_what_payment_needs(book: PolicyBook, place: str) -> None:
    found = subsidy_process(book.resolve("subsidy-process", place, ON, ON), "flexible-insurance")
    assert (found.applicant, found.each, found.runs) == (Applicant.WORKER, Each.MONTH, True)
    assert (found.notice, found.second_person) == (True, True)
    assert {"employer_insured", "own_business"} <= set(found.stop_events)


def test_what_a_process_names_is_declared(book: PolicyBook) -> None:
    """The list of months is a list with months; stop events and kinds of grants are members of their facts."""
    kinds, events = members(book, "past_grants", "kind"), members(book, "stop_events", "event")
    for process in subsidy_processes(book.resolve("subsidy-process", "cn-50-99", ON, ON)).values():
        if process.months_in:
            months = book.facts[process.months_in]
            assert isinstance(months.type, Records)
            assert "month" in {field.name for field in months.fields}
        assert process.counts_as is None or process.counts_as in kinds
        assert set(process.stop_events) <= set(events)


def test_a_subsidy_that_is_not_listed_is_named(book: PolicyBook) -> None:
    with pytest.raises(NoProcess, match="school-milk"):
        subsidy_process(book.resolve("subsidy-process", "cn-50-99", ON, ON), "school-milk")


def test_clocks_of_the_law_are_the_same_everywhere_and_those_of_a_place_are_its_own(book: PolicyBook) -> None:
    found = {place: book.resolve("subsidy-clocks", place, ON, ON).rules.parameters for place in PLACES}
    days = {place: parameters["public_notice"].value for place, parameters in found.items()}
    assert days == {"cn-50-99": 5, "cn-42-02-99": 7, "cn-42-05-99": 7, "cn-37-99": 5}


def test_values_from_memory_are_named_and_read_ones_are_not(book: PolicyBook) -> None:
    names = {each.name for each in unverified(book.resolve("flexible-insurance", "cn-50-99", ON, ON))}
    assert names == {"joint_term", "not_twice", "stop_after"}


def test_every_kind_of_clause_is_looked_at() -> None:
    """One of each from memory, and one of each that was read."""
    book = a_book(
        a_policy(
            """
            2024-01-01:
              parameters:
                long: {value: 90, unit: day, authority: 记忆, tag: M}
                short: {value: 30, unit: day, authority: 原文, tag: T}
              tables:
                wage: {keys: {when: month}, unit: yuan, rows: [{from: 2024-01, value: 1, authority: 未找到, tag: N}]}
              bands:
                step: {by: day, unit: day, below: 0, steps: [{at_least: 1, value: 2, authority: 记忆, tag: M}]}
              values:
                rate: {general: {be: 1 / 2, authority: 记忆, tag: M}}
              rules:
                waits:
                  when: |
                    waited >= long and waited >= short and band(step, waited) >= 0 days and rate > 0
                    and wage[month(applied_on)] > 0 yuan
                  reason: {zh: 等, en: waits}
                  authority: 记忆
                  tag: M
                older: {when: waited >= short, reason: {zh: 大, en: older}, authority: 原文, tag: T}
            """
        )
    )
    names = [each.name for each in unverified(book.resolve("example", "cn", ON, ON))]
    assert names == ["long", "wage", "step", "rate", "waits"]


def test_every_subsidy_of_an_employer_is_had_for_each_person_hired_or_placed(book: PolicyBook) -> None:
    """So it says of each fact it reads whose it is; those of workers name nobody else."""
    for process in subsidy_processes(book.resolve("subsidy-process", "cn-50-99", ON, ON)).values():
        assert process.per is (Per.HIRE if process.applicant is Applicant.EMPLOYER else Per.APPLICANT)


def test_only_an_employer_applies_for_each_person_hired() -> None:
    book = a_book(
        a_policy(
            """
            2024-01-01:
              payment:
                notice: {needed: yes, authority: 示例, tag: T}
                second-person: {needed: yes, authority: 示例, tag: T}
                part-recovered: {needed: no, authority: 示例, tag: T}
              subsidies:
                milk: {applicant: worker, per: hire, each: month, authority: 示例, tag: T}
            """,
            id="subsidy-process",
            kind="subsidy-process",
        )
    )
    with pytest.raises(PolicyError) as refused:
        subsidy_processes(book.resolve("subsidy-process", "cn", ON, ON))
    assert refused.value.place.line > 0
    assert "招用" in refused.value.wording.zh
    assert "hired" in refused.value.wording.en


@pytest.mark.parametrize(
    ("fact", "about"),
    [
        ("state_body", About.EMPLOYER),
        ("firm_size", About.EMPLOYER),
        ("licensed_agency", About.EMPLOYER),
        ("employer_payments", About.EMPLOYMENT),
        ("signed_for", About.EMPLOYMENT),
        ("insured_here", About.EMPLOYMENT),
        ("employment_difficulty", About.PERSON),
        ("past_grants", About.PERSON),
        ("retirement_month", About.PERSON),
        ("born_on", About.PERSON),
    ],
)
def test_a_fact_says_whose_it_is_where_an_employer_asks_for_a_person_it_hired(
    book: PolicyBook, fact: str, about: About
) -> None:
    assert book.facts[fact].about is about
