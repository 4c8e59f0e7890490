"""`yizhan account`: who can sign in. A password that it makes is printed once, and changed by its owner at once."""

from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from sqlalchemy import Connection, select

from activities.bootstrap import Station
from cases.days import day_of
from cases.refusals import Refused, refusal
from cases.roles import Role
from cli.commands import told
from cli.record import opened
from store import organisation
from store.accounts import (
    Account,
    account,
    account_by_login,
    add_account,
    disable_account,
    enable_account,
    password_hash,
    set_password,
)
from store.audit import AuditEvent, record_audit
from store.engine import write
from store.passwords import one_time_password
from store.seed_places import LEVELS
from store.sessions import close_sessions_of
from store.settings import load_settings
from store.staff import Grant, Staff, add_staff, grant_role, has_role, staff_member
from store.tables.organisation import organisation_node

app = typer.Typer(rich_markup_mode=None)

OPERATOR: Final = "command-line"  # who acts: whoever has a shell on the machine
ROOT: Final = organisation.NewNode("cn", None, "nation", "全国", None, "cn")

StaffId = Annotated[str, typer.Argument(metavar="STAFF", help="人员编号，如 admin-1 · the staff id, such as admin-1")]


@app.command(
    "add",
    **told(
        "给一名工作人员开通账号，打印一次性密码；可同时登记新人员并任命为系统管理员。",
        "Give a member of staff an account and print a one-time password; enter them or make them administrator first.",
    ),
)
def add(
    staff_id: StaffId,
    login: Annotated[
        str | None, typer.Option("--login", help="登录名，默认用人员编号 · the login; else the id")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="姓名，登记新人员时填写 · the name, for somebody not entered yet")
    ] = None,
    administrator: Annotated[
        bool,
        typer.Option("--administrator", help="任命为最高一级的系统管理员 · make them administrator of the whole tree"),
    ] = False,
) -> None:
    password, now = one_time_password(), datetime.now(UTC)
    with opened(load_settings()) as station, write(station.engine) as connection:
        _enter(connection, staff_id, name, now)
        if account(connection, staff_id):
            raise _refused(
                "has-account",
                f"{staff_id} 已有账号，可用 yizhan account reset 重设密码。",
                f"{staff_id} has an account already: yizhan account reset sets a new password.",
            )
        if account_by_login(connection, login or staff_id):
            raise _refused(
                "login-taken",
                f"登录名 {login or staff_id} 已有人使用，请另取一个。",
                f"The login {login or staff_id} is taken: choose another.",
            )
        add_account(connection, staff_id, login or staff_id, password, now, must_change=True)
        if administrator:
            _make_administrator(connection, staff_id, now)
        _note(station, connection, "add-account", staff_id, now)
    _tell_password(login or staff_id, password)


@app.command(
    "reset",
    **told(
        "重设密码并打印一次性密码；所有设备退出，锁定解除。",
        "Set a new one-time password and print it: signed out everywhere, and no longer locked.",
    ),
)
def reset(staff_id: StaffId) -> None:
    password, now = one_time_password(), datetime.now(UTC)
    with opened(load_settings()) as station, write(station.engine) as connection:
        found = _found(connection, staff_id)
        set_password(connection, staff_id, password_hash(password), now, must_change=True)
        close_sessions_of(connection, staff_id, now)
        _note(station, connection, "reset-password", staff_id, now)
    _tell_password(found.login, password)


@app.command("disable", **told("停用账号，所有设备立即退出。", "Disable an account: signed out everywhere at once."))
def disable(staff_id: StaffId) -> None:
    now = datetime.now(UTC)
    with opened(load_settings()) as station, write(station.engine) as connection:
        _found(connection, staff_id)
        disable_account(connection, staff_id, now)
        close_sessions_of(connection, staff_id, now)
        _note(station, connection, "disable-account", staff_id, now)
    typer.echo(f"{staff_id}: 账号已停用 · disabled")


@app.command("enable", **told("恢复停用的账号。", "Enable an account that was disabled."))
def enable(staff_id: StaffId) -> None:
    with opened(load_settings()) as station, write(station.engine) as connection:
        _found(connection, staff_id)
        enable_account(connection, staff_id)
        _note(station, connection, "enable-account", staff_id, datetime.now(UTC))
    typer.echo(f"{staff_id}: 账号已恢复 · enabled")


def _enter(connection: Connection, staff_id: str, name: str | None, now: datetime) -> None:
    """Somebody new is entered under their name; a name for somebody known is not taken for a change."""
    if staff_member(connection, staff_id):
        return
    if not name:
        raise _refused(
            "no-such-staff",
            f"没有编号为 {staff_id} 的人员；登记新人员请加 --name。",
            f"Nobody has the staff id {staff_id}; to enter somebody new, give --name.",
        )
    add_staff(connection, Staff(staff_id, name, day_of(now)), now)


def _make_administrator(connection: Connection, staff_id: str, now: datetime) -> None:
    """At the top of the tree; an empty record gets its top first."""
    top = connection.scalar(select(organisation_node.c.id).where(organisation_node.c.parent_id.is_(None)))
    if top is None:
        for level in LEVELS:
            organisation.add_level(connection, level)
        organisation.add_node(connection, ROOT)
        top = ROOT.id
    if not has_role(connection, staff_id, Role.ADMINISTRATOR, top, day_of(now)):
        grant_role(connection, Grant(staff_id, Role.ADMINISTRATOR, top, day_of(now)), OPERATOR, now)


def _found(connection: Connection, staff_id: str) -> Account:
    found = account(connection, staff_id)
    if found is None:
        raise _refused(
            "no-account",
            f"{staff_id} 没有账号，可用 yizhan account add 开通。",
            f"{staff_id} has no account: yizhan account add gives one.",
        )
    return found


def _note(station: Station, connection: Connection, kind: str, staff_id: str, now: datetime) -> None:
    event = AuditEvent(kind, actor=OPERATOR, at=now, about_kind="staff", about_id=staff_id)
    record_audit(connection, station.keyring, event)


def _tell_password(login: str, password: str) -> None:
    typer.echo(
        f"登录名 · login: {login}\n"
        f"一次性密码，只显示这一次，登录后须修改 · one-time password, shown once, to be changed at once: {password}"
    )


def _refused(code: str, zh: str, en: str) -> Refused:
    return Refused((refusal(code, zh, en),))
