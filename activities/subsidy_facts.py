"""What the record itself shows of the facts that the policy of a subsidy reads."""

from cases.canonical import Json
from cases.subsidy.case import SubsidyCase


def shown_by_record(case: SubsidyCase) -> dict[str, Json]:
    return {"applied_on": case.applied_on.isoformat()}
