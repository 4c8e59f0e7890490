"""A publication reaches a worker that runs, and no case that was opened before it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from activities.bootstrap import POLICIES, Station
from activities.composing.desk import papers_desk
from activities.papers import Press
from activities.policies import Policies
from activities.published import PublishedLaw
from cases.days import day_of
from cases.determinations import Conclusion
from cases.hardship.case import HARDSHIP, HardshipCase
from store.engine import write
from store.seed import plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from tests.activities.office import a_fact
from tests.policy_drafts import a_version
from tests.registrations import an_identity_number
from tests.workflows.office import Office
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]


def today() -> date:
    return day_of(datetime.now(UTC))


def waited(days: int, person: int) -> dict[str, Any]:
    """Somebody young who has waited so long, and shows no other hardship."""
    since = (today() - timedelta(days=days)).isoformat()
    known = {"in_work": False, "disabled": False, "waiting_since": since,
             "household_income": 400_000, "household_size": 3}  # fmt: skip
    worker = {
        "name": f"示例人{person}",
        "identity_number": an_identity_number(900 + person, "19900601"),
        "phone": f"1390000000{person}",
        "address": "示例区示例街道7号",
    }
    return {"worker": worker, "facts": [a_fact(name, value=value) for name, value in known.items()]}


async def test_a_running_worker_takes_up_a_publication_and_running_cases_keep_their_law(
    client: Client, station: Station, press: Press
) -> None:
    law = PublishedLaw(station.engine, POLICIES, station.policies.calendar.hash, seconds=0)
    live = replace(station, policies=Policies(law.book(), station.policies.calendar, law))
    queue = f"cases-{uuid4().hex}"
    async with working(client, live, queue, Pace(versioned=False), papers_desk(live, press)):
        office = Office(client, live, queue)
        before = office.register(**waited(70, 1))
        assert conclusion(await office.until(before, conclusion)) is Conclusion.REFUSED
        _publish(live, a_version(today(), days=60))
        after = office.register(**waited(70, 2))
        assert conclusion(await office.until(after, conclusion)) is Conclusion.GRANTED
        assert conclusion(office.case(before)) is Conclusion.REFUSED


def conclusion(case: HardshipCase) -> Conclusion | None:
    current = case.current(HARDSHIP)
    return current.conclusion if current else None


def _publish(station: Station, text: str) -> None:
    """Yesterday, so that it is in use from today."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with write(station.engine) as connection:
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, yesterday)
    publishing = replace(station.publishing, child="tests.activities.scripted_child")
    publishing.propose("proposal-1", "draft.yaml", text, "policy-officer-1", "新办法", yesterday)
    assert publishing.publish("proposal-1", "policy-officer-2", "核对无误", yesterday).in_use_from == today()
