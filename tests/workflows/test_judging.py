"""Who judges an act, and by which state of the case: the desk, the workflow, or the writer at last."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from temporalio.exceptions import ApplicationError

from activities.bootstrap import Station
from activities.intake import read_registration
from activities.records import Records
from cases.commands import Command, command
from cases.days import day_of
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.needing import OpenNeed
from cases.refusals import Refused
from cases.steps import Step, StepDone
from tests.builders import a_case
from tests.registrations import a_registration
from workflows.hardship import HardshipWorkflow


def adopted_at(revision: int | None) -> Command:
    return replace(command("k", AdoptDetermination(f"{HARDSHIP}-1"), "officer-1"), judged_at_revision=revision)


@pytest.mark.parametrize("revision", [None, 6, 7], ids=["unjudged", "judged on an older view", "judged on this view"])
def test_the_workflow_refuses_what_its_case_does_not_allow(revision: int | None) -> None:
    workflow = HardshipWorkflow(a_case(revision=7))
    with pytest.raises(ApplicationError) as refused:
        workflow.may_act(adopted_at(revision))
    assert [reason.code for reason in refused.value.details] == ["unknown"]


def test_a_workflow_behind_the_record_leaves_the_judging_to_the_writer() -> None:
    # A worker that died between writing a determination and saying so: the officer already sees it on the page.
    HardshipWorkflow(a_case(revision=7)).may_act(adopted_at(8))


@pytest.mark.parametrize(("behind", "codes"), [(0, []), (1, ["changed-meanwhile"])])
def test_the_writer_refuses_an_act_on_an_old_view(behind: int, codes: list[str], station: Station) -> None:
    """Two clerks who look at the same case and act at once: the workflow lets both pass, one after the other."""
    case = station.intake.open_case(read_registration(a_registration()), "caseworker-1", datetime.now(UTC))
    records = Records(station.engine, station.keyring, station.policies)

    def open_need(key: str, revision: int) -> StepDone:
        wanted = command(key, OpenNeed("需要托管孩子"), "caseworker-1", revision)
        return records.commit_step(Step(case, f"{case.id}/act/{key}", wanted, datetime.now(UTC)))

    first = open_need("first", case.revision)
    assert first.receipt
    second = open_need("second", first.receipt.revision - behind)  # sent with the first view of the case, too
    assert [reason.code for reason in second.refusals] == codes


def test_a_fact_that_an_officer_judges_is_no_first_fact_of_a_registration(station: Station) -> None:
    on = day_of(datetime.now(UTC)).isoformat()
    poor = {"name": "poor", "value": True, "source": "finding", "established_on": on, "detail": "听说"}
    registration = read_registration(a_registration(facts=[poor]))
    with pytest.raises(Refused) as refused:
        station.intake.open_case(registration, "caseworker-1", datetime.now(UTC))
    assert [reason.code for reason in refused.value.refusals] == ["for-officer"]
