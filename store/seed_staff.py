"""Who else works at the invented stations of the demonstration: every station has its own people in every role."""

from typing import Final

from cases.roles import Role

DEMO_STAFF: Final = {
    "caseworker-4": "唐若溪",
    "caseworker-5": "贺明川",
    "caseworker-6": "沈砚秋",
    "guide-2": "温如玉",
    "supervisor-2": "顾知远",
    "policy-officer-2": "陆正言",
    "auditor-2": "凌霜",
    "auditor-3": "程一鸣",
}
DEMO_GRANTS: Final = (
    ("caseworker-4", Role.CASEWORKER, "node-station-1"),
    ("caseworker-5", Role.CASEWORKER, "node-station-2"),
    ("caseworker-6", Role.CASEWORKER, "node-station-3"),
    ("guide-2", Role.GUIDE, "node-station-2"),
    ("supervisor-2", Role.SUPERVISOR, "node-station-2"),
    ("policy-officer-2", Role.POLICY_OFFICER, "cn"),
    ("auditor-2", Role.AUDITOR, "cn-50"),
    ("auditor-3", Role.AUDITOR, "cn-42"),
)
