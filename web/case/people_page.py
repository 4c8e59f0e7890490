"""The people of a case and its appointments: whose it is, who did what in it, and when somebody is met."""

from collections import Counter

from starlette.responses import Response

from cases.roles import Role
from store.staff import station_roles
from web.case.doing import button, buttons
from web.case.head import PEOPLE
from web.case.layout import draw, shared
from web.case.opened import OpenCase, open_case
from web.case.opened_any import note_look
from web.case.speech import Shown
from web.visit import Visit


def people_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_case(connection, visit)
        held = {
            staff: station_roles(connection, staff, opened.case.station_id, visit.today) for staff in _actors(opened)
        }
    note_look(opened)
    context = shared(opened, PEOPLE) | {
        "caseworker": opened.actor(opened.case.caseworker) if opened.case.caseworker else None,
        "station": opened.names.station(opened.case.station_id),
        "acts": buttons(opened, ("assign", None), ("propose-transfer", None)),
        "staff": [_person(opened, staff, roles) for staff, roles in held.items()],
        "worker_href": opened.ways.on(f"/workers/{opened.case.worker_id}"),
        "appointments": _appointments(opened),
        "make": button(opened, "make-appointment"),
    }
    return draw(opened, "case/people.html", context)


def _actors(opened: OpenCase) -> list[str]:
    acted = [step.entry.actor for step in opened.steps]
    return list(dict.fromkeys(each for each in acted if each in opened.names.staff))


def _person(opened: OpenCase, staff: str, roles: frozenset[Role]) -> Shown:
    speech = opened.speech
    counted = Counter(step.entry.actor for step in opened.steps)
    last = next(step.entry.at for step in reversed(opened.steps) if step.entry.actor == staff)
    return {
        "name": opened.actor(staff),
        "roles": speech.list([speech.w(role.label) for role in Role if role in roles])
        or speech("已不在本站", "no longer at this station"),
        "steps": counted[staff],
        "last": speech.at(last),
    }


def _appointments(opened: OpenCase) -> list[Shown]:
    """Those to come first, the next at the top; then the past ones, the latest first."""
    speech, now = opened.speech, opened.visit.now
    coming = sorted((a for a in opened.case.appointments if a.kept is None), key=lambda a: a.at)
    past = sorted((a for a in opened.case.appointments if a.kept is not None), key=lambda a: a.at, reverse=True)
    shown: list[Shown] = []
    for each in (*coming, *past):
        if each.kept is None:
            state = (
                speech("时间已过，还没有登记", "past, and not recorded")
                if each.at <= now
                else speech("待履行", "to come")
            )
        else:
            state = speech("已履行", "kept") if each.kept else speech("未履行", "not kept")
        acts = buttons(opened, ("keep-appointment", each.id)) if each.kept is None else []
        shown.append(
            {
                "id": each.id,
                "at": speech.at(each.at),
                "with": opened.actor(each.with_staff),
                "state": state,
                "acts": acts,
            }
        )
    return shown
