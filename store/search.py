"""Search tokens: how a person is found by number, phone or name without any of them standing in clear."""

import hmac
import unicodedata
from enum import StrEnum
from typing import Final

from store.keys import KeyRing

_IGNORED_IN_NAMES: Final = frozenset("·•・‧∙．.。-‐'’")  # written one way today and another tomorrow


class Sought(StrEnum):
    """What a token stands for: the same digits as a phone and as a number give different tokens."""

    IDENTITY = "identity"
    PHONE = "phone"
    NAME = "name"
    LINK_CODE = "link-code"  # of a worker's one-time link


def search_token(keyring: KeyRing, sought: Sought, value: str) -> str:
    """The token of a value in its normal form, with the id of its key, so that a later re-indexing knows it."""
    key = keyring.search_key
    mac = hmac.digest(key.secret, f"{sought}\0{value}".encode(), "sha256")
    return f"{key.id}:{mac.hex()}"


def name_token(keyring: KeyRing, name: str) -> str:
    return search_token(keyring, Sought.NAME, normal_name(name))


def normal_name(name: str) -> str:
    """A name without what differs between two people who write the same one: width, case, spaces, middle dots."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in _IGNORED_IN_NAMES)
