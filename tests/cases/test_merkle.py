"""The tree of RFC 9162, section 2.1, against its definition, and against the vectors of Certificate Transparency."""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.merkle import (
    EMPTY_HEAD,
    Frontier,
    NoSuchProof,
    complete_spans,
    consistency_proof,
    grew,
    includes,
    inclusion_proof,
    joined,
    leaf_hash,
    node_hash,
    tree_head,
)

# The eight leaves and what comes of them, as the implementations of Certificate Transparency share them.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEFT_PAIR = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
FIRST_FOUR = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
SECOND_PAIR = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LAST_PAIR = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LAST_FOUR = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
FIRST, SECOND = ROOTS[1], "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
FIFTH = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
THIRD_PAIR = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
VECTOR_LEAVES = [leaf_hash(bytes.fromhex(given)) for given in INPUTS]
MOST = 300
LEAVES = [leaf_hash(str(number).encode()) for number in range(MOST)]


@cache
def by_definition(begin: int, end: int) -> bytes:
    """MTH(D[begin:end]) word for word: split at the largest power of two below the size."""
    if begin == end:
        return sha256(b"").digest()
    if end - begin == 1:
        return LEAVES[begin]
    middle = 1
    while middle * 2 < end - begin:
        middle *= 2
    left, right = by_definition(begin, begin + middle), by_definition(begin + middle, end)
    return sha256(b"\x01" + left + right).digest()


def head_of_vectors(begin: int, end: int) -> bytes:
    return tree_head(VECTOR_LEAVES[begin:end])


@pytest.mark.parametrize("size", range(9))
def test_heads_are_those_of_the_vectors(size: int) -> None:
    assert tree_head(VECTOR_LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, [SECOND, SECOND_PAIR, LAST_FOUR]),
        (5, 8, [FIFTH, LAST_PAIR, FIRST_FOUR]),
        (2, 3, [LEFT_PAIR]),
        (1, 5, [FIRST, SECOND_PAIR, FIFTH]),
    ],
)
def test_proofs_of_inclusion_are_those_of_the_vectors(index: int, size: int, proof: list[str]) -> None:
    made = inclusion_proof(index, size, head_of_vectors)
    assert [head.hex() for head in made] == proof
    assert includes(bytes.fromhex(ROOTS[size]), size, index, VECTOR_LEAVES[index], made)


@pytest.mark.parametrize(
    ("first", "second", "proof"),
    [
        (1, 1, []),
        (1, 8, [SECOND, SECOND_PAIR, LAST_FOUR]),
        (6, 8, [THIRD_PAIR, LAST_PAIR, FIRST_FOUR]),
        (2, 5, [SECOND_PAIR, FIFTH]),
    ],
)
def test_proofs_of_consistency_are_those_of_the_vectors(first: int, second: int, proof: list[str]) -> None:
    made = consistency_proof(first, second, head_of_vectors)
    assert [head.hex() for head in made] == proof
    assert grew(first, bytes.fromhex(ROOTS[first]), second, bytes.fromhex(ROOTS[second]), made)


def test_a_tree_grows_leaf_by_leaf_into_what_the_definition_says() -> None:
    tree = Frontier()
    assert tree.head == EMPTY_HEAD == by_definition(0, 0)
    for size, leaf in enumerate(LEAVES, start=1):
        tree.append(leaf)
        assert (tree.size, tree.head) == (size, by_definition(0, size))
        assert len(tree.heads) == size.bit_count()


def test_every_leaf_of_every_tree_is_proved() -> None:
    for size in range(1, MOST + 1):
        head = by_definition(0, size)
        for index in range(0, size, 1 if size < 70 else 7):
            proof = inclusion_proof(index, size, by_definition)
            assert includes(head, size, index, LEAVES[index], proof), (index, size)
            assert len(proof) <= (size - 1).bit_length()


def test_every_tree_is_proved_to_have_grown_from_every_smaller_one() -> None:
    for second in range(1, MOST + 1):
        for first in range(1, second + 1, 1 if second < 70 else 7):
            proof = consistency_proof(first, second, by_definition)
            heads = by_definition(0, first), by_definition(0, second)
            assert grew(first, heads[0], second, heads[1], proof), (first, second)


SIZES = st.integers(1, MOST)


@given(st.data(), SIZES)
def test_a_proof_is_of_one_leaf_at_one_place_of_one_tree(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, by_definition)
    head, leaf = by_definition(0, size), LEAVES[index]
    other = data.draw(st.integers(0, size + 1).filter(lambda each: each != index))
    assert not includes(head, size, other, leaf, proof)
    assert not includes(head, size, index, leaf_hash(b"another"), proof)
    assert not includes(by_definition(0, size - 1), size, index, leaf, proof)
    assert not includes(head, size, index, leaf, [*proof, leaf])
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not includes(head, size, index, leaf, proof[:at] + proof[at + 1 :])
        assert not includes(head, size, index, leaf, [*proof[:at], node_hash(leaf, leaf), *proof[at + 1 :]])


@given(st.data(), st.integers(2, MOST))
def test_a_tree_that_was_changed_did_not_grow_from_the_older_one(data: st.DataObject, second: int) -> None:
    first = data.draw(st.integers(1, second - 1))
    changed_at = data.draw(st.integers(0, first - 1))
    changed = [*LEAVES[:changed_at], leaf_hash(b"another"), *LEAVES[changed_at + 1 : second]]
    proof = consistency_proof(first, second, lambda begin, end: tree_head(changed[begin:end]))
    old, new = by_definition(0, first), tree_head(changed)
    assert grew(first, tree_head(changed[:first]), second, new, proof)
    assert not grew(first, old, second, new, proof)
    assert not grew(first, old, second, new, [])
    assert not grew(second, new, first, old, proof)
    assert not grew(first, old, first, new, [])


@given(SIZES, st.data())
def test_a_part_is_made_of_complete_parts(end: int, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, end))
    # What is asked of a tree begins where a complete part of its size would.
    begin -= begin % (1 << max(end - begin, 1).bit_length())
    spans = list(complete_spans(begin, end))
    assert joined([by_definition(*span) for span in spans]) == by_definition(begin, end)
    assert all((last - first).bit_count() == 1 for first, last in spans)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(NoSuchProof, match="no leaf"):
        inclusion_proof(index, size, by_definition)
    assert not includes(EMPTY_HEAD, size, index, LEAVES[0], [])


@pytest.mark.parametrize(("first", "second"), [(0, 5), (6, 5)])
def test_a_tree_that_could_not_have_grown_so_has_no_proof(first: int, second: int) -> None:
    with pytest.raises(NoSuchProof, match="cannot have grown"):
        consistency_proof(first, second, by_definition)
