"""Writes members of enums as sets, and several enums' members in one list, so that they can be set side by side."""

from collections.abc import Sequence

from rules.numpy_text import Operand, Writer
from rules.numpy_values import Member
from rules.population_facts import MOST_BITS

ONE_BYTE = 256  # places in a list of members that one byte can name


def as_set(value: Member, writer: Writer) -> Operand:
    if isinstance(value.code, int):
        return constant_set(1 << value.code if value.single else value.code, value.members, writer)
    if not value.single:
        return value.code
    if len(value.members) > MOST_BITS:
        powers = writer.table([1 << place for place in range(len(value.members))], "object")
        return writer.let("{1}[{0}]", value.code, powers)
    return writer.let("logic.bit({0})", value.code)


def constant_set(some: int, members: tuple[str, ...], writer: Writer) -> Operand:
    """A set that the program names; one of many members is one of Python's numbers."""
    return writer.table([some], "object") if len(members) > MOST_BITS else some


def among_the_same(values: Sequence[Member], writer: Writer) -> list[Member]:
    """The same members, each at its place in one list of all of them."""
    members = tuple(dict.fromkeys(member for value in values for member in value.members))
    return [_placed(value, members, writer) for value in values]


def _placed(value: Member, members: tuple[str, ...], writer: Writer) -> Member:
    places = tuple(members.index(member) for member in value.members)
    code = value.code
    if places != tuple(range(len(places))):
        if not value.single:
            code = writer.let(f"logic.moved({{0}}, {places})", code)
        elif isinstance(code, int):
            code = places[code]
        else:
            code = writer.let("{1}[{0}]", code, writer.table(places, np_code(len(members))))
    return Member(members, code, value.single, value.kinds, value.possible)


def np_code(members: int) -> str:
    return "uint8" if members <= ONE_BYTE else "int64"
