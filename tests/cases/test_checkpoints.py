"""Checkpoints in the text form of C2SP: one way to write them, any signature that is wrong refuses the whole."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.checkpoints import Checkpoint, NotACheckpoint, PublicKey, opened, opened_text, public_key, signed
from store.aead import Key
from store.log_signing import Ed25519Signer, verifies

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
CHECKPOINT = Checkpoint("yizhan.log/example", 20_852_163, bytes(range(32)), AT)
OLD = Ed25519Signer("yizhan.log/example", Key("old", b"o" * 32))
NEW = Ed25519Signer("yizhan.log/example", Key("new", b"n" * 32))
# A note, and the public key of its signer, from the documentation of another implementation (Go's sumdb/note).
FOREIGN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
FOREIGN_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def key_of(signer: Ed25519Signer) -> PublicKey:
    return PublicKey(signer.name, signer.algorithm, signer.public)


def known(*signers: Ed25519Signer) -> dict[str, PublicKey]:
    return {key_of(signer).id: key_of(signer) for signer in signers}


def test_a_note_of_another_implementation_is_read() -> None:
    key = public_key(FOREIGN_KEY)
    assert key.spelled == FOREIGN_KEY
    assert opened_text(FOREIGN_NOTE, {key.id: key}, verifies).startswith("If you think")


def test_a_checkpoint_is_written_as_the_standard_says() -> None:
    note = signed(CHECKPOINT, [NEW])
    lines = note.split("\n")
    assert lines[:5] == [
        "yizhan.log/example",
        "20852163",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "time 2026-03-02T01:00:00+00:00",
        "",
    ]
    assert lines[5].startswith("— yizhan.log/example ")
    assert opened(note, known(NEW), verifies) == CHECKPOINT


@pytest.mark.parametrize("knows", [(OLD,), (NEW,), (OLD, NEW)])
def test_while_the_key_changes_whoever_knows_either_can_check(knows: tuple[Ed25519Signer, ...]) -> None:
    assert opened(signed(CHECKPOINT, [OLD, NEW]), known(*knows), verifies) == CHECKPOINT


def test_a_signature_of_a_stranger_is_worth_nothing() -> None:
    with pytest.raises(NotACheckpoint, match="No key that is known"):
        opened(signed(CHECKPOINT, [OLD]), known(NEW), verifies)


def test_one_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    other = signed(replace(CHECKPOINT, size=1), [OLD]).splitlines(keepends=True)[-1]
    with pytest.raises(NotACheckpoint, match="does not fit"):
        opened(signed(CHECKPOINT, [NEW]) + other, known(OLD, NEW), verifies)


@given(st.data())
def test_a_changed_byte_of_a_note_is_found(data: st.DataObject) -> None:
    content = bytearray(signed(CHECKPOINT, [NEW]).encode())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((NotACheckpoint, UnicodeDecodeError)):
        opened(content.decode(), known(NEW), verifies)


@pytest.mark.parametrize(
    "text",
    ["a\n1\nAA==\n", "a\nx\nAA==\ntime 2026-03-02T01:00:00+00:00\n", "a\n01\nAA==\ntime 2026-03-02T01:00:00+00:00\n"],
)
def test_what_is_signed_but_no_checkpoint_is_refused(text: str) -> None:
    class Odd(Checkpoint):
        @property
        def text(self) -> str:
            return text

    with pytest.raises(NotACheckpoint):
        opened(signed(Odd("a", 1, b"", AT), [NEW]), known(NEW), verifies)


@pytest.mark.parametrize("spelled", ["", "name", "name+00000000+AQ==", "name+zz", "name+00000000+!!"])
def test_what_is_no_public_key_is_refused(spelled: str) -> None:
    with pytest.raises(NotACheckpoint):
        public_key(spelled)


def test_an_algorithm_that_is_not_known_verifies_nothing() -> None:
    key = key_of(NEW)
    assert verifies(key.algorithm, key.public, NEW.sign(b"text"), b"text")
    assert not verifies(2, key.public, NEW.sign(b"text"), b"text")
    assert not verifies(key.algorithm, b"short", NEW.sign(b"text"), b"text")
