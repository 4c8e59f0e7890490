"""What has been law stays, to the letter; what is added begins later, or was known to nobody before."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.differences import Differences, What, differences
from rules.errors import PolicyRefused
from rules.loading import load
from rules.policies import PolicyBook
from rules.publishable import LawTouched, coming_changes, law_touched, past_changes
from rules.shelf import key_of, parts_of, replaced

TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27)
FACTS = """
kind: facts
facts:
  applied_on: {type: day, label: {zh: 申请, en: Applied}, asked_of: record, moves: yes}
  waited: {type: number, unit: day, min: 0, max: 40000, label: {zh: 待工, en: Waited}}
"""
NATION = """
id: support
title: {zh: 帮扶, en: Support}
kind: classification
jurisdiction: cn
selected_by: applied_on
reviewed_on: 2026-01-05
versions:
  2024-01-01:
    parameters: {wait: {value: 90, unit: day, authority: 办法第三条, tag: T}}
    rules:
      long-wait: {role: ground, when: waited >= wait, reason: {zh: 久, en: Long}, authority: 办法第三条, tag: T}
    examples:
      - {name: 恰满, facts: {applied_on: 2024-05-01, waited: 90}, conclusion: granted}
  2027-06-01:
    parameters: {wait: {value: 30, unit: day, authority: 办法（2027）第三条, tag: T}}
"""
PLACE = """
id: support
title: {zh: 帮扶（示例）, en: Support (example)}
kind: classification
jurisdiction: cn-50
selected_by: applied_on
reviewed_on: 2026-01-05
versions:
  2025-01-01:
    parameters: {wait: {value: 60, unit: day, over: 2024-01-01, authority: 示例, tag: M}}
