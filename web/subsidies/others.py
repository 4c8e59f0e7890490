"""The other cases of whom it is about, who applied or was hired: subsidies, and of a worker the hardship cases."""

from sqlalchemy import Connection

from store.case_reading import other_cases
from store.subsidy_list import Wanted, listed_subsidies
from web.case.speech import Shown
from web.case.words import STATUS
from web.shown import case_number
from web.subsidies.opened import OpenSubsidy
from web.subsidies.titles import title_here


def others(connection: Connection, opened: OpenSubsidy) -> list[Shown]:
    speech, case, scope = opened.speech, opened.case, opened.visit.scope
    found: list[Shown] = []
    wanted = Wanted(with_closed=True, person=case.person)
    for each in listed_subsidies(connection, wanted, scope, at_most=None):
        if each.id != case.id:
            title = title_here(opened.visit, each.policy, case.jurisdiction)
            stands = speech.w(each.outcome.label if each.outcome else each.stage.label)
            on = speech.day(each.applied_on)
            found.append(
                _line(
                    f"/subsidies/{each.id}",
                    each.id,
                    speech(f"{title}，{on}申请，{stands}", f"{title}, applied {on}, {stands}"),
                )
            )
    if case.about_worker:
        for other in other_cases(connection, scope, case.person, ""):
            stands = speech.w(other.outcome.label if other.outcome else STATUS[other.stage])
            on = speech.day(other.applied_on)
            found.append(
                _line(
                    f"/cases/{other.id}", other.id, speech(f"帮扶，{on}开案，{stands}", f"help, opened {on}, {stands}")
                )
            )
    return found


def _line(href: str, case_id: str, said: str) -> Shown:
    return {"href": href, "number": case_number(case_id), "said": said}
