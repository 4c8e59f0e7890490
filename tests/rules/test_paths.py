"""The paths of a triage say what follows from them, and one that leads nowhere is refused when it is read."""

from datetime import date

import pytest

from rules.errors import PolicyRefused
from rules.paths import PathOpened, paths
from rules.policies import ResolvedPolicy
from rules.uses import check_uses
from tests.rules.books import a_book, a_policy

TRIAGE = """
2024-01-01:
  rules:
    first:
      role: path
      when: disabled
      effect: {body: 甲机关, clock: accept, closes: second}
      reason: {zh: 一, en: One}
      authority: 甲
      tag: T
    second:
      role: path
      when: poor
      effect: {body: 乙机关, blocks: 乙法第一条, note: 先行}
      reason: {zh: 二, en: Two}
      authority: 乙
      tag: T
  clocks:
    accept:
      title: {zh: 受理, en: Accepted}
      starts: {zh: 收到, en: receipt}
      length: 5
      counts: working
      rolls: forward
      authority: 甲
      tag: T
"""


def triage(text: str) -> ResolvedPolicy:
    book = a_book(a_policy(text, kind="triage"))
    check_uses(book)
    return book.resolve("example", "cn", date(2024, 1, 1))


def test_what_follows_from_a_path() -> None:
    found = paths(triage(TRIAGE))
    assert (found["first"].body, found["first"].clock, found["first"].closes) == ("甲机关", "accept", ("second",))
    second: PathOpened = found["second"]
    assert (second.blocked_by, second.note, second.authority.clause) == ("乙法第一条", "先行", "乙")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(
            ("closes: second", "closes: secnd"), "'secnd' is no other path.*Did you mean 'second'", id="no path"
        ),
        pytest.param(("closes: second", "closes: first"), "'first' is no other path", id="itself"),
        pytest.param(("clock: accept", "clock: acept"), "no clock 'acept'.*Did you mean 'accept'", id="no clock"),
        pytest.param(
            ("role: path\n      when: poor", "role: ground\n      when: poor"), "'second' is no path", id="a ground"
        ),
        pytest.param(
            ("      effect: {body: 乙机关, blocks: 乙法第一条, note: 先行}\n", ""),
            "'second' leads nowhere",
            id="nowhere",
        ),
        pytest.param(("body: 乙机关", "boddy: 乙机关"), "Did you mean 'body'", id="a misspelt effect"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(change: tuple[str, str], says: str) -> None:
    assert change[0] in TRIAGE
    with pytest.raises(PolicyRefused, match=says):
        triage(TRIAGE.replace(*change))
