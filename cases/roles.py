"""Who may do what: the roles of a station's people, and the two that are no staff."""

from collections.abc import Iterable
from enum import StrEnum

from cases.wording import Wording


class Role(StrEnum):
    CASEWORKER = "caseworker"
    GUIDE = "guide"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    POLICY_OFFICER = "policy-officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    WORKER = "worker"
    ENGINE = "engine"  # the engine itself: clocks, determinations, papers

    @property
    def label(self) -> Wording:
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.CASEWORKER: Wording("经办人", "caseworker"),
    Role.GUIDE: Wording("职业指导员", "guide"),
    Role.OFFICER: Wording("审批人", "officer"),
    Role.SUPERVISOR: Wording("主管", "supervisor"),
    Role.MANAGER: Wording("负责人", "manager"),
    Role.POLICY_OFFICER: Wording("政策专员", "policy officer"),
    Role.AUDITOR: Wording("审计人员", "auditor"),
    Role.ADMINISTRATOR: Wording("系统管理员", "administrator"),
    Role.WORKER: Wording("零工", "worker"),
    Role.ENGINE: Wording("引擎", "engine"),
}


def any_of(roles: Iterable[Role]) -> Wording:
    """These roles in a sentence, in the order of the list above: any one of them will do."""
    labels = [role.label for role in Role if role in set(roles)]
    return Wording("或".join(label.zh for label in labels), " or ".join(label.en for label in labels))
