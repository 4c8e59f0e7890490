"""The invented places of the examples, and who works there in which role."""

from datetime import date
from typing import Final

from cases.roles import Role
from store.organisation import Level, NewNode, Station

JOINED_ON: Final = date(2019, 1, 2)

LEVELS: Final = (
    Level("nation", 0, "国家", "Nation"),
    Level("province", 1, "省（自治区、直辖市）", "Province"),
    Level("city", 2, "市（州）", "City"),
    Level("county", 3, "县（市、区）", "County"),
    Level("township", 4, "乡镇（街道）", "Township"),
    Level("village", 5, "村（社区）", "Village"),
    Level("station", 6, "驿站", "Station"),
)

NODES: Final = (
    NewNode("cn", None, "nation", "全国", None, "cn"),
    NewNode("cn-50", "cn", "province", "重庆市", "500000", "cn-50"),
    NewNode("cn-50-99", "cn-50", "county", "示例区", "509900", "cn-50-99"),
    NewNode("cn-50-99-01", "cn-50-99", "township", "示例街道", "509900001"),
    NewNode("cn-50-99-01-01", "cn-50-99-01", "village", "示例社区", "509900001001"),
    NewNode("node-station-1", "cn-50-99", "station", "示例区零工驿站"),
    NewNode("node-station-2", "cn-50-99-01-01", "station", "示例社区零工驿站"),
    NewNode("cn-42", "cn", "province", "湖北省", "420000", "cn-42"),
    NewNode("cn-42-98", "cn-42", "city", "示例市", "429800", "cn-42-02"),
    NewNode("cn-42-99", "cn-42-98", "county", "示例区", "429899", "cn-42-02-99"),
    NewNode("node-station-3", "cn-42-99", "station", "示例区零工驿站"),
)

_HOURS: Final = "周一至周日 06:30-18:30"
_TRADES: Final = ("搬运", "家政", "装修", "餐饮", "保洁")

STATIONS: Final = (
    Station(
        "station-1", "node-station-1", "示例区零工驿站", "综合性", _HOURS, _TRADES, "示例路1号", "12333", JOINED_ON
    ),
    Station(
        "station-2", "node-station-2", "示例社区零工驿站", "服务站点", _HOURS, _TRADES, "示例街2号", "12333", JOINED_ON
    ),
    Station(
        "station-3", "node-station-3", "示例区零工驿站", "综合性", _HOURS, _TRADES, "示例大道3号", "12333", JOINED_ON
    ),
)

STAFF: Final = {
    "caseworker-1": "周经办",
    "caseworker-2": "吴经办",
    "caseworker-3": "郑经办",
    "guide-1": "王指导",
    "guide-3": "冯指导",
    "officer-1": "陈审批",
    "officer-2": "褚审批",
    "officer-3": "卫审批",
    "officer-4": "蒋审批",
    "supervisor-1": "沈主管",
    "supervisor-3": "韩主管",
    "manager-1": "杨负责",
    "manager-3": "朱负责",
    "policy-officer-1": "秦政策",
    "auditor-1": "尤审计",
    "administrator-1": "许管理",
}

# A role at a node holds in all that is below it.
GRANTS: Final = (
    ("caseworker-1", Role.CASEWORKER, "node-station-1"),
    ("caseworker-2", Role.CASEWORKER, "node-station-2"),
    ("caseworker-3", Role.CASEWORKER, "node-station-3"),
    ("guide-1", Role.GUIDE, "cn-50-99"),
    ("guide-3", Role.GUIDE, "cn-42-99"),
    ("officer-1", Role.OFFICER, "cn-50-99"),
    ("officer-2", Role.OFFICER, "cn-50-99"),
    ("officer-3", Role.OFFICER, "cn-42-99"),
    ("officer-4", Role.OFFICER, "cn-42-99"),
    ("supervisor-1", Role.SUPERVISOR, "cn-50-99"),
    ("supervisor-3", Role.SUPERVISOR, "cn-42-99"),
    ("manager-1", Role.MANAGER, "cn-50-99"),
    ("manager-3", Role.MANAGER, "cn-42-99"),
    ("policy-officer-1", Role.POLICY_OFFICER, "cn"),
    ("auditor-1", Role.AUDITOR, "cn"),
    ("administrator-1", Role.ADMINISTRATOR, "cn"),
)
