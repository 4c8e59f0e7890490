"""The subsidies of one worker or one employer, on their own page: what was applied for, and what they could have."""

from sqlalchemy import Connection

from cases.subsidy.stages import Applicant
from store import entitlements
from store.subsidy_list import Wanted, listed_subsidies
from web.case.speech import Shown, speech_of
from web.roles import COUNTER, GUIDES
from web.shown import case_number
from web.subsidies.entitled import HOME, rows_of
from web.subsidies.lines import lines_of
from web.visit import Visit


def subsidies_of(visit: Visit, connection: Connection, kind: Applicant, applicant_id: str) -> Shown:
    """Within the reader's scope; `apply` is where an application is taken, for those who take any."""
    speech, keyring = speech_of(visit), visit.office.station.keyring
    wanted = Wanted(with_closed=True, person=applicant_id)
    listed = listed_subsidies(connection, wanted, visit.scope, at_most=None)
    lines = lines_of(visit, connection, listed)
    could = entitlements.Wanted(applicant_id=applicant_id, with_declined=True)
    found = entitlements.found_in(connection, keyring, could, visit.scope, at_most=None)
    return {
        "rows": [
            {
                "href": f"/subsidies/{line.listed.id}",
                "number": case_number(line.listed.id),
                "title": line.title,
                "stage": speech.w(line.listed.outcome.label if line.listed.outcome else line.listed.stage.label),
                "open": line.listed.outcome is None,
                "granted": line.granted,
                "applied": speech.day(line.listed.applied_on),
                "station": line.station,
                "hired": line.hired if kind is Applicant.EMPLOYER else "",
                "by": line.name if line.listed.hired == applicant_id else "",
            }
            for line in lines
        ],
        "entitled": rows_of(visit, connection, found),
        "apply": f"/subsidies/apply?{kind.value}={applicant_id}" if visit.roles & COUNTER.roles else None,
        "may_answer": bool(visit.roles & GUIDES.roles),
        "action": HOME,
    }
