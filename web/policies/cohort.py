"""The cohort report of a proposal: what it does to real subsidy cases, and how those it reached have come on since."""

from collections.abc import Callable
from typing import Final

from starlette.responses import Response

from activities.cohort_follow_up import followed_up
from activities.cohorts import CohortReport
from activities.deciding_again import UNTRIED
from cases.cohorts import FollowUp
from cases.inquiries import InquiryKind
from cases.refusals import Refused
from rules.simulated_effects import CHANGES, Effect, Tally
from store.offers import station_names
from store.policy_files import proposal
from store.policy_proposals import Proposal, ProposalState
from store.scope import NotInScope
from web.forms import UNPROCESSABLE, Form, day_values
from web.policies.inquiring import begin, standing
from web.policies.proposal import MOST_SHOWN, NO_ACT, PROPOSAL
from web.roles import CASE_READING, POLICY_READING, POLICY_WRITING
from web.serving import Page
from web.visit import Visit

COHORT: Final = f"{PROPOSAL}/cohort"
ELSEWHERE: Final = ""


def cohort_page(visit: Visit) -> Response:
    return _page(visit, Form.shown(visit))


def act_on(visit: Visit) -> Response:
    """A report is worked on in a process of its own: thousands of cases take longer than a page waits."""
    acts: dict[str, Callable[[Visit, Form], None]] = {"report": _report, "follow-up": _follow_up}
    form = Form.sent(visit)
    act = acts.get(form.value("act"), _nothing)
    _found(visit)
    try:
        act(visit, form)
    except Refused as refused:
        form.refuse(refused.refusals)
    if form.errors:
        return _page(visit, form, status=UNPROCESSABLE)
    return visit.go(visit.path) if act is _report else visit.go(visit.path, said="cohort-followed")


def _report(visit: Visit, form: Form) -> None:
    from_on = form.day("from_on")
    if from_on:
        begin(visit, form, InquiryKind.COHORT, visit.part("proposal_id"), {"from_on": from_on.isoformat()})


def _follow_up(visit: Visit, _: Form) -> None:
    visit.office.station.cohorts.open_follow_ups(visit.part("proposal_id"), visit.me.staff_id, visit.now)


def _nothing(_: Visit, form: Form) -> None:
    form.wrong("", NO_ACT)


def _found(visit: Visit) -> Proposal:
    with visit.reading() as connection:
        found = proposal(connection, visit.part("proposal_id"))
    if found is None:
        raise NotInScope
    return found


def _page(visit: Visit, form: Form, *, status: int = 200) -> Response:
    found = _found(visit)
    report = visit.office.station.cohorts.newest(found.id, visit.asked("report"))
    with visit.reading() as connection:
        stations = station_names(connection, visit.scope)
        stands = standing(visit, connection, InquiryKind.COHORT, found.id)
    followed = followed_up(visit.office.station.engine, found.id) if report else ()
    here = {case.case_id for case in report.cases if case.station_id in stations} if report else set()
    context = {
        "proposal": found,
        "form": form,
        "from_on": [form.value(f"from_on-{part}") or each for part, each in _default(report).items()],
        "report": report,
        "stands": stands,
        "failed": next((each for each in stands.answered[:1] if each.came and each.came.refusals), None),
        "effects": CHANGES,
        "standings": _by(report, lambda case: case.standing.label.within(visit.language)),
        "by_station": _by(report, lambda case: case.station_id if case.station_id in stations else ELSEWHERE),
        "stations": stations,
        "cases": [case for case in report.reached if case.case_id in here] if report else [],
        "labels": {effect.value: effect.label for effect in Effect},
        "states": {state: sum(each.state is state for each in followed) for state in FollowUp},
        "followed": {each.case_id: each for each in followed},
        "due_on": max((each.due_on for each in followed if each.state is FollowUp.WAITING), default=None),
        "untried": UNTRIED,
        "published": found.state is ProposalState.PUBLISHED,
        "may_write": bool(visit.roles & POLICY_WRITING.roles),
        "reads_cases": bool(visit.roles & CASE_READING.roles),
        "most_shown": MOST_SHOWN,
    }
    return visit.render("policies/cohort.html", context, status=status)


def _default(report: CohortReport | None) -> dict[str, str]:
    """The three inputs of the day from which cases are looked at: that of the newest report."""
    given = day_values("from_on", report.cohort.from_on) if report else {}
    return {part: given.get(f"from_on-{part}", "") for part in ("year", "month", "day")}


def _by(report: CohortReport | None, key: Callable[..., str]) -> list[tuple[str, Tally]]:
    return sorted(report.by(key).items()) if report else []


ROUTES: Final = [
    Page(COHORT, cohort_page, POLICY_READING),
    Page(COHORT, act_on, POLICY_WRITING, methods=("POST",)),
]
