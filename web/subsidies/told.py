"""The timeline of a subsidy case in sentences: what a step was about, in words that hold nothing of a person."""

from typing import Any

from cases.acts import Act
from web.subsidies.opened import OpenSubsidy


def subject_of_subsidy(opened: OpenSubsidy, act: Act[Any, Any] | None) -> str | None:  # noqa: ARG001 - acts to come
    return None
