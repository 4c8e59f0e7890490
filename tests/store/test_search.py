from pathlib import Path

import pytest

from store.key_file import open_or_create_key_ring
from store.keys import KeyRing
from store.search import Sought, name_token, normal_name, search_token


def test_the_same_value_has_the_same_token(keyring: KeyRing) -> None:
    assert search_token(keyring, Sought.PHONE, "13800000000") == search_token(keyring, Sought.PHONE, "13800000000")


def test_a_token_tells_nothing_of_its_value(keyring: KeyRing) -> None:
    token = search_token(keyring, Sought.PHONE, "13800000000")
    assert "13800000000" not in token
    assert token.partition(":")[0] == keyring.newest_id


def test_the_same_digits_elsewhere_have_another_token(keyring: KeyRing) -> None:
    tokens = {search_token(keyring, sought, "13800000000") for sought in Sought}
    assert len(tokens) == len(Sought)


def test_another_installation_has_other_tokens(keyring: KeyRing, tmp_path: Path) -> None:
    other = open_or_create_key_ring(tmp_path / "master.key")
    mac = [search_token(ring, Sought.NAME, "示例").partition(":")[2] for ring in (keyring, other)]
    assert mac[0] != mac[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("示例甲", " 示例 甲 "),
        ("阿不都·示例", "阿不都•示例"),
        ("阿不都·示例", "阿不都．示例"),
        ("Example Name", "ＥＸＡＭＰＬＥ name"),
        ("O'Example", "O’example"),
    ],
)
def test_names_that_are_written_in_two_ways_are_found(keyring: KeyRing, one: str, other: str) -> None:
    assert name_token(keyring, one) == name_token(keyring, other)


def test_different_names_stay_different() -> None:
    assert normal_name("示例甲") != normal_name("示例乙")
