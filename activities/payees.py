"""Recording the account to which an applicant is paid: their own, and by whom it was written down."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.composing.ledger import Ledger
from cases.days import day_of
from cases.payees import PayeeAccount, account_refusals
from cases.refusals import Refused, refusal
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Applicant
from store import staff
from store.audit import AuditEvent, record_audit
from store.cases import load_subsidy
from store.engine import write
from store.holding import require_unrestricted
from store.payees import keep_account

RECORDED = "record-payee-account"
BY = frozenset({Role.CASEWORKER, Role.OFFICER})


@dataclass(frozen=True)
class Payees:
    station: Station

    def record(self, case_id: str, account: PayeeAccount, actor: str, at: datetime) -> None:
        """The account of a case's applicant. Raises Refused, with every reason."""
        with write(self.station.engine) as connection:
            case = load_subsidy(connection, case_id)
            self.require_role(connection, case, actor, at)
            if case.applicant is Applicant.WORKER:
                require_unrestricted(connection, case.applicant_id, ())
            reasons = tuple(account_refusals(account, self._name(connection, case)))
            if reasons:
                raise Refused(reasons)
            keyring = self.station.keyring
            keep_account(connection, keyring, case.applicant, case.applicant_id, account, actor, at)
            about = f"{case.applicant}", case.applicant_id
            event = AuditEvent(RECORDED, actor, at, *about, case_id=case.id, station_id=case.station_id)
            record_audit(connection, keyring, event)

    @staticmethod
    def require_role(connection: Connection, case: SubsidyCase, actor: str, at: datetime) -> None:
        if not BY & staff.station_roles(connection, actor, case.station_id, day_of(at)):
            raise Refused(
                (
                    refusal(
                        "not-your-role",
                        f"登记收款账户须由本站的经办人或审批人办理；{actor}在本站没有该角色。",
                        f"An account is recorded by a caseworker or officer of the station; {actor} is none there.",
                    ),
                )
            )

    def _name(self, connection: Connection, case: SubsidyCase) -> str:
        ledger = Ledger(connection, self.station.keyring, self.station.policies)
        if case.applicant is Applicant.WORKER:
            return ledger.worker(case.applicant_id).name
        return ledger.employer_name(case.applicant_id)
