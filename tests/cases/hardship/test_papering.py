"""What cannot be made is told to a person, and a paper owed may be given up with a reason."""

from cases.hardship.engine import KeepPaper
from cases.hardship.papering import PutOff, WaivePaper
from cases.hardship.progress import papers_due
from cases.roles import Role
from tests.cases.hardship.lives import closed, to_leave


def test_what_is_put_off_stays_owed() -> None:
    counter = to_leave()
    before = counter.case
    counter.does(PutOff("paper-1", "PaperRefused"), Role.ENGINE)
    assert (counter.case.papers, counter.case.revision) == (before.papers, before.revision + 1)


def test_a_paper_of_a_closed_case_is_waived_with_a_reason_by_a_supervisor_who_does_not_have_the_case() -> None:
    counter = closed()
    counter.record.staff["caseworker-1"] |= {Role.SUPERVISOR}
    waive = WaivePaper("paper-1", "住址无法核实，已当面告知")
    assert counter.refused(waive, "caseworker-2") == ["not-your-role"]
    assert counter.refused(waive, "caseworker-1") == ["own-case"]
    assert counter.refused(WaivePaper("paper-1", " "), "supervisor-1") == ["blank"]
    counter.does(waive, "supervisor-1")
    assert list(papers_due(counter.case)) == []
    assert counter.case.papers[0].waived_on == counter.today


def test_only_a_paper_that_is_owed_is_waived_and_none_is_made_afterwards() -> None:
    counter = closed()
    assert counter.refused(WaivePaper("paper-9", "理由"), "supervisor-1") == ["not-owed"]
    counter.does(WaivePaper("paper-1", "理由"), "supervisor-1")
    assert counter.refused(WaivePaper("paper-1", "理由"), "supervisor-1") == ["not-owed"]
    assert counter.refused(KeepPaper("paper-1", "a" * 64, "b" * 64, 10), Role.ENGINE) == ["kept"]
