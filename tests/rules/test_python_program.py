"""The generated program: nothing of a policy's text runs, only complete facts are taken, and a trace says all of it."""

import builtins
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from cases.determinations import Reading, Verdict
from rules.given import ONGOING, FactImpossible, Given, Listed
from rules.python_facts import plain_facts
from rules.python_program import PythonProgram, Source, program_of, traced, untraced
from rules.python_runtime import CALLABLE, CONFLICT, GAP
from rules.python_trace import TraceRead, read_back, written
from rules.schema import ResolvedRules
from rules.tree import Path as Name
from rules.tree import walk
from rules.types import Choice
from tests.rules.agreeing import check_agreement
from tests.rules.builders import a_policy, a_table
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.test_durable_compiler import SHIPPED_POLICIES

EVIL = "red'); __import__('os').abort(); ('"
FACTS: dict[str, Any] = {"colour": "red|green", "n": "one 0..10", "flag": "bool"}


def program(rules: ResolvedRules) -> PythonProgram:
    return PythonProgram(rules)


# -- nothing of the policy's text runs ------------------------------------------------------------------------------


def renamed(rules: ResolvedRules, old: str, new: str) -> ResolvedRules:
    """The same policy with another member, as if the loader had let it pass."""

    def members(type_: Any) -> Any:
        return Choice(tuple(new if each == old else each for each in type_.members))

    facts = {
        name: replace(fact, type=members(fact.type)) if isinstance(fact.type, Choice) else fact
        for name, fact in rules.facts.items()
    }
    for rule in rules.rules.values():
        for node in walk(rule.when):
            if isinstance(node, Name) and node.names == (old,):
                object.__setattr__(node, "names", (new,))
            if isinstance(node.type, Choice):
                object.__setattr__(node, "type", members(node.type))
    return replace(rules, facts=facts)


def test_a_member_that_is_python_stays_a_text() -> None:
    rules = renamed(a_policy(facts=FACTS, rules={"r": "colour == red and n > 1 and flag"}), "red", EVIL)
    decide = program(rules).traced
    assert decide({"colour": EVIL, "n": 2, "flag": True})[0] is True
    assert decide({"colour": "green", "n": 2, "flag": True})[0] is False


def test_identifiers_are_made_and_never_taken_from_the_policy() -> None:
    facts = {"lambda_of_the_office": "bool", "exec_": "one 0..3", "工龄": "one 0..9"}
    rules = a_policy(facts=facts, derive={"open_": "exec_ > 1"}, rules={"import-os": "lambda_of_the_office and open_"},
                     read_elsewhere=frozenset({"工龄"}))  # fmt: skip
    text = traced(rules).text
    without_texts = text.replace("'lambda_of_the_office'", "").replace("'exec_'", "")
    assert not any(name in without_texts for name in ("lambda", "exec", "open_", "import", "工龄"))


def test_a_program_reaches_no_builtin_but_those_it_is_handed() -> None:
    for name in ("open", "__import__", "exec", "getattr", "print"):
        reaching = Source(f"def decide(facts):\n return {name}\n", {}).made()
        with pytest.raises(NameError):
            reaching({})
    handed = {name: value for name, value in CALLABLE.items() if hasattr(builtins, name)}
    assert set(handed) == {"len", "max", "min", "set", "sum"}


# -- which facts it takes -------------------------------------------------------------------------------------------

AN_ITEM: Mapping[str, Given] = {"until": ONGOING, "ok": True}
CASE: Mapping[str, Given] = {"on": date(2024, 3, 1), "n": 3, "list": Listed((AN_ITEM,))}
TAKES = a_policy(
    facts={"on": "day 2024-01-01..2024-12-31", "n": "one 0..10", "unread": "bool",
           "list": ({"until": "day 2024-01-01..2024-12-31", "ok": "bool"}, 2)},
    rules={"r": "n > 2 and all(i in list, i.until >= on and i.ok)"},
    read_elsewhere=frozenset({"unread"}),
)  # fmt: skip


def taken(**changed: Given) -> Mapping[str, object] | None:
    return plain_facts(TAKES, program(TAKES).reads, {**CASE, **changed})


def test_days_are_ordinals_rows_are_tuples_and_what_no_rule_reads_need_not_be_known() -> None:
    last = date(2024, 12, 31).toordinal()
    assert taken() == {"on": date(2024, 3, 1).toordinal(), "n": 3, "list": ((last, True),)}


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"n": None}, id="a fact"),
        pytest.param({"list": Listed((), complete=False)}, id="whether a list is whole"),
        pytest.param({"list": Listed(({"until": ONGOING},))}, id="a part of an item"),
    ],
)
def test_what_is_unknown_is_left_to_the_evaluator(changed: Mapping[str, Given]) -> None:
    assert taken(**changed) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"n": 11}, id="out of range"),
        pytest.param({"n": True}, id="a truth for a number"),
        pytest.param({"on": "2024-03-01"}, id="a text for a day"),
        pytest.param({"on": date(2025, 1, 1)}, id="a day out of range"),
        pytest.param({"list": Listed((AN_ITEM,) * 3)}, id="too many items"),
        pytest.param({"list": ()}, id="no list"),
    ],
)
def test_what_was_not_declared_is_refused_by_name_and_without_the_value(changed: Mapping[str, Any]) -> None:
    with pytest.raises(FactImpossible, match=f"^{next(iter(changed))} ") as refused:
        taken(**changed)
    assert "2025" not in str(refused.value)


