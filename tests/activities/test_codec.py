from dataclasses import replace
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload

from activities.codec import KEY_ID, PlaintextRefused, encrypting_codec
from store.aead import Tampered, UnknownKey, WrongPlace, seal_bytes
from store.key_file import add_key, open_or_create_key_ring
from store.keys import KeyRing
from store.settings import Settings

PAYLOAD = Payload(metadata={"encoding": b"json/plain"}, data='{"name":"示例甲"}'.encode())


async def test_what_comes_back_is_what_was_sent(keyring: KeyRing) -> None:
    codec = encrypting_codec(keyring)
    sent = await codec.encode([PAYLOAD, Payload()])
    assert await codec.decode(sent) == [PAYLOAD, Payload()]


async def test_nothing_of_it_can_be_read_on_the_way(keyring: KeyRing) -> None:
    (sent,) = await encrypting_codec(keyring).encode([PAYLOAD])
    assert "示例甲".encode() not in sent.SerializeToString()
    assert sent.metadata["encoding"] == b"binary/encrypted"
    assert sent.metadata[KEY_ID].decode() == keyring.newest_id


@pytest.mark.parametrize(("letters", "compressed"), [(400, False), (600, True), (100_000, True)])
async def test_what_is_long_is_compressed_before_it_is_sealed(letters: int, compressed: bool, keyring: KeyRing) -> None:
    codec, payload = encrypting_codec(keyring), Payload(data=b"a" * letters)
    (sent,) = await codec.encode([payload])
    assert ("compression" in sent.metadata) is compressed
    assert (len(sent.data) < letters) is compressed
    assert await codec.decode([sent]) == [payload]


async def test_the_same_payload_never_looks_the_same(keyring: KeyRing) -> None:
    first, second = await encrypting_codec(keyring).encode([PAYLOAD, PAYLOAD])
    assert first.data != second.data


async def test_old_histories_are_read_after_a_change_of_keys(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    (old,) = await encrypting_codec(open_or_create_key_ring(path)).encode([PAYLOAD])
    newest = add_key(path)
    codec = encrypting_codec(open_or_create_key_ring(path))
    (new,) = await codec.encode([PAYLOAD])
    assert new.metadata[KEY_ID].decode() == newest != old.metadata[KEY_ID].decode()
    assert await codec.decode([old, new]) == [PAYLOAD, PAYLOAD]


async def test_another_installations_payload_names_the_key_that_is_missing(keyring: KeyRing, tmp_path: Path) -> None:
    (foreign,) = await encrypting_codec(open_or_create_key_ring(tmp_path / "master.key")).encode([PAYLOAD])
    with pytest.raises(UnknownKey, match=foreign.metadata[KEY_ID].decode()):
        await encrypting_codec(keyring).decode([foreign])


async def test_a_key_with_the_right_name_and_other_bytes_opens_nothing(keyring: KeyRing, tmp_path: Path) -> None:
    other = open_or_create_key_ring(tmp_path / "master.key").payload_key()
    impostor = replace(other, id=keyring.newest_id)
    forged = Payload(
        metadata={"encoding": b"binary/encrypted", KEY_ID: impostor.id.encode()},
        data=seal_bytes(impostor, PAYLOAD.SerializeToString(), "temporal-payload"),
    )
    with pytest.raises(Tampered):
        await encrypting_codec(keyring).decode([forged])


async def test_a_sealed_column_is_no_payload(keyring: KeyRing) -> None:
    key = keyring.payload_key()
    column = Payload(
        metadata={"encoding": b"binary/encrypted", KEY_ID: key.id.encode()},
        data=seal_bytes(key, PAYLOAD.SerializeToString(), "worker", "name_sealed", "w-1"),
    )
    with pytest.raises(WrongPlace):
        await encrypting_codec(keyring).decode([column])


async def test_a_payload_in_clear_is_refused_without_being_repeated(keyring: KeyRing) -> None:
    with pytest.raises(PlaintextRefused) as refused:
        await encrypting_codec(keyring).decode([PAYLOAD])
    assert "示例甲" not in str(refused.value)


async def test_a_foreign_history_can_be_read_when_asked_for(keyring: KeyRing) -> None:
    assert await encrypting_codec(keyring, plaintext=True).decode([PAYLOAD]) == [PAYLOAD]


async def test_settings_are_enough(tmp_path: Path) -> None:
    codec = encrypting_codec(Settings(data=tmp_path))
    assert await codec.decode(await codec.encode([PAYLOAD])) == [PAYLOAD]
    assert (tmp_path / "keys" / "master.key").exists()
