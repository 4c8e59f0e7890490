"""A determination: what is concluded, what it keeps, and what happens when the engines do not agree."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from pydantic import TypeAdapter

from cases.canonical import Json, canonical
from cases.determinations import Conclusion, Determination, Disagreement, Verdict
from rules import decisions
from rules.decisions import determine
from rules.durable_engine import LoadedProgram
from rules.durable_program import OUTCOME, DurableProgram
from rules.facts import FactRefused, StoredFact
from rules.numpy_bulk import Bulk
from rules.policies import PolicyBook, ResolvedPolicy
from rules.python_program import PlainFacts, program_of
from rules.waking import turning_of
from tests.rules.books import a_book, a_policy, indented, rule

BOOK = PolicyBook.load(Path(__file__).parents[2] / "policies")
HARDSHIP = BOOK.resolve("hardship-worker", "cn-50-99", date(2024, 3, 31))
GRANTED: dict[str, Json] = {"applied_on": "2024-03-31", "waiting_since": "2024-01-01", "in_work": False}
FALLS_SHORT: dict[str, Json] = {
    **GRANTED,
    "waiting_since": "2024-01-05",
    "household_income": 300001,
    "household_size": 3,
    "born_on": "1990-01-01",
    "disabled": False,
}


def engine(program: DurableProgram, fields: Mapping[str, int | str]) -> dict[str, Verdict]:
    """The real engine, in this process."""
    loaded = LoadedProgram(program)
    announced = loaded.verdicts(fields)
    loaded.close()
    return {rule: Verdict(announced.get(rule, Verdict.UNKNOWN)) for rule in program.judged}


def determined(facts: Mapping[str, Json], policy: ResolvedPolicy = HARDSHIP) -> Determination:
    return determine(policy, {name: StoredFact(canonical(value)) for name, value in facts.items()}, engine)


@pytest.mark.parametrize(
    ("changed", "conclusion"),
    [
        pytest.param({}, Conclusion.GRANTED, id="waited exactly long enough"),
        pytest.param({"waiting_since": "2024-01-02"}, Conclusion.NEEDS_INFORMATION, id="a day short, the rest unknown"),
        pytest.param({"in_work": True}, Conclusion.REFUSED, id="in work"),
        pytest.param({"in_work": None}, Conclusion.NEEDS_INFORMATION, id="not known whether in work"),
    ],
)
def test_the_conclusion(changed: Mapping[str, Json], conclusion: Conclusion) -> None:
    assert determined({**GRANTED, **changed}).conclusion is conclusion


def test_it_keeps_all_that_reproduces_it() -> None:
    made = determined({**GRANTED, "sex": "female"})
    assert made.policy == "hardship-worker"
    assert made.version == "cn-50@2022-09-14 cn-50-99@2023-01-01"
    assert made.policy_hash == HARDSHIP.hash
    assert made.facts_json == '{"applied_on":"2024-03-31","in_work":false,"waiting_since":"2024-01-01"}'
    assert made.engines == "evaluator 1; durable-rules 2.0.28"
    assert [finding.rule for finding in made.grounds] == ["long-wait"]


def test_a_finding_tells_the_threshold_behind_it_and_that_nobody_has_checked_it() -> None:
    waited = {finding.rule: finding for finding in determined(GRANTED).findings}["long-wait"]
    assert waited.authority.tag.verified
    assert [authority.tag.value for authority in waited.rests_on] == ["M"]
    assert waited.unverified
    seeking = {finding.rule: finding for finding in determined(GRANTED).findings}["seeking-work"]
    assert not seeking.unverified


def test_a_rule_that_does_not_hold_says_what_fell_short() -> None:
    found = {f.rule: f for f in determined({**GRANTED, "waiting_since": "2024-01-02"}).findings}["long-wait"]
    assert found.verdict is Verdict.NO
    (short,) = found.shortfalls
    assert (short.left, short.right) == ("89", "90")


def test_only_facts_that_can_still_matter_are_asked_and_of_whom() -> None:
    made = determined({**GRANTED, "waiting_since": "2024-01-02", "disabled": False, "household_size": 2})
    assert {question.fact: question.asked_of for question in made.questions} == {
        "born_on": "record",
        "household_income": "applicant",
    }
    assert determined({**GRANTED, "in_work": True}).questions == ()


@pytest.mark.parametrize("rule", ["long-wait", OUTCOME])
def test_engines_that_disagree_stop_the_decision_and_keep_both_sides(rule: str) -> None:
    def contrary(program: DurableProgram, fields: Mapping[str, int | str]) -> dict[str, Verdict]:
        return {**engine(program, fields), rule: Verdict.NO}

    made = determine(HARDSHIP, {k: StoredFact(canonical(v)) for k, v in GRANTED.items()}, contrary)
    assert made.conclusion is Conclusion.ENGINES_DISAGREE
    assert not made.conclusion.adoptable
    (difference,) = made.disagreements
    assert (difference.rule, difference.evaluator, difference.engine) == (rule, Verdict.YES, Verdict.NO)


STATUTORY = BOOK.resolve("employment-difficulty", "cn-50-99", date(2024, 3, 31))
COMPLETE: dict[str, Json] = {
    **GRANTED,
    "born_on": "1979-01-01",
    "graduated_on": [],
    "sex": "male",
    "registered_unemployed": True,
    **dict.fromkeys(("out_of_poverty", "minimum_living", "zero_employment_family", "disabled"), False),
    **dict.fromkeys(("veteran", "released", "capacity_cut", "unplaced_since_graduation"), False),
}

LONG = a_book(
    a_policy("2024-01-01:\n  derive: {long: waited >= 90 days}\n  rules:\n" + indented(rule("waited", "long"), 4))
).resolve("example", "cn", date(2024, 1, 1))


def test_where_all_is_known_the_generated_program_decides_too() -> None:
    made = determined(COMPLETE, STATUTORY)
    assert made.engines == "evaluator 1; durable-rules 2.0.28; python 1"
    assert made.disagreements == ()
    assert made.conclusion is Conclusion.REFUSED


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        pytest.param({0: False}, OUTCOME, id="another outcome"),
        pytest.param({1: 1}, "@amount", id="an amount where the policy names none"),
        pytest.param({3: (False,)}, "@parts", id="another value on the way"),
    ],
)
def test_a_generated_program_that_differs_stops_the_decision_and_is_named(
    changed: Mapping[int, object], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = program_of(LONG).traced

    def wrong(facts: PlainFacts) -> tuple[object, ...]:
        return tuple(changed.get(place, value) for place, value in enumerate(right(facts)))

    monkeypatch.setitem(program_of(LONG).__dict__, "traced", wrong)
    made = determined({"waited": 90}, LONG)
    assert made.conclusion is Conclusion.ENGINES_DISAGREE
    assert [(each.rule, each.by) for each in made.disagreements] == [(what, "python")]


def breaking(error: type[Exception]) -> Callable[..., NoReturn]:
    def broken(*_: object, **__: object) -> NoReturn:
        raise error

    return broken


def test_a_generated_program_that_breaks_has_not_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(program_of(LONG).__dict__, "traced", breaking(NameError))
    made = determined({"waited": 90}, LONG)
    assert made.conclusion is Conclusion.ENGINES_DISAGREE
    assert [(each.rule, each.evaluator, each.engine, each.by) for each in made.disagreements] == [
        ("@program", Verdict.YES, Verdict.UNKNOWN, "python")
    ]


def test_memory_that_is_full_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(program_of(LONG).__dict__, "traced", breaking(MemoryError))
    with pytest.raises(MemoryError):
        determined({"waited": 90}, LONG)


@pytest.mark.parametrize("error", [NameError, OverflowError, MemoryError])
def test_a_turning_day_that_is_not_found_leaves_the_decision_and_is_told(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = determined(FALLS_SHORT)
    assert right.turns
    monkeypatch.setattr(decisions, "turning", breaking(error))
    made = determined(FALLS_SHORT)
    assert (made.conclusion, made.turns) == (right.conclusion, None)
    assert made.engines == f"{right.engines}; turning day not found: {error.__name__}"


def waiting(sign: str) -> ResolvedPolicy:
    rules = indented(rule("waited", f"waited {sign} 90 days and applied_on <= 2024-06-30"), 4)
    return a_book(a_policy("2024-01-01:\n  rules:\n" + rules)).resolve("example", "cn", date(2024, 1, 1))


@pytest.mark.parametrize("waited", [90, None])
def test_the_program_that_finds_the_turning_day_has_to_agree_on_the_day_itself(
    waited: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open case it may leave open, but not settle."""
    facts: dict[str, Json] = {"waited": waited, "applied_on": "2024-03-31"}
    assert determined(facts, waiting(">=")).disagreements == ()
    mistaken = Bulk(waiting(">" if waited else "+ 90 days >=").rules)
    monkeypatch.setattr(decisions, "turning", lambda _, *given: turning_of(mistaken, *given))
    made = determined(facts, waiting(">="))
    assert (made.conclusion, made.turns) == (Conclusion.ENGINES_DISAGREE, None)
    ours, theirs = (Verdict.YES, Verdict.NO) if waited else (Verdict.UNKNOWN, Verdict.YES)
    assert made.disagreements == (Disagreement(OUTCOME, ours, theirs, "numpy"),)


