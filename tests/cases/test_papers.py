from dataclasses import replace

import pytest

from cases.papers import (
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_CHARACTERS,
    MOST_ROWS,
    Paper,
    PaperKind,
    PaperRefused,
    check,
    leaves,
)
from tests.paper_builders import EVERY_PAPER, PERSON, WORK, a_closing_notice, a_labour_contract, an_exit_notice


def codes(paper: Paper) -> list[str]:
    try:
        check(paper)
    except PaperRefused as refused:
        return [reason.code for reason in refused.refusals]
    return []


def test_the_list_is_closed() -> None:
    assert set(EVERY_PAPER) == set(PaperKind)
    assert all(kind.wording.zh and kind.wording.en for kind in PaperKind)


@pytest.mark.parametrize("paper", EVERY_PAPER.values(), ids=EVERY_PAPER)
def test_a_complete_paper_is_accepted(paper: Paper) -> None:
    assert codes(paper) == []


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        pytest.param("阿不都·买买提", [], id="a name with a separator"),
        pytest.param("张𬭊", [], id="a rare character"),
        pytest.param("  ", ["blank"], id="blank"),
        pytest.param("张\n三", ["unseen-character"], id="a line break"),
        pytest.param("张\u200b三", ["unseen-character"], id="a zero-width space"),
        pytest.param("张\ue000", ["unseen-character"], id="a private character"),
        pytest.param("张\U000e0041", ["unseen-character"], id="a tag that the shaper drops without a word"),
        pytest.param("张\ufffe", ["unseen-character"], id="no character at all"),
        pytest.param("张" * LONGEST_NAME, [], id="as long as a name may be"),
        pytest.param("张" * (LONGEST_NAME + 1), ["too-long"], id="longer"),
    ],
)
def test_names(name: str, refused: list[str]) -> None:
    assert codes(a_closing_notice(worker=replace(PERSON, name=name))) == refused


def test_a_text_may_be_long_and_no_longer() -> None:
    assert codes(a_labour_contract(work=replace(WORK, duties="洁" * LONGEST_TEXT))) == []
    assert codes(a_labour_contract(work=replace(WORK, duties="洁" * (LONGEST_TEXT + 1)))) == ["too-long"]


def test_a_list_may_be_long_and_no_longer() -> None:
    assert codes(an_exit_notice(findings=("某日未到场。",) * MOST_ROWS)) == []
    assert codes(an_exit_notice(findings=("某日未到场。",) * (MOST_ROWS + 1))) == ["too-many-rows"]


def test_a_paper_may_say_much_and_no_more() -> None:
    rows = MOST_CHARACTERS // LONGEST_TEXT
    assert codes(an_exit_notice(findings=("未" * LONGEST_TEXT,) * (rows - 1))) == []
    assert codes(an_exit_notice(findings=("未" * LONGEST_TEXT,) * rows)) == ["too-much"]


def test_every_reason_is_given_at_once() -> None:
    paper = an_exit_notice(findings=(), worker=replace(PERSON, name=" ", phone="\u200b"))
    assert codes(paper) == ["blank", "unseen-character", "no-findings"]


def test_a_refusal_names_the_field_and_not_what_it_says() -> None:
    with pytest.raises(PaperRefused) as caught:
        check(a_closing_notice(worker=replace(PERSON, name="欧阳\u200b春")))
    assert "worker.name" in str(caught.value)
    assert "欧阳" not in str(caught.value)
    assert all("欧阳" not in reason.wording.zh for reason in caught.value.refusals)


def test_leaves_say_where_they_stand() -> None:
    paths = [leaf.path for leaf in leaves(a_closing_notice())]
    assert "worker.name" in paths
    assert "reasons[1].authority.clause" in paths
    assert next(leaf for leaf in leaves(a_closing_notice()) if leaf.path == "services[2].on").field == "on"
