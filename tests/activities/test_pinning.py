"""A case keeps the law that it was opened under, whatever becomes of the policy files."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from temporalio.exceptions import ApplicationError

from activities.bootstrap import POLICIES, load_calendar
from activities.pinning import forget, law_of
from activities.pins_standing import Standing, pins_stand
from activities.policies import Policies
from cases.determinations import Determination
from cases.facts import SourceKind
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination, RecordFact
from cases.hardship.leaving import ApproveClosure, Reopen
from cases.parts import find
from cases.plans import ServicePlan
from rules.calendars import calendar
from rules.policies import PolicyBook
from store.determinations import determination_record
from store.engine import read, write
from store.person_keys import person_key
from store.tables.contents import policy_content
from store.tables.laws import pinned_policy
from tests.activities.office import Office, a_fact

PLAN, CLOCKS, CLASS = (f"cn-50-99/{name}.yaml" for name in ("service-plan", "clocks", "hardship-worker"))
IN_HELP = {"term": 90, "first-contact": 3}
# In force before the case was opened, and published only after: nobody could know it on that day.
RETROACTIVE = """
  2026-02-01:
    published: 2026-03-20
    parameters:
      {name}: {{value: {value}, unit: day, authority: 示例区帮扶办法（示例）新第六条, tag: M{over}}}
