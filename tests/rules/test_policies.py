"""Which version governs a place on a day, which clause wins, and what is refused before anybody is decided."""

from datetime import date

import pytest

from rules.errors import PolicyRefused
from rules.policies import NoPolicyInForce, PolicyBook, ValuesLeftOpen
from tests.rules.books import a_book, a_policy, indented, rule

NATION = a_policy(
    """
    2018-01-01:
      parameters:
        long: {value: 90, unit: day, at_most: 120, authority: 旧文第一条, tag: M}
        old: {value: 50, unit: year, authority: 旧文第二条, tag: ES}
      rules:
        long-wait: {when: waited >= long, reason: {zh: "满{long}天", en: "{long} days"}, authority: 旧文, tag: T}
        older: {when: "age(born_on, applied_on) >= old", reason: {zh: 大龄, en: Older}, authority: 旧文, tag: T}
    2023-12-20:
      published: 2024-01-10
      parameters:
        long: {value: 60, unit: day, at_most: 120, authority: 新文第一条, tag: EO}
    """
)


def province(value: int, over: str = "2023-12-20", since: str = "2024-06-01", unit: str = "day") -> str:
    says = f"over: {over}, " if over else ""
    return a_policy(
        f"""
        {since}:
          parameters:
            long: {{{says}value: {value}, unit: {unit}, authority: 省文第三条, tag: EO}}
        """,
        place="cn-50",
    )


def long_wait(book: PolicyBook, place: str, on: date, decided_on: date | None = None) -> object:
    return book.resolve("example", place, on, decided_on).rules.parameters["long"].value


def test_a_version_names_only_what_it_changes() -> None:
    book = a_book(NATION)
    assert long_wait(book, "cn", date(2023, 12, 19)) == 90
    assert long_wait(book, "cn", date(2023, 12, 20)) == 60
    later = book.resolve("example", "cn", date(2023, 12, 20)).rules
    assert later.parameters["old"].value == 600
    assert set(later.rules) == {"long-wait", "older"}
    assert later.rules["long-wait"].reason.zh == "满60天"


def test_a_version_that_was_not_yet_published_could_not_be_known() -> None:
    book = a_book(NATION)
    assert long_wait(book, "cn", date(2023, 12, 25), decided_on=date(2024, 1, 9)) == 90
    assert long_wait(book, "cn", date(2023, 12, 25), decided_on=date(2024, 1, 10)) == 60


@pytest.mark.parametrize(
    ("place", "on", "says"),
    [
        ("cn", date(2017, 12, 31), "was not yet in force on 2017-12-31: its first version begins 2018-01-01."),
        ("us", date(2024, 1, 1), "is not made for us: it is made for cn."),
        ("cnx", date(2024, 1, 1), "is not made for cnx"),
    ],
)
def test_where_nothing_is_in_force_the_message_says_why(place: str, on: date, says: str) -> None:
    with pytest.raises(NoPolicyInForce, match=says) as none:
        a_book(NATION).resolve("example", place, on)
    assert none.value.wording.zh.startswith("example")


def test_an_unknown_policy_is_named_with_the_nearest() -> None:
    with pytest.raises(NoPolicyInForce, match=r"no policy 'exampel'\. Did you mean 'example'"):
        a_book(NATION).resolve("exampel", "cn", date(2024, 1, 1))


def test_what_was_repealed_says_its_last_day() -> None:
    repealed = a_policy("2018-01-01:\n  ends: 2024-12-29\n  rules:\n" + indented(rule("r", "disabled"), 4))
    book = a_book(repealed)
    assert book.resolve("example", "cn", date(2024, 12, 29)).version == "cn@2018-01-01"
    with pytest.raises(NoPolicyInForce, match="repealed: its last day was 2024-12-29"):
        book.resolve("example", "cn", date(2024, 12, 30))


def test_a_local_value_replaces_the_nations_within_its_ceiling() -> None:
    book = a_book(NATION, province(100))
    assert long_wait(book, "cn-50", date(2024, 5, 31)) == 60
    assert long_wait(book, "cn-50", date(2024, 6, 1)) == 100
    assert long_wait(book, "cn-50-99", date(2024, 6, 1)) == 100
    assert long_wait(book, "cn-51", date(2024, 6, 1)) == 60
    resolved = book.resolve("example", "cn-50-99", date(2024, 6, 1))
    assert resolved.version == "cn@2023-12-20 cn-50@2024-06-01"
    assert [each.clause for each in resolved.beaten("parameters", "long")] == ["新文第一条"]


