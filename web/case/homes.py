"""Where the pages of a case lie: hardship cases and subsidy cases under addresses of their own."""

from typing import Final

from cases.case_kinds import CaseKind
from cases.commands import AnyAct
from cases.subsidy.acts import Act as SubsidyAct
from web.visit import Visit

HOMES: Final = {CaseKind.HARDSHIP: "/cases", CaseKind.SUBSIDY: "/subsidies"}
# The part of an address that names the case.
PARTS: Final = {CaseKind.HARDSHIP: "case_id", CaseKind.SUBSIDY: "subsidy_id"}


def kind_asked(visit: Visit) -> CaseKind:
    """Of which kind the case of the address is."""
    subsidy = PARTS[CaseKind.SUBSIDY] in visit.request.path_params
    return CaseKind.SUBSIDY if subsidy else CaseKind.HARDSHIP


def case_asked(visit: Visit) -> str:
    return visit.part(PARTS[kind_asked(visit)])


def home_asked(visit: Visit) -> str:
    """The address of the case itself."""
    return f"{HOMES[kind_asked(visit)]}/{case_asked(visit)}"


def home_of(case_id: str, act: AnyAct) -> str:
    """The address of the case that an act is done to."""
    kind = CaseKind.SUBSIDY if isinstance(act, SubsidyAct) else CaseKind.HARDSHIP
    return f"{HOMES[kind]}/{case_id}"
