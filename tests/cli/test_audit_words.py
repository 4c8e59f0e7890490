"""What an auditor reads of a replay: what differs, and what today's policy would say and why."""

from dataclasses import replace
from datetime import date, datetime

from activities.replay_differences import Difference
from activities.replaying import Came, Replayed, Today
from cases.determinations import Conclusion
from cases.erasing import Erasure, ErasureBasis
from cases.wording import Language, Wording
from cli.audit_words import replayed_lines
from rules.comparing import compared, decided_anew
from store.kept_determinations import KeptDetermination
from tests.builders import OPENED_AT
from tests.rules.books import a_book, a_policy, rule

KEPT = KeptDetermination(
    "case-1", "example-1", "example", "cn@2024-01-01", "abc", "cn", OPENED_AT, b"", "worker-1", "station-1",
    date(2024, 6, 1),
)  # fmt: skip
VERSIONS = f"""
2024-01-01:
  parameters:
    long: {{value: 90, unit: day, authority: 甲, tag: T}}
  rules:
    {rule("wait", "waited >= long").replace(chr(10), chr(10) + "    ")}
2025-01-01:
  parameters:
    long: {{value: 60, unit: day, authority: 乙, tag: T}}
"""


def lines(replayed: Replayed) -> str:
    return "\n".join(replayed_lines(replayed, Language.EN))


def test_a_difference_stands_under_its_determination() -> None:
    found = lines(Replayed(KEPT, Came.DIFFERENT, (Difference("findings/wait", "verdict", "no", "yes"),)))
    assert found == "case-1 example-1 · cn@2024-01-01 · different\n    findings/wait/verdict: no → yes"


def test_who_was_erased_is_said_with_day_and_basis() -> None:
    erased = Erasure(ErasureBasis.TERM_OVER, "manager-1", datetime.fromisoformat("2026-05-01T10:00+08:00"))
    assert "Erased on 2026-05-01; the basis: " in lines(Replayed(KEPT, Came.ERASED, erased=erased))


def test_todays_policy_says_what_would_come_out_and_by_which_clause() -> None:
    book = a_book(a_policy(VERSIONS))
    then, today = (book.resolve("example", "cn", date(year, 6, 1)) for year in (2024, 2025))
    comparison = compared(decided_anew(then, {"waited": 70}), decided_anew(today, {"waited": 70}))
    replayed = Replayed(KEPT, Came.SAME, conclusion=Conclusion.REFUSED, today=Today(today.version, comparison))
    found = lines(replayed)
    assert "refused → granted" in found
    assert "wait: no → yes" in found
    assert "60" in found
    no_policy = Today("", None, Wording("已废止", "It was repealed."))
    assert "It was repealed." in lines(replace(replayed, today=no_policy))
