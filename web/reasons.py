"""Why somebody looks at what is masked (查看事由): one of a closed list, and a note where the list does not say it."""

from enum import StrEnum
from typing import Final

from cases.wording import Wording
from web.forms import Form
from web.visit import Visit

MOST_NOTE: Final = 200


class Why(StrEnum):
    FACE_TO_FACE = "face-to-face"
    CONTACT = "contact"
    PAPER = "paper"
    OTHER_BODY = "other-body"
    REVIEW = "review"
    OTHER = "other"


REASONS: Final = {
    Why.FACE_TO_FACE: Wording("当面核对本人", "To check it with the worker, face to face"),
    Why.CONTACT: Wording("联系本人", "To reach the worker"),
    Why.PAPER: Wording("写进法定文书", "For a paper that the law asks for"),
    Why.OTHER_BODY: Wording("与外部机构核对", "To check it with another body"),
    Why.REVIEW: Wording("督查或审计", "For an inspection or an audit"),
    Why.OTHER: Wording("其他（请写明）", "Another (say which)"),
}
_SAY_WHICH: Final = Wording("请写明是什么事由", "Say what the reason is")
_TOO_LONG: Final = Wording(f"最多 {MOST_NOTE} 个字", f"At most {MOST_NOTE} characters")


def reason_given(visit: Visit) -> tuple[Form, Why | None, str]:
    """What the form says, with its errors: the reason, and the note."""
    form = Form.sent(visit)
    why, note = form.choice("why", Why), form.text("note")
    if why is Why.OTHER and not note:
        form.wrong("note", _SAY_WHICH)
    if len(note) > MOST_NOTE:
        form.wrong("note", _TOO_LONG)
    return form, why, note
