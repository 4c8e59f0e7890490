"""A determination can be read by the person it is about, in both languages."""

from dataclasses import replace
from datetime import date

import pytest

from cases.canonical import Json
from cases.determinations import ASKED_OF, Conclusion, Turn, Verdict
from cases.wording import Language, Wording
from rules.comparing import Cause, compared, decided_anew, determined_side
from rules.comparing_text import CAUSES, comparison_lines
from rules.explain import ROLES, VERDICTS, Explanation, explanation, flips_of
from rules.explain_text import explained
from rules.flips import Flips
from rules.policies import ResolvedPolicy
from rules.repeals import repealed
from rules.schema import AskedOf, Role
from tests.rules.books import a_book, a_policy, indented, rule
from tests.rules.test_decisions import GRANTED, HARDSHIP, determined

FALLS_SHORT: dict[str, Json] = {
    **GRANTED,
    "waiting_since": "2024-01-02",
    "household_income": 300001,
    "household_size": 3,
    "born_on": "1990-01-01",
}

SUBSIDY = """
2024-01-01:
  derive:
    two_thirds: round_half_up(paid * 2 / 3, 1 fen)
  columns:
    unemployed:
      long: days(it.from_day, it.until)
  rules:
    in-hardship:
      when: poor and any(u in unemployed, u.long >= 10 days)
      reason: {zh: 困难, en: In hardship}
      authority: 第一条
      tag: T
  amount: two_thirds
"""


def told(facts: dict[str, Json], policy: ResolvedPolicy = HARDSHIP) -> Explanation:
    """With all that can be told, what would change it too."""
    made = determined(facts, policy)
    return explanation(policy, made, flips_of(policy, made))


def lines(facts: dict[str, Json], language: Language = Language.EN, policy: ResolvedPolicy = HARDSHIP) -> list[str]:
    return explained(told(facts, policy), language).splitlines()


def test_every_rule_is_told_with_its_verdict() -> None:
    text = "\n".join(lines(FALLS_SHORT))
    for each in HARDSHIP.rules.rules:
        assert f"({each}, " in text
    assert "[no] Waiting for work for 90 days or more (long-wait, ground: one is enough)" in text
    assert "[unknown] Holds a disability certificate" in text


def test_what_was_read_is_told_as_people_write_it() -> None:
    text = "\n".join(lines(FALLS_SHORT, Language.ZH))
    assert "家庭月收入 3000.01元" in text
    assert "low_income 1000元" in text
    assert "older_worker 50年" in text
    assert "目前已就业 否" in text
    assert "持有残疾人证 ?" in text


def test_an_unverified_clause_is_marked_and_a_verified_one_is_not() -> None:
    by = next(line for line in lines(GRANTED) if "第二条" in line)
    assert "(M unverified)" in by
    assert "待工时间长 (T)" in by


def test_why_not_and_what_is_missing() -> None:
    found = lines(FALLS_SHORT)
    assert "    Does not hold: days(waiting_since, applied_on) >= long_wait (89 days, 90 days)" in found
    assert "Missing: Does the person hold a valid disability certificate? [the record]" in found
    assert "Conclusion: needs information" in found


def test_what_fell_short_is_told_in_the_units_of_people_and_kept_in_its_own() -> None:
    found = "\n".join(lines({**FALLS_SHORT, "disabled": False}, Language.ZH))
    assert "household_income <= low_income * household_size (3000.01元，3000元)" in found
    assert "age(born_on, applied_on) >= older_worker (34年，50年)" in found
    older = {rule.rule: rule for rule in told(FALLS_SHORT).rules}["older-worker"]
    assert [(short.left, short.right) for short in older.why_not] == [("408", "600")]


@pytest.mark.parametrize(
    ("when", "facts", "sides"),
    [
        pytest.param("insured >= 18 months", {"insured": 12}, "(12 months, 18 months)", id="months stay months"),
        pytest.param("insured >= 2 years", {"insured": 12}, "(1 year, 2 years)", id="years as the law counts"),
        pytest.param("insured >= 2 years", {"insured": 13}, "(13 months, 2 years)", id="no round number of years"),
        pytest.param("paid * 2 / 3 >= 1 yuan", {"paid": 100}, "(about 0.66 yuan, 1 yuan)", id="part of a fen"),
        pytest.param("sex == female", {"sex": "male"}, "(male, female)", id="a member"),
        pytest.param("applied_on > 2024-02-01", {"applied_on": "2024-02-01"}, "(2024-02-01, 2024-02-01)", id="days"),
    ],
)
def test_each_side_is_told_as_its_kind_of_value_is(when: str, facts: dict[str, Json], sides: str) -> None:
    policy = a_book(a_policy("2024-01-01:\n  rules:\n" + indented(rule("r", when), 4))).resolve(
        "example", "cn", date(2024, 1, 1)
    )
    (failed,) = [line for line in lines(facts, policy=policy) if "Does not hold" in line]
    assert failed.endswith(sides)


