"""One description for every act that people do to a subsidy case."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cases.commands import SUBSIDY_ACTS
from web.acts.described import ActForm

_MODULES: Final = ()
SUBSIDY_FORMS: Final[Mapping[str, ActForm]] = MappingProxyType(
    {form.kind: form for module in _MODULES for form in module.FORMS if form.kind in SUBSIDY_ACTS.of_people}
)
