"""Every page, asked for by every role from every distance: the answer that its access and the tree say, and no leak.

The table is made from the routes themselves. A new page is in it at once; a part of its address that has no sample
fails the test (`world.SAMPLES`).
"""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.routing import BaseRoute, Route

from tests.web.security.asking import Answer, ask, form
from tests.web.security.world import UNKNOWN, Someone, World, come_in
from web.app import ROUTES
from web.roles import PUBLIC, Access

FORBIDDEN, NOT_FOUND, SEE_OTHER, FAILED = 403, 404, 303, 500
PART: Final = re.compile(r"{(\w+)(?::\w+)?}")
OF_A_STATION: Final = {"case_id", "worker_id", "station_id", "staff_id", "subsidy_id", "notice_id", "batch_id"}
# An offer is seen in the whole place, and checked, published, closed or corrected by its own station.
OFFER_CHANGED: Final = re.compile(r"^/(vacancies/{vacancy_id}|courses/{course_id})/")
OF_A_PLACE: Final = {"vacancy_id": "node-station-2", "course_id": "node-station-2", "employer_id": "cn-50-99"}
# There for some cases only: in training, or when an exit waits for the worker's word.
NOT_ALWAYS: Final = {"/cases/{case_id}/skip", "/w/review", "/subsidies/{subsidy_id}/papers/{paper_id}"}
# What a page needs besides its parts.
QUERIES: Final = {
    "/cases/{case_id}/determinations/compare": "a={determination_id}&b={determination_id}",
    "/subsidies/{subsidy_id}/determinations/compare": "a=flexible-insurance-1&b=flexible-insurance-1",
}
_SUBSIDY: Final = "/subsidies/{subsidy_id}"
OWN_SAMPLES: Final = {
    "/employers/{employer_id}/reveal/{field}": {"field": "contact"},
    **{f"{_SUBSIDY}/do/{{act}}{page}": {"act": "record-fact"} for page in ("", "/check", "/confirm")},
    **{
        f"{_SUBSIDY}/determinations/{{determination_id}}{page}": {"determination_id": "flexible-insurance-1"}
        for page in ("", "/today")
    },
}
ANSWERED, SIGN_IN, NO_LINK = "answered", "to sign in", "to the link page"


@dataclass(frozen=True)
class Asked:
    method: str
    pattern: str
    access: Access
    parts: frozenset[str]

    def path(self, samples: dict[str, str]) -> str:
        own = samples | OWN_SAMPLES.get(self.pattern, {})
        return PART.sub(lambda part: own[part[1]], self.pattern)


def pages(routes: list[BaseRoute] = ROUTES) -> Iterator[Asked]:
    for route in routes:
        assert isinstance(route, Route), route
        for method in sorted((route.methods or set()) - {"HEAD"}):
            parts = frozenset(part[1] for part in PART.finditer(route.path))
            yield Asked(method, route.path, getattr(route, "access", PUBLIC), parts)


def expected(world: World, page: Asked, reader: Someone) -> str | int:
    if page.access.public:
        return ANSWERED
    if page.access.linked:
        return ANSWERED if reader.worker_id else NO_LINK
    if reader.role is None:
        return SIGN_IN
    if reader.role not in page.access.roles:
        return FORBIDDEN
    return ANSWERED if _in_reach(world, page, reader) else NOT_FOUND


def _in_reach(world: World, page: Asked, reader: Someone) -> bool:
    changes_an_offer = bool(page.parts & OF_A_PLACE.keys() and OFFER_CHANGED.search(page.pattern))
    if (page.parts & OF_A_STATION or changes_an_offer) and not world.sees_station(reader, "station-2"):
        return False
    return all(world.sees_market_of(reader, OF_A_PLACE[part]) for part in page.parts & OF_A_PLACE.keys())


def given(page: Asked, reader: Someone, answer: Answer) -> str | int:
    sent_away = answer.status == SEE_OTHER and not page.access.public
    if sent_away and answer.location.startswith("/sign-in") and reader.role is None:
        return SIGN_IN
    if sent_away and answer.location == "/w" and reader.worker_id is None:
        return NO_LINK
    return answer.status if answer.status in (FORBIDDEN, NOT_FOUND) or answer.status >= FAILED else ANSWERED


def _as_good_as(page: Asked, should: str | int, answer: Answer, samples: dict[str, str]) -> bool:
    """Nothing is at an unknown key, nor what an empty form names; who is sent on to the case is refused there."""
    if should == ANSWERED:
        absent = bool(page.parts & UNKNOWN.keys()) or page.pattern in NOT_ALWAYS or page.method == "POST"
        return answer.status == NOT_FOUND and absent
    cases = (f"/cases/{samples['case_id']}/", f"/subsidies/{samples['subsidy_id']}/")
    on_to_the_case = answer.location.startswith(cases)
    return should == NOT_FOUND and answer.status == SEE_OTHER and on_to_the_case


def _tells(page: Asked, reader: Someone) -> bool:
    """Whether it matters where the reader stands: where their role has no part, one distance tells all."""
    return reader.role is None or reader.relation == "own" or reader.role in page.access.roles


async def _cell(world: World, page: Asked, reader: Someone) -> Answer:
    body = None if page.method == "GET" else form({"csrf": [reader.csrf]})
    query = QUERIES.get(page.pattern, "").format(**world.samples)
    path = page.path(dict(world.samples))
    return await ask(world.app, page.method, path, query=query, cookie=reader.cookie, body=body)


async def _whole_matrix(world: World) -> tuple[Counter[str], list[str]]:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    people = {someone.name: someone for someone in world.people}
    for page in pages():
        for name in list(people):
            reader = people[name]
            if not _tells(page, reader):
                continue
            answer = await _cell(world, page, reader)
            should, did = expected(world, page, reader), given(page, reader, answer)
            counted[str(should)] += 1
            if did != should and not _as_good_as(page, should, answer, dict(world.samples)):
                why = world.failures[-1] if answer.status >= FAILED and world.failures else ""
                wrong.append(f"{page.method} {page.pattern} as {name}: {did} ({answer.status}), not {should} {why}")
            wrong += [f"{page.method} {page.pattern} as {name}: {leak}" for leak in _leaks(world, page, reader, answer)]
            if any("yizhan=" in cookie for cookie in answer.cookies):
                people |= {someone.name: someone for someone in come_in(world)}  # it signed somebody out
    return counted, wrong


def _leaks(world: World, page: Asked, reader: Someone, answer: Answer) -> Iterator[str]:
    text = answer.text
    asked_for = set(page.path(dict(world.samples)).split("/"))
    for canary in world.foreign(reader):
        if canary in text and canary not in asked_for:
            yield f"shows {canary}, which is not theirs to see"
    for number in world.numbers:
        if number in text:
            yield f"shows the number {number} unmasked"


def test_every_page_answers_every_role_at_every_distance_as_its_access_and_the_tree_say(
    world: World, loop_once: asyncio.Runner
) -> None:
    missing = {part for page in pages() for part in page.parts} - world.samples.keys()
    assert not missing, f"these parts of addresses have no sample in tests/web/security/world.py: {sorted(missing)}"
    counted, wrong = loop_once.run(_whole_matrix(world))
    print(f"{sum(counted.values())} cells: {dict(counted)}; {len(wrong)} wrong")  # noqa: T201 - the count is a result
    assert not wrong, "\n".join(wrong[:400])
