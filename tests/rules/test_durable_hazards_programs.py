"""Hazards 9 to 12, 19 and 23 of the rule engine: which programs it gets, and that what it says of them is right."""

from dataclasses import replace
from random import Random

import pytest

from cases.determinations import Verdict
from rules.durable_engine import EngineFailed, LoadedProgram
from rules.durable_limits import UnsafeForEngine, branches_of, check, name_hash
from rules.durable_program import (
    OUTCOME,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DurableProgram,
    EngineRule,
    Field,
    Heard,
    Test,
    decoded,
)
from tests.rules.engine_programs import (
    NO,
    YES,
    at_least,
    below,
    by_plain_reading,
    is_,
    judging,
    outcome_of,
    random_fields,
    random_program,
    waited,
    waiting_program,
)

FIELDS = (Field("a"), Field("b"), Field("grade", ("一级", "二级")))


def one_rule(when: Condition | tuple[Heard, ...], fields: tuple[Field, ...] = FIELDS) -> DurableProgram:
    return DurableProgram(fields, (EngineRule("r/yes", "r", "ground", YES, when),))


def nested(depth: int) -> Condition:
    return is_("a", 1) if not depth else AllOf((nested(depth - 1), AnyOf((is_("b", 1), is_("a", 2)))))


def side_by_side(groups: int) -> Condition:
    return AnyOf(tuple(AllOf((is_("a", place), is_("b", place))) for place in range(groups)))


def test_as_many_groups_as_are_allowed_are_taken_by_the_engine() -> None:
    loaded = LoadedProgram(one_rule(side_by_side(13)))
    assert loaded.verdicts({"a": 7, "b": 7}) == {"r": YES}
    loaded.close()


@pytest.mark.parametrize(
    ("program", "words"),
    [
        pytest.param(DurableProgram(FIELDS, ()), "no rule", id="no rule"),
        pytest.param(one_rule(AllOf(())), "empty group", id="an empty all"),
        pytest.param(one_rule(AnyOf((is_("a", 1), AllOf(())))), "empty group", id="an empty group inside"),
        pytest.param(one_rule(is_("c", 1)), "not declared", id="an undeclared field"),
        pytest.param(one_rule(is_("a", "1")), "cannot have", id="a text for a number"),
        pytest.param(one_rule(is_("a", True)), "cannot have", id="a truth for a number"),
        pytest.param(one_rule(is_("grade", 1)), "cannot have", id="a number for a text"),
        pytest.param(one_rule(is_("grade", "三级")), "cannot have", id="no member"),
        pytest.param(one_rule(is_("a", 2**53 + 1)), "cannot have", id="too large"),
        pytest.param(one_rule(Test("grade", Comparison.ABOVE, "一级")), "orders the texts", id="texts in order"),
        pytest.param(one_rule(Test("a", Comparison.IS_NOT, 1)), "'is not' on the number", id="is-not on a number"),
        pytest.param(one_rule(nested(6)), "deep", id="nested too deep"),
        pytest.param(one_rule(side_by_side(14)), "16 groups", id="more groups than the engine has places for"),
        pytest.param(one_rule(()), "listens to 0", id="listens to nothing"),
        pytest.param(one_rule((Heard(YES, rule="r"),)), "not earlier", id="listens to itself"),
        pytest.param(one_rule((Heard(YES),)), "no rule makes", id="listens to anything at all"),
        pytest.param(one_rule(is_("a", 1), (Field("id"),)), "cannot be the name", id="the engine's id"),
        pytest.param(one_rule(is_("a", 1), (Field("sid"),)), "cannot be the name", id="the engine's state"),
        pytest.param(one_rule(is_("a", 1), (Field("$s"),)), "cannot be the name", id="a dollar name"),
        pytest.param(one_rule(is_("a", 1), (Field("a.b"),)), "cannot be the name", id="a dotted name"),
        pytest.param(one_rule(is_("a", 1), (Field("a"), Field("a"))), "2 times", id="declared twice"),
        pytest.param(one_rule(is_("a", 1), (Field("a", ("", "x")),)), "empty", id="an empty member"),
        pytest.param(
            one_rule(is_("field_1079599", 1), (Field("field_1079599"), Field("field_1262382"))),
            "for one another",
            id="two names the engine cannot tell apart",
        ),
        pytest.param(
            one_rule(is_("f0", 1), tuple(Field(f"f{place}") for place in range(201))), "201 fields", id="201 fields"
        ),
    ],
)
def test_a_program_outside_the_subset_is_refused(program: DurableProgram, words: str) -> None:
    with pytest.raises(UnsafeForEngine, match=words):
        LoadedProgram(program)


def test_a_rule_that_listens_to_a_later_one_is_refused() -> None:
    first, second = judging("r", at_least("a", 1), below("a", 1))
    listening = EngineRule("@outcome/yes", OUTCOME, "outcome", YES, (Heard(NO, role="ground"),))
    check(DurableProgram(FIELDS, (first, second, listening)))
    with pytest.raises(UnsafeForEngine, match="not earlier"):
        check(DurableProgram(FIELDS, (first, listening, second)))


def test_two_rules_of_one_id_are_refused() -> None:
    first, second = judging("r", at_least("a", 1), below("a", 1))
    with pytest.raises(UnsafeForEngine, match="used twice"):
        check(DurableProgram(FIELDS, (first, replace(second, id=first.id))))


