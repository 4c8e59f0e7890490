"""Checkpoints (检查点): the head of the decision log at a size, signed, in the text form of C2SP's tlog-checkpoint.

    ORIGIN
    SIZE
    BASE64 OF THE HEAD
    time 2026-03-02T01:00:00+00:00
    (an empty line)
    — KEY NAME BASE64 OF KEY ID AND SIGNATURE

Several keys may sign one note; each signs all before the empty line.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final, Protocol

ED25519: Final = 1
KEY_ID_BYTES: Final = 4
_SIGNATURE: Final = "— "
_TIME: Final = "time "
_LINES: Final = 4


class NotACheckpoint(ValueError):
    """A text is not a signed checkpoint, or no key that is known signed it."""


class Signer(Protocol):
    """Who signs: a key of ours, or a device that keeps one."""

    @property
    def name(self) -> str: ...
    @property
    def algorithm(self) -> int: ...
    @property
    def public(self) -> bytes: ...
    def sign(self, text: bytes) -> bytes: ...


class Verifies(Protocol):
    def __call__(self, algorithm: int, public: bytes, signature: bytes, text: bytes, /) -> bool: ...


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n{_TIME}{self.at.isoformat()}\n"


@dataclass(frozen=True)
class PublicKey:
    """A key that others know: `spelled` is how it is given to them (`NAME+ID+BASE64`)."""

    name: str
    algorithm: int
    public: bytes

    @property
    def id(self) -> str:
        return key_id(self.name, self.algorithm, self.public).hex()

    @property
    def spelled(self) -> str:
        return f"{self.name}+{self.id}+{_base64(bytes([self.algorithm]) + self.public)}"


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([algorithm]) + public).digest()[:KEY_ID_BYTES]


def public_key(spelled: str) -> PublicKey:
    """Raises NotACheckpoint where it is not one, or its id is another's."""
    try:
        name, id_, encoded = spelled.strip().split("+", 2)
        content = b64decode(encoded, validate=True)
    except ValueError as error:
        raise NotACheckpoint("A public key is written NAME+ID+BASE64.") from error
    if not content or key_id(name, content[0], content[1:]).hex() != id_:
        raise NotACheckpoint("The id of this public key is not its own.")
    return PublicKey(name, content[0], content[1:])


def signed(checkpoint: Checkpoint, signers: Sequence[Signer]) -> str:
    return signed_text(checkpoint.text, signers)


def signed_text(text: str, signers: Sequence[Signer]) -> str:
    """A note: the text, an empty line, a line for each signature."""
    lines = [_signature_line(signer, text) for signer in signers]
    return f"{text}\n{''.join(lines)}"


def opened(note: str, keys: Mapping[str, PublicKey], verifies: Verifies) -> Checkpoint:
    """The checkpoint of a note that a known key signed. Raises NotACheckpoint; keys by their id."""
    return checkpoint_of(opened_text(note, keys, verifies))


def opened_text(note: str, keys: Mapping[str, PublicKey], verifies: Verifies) -> str:
    """The text of a note. Signatures of keys that nobody knows are passed over; a known key's must hold."""
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    if not separator or not signatures.endswith("\n"):
        raise NotACheckpoint("A signed note has an empty line before its signatures, and ends with a line.")
    found = [_holds(line, text, keys, verifies) for line in signatures.removesuffix("\n").split("\n")]
    if False in found:
        raise NotACheckpoint("A signature does not fit what it signs.")
    if True not in found:
        raise NotACheckpoint("No key that is known has signed this.")
    return text


def checkpoint_of(text: str) -> Checkpoint:
    try:
        origin, size, root, time = text.removesuffix("\n").split("\n")
        found = Checkpoint(
            origin, int(size), b64decode(root, validate=True), datetime.fromisoformat(time[len(_TIME) :])
        )
    except ValueError as error:
        raise NotACheckpoint(f"A checkpoint has {_LINES} lines: origin, size, head, time.") from error
    if found.text != text or found.at.tzinfo is None:
        raise NotACheckpoint("A checkpoint is written in one way only, and this is another.")
    return found


def _signature_line(signer: Signer, text: str) -> str:
    id_ = key_id(signer.name, signer.algorithm, signer.public)
    return f"{_SIGNATURE}{signer.name} {_base64(id_ + signer.sign(text.encode()))}\n"


def _holds(line: str, text: str, keys: Mapping[str, PublicKey], verifies: Verifies) -> bool | None:
    """Whether a signature holds; None: of a key that is not known."""
    name, _, encoded = line.removeprefix(_SIGNATURE).rpartition(" ")
    try:
        content = b64decode(encoded, validate=True)
    except ValueError as error:
        raise NotACheckpoint("A signature is not base64.") from error
    if not line.startswith(_SIGNATURE) or not name or _base64(content) != encoded:
        raise NotACheckpoint("A signature's line is written in one way only, and this is another.")
    key = keys.get(content[:KEY_ID_BYTES].hex())
    if key is None or key.name != name:
        return None
    return verifies(key.algorithm, key.public, content[KEY_ID_BYTES:], text.encode())


def _base64(content: bytes) -> str:
    return b64encode(content).decode("ascii")
