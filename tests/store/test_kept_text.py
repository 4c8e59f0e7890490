"""A determination in lines is the same again, whatever stands in it; and a line never holds more than one thing."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.authorities import Authority, Tag
from cases.canonical import canonical
from cases.determinations import Conclusion, Determination, Finding, Reading, Shortfall, Turn, Verdict
from cases.wording import Wording
from store.finding_sheets import SheetMissing
from store.kept_text import DETERMINATION, Writer, whole_text
from tests.store.test_determinations import MADE

# What could be taken for the end of a line, of a fact or of a finding.
TEXT = st.text(max_size=6) | st.sampled_from(['},{"rule":', '"},{"rule":"', ',"a":', 'x,"', "\n", "\\", '"', "},{"])
NAME = st.from_regex(r"[a-z单][a-z_]{0,5}", fullmatch=True)
SCALAR = TEXT | st.integers(-5, 10**12) | st.booleans()
FACTS = st.dictionaries(NAME, SCALAR | st.lists(st.dictionaries(NAME, SCALAR, max_size=2), max_size=2), max_size=4)
AUTHORITIES = st.lists(st.builds(Authority, TEXT, st.sampled_from(Tag)), max_size=2).map(tuple)
READINGS = st.lists(st.builds(Reading, TEXT, TEXT), max_size=3).map(tuple)
FINDING = st.builds(
    Finding,
    rule=TEXT,
    role=TEXT,
    verdict=st.sampled_from(Verdict),
    read=READINGS,
    reason=st.builds(Wording, TEXT, TEXT),
    authority=st.builds(Authority, TEXT, st.sampled_from(Tag)),
    rests_on=AUTHORITIES,
    beaten=AUTHORITIES,
    shortfalls=st.lists(st.builds(Shortfall, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
)
MADE_ANYHOW = st.builds(
    Determination,
    policy=TEXT,
    version=TEXT,
    policy_hash=st.sampled_from(["a", "b"]),
    jurisdiction=TEXT,
    conclusion=st.sampled_from(Conclusion),
    findings=st.lists(FINDING, max_size=3, unique_by=lambda finding: finding.rule).map(tuple),
    questions=st.just(MADE.questions),
    facts_json=FACTS.map(canonical),
    engines=TEXT,
    amount_fen=st.none() | st.integers(0, 10**9),
    parts=READINGS,
    turns=st.none() | st.just(Turn(date(2027, 1, 1), Conclusion.GRANTED)),
    sources=READINGS,
)
WRITER = Writer()


@given(MADE_ANYHOW)
def test_it_is_read_back_byte_for_byte(made: Determination) -> None:
    written = WRITER.written(made)
    assert whole_text(written.text.decode(), {written.sheet.hash: written.sheet.content}) == (
        DETERMINATION.dump_json(made).decode()
    )


@given(MADE_ANYHOW)
def test_a_fact_has_a_line_and_a_finding_has_a_line(made: Determination) -> None:
    first, *others = WRITER.written(made).text.decode().split("\n")
    assert "facts_json" not in json.loads(first)
    assert "findings" not in json.loads(first)
    facts = [json.loads(f"{{{line}}}") for line in others if line.startswith('"')]
    assert [len(fact) for fact in facts] == [1] * len(json.loads(made.facts_json))
    findings = [json.loads(line) for line in others if not line.startswith('"')]
    assert [finding["rule"] for finding in findings] == [finding.rule for finding in made.findings]


def test_what_the_policy_says_is_on_the_sheet_and_what_is_a_persons_is_not() -> None:
    written = WRITER.written(MADE)
    assert MADE.findings[0].reason.zh not in written.text.decode()
    assert MADE.findings[0].reason.zh in written.sheet.content
    assert "2025-01-01" not in written.sheet.content
    of_another = WRITER.written(replace(MADE, facts_json='{"waiting_since":"2024-01-01"}'))
    assert of_another.sheet == written.sheet


def test_a_policy_that_says_otherwise_has_another_sheet() -> None:
    finding = replace(MADE.findings[0], reason=Wording("另有理由", "for another reason"))
    assert WRITER.written(replace(MADE, findings=(finding,))).sheet != WRITER.written(MADE).sheet


def test_without_its_sheet_it_is_not_read() -> None:
    with pytest.raises(SheetMissing, match="not there"):
        whole_text(WRITER.written(MADE).text.decode(), {})


def test_a_text_of_before_is_read_as_it_is() -> None:
    text = DETERMINATION.dump_json(MADE).decode()
    assert whole_text(text, {}) == text
