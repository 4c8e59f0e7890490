"""The forms of facts, and of what officers do with the determination of a subsidy."""

from dataclasses import replace
from typing import Final

from cases.subsidy.determining import DepartFromDetermination
from cases.wording import Wording
from web.acts.described import ActForm, Field, Section
from web.acts.forms import determining
from web.acts.widgets import Money

_AMOUNT: Final = Field(
    "amount_fen",
    Wording("准予多少", "How much is granted"),
    Money(),
    Wording("准予的，写明全部期间合计的金额。", "Where it is granted: the sum for all periods together."),
    required=False,
    needed_when=("granted", frozenset({"yes"})),
)


def _departing(form: ActForm) -> ActForm:
    """A subsidy that is granted against the rules needs a sum, too."""
    section = form.sections[0]
    determination, granted, reason = section.fields
    fields = (determination, granted, _AMOUNT, reason)
    return replace(form, sections=(Section(None, fields),), at={**form.at, "no-amount": "amount_fen"})


FORMS: Final = tuple(
    _departing(form) if form.kind == DepartFromDetermination.KIND else form for form in determining.FORMS
)
