"""What an example says its situation comes to, held against the determination that was made of it."""

import re
from collections.abc import Callable, Iterator, Mapping

from cases.determinations import Conclusion, Determination, Reading, Verdict
from rules.errors import PolicyError
from rules.loading import Mapping as MappingNode
from rules.loading import Node
from rules.reading import any_mapping, choice, day, items, mapping, scalar, text, texts
from rules.units import SPELLINGS, in_base

UNSETTLED = "unsettled"
MONEY = re.compile(r"(0|[1-9][0-9]*) (fen|yuan)", re.ASCII)
LENGTH = re.compile(r"(-?(?:0|[1-9][0-9]*)) ([a-z]+)", re.ASCII)
TRUTHS = {"yes": "true", "no": "false"}


def differences(example: MappingNode, made: Determination) -> Iterator[str]:
    """Every way in which it came out otherwise than it says."""
    for each in made.disagreements:
        yield f"the engines disagree on {each.rule}: {each.evaluator} and {each.engine}"
    for key, expect in EXPECTED.items():
        if key in example.entries:
            yield from expect(example.entries[key], made)


def _conclusion(node: Node, made: Determination) -> Iterator[str]:
    if made.conclusion is not (wanted := choice(node, Conclusion)):
        yield f"it says {wanted} and comes out {made.conclusion}"


def _holds(node: Node, made: Determination) -> Iterator[str]:
    yield from _not_the_same("holds", node, [each.rule for each in made.findings if each.verdict is Verdict.YES])


def _asks(node: Node, made: Determination) -> Iterator[str]:
    yield from _not_the_same("asks", node, [question.fact for question in made.questions])


def _refused_by(node: Node, made: Determination) -> Iterator[str]:
    """Conditions that do not hold and exclusions that do; grounds of which none holds."""
    wrong = {"condition": Verdict.NO, "exclusion": Verdict.YES}
    found = [each.rule for each in made.findings if wrong.get(each.role) is each.verdict]
    grounds = [each for each in made.findings if each.role == "ground"]
    if all(each.verdict is Verdict.NO for each in grounds):
        found += [each.rule for each in grounds]
    yield from _not_the_same("refused_by", node, found)


def _rules(node: Node, made: Determination) -> Iterator[str]:
    found = {each.rule: each.verdict.value for each in made.findings}
    for rule, wanted in any_mapping(node).entries.items():
        if rule not in found:
            raise PolicyError(f"'{rule}' is no rule of this policy", any_mapping(node).keys[rule])
        if (said := choice(wanted, Verdict).value) != found[rule]:
            yield f"it says {said} of {rule} and comes out {found[rule]}"


def _amount(node: Node, made: Determination) -> Iterator[str]:
    found = UNSETTLED if made.amount_fen is None else f"{made.amount_fen} fen"
    written = text(node)
    match = MONEY.fullmatch(written)
    if not match and written != UNSETTLED:
        expected = f"whole yuan or fen, such as 600 yuan, or {UNSETTLED}"
        raise PolicyError(f"'{written}' is not an amount", node.place, expected=expected)
    if (said := f"{in_base(int(match[1]), match[2])[0]} fen" if match else UNSETTLED) != found:
        yield f"it says an amount of {said} and comes to {found}"


def _parts(node: Node, made: Determination) -> Iterator[str]:
    yield from _readings("the part", any_mapping(node), made.parts)


def _items(node: Node, made: Determination) -> Iterator[str]:
    for list_, listed in any_mapping(node).entries.items():
        found = [each for each in made.items if each.item.partition("[")[0] == list_]
        said = items(listed)
        if len(said) != len(found):
            yield f"it says {len(said)} items of {list_}, and {len(found)} have columns"
        for one, each in zip(said, found, strict=False):
            yield from _readings(f"{each.item}.", any_mapping(one), each.read)


def _readings(what: str, said: MappingNode, found: tuple[Reading, ...]) -> Iterator[str]:
    values = {reading.name: reading.value for reading in found}
    for name, node in said.entries.items():
        if name not in values:
            raise PolicyError(f"'{name}' is not reckoned here", said.keys[name], expected=", ".join(values))
        if (wanted := _as_read(scalar(node).text)) != values[name]:
            between = "" if what.endswith(".") else " "
            yield f"it says {what}{between}{name} is {wanted}, and it is {values[name]}"


def _as_read(written: str) -> str:
    """yes, 3 years and 50 yuan as a reading tells them: true, 36 (months) and 5000 (fen)."""
    if (match := LENGTH.fullmatch(written)) and match[2] in SPELLINGS:
        return str(in_base(int(match[1]), SPELLINGS[match[2]])[0])
    return TRUTHS.get(written, written)


def _turns(node: Node, made: Determination) -> Iterator[str]:
    found = f"{made.turns.on} {made.turns.conclusion}" if made.turns else "no"
    if isinstance(node, MappingNode):
        entries = mapping(node, ("on", "conclusion"), ("on", "conclusion")).entries
        said = f"{day(entries['on'])} {choice(entries['conclusion'], Conclusion)}"
    elif (said := text(node)) != "no":
        raise PolicyError(f"'{said}' is no turn", node.place, expected="{on: …, conclusion: …}, or no")
    if said != found:
        yield f"it says that time turns it: {said}; and found is: {found}"


def _not_the_same(what: str, node: Node, found: list[str]) -> Iterator[str]:
    said = set(texts(node))
    if missing := sorted(said - set(found)):
        yield f"{what} says {', '.join(missing)}, which it does not"
    if extra := sorted(set(found) - said):
        yield f"{what} does not say {', '.join(extra)}"


EXPECTED: Mapping[str, Callable[[Node, Determination], Iterator[str]]] = {
    "conclusion": _conclusion,
    "holds": _holds,
    "refused_by": _refused_by,
    "rules": _rules,
    "asks": _asks,
    "amount": _amount,
    "parts": _parts,
    "items": _items,
    "turns": _turns,
}