def test_items_that_failed_are_named_by_their_list() -> None:
    rules = indented(rule("r", "all(u in unemployed, u.good)"), 4)
    policy = a_book(a_policy("2024-01-01:\n  rules:\n" + rules)).resolve("example", "cn", date(2024, 1, 1))
    items: list[Json] = [{"good": True}, {"good": False}]
    found = lines({"unemployed": {"complete": True, "items": items}}, policy=policy)
    assert "    Does not hold: all(u in unemployed, u.good) [Unemployed, item 2]" in found


def test_a_beaten_clause_stands_beside_the_winner() -> None:
    nation = a_policy("2024-01-01:\n  rules:\n" + indented(rule("r", "disabled"), 4))
    local = rule("r", "poor", more="over: 2024-01-01").replace("第r条", "省文第三条")
    province = a_policy("2024-06-01:\n  rules:\n" + indented(local, 4), place="cn-50")
    policy = a_book(nation, province).resolve("example", "cn-50", date(2024, 6, 1))
    text = "\n".join(lines({"poor": True}, policy=policy))
    assert "By: 省文第三条 (T); 第r条 (T) [replaced]" in text
    assert "Conclusion: granted" in text


@pytest.mark.parametrize("language", Language)
def test_every_word_exists_in_both_languages(language: Language) -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(ROLES) == {role.value for role in Role}
    assert set(ASKED_OF) == {asked.value for asked in AskedOf}
    assert set(CAUSES) == set(Cause)
    assert all(wording.within(language) for wording in (*ROLES.values(), *CAUSES.values()))


NOT_GRANTED: dict[str, Json] = {**FALLS_SHORT, "disabled": False}


def test_what_would_change_it_is_told_with_its_clause_and_who_can() -> None:
    found = "\n".join(lines(NOT_GRANTED))
    assert (
        "Otherwise if: Monthly income of the household 3000.01 yuan → 3000 yuan (0.01 yuan less) [the applicant]"
        in found
    )
    assert "it comes out: granted (low-income; " in found
    assert "示例区困难零工认定标准（示例）第三条 (M unverified)" in found
    assert "(for information, not advice: facts are told as they are)" in found
    chinese = "\n".join(lines(NOT_GRANTED, Language.ZH))
    assert "若变更：家庭月收入 3000.01元 → 3000元 (减少0.01元) [本人]，结论为符合（low-income；" in chinese


def test_two_changes_stand_in_one_sentence() -> None:
    found = "\n".join(lines({**NOT_GRANTED, "in_work": True}))
    assert (
        "In work now yes → no [the record], and also Monthly income of the household 3000.01 yuan → 3000 yuan" in found
    )


def test_nobody_looked_is_not_nothing_found() -> None:
    made = determined(NOT_GRANTED)
    silent = explained(explanation(HARDSHIP, made), Language.EN)
    nothing = explained(explanation(HARDSHIP, made, Flips()), Language.EN)
    assert "Otherwise" not in silent
    assert "Otherwise: no fact that can change" in nothing
    unsearched = explained(explanation(HARDSHIP, made, Flips((), ("household_income",))), Language.EN)
    assert "Too many values to try: household_income" in unsearched


def test_the_day_on_which_time_alone_turns_it_and_by_which_rule() -> None:
    """89 days on the day of the application, 90 on the next."""
    made = replace(determined(NOT_GRANTED), turns=Turn(date(2024, 4, 1), Conclusion.GRANTED))
    found = explanation(HARDSHIP, made)
    assert {rule.rule: rule.then for rule in found.rules if rule.then} == {"long-wait": Verdict.YES}
    english = explained(found, Language.EN)
    assert "Time alone: from 2024-04-01 on it comes out: granted" in english
    assert "(long-wait, ground: one is enough) → from 2024-04-01 on: yes" in english
    chinese = explained(found, Language.ZH)
    assert "时间：自2024-04-01起结论为符合" in chinese
    assert "→ 自2024-04-01起：是" in chinese


