"""Reading a policy file's parts, and gathering everything that is wrong with them before anything is refused."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TypeVar

from cases.authorities import Authority, Tag
from cases.wording import Wording
from rules.errors import PolicyError, PolicyRefused, nearest
from rules.loading import Mapping, Node, Scalar, Sequence
from rules.places import Place

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
WHOLE = re.compile(r"-?(0|[1-9][0-9]*)", re.ASCII)


class Errors:
    """All that is wrong with one set of files."""

    def __init__(self) -> None:
        self.found: list[PolicyError] = []

    @contextmanager
    def gather(self) -> Iterator[None]:
        """Keep what is wrong inside the block, and go on after it."""
        try:
            yield
        except PolicyError as error:
            self.found.append(error)
        except PolicyRefused as refused:
            self.found.extend(refused.errors)

    def each(self, items: Collection[T], read: Callable[..., object]) -> None:
        for item in items:
            with self.gather():
                read(item)

    def refuse(self) -> None:
        if self.found:  # what two versions share would be said twice
            raise PolicyRefused({str(error): error for error in self.found}.values())


def mapping(node: Node, allowed: Collection[str], required: Collection[str] = ()) -> Mapping:
    """A mapping with these keys only; a key that is not one of them is refused with the nearest that is."""
    found = any_mapping(node)
    wrong = [
        PolicyError(f"'{key}' is not known here", found.keys[key], suggestion=nearest(key, allowed),
                    expected=", ".join(allowed))
        for key in found.entries if key not in allowed
    ]  # fmt: skip
    wrong += [PolicyError(f"'{key}' is missing", found.place) for key in required if key not in found.entries]
    if wrong:
        raise PolicyRefused(wrong)
    return found


def any_mapping(node: Node) -> Mapping:
    if not isinstance(node, Mapping):
        raise PolicyError("a mapping belongs here", node.place, expected="key: value")
    return node


def items(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Sequence):
        raise PolicyError("a list belongs here", node.place, expected="[…]")
    return node.items


def scalar(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise PolicyError("a plain value belongs here", node.place)
    return node


def text(node: Node) -> str:
    found = scalar(node)
    if not found.text.strip():
        raise PolicyError("a text belongs here", found.place)
    return found.text


def texts(node: Node) -> tuple[str, ...]:
    return tuple(text(item) for item in items(node))


def day(node: Node) -> date:
    found = scalar(node)
    return day_in(found.text, found.place)


def day_in(written: str, place: Place) -> date:
    try:
        if DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise PolicyError(f"'{written}' is not a day of the calendar", place, expected="a day such as 2024-03-31")


def whole(node: Node) -> int:
    found = scalar(node)
    if not WHOLE.fullmatch(found.text):
        raise PolicyError(f"'{found.text}' is not a whole number", found.place, expected="digits only, such as 500000")
    return int(found.text)


def truth(node: Node) -> bool:
    return member(node, ("yes", "no")) == "yes"


def member(node: Node, known: Collection[str]) -> str:
    found = scalar(node)
    if found.text not in known:
        suggestion = nearest(found.text, known)
        raise PolicyError(f"'{found.text}' is not one of the values known here", found.place,
                          expected=", ".join(known), suggestion=suggestion)  # fmt: skip
    return found.text


def choice(node: Node, kind: type[E]) -> E:
    return kind(member(node, [each.value for each in kind]))


def wording(node: Node) -> Wording:
    found = mapping(node, ("zh", "en"), ("zh", "en"))
    return Wording(text(found.entries["zh"]), text(found.entries["en"]))


def authority(found: Mapping) -> Authority:
    """Every rule and value names its clause and says how far that was checked."""
    missing = [key for key in ("authority", "tag") if key not in found.entries]
    if missing:
        raise PolicyRefused(
            [PolicyError(f"'{key}' is missing", found.place, expected=EXPECTED[key]) for key in missing]
        )
    return Authority(text(found.entries["authority"]), choice(found.entries["tag"], Tag))


EXPECTED = {
    "authority": "the clause that sets this, such as 就业促进法第五十二条",
    "tag": "T, EO, ES, M or N: how far the clause was checked",
}
