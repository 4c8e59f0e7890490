"""A file that no row names is said and then removed; one that any row names stays, whichever kind it is."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from activities.bank_files import BankFiles
from activities.composing.desk import papers_desk
from activities.errands import through_record
from activities.papers import Press
from activities.subsidy_notices import Notices
from activities.subsidy_prints import Prints
from activities.sweeping import SWEPT, look, sweep
from cases.hardship.engine import KeepPaper
from cases.hardship.referring import RecordReferral
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PaperStep
from cases.subsidy.stages import Stage
from store.engine import read, write
from store.file_names import FILE, named_files, naming_columns
from store.files import FileStore
from store.tables.bank_batches import subsidy_bank_answer, subsidy_batch_part
from store.tables.cases import audit_event, paper
from store.tables.subsidy_notices import subsidy_notice_sheet
from tests.activities.office import Office
from tests.activities.subsidy_crowd import OFFICER, POLICY, STATION, people, plant
from tests.builders import OPENED_AT

NEXT_WEEK = datetime.now(UTC) + timedelta(days=7)
# Tables with rows that name kept files. The bank's own file of answers is not kept: its rows name nothing of ours.
KEPT = {paper, subsidy_notice_sheet, subsidy_batch_part}


def named_in(office: Office, table: Table) -> set[str]:
    with read(office.station.engine) as connection:
        return set(connection.scalars(select(table.c[FILE]).where(table.c[FILE].is_not(None))))


@pytest.fixture
def with_files(office: Office, one_press: Press) -> Office:
    """One of each: a paper of a case, a sheet of a public list, a part of a bank file."""
    station = office.station
    office.recognised()
    plant(station, people(2), Stage.NOTICE)
    plant(station, people(2, 3), Stage.PAYMENT)
    do = through_record(station, OPENED_AT)
    notice = Notices(station, do).publish(STATION, POLICY, OFFICER, OPENED_AT).notice
    BankFiles(station, do).make(STATION, OFFICER, OPENED_AT)
    Prints(station, lambda paper: one_press.print_paper(paper).pdf).print_list(notice.id, OPENED_AT)
    office.does(RecordReferral("vacancy-1", office.today))
    letter = PaperStep(office.case, office.paper("referral-letter"))
    made = papers_desk(station, one_press).make_paper(letter)
    office.does(KeepPaper(made.paper, made.sha256, made.file_sha256, made.file_size), Role.ENGINE)
    return office


def test_every_kind_that_is_named_stays_and_the_orphan_goes_only_on_the_second_word(with_files: Office) -> None:
    station = with_files.station
    kinds = {table: named_in(with_files, table) for table in KEPT}
    assert all(kinds.values()), "one of each kind"
    orphan = station.files.put(b"named nowhere")
    found = look(station, NEXT_WEEK)
    assert (found.orphans, found.missing, found.size) == ((orphan,), (), len(b"named nowhere"))
    assert orphan.sha256 in station.files.digests()
    assert sweep(station, NEXT_WEEK).orphans == (orphan,)
    assert station.files.digests() == frozenset().union(*kinds.values())
    assert look(station, NEXT_WEEK).orphans == ()
    with read(station.engine) as connection:
        assert connection.scalars(select(audit_event.c.about_id).where(audit_event.c.kind == SWEPT)).all() == ["1"]


def test_a_table_that_names_files_is_known_by_its_column() -> None:
    assert {column.table for column in naming_columns()} == KEPT | {subsidy_bank_answer}


def test_a_file_of_today_stays_as_its_row_may_be_coming(office: Office) -> None:
    office.station.files.put(b"new")
    assert look(office.station, datetime.now(UTC)).orphans == ()


def test_a_file_that_is_put_once_more_is_as_new(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    ref = files.put(b"again")
    (path,) = (each for each in tmp_path.rglob("*") if each.name == ref.sha256)
    os.utime(path, (0, 0))
    files.put(b"again")
    assert files.orphans((), now=datetime.now(UTC), grace=timedelta(days=1)) == ()


def test_what_is_named_and_not_there_is_said(with_files: Office, tmp_path: Path) -> None:
    lost = min(named_in(with_files, paper))
    (path,) = (each for each in tmp_path.rglob("*") if each.name == lost)
    path.unlink()
    assert look(with_files.station, NEXT_WEEK).missing == (lost,)


def test_a_record_that_names_none_of_the_files_sweeps_none(office: Office) -> None:
    office.station.files.put(b"of another station")
    with pytest.raises(Refused, match="another-record"):
        sweep(office.station, NEXT_WEEK)
    with write(office.station.engine) as connection:
        assert named_files(connection) == frozenset()
    assert office.station.files.digests()