def test_an_amount_is_told_with_its_parts_and_what_each_item_came_to() -> None:
    policy = a_book(a_policy(SUBSIDY, kind="subsidy")).resolve("example", "cn", date(2024, 6, 1))
    facts: dict[str, Json] = {
        "poor": True,
        "paid": 123456,
        "unemployed": [{"from_day": "2024-01-01", "until": "2024-01-31", "good": True}],
    }
    found = told(facts, policy)
    assert found.amount
    assert (found.amount.value, found.amount.words.zh, found.amount.words.en) == ("82304", "823.04元", "823.04 yuan")
    assert [(part.name, part.words.en) for part in found.parts] == [("two_thirds", "823.04 yuan")]
    (item,) = found.items
    assert (item.item, item.label.en) == ("unemployed[1]", "Unemployed, item 1")
    assert [(each.name, each.words.zh) for each in item.read] == [("long", "30天")]
    text = "\n".join(lines(facts, policy=policy))
    assert "Amount: 823.04 yuan" in text
    assert "Made of: two_thirds 823.04 yuan" in text
    assert "    Unemployed, item 1: long 30 days" in text
    open_ = told({"poor": True, "unemployed": []}, policy).amount
    assert open_
    assert open_.words == Wording("未知", "unknown")


CLAUSES = """
2024-01-01:
  values:
    limit:
      usual: {be: 10 days, authority: 第一条, tag: T}
      poor: {when: poor, be: 5 days, beats: [usual], authority: 第二条, tag: T}
      sick: {when: disabled, be: 3 days, beats: [usual], authority: 第三条, tag: T}
  rules:
    waited:
      when: waited >= limit
      reason: {zh: 待工, en: Waited}
      authority: 第四条
      tag: T
"""


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        pytest.param({"poor": False, "disabled": False}, "limit: usual: 第一条 (T) [applies]", id="the usual one"),
        pytest.param(
            {"poor": True, "disabled": False},
            "limit: poor: 第二条 (T) [applies]; usual: 第一条 (T) [replaced]",
            id="one that beats it",
        ),
        pytest.param(
            {"poor": True, "disabled": True},
            "limit: poor: 第二条 (T) [applies]; sick: 第三条 (T) [applies]; usual: 第一条 (T) [replaced]",
            id="two that clash",
        ),
        pytest.param({"poor": False}, "sick: 第三条 (T) [not known whether it applies]", id="a fact is missing"),
    ],
)
def test_the_clause_that_gave_a_value_is_told_with_those_it_beat(facts: dict[str, Json], says: str) -> None:
    policy = a_book(a_policy(CLAUSES)).resolve("example", "cn", date(2024, 6, 1))
    text = "\n".join(lines({"waited": 4, **facts}, policy=policy))
    assert says in text
    assert ("Conclusion: two clauses conflict" in text) is (facts == {"poor": True, "disabled": True})


def test_what_was_law_and_is_repealed_is_shown_as_that() -> None:
    older = "2020-01-01:\n  rules:\n" + indented(rule("r", "disabled") + "\n" + rule("s", "poor"), 4)
    newer = "2024-01-01:\n  rules:\n    s: {removed: {authority: 废止令第一条, tag: T}}\n"
    book = a_book(a_policy(older + newer))
    policy = book.resolve("example", "cn", date(2024, 6, 1))
    made = determined({"disabled": True}, policy)
    found = explanation(policy, made, repealed=repealed(book.files, "cn", date(2024, 6, 1)))
    assert "Repealed: s (rules/s) · cn · last day 2023-12-31; 废止令第一条 (T)" in explained(found, Language.EN)


def test_two_versions_are_compared_in_sentences() -> None:
    versions = (
        "2020-01-01:\n  parameters:\n    long: {value: 90, unit: day, authority: 第一条, tag: T}\n  rules:\n"
        + indented(rule("waited", "waited >= long"), 4)
        + "2024-01-01:\n  parameters:\n    long: {value: 60, unit: day, authority: 新第一条, tag: T}\n"
    )
    book = a_book(a_policy(versions))
    old, new = (book.resolve("example", "cn", on) for on in (date(2023, 1, 1), date(2024, 1, 1)))
    facts: dict[str, Json] = {"waited": 89}
    found = compared(determined_side(old, determined(facts, old)), decided_anew(new, facts))
    said = list(comparison_lines(found, dict(old.rules.facts), (old.version, new.version), Language.EN))
    assert said == [
        "cn@2020-01-01 · refused",
        "cn@2024-01-01 · granted",
        "They differ because the law does.",
        "  parameter long: 90 days (第一条, T) → 60 days (新第一条, T) [changed the outcome]",
        "  waited: no → yes",
    ]
