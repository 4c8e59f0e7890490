"""A past determination comes out again from what was kept of it, byte for byte, or every difference is named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from activities.policies import Policies
from activities.replaying import KIND, Came, Replay, Replayed, Replaying
from cases.determinations import Conclusion, Determination, Reading, Verdict
from cases.erasing import Erasure, ErasureBasis
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.roles import Role
from rules import decisions
from rules.policies import PolicyBook
from store import determinations, kept_text
from store.append_only import lift_append_only
from store.determinations import Kept, determination_record, keep_determination
from store.encryption import seal
from store.engine import read, write
from store.erasure import erase_worker
from store.finding_sheets import rows_of_sheets
from store.kept_determinations import Chosen
from store.kept_text import Writer
from store.many_rows import insert_rows
from store.person_keys import person_key
from store.scope import Reach, Scope
from store.tables.cases import audit_event
from store.tables.cases import determination_record as table
from store.tables.contents import finding_sheet, policy_content
from store.tables.organisation import organisation_node, station
from tests.activities.both import both
from tests.activities.office import Office
from tests.store.of_before import written_as_before

__all__ = ["both"]

ALL = Replay()
EVERYWHERE = Scope((Reach(Role.AUDITOR, "/", below=True),))
FIRST = f"{HARDSHIP}-1"
EMPTY_BOOK = Policies(PolicyBook({}, {}, {}), None)  # type: ignore[arg-type]  # no policy file is there any more


def replaying(office: Office, policies: Policies = EMPTY_BOOK) -> Replaying:
    return Replaying(office.station.engine, office.station.keyring, policies)


def replayed(office: Office, asked: Replay = ALL, scope: Scope = EVERYWHERE) -> list[Replayed]:
    verdicts = office.rule_engine.verdicts
    return list(replaying(office).replay(asked, "auditor-2", scope, office.now, verdicts=verdicts))


def worked(office: Office) -> Office:
    office.recognised()
    office.learns("disabled", value=False)
    office.later(1)
    return office


def altered(office: Office, change: Callable[[Determination], Determination]) -> None:
    """The first determination, sealed again with something else in it."""
    with write(office.station.engine) as connection:
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        made = change(determination_record(connection, key, office.case.id, FIRST))
        written = Writer().written(made)
        detail = seal(key, table.name, "detail_sealed", f"{office.case.id}/{FIRST}", written.text.decode())
        insert_rows(connection, rows_of_sheets([written.sheet], office.now))
        connection.execute(update(table).where(table.c.id == FIRST).values(detail_sealed=detail))


def test_every_determination_comes_out_again_without_any_policy_file(both: Office) -> None:
    worked(both)
    found = replayed(both)
    assert len(found) >= 3
    assert {each.came for each in found} == {Came.SAME}
    assert [each.kept.place for each in found] == sorted(each.kept.place for each in found)


def refused(made: Determination) -> Determination:
    return replace(made, conclusion=Conclusion.REFUSED)


def a_no_for_a_yes(made: Determination) -> Determination:
    return replace(made, findings=tuple(replace(f, verdict=Verdict.NO) for f in made.findings))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(refused, "conclusion: refused → granted", id="conclusion"),
        pytest.param(lambda m: replace(m, amount_fen=100), "amount_fen: 100 → None", id="amount"),
        pytest.param(a_no_for_a_yes, "findings/disabled/verdict: no → yes", id="a rule's verdict"),
        pytest.param(lambda m: replace(m, findings=m.findings[1:]), "only now", id="a rule left out"),
        pytest.param(
            lambda m: replace(m, parts=(*m.parts, Reading("x", "1"))), "parts/x/only then", id="a part that is none"
        ),
        pytest.param(lambda m: replace(m, version="cn@1999-01-01"), "record/version", id="another version"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_is_named(
    office: Office, change: Callable[[Determination], Determination], named: str
) -> None:
    worked(office)
    altered(office, change)
    (found,) = [each for each in replayed(office) if each.came is not Came.SAME]
    assert (found.kept.id, found.came) == (FIRST, Came.DIFFERENT)
    assert any(named in str(each) for each in found.differences), found.differences


def test_a_personal_value_that_differs_is_only_said_to_differ(office: Office) -> None:
    worked(office)
    altered(office, lambda m: replace(m, facts_json=m.facts_json.replace("true", "false")))
    (found,) = [each for each in replayed(office) if each.came is not Came.SAME]
    shown = "; ".join(map(str, found.differences))
    assert "findings/disabled/read" in shown
    assert "true" not in shown


def test_what_is_not_what_the_log_was_given_is_found_though_it_decides_the_same(office: Office) -> None:
    worked(office)
    altered(office, lambda m: replace(m, sources=tuple(replace(s, value="someone") for s in m.sources)))
    (found,) = [each for each in replayed(office) if each.came is not Came.SAME]
    assert [str(each) for each in found.differences] == ["log/detail"]


def test_a_determination_that_the_log_was_never_given_is_found(office: Office) -> None:
    worked(office)
    with write(office.station.engine) as connection:
        row = dict(connection.execute(select(table).where(table.c.id == FIRST)).mappings().one())
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        made = determination_record(connection, key, office.case.id, FIRST)
        keep_determination(connection, Kept(key, office.case.id, f"{HARDSHIP}-9", made), row["made_at"])
    (found,) = [each for each in replayed(office) if each.came is not Came.SAME]
    assert (found.kept.id, [str(each) for each in found.differences]) == (f"{HARDSHIP}-9", ["log/leaf:  → missing"])


def test_engines_of_another_version_are_counted_apart(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(decisions, "EVALUATOR", "evaluator 0")
        worked(office)
    found = replayed(office)
    assert {(each.came, each.came.wrong) for each in found} == {(Came.OTHER_ENGINES, False)}
    assert "evaluator 0" in str(found[0].differences[0])


def test_what_an_older_version_did_not_keep_makes_no_difference(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a determination was written before it had these."""
    since_then = {"amount_fen", "parts", "items", "turns", "sources"}
    with monkeypatch.context() as earlier:
        earlier.setattr(kept_text, "NOT_IN_OUTCOME", {*kept_text.NOT_IN_OUTCOME, *since_then})
        worked(office)
    assert {each.came for each in replayed(office)} == {Came.SAME}