@pytest.mark.parametrize(("value", "refused"), [(120, False), (121, True)])
def test_a_ceiling_holds_on_the_line_and_not_one_past(value: int, refused: bool) -> None:
    if refused:
        with pytest.raises(PolicyRefused, match="'long' is above the ceiling 120 of 新文第一条"):
            a_book(NATION, province(value))
    else:
        assert long_wait(a_book(NATION, province(value)), "cn-50", date(2024, 6, 1)) == 120


def test_a_replacement_names_the_version_it_replaces() -> None:
    with pytest.raises(PolicyRefused, match=r"names that version \(over: 2023-12-20\)"):
        a_book(NATION, province(100, over=""))


def test_a_replacement_of_a_clause_that_has_changed_since_waits_for_a_person() -> None:
    with pytest.raises(PolicyRefused, match="replaces the one of 2018-01-01: confirm it anew, or drop it"):
        a_book(NATION, province(100, over="2018-01-01"))
    with pytest.raises(PolicyRefused, match="confirm it anew"):
        # right when it was written, and overtaken by the nation's new version
        a_book(NATION, province(100, over="2018-01-01", since="2020-01-01"))


def test_a_replacement_of_nothing_is_refused() -> None:
    local = a_policy(
        "2024-01-01:\n  rules:\n" + indented(rule("new", "disabled", more="over: 2018-01-01"), 4), place="cn-50"
    )
    with pytest.raises(PolicyRefused, match="'new' replaces something that no outer layer says"):
        a_book(NATION, local)


def test_two_files_of_one_level_may_not_say_the_same() -> None:
    with pytest.raises(PolicyRefused, match="also said by another file of cn-50"):
        a_book(NATION, province(100), province(90))


def test_two_files_of_one_level_may_say_different_things() -> None:
    added = a_policy("2024-01-01:\n  rules:\n" + indented(rule("disabled", "disabled"), 4), place="cn-50")
    book = a_book(NATION, province(100), added)
    assert set(book.resolve("example", "cn-50", date(2024, 6, 1)).rules.rules) == {"long-wait", "older", "disabled"}


def test_a_local_file_may_drop_a_rule_and_says_by_which_clause() -> None:
    local = a_policy(
        "2024-01-01:\n  rules:\n    older: {over: 2018-01-01, removed: {authority: 省文第九条, tag: EO}}", place="cn-50"
    )
    book = a_book(NATION, local)
    assert set(book.resolve("example", "cn-50", date(2024, 6, 1)).rules.rules) == {"long-wait"}
    assert set(book.resolve("example", "cn-51", date(2024, 6, 1)).rules.rules) == {"long-wait", "older"}


def test_a_value_left_to_the_place_stops_until_the_place_sets_it() -> None:
    frame = a_policy(
        "2024-01-01:\n  parameters:\n"
        "    long: {left_to: district, unit: day, at_least: 30, authority: 国文, tag: T}\n  rules:\n"
        + indented(rule("long-wait", "waited >= long"), 4)
    )
    setting = "2024-01-01:\n  parameters:\n    long: {{value: {}, unit: day, authority: 区文, tag: M}}"
    book = a_book(frame, a_policy(setting.format(30), place="cn-50"))
    assert long_wait(book, "cn-50", date(2024, 1, 1)) == 30
    with pytest.raises(ValuesLeftOpen, match="leaves long to the place, and nothing has set them for cn-51"):
        book.resolve("example", "cn-51", date(2024, 1, 1))
    with pytest.raises(PolicyRefused, match="below the floor 30 of 国文"):
        a_book(frame, a_policy(setting.format(29), place="cn-50"))


def test_a_frame_is_checked_before_any_place_has_set_its_values() -> None:
    frame = (
        "2024-01-01:\n  parameters:\n    long: {left_to: district, unit: year, authority: 国文, tag: T}\n  rules:\n"
        + indented(rule("long-wait", "waited >= long"), 4)
    )
    with pytest.raises(PolicyRefused, match=r"p1\.yaml"):  # days against years
        a_book(a_policy(frame))


def test_a_repealed_local_layer_gives_way_to_the_outer_one() -> None:
    local = province(100).replace("2024-06-01:\n", "2024-06-01:\n    ends: 2025-06-30\n")
    book = a_book(NATION, local)
    assert long_wait(book, "cn-50", date(2025, 6, 30)) == 100
    assert long_wait(book, "cn-50", date(2025, 7, 1)) == 60


