"""The record as a command finds it: of this version, and never made by looking for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from activities.bootstrap import Station, open_station
from cases.refusals import Refused, refusal
from store.migrate import RecordTooNew, RecordTooOld, require_current
from store.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Station]:
    """Raises Refused where there is no record yet, or one of another version."""
    if settings.external_database is None and not settings.database_file.exists():
        raise _none(settings)
    with open_station(settings) as station:
        try:
            require_current(station.engine)
        except RecordTooNew as newer:
            raise written_by_a_newer(newer) from None
        except RecordTooOld as older:
            raise _not_yet_of_this_version(older) from None
        yield station


def written_by_a_newer(newer: RecordTooNew) -> Refused:
    return Refused(
        (
            refusal(
                "database-newer",
                "数据库由更新版本的驿站写成，本版本会误读。请运行更新的版本，或恢复更早的备份。",
                str(newer),
            ),
        )
    )


def _none(settings: Settings) -> Refused:
    return Refused(
        (
            refusal(
                "no-record",
                f"数据文件夹 {settings.data} 里还没有数据库。请先运行 yizhan run，或用 YIZHAN_DATA 指定正确的文件夹。",
                f"There is no record in the data folder {settings.data} yet. "
                "Start the station with yizhan run, or name the right folder with YIZHAN_DATA.",
            ),
        )
    )


def _not_yet_of_this_version(older: RecordTooOld) -> Refused:
    return Refused(
        (
            refusal(
                "database-older",
                "数据库还不是本版本的结构。请运行 yizhan migrate，或重新启动驿站。",
                f"{older.args[0].rstrip('.')}, or start the station again.",
            ),
        )
    )