def test_what_an_older_version_wrote_whole_comes_out_again_and_is_held_against_its_leaf(both: Office) -> None:
    worked(both)
    with write(both.station.engine) as connection:
        written_as_before(connection, both.station.keyring, both.case.id)
    assert {each.came for each in replayed(both)} == {Came.SAME}
    with write(both.station.engine) as connection:
        key = person_key(connection, both.station.keyring, both.case.worker_id)
        kept = determinations.kept_text(connection, key, both.case.id, FIRST).text.replace("true", "false")
        detail = seal(key, table.name, "detail_sealed", f"{both.case.id}/{FIRST}", kept)
        connection.execute(update(table).where(table.c.id == FIRST).values(detail_sealed=detail))
    (found,) = [each for each in replayed(both) if each.came is not Came.SAME]
    assert "log/detail" in [str(each) for each in found.differences]


@pytest.mark.parametrize("content", [None, "[]"], ids=["gone", "altered"])
def test_a_determination_whose_sheet_is_gone_or_altered_is_unreadable(office: Office, content: str | None) -> None:
    worked(office)
    with write(office.station.engine) as connection:
        lift_append_only(connection)
        change = finding_sheet.delete() if content is None else update(finding_sheet).values(content=content)
        connection.execute(change)
    found = replayed(office)
    assert {(each.came, str(each.differences[0])) for each in found} == {(Came.UNREADABLE, "SheetMissing")}


def test_an_erased_person_is_counted_apart_and_nothing_of_theirs_is_read(both: Office) -> None:
    worked(both)
    with write(both.station.engine) as connection:
        erased = Erasure(ErasureBasis.CONSENT_WITHDRAWN, "supervisor-1", both.now)
        erase_worker(connection, both.station.keyring, both.case.worker_id, erased)
    assert {(each.came, each.erased) for each in replayed(both)} == {(Came.ERASED, erased)}


