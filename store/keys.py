"""The master keys of an installation, and the keys derived from them for each purpose."""

from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from store.aead import KEY_BYTES, Key, UnknownKey

WRAPPING: Final = "person keys"
PAYLOADS: Final = "temporal payloads"
SEARCH: Final = "search tokens"
RECEIPTS: Final = "receipts of leaves"
SNAPSHOTS: Final = "snapshots of the population"
LISTS: Final = "lists of people"
CHECKPOINTS: Final = "checkpoints of the decision log"


class KeysUnusable(Exception):
    """The keys are missing, open to others, or not what they should be. The message never holds a key."""


class KeyRing:
    """Master keys, oldest first: every one decrypts, the newest encrypts.

    Search tokens stay under one key, whichever is newest: otherwise a person entered before a rotation of the keys
    would not be found again.
    """

    def __init__(self, masters: Sequence[Key], search_id: str) -> None:
        by_id = {key.id: key for key in masters}
        if not masters or len(by_id) != len(masters):
            raise KeysUnusable("A key ring needs at least one key, and no two keys with the same id.")
        if search_id not in by_id:
            raise KeysUnusable(f"The key ring names {search_id} as its search key and does not hold it.")
        self.ids = tuple(by_id)
        self._wrapping = {key.id: _derived(key, WRAPPING) for key in masters}
        self._payload = {key.id: _derived(key, PAYLOADS) for key in masters}
        self._snapshot = {key.id: _derived(key, SNAPSHOTS) for key in masters}
        self._list = {key.id: _derived(key, LISTS) for key in masters}
        self._receipt = {key.id: _derived(key, RECEIPTS) for key in masters}
        self.search_key = _derived(by_id[search_id], SEARCH)
        # A signer each, the newest last: while an older master key is kept, it vouches for the newer one's checkpoints.
        self.checkpoint_seeds = tuple(_derived(key, CHECKPOINTS) for key in masters)

    @property
    def newest_id(self) -> str:
        return self.ids[-1]

    def wrapping_key(self, key_id: str | None = None) -> Key:
        """The key that wraps persons' keys: the newest, or one that was used before."""
        return _find(self._wrapping, key_id or self.newest_id)

    def payload_key(self, key_id: str | None = None) -> Key:
        """The key for what goes through Temporal: the newest, or one that was used before."""
        return _find(self._payload, key_id or self.newest_id)

    def snapshot_key(self, key_id: str | None = None) -> Key:
        """The key for snapshots of the population: the newest, or one that was used before."""
        return _find(self._snapshot, key_id or self.newest_id)

    def list_key(self, key_id: str | None = None) -> Key:
        """The key for lists and files that name many people: the newest, or one that was used before."""
        return _find(self._list, key_id or self.newest_id)

    def receipt_key(self, key_id: str | None = None) -> Key:
        """The key that shows a leaf to be as it was written: the newest, or one that was used before."""
        return _find(self._receipt, key_id or self.newest_id)


def _find(keys: dict[str, Key], key_id: str) -> Key:
    try:
        return keys[key_id]
    except KeyError:
        raise UnknownKey(
            f"Key {key_id} is not in the key file, which holds {', '.join(keys)}: put it back to read what it sealed."
        ) from None


def _derived(master: Key, purpose: str) -> Key:
    """A key for one purpose: who learns it learns neither the master key nor the others."""
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"yizhan/1/{purpose}".encode())
    return Key(master.id, kdf.derive(master.secret))
