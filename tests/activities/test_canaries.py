"""A whole case with canaries for name, number, phone and every free text: none stands in clear in the record."""

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from cases.facts import SourceKind
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import (
    AdoptDetermination,
    DepartFromDetermination,
    RecordFact,
    RejectDeparture,
)
from cases.hardship.leaving import ApproveClosure, AskReview, DecideReview, HandOver, ProposeExit, Reopen, ReturnClosure
from cases.hardship.moving import DeclineTransfer, MakeAppointment, Pause, ProposeTransfer, Resume
from cases.hardship.needing import OpenNeed, SettleNeed
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import RecordGuidance, RecordService, RecordTalk
from cases.hardship.stages import ExitReason, ReferralOutcome
from cases.hardship.terms import PartyDetails
from store.engine import read, write
from store.migrate import every_table
from store.tables.cases import notice
from tests.activities.both import both
from tests.activities.office import Office
from tests.builders import some_work
from tests.registrations import an_identity_number

__all__ = ["both"]

BIRD = "金丝雀"  # in every free text; of its own, since no table, code or policy holds it
NAME = f"甄{BIRD}"
NUMBER = an_identity_number(777)
PHONE = "13877712345"
HOUSE = "示例路77777号"


def lived(office: Office) -> Office:
    """Every act that takes a text of its own, each with a canary in it."""
    office.register(
        worker={"name": NAME, "identity_number": NUMBER, "phone": PHONE, "address": f"{HOUSE}{BIRD}"},
        household=[{"name": f"{BIRD}之妻", "relation": f"配偶{BIRD}"}],
        skills=[{"trade": "保洁", "level": "熟练", "evidence": BIRD}],
        wishes=[{"trade": "保洁", "detail": BIRD}],
        facts=[
            {
                "name": "in_work",
                "value": False,
                "source": "recognition",
                "established_on": office.today.isoformat(),
                "detail": BIRD,
                "body": f"{BIRD}街道",
                "paper": f"残疾人证{NUMBER}42",
            }
        ],
    )
    office.does(
        RecordFact("disabled", value=True, source=SourceKind.STATEMENT, established_on=office.today, detail=BIRD)
    )
    _decided(office)
    _helped(office)
    _moved(office)
    _told_to_leave(office)
    _placed_and_closed(office)
    return office


def _decided(office: Office) -> None:
    current = office.case.current(HARDSHIP)
    assert current
    office.does(DepartFromDetermination(current.id, granted=False, reason=BIRD), "officer-1")
    office.does(RejectDeparture(current.id, BIRD), "officer-2")
    office.does(AdoptDetermination(current.id), "officer-2")


def _helped(office: Office) -> None:
    office.does(OpenNeed(BIRD))
    office.does(RecordGuidance(office.today, BIRD, "guide-1"))
    office.does(RecordService(office.today, BIRD))
    office.does(RecordTalk("employer-1", office.today, BIRD))
    office.does(SettleNeed("need-1", solved=False, reason=BIRD))
    office.does(RecordReferral("vacancy-1", office.today))
    office.does(DeliverReferral("referral-1", office.today, BIRD))
    office.does(AnswerReferral("referral-1", confirmed=False, reason=BIRD))
    refused = ReferralOutcome.DECLINED_WITHOUT_CAUSE
    office.does(RecordReferralOutcome("referral-1", refused, office.today, BIRD))


def _moved(office: Office) -> None:
    office.does(MakeAppointment(office.now + timedelta(days=1), "caseworker-1", BIRD))
    listed = office.station.policies.law(office.case.jurisdiction, office.case.applied_on).pause_reasons
    office.does(Pause(next(iter(listed)), BIRD))
    office.does(Resume(BIRD))
    office.does(ProposeTransfer("station-2", BIRD))
    office.does(DeclineTransfer(BIRD), "caseworker-2")


def _told_to_leave(office: Office) -> None:
    office.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, BIRD))
    office.does(AskReview(BIRD))
    office.does(DecideReview(upheld=False, reason=BIRD), "officer-1")


def _placed_and_closed(office: Office) -> None:
    parties = PartyDetails(worker_address=f"{HOUSE}{BIRD}", employer_representative=BIRD, employer_phone=PHONE)
    terms = some_work(duties=BIRD, place=f"示例物流园{BIRD}", other_terms=(BIRD,), parties=parties)
    office.does(RecordPlacement("employer-1", office.today, terms))
    office.does(RecordFollowUp("follow-up-1", office.today, still_employed=True, content=BIRD))
    office.does(HandOver(BIRD, BIRD, BIRD))
    office.does(ReturnClosure(BIRD), "supervisor-1")
    office.does(HandOver(BIRD, BIRD, BIRD))
    office.does(ApproveClosure(), "supervisor-1")
    office.does(Reopen(BIRD))


def found(content: bytes) -> list[str]:
    """The canaries in these bytes."""
    return [
        canary
        for canary in (BIRD, NAME, NUMBER, NUMBER[6:17], PHONE, HOUSE)
        if any(spelling in content for spelling in spellings(canary))
    ]


def spellings(canary: str) -> set[bytes]:
    """As a database, a program or a careless log would write it."""
    utf8 = canary.encode()
    return {utf8, canary.encode("utf-16-le"), json.dumps(canary)[1:-1].encode(), utf8.hex().encode(), b64encode(utf8)}


def in_columns(office: Office) -> dict[str, list[str]]:
    with read(office.station.engine) as connection:
        return {
            f"{table.name}.{column.name}": canaries
            for table in every_table().sorted_tables
            for column in table.c
            for value in connection.execute(select(column)).scalars()
            if (canaries := found(value if isinstance(value, bytes) else str(value).encode()))
        }


def on_disk(office: Office) -> bytes:
    """The SQLite file and what lies beside it, its journal included."""
    file = office.station.engine.url.database
    assert file
    return b"".join(part.read_bytes() for part in sorted(Path(file).parent.glob(f"{Path(file).name}*")))


def test_no_canary_stands_in_any_column(both: Office) -> None:
    assert in_columns(lived(both)) == {}


def test_no_canary_stands_in_the_bytes_of_the_file(office: Office) -> None:
    content = on_disk(lived(office))
    assert found(content) == []
    assert b"caseworker-1" in content, "what may be there is found"


def test_a_canary_in_clear_would_be_found(office: Office) -> None:
    office.register()
    with write(office.station.engine) as connection:
        row = {"id": "n", "recipient": PHONE, "case_id": "x", "wording": {"zh": NAME}, "at": office.now}
        connection.execute(insert(notice), row)
    assert in_columns(office) == {"notice.recipient": [PHONE], "notice.wording": [BIRD, NAME]}
    assert set(found(on_disk(office))) == {BIRD, NAME, PHONE}
