"""Proposing a policy file: sent as a file or pasted, read at once, with every mistake by its line and column."""

from typing import Final

from starlette.responses import Response

from activities.published import text_of
from activities.publishing import FILE_ERROR, LAW_IN_FORCE
from cases.refusals import Refused
from cases.wording import Wording
from rules.publishable import file_in
from rules.shelf import FileKey
from web.forms import REQUIRED, UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.policies.listing import LIST
from web.policies.one import lines_of
from web.roles import POLICY_WRITING
from web.serving import MAX_PART_BYTES, Page
from web.spreadsheets import uploaded
from web.visit import Visit

PROPOSE: Final = f"{LIST}/propose"
MOST_WHY: Final = 500
_NOT_UTF8: Final = Wording("文件不是 UTF-8 编码的文本", "The file is not a text in UTF-8")
_TOO_LONG: Final = Wording(f"最多 {MOST_WHY} 个字", f"At most {MOST_WHY} characters")
_TOO_LARGE: Final = Wording("文件太大", "The file is too large")


def propose_page(visit: Visit) -> Response:
    """Begins with the file in use where one is named, so that what was in force stays as it was."""
    return _page(visit, Form.shown(visit, {"text": _begun(visit)}))


def propose(visit: Visit) -> Response:
    form = Form.sent(visit)
    text, why = _text(visit, form), why_of(form)
    if form.errors:
        return _page(visit, form, UNPROCESSABLE)
    name = _name(visit)
    new_id = keyed_id(visit, form.key)
    try:
        visit.office.station.publishing.propose(new_id, name, text, visit.me.staff_id, why, visit.now)
    except Refused as refused:
        for reason in refused.refusals:
            form.wrong("text" if reason.code in (FILE_ERROR, LAW_IN_FORCE) else "", reason.wording)
        return _page(visit, form, UNPROCESSABLE)
    visit.forget()
    return visit.go(f"{LIST}/proposals/{new_id}", said="policy-proposed")


def why_of(form: Form) -> str:
    why = form.text("why", required=True)
    if len(why) > MOST_WHY:
        form.wrong("why", _TOO_LONG)
    return why


def _text(visit: Visit, form: Form) -> str:
    """Of the file that was chosen, or else what was pasted."""
    data = uploaded(visit, "file")
    if data is None:
        text = form.value("text").replace("\r\n", "\n")
        if not text.strip():
            form.wrong("text", REQUIRED)
        return text
    if len(data) > MAX_PART_BYTES:
        form.wrong("file", _TOO_LARGE)
        return ""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        form.wrong("file", _NOT_UTF8)
        return ""
    # Shown again beside its mistakes: a browser does not send the same file twice by itself.
    form.values = {**form.values, "text": (text,)}
    return text


def _name(visit: Visit) -> str:
    """What a file of facts is called; any other is named by what it says itself."""
    file = visit.files.get("file")
    given = (file.filename or "" if file else "") or "policy.yaml"
    plain = "".join(each for each in given.replace("\\", "/").split("/")[-1] if each.isalnum() or each in "-_.")
    return f"facts/{plain or 'facts.yaml'}"


def _begun(visit: Visit) -> str:
    station = visit.office.station
    key = FileKey(visit.asked("policy"), visit.asked("jurisdiction"))
    if file_in(station.policies.book, key) is None:
        return ""
    return text_of(station.engine, station.publishing.shipped, key)[0]


def _page(visit: Visit, form: Form, status: int = 200) -> Response:
    # A box to write in has no line numbers, and a mistake is named by its line.
    lines = list(lines_of(form.value("text"))) if form.error("text") else []
    return visit.render("policies/propose.html", {"form": form, "lines": lines}, status=status)


ROUTES: Final = [
    Page(PROPOSE, propose_page, POLICY_WRITING),
    Page(PROPOSE, propose, POLICY_WRITING, methods=("POST",)),
]
