"""An empty record gets the demonstration, so that there is something to try, and accounts to try it with."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

import typer

from activities.bootstrap import open_station
from activities.demo.planting import new_password, plant_demo
from cases.roles import Role
from store.engine import read
from store.seed import is_empty
from store.seed_past import demo_cases
from store.seed_places import GRANTS, STAFF
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.settings import Settings

PLANTING = "数据库是空的，正在放入虚构的演示数据 · the record is empty: planting an invented demonstration …"
PLANTED = (
    "已放入虚构的两省三站：人员、岗位和四十个个案，供试用（YIZHAN_EXAMPLES=no 则不放）。\n"
    "Three invented stations in two provinces were planted, with people, vacancies and forty cases to try things in "
    "(YIZHAN_EXAMPLES=no: they are not)."
)
HEAD = (
    "演示账号（人员均为虚构；删除本文件后不再显示） · demonstration accounts (delete this file, and they are no longer "
    "shown)\n  密码 · password: {password}\n"
)
WHERE: Final = {
    "node-station-1": "station-1",
    "node-station-2": "station-2",
    "node-station-3": "station-3",
    "cn-50-99": "station-1+2",
    "cn-42-99": "station-3",
    "cn-50": "重庆",
    "cn-42": "湖北",
    "cn": "全国",
}
STEPS: Final = (25, 50, 75, 100)


def accounts_file(settings: Settings) -> Path:
    return settings.data / "demo-accounts.txt"


def plant_in_empty_record(settings: Settings) -> bool:
    """Whether the record was empty, and now holds the demonstration; its password lies in the data folder."""
    with open_station(settings) as station:
        with read(station.engine) as connection:
            if not is_empty(connection):
                return False
        typer.echo(PLANTING)
        password = new_password()
        # Kept before the record is written: a record whose password is lost could not be signed in to.
        _keep(accounts_file(settings), HEAD.format(password=password) + "".join(_lines()))
        planted = plant_demo(station, datetime.now(UTC), password, _Progress())
    typer.echo()
    return planted


def accounts_to_show(settings: Settings) -> str | None:
    """The accounts of the demonstration, while the record holds it and nobody has deleted their file."""
    file = accounts_file(settings)
    if not file.exists():
        return None
    with open_station(settings) as station, read(station.engine) as connection:
        return file.read_text(encoding="utf-8") if demo_cases(connection) else None


class _Progress:
    """Says each quarter once."""

    def __init__(self) -> None:
        self.left = list(STEPS)

    def __call__(self, done: int, of: int) -> None:
        while self.left and done * 100 >= of * self.left[0]:
            typer.echo(f"  {self.left.pop(0)} %", nl=False)


def _lines() -> Iterator[str]:
    """One line for each role: who holds it, and where."""
    names = {**STAFF, **DEMO_STAFF}
    grants = sorted((*GRANTS, *DEMO_GRANTS), key=lambda given: (list(Role).index(given[1]), given[2], given[0]))
    for role, given in groupby(grants, key=lambda given: given[1]):
        held = ", ".join(f"{staff_id} ({names[staff_id]}, {WHERE[node_id]})" for staff_id, _, node_id in given)
        yield f"  {role.label.zh} · {role.label.en}: {held}\n"


def _keep(file: Path, text: str) -> None:
    """For the owner's eyes alone, from its first byte on."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as written:
        written.write(text)
