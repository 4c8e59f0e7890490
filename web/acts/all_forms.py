"""The forms of each kind of case: one for every act that people do to it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cases.case_kinds import CaseKind
from web.acts.described import ActForm
from web.acts.forms import FORMS
from web.subsidies.forms import SUBSIDY_FORMS

FORMS_OF: Final[Mapping[CaseKind, Mapping[str, ActForm]]] = MappingProxyType(
    {CaseKind.HARDSHIP: FORMS, CaseKind.SUBSIDY: SUBSIDY_FORMS}
)
