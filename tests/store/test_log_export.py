"""The exported log: whatever is changed, left out, moved, cut off or told twice is found; what is right passes."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from sqlalchemy import Engine, delete, update

from cases.checkpoints import Checkpoint, PublicKey, checkpoint_of
from cases.log_check import Finding, LogCheck
from store.append_only import lift_append_only
from store.engine import make_engine, write
from store.keys import KeyRing
from store.log_signing import verifies
from store.migrate import upgrade
from store.tables.cases import log_pending
from store.tables.log import log_checkpoint, log_entry, log_tile
from tests.store.log_builders import a_log, exported, log_events

LEAVES, BATCH = 22, 5


def small_tiles(patch: pytest.MonkeyPatch) -> None:
    for module in ("cases.log_check", "store.log_export", "store.log_sequence", "store.log_reading"):
        patch.setattr(f"{module}.TILE", 4)
    patch.setattr("store.log_reading.TILE_HEIGHT", 2)


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    small_tiles(monkeypatch)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory, keyring: KeyRing) -> list[bytes]:
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('log') / 'log.db'}")
    with pytest.MonkeyPatch.context() as patch:
        small_tiles(patch)
        upgrade(engine)
        a_log(engine, keyring, LEAVES, BATCH)
        made = exported(engine, keyring)
    engine.dispose()
    return made


def check(
    lines: Sequence[bytes], *, trusted: dict[str, PublicKey] | None = None, kept: Sequence[Checkpoint] = ()
) -> list[Finding]:
    checking = LogCheck(verifies, trusted or {}, kept)
    for line in lines:
        checking.feed(line)
    return checking.done()


def split(content: bytes) -> list[bytes]:
    return BytesIO(content).readlines()  # at "\n" alone, as a file is read


def checkpoints(lines: Sequence[bytes]) -> list[Checkpoint]:
    notes = [json.loads(line)["note"] for line in lines if line.startswith(b'{"note"') and b'"checkpoint"' in line]
    return [checkpoint_of(note.partition("\n\n")[0] + "\n") for note in notes]


def test_what_was_exported_passes(engine: Engine, keyring: KeyRing) -> None:
    a_log(engine, keyring, 21, 5)
    made = exported(engine, keyring)
    assert check(made) == []
    kinds = Counter(line.rpartition(b'"type":"')[2].rstrip(b'"}\n').decode() for line in made)
    assert kinds == {"log": 1, "key": 1, "entry": 21, "tile": 6, "checkpoint": 5, "end": 1}


def test_a_log_begins_with_its_first_signature(engine: Engine, keyring: KeyRing) -> None:
    assert check(exported(engine, keyring)) != []  # nobody has signed anything yet
    a_log(engine, keyring, 1, 1)
    assert check(exported(engine, keyring)) == []


def test_a_thousand_changes_of_one_byte_are_all_found(lines: list[bytes], capsys: pytest.CaptureFixture[str]) -> None:
    content = b"".join(lines)
    chance = random.Random(9162)  # noqa: S311  # to be drawn again
    missed = []
    for _ in range(1_000):
        at, by = chance.randrange(len(content)), chance.randrange(1, 256)
        changed = content[:at] + bytes([content[at] ^ by]) + content[at + 1 :]
        if not check(split(changed)):
            missed.append((at, by))
    with capsys.disabled():
        print(f"\n  {1_000 - len(missed)} of 1,000 one-byte changes of {len(content)} bytes found")  # noqa: T201
    assert missed == []


def test_a_changed_leaf_is_found_without_the_signature_over_the_file(lines: list[bytes]) -> None:
    """The tree alone finds it: at its line, and at every checkpoint from there on."""
    chance = random.Random(6962)  # noqa: S311 - the same every time
    entries = [number for number, line in enumerate(lines) if b'"entry"' in line]
    for _ in range(100):
        number = chance.choice(entries)
        line = lines[number]
        start = line.index(b'"record"')
        at = chance.randrange(start, len(line) - 30)
        changed = line[:at] + bytes([line[at] ^ chance.randrange(1, 128)]) + line[at + 1 :]
        found = check([*lines[:number], changed, *lines[number + 1 :]])
        assert found[0].line == number + 1


def _left_out(lines: list[bytes], at: int) -> list[bytes]:
    return lines[:at] + lines[at + 1 :]


def _twice(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def _swapped(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]]


def _cut_off(lines: list[bytes], at: int) -> list[bytes]:
    return lines[:at]


def _cut_within(lines: list[bytes], at: int) -> list[bytes]:
    return [*lines[:at], lines[at][:-1]]


@pytest.mark.parametrize("how", [_left_out, _twice, _swapped, _cut_off, _cut_within])
def test_a_line_left_out_told_twice_moved_or_cut_off_is_found(
    lines: list[bytes], how: Callable[[list[bytes], int], list[bytes]]
) -> None:
    assert check(lines) == []
    for at in range(1, len(lines)):
        assert check(how(lines, at)), at


def test_what_is_added_at_the_end_is_found(lines: list[bytes]) -> None:
    assert check([*lines, b"{}\n"])
    assert check([*lines, b"\n"])


def test_a_log_that_was_written_anew_contradicts_the_checkpoint_that_somebody_kept(
    lines: list[bytes], sqlite_url: str, keyring: KeyRing
) -> None:
    """Whoever has the signing key can make another log that agrees with itself; only what others keep tells."""
    kept = checkpoints(lines)
    engine = make_engine(sqlite_url)
    a_log(engine, keyring, LEAVES - 1, BATCH)
    log_events(engine, keyring, 1, first=LEAVES + 5)
    a_log(engine, keyring, 0, 1)
    forged = [line.replace(_origin(exported(engine, keyring)), _origin(lines)) for line in exported(engine, keyring)]
    engine.dispose()
    assert check(lines, kept=kept) == []
    assert any("keep" in found.wording.en for found in check(forged, kept=kept))
    shorter = [line for line in lines if b"event-00021" not in line]
    assert any("shorter than the checkpoint" in found.wording.en for found in check(shorter, kept=kept))


def _origin(lines: list[bytes]) -> bytes:
    return lines[0].partition(b'"origin":"')[2].partition(b'"')[0]


def test_keys_of_the_file_itself_prove_nothing_to_whoever_has_others(lines: list[bytes]) -> None:
    stranger = PublicKey("yizhan.log/other", 1, bytes(32))
    assert check(lines, trusted={stranger.id: stranger})


@pytest.mark.parametrize("spoiled", ["entry", "leaf", "record", "tile", "checkpoint", "newest"])
def test_what_is_changed_in_the_database_is_found_in_its_export(engine: Engine, keyring: KeyRing, spoiled: str) -> None:
    a_log(engine, keyring, 20, 5)
    statements = {
        "entry": delete(log_entry).where(log_entry.c.leaf_index == 7),
        "leaf": update(log_entry).where(log_entry.c.leaf_index == 7).values(leaf=bytes(32)),
        "record": update(log_pending).where(log_pending.c.id == "event-00007").values(record='{"number":8}'),
        "tile": delete(log_tile).where(log_tile.c.tile_index == 1),
        "checkpoint": update(log_checkpoint).where(log_checkpoint.c.size == 10).values(note="x"),
        "newest": delete(log_checkpoint).where(log_checkpoint.c.size == 20),
    }
    with write(engine) as connection:
        lift_append_only(connection)
        connection.execute(statements[spoiled])
    assert check(exported(engine, keyring))
