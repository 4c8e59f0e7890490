"""Verifying an employer: how, on what evidence, with what result, and until when it can be relied on."""

from datetime import date
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.employers import Verification, is_verification, locked_employer, record_verification, verifications
from store.tables.employers import VerificationResult
from web.employers.opened import RESULTS, note, seen_employer
from web.forms import UNPROCESSABLE, Form, day_values
from web.keyed import keyed_id
from web.vacancies.checking import EVIDENCE_NEEDED, read_lines
from web.vacancies.words import spoken
from web.visit import Visit

OTHER: Final = "other"
_LONGEST: Final = 80
TOO_LONG: Final = Wording(f"最多 {_LONGEST} 个字", f"At most {_LONGEST} characters")
IN_FUTURE: Final = Wording("核实日期不能晚于今天", "The day of the verification cannot lie after today")
ENDS_BEFORE: Final = Wording("可依据至的日期不能早于核实日期", "It cannot end before the day of the verification")
FIRST_DAY: Final = date(2000, 1, 1)
TOO_EARLY: Final = Wording("日期过早，请核对", "The day is too early: check it")
# How it is done most often; kept as they stand here, since the record speaks Chinese.
METHODS: Final = {
    "现场查看证照": Wording("现场查看证照", "Licence seen on the spot"),
    "网上核验登记信息": Wording("网上核验登记信息", "Registration checked online"),
    "电话核实": Wording("电话核实", "By phone"),
    "上门走访": Wording("上门走访", "By a visit"),
}


def verify_page(visit: Visit) -> Response:
    form = Form.shown(visit, day_values("verified_on", visit.today))
    with visit.reading() as connection:
        return _form(visit, connection, form)


def verify(visit: Visit) -> Response:
    form = Form.sent(visit)
    verification_id = keyed_id(visit, form.key)
    with visit.writing() as connection:
        seen = seen_employer(visit, connection)
        locked_employer(connection, seen.id)
        found = _read(visit, form, seen.id)
        if found is not None and not is_verification(connection, verification_id):
            record_verification(connection, found, visit.now, verification_id)
            note(visit, connection, "verify-employer", seen.id)
    if found is None:
        visit.keep()
        with visit.reading() as connection:
            return _form(visit, connection, form, status=UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/employers/{seen.id}", said="employer-verified")


def _read(visit: Visit, form: Form, employer_id: str) -> Verification | None:
    verified_on = form.day("verified_on")
    if verified_on and verified_on > visit.today:
        form.wrong("verified_on", IN_FUTURE)
    if verified_on and verified_on < FIRST_DAY:
        form.wrong("verified_on", TOO_EARLY)
    method = form.one_of("method", (*METHODS, OTHER)) or ""
    if method == OTHER:
        method = form.text("other_method", required=True)
        if len(method) > _LONGEST:
            form.wrong("other_method", TOO_LONG)
    evidence = read_lines(form, "evidence")
    if not evidence and not form.error("evidence"):
        form.wrong("evidence", EVIDENCE_NEEDED)
    result = form.choice("result", VerificationResult)
    good_until = form.day("good_until", required=False)
    if good_until and verified_on and good_until < verified_on:
        form.wrong("good_until", ENDS_BEFORE)
    if form.errors or verified_on is None or result is None:
        return None
    relied_on = good_until if result is VerificationResult.VERIFIED else None
    return Verification(employer_id, visit.me.staff_id, verified_on, method, evidence, result, relied_on)


def _form(visit: Visit, connection: Connection, form: Form, *, status: int = 200) -> Response:
    seen = seen_employer(visit, connection)
    context = {
        "seen": seen,
        "who": seen.shown,
        "form": form,
        "methods": [{"value": value, "text": name.within(visit.language)} for value, name in METHODS.items()],
        "other": OTHER,
        "results": spoken(RESULTS, visit.language),
        "checks": verifications(connection, seen.id)[:1],
        "labels": RESULTS,
    }
    return visit.render("employers/verify.html", context, status=status)
