"""The one door to durable-rules: one program, one case at a time, and nothing of a case left behind."""

import json
import re
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeAlias

# The C module only: the library's own Host starts threads that crash.
import durable_rules_engine as engine

from rules.durable_limits import check
from rules.durable_program import (
    LARGEST_NUMBER,
    AllOf,
    Comparison,
    Condition,
    DurableProgram,
    EngineRule,
    Field,
    Heard,
    Settled,
    Test,
)

END = "__end__"
# One state for ever: the engine finds states by a 32-bit hash, keeps at most 1,024, and crashes on the next.
STATE = "0"
NO_SUCH_STATE = "309"
MOST_FIRINGS = 5_000
DECODER = json.JSONDecoder()

OPERATORS = {
    Comparison.IS_NOT: "$neq",
    Comparison.BELOW: "$lt",
    Comparison.AT_MOST: "$lte",
    Comparison.ABOVE: "$gt",
    Comparison.AT_LEAST: "$gte",
}


class EngineFailed(RuntimeError):
    """The rule engine could not finish. The message never holds a value of the case."""


class FieldRefused(ValueError):
    """A value would reach the engine under a name or with a type that the program does not declare."""


class LoadedProgram:
    """A program inside the engine. `close` it; a program that is only dropped is never freed."""

    def __init__(self, program: DurableProgram) -> None:
        check(program)
        self._encoders = {field.name: _encoder(field) for field in program.fields}
        self._rules = {rule.id: rule for rule in program.rules}
        self._announcements = {rule.id: _announcement(rule) for rule in program.rules}
        self._heard = {rule.id for rule in program.rules if _is_heard(rule, program)}
        self._lock = Lock()
        self._state_in_use = False
        self._handle: int | None = _call(engine.create_ruleset, "policy", _engine_rules(program))
        self._prime()

    def verdicts(self, fields: Mapping[str, int | str]) -> dict[str, Settled]:
        """What was announced about each rule; a rule without an entry is unknown."""
        case = self._case(fields)
        with self._lock:
            if self._handle is None:
                raise EngineFailed("This program was closed.")
            if self._state_in_use:  # the previous call was interrupted while it tidied up
                self._reset(self._handle)
            self._state_in_use = True
            try:
                fired = self._run(self._handle, case)
            finally:
                self._reset(self._handle)
        return self._announced(fired)

    def close(self) -> None:
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is None:
                return
            if self._state_in_use:
                self._reset(handle)  # a program freed with a live state leaks it
            _call(engine.delete_ruleset, handle)

    def _case(self, fields: Mapping[str, int | str]) -> str:
        """The case as the engine's JSON; what a program does not declare never gets there."""
        encoders, name, texts = self._encoders, "", list[str]()
        try:
            for name, value in fields.items():
                texts.append(encoders[name](value))
        except (KeyError, TypeError):
            refused = f"The field {name!r} is not declared, or its value is not of the declared kind."
            raise FieldRefused(refused) from None
        return f'{{"kind":"case","sid":"{STATE}"{"".join(texts)}}}'

    def _prime(self) -> None:
        # The engine frees an uninitialised pointer if a state is deleted before an action ever ran in it.
        handle = self._handle
        if handle is None:
            raise EngineFailed("The engine gave no handle.")
        self._state_in_use = True
        self._run(handle, '{"kind":"case","sid":"0"}')
        self._reset(handle)

    def _run(self, handle: int, case: str) -> dict[str, None]:
        unheard, state = _call(engine.assert_fact, handle, case)
        if unheard:
            raise EngineFailed("The engine did not take the case.")
        fired: dict[str, None] = {}
        started = _call(engine.start_action_for_state, handle, state)
        message = started[1] if started else None
        for _ in range(MOST_FIRINGS):
            if message is None:
                break
            rule = _rule_named_in(message)
            if rule not in fired:  # a condition with two true branches fires its rule twice
                fired[rule] = None
                if rule in self._heard:
                    _call(engine.assert_fact, handle, self._announcements[rule])
            message = _call(engine.complete_and_start_action, handle, state)
        else:
            raise EngineFailed(f"The engine was stopped after {MOST_FIRINGS} firings.")
        if next(reversed(fired), None) != END:
            raise EngineFailed("The engine stopped before the end.")
        return fired

    def _reset(self, handle: int) -> None:
        try:
            engine.delete_state(handle, STATE)
        except engine.error as error:
            if _code(error) != NO_SUCH_STATE:
                raise EngineFailed(f"The engine could not clear its state ({_code(error)}).") from None
        self._state_in_use = False

    def _announced(self, fired: Mapping[str, None]) -> dict[str, Settled]:
        verdicts: dict[str, Settled] = {}
        for rule in (self._rules[id_] for id_ in fired if id_ != END):
            if verdicts.setdefault(rule.rule, rule.verdict) is not rule.verdict:
                raise EngineFailed(f"The engine says both yes and no about {rule.rule!r}.")
        return verdicts


