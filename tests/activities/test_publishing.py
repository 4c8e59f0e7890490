"""A policy file on its way to being law: tried in a process that may fail in every way, published by two persons."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from activities.bootstrap import POLICIES, load_policies, policies_in_use
from activities.policies import Policies
from activities.policy_child import answers
from activities.published import LawUnusable, PublishedLaw
from activities.publishing import Publishing
from activities.throw_away import Ending, run_once
from cases.days import ONE_DAY, day_of
from cases.refusals import Refused
from store.append_only import lift_append_only
from store.engine import read, write
from store.keys import KeyRing
from store.policy_files import ContentTampered, checks, newest_publication, proposal
from store.policy_proposals import ProposalState
from store.seed import plant_examples, plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.tables.policies import policy_proposal, policy_text
from tests.activities.both import everything
from tests.builders import OPENED_AT
from tests.policy_drafts import NAME, SHIPPED, a_version

FIRST, SECOND = "policy-officer-1", "policy-officer-2"
SCRIPTED = "tests.activities.scripted_child"
TODAY = day_of(OPENED_AT)
TOMORROW = TODAY + ONE_DAY


@pytest.fixture
def publishing(engine: Engine, keyring: KeyRing, policies: Policies) -> Publishing:
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, OPENED_AT)
    return Publishing(engine, keyring, POLICIES, policies.calendar.hash, SCRIPTED, seconds=10, memory=200 << 20)


def proposes(publishing: Publishing, text: str, id_: str = "proposal-1", by: str = FIRST) -> None:
    publishing.propose(id_, "draft.yaml", text, by, "新办法", OPENED_AT)


def published(publishing: Publishing, id_: str = "proposal-1", by: str = SECOND) -> int:
    return publishing.publish(id_, by, "核对无误", OPENED_AT).number


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.refusals]


def report(publishing: Publishing, id_: str = "proposal-1") -> dict[str, Any]:
    with read(publishing.engine) as connection:
        return dict(checks(connection, id_)[0].report)


def test_two_persons_make_a_publication(publishing: Publishing) -> None:
    proposes(publishing, "id: a")
    with pytest.raises(Refused) as refused:
        published(publishing, by=FIRST)
    assert codes(refused) == ["second-person"]
    assert published(publishing) == 1


@pytest.mark.parametrize("staff", ["manager-1", "nobody"])
def test_only_policy_officers_propose_and_publish(publishing: Publishing, staff: str) -> None:
    with pytest.raises(Refused) as refused:
        proposes(publishing, "id: a", by=staff)
    assert codes(refused) == ["not-a-policy-officer"]
    proposes(publishing, "id: a")
    with pytest.raises(Refused) as refused:
        published(publishing, by=staff)
    assert codes(refused) == ["not-a-policy-officer"]


@pytest.mark.parametrize(
    ("does", "ended", "last"),
    [
        pytest.param("hang", Ending.TOO_LONG, "the first", id="one that hangs"),
        pytest.param("eat", Ending.TOO_LARGE, "the first", id="one that eats memory"),
        pytest.param("crash", Ending.CRASHED, "the first", id="one that crashes"),
        pytest.param("fail", Ending.DONE, "the second", id="one that fails"),
    ],
)
def test_a_bad_example_is_told_and_stops_the_publication(
    publishing: Publishing, does: str, ended: Ending, last: str
) -> None:
    hasty = replace(publishing, seconds=1) if does == "hang" else publishing
    proposes(hasty, f"id: a {does}")
    found = report(publishing)
    assert (found["ended"], found["last"], found["all_run"]) == (ended, last, ended is Ending.DONE)
    with pytest.raises(Refused) as refused:
        published(hasty)
    assert codes(refused) == ["examples-not-passed"]
    with read(publishing.engine) as connection:
        assert newest_publication(connection) == 0
        assert len(checks(connection, "proposal-1")) == 2


def test_a_file_that_cannot_be_read_in_time_is_not_kept(publishing: Publishing) -> None:
    before = everything(publishing.engine)
    with pytest.raises(Refused) as refused:
        proposes(replace(publishing, seconds=1), "id: a hang-at-once")
    assert "took longer than allowed" in refused.value.refusals[0].wording.en
    assert everything(publishing.engine) == before


def test_what_hangs_is_gone_when_it_is_told() -> None:
    run = run_once(SCRIPTED, {"proposed": ["x", "id: a hang"]}, seconds=1)
    assert (run.ending, len(run.lines)) == (Ending.TOO_LONG, 4)


def test_two_who_publish_at_once_publish_once(publishing: Publishing) -> None:
    proposes(publishing, "id: a")
    assert sorted(map(str, _at_once(publishing, ["proposal-1", "proposal-1"]))) == ["1", "published-already"]


def test_two_files_published_at_once_are_tried_with_each_other(publishing: Publishing) -> None:
    proposes(publishing, "id: a")
    proposes(publishing, "id: b", "proposal-2")
    assert sorted(_at_once(publishing, ["proposal-1", "proposal-2"])) == [1, 2]


def _at_once(publishing: Publishing, ids: list[str]) -> list[Any]:
    ready = Barrier(len(ids))

    def one(id_: str) -> Any:
        ready.wait()
        try:
            return published(publishing, id_)
        except Refused as refused:
            return refused.refusals[0].code

    with ThreadPoolExecutor(len(ids)) as both:
        return list(both.map(one, ids))


def test_a_text_that_was_changed_after_it_was_proposed_is_not_published(publishing: Publishing) -> None:
    proposes(publishing, "id: a")
    with write(publishing.engine) as connection:
        lift_append_only(connection)
        connection.execute(update(policy_text).values(content="id: b"))
    with pytest.raises(ContentTampered):
        published(publishing)


def test_what_is_published_is_what_was_tried(publishing: Publishing, monkeypatch: pytest.MonkeyPatch) -> None:
    proposes(publishing, "id: a")
    proposes(publishing, "id: b", "proposal-2")
    with read(publishing.engine) as connection:
        other = proposal(connection, "proposal-2")
    assert other
    tried = Publishing.look

    def exchanged(self: Publishing, *arguments: Any, **options: Any) -> Any:
        found = tried(self, *arguments, **options)
        with write(publishing.engine) as connection:
            lift_append_only(connection)
            mine = policy_proposal.c.id == "proposal-1"
            now = connection.execute(select(policy_proposal.c.sha256).where(mine)).scalar_one()
            turned = other.sha256 if now == first else first
            connection.execute(update(policy_proposal).where(mine).values(sha256=turned))
        return found

    with read(publishing.engine) as connection:
        mine = proposal(connection, "proposal-1")
    assert mine
    first = mine.sha256
    monkeypatch.setattr(Publishing, "look", exchanged)
    with pytest.raises(Refused) as refused:
        published(publishing)
    assert codes(refused) == ["overtaken"]


def test_a_withdrawn_proposal_says_so(publishing: Publishing) -> None:
    proposes(publishing, "id: a")
    publishing.withdraw("proposal-1", FIRST, "写错了", OPENED_AT)
    with pytest.raises(Refused) as refused:
        published(publishing)
    assert codes(refused) == ["withdrawn-already"]
    with read(publishing.engine) as connection:
        found = proposal(connection, "proposal-1")
    assert found
    assert found.state is ProposalState.WITHDRAWN


# The real process, in this one.


def looked(text: str, today: date = TODAY, *, examples: bool = False) -> dict[str, Any]:
    request = {
        "shipped": str(POLICIES),
        "published": [],
        "proposed": ["draft.yaml", text],
        "calendar": "",
        "today": today.isoformat(),
        "examples": examples,
    }
    return {key: value for line in answers(request) for key, value in line.items()}


def test_mistakes_are_named_with_line_and_column() -> None:
    (error,) = looked(SHIPPED.replace("value: 90", "value: ninety"))["errors"]
    assert (error["line"], error["column"]) == (13, 26)


@pytest.mark.parametrize("text", ["", "[]", "id: X y\njurisdiction: cn", "kind: facts", "id: a\n---\n", "\x00"])
def test_what_is_no_policy_file_is_said_to_be_none(text: str) -> None:
    assert looked(text)["errors"]


def test_law_in_force_is_not_touched() -> None:
    (touched,) = looked(SHIPPED.replace("value: 90", "value: 60"))["touched"]
    assert touched["place"]["line"] == 13


def test_a_new_version_comes_through_with_all_examples() -> None:
    found = looked(a_version(TOMORROW), examples=True)
    assert found["touched"] == []
    assert [each["file"] for each in found["differences"]["files"]] == [NAME]
    assert found["all_run"] is True


# What is published is what decides, in every process, from the next day on.


def in_use(publishing: Publishing, seconds: float = 0.0) -> Policies:
    law = PublishedLaw(publishing.engine, POLICIES, publishing.calendar_hash, seconds=seconds)
    return Policies(law.book(), load_policies().calendar, law)


def wait_of(policies: Policies, on: date, known: date | None = None) -> int:
    value = policies.book.resolve("hardship-worker", "cn-50-99", on, known or on).rules.parameters["long_wait"].value
    assert isinstance(value, int)
    return value


def test_a_running_process_takes_up_a_publication_from_the_next_day_on(publishing: Publishing) -> None:
    policies = in_use(publishing)
    asked_seldom = in_use(publishing, seconds=3600)
    _publish(publishing, a_version(TOMORROW))
    assert [wait_of(policies, day) for day in (TODAY, TOMORROW)] == [90, 60]
    assert wait_of(asked_seldom, TOMORROW) == 90
    asked_seldom.refresh()
    assert wait_of(asked_seldom, TOMORROW) == 60
    assert policies_in_use(publishing.engine).book.resolve("hardship-worker", "cn-50-99", TOMORROW).hash == (
        policies.book.resolve("hardship-worker", "cn-50-99", TOMORROW).hash
    )


def test_law_that_reaches_back_governs_no_decision_of_an_earlier_day(publishing: Publishing) -> None:
    policies = in_use(publishing)
    begins = TODAY - timedelta(days=30)
    before = policies.law("cn-50-99", TODAY)
    _publish(publishing, a_version(begins, published=TOMORROW))
    assert [wait_of(policies, begins, known) for known in (begins, TODAY, TOMORROW)] == [90, 90, 60]
    assert policies.law("cn-50-99", TODAY) == before


def test_a_later_publication_replaces_an_earlier_one_of_the_same_file(publishing: Publishing) -> None:
    policies = in_use(publishing)
    _publish(publishing, a_version(TOMORROW))
    _publish(publishing, a_version(TOMORROW, days=45), "proposal-2")
    assert wait_of(policies, TOMORROW) == 45


def test_what_no_longer_loads_is_not_taken_up_by_halves(publishing: Publishing) -> None:
    policies = in_use(publishing)
    _publish(publishing, a_version(TOMORROW).replace("value: 60", "value: sixty"))  # as an older version let it pass
    assert wait_of(policies, TOMORROW) == 90
    with pytest.raises(LawUnusable, match="sixty"):
        policies_in_use(publishing.engine)


def _publish(publishing: Publishing, text: str, id_: str = "proposal-1") -> None:
    """What the process finds is told elsewhere: here it finds nothing wrong."""
    proposes(publishing, text, id_)
    published(publishing, id_)
