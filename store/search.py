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


class Part(StrEnum):
    """What a token of `worker_finding` stands for: a person is found by less than a whole number or name."""

    NAME = "name"  # 全名，繁体作简体
    PIECE = "piece"  # 名字中相连的二至四字
    READING = "reading"  # 全拼
    BEGINNING = "beginning"  # 拼音的开头
    INITIALS = "initials"  # 拼音首字母
    PHONE_END = "phone-end"  # 电话后四位
    IDENTITY_END = "identity-end"  # 证件号码后四位、后六位


def search_token(keyring: KeyRing, sought: Sought, value: str) -> str:
    """The token of a value in its normal form, with the id of its key, so that a later re-indexing knows it."""
    return _token(keyring, sought, value)


def part_token(keyring: KeyRing, part: Part, value: str) -> str:
    return _token(keyring, f"part/{part}", value)


def name_token(keyring: KeyRing, name: str) -> str:
    return search_token(keyring, Sought.NAME, normal_name(name))


def normal_name(name: str) -> str:
    """A name without what differs between two people who write the same one: width, case, spaces, middle dots."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if not c.isspace() and c not in _IGNORED_IN_NAMES)


def _token(keyring: KeyRing, of: str, value: str) -> str:
    key = keyring.search_key
    mac = hmac.digest(key.secret, f"{of}\0{value}".encode(), "sha256")
    return f"{key.id}:{mac.hex()}"