@pytest.mark.parametrize("content", [None, "{}"], ids=["gone", "altered"])
def test_a_policy_that_is_not_kept_or_was_altered_is_named(office: Office, content: str | None) -> None:
    worked(office)
    with write(office.station.engine) as connection:
        this = policy_content.c.policy == HARDSHIP
        change = policy_content.delete() if content is None else update(policy_content).values(content=content)
        connection.execute(change.where(this))
    came = {each.kept.policy: each.came for each in replayed(office)}
    assert came.pop(HARDSHIP) is Came.NO_POLICY
    assert set(came.values()) == {Came.SAME}


def test_bytes_that_were_changed_are_unreadable(office: Office) -> None:
    worked(office)
    with write(office.station.engine) as connection:
        this = table.c.id == FIRST
        detail = connection.execute(select(table.c.detail_sealed).where(this)).scalar_one()
        connection.execute(update(table).where(this).values(detail_sealed=detail[:-1] + bytes([detail[-1] ^ 1])))
    assert [each.kept.id for each in replayed(office) if each.came is Came.UNREADABLE] == [FIRST]


def test_one_may_choose_draw_and_go_on_where_one_stopped(both: Office) -> None:
    worked(both)
    every = [each.kept.place for each in replayed(both)]

    def places(asked: Replay) -> list[tuple[str, str]]:
        return [each.kept.place for each in replayed(both, asked)]

    assert places(Replay(Chosen(case_id=both.case.id))) == every
    assert places(Replay(Chosen(case_id="case-none"))) == []
    assert places(Replay(Chosen(policy=HARDSHIP))) == [place for place in every if HARDSHIP in place[1]]
    assert places(Replay(Chosen(until_on=both.today - timedelta(days=400)))) == []
    assert places(Replay(Chosen(from_on=both.today - timedelta(days=400), until_on=both.today))) == every
    assert places(Replay(after=every[1])) == every[2:]
    sample = places(Replay(sample=2, seed=7))
    assert len(sample) == 2
    assert set(sample) <= set(every)
    assert places(Replay(sample=2, seed=7)) == sample
    assert places(Replay(sample=2, seed=7, after=sample[0])) == sample[1:]
    assert any(places(Replay(sample=2, seed=seed)) != sample for seed in range(5))


def test_it_reaches_no_further_than_its_reader_and_is_written_down(both: Office) -> None:
    worked(both)
    assert replayed(both, scope=Scope(())) == []
    with read(both.station.engine) as connection:
        row = connection.execute(select(audit_event).where(audit_event.c.kind == KIND)).first()
        its_station = select(organisation_node.c.path).join(station).where(station.c.id == both.case.station_id)
        path = connection.execute(its_station).scalar_one()
    assert row
    assert (row.actor, row.reason) == ("auditor-2", "all")
    assert replayed(both, scope=Scope((Reach(Role.AUDITOR, path, below=False),)))
    assert replayed(both, scope=Scope((Reach(Role.AUDITOR, f"{path}elsewhere/", below=True),))) == []


def test_compared_with_todays_policy_it_says_what_would_come_out_and_why(office: Office) -> None:
    worked(office)
    asked = Replay(Chosen(policy=HARDSHIP), today=True)
    verdicts = office.rule_engine.verdicts
    with_book = replaying(office, office.station.policies)
    for each in with_book.replay(asked, "auditor-2", EVERYWHERE, office.now, verdicts=verdicts):
        assert each.today
        assert each.today.comparison
        assert each.today.comparison.cause == "none"
    for each in replaying(office).replay(asked, "auditor-2", EVERYWHERE, office.now, verdicts=verdicts):
        assert each.today
        assert each.today.why_not


def test_adopting_changes_nothing_of_a_determination(office: Office) -> None:
    office.register()
    before = [each.kept for each in replayed(office)]
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    assert [each.kept for each in replayed(office)][: len(before)] == before
