"""Who a page is for. Every route names one of these; the test of the roles is made from them."""

from dataclasses import dataclass
from typing import Final

from cases.roles import Role


@dataclass(frozen=True)
class Access:
    """`roles`: staff who hold any of these somewhere. `linked`: a worker who came by a link. Neither: everyone."""

    roles: frozenset[Role] = frozenset()
    linked: bool = False

    @property
    def public(self) -> bool:
        return not self.roles and not self.linked


OF_STAFF: Final = frozenset(Role) - {Role.WORKER, Role.ENGINE}

PUBLIC: Final = Access()
LINKED: Final = Access(linked=True)
SIGNED_IN: Final = Access(OF_STAFF)
# 办件人员: those who work on cases; the auditor reads them.
CASE_WORK: Final = Access(frozenset({Role.CASEWORKER, Role.GUIDE, Role.OFFICER, Role.SUPERVISOR, Role.MANAGER}))
CASE_READING: Final = Access(CASE_WORK.roles | {Role.AUDITOR})
COUNTER: Final = Access(frozenset({Role.CASEWORKER}))
GUIDES: Final = Access(frozenset({Role.CASEWORKER, Role.GUIDE}))
# 改派: those who may say whose a case is.
ASSIGNING: Final = Access(frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER}))
DECIDING: Final = Access(frozenset({Role.OFFICER}))
LEADING: Final = Access(frozenset({Role.SUPERVISOR, Role.MANAGER}))
AUDITING: Final = Access(frozenset({Role.AUDITOR}))
RUNNING: Final = Access(frozenset({Role.ADMINISTRATOR}))
# 政策: written and published by policy officers; those who answer for its use, and who audit it, read it.
POLICY_WRITING: Final = Access(frozenset({Role.POLICY_OFFICER}))
POLICY_READING: Final = Access(POLICY_WRITING.roles | {Role.MANAGER, Role.AUDITOR})
STATION_READING: Final = Access(LEADING.roles | RUNNING.roles)
# Those who work or decide on a case see what is written in it; managers and auditors see it masked, unless revealed.
WORKING: Final = frozenset({Role.CASEWORKER, Role.GUIDE, Role.OFFICER, Role.SUPERVISOR})