def test_the_hash_covers_layers_values_facts_and_wording_and_not_the_layout() -> None:
    def hash_of(*policies: str, place: str = "cn", on: date = date(2023, 1, 1)) -> str:
        return a_book(*policies).resolve("example", place, on).hash

    usual = hash_of(NATION)
    assert usual == hash_of(NATION.replace("\n    2023", "\n\n    # a remark\n    2023"))
    assert usual == hash_of(NATION, province(100), place="cn-50")
    assert usual != hash_of(NATION, on=date(2024, 1, 1))
    assert usual != hash_of(NATION.replace("value: 90", "value: 91"))
    assert usual != hash_of(NATION.replace("zh: 大龄", "zh: 年长"))
    assert usual != hash_of(NATION.replace("tag: ES", "tag: EO"))
    assert hash_of(NATION, province(100), place="cn-50", on=date(2024, 6, 1)) != hash_of(
        NATION, province(101), place="cn-50", on=date(2024, 6, 1)
    )


def test_clocks_are_hashed_with_their_calendar() -> None:
    clocks = a_policy("2024-01-01: {clocks: {a: {title: {zh: 甲, en: A}}}}", kind="clocks")
    one, other = (a_book(clocks, calendar_hash=each).resolve("example", "cn", date(2024, 1, 1)).hash for each in "ab")
    assert one != other
    plain = [a_book(NATION, calendar_hash=each).resolve("example", "cn", date(2024, 1, 1)).hash for each in "ab"]
    assert plain[0] == plain[1]


def test_one_policy_is_resolved_once() -> None:
    book = a_book(NATION)
    assert book.resolve("example", "cn", date(2024, 2, 1)) is book.resolve("example", "cn", date(2024, 3, 1))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(("tag: M", "tagg: M"), "'tagg' is not known here.*Did you mean 'tag'", id="a misspelt key"),
        pytest.param((", tag: M}", "}"), "'tag' is missing", id="no tag"),
        pytest.param(("authority: 旧文第一条, ", ""), "'authority' is missing", id="no authority"),
        pytest.param(("tag: M", "tag: X"), "'X' is not one of the values known here", id="an unknown tag"),
        pytest.param(("value: 90", "value: 9e1"), "'9e1' is not a number", id="an exponent"),
        pytest.param(("value: 90", "value: 90.5"), "'90.5' is not a number", id="a decimal"),
        pytest.param(("unit: day", "unit: days"), "Did you mean 'day'", id="a unit misspelt"),
        pytest.param(("2018-01-01", "2018-02-30"), "'2018-02-30' is not a day of the calendar", id="no such day"),
        pytest.param(("2018-01-01", "2018-1-1"), "'2018-1-1' is not a day of the calendar", id="a short day"),
        pytest.param(("waited >= long", "waited >= lang"), "lang", id="an unknown name"),
        pytest.param(("waited >= long", "waited > = long"), "p1.yaml:1[0-9]:", id="no expression"),
        pytest.param(("waited >= long", "waited >= old"), "p1.yaml", id="days against months"),
        pytest.param(("kind: classification", "kind: clasification"), "Did you mean 'classification'", id="kind"),
        pytest.param(("rules:", "rule:"), "'rule' is not known here", id="a section misspelt"),
        pytest.param(("zh: 大龄, en: Older", "zh: 大龄"), "'en' is missing", id="one language"),
        pytest.param(("published: 2024-01-10", "ends: 2023-01-10"), "before it begins", id="ends before it begins"),
    ],
)
def test_a_mistake_is_refused_with_its_place(change: tuple[str, str], says: str) -> None:
    assert change[0] in NATION
    with pytest.raises(PolicyRefused, match=says) as refused:
        a_book(NATION.replace(*change, 1))
    assert str(refused.value).startswith("p1.yaml:")


def test_all_mistakes_are_reported_together() -> None:
    with pytest.raises(PolicyRefused) as refused:
        a_book(NATION.replace("tag: M", "tag: X").replace("value: 50", "value: fifty!").replace("zh: 大龄, ", ""))
    assert len(refused.value.errors) == 3


def test_a_fact_is_declared_once() -> None:
    again = NATION + "facts: {disabled: {type: bool, label: {zh: 残, en: D}}}\n"
    with pytest.raises(PolicyRefused, match=r"'disabled' is also declared at facts\.yaml"):
        a_book(again)


def test_what_the_engine_cannot_be_trusted_with_is_refused_at_load() -> None:
    wide = "\n".join(indented(rule(f"r{place}", f"waited >= {place} days"), 4) for place in range(61))
    with pytest.raises(PolicyRefused, match="61 branches together, the most is 60"):
        a_book(a_policy("2024-01-01:\n  rules:\n" + wide))
