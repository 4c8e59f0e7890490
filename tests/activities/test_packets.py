"""A packet holds all that proves a case, and nothing that names anybody."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from activities.packets import KIND, Export, Packets
from activities.verifier import VERIFIER
from cases.erasing import Erasure, ErasureBasis
from cases.refusals import Refused
from cases.roles import Role
from store.engine import read, write
from store.erasure import erase_worker
from store.log_reading import newest_checkpoint
from store.log_signing import known_keys
from store.people import worker
from store.scope import NotInScope, Reach, Scope
from store.tables.cases import audit_event
from tests.activities.both import both
from tests.activities.office import Office

__all__ = ["both"]

EVERYWHERE = Scope((Reach(Role.AUDITOR, "/", below=True),))


def packets(office: Office) -> Packets:
    return Packets(office.station.engine, office.station.keyring)


def a_packet(office: Office, *checkpoints: str, reason: str = "年度审计", scope: Scope = EVERYWHERE) -> bytes:
    return packets(office).packet(Export(office.case.id, "auditor-2", reason, checkpoints), scope, office.now)


def verified(packet: bytes, folder: Path, *more: str) -> tuple[int, list[dict[str, str]]]:
    """By the file alone, as an auditor runs it: no site packages, no environment, nothing of ours."""
    path = folder / "packet.json"
    path.write_bytes(packet)
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(path), "--json", *more]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return ended.returncode, json.loads(ended.stdout or "[]") or [{"kind": "stderr", "en": ended.stderr}]


def key_file(office: Office, folder: Path) -> str:
    path = folder / "keys.txt"
    with read(office.station.engine) as connection:
        path.write_text("\n".join(key.spelled for key in known_keys(connection).values()), encoding="utf-8")
    return str(path)


def worked(office: Office) -> Office:
    office.recognised(difficulty=True)
    office.learns("disabled", value=False)
    return office


def test_a_packet_is_proved_whole_by_the_one_file(both: Office, tmp_path: Path) -> None:
    worked(both)
    packet = a_packet(both)
    code, results = verified(packet, tmp_path, "--key", key_file(both, tmp_path))
    assert (code, [result for result in results if result["kind"] != "right"]) == (0, [])
    about = " ".join(result["about"] for result in results)
    assert "decision" in about
    assert "determination" in about


def test_without_a_key_had_elsewhere_it_says_that_the_key_came_with_the_packet(office: Office, tmp_path: Path) -> None:
    code, results = verified(a_packet(worked(office)), tmp_path)
    assert code == 3
    assert [r["about"] for r in results if r["kind"] != "right"] == ["签名 signature"]


def test_an_unknown_key_is_refused(office: Office, tmp_path: Path) -> None:
    mine = key_file(office, tmp_path)
    packet = a_packet(worked(office))
    other = tmp_path / "other.txt"
    other.write_text("yizhan.log/00000000+" + "0" * 8 + "+AQ==", encoding="utf-8")
    assert verified(packet, tmp_path, "--key", str(other))[0] == 2
    assert Path(mine).read_text(encoding="utf-8") == ""  # before the first leaf there is no key to hand out


def test_it_names_nobody_and_holds_nobodys_words(office: Office) -> None:
    worked(office)
    with read(office.station.engine) as connection:
        person = worker(connection, office.station.keyring, office.case.worker_id)
    assert person
    packet = a_packet(office).decode()
    for told in (person.name, person.phone, person.identity, person.address, person.id, "核定材料", "本人陈述"):
        assert told
        assert told not in packet


def test_each_export_has_a_reason_is_in_reach_and_is_written_down(both: Office) -> None:
    worked(both)
    for reason in ("", "  ", "x" * 201):
        with pytest.raises(Refused, match="no-reason"):
            a_packet(both, reason=reason)
    with pytest.raises(NotInScope):
        a_packet(both, scope=Scope(()))
    with read(both.station.engine) as connection:
        assert connection.execute(select(audit_event).where(audit_event.c.kind == KIND)).all() == []
    a_packet(both, reason=" 年度审计 ")
    with read(both.station.engine) as connection:
        (row,) = connection.execute(select(audit_event).where(audit_event.c.kind == KIND)).all()
    assert (row.actor, row.case_id, row.reason) == ("auditor-2", both.case.id, "年度审计")


def test_an_erased_person_leaves_proofs_that_hold_and_nothing_to_read(both: Office, tmp_path: Path) -> None:
    worked(both)
    with write(both.station.engine) as connection:
        erasure = Erasure(ErasureBasis.CONSENT_WITHDRAWN, "manager-1", both.now)
        erase_worker(connection, both.station.keyring, both.case.worker_id, erasure)
    packet = a_packet(both)
    code, results = verified(packet, tmp_path, "--key", key_file(both, tmp_path))
    assert (code, [result for result in results if result["kind"] != "right"]) == (0, [])
    assert any("erased on" in r["en"] and "consent-withdrawn" in r["en"] for r in results)
    assert "waiting_since" not in json.dumps([e["text"] for e in json.loads(packet)["packet"]["determinations"]])


def test_it_grows_out_of_the_checkpoint_that_an_auditor_keeps(office: Office, tmp_path: Path) -> None:
    office.register()
    a_packet(office)  # gives what waits its place
    with read(office.station.engine) as connection:
        earlier = newest_checkpoint(connection)
    assert earlier
    mine = tmp_path / "checkpoint.txt"
    mine.write_text(earlier.note, encoding="utf-8")
    office.learns("disabled", value=True)
    keys = ("--key", key_file(office, tmp_path), "--checkpoint", str(mine))
    code, results = verified(a_packet(office, earlier.note), tmp_path, *keys)
    assert code == 0
    assert any("was only added to" in r["en"] for r in results)
    code, results = verified(a_packet(office), tmp_path, *keys)
    assert code == 3
    assert any("no proof to your checkpoint" in r["en"] for r in results)
    with pytest.raises(Refused, match="no-checkpoint-of-ours"):
        a_packet(office, earlier.note.replace("yizhan", "elsewhere"))