"""
SHELF = [load(FACTS, "facts/all.yaml"), load(NATION, "cn/support.yaml")]


def tried(text: str, today: date = TODAY) -> tuple[PolicyBook, PolicyBook, tuple[LawTouched, ...]]:
    document = load(text, "cn/support.yaml")
    before, after = PolicyBook.of(*SHELF), PolicyBook.of(*replaced(SHELF, [document]))
    return before, after, law_touched(before, after, [key_of(document)], today)


def touched(text: str, today: date = TODAY) -> list[str]:
    return [each.wording.en for each in tried(text, today)[2]]


def adding(since: str, *, published: date | None = None, wait: int = 45) -> str:
    said = f"    published: {published}\n" if published else ""
    version = f"  {since}:\n{said}    parameters: {{wait: {{value: {wait}, unit: day, authority: 新办法, tag: T}}}}\n"
    return NATION.replace("  2027-06-01:", f"{version}  2027-06-01:")


def ended(on: str) -> str:
    return NATION.partition("  2027-06-01:")[0].replace("    rules:", f"    ends: {on}\n    rules:")


def said_published(on: str) -> str:
    return NATION.replace("    rules:", f"    published: {on}\n    rules:")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(NATION, id="the same"),
        pytest.param(adding("2026-11-27"), id="a version that begins tomorrow"),
        pytest.param(adding("2025-01-01", published=TOMORROW), id="one from the past that is published tomorrow"),
        pytest.param(NATION.replace("value: 30", "value: 40"), id="a version that is not in force yet"),
        pytest.param(NATION.partition("  2027-06-01:")[0], id="or is given up"),
        pytest.param(NATION.replace("waited: 90}", "waited: 91}"), id="another example"),
        pytest.param(NATION.replace("2026-01-05", "2026-11-25"), id="reviewed anew"),
        pytest.param(ended("2026-11-26"), id="ends today"),
    ],
)
def test_what_may_be_published(text: str) -> None:
    assert touched(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(NATION.replace("value: 90", "value: 89"), "parameters.wait says otherwise", id="a value"),
        pytest.param(NATION.replace("第三条, tag: T}}", "第三条, tag: M}}"), "parameters.wait", id="its tag"),
        pytest.param(NATION.replace(">= wait", "> wait"), "rules.long-wait says otherwise", id="a condition"),
        pytest.param(NATION.replace("久", "很久"), "rules.long-wait", id="the words of a reason"),
        pytest.param(
            NATION.replace("rules:\n", "rules:\n      new: {role: ground, when: waited > 9 days, "
                           "reason: {zh: 新, en: New}, authority: 办法, tag: T}\n"),
            "rules.new is added", id="one more rule",
        ),
        pytest.param(NATION.replace("2024-01-01:", "2026-12-01:"), "cannot be left out", id="its first day"),
        pytest.param(NATION.replace("zh: 帮扶,", "zh: 扶助,"), "'title' belongs to versions", id="the title"),
        pytest.param(ended("2026-11-25"), "today or later", id="ended"),
        pytest.param(said_published("2024-02-01"), "keeps the day", id="known"),
        pytest.param(adding("2026-11-26"), "`published`, 2026-11-27 at the earliest", id="a version from today"),
        pytest.param(adding("2025-01-01", published=TODAY), "`published`", id="from the past, published today"),
    ],
)  # fmt: skip
def test_what_would_change_law_that_was_in_force(text: str, says: str) -> None:
    found = touched(text)
    assert len(found) == 1 or "'title'" in says
    assert says in found[0]


def test_the_place_of_the_changed_clause_is_named() -> None:
    place = tried(NATION.replace("value: 90", "value: 89"))[2][0].place
    assert (place.file, place.line) == ("cn/support.yaml", 10)


def test_a_new_layer_from_the_past_would_change_what_its_places_had() -> None:
    place = load(PLACE, "cn-50/support.yaml")
    shelf = replaced(SHELF, [load(NATION.partition("  2027-06-01:")[0], "cn/support.yaml")])
    before, after = PolicyBook.of(*shelf), PolicyBook.of(*shelf, place)
    found = law_touched(before, after, [key_of(place)], TODAY)
    assert [each.place.line for each in found] == [9]
    assert found[0].wording.en.endswith("2026-11-27 at the earliest, so that no earlier decision changes.")


def test_a_fact_that_law_in_force_reads_stays_as_it_is_declared() -> None:
    facts = load(FACTS.replace("待工", "等待"), "facts/all.yaml")
    before, after = PolicyBook.of(*SHELF), PolicyBook.of(*replaced(SHELF, [facts]))
    found = law_touched(before, after, [key_of(facts)], TODAY)
    assert "What support has been in cn since 2024-01-01 would change" in found[0].wording.en
    more = load(FACTS + "  disabled: {type: bool, label: {zh: 残疾, en: Disabled}}\n", "facts/all.yaml")
    added = PolicyBook.of(*replaced(SHELF, [more]))
    assert law_touched(before, added, [key_of(more)], TODAY) == ()


DAYS = st.dates(date(2023, 6, 1), date(2028, 6, 1))


@given(
    since=st.dates(date(2024, 1, 2), date(2028, 6, 1)),
    published=st.none() | DAYS,
    wait=st.integers(1, 200),
    today=DAYS,
    on=DAYS,
    known=DAYS,
)
def test_no_decision_of_an_earlier_day_comes_out_by_what_is_published_today(
    since: date, published: date | None, wait: int, today: date, on: date, known: date
) -> None:
    assume(since != date(2027, 6, 1))
    before, after, found = tried(adding(str(since), published=published, wait=wait), today)
    if not found and on <= today and known <= today:
        assert resolved(before, on, known) == resolved(after, on, known)
    assert bool(found) >= bool(past_changes(before, after, today))


def resolved(book: PolicyBook, on: date, known: date) -> str | None:
    try:
        return book.resolve("support", "cn", on, known).hash
    except LookupError:
        return None


def words(text: str) -> Differences:
    before, documents = PolicyBook.of(*SHELF), parts_of(text, "draft.yaml")
    return differences(before, PolicyBook.of(*replaced(SHELF, documents)), list(map(key_of, documents)))


def test_a_new_value_is_told_with_the_one_before_and_both_clauses() -> None:
    found = words(adding("2026-12-01"))
    added, changed = [change.wording.en for change in found.changes]
    assert added == "2026-12-01 version added"
    assert changed.startswith("2026-12-01 parameter wait changed: value: 90, authority: 办法第三条, tag: T → value: 45")
    assert [change.line for change in found.changes] == [15, 16]
    assert [(each.jurisdiction, str(each.on)) for each in found.resolved] == [("cn", "2026-12-01")]


def test_a_version_that_is_put_off_is_told() -> None:
    changes = words(NATION.replace("2027-06-01", "2027-07-01")).changes
    assert [change.wording.zh for change in changes] == ["2027-06-01 版本 删去", "2027-07-01 版本 新增"]


def test_a_repeal_and_a_new_rule_are_told() -> None:
    rules = "    rules:\n      long-wait: {removed: {authority: 新办法第九条, tag: T}}\n"
    rules += "      new: {role: ground, when: waited > wait, reason: {zh: 新, en: New}, authority: 办法, tag: T}\n"
    said = {change.id: change for change in words(adding("2026-12-01") + rules).changes}
    assert (said["long-wait"].what, said["long-wait"].now) == (What.REPEALED, "新办法第九条 (T)")
    assert (said["new"].what, said["new"].was) == (What.ADDED, "")


def test_nothing_is_told_where_nothing_changed() -> None:
    before, after, _ = tried(NATION)
    assert coming_changes(before, after) == []
    assert words(NATION).changes == ()


def test_what_only_holds_together_is_proposed_in_one_text() -> None:
    stands = (
        "  2027-06-01:\n    parameters: {wait: {value: 60, unit: day, over: 2027-06-01, authority: 示例, tag: M}}\n"
    )
    both = parts_of(f"# both\n---\n{NATION}---\n{PLACE}{stands}", "draft.yaml")
    assert [document.place.file for document in both] == ["cn/support.yaml", "cn-50/support.yaml"]
    alone = SHELF + both[1:]
    with pytest.raises(PolicyRefused, match="replaces"):
        PolicyBook.of(*replaced(alone, parts_of(NATION.partition("  2027-06-01:")[0], "draft.yaml")))
    found = words(f"{NATION}---\n{PLACE}{stands}")
    assert [(file.file, file.layers) for file in found.files] == [
        ("cn/support.yaml", ("cn-50",)),
        ("cn-50/support.yaml", ()),
    ]


def test_the_lines_of_a_later_part_are_those_of_the_whole_text() -> None:
    with pytest.raises(PolicyRefused, match=r"draft.yaml:4:\d+: this is not YAML"):
        parts_of("id: one\n---\nid: two\n]\n", "draft.yaml")
