"""Every paper, composed from a real record and printed by the real press."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from activities.composing.desk import compose, papers_desk
from activities.papers import Press
from cases.authorities import Tag
from cases.contracts import LabourContract, PartTimeContract, PublicPostAgreement
from cases.days import add_months
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination
from cases.hardship.engine import KeepPaper
from cases.hardship.leaving import ApproveClosure, HandOver, ProposeClosure, ProposeExit, Reopen
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import RecordGuidance, RecordTalk
from cases.hardship.stages import ExitReason, Outcome, ReferralOutcome
from cases.hardship.terms import PartyDetails, PayUnit, WorkTerms
from cases.letters import ClosingNotice, ExitNotice, ReferralLetter
from cases.papers import Paper
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PaperStep
from cli.papers import fetched, leave
from rules.retirement import retirement
from store.engine import read, write
from store.person_keys import destroy_person_key
from tests.activities.office import Office, a_fact
from tests.registrations import an_identity_number

FULL_TIME = WorkTerms("仓库分拣员", "示例物流园", 480, 450_000, PayUnit.MONTH, term_months=12, probation_months=1)
BY_THE_HOUR = WorkTerms("后厨帮工", "示例美食街", 240, 2_500, PayUnit.HOUR, days_per_week=6)
POST = WorkTerms("公共区域保洁", "示例街道", 480, 233_000, PayUnit.MONTH, term_months=12)


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader can copy, without white space."""
    program = shutil.which("pdftotext")
    assert program, "poppler-utils is needed to read papers back"
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run([program, file, "-"], check=True, capture_output=True, text=True)
    return "".join(done.stdout.split())


def printed(paper: Paper, press: Press, folder: Path) -> str:
    return text_of(press.print_paper(paper).pdf, folder)


def test_a_referral_letter_tells_the_employer_what_hiring_opens(
    office: Office, one_press: Press, tmp_path: Path
) -> None:
    office.recognised(difficulty=True)
    office.does(RecordReferral("vacancy-3", office.today))
    letter = office.composes("referral-letter")
    assert isinstance(letter, ReferralLetter)
    assert letter.vacancy.suits == ("适合大龄劳动者", "适合就业困难人员")
    assert letter.verified
    text = printed(letter, one_press, tmp_path)
    name = letter.worker.name
    for told in ("示例家政服务有限公司", "91999999MA000003XG", "保洁员", name, "周经办", "周一至周五08:00至17:00"):
        assert told in text
    assert "一次性吸纳就业补贴" in text
    assert "单位吸纳就业困难人员社会保险补贴" in text
    assert "公益性岗位补贴" not in text


def test_an_unchecked_post_is_not_called_checked(office: Office) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-12", office.today))
    letter = office.composes("referral-letter")
    assert isinstance(letter, ReferralLetter)
    assert not letter.verified