"""


@pytest.fixture(autouse=True)
def _a_process_that_has_just_begun() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICIES, tmp_path / "policies"))


def adds(files: Path, file: str, version: str) -> None:
    with (files / file).open("a", encoding="utf-8") as written:
        written.write(version)


def edits(files: Path, file: str, old: str, new: str) -> None:
    text = (files / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (files / file).write_text(text.replace(old, new), encoding="utf-8")


def reads(office: Office, files: Path) -> None:
    """The processes begin anew with these files."""
    days = load_calendar(files / "calendars")
    policies = Policies(PolicyBook.load(files, calendar_hash=days.hash), days)
    office.station = replace(office.station, policies=policies)
    forget()


def plan(office: Office) -> ServicePlan:
    with read(office.station.engine) as connection:
        return law_of(connection, office.station.policies, office.case).plan


def current(office: Office) -> str:
    found = office.case.current(HARDSHIP)
    assert found
    return found.id


def made(office: Office) -> Determination:
    station = office.station
    with read(station.engine) as connection:
        key = person_key(connection, station.keyring, office.case.worker_id)
        return determination_record(connection, key, office.case.id, current(office))


def standing(office: Office) -> Standing:
    with read(office.station.engine) as connection:
        return pins_stand(connection, office.station.policies)[office.case.id]


def undecided(office: Office) -> None:
    office.register(facts=[a_fact("in_work", value=False), a_fact("disabled", value=False)])


def is_disabled(office: Office) -> None:
    office.does(
        RecordFact("disabled", value=True, source=SourceKind.RECORD, established_on=office.today, detail="证件")
    )


def learns_more(office: Office) -> None:
    office.does(RecordFact("household_size", 3, SourceKind.STATEMENT, office.today, "本人陈述"))


def test_a_version_published_later_changes_neither_plan_nor_clocks_nor_determinations(
    office: Office, files: Path
) -> None:
    undecided(office)
    before, first = plan(office), made(office)
    adds(files, PLAN, RETROACTIVE.format(name="term", value=60, over=""))
    adds(files, CLOCKS, RETROACTIVE.format(name="first_contact", value=1, over=""))
    adds(files, CLASS, RETROACTIVE.format(name="long_wait", value=30, over=""))
    reads(office, files)
    office.later(30)
    learns_more(office)
    assert plan(office) == before
    assert (made(office).version, made(office).policy_hash) == (first.version, first.policy_hash)
    assert standing(office) is Standing.AS_IT_WAS
    is_disabled(office)
    office.does(AdoptDetermination(current(office)), "officer-1")
    assert {id_: clock.length for id_ in IN_HELP if (clock := find(office.case.clocks, id_))} == IN_HELP


def test_whoever_is_registered_after_the_publication_has_the_new_version(office: Office, files: Path) -> None:
    adds(files, PLAN, RETROACTIVE.format(name="term", value=60, over=""))
    reads(office, files)
    office.now += timedelta(days=30)
    undecided(office)
    assert plan(office).term_days == 60


@pytest.mark.parametrize("how", ["edited", "backdated", "gone"])
def test_what_the_files_no_longer_say_the_case_goes_on_with_and_reconciling_says_so(
    how: str, office: Office, files: Path
) -> None:
    undecided(office)
    before, first = plan(office), made(office)
    if how == "edited":
        edits(files, PLAN, "term: {value: 90", "term: {value: 60")
        edits(files, CLASS, "long_wait: {value: 90", "long_wait: {value: 30")
    elif how == "backdated":
        backdated = RETROACTIVE.replace("    published: 2026-03-20\n", "")
        adds(files, PLAN, backdated.format(name="term", value=60, over=""))
        adds(files, CLASS, backdated.format(name="long_wait", value=30, over=""))
    else:
        for file in (PLAN, CLOCKS, CLASS):
            (files / file).unlink()
    reads(office, files)
    learns_more(office)
    assert plan(office) == before
    assert made(office).policy_hash == first.policy_hash
    assert standing(office) is Standing.CHANGED


def test_what_is_neither_in_the_files_nor_in_the_record_decides_nothing(office: Office, files: Path) -> None:
    undecided(office)
    edits(files, CLASS, "long_wait: {value: 90", "long_wait: {value: 30")
    reads(office, files)
    with write(office.station.engine) as connection:
        connection.execute(delete(policy_content))
    assert standing(office) is Standing.LOST
    with pytest.raises(ApplicationError) as refused:
        learns_more(office)
    assert refused.value.type == "PinnedPolicyLost"
    assert plan(office).term_days == 90  # the plan is still in its file


def test_a_list_of_policies_that_somebody_rewrote_is_not_the_one_the_case_is_pinned_to(office: Office) -> None:
    office.register()
    assert standing(office) is Standing.AS_IT_WAS
    with write(office.station.engine) as connection:
        gone = delete(pinned_policy).where(pinned_policy.c.policy == HARDSHIP)
        assert connection.execute(gone).rowcount == 1
    assert standing(office) is Standing.LOST


def test_a_calendar_that_arrives_is_no_change_of_a_policy(office: Office) -> None:
    undecided(office)
    days = calendar([(POLICIES / "calendars" / "2026.yaml").read_text(encoding="utf-8")])
    policies = Policies(PolicyBook.load(POLICIES, calendar_hash=days.hash), days)
    office.station = replace(office.station, policies=policies)
    forget()
    assert standing(office) is Standing.AS_IT_WAS
    is_disabled(office)


def test_an_application_of_a_later_day_is_determined_by_the_rules_of_that_day(office: Office, files: Path) -> None:
    """And keeps them: the plan and the clocks stay those of the case."""
    office.register(facts=[a_fact("in_work", value=True), a_fact("disabled", value=True)])
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    office.does(ApproveClosure(), "supervisor-1")
    first, before = made(office), plan(office)
    in_force = RETROACTIVE.replace("2026-02-01", "2026-03-10").replace("2026-03-20", "2026-03-09")
    adds(files, PLAN, in_force.format(name="term", value=60, over=""))
    adds(files, CLASS, in_force.format(name="long_wait", value=30, over=""))
    reads(office, files)
    office.now += timedelta(days=20)
    office.does(Reopen("再次申请"))
    second = made(office)
    assert "2026-03-10" in second.version
    assert "2026-03-10" not in first.version
    assert f'"applied_on":"{office.today}"' in second.facts_json
    assert plan(office) == before
    edits(files, CLASS, "long_wait: {value: 30", "long_wait: {value: 10")
    reads(office, files)
    learns_more(office)
    assert made(office).policy_hash == second.policy_hash


def test_what_was_determined_earlier_that_day_pins_no_law_of_an_application_anew(office: Office, files: Path) -> None:
    """The version is in force and known on the one day on which all of it happens."""
    office.register(facts=[a_fact("in_work", value=True), a_fact("disabled", value=True)])
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    office.does(ApproveClosure(), "supervisor-1")
    today = RETROACTIVE.replace("2026-02-01", f"{office.today}").replace("2026-03-20", f"{office.today}")
    adds(files, CLASS, today.format(name="long_wait", value=30, over=""))
    reads(office, files)
    office.does(Reopen("当日再次申请"))
    second = made(office)
    assert f"{office.today}" in second.version
    learns_more(office)
    assert made(office).policy_hash == second.policy_hash