Encoder: TypeAlias = Callable[[int | str], str]


def _encoder(field: Field) -> Encoder:
    """From a value to `,"name":value`; KeyError or TypeError for one that the field does not admit."""
    name = json.dumps(field.name, ensure_ascii=False)
    if field.members:
        texts = {member: f",{name}:{json.dumps(member, ensure_ascii=False)}" for member in field.members}
        return lambda value: texts[value]  # type: ignore[index]  # a number is no key of it

    def number(value: int | str) -> str:
        if type(value) is not int or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise TypeError
        return f",{name}:{value}"

    return number


def _is_heard(rule: EngineRule, program: DurableProgram) -> bool:
    """Whether another rule listens for what this one announces; what nobody hears is not worth saying."""
    ways = {Heard(rule.verdict, rule=rule.rule), Heard(rule.verdict, role=rule.role)}
    return any(not ways.isdisjoint(other.when) for other in program.rules if isinstance(other.when, tuple))


def _engine_rules(program: DurableProgram) -> str:
    rules = {
        rule.id: {"pri": order, "all": _patterns(rule)}
        for order, rule in enumerate(program.rules)
    }  # fmt: skip
    end = {END: {"pri": 65_535, "all": [{"m": {"kind": "case"}}]}}
    return json.dumps({**rules, **end}, ensure_ascii=False)


def _patterns(rule: EngineRule) -> list[dict[str, object]]:
    if isinstance(rule.when, tuple):
        return [{f"h{place}": _listen(heard)} for place, heard in enumerate(rule.when)]
    # `kind` first: a pattern without a positive term matches the engine's own facts too.
    terms = rule.when.parts if isinstance(rule.when, AllOf) else (rule.when,)
    return [{"m": {"$and": [{"kind": "case"}, *map(_term, terms)]}}]


def _listen(heard: Heard) -> dict[str, object]:
    about = {"rule": heard.rule} if heard.rule else {"role": heard.role}
    return {"$and": [{"kind": "announcement"}, about, {"says": heard.verdict}]}


def _term(condition: Condition) -> dict[str, object]:
    if isinstance(condition, Test):
        plain: dict[str, object] = {condition.field: condition.constant}
        return plain if condition.comparison is Comparison.IS else {OPERATORS[condition.comparison]: plain}
    parts = [_term(part) for part in condition.parts]
    if len(parts) == 1:
        return parts[0]
    return {"$and" if isinstance(condition, AllOf) else "$or": parts}


def _announcement(rule: EngineRule) -> str:
    announced = {"kind": "announcement", "sid": STATE, "rule": rule.rule, "role": rule.role, "says": rule.verdict}
    return json.dumps(announced, ensure_ascii=False)


def _rule_named_in(message: str) -> str:
    # The message is {"rule": {…the whole case…}}: only the name is read.
    name = message[2 : message.index('"', 2)]
    return name if "\\" not in name else str(DECODER.raw_decode(message, 1)[0])


def _call(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 - the C module has no types
    """Call the engine; of its errors only the number is kept, because their text may hold the whole case."""
    try:
        return function(*arguments)
    except engine.error as error:
        raise EngineFailed(f"The engine failed with error {_code(error)}.") from None


def _code(error: Exception) -> str:
    found = re.search(r"error code: (\d+)", str(error))
    return found.group(1) if found else "unknown"
