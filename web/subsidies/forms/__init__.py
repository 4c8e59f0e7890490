"""One description for every act that people do to a subsidy case."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cases.commands import SUBSIDY_ACTS
from web.acts.described import ActForm
from web.subsidies.forms import claiming, deciding, paying, recovering, reviewing

_FORMS: Final[tuple[ActForm, ...]] = (
    *deciding.FORMS,
    *claiming.FORMS,
    *paying.FORMS,
    *recovering.FORMS,
    *reviewing.FORMS,
)
SUBSIDY_FORMS: Final[Mapping[str, ActForm]] = MappingProxyType(
    {form.kind: form for form in _FORMS if form.kind in SUBSIDY_ACTS.of_people}
)
