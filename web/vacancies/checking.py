"""The truth check of a vacancy: who looked, when, at what, and what keeps workers out without cause."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.offers import ListedOffer
from store.publications import TruthCheck, is_written, record_truth_check
from store.tables.vacancies import CheckResult
from web.forms import UNPROCESSABLE, Form, day_values
from web.keyed import keyed_id
from web.vacancies import words
from web.vacancies.opened import held_offer, own_offer
from web.vacancies.page import head, note
from web.visit import Visit

_MOST_LINES: Final = 20
_LONGEST: Final = 200
EVIDENCE_NEEDED: Final = Wording(
    "写明看了什么、问了谁，一行一项", "Say what was looked at and who was asked, one a line"
)
TOO_MUCH: Final = Wording(
    f"最多 {_MOST_LINES} 行，每行最多 {_LONGEST} 个字", f"At most {_MOST_LINES} lines of {_LONGEST} characters"
)
IN_FUTURE: Final = Wording("审查日期不能晚于今天", "The day of the check cannot lie after today")
BEFORE_RECEIPT: Final = Wording("审查日期不能早于收到岗位的日期", "It cannot lie before the vacancy was received")
FINDINGS_FAIL: Final = Wording(
    "有歧视性内容或违规要求的，结论只能是“不通过”；改正后的条件另发新岗位",
    "With such a finding the result can only be “failed”; put right, the offer is a new vacancy",
)
# Found often; another finding is written in words. Kept as they stand here, since the record speaks Chinese.
FINDINGS: Final = ("限性别", "限年龄", "限户籍", "限民族或宗教信仰", "限残疾或病原携带者", "收取押金或扣押证件")
FINDINGS_EN: Final = (
    "limits by sex",
    "limits by age",
    "limits by household registration",
    "limits by ethnic group or religion",
    "limits by disability or carried pathogens",
    "asks for a deposit or keeps documents",
)


def check_page(visit: Visit) -> Response:
    form = Form.shown(visit, day_values("checked_on", visit.today))
    with visit.reading() as connection:
        offer = own_offer(visit, connection)
        return _form(visit, connection, offer, form)


def check(visit: Visit) -> Response:
    form = Form.sent(visit)
    check_id = keyed_id(visit, form.key)
    with visit.writing() as connection:
        offer = held_offer(visit, connection)
        found = _read(visit, offer, form)
        if found is not None and not is_written(connection, check_id):
            record_truth_check(connection, found, visit.now, check_id)
            note(visit, connection, "check-vacancy", offer.vacancy.id, offer.vacancy.station_id)
    if found is None:
        visit.keep()
        with visit.reading() as connection:
            return _form(visit, connection, offer, form, status=UNPROCESSABLE)
    visit.forget()
    said = "truth-check-passed" if found.passed else "truth-check-failed"
    return visit.go(f"/vacancies/{offer.vacancy.id}", said=said)


def read_lines(form: Form, name: str) -> tuple[str, ...]:
    """Several things, one a line."""
    lines = tuple(line.strip() for line in form.value(name).splitlines() if line.strip())
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST for line in lines):
        form.wrong(name, TOO_MUCH)
        return ()
    return lines


def _read(visit: Visit, offer: ListedOffer, form: Form) -> TruthCheck | None:
    checked_on = form.day("checked_on")
    if checked_on and checked_on > visit.today:
        form.wrong("checked_on", IN_FUTURE)
    if checked_on and checked_on < offer.vacancy.received_on:
        form.wrong("checked_on", BEFORE_RECEIPT)
    evidence = read_lines(form, "evidence")
    if not evidence and not form.error("evidence"):
        form.wrong("evidence", EVIDENCE_NEEDED)
    ticked = tuple(each for each in FINDINGS if each in form.chosen("findings"))
    findings = tuple(dict.fromkeys((*ticked, *read_lines(form, "other_findings"))))
    result = form.choice("result", CheckResult)
    if findings and result is CheckResult.PASSED:
        form.wrong("result", FINDINGS_FAIL)
    if form.errors or checked_on is None or result is None:
        return None
    return TruthCheck(offer.vacancy.id, visit.me.staff_id, checked_on, evidence, findings, result)


def _form(visit: Visit, connection: Connection, offer: ListedOffer, form: Form, *, status: int = 200) -> Response:
    names = FINDINGS if visit.language == "zh" else FINDINGS_EN
    context = {
        **head(visit, connection, offer),
        "form": form,
        "findings": list(zip(FINDINGS, names, strict=True)),
        "results": words.spoken(words.CHECKS, visit.language),
    }
    return visit.render("vacancies/check.html", context, status=status)
