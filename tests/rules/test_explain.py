"""A determination can be read by the person it is about, in both languages."""

from datetime import date

import pytest

from cases.canonical import Json
from cases.determinations import ASKED_OF, Verdict
from cases.wording import Language
from rules.explain import ROLES, VERDICTS, explained
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


def lines(facts: dict[str, Json], language: Language = Language.EN) -> list[str]:
    return explained(HARDSHIP, determined(facts), language).splitlines()


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
    assert "    Does not hold: days(waiting_since, applied_on) >= long_wait (89, 90)" in found
    assert "Missing: Does the person hold a valid disability certificate? [the record]" in found
    assert "Conclusion: needs information" in found


def test_a_beaten_clause_stands_beside_the_winner() -> None:
    nation = a_policy("2024-01-01:\n  rules:\n" + indented(rule("r", "disabled"), 4))
    local = rule("r", "poor", more="over: 2024-01-01").replace("第r条", "省文第三条")
    province = a_policy("2024-06-01:\n  rules:\n" + indented(local, 4), place="cn-50")
    policy = a_book(nation, province).resolve("example", "cn-50", date(2024, 6, 1))
    text = explained(policy, determined({"poor": True}, policy), Language.EN)
    assert "By: 省文第三条 (T); 第r条 (T) [replaced]" in text
    assert "Conclusion: granted" in text


@pytest.mark.parametrize("language", Language)
def test_every_word_exists_in_both_languages(language: Language) -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(ROLES) == {role.value for role in Role}
    assert set(ASKED_OF) == {asked.value for asked in AskedOf}
    assert all(wording.within(language) for wording in ROLES.values())
