"""A case of whatever kind, as it travels between its workflow and the activities."""

from typing import Annotated, Any, Final, TypeAlias

from pydantic import Discriminator, Tag, TypeAdapter

from cases.case_kinds import CaseKind
from cases.hardship.case import HardshipCase
from cases.subsidy.case import SubsidyCase

OneCase: TypeAlias = HardshipCase | SubsidyCase


def kind_of(case: OneCase) -> CaseKind:
    return CaseKind.SUBSIDY if isinstance(case, SubsidyCase) else CaseKind.HARDSHIP


def _kind(value: Any) -> str:  # noqa: ANN401  # a case, or what JSON gives for one
    """Only a subsidy case has an applicant."""
    return (
        "subsidy" if hasattr(value, "applicant_id") or "applicant_id" in getattr(value, "keys", tuple)() else "hardship"
    )


AnyCase: TypeAlias = Annotated[
    Annotated[HardshipCase, Tag("hardship")] | Annotated[SubsidyCase, Tag("subsidy")], Discriminator(_kind)
]
ANY_CASE: Final[TypeAdapter[OneCase]] = TypeAdapter(AnyCase)
