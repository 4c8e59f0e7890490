"""What a page gets for a name that is not there: an error, so that no place on a page is ever silently empty."""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Undefined


class PageUndefined(Undefined):
    """Strict, except for what the macros of govuk-frontend leave out: keys of their mappings, and a caller."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - jinja asks for anything
        if name.startswith("__"):
            raise AttributeError(name)
        self._must_be_optional()
        return PageUndefined(obj=self, name=name)

    def __getitem__(self, name: object) -> Any:  # noqa: ANN401 - as the base class has it
        self._must_be_optional()
        return PageUndefined(obj=self, name=str(name))

    def __bool__(self) -> bool:
        self._must_be_optional()
        return False

    def __str__(self) -> str:
        self._must_be_optional()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._must_be_optional()
        return iter(())

    def __len__(self) -> int:
        self._must_be_optional()
        return 0

    def __eq__(self, other: object) -> bool:
        self._must_be_optional()
        return isinstance(other, Undefined)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(type(self))

    def _must_be_optional(self) -> None:
        if not _optional(self):
            self._fail_with_undefined_error()


def _optional(missing: Undefined) -> bool:
    found_in = missing._undefined_obj  # noqa: SLF001 - jinja has no other way to ask where it was looked for
    if missing._undefined_name == "caller":  # noqa: SLF001
        return True
    return isinstance(found_in, Mapping) or (isinstance(found_in, PageUndefined) and _optional(found_in))
