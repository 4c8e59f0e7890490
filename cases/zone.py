"""The one time zone in which stations work (no daylight saving since 1991)."""

from zoneinfo import ZoneInfo

STATION_ZONE = ZoneInfo("Asia/Shanghai")
