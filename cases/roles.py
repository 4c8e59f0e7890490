"""Who may do what: the roles of a station's people, and the two that are no staff."""

from enum import StrEnum


class Role(StrEnum):
    CASEWORKER = "caseworker"  # 经办人
    GUIDE = "guide"  # 职业指导员
    OFFICER = "officer"  # 审批人
    SUPERVISOR = "supervisor"  # 主管
    MANAGER = "manager"  # 负责人
    POLICY_OFFICER = "policy-officer"  # 政策专员
    AUDITOR = "auditor"  # 审计人员
    ADMINISTRATOR = "administrator"  # 系统管理员
    WORKER = "worker"  # 零工本人
    ENGINE = "engine"  # the engine itself: clocks, determinations, papers
