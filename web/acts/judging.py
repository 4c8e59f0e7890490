"""Whether an act can be done now, and why not: asked of the act itself, before and while its form is filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cases.commands import AnyAct
from cases.refusals import Refusal, refusal
from cases.wording import Wording
from web.acts.asked import PARTS
from web.acts.at_hand import AtHand
from web.acts.described import ActForm, Field
from web.acts.fact_values import FactValue
from web.acts.naming import parts_of
from web.acts.reading import FACT, field_of, nested, widget_of
from web.acts.widgets import Asked

# Of what was not filled in yet nothing is said beforehand.
_UNSAID: Final = frozenset({"blank"})


@dataclass(frozen=True)
class Standing:
    """`reasons`: why it cannot be done at all; without any, `parts` are those of the case it can be done about now."""

    reasons: tuple[Refusal, ...]
    parts: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        return not self.reasons


def standing(hand: AtHand, described: ActForm) -> Standing:
    """How an act stands for the reader, before anything is filled in."""
    part = part_field(described)
    if part is None:
        return Standing(_in_the_way(hand, described, sample(hand, described)))
    against: dict[str, tuple[Refusal, ...]] = {}
    for each in _candidates(hand, part):
        against[each] = _in_the_way(hand, described, sample(hand, described, {part.name: each}))
    open_to = tuple(each for each, reasons in against.items() if not reasons)
    if open_to:
        return Standing((), open_to)
    # What stands in the way of the act whatever it is about; else that there is nothing it could be about.
    general = _general(hand, described, part, tuple(against.values()))
    return Standing(general or (_nothing(part),))


def sample(hand: AtHand, described: ActForm, filled: Mapping[str, Any] | None = None) -> AnyAct:
    """The act as far as it is filled in, the rest made up: for asking the rules, never for sending."""
    filled = filled or {}
    fields: dict[str, Any] = {}
    for field in described.fields:
        if field.own or field.when:
            continue
        if field.name in filled:
            fields[field.name] = filled[field.name]
        elif field.required or isinstance(field.widget, FactValue):
            widget = widget_of(field, str(filled.get(FACT, "")), hand.facts)
            fields[field.name] = widget.sample(hand.today)
    act: AnyAct = hand.acts.read_act(described.kind, nested({**filled, **fields}))
    return act


def part_field(described: ActForm) -> Field | None:
    """The field that names a part of the case, if the act is about one."""
    found = (f for f in described.fields if isinstance(f.widget, Asked) and f.widget.of in PARTS)
    return next(found, None)


def _candidates(hand: AtHand, field: Field) -> Iterator[str]:
    if isinstance(field.widget, Asked):
        yield from (part.id for part in parts_of(field.widget.of, hand.case))


def _in_the_way(hand: AtHand, described: ActForm, act: AnyAct) -> tuple[Refusal, ...]:
    """The reasons that are about no field: those nobody could mend by filling something in."""
    return tuple(
        reason for reason in hand.objections(act) if reason.code not in _UNSAID and not field_of(described, reason)
    )


def _general(
    hand: AtHand, described: ActForm, part: Field, against: tuple[tuple[Refusal, ...], ...]
) -> tuple[Refusal, ...]:
    nobody = _in_the_way(hand, described, sample(hand, described, {part.name: ""}))
    general = tuple(reason for reason in nobody if reason.code != "unknown")
    if general:
        return general
    return tuple(dict.fromkeys(reason for reasons in against for reason in reasons))


def _nothing(field: Field) -> Refusal:
    label = field.label
    return refusal(
        "nothing-there",
        f"没有可选的项目（{label.zh}）。",
        f"There is nothing to choose from ({label.en}).",
    )


NOT_OURS: Final = Wording("没有这一项，或不在您的范围内。", "There is no such thing, or it is not of your place.")