def test_of_a_part_that_is_a_list_both_programs_say_how_many_it_holds() -> None:
    derive = "2024-01-01:\n  derive: {good: filter(u in unemployed where u.good)}\n  rules:\n"
    policy = a_book(a_policy(derive + indented(rule("good", "count(g in good) >= 2"), 4))).resolve(
        "example", "cn", date(2024, 1, 1)
    )
    items: list[Json] = [
        {"from_day": "2024-01-01", "until": "2024-02-01", "good": good} for good in (True, False, True)
    ]
    made = determined({"unemployed": {"complete": True, "items": items}}, policy)
    assert (made.conclusion, made.disagreements) == (Conclusion.GRANTED, ())
    assert [(part.name, part.value) for part in made.parts] == [("good", "2")]
    assert made.engines.endswith("python 1")


def test_a_disagreement_kept_before_there_was_a_second_engine_to_name_is_the_rule_engines() -> None:
    kept = TypeAdapter(Disagreement).validate_json('{"rule":"long-wait","evaluator":"yes","engine":"no"}')
    assert kept.by == "durable-rules"


def test_an_engine_that_says_nothing_disagrees() -> None:
    made = determine(HARDSHIP, {k: StoredFact(canonical(v)) for k, v in GRANTED.items()}, lambda *_: {})
    assert {each.rule for each in made.disagreements} == {"seeking-work", "long-wait", OUTCOME}


def test_a_kept_fact_of_the_wrong_kind_is_refused_and_not_guessed() -> None:
    with pytest.raises(FactRefused, match="'in_work'"):
        determined({**GRANTED, "in_work": "no"})


def test_the_same_facts_give_the_same_determination() -> None:
    assert determined(GRANTED) == determined(dict(reversed(GRANTED.items())))


def test_the_station_class_and_the_statutory_class_are_two_determinations() -> None:
    """A worker of forty-five who waited long is a hardship worker, and no person with employment difficulty."""
    assert determined(COMPLETE).conclusion is Conclusion.GRANTED
    assert determined(COMPLETE, STATUTORY).conclusion is Conclusion.REFUSED
    assert determined({**COMPLETE, "sex": "female"}, STATUTORY).conclusion is Conclusion.GRANTED
