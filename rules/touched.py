"""Which policies can come out otherwise in one book than in another. All that a policy is resolved from is compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

from rules.documents import PolicyFile
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar
from rules.loading import Sequence as SequenceNode
from rules.repeals import Act

WORD: Final = re.compile(r"\w+")


class Book(Protocol):
    files: dict[str, list[PolicyFile]]
    facts_written: Mapping[str, Node]
    calendar_hash: str
    acts: tuple[Act, ...]


def policies_touched(before: Book, after: Book) -> frozenset[str]:
    """Every other one is in both books the same, in every place, on every day, hash for hash.

    Touched is one by a file of its own, tables it looks up, a repeal that reaches it, or a fact that it mentions.
    """
    policies = frozenset((*before.files, *after.files))
    if before.calendar_hash != after.calendar_hash:
        return policies
    same_facts = list(before.facts_written.items()) == list(after.facts_written.items())
    return frozenset(
        policy
        for policy in policies
        if _law(before, policy) != _law(after, policy)
        or not (same_facts or _facts(before, policy) == _facts(after, policy))
    )


def _law(book: Book, policy: str) -> object:
    return _files(book, policy), [act for act in book.acts if act.repeal.policy == policy]


def _files(book: Book, policy: str) -> Sequence[PolicyFile]:
    own = book.files.get(policy, [])
    looked_up = dict.fromkeys(read for file in own for read in file.reads)
    return [*own, *(file for read in looked_up for file in book.files.get(read, ()))]


def _facts(book: Book, policy: str) -> Sequence[tuple[str, Node]]:
    """The facts that it reads, in the order of their declarations, and perhaps some that only share a word with it."""
    words = {word for file in _files(book, policy) for word in _words(file.header)}
    return [(name, node) for name, node in book.facts_written.items() if name in words]


def _words(entries: Mapping[str, Node]) -> Iterator[str]:
    for key, node in entries.items():
        yield from WORD.findall(key)
        yield from _words_of(node)


def _words_of(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text):
            yield from WORD.findall(text)
        case SequenceNode(items):
            for item in items:
                yield from _words_of(item)
        case MappingNode(entries):
            yield from _words(entries)
