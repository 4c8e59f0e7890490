"""Numbers of a plan or a clock: written out, or by the name of a parameter that an authority set."""

from rules.errors import PolicyError
from rules.loading import Mapping, Node, Sequence
from rules.policies import ResolvedPolicy
from rules.reading import WHOLE, scalar
from rules.schema import Parameter
from rules.types import Number
from rules.units import Unit


def parameter_named(policy: ResolvedPolicy, node: Node) -> Parameter | None:
    """The parameter that a value names, or None where the number itself is written."""
    found = scalar(node)
    if WHOLE.fullmatch(found.text):
        return None
    if found.text not in policy.rules.parameters:
        raise PolicyError(f"'{found.text}' is neither a number nor a parameter of {policy.policy}", found.place)
    return policy.rules.parameters[found.text]


def whole_number(policy: ResolvedPolicy, node: Node, unit: Unit) -> int:
    """A whole number in a base unit."""
    parameter = parameter_named(policy, node)
    if parameter is None:
        return int(scalar(node).text)
    measures = isinstance(parameter.type, Number) and parameter.type.unit is unit
    if not isinstance(parameter.value, int) or not measures:
        raise PolicyError(f"'{parameter.name}' is not a whole number of {unit}s", scalar(node).place)
    return parameter.value


def whole_numbers(policy: ResolvedPolicy, node: Node, unit: Unit) -> tuple[int, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple(whole_number(policy, each, unit) for each in nodes)


def entry(policy: ResolvedPolicy, section: str, id_: str, key: str) -> Node:
    """One value of an item that the policy must say."""
    for item in policy.items(section):
        if item.id == id_ and isinstance(item.node, Mapping) and key in item.node.entries:
            return item.node.entries[key]
    place = policy.merged.layers[-1].file.place
    missing = f"{policy.policy} of {policy.jurisdiction} does not say '{key}' of '{id_}' under '{section}'"
    raise PolicyError(missing, place)
