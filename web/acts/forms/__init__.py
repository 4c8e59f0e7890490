"""One description for every act that people do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cases.commands import OF_PEOPLE
from web.acts.described import ActForm
from web.acts.forms import determining, leaving, moving, needing, papering, placing, referring, serving, waking

_MODULES: Final = (determining, serving, referring, needing, placing, moving, leaving, papering, waking)
FORMS: Final[Mapping[str, ActForm]] = MappingProxyType(
    {form.kind: form for module in _MODULES for form in module.FORMS if form.kind in OF_PEOPLE}
)
