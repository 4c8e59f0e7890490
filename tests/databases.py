"""Databases for tests: a SQLite file, or a database of a PostgreSQL cluster that the tests start for themselves."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from store.engine import make_engine
from store.migrate import upgrade

USER = "yizhan"
PATIENCE = 30.0
# Tests lose nothing in a power cut, so their cluster need not wait for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


class NoPostgres(Exception):
    """PostgreSQL's programs are not installed here."""


@dataclass
class Cluster:
    """A running PostgreSQL, reached through a socket in its own folder. A database is used again once it is emptied."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)
    _ready: list[str] = field(default_factory=list)
    _template: str | None = None
    _as_made: frozenset[str] = frozenset()

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def empty_database(self) -> str:
        """The URL of a new database without tables."""
        return self._create("template1")

    def database(self) -> str:
        """The URL of a database with all tables and no rows."""
        if self._ready:
            return self._ready.pop()
        if self._template is None:
            url = self.empty_database()
            engine = make_engine(url)
            upgrade(engine)
            engine.dispose()
            self._template = _name(url)
            with psycopg.connect(url) as connection:
                self._as_made = _shape(connection)
        return self._create(self._template)

    def give_back(self, url: str) -> None:
        """Empty a database for the next test; one whose tables a test has changed is dropped."""
        try:
            with psycopg.connect(url, options="-c lock_timeout=2s") as connection:
                if emptied := _shape(connection) == self._as_made:
                    _delete_rows(connection)
        except psycopg.Error:
            emptied = False
        if emptied:
            self._ready.append(url)
        else:
            self._run(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(_name(url))))

    def _create(self, template: str) -> str:
        database = f"test_{next(self._numbers)}"
        self._run(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(database), Identifier(template)))
        return self.url(database)

    def _run(self, statement: Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def _shape(connection: psycopg.Connection) -> frozenset[str]:
    """The tables, the revision that they are at, and what the database refuses."""
    revisions = connection.execute("SELECT 'revision ' || version_num FROM alembic_version").fetchall()
    triggers = connection.execute("SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal").fetchall()
    return frozenset(_tables(connection)) | {str(name) for (name,) in [*revisions, *triggers]}


def _tables(connection: psycopg.Connection) -> list[str]:
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [str(name) for (name,) in tables]


def _delete_rows(connection: psycopg.Connection) -> None:
    # Without this PostgreSQL would check references table by table.
    connection.execute("SET session_replication_role = replica")
    tables = [name for name in _tables(connection) if name != "alembic_version"]
    each = (SQL("(SELECT {} FROM {} LIMIT 1)").format(Literal(name), Identifier(name)) for name in tables)
    for (name,) in connection.execute(SQL(" UNION ALL ").join(each)).fetchall():
        connection.execute(SQL("DELETE FROM {}").format(Identifier(name)))


@contextmanager
def postgres_cluster() -> Iterator[Cluster]:
    """Start a cluster, as the user postgres if we are root, which PostgreSQL refuses to run as."""
    programs = _programs()
    # In /tmp, since a socket's path must be short, and another user must get there.
    folder = Path(mkdtemp(prefix="yizhan-pg-", dir="/tmp"))
    user = None
    if os.geteuid() == 0:
        user = "postgres"
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = folder / "data"
    initdb: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        USER,
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
        "--no-locale",
    ]
    subprocess.run(initdb, user=user, cwd=folder, check=True, capture_output=True)
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *settings],
        user=user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        cluster = Cluster(folder)
        _wait_for(cluster, server)
        yield cluster
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(5)
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not installed:
        raise NoPostgres("PostgreSQL is not installed (Debian: apt-get install postgresql), so nothing ran on it.")
    return installed[-1].parent


def _wait_for(cluster: Cluster, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(cluster.url("postgres")).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
