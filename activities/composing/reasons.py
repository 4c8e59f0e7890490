"""Why a case ended as it did (办理结果的理由和依据), from its determinations, each with its clause and tag."""

from collections.abc import Iterator
from datetime import date

from activities.composing.ledger import Ledger
from activities.composing.sentences import day_in_words, one_line, weakest
from activities.composing.written import Acts
from activities.pinning import governing, law_of
from cases.authorities import Authority, Tag
from cases.case_parts import DeterminationState
from cases.days import day_of
from cases.determinations import Determination, Finding, Verdict
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, HardshipCase, PlacementState
from cases.hardship.determining import DepartFromDetermination
from cases.hardship.leaving import ProposeExit
from cases.hardship.proofs import prove
from cases.hardship.stages import Outcome
from cases.parties import Cited
from cases.wording import Wording
from rules.plans import follow_up_authorities, service_plan
from store.determinations import determination_record
from store.person_keys import person_key


def reasons(ledger: Ledger, case: HardshipCase, outcome: Outcome, closed_on: date, acts: Acts) -> tuple[Cited, ...]:
    """Why the case ended so on that day; it may have been reopened since."""
    match outcome:
        case Outcome.DECLINED:
            return tuple(_decision(ledger, case, _decided(case, HARDSHIP, closed_on), acts))
        case Outcome.PLACED:
            return tuple(_placed(ledger, case))
        case Outcome.PUBLIC_POST:
            return tuple(_decision(ledger, case, _decided(case, PUBLIC_POST, closed_on), acts))
        case Outcome.MARKET_FAILED:
            return (*_plan_given(ledger, case), *_no_post(ledger, case, closed_on, acts))
        case Outcome.EXITED:
            return tuple(_exited(ledger, case, acts))
        case Outcome.HANDED_OVER:
            return ()


def _decided(case: HardshipCase, policy: str, on: date) -> DeterminationState | None:
    """The determination that stood decided on a day: a reopening supersedes it, and takes nothing back."""
    made = (d for d in reversed(case.determinations) if d.policy == policy and day_of(d.made_at) <= on)
    return next((d for d in made if d.granted is not None), None)


def _decision(ledger: Ledger, case: HardshipCase, found: DeterminationState | None, acts: Acts) -> Iterator[Cited]:
    """What an officer decided: the findings that count for it, and the officer's own reason for departing from them."""
    if found is None or found.granted is None:
        return
    key = person_key(ledger.connection, ledger.keyring, case.worker_id)
    yield from _findings(determination_record(ledger.connection, key, case.id, found.id), granted=found.granted)
    yield from _departure(found, acts)


def _findings(made: Determination, *, granted: bool) -> Iterator[Cited]:
    """For a grant what held; for a refusal what did not, or what excludes."""
    for finding in made.findings:
        against = finding.role == "exclusion"
        if finding.role == "path" or finding.verdict is Verdict.UNKNOWN:
            continue
        if (finding.verdict is Verdict.YES) is (granted is not against):
            yield _cited(finding)


def _cited(finding: Finding) -> Cited:
    zh, en = ("符合", "Holds") if finding.verdict is Verdict.YES else ("不符合", "Does not hold")
    wording = Wording(f"{zh}：{finding.reason.zh}", f"{en}: {finding.reason.en}")
    return Cited(wording, weakest((finding.authority, *finding.rests_on)))


def _departure(found: DeterminationState, acts: Acts) -> Iterator[Cited]:
    if found.departed_by is None or found.departing is not found.granted:
        return
    stated = [act for act in acts.of(DepartFromDetermination) if act.determination == found.id]
    if stated:
        reason = one_line(stated[-1].reason)
        decision = Authority("审批人就本案作出的决定，经另一名审批人复核", Tag.FULL_TEXT)
        yield Cited(Wording(f"审批人的决定理由：{reason}", f"The officer's reason: {reason}"), decision)


def _placed(ledger: Ledger, case: HardshipCase) -> Iterator[Cited]:
    placement = _last_placement(case)
    if placement is None:
        return
    name, day = ledger.employer_name(placement.employer_id), placement.started_on
    plan = governing(ledger.connection, ledger.policies, case, "service-plan")
    clauses = follow_up_authorities(plan) or tuple(item.authority for item in service_plan(plan).items)
    wording = Wording(
        f"您自{day_in_words(day)}起在{name}就业，约定的回访均已完成。",
        f"At work with {name} since {day}; every follow-up was held.",
    )
    yield Cited(wording, weakest(clauses))


def _last_placement(case: HardshipCase) -> PlacementState | None:
    return case.placements[-1] if case.placements else None


def _plan_given(ledger: Ledger, case: HardshipCase) -> Iterator[Cited]:
    plan = law_of(ledger.connection, ledger.policies, case).plan
    for proof in prove(plan, case):
        if proof.item.required:
            wording = Wording(f"已提供：{proof.item.title.zh}", f"Given: {proof.item.title.en}")
            yield Cited(wording, proof.item.authority)


def _no_post(ledger: Ledger, case: HardshipCase, closed_on: date, acts: Acts) -> Iterator[Cited]:
    """Either the public post was refused, or the class that it is kept for."""
    post = _decided(case, PUBLIC_POST, closed_on)
    refused = post if post and post.granted is False else _decided(case, DIFFICULTY, closed_on)
    return _decision(ledger, case, refused, acts)


def _exited(ledger: Ledger, case: HardshipCase, acts: Acts) -> Iterator[Cited]:
    proposed = tuple(acts.of(ProposeExit))
    if proposed:
        listed = law_of(ledger.connection, ledger.policies, case).exits[proposed[-1].reason]
        yield Cited(listed.title, listed.authority)