def test_a_household_gets_its_letter_without_a_code(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-4", office.today))
    text = printed(office.composes("referral-letter"), one_press, tmp_path)
    assert "许示例" in text
    assert "统一社会信用代码" not in text


def test_a_labour_contract_has_the_parties_and_the_terms(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    office.does(RecordPlacement("employer-1", office.today, FULL_TIME))
    contract = office.composes("labour-contract")
    assert isinstance(contract, LabourContract)
    assert contract.probation_fen == contract.wages.monthly_fen == 450_000
    assert contract.wages.minimum
    assert contract.term.ends_on == date(2027, 3, 1)
    text = printed(contract, one_press, tmp_path)
    for told in (
        "示例物流有限公司",
        "钱示例",
        contract.worker.identity_number,
        "仓库分拣员",
        "4,500.00",
        "2027年3月1日",
    ):
        assert told in text


def test_a_part_time_contract(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    office.does(RecordPlacement("employer-2", office.today, BY_THE_HOUR))
    contract = office.composes("part-time-contract")
    assert isinstance(contract, PartTimeContract)
    text = printed(contract, one_press, tmp_path)
    for told in ("示例餐饮有限公司", "后厨帮工", "25.00", "24小时", "15日"):
        assert told in text


def test_a_public_post_agreement_names_its_subsidies(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised(difficulty=True)
    office.fails_on_the_market()
    office.does(RecordPlacement("employer-3", office.today, POST))
    agreement = office.composes("public-post-agreement")
    assert isinstance(agreement, PublicPostAgreement)
    assert agreement.ends_on == add_months(office.today, 12) - timedelta(days=1)
    text = printed(agreement, one_press, tmp_path)
    for told in ("公共区域保洁", "公益性岗位补贴", "2,330.00", "示例区零工驿站"):
        assert told in text


def test_a_refusal_is_told_with_its_reasons_and_what_nobody_checked(
    office: Office, one_press: Press, tmp_path: Path
) -> None:
    office.register(
        worker={
            "name": "示例青",
            "identity_number": an_identity_number(991, "19900101"),
            "phone": "13900000991",
            "address": "示例路9号",
        },
        facts=[
            a_fact("in_work", value=False),
            a_fact("disabled", value=False),
            a_fact("waiting_since", value="2026-02-20"),
            a_fact("household_income", value=900_000),
            a_fact("household_size", value=1),
        ],
    )
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    office.does(ApproveClosure(), "supervisor-1")
    notice = office.composes("closing-notice")
    assert isinstance(notice, ClosingNotice)
    assert notice.outcome is Outcome.DECLINED
    assert all(reason.wording.zh.startswith("不符合：") for reason in notice.reasons)
    assert Tag.MEMORY in {reason.authority.tag for reason in notice.reasons}
    text = printed(notice, one_press, tmp_path)
    assert "不符合：" in text
    assert "※未经核实" in text
    assert "示例区就业服务中心" in text
    assert "15个工作日内" in text


def test_a_notice_still_owed_when_its_case_is_reopened_says_why_it_was_declined(office: Office) -> None:
    office.register(facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    office.does(DepartFromDetermination(f"{HARDSHIP}-1", granted=False, reason="户籍核查不一致"), "officer-1")
    office.does(ConfirmDeparture(f"{HARDSHIP}-1"), "officer-2")
    office.does(ApproveClosure(), "supervisor-1")
    before = office.composes("closing-notice")
    office.later(2)
    office.does(Reopen("有新的证明材料"))
    assert office.composes("closing-notice") == before


def test_an_officers_own_reason_stands_in_the_notice(office: Office) -> None:
    office.register(facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    departure = DepartFromDetermination(f"{HARDSHIP}-1", granted=False, reason="户籍核查\n不一致")
    office.does(departure, "officer-1")
    office.does(ConfirmDeparture(f"{HARDSHIP}-1"), "officer-2")
    office.does(ApproveClosure(), "supervisor-1")
    notice = office.composes("closing-notice")
    assert isinstance(notice, ClosingNotice)
    assert notice.reasons[-1].wording.zh == "审批人的决定理由：户籍核查 不一致"


def test_a_failed_market_is_told_with_every_service(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised(difficulty=True)
    office.does(RecordTalk("employer-3", office.today, "与家政企业面谈 😀"))
    office.gives_everything()
    departure = DepartFromDetermination("public-post-1", granted=False, reason="本人不愿从事公益性岗位")
    office.does(departure, "officer-1")
    office.does(ConfirmDeparture("public-post-1"), "officer-2")
    office.does(ProposeClosure())
    office.does(ApproveClosure(), "supervisor-1")
    notice = office.composes("closing-notice")
    assert isinstance(notice, ClosingNotice)
    assert notice.outcome is Outcome.MARKET_FAILED
    assert [each.on for each in notice.services] == sorted(each.on for each in notice.services)
    text = printed(notice, one_press, tmp_path)
    for told in ("与示例家政服务有限公司点对点洽谈", "□", "谈了择业方向", "后厨帮工", "家政服务员", "出勤40课时"):
        assert told in text


def test_a_placed_worker_is_told_where(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    office.does(RecordPlacement("employer-1", office.today, FULL_TIME))
    for number, days in enumerate((30, 60, 90), start=1):
        office.later(days)
        office.does(RecordFollowUp(f"follow-up-{number}", office.today, still_employed=True, content="在岗"))
    office.does(ProposeClosure())
    office.does(ApproveClosure(), "supervisor-1")
    text = printed(office.composes("closing-notice"), one_press, tmp_path)
    assert "2026年3月2日起在示例物流有限公司就业" in text
    assert "示例区帮扶办法（示例）第八条〔※未经核实〕" in text


def test_a_hand_over_names_the_body(office: Office) -> None:
    office.recognised()
    office.does(HandOver("示例区残疾人联合会", "托养服务"))
    office.does(ApproveClosure(), "supervisor-1")
    notice = office.composes("closing-notice")
    assert isinstance(notice, ClosingNotice)
    assert "示例区残疾人联合会" in notice.next_steps[0]


def test_an_exit_is_told_with_its_facts(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    for number in (1, 2, 3):
        office.refers(number, ReferralOutcome.DECLINED_WITHOUT_CAUSE, "不想去")
    office.does(ProposeExit(ExitReason.REFUSED_SERVICE, "三次拒绝岗位推荐"))
    notice = office.composes("exit-notice")
    assert isinstance(notice, ExitNotice)
    assert len(notice.findings) == 4
    assert notice.exits_on == notice.review.until == date(2026, 3, 23)
    text = printed(notice, one_press, tmp_path)
    for told in ("没有接受推荐的“仓库分拣员”岗位", "三次拒绝岗位推荐", "2026年3月23日", "多地办法"):
        assert told in text


def test_composed_twice_a_paper_has_the_same_bytes_whatever_came_later(office: Office, one_press: Press) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-1", office.today))
    letter = one_press.print_paper(office.composes("referral-letter"))
    office.later(3)
    office.does(RecordGuidance(office.today, "谈了择业方向", "guide-1"))
    office.does(RecordReferral("vacancy-2", office.today))
    first = next(paper for paper in office.case.papers if paper.id == "paper-1")
    with read(office.station.engine) as connection:
        again = compose(connection, office.station, office.case, first)
    assert one_press.print_paper(again).sha256 == letter.sha256


def test_a_paper_is_sealed_kept_and_read_again(office: Office, one_press: Press, tmp_path: Path) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-1", office.today))
    kept = tmp_path / "papers"
    made = papers_desk(office.station, one_press).make_paper(PaperStep(office.case, office.paper("referral-letter")))
    office.does(KeepPaper(made.paper, made.sha256, made.file_sha256, made.file_size), Role.ENGINE)
    with read(office.station.engine) as connection:
        pdf = fetched(connection, office.station, office.case, "paper-1")
        with pytest.raises(Refused, match="no-such-paper"):
            fetched(connection, office.station, office.case, "paper-2")
    leave(tmp_path / "out" / "letter.pdf", pdf)
    assert (tmp_path / "out" / "letter.pdf").stat().st_mode & 0o077 == 0
    assert pdf.startswith(b"%PDF")
    files = [file.read_bytes() for file in kept.rglob("*") if file.is_file()]
    assert len(files) == 1
    assert b"%PDF" not in files[0]


def test_an_erased_worker_has_no_more_papers(office: Office, one_press: Press) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-1", office.today))
    with write(office.station.engine) as connection:
        destroy_person_key(connection, office.case.worker_id)
    with pytest.raises(Refused) as refused:
        office.composes("referral-letter")
    assert [reason.code for reason in refused.value.refusals] == ["worker-erased"]
    with pytest.raises(ApplicationError, match="worker-erased") as failed:
        papers_desk(office.station, one_press).make_paper(PaperStep(office.case, office.paper("referral-letter")))
    assert failed.value.non_retryable
    with read(office.station.engine) as connection, pytest.raises(Refused) as owed:
        fetched(connection, office.station, office.case, "paper-1")
    assert [reason.code for reason in owed.value.refusals] == ["paper-owed", "worker-erased"]


REFUSED = {
    "a household": ("employer-8", FULL_TIME, ["civil-service-contract"]),
    "probation": ("employer-1", replace(FULL_TIME, probation_months=3), ["probation-too-long"]),
    "a fen too little": ("employer-1", replace(FULL_TIME, pay_fen=232_999), ["below-minimum-wage"] * 2),
    "paid by the day": ("employer-1", replace(FULL_TIME, pay_unit=PayUnit.DAY), ["pay-not-by-month"]),
    "a minute too long a day": ("employer-2", replace(BY_THE_HOUR, minutes_per_day=241), ["pay-not-by-month"]),
    "settled a day late": ("employer-2", replace(BY_THE_HOUR, settled_every_days=16), ["above-part-time"]),
    "an hour a fen too cheap": ("employer-2", replace(BY_THE_HOUR, pay_fen=2_299), ["below-minimum-wage"]),
    "a void waiver": ("employer-1", replace(FULL_TIME, insurance=("乙方自愿放弃社会保险",)), ["insurance-waived"]),
    "nobody said who directs": (
        "employer-1",
        replace(FULL_TIME, through_platform=True),
        ["missing-under-direction"],
    ),
}


@pytest.mark.parametrize(("employer", "terms", "codes"), REFUSED.values(), ids=REFUSED)
def test_a_placement_no_agreement_fits_is_refused(
    office: Office, employer: str, terms: WorkTerms, codes: list[str]
) -> None:
    office.recognised()
    assert office.refused(RecordPlacement(employer, office.today, terms)) == codes
    assert office.case.placements == ()


def test_what_the_ledger_lacks_is_asked_for_and_taken_from_the_terms(office: Office) -> None:
    office.register(
        worker={"name": "示例无址", "identity_number": an_identity_number(993), "phone": "13900000992"},
        facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)],
    )
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    assert office.refused(RecordPlacement("employer-1", office.today, FULL_TIME)) == ["missing-worker-address"]
    stated = replace(FULL_TIME, parties=PartyDetails(worker_address="示例路10号"))
    office.does(RecordPlacement("employer-1", office.today, stated))
    contract = office.composes("labour-contract")
    assert isinstance(contract, LabourContract)
    assert contract.worker.address == "示例路10号"


WOMAN = an_identity_number(980, "19730601")  # fifty in 2023; fifty-five, by the reform, in 2029
OLDER_WOMAN = an_identity_number(982, "19700302")  # old enough in one class, not in the other


def a_woman(number: str) -> dict[str, str]:
    return {"name": "示例女", "identity_number": number, "phone": "13900000980", "address": "示例路8号"}


def test_a_womans_class_is_asked_for_only_where_it_matters(office: Office) -> None:
    office.register(worker=a_woman(WOMAN), facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    placement = RecordPlacement("employer-1", office.today, FULL_TIME)
    assert office.refused(placement) == ["missing-retirement-class"]
    office.learns("retirement_class", "woman55")
    assert office.refused(placement) == []


def test_one_who_is_past_the_age_gets_no_labour_contract(office: Office) -> None:
    office.register(worker=a_woman(OLDER_WOMAN), facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    office.learns("retirement_class", "woman50")
    assert office.refused(RecordPlacement("employer-1", office.today, FULL_TIME)) == ["over-age"]
    postponed = replace(FULL_TIME, retirement_postponed=True)
    assert office.refused(RecordPlacement("employer-1", office.today, postponed)) == []


def test_the_day_of_retirement_is_the_first_on_which_a_contract_is_refused(office: Office) -> None:
    policy = office.station.policies.book.resolve("retirement", "cn-50-99", office.today)
    assert retirement(policy, date(1970, 3, 2), ("woman50",)).latest == date(2020, 3, 2)


def test_a_short_post_needs_no_class_and_a_long_one_does(office: Office) -> None:
    office.recognised(difficulty=True)
    office.fails_on_the_market()
    endless = replace(POST, term_months=None)
    assert office.refused(RecordPlacement("employer-3", office.today, endless)) == ["no-last-day"]
    long = replace(POST, months_in_public_posts=25)
    assert office.refused(RecordPlacement("employer-3", office.today, long)) == ["post-too-long"]
    just = replace(POST, months_in_public_posts=24)
    assert office.refused(RecordPlacement("employer-3", office.today, just)) == []
