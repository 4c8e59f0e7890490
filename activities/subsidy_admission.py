"""Whether an application can be taken (受理) by the law of its place and day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from activities.policies import Policies
from cases.acts import unknown
from cases.days import add_months
from cases.refusals import Refusal, Refused, refusal
from cases.subsidy.case import SubsidyCase
from cases.wording import Wording
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, ResolvedPolicy, ValuesLeftOpen
from store import cases as case_rows

GOVERNING: Final = ("subsidy-clocks", "subsidy-process", "review")
MOST_PERIODS: Final = 36
MONTHS_OF: Final = {len("2026"): 12, len("2026-03"): 1}
_A_DAY: Final = timedelta(days=1)


def law_here(policies: Policies, policy: str, jurisdiction: str, on: date) -> tuple[ResolvedPolicy, ...]:
    """The subsidy and what governs its cases, for an application made here and now.

    Raises Refused, saying since when there is none, or which values are left open and who can set them.
    """
    refused: list[Refusal] = []
    found: list[ResolvedPolicy] = []
    for each in (policy, *GOVERNING):
        try:
            found.append(policies.book.resolve(each, jurisdiction, on, on))
        except NoPolicyInForce as none:
            refused.append(not_in_force(none))
    if found and found[0].policy == policy and found[0].kind is not Kind.SUBSIDY:
        refused.append(_no_subsidy(policy))
    if refused:
        raise Refused(tuple(refused))
    return tuple(found)


def against_periods(case: SubsidyCase, policies: Policies, on: date) -> Iterator[Refusal]:
    """Each period lies where the subsidy was to be had in this place."""
    if len(case.claims) > MOST_PERIODS:
        yield refusal(
            "too-many-periods",
            f"一次最多申领{MOST_PERIODS}期，请分次申领。",
            f"At most {MOST_PERIODS} periods are claimed at once: claim the others later.",
        )
    for claim in case.claims:
        last_day = _last_day(claim.id)
        if last_day is None:
            continue
        try:
            policies.book.resolve(case.policy, case.jurisdiction, min(last_day, on), on)
        except NoPolicyInForce as none:
            yield refusal(
                "period-without-policy",
                f"{claim.id}当时没有这项补贴：{none.wording.zh}",
                f"The subsidy was not to be had in {claim.id}: {none.wording.en}",
            )


def against_opened_from(connection: Connection, case: SubsidyCase) -> Iterator[Refusal]:
    """The hardship case in which it was talked about is of whom the application is about."""
    if case.opened_from is None:
        return
    try:
        of = case_rows.load_case(connection, case.opened_from).worker_id
    except case_rows.NoSuchCase:
        yield unknown(Wording("困难零工个案", "hardship case"), case.opened_from)
        return
    if of != case.person:
        yield refusal(
            "another-persons-case",
            f"个案{case.opened_from}不是申请人（招用人员）本人的个案。",
            f"{case.opened_from} is not the own case of who applies or was hired.",
        )


def not_in_force(none: NoPolicyInForce) -> Refusal:
    said = none.wording
    if isinstance(none, ValuesLeftOpen):
        return refusal(
            "left-open",
            f"{said.zh}由该地政策专员提出、另一人发布（yizhan policy propose）后即可受理。",
            f"{said.en} A policy officer of the place proposes it and a second person publishes it "
            "(yizhan policy propose); then applications are taken.",
        )
    return refusal("no-policy", said.zh, said.en)


def _no_subsidy(policy: str) -> Refusal:
    return refusal(
        "not-a-subsidy", f"{policy}不是补贴政策，不能申领。", f"{policy} is no subsidy: nobody applies for it."
    )


def _last_day(period: str) -> date | None:
    """Of a month or a year; None for what is had once, and for what is written otherwise."""
    months = MONTHS_OF.get(len(period))
    try:
        return add_months(date.fromisoformat(f"{period}-01-01"[:10]), months) - _A_DAY if months else None
    except ValueError:
        return None
