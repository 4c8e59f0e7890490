"""The facts a policy may read, declared once: type, range, who can answer, and the question in both languages."""

from collections.abc import Collection, Iterable, Iterator

from cases.wording import Wording
from rules.errors import PolicyError, nearest
from rules.loading import Mapping, Node
from rules.reading import any_mapping, choice, day, items, mapping, member, scalar, text, texts, truth, whole, wording
from rules.scalars import number, unit_named, year_month
from rules.schema import About, AskedOf, Fact, Field
from rules.types import FIRST_DAY, LAST_DAY, REF, TRUTH, Choice, Day, Month, Number, Records, Type
from rules.units import BASE
from rules.words import RESERVED, is_name, kind_of

KINDS = ("bool", "number", "day", "month", "enum", "ref", "list")
PLAIN_KINDS = KINDS[:-1]
OF_A_FIELD = ("type", "unit", "min", "max", "members", "label", "asked_of", "changes")
OF_A_FACT = (*OF_A_FIELD, "about", "question", "moves", "evidence", "most", "fields")
LONGEST_LIST = 500


def facts_declared(node: Node) -> tuple[Fact, ...]:
    found = any_mapping(node)
    return tuple(_fact(name, inner, found) for name, inner in found.entries.items())


def _fact(name: str, node: Node, around: Mapping) -> Fact:
    _check_name(name, around)
    found = mapping(node, OF_A_FACT, ("type", "label"))
    kind = member(found.entries["type"], KINDS)
    label = wording(found.entries["label"])
    fields = _fields(found) if kind == "list" else ()
    most = whole(found.entries["most"]) if "most" in found.entries else 50
    if not 1 <= most <= LONGEST_LIST:
        raise PolicyError(f"a list has between 1 and {LONGEST_LIST} items", found.place)
    return Fact(
        name=name,
        type=Records(tuple((f.name, f.type) for f in fields), most) if fields else _type(kind, found),
        label=label,
        question=wording(found.entries["question"]) if "question" in found.entries else _asked(label),
        asked_of=_asked_of(found),
        given_in=unit_named(found.entries.get("unit")),
        moves="moves" in found.entries and truth(found.entries["moves"]),
        evidence=texts(found.entries["evidence"]) if "evidence" in found.entries else (),
        fields=fields,
        changes=_changes(found),
        about=choice(found.entries["about"], About) if "about" in found.entries else About.PERSON,
        place=around.keys[name],
    )


def evidence_declared(node: Node) -> dict[str, Wording]:
    """Kinds of evidence by their id, each with its name in both languages: a closed list that facts choose from."""
    return {id_: wording(named) for id_, named in any_mapping(node).entries.items()}


def evidence_problems(facts: Iterable[Fact], known: Collection[str]) -> Iterator[PolicyError]:
    """Evidence that a fact takes and nobody declared."""
    taken = {kind: fact.place for fact in facts for kind in fact.evidence}
    for kind, place in taken.items():
        if kind not in known:
            yield PolicyError(f"'{kind}' is no declared kind of evidence", place, suggestion=nearest(kind, known),
                              expected="an id that stands under 'evidence:'")  # fmt: skip


def _fields(found: Mapping) -> tuple[Field, ...]:
    if "fields" not in found.entries:
        raise PolicyError("a list declares the fields of its items", found.place, expected="fields: {…}")
    inner = any_mapping(found.entries["fields"])
    return tuple(_field(name, node, inner) for name, node in inner.entries.items())


def _field(name: str, node: Node, around: Mapping) -> Field:
    if not is_name(name):  # after a dot every word is a field, `month` and `sum` too
        raise PolicyError(f"'{name}' cannot be a name", around.keys[name], expected="letters, digits and _")
    found = mapping(node, OF_A_FIELD, ("type", "label"))
    kind = member(found.entries["type"], PLAIN_KINDS)
    return Field(
        name=name,
        type=_type(kind, found),
        label=wording(found.entries["label"]),
        asked_of=_asked_of(found),
        changes=_changes(found),
        given_in=unit_named(found.entries.get("unit")),
        place=around.keys[name],
    )


def _asked_of(found: Mapping) -> AskedOf:
    return choice(found.entries["asked_of"], AskedOf) if "asked_of" in found.entries else AskedOf.APPLICANT


def _changes(found: Mapping) -> bool | None:
    return truth(found.entries["changes"]) if "changes" in found.entries else None


def _asked(label: Wording) -> Wording:
    return Wording(f"请提供：{label.zh}", f"Please give: {label.en}")


def _check_name(name: str, around: Mapping) -> None:
    if name in RESERVED:
        raise PolicyError(f"'{name}' is {kind_of(name)} of the language", around.keys[name], expected="another name")
    if not is_name(name):
        raise PolicyError(f"'{name}' cannot be a name", around.keys[name], expected="letters, digits and _")


def _type(kind: str, found: Mapping) -> Type:
    match kind:
        case "bool":
            return TRUTH
        case "ref":
            return REF
        case "enum":
            return _enum(found)
        case "day":
            return Day(_bound(found, "min", FIRST_DAY), _bound(found, "max", LAST_DAY))
        case "month":
            bounds = [year_month(scalar(found.entries[key])).number if key in found.entries else None
                      for key in ("min", "max")]  # fmt: skip
            return Month(bounds[0] or Month().least, bounds[1] or Month().most)
    return _number(found)


def _bound(found: Mapping, key: str, otherwise: int) -> int:
    if key not in found.entries:
        return otherwise
    return day(found.entries[key]).toordinal()


def _enum(found: Mapping) -> Choice:
    members = tuple(text(item) for item in items(found.entries.get("members", found)))
    for item in members:
        if not is_name(item) or item in RESERVED:
            raise PolicyError(f"'{item}' cannot be a member", found.entries["members"].place)
    if len(set(members)) != len(members):
        raise PolicyError("a member is named twice", found.entries["members"].place)
    return Choice(members)


def _number(found: Mapping) -> Number:
    unit = unit_named(found.entries.get("unit"))
    for key in ("min", "max"):
        if key not in found.entries:
            raise PolicyError(f"a number declares its '{key}'", found.place, expected="the range it can have at all")
    least, most = (number(found.entries[key], unit)[0] for key in ("min", "max"))
    if least > most:
        raise PolicyError("'min' is above 'max'", found.place)
    return Number(BASE[unit][0], least, most)
