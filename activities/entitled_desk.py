"""The list of those who could have a subsidy, as a reader may see it; and what they said when they were told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, Engine, select

from activities.policies import Policies
from cases.days import day_of
from cases.names import mask_name
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.subsidy.stages import Applicant
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.employer_register import in_scope
from store.employers import employer, household_names
from store.engine import read, write
from store.entitlements import Answer, Found, Of, Wanted, answer_of, count_found, found_in
from store.keys import KeyRing
from store.people import workers
from store.scope import NotInScope, Scope, require_worker, scope_of
from store.tables.people import worker as worker_table

# Whoever works on cases sees the names of their workers; whoever tells people of subsidies works at a counter.
NAMING: Final = frozenset({Role.CASEWORKER, Role.GUIDE, Role.OFFICER, Role.SUPERVISOR, Role.MANAGER})
TELLING: Final = frozenset({Role.CASEWORKER, Role.GUIDE})
SHOWN_NAMES: Final = "show-entitled-names"
TOLD: Final = "tell-entitled"
NOT_WANTED: Final = "entitled-declines"


@dataclass(frozen=True)
class Line:
    """One applicant and one subsidy, in words. `name`: masked, unless names were asked for by whoever may see them.

    `hired`: for whom an employer would apply, masked like any name.
    """

    found: Found
    name: str = field(repr=False)
    title: Wording
    missing: tuple[Wording, ...]
    hired: str = field(default="", repr=False)


@dataclass(frozen=True)
class EntitledDesk:
    engine: Engine
    keyring: KeyRing
    policies: Policies

    def lines(
        self, wanted: Wanted, scope: Scope | None = None, start: int = 0, at_most: int | None = None
    ) -> tuple[Line, ...]:
        """Masked."""
        with read(self.engine) as connection:
            found = found_in(connection, self.keyring, wanted, scope, start, at_most)
            return self._lines(connection, found, frozenset())

    def count(self, wanted: Wanted, scope: Scope | None = None) -> int:
        with read(self.engine) as connection:
            return count_found(connection, wanted, scope)

    def named(self, wanted: Wanted, staff_id: str, at: datetime) -> tuple[Line, ...]:
        """With names, of those whom this member of staff may see; the look is written down. Raises Refused."""
        with write(self.engine) as connection:
            scope = scope_of(connection, staff_id, day_of(at)).holding(NAMING)
            if not scope.reaches:
                raise Refused((_may_not(staff_id),))
            found = found_in(connection, self.keyring, wanted, scope, at_most=None)
            event = AuditEvent(SHOWN_NAMES, staff_id, at, reason=str(len(found)))
            record_audit(connection, self.keyring, event)
            listed = {each.entitled.hired or each.entitled.applicant_id for each in found}
            theirs = select(worker_table.c.id).where(worker_table.c.id.in_(listed), scope.has_worker())
            return self._lines(connection, found, frozenset(connection.scalars(theirs)))

    def told(self, applicant: Applicant, of: Of, staff_id: str, at: datetime) -> None:
        """They were told that they could have it."""
        self._answered(applicant, of, Answer(day_of(at), staff_id), at)

    def declined(self, applicant: Applicant, of: Of, staff_id: str, at: datetime, reason: str) -> None:
        """They do not want it, and why; they are not listed for it any more, until they are told anew."""
        if not reason.strip():
            raise Refused((refusal("blank", "请填写理由 reason。", "Fill in the reason: it may not be blank."),))
        self._answered(applicant, of, Answer(day_of(at), staff_id, reason), at)

    def _answered(self, applicant: Applicant, of: Of, answer: Answer, at: datetime) -> None:
        with write(self.engine) as connection:
            self._require(connection, applicant, of.applicant_id, answer.told_by, day_of(at))
            if of.policy not in self.policies.book.files:
                zh, en = f"没有补贴“{of.policy}”。", f"There is no subsidy {of.policy}."
                raise Refused((refusal("no-policy", zh, en),))
            answer_of(connection, self.keyring, of, answer, at)
            kind = NOT_WANTED if answer.declined else TOLD
            event = AuditEvent(kind, answer.told_by, at, applicant.value, of.applicant_id, reason=of.policy)
            record_audit(connection, self.keyring, event)

    def _require(
        self, connection: Connection, applicant: Applicant, applicant_id: str, staff_id: str, on: date
    ) -> None:
        """Raises NotInScope for whoever is not theirs to tell."""
        scope = scope_of(connection, staff_id, on).holding(TELLING)
        if applicant is Applicant.WORKER:
            require_worker(connection, scope, applicant_id)
        elif not in_scope(connection, scope, applicant_id):
            raise NotInScope

    def _lines(self, connection: Connection, found: Sequence[Found], seen: frozenset[str]) -> tuple[Line, ...]:
        """`seen`: the workers whose names the reader may see; whoever was hired may be another place's."""
        names = self._names(connection, found, seen)
        return tuple(
            Line(
                each,
                names.get(each.entitled.applicant_id, "—"),
                self._title(each.entitled.policy),
                tuple(map(self._label, each.entitled.missing)),
                names.get(each.entitled.hired, ""),
            )
            for each in found
        )

    def _names(self, connection: Connection, found: Sequence[Found], seen: frozenset[str]) -> Mapping[str, str]:
        by_kind = {
            kind: {each.entitled.applicant_id for each in found if each.entitled.applicant is kind}
            for kind in Applicant
        }
        hired = {each.entitled.hired for each in found if each.entitled.hired}
        people = workers(connection, self.keyring, by_kind[Applicant.WORKER] | hired)
        names = {id_: each.name if id_ in seen else mask_name(each.name) for id_, each in people.items()}
        return {**names, **self._names_of_employers(connection, by_kind[Applicant.EMPLOYER])}

    def _names_of_employers(self, connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
        """Those of organisations are public; a household is a person, and stays masked."""
        households = household_names(connection, self.keyring, ids)
        found = {each.id: each.name for id_ in ids if (each := employer(connection, id_)) is not None}
        return {id_: name or households.get(id_, "—") for id_, name in found.items()}

    def _title(self, policy: str) -> Wording:
        files = self.policies.book.files.get(policy)
        return files[0].title if files else Wording(policy, policy)

    def _label(self, fact: str) -> Wording:
        """Of a part of a list, the list's."""
        declared = self.policies.book.facts.get(fact.partition("[")[0])
        return declared.label if declared else Wording(fact, fact)


def _may_not(staff_id: str) -> Refusal:
    return refusal(
        "not-your-role",
        f"{staff_id}没有可以查看姓名的角色。",
        f"{staff_id} holds no role that may see names.",
    )