# -- what a trace says ----------------------------------------------------------------------------------------------

TOLD = a_policy(
    facts=FACTS,
    tables=[a_table("fee", ["red|green"], "one", ("red", "2"))],
    derive={"enough": "n >= 2 and flag", "third": "n / 3"},
    values={"x": {"a": {"be": "1", "when": "flag"}, "b": {"be": "2", "when": "n > 1"}}},
    rules={
        "both: ground": "colour == red and enough",
        "gap: path": "fee[colour] > 1",
        "clash: path": "x == 1",
        "small: path": "third < 1",
    },
)


def trace_of(**facts: Any) -> TraceRead:
    return TraceRead(TOLD, program(TOLD).traced(facts))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"colour": "green", "n": 2, "flag": True}, 1, id="the first"),
        pytest.param({"colour": "red", "n": 1, "flag": False}, 2, id="inside a part, the first of two that fail"),
        pytest.param({"colour": "red", "n": 2, "flag": False}, 3, id="the last"),
        pytest.param({"colour": "red", "n": 2, "flag": True}, 0, id="none: it holds"),
    ],
)
def test_a_rule_is_a_number_the_first_condition_that_does_not_hold(facts: dict[str, Any], code: int) -> None:
    assert program(TOLD).traced(facts)[2][0] == code
    assert (trace_of(**facts).rule("both").failed is None) is (code == 0)


def test_a_gap_and_a_conflict_are_told_from_each_other_and_from_no() -> None:
    trace = program(TOLD).traced({"colour": "green", "n": 2, "flag": True})
    assert (trace[2][1], trace[2][2]) == (-1, -2)
    read = TraceRead(TOLD, trace)
    assert read.rule("gap").verdict is read.rule("clash").verdict is Verdict.UNKNOWN
    assert trace[3][TOLD_PARTS.index("x")] is CONFLICT
    assert GAP is not CONFLICT


TOLD_PARTS = (*TOLD.parts, *TOLD.values)


def test_what_a_rule_read_is_rendered_late_and_exactly() -> None:
    read = trace_of(colour="red", n=2, flag=True)
    assert read.read("small") == (Reading("third", "2/3"), Reading("n", "2"))
    assert read.read("both") == (
        Reading("colour", "red"),
        Reading("enough", "true"),
        Reading("n", "2"),
        Reading("flag", "true"),
    )


def test_a_trace_is_kept_as_numbers_with_the_hash_of_its_policy_and_read_by_no_other() -> None:
    first, second = list(SHIPPED_POLICIES.values())[:2]
    random = Random(3)  # noqa: S311 - dice
    types = {name: fact.type for name, fact in first.rules.facts.items()}
    plain = plain_facts(first.rules, program_of(first).reads, some_facts(random, types))
    assert plain is not None
    trace = program_of(first).traced(plain)
    text = written(first.hash, trace)
    assert read_back(first, text).trace == trace
    assert not any(rule in text for rule in first.rules.rules)
    with pytest.raises(ValueError, match=f"not of {second.hash}"):
        read_back(second, text)


def test_gaps_and_conflicts_are_kept_apart_from_values() -> None:
    named = SimpleNamespace(hash="abc", rules=TOLD)
    trace = program(TOLD).traced({"colour": "green", "n": 2, "flag": True})
    kept = read_back(named, written("abc", trace))  # type: ignore[arg-type]  # all that is asked of a policy
    assert kept.trace == trace
    assert kept.trace[3][TOLD_PARTS.index("x")] is CONFLICT


# -- the untraced one ------------------------------------------------------------------------------------------------


def test_without_a_trace_only_what_is_asked_for_comes_out_and_the_same() -> None:
    random = Random(5)  # noqa: S311 - dice
    for _ in range(40):
        rules = a_random_policy(random)
        names = [name for name in (*rules.parts, *rules.values) if name != "good"]  # a list: a trace counts its items
        places = [place for place, name in enumerate((*rules.parts, *rules.values)) if name != "good"]
        whole, some = program(rules), untraced(rules, names).made()
        types = {name: fact.type for name, fact in rules.facts.items()}
        for _ in range(5):
            facts = plain_facts(rules, whole.reads, some_facts(random, types))
            assert facts is not None
            parts = whole.traced(facts)[3]
            assert some(facts) == tuple(parts[place] for place in places)


@pytest.mark.parametrize("name", SHIPPED_POLICIES)
def test_every_policy_that_ships_has_a_program_that_agrees(name: str) -> None:
    policy, random = SHIPPED_POLICIES[name], Random(name)  # noqa: S311 - dice
    types = {fact: declared.type for fact, declared in policy.rules.facts.items()}
    assert all(check_agreement(policy.rules, some_facts(random, types)) for _ in range(25))
    assert program_of(policy) is program_of(policy)