@pytest.mark.parametrize("plain", ['{"fields":[],"rules":[["r","r","g","yes",["mt","a","x"]]]}', "[]", "{}"])
def test_a_program_that_we_did_not_write_is_not_read(plain: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        decoded(plain)


def flat(rules: int) -> DurableProgram:
    """Rules that all hold at once."""
    names = [f"r{place}" for place in range(rules)]
    judged = [rule for name in names for rule in judging(name, at_least("a", 0), below("a", 0))]
    return DurableProgram(FIELDS, tuple(judged))


def test_sixty_branches_true_at_once_are_right_and_one_more_is_refused() -> None:
    program = LoadedProgram(flat(60))
    assert set(program.verdicts({"a": 0}).values()) == {Verdict.YES}
    assert set(program.verdicts({"a": -1}).values()) == {Verdict.NO}
    assert len(program.verdicts({"a": 0})) == 60
    program.close()
    with pytest.raises(UnsafeForEngine, match="61 branches"):
        LoadedProgram(flat(61))


def test_more_than_250_rules_are_refused() -> None:
    chained = [EngineRule(f"c{place}/yes", f"c{place}", "x", YES, (Heard(YES, rule="r0"),)) for place in range(249)]
    check(DurableProgram(FIELDS, (*flat(1).rules[:1], *chained)))
    with pytest.raises(UnsafeForEngine, match="251 engine rules"):
        check(DurableProgram(FIELDS, (*flat(1).rules, *chained)))


@pytest.mark.parametrize("seed", range(8))
def test_programs_filled_to_the_cap_never_fail(seed: int) -> None:
    """Nested conditions whose branches add up to nearly sixty, on fields that make many of them true."""
    random = Random(seed)  # noqa: S311 - test data
    program = random_program(random)
    while True:
        larger = random_program(random)
        offset = f"{len(program.rules)}·"
        rules = tuple(
            replace(rule, id=offset + rule.id, rule=offset + rule.rule, role="other") for rule in larger.rules[:-2]
        )
        grown = DurableProgram(program.fields, (*rules, *program.rules))
        if branches_of(grown) > 60:
            break
        program = grown
    loaded = LoadedProgram(program)
    for _ in range(150):
        fields = random_fields(random)
        assert loaded.verdicts(fields) == by_plain_reading(program, fields)
    loaded.close()


def test_random_programs_are_decided_as_they_read() -> None:
    """Every verdict and the outcome, with fields missing, whatever the order in which the fields come."""
    random = Random(20240429)  # noqa: S311 - test data
    decided = 0
    for _ in range(150):
        program = random_program(random)
        if branches_of(program) > 60:
            continue
        loaded = LoadedProgram(program)
        for _ in range(20):
            fields = random_fields(random)
            shuffled = dict(random.sample(list(fields.items()), len(fields)))
            verdicts = loaded.verdicts(shuffled)
            assert verdicts == by_plain_reading(program, fields)
            assert list(verdicts) == [rule for rule in program.judged if rule in verdicts]
            decided += OUTCOME in verdicts
        loaded.close()
    assert decided > 1_000


def test_two_true_branches_announce_their_rule_once() -> None:
    either = AnyOf((at_least("a", 0), at_least("a", -1), is_("b", 1)))
    program = LoadedProgram(one_rule(either))
    assert program.verdicts({"a": 0, "b": 1}) == {"r": Verdict.YES}
    program.close()


def test_an_announcement_nobody_listens_to_harms_nothing() -> None:
    program = LoadedProgram(flat(3))
    assert program.verdicts({"a": 0}) == {"r0": Verdict.YES, "r1": Verdict.YES, "r2": Verdict.YES}
    program.close()


def test_a_chain_of_announcements_is_followed_to_its_end() -> None:
    links = [
        EngineRule(f"c{place + 1}/yes", f"c{place + 1}", "link", YES, (Heard(YES, rule=f"c{place}"),))
        for place in range(20)
    ]
    first = EngineRule("c0/yes", "c0", "ground", YES, is_("a", 1))
    program = LoadedProgram(DurableProgram(FIELDS, (first, *links)))
    assert len(program.verdicts({"a": 1})) == 21
    assert program.verdicts({"a": 0}) == {}
    program.close()


def test_fifteen_announcements_can_be_required_together() -> None:
    names = tuple(f"r{place}" for place in range(15))
    rules = [rule for name in names for rule in judging(name, at_least("a", 0), below("a", 0))]
    program = LoadedProgram(DurableProgram(FIELDS, (*rules, *outcome_of(names))))
    assert program.verdicts({"a": -1})[OUTCOME] is Verdict.NO
    assert program.verdicts({"a": 0})[OUTCOME] is Verdict.YES
    program.close()


def test_yes_and_no_at_once_is_an_error_and_not_a_choice() -> None:
    rules = judging("r", at_least("a", 0), at_least("a", 1))
    program = LoadedProgram(DurableProgram(FIELDS, rules))
    assert program.verdicts({"a": 0}) == {"r": Verdict.YES}
    with pytest.raises(EngineFailed, match="both yes and no about 'r'"):
        program.verdicts({"a": 1})
    program.close()


def test_a_run_that_misses_its_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    program = LoadedProgram(waiting_program())
    monkeypatch.setattr("rules.durable_engine.engine.complete_and_start_action", lambda *_: None)
    with pytest.raises(EngineFailed, match="before the end"):
        program.verdicts(waited(90))
    monkeypatch.undo()
    assert program.verdicts(waited(90))[OUTCOME] is Verdict.YES
    program.close()


def test_our_hash_is_the_engines() -> None:
    """The engine reads a field by this hash alone: it takes one of these two for the other."""
    assert name_hash("field_1079599") == name_hash("field_1262382")
    assert name_hash("field_1079599") != name_hash("field_1079600")


def test_a_program_survives_the_way_to_the_child() -> None:
    random = Random(1)  # noqa: S311 - test data
    for program in (waiting_program(), *(random_program(random) for _ in range(20))):
        assert decoded(program.encoded) == program
        assert decoded(program.encoded).digest == program.digest
