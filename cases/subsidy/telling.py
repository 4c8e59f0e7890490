"""Who is told of a step of a subsidy case (通知)."""

from collections.abc import Iterator

from cases.notices import Notice
from cases.subsidy.acts import Act
from cases.subsidy.case import SubsidyCase


def notices(act: Act, before: SubsidyCase, after: SubsidyCase) -> Iterator[Notice]:  # noqa: ARG001  # being written
    yield from ()
