"""`yizhan subsidy` and `yizhan case` on subsidies: what a caseworker types, and what they read."""

from pathlib import Path

import pytest

from cases.commands import SUBSIDY_ACTS
from tests.cli.test_case import Yizhan, yizhan
from tests.test_examples import EXAMPLES

__all__ = ["yizhan"]


@pytest.fixture
def registered(yizhan: Yizhan) -> Yizhan:
    """With the worker of the examples in the ledger."""
    assert yizhan("case", "open", str(EXAMPLES / "registration.yaml"), "--as", "caseworker-1").code == 0
    return yizhan


def applied(yizhan: Yizhan) -> str:
    """The id of the case that the example's application opens."""
    ran = yizhan("subsidy", "apply", str(EXAMPLES / "subsidies" / "application.yaml"), "--as", "caseworker-1", "--json")
    assert ran.code == 0
    case_id: str = ran.json["case"]["id"]
    return case_id


def test_an_application_is_taken_and_shown(registered: Yizhan) -> None:
    case_id = applied(registered)
    for command in ("subsidy", "case"):
        shown = registered(command, "show", case_id)
        assert shown.code == 0
        for told in ("灵活就业社会保险补贴", "2026-09", "2026-10", "方**", "规则正在认定", "作出决定", "受理补贴申请"):
            assert told in shown.out
        assert "方示例" not in shown.out
    english = registered("case", "show", case_id, "--language", "en").out
    assert "Social-insurance subsidy for flexible work" in english
    assert "Periods claimed" in english


def test_an_application_sent_twice_is_one_case(registered: Yizhan) -> None:
    assert applied(registered) == applied(registered)


def test_what_stands_against_an_application_is_said_in_the_reader_s_language(
    registered: Yizhan, tmp_path: Path
) -> None:
    case_id, again = applied(registered), tmp_path / "again.yaml"
    text = (EXAMPLES / "subsidies" / "application.yaml").read_text(encoding="utf-8")
    again.write_text(text.replace("example-application-1", "another-application"), encoding="utf-8")
    ran = registered("subsidy", "apply", str(again), "--as", "caseworker-1", "--language", "en")
    assert ran.code == 2
    assert case_id in ran.err
    assert "2026-09" in ran.err


def test_the_list_is_narrowed(registered: Yizhan) -> None:
    case_id = applied(registered)
    assert case_id in registered("subsidy", "list").out
    assert case_id in registered("subsidy", "list", "--stage", "determination", "--station", "station-1").out
    assert case_id not in registered("subsidy", "list", "--policy", "start-up-grant").out
    assert [line["id"] for line in registered("subsidy", "list", "--json").json] == [case_id]


def test_an_employer_s_application_shows_its_public_name(registered: Yizhan) -> None:
    ran = registered("subsidy", "apply", str(EXAMPLES / "subsidies" / "employer.yaml"), "--as", "caseworker-1")
    assert ran.code == 0
    assert "示例物流有限公司" in ran.out
    assert "91999999MA000001XE" in ran.out


def test_the_papers_of_a_subsidy_are_listed_like_any(registered: Yizhan) -> None:
    assert registered("case", "paper", applied(registered)).code == 0


def test_an_act_is_read_as_the_case_s_own_kind_knows_it(registered: Yizhan, tmp_path: Path) -> None:
    """Both kinds of case record facts; of a subsidy a sum is proposed with a departure, of hardship none."""
    fields = tmp_path / "departure.yaml"
    fields.write_text(
        "determination: flexible-insurance-1\ngranted: true\nreason: 核定\namount_fen: 100\n", encoding="utf-8"
    )
    case_id = applied(registered)
    ran = registered("case", "do", case_id, "depart-from-determination", str(fields), "--as", "officer-1")
    assert "amount_fen" not in ran.err  # the field is one of the act's


def test_every_act_of_a_subsidy_case_is_shown(yizhan: Yizhan) -> None:
    for kind in SUBSIDY_ACTS.of_people:
        shown = yizhan("case", "acts", kind, "--kind", "subsidy", "--language", "en")
        assert shown.code == 0
        assert SUBSIDY_ACTS.known[kind].TITLE.en in shown.out


def test_the_acts_of_subsidies_are_listed_by_their_kind(yizhan: Yizhan) -> None:
    listed = yizhan("case", "acts", "--kind", "subsidy", "--json").json
    assert [act["kind"] for act in listed] == list(SUBSIDY_ACTS.of_people)
    assert "order-payment" not in yizhan("case", "acts").out


def test_a_sweep_lists_masked_and_names_only_for_who_may_see_them(registered: Yizhan, tmp_path: Path) -> None:
    """The worker of the examples is forty, and asked for no subsidy; once she applied, she is not listed for it."""
    assert registered("subsidy", "entitled", "--policy", "job-seeking-grant").code == 0
    swept = registered("subsidy", "entitled", "--policy", "flexible-insurance", "--language", "en")
    assert "9 workers and employers were asked" in swept.out  # one worker, and the employers of the examples
    assert registered("subsidy", "entitled", "--names").code == 2
    table = tmp_path / "entitled.csv"
    ran = registered("subsidy", "entitled", "--kept", "--csv", str(table))
    assert (ran.code, table.stat().st_mode & 0o777) == (0, 0o600)
    assert table.read_text(encoding="utf-8-sig").startswith("申请人,编号,姓名或名称")
    assert registered("subsidy", "entitled", "--names", "--as", "auditor-1").code == 2
    assert registered("subsidy", "entitled", "--names", "--as", "caseworker-1").code == 0


def test_a_subsidy_that_there_is_not_is_refused(yizhan: Yizhan) -> None:
    assert yizhan("subsidy", "entitled", "--policy", "hardship-worker").code == 2


def test_who_was_told_is_written_down(yizhan: Yizhan) -> None:
    assert yizhan("subsidy", "tell", "employer-1", "employer-insurance", "--as", "caseworker-1").code == 0
    assert yizhan("subsidy", "tell", "nobody", "flexible-insurance", "--as", "caseworker-1").code == 2
    assert yizhan("subsidy", "tell", "employer-1", "no-such", "--as", "caseworker-1").code == 2
    assert yizhan("subsidy", "tell", "employer-1", "employer-insurance", "--as", "officer-1").code == 2
