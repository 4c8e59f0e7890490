"""Thousands of requests over every route, field and role, each held against what must never happen."""

import asyncio
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

import anyio.to_thread
from argon2 import PasswordHasher
from sqlalchemy import Engine, func, select
from starlette.routing import Match, Route

from activities import analysing, deciding_again, inquiry_starting, publishing, simulation_starting
from activities.bootstrap import Station, load_policies
from activities.throw_away import Ending, Run
from cases.commands import OF_PEOPLE
from store import accounts
from store.engine import make_engine, read
from store.files import FileStore
from store.keys import KeyRing
from store.tables.cases import audit_event
from tests.demo_record import copied
from tests.policy_drafts import read_alone
from tests.web.security.asking import Answer, ask, form
from tests.web.security.conftest import logs_into
from tests.web.security.hostile import EVALUATED, SCRIPT, Field, Forms, Sender
from tests.web.security.test_matrix import OWN_SAMPLES, PART
from tests.web.security.traces import Changes
from tests.web.security.world import Someone, World, come_in, plant_world, samples_of, world_of
from web.app import ROUTES
from web.roles import PUBLIC, Access

Known = dict[str, dict[str, Field]]  # by the address that a form is sent to, its fields
RECORD: Final = "demo.db"
PAPERS: Final = "papers"
MOST_OFFERED: Final = 40
FAILED: Final = 500
ACTS: Final = tuple(sorted(OF_PEOPLE))


@dataclass
class Outcome:
    """What became of the requests of one process."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    reveals: int = 0
    changes: int = 0  # transactions that changed what leaves a trace
    seconds: float = 0.0
    cpu_s: float = 0.0

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())


def plant(demo_file: Path, folder: Path, keyring: KeyRing) -> None:
    """What every process is given a copy of."""
    folder.mkdir()
    copied(demo_file, folder / RECORD, folder / PAPERS)
    engine = make_engine(f"sqlite:///{folder / RECORD}")
    plant_world(Station(engine, keyring, load_policies(), FileStore(folder / PAPERS)))
    engine.dispose()


def learn(planted: Path, keyring: KeyRing, share: int, of: int) -> Known:
    """The fields of the forms on one process's share of the pages."""
    with _copy_of(planted, f"learning-{share}", keyring) as (world, engine):
        return asyncio.run(_Fuzzer(world, Sender(random.Random(share)), engine).learn_forms(share, of))  # noqa: S311  # dice


def together(learnt: Iterable[Known]) -> Known:
    """What all have learnt, in an order that does not depend on who was first."""
    forms: dict[str, dict[str, Field]] = {}
    for each in learnt:
        for to, fields in each.items():
            for name, known in fields.items():
                _offer(forms.setdefault(to, {}).setdefault(name, Field()), known)
    return forms


def fuzz(planted: Path, keyring: KeyRing, forms: Known, requests: int, seed: int) -> Outcome:
    """One process's share, on a record of its own."""
    with _copy_of(planted, f"fuzz-{seed}", keyring) as (world, engine):
        return asyncio.run(_Fuzzer(world, Sender(random.Random(seed)), engine, forms).run(requests))  # noqa: S311  # dice


@contextmanager
def _copy_of(planted: Path, name: str, keyring: KeyRing) -> Iterator[tuple[World, Engine]]:
    _make_quick()
    folder = planted.parent / name
    shutil.copytree(planted, folder)
    engine = make_engine(f"sqlite:///{folder / RECORD}")
    world = world_of(Station(engine, keyring, load_policies(), FileStore(folder / PAPERS)), folder)
    world = replace(world, people=come_in(world), samples=samples_of(world))
    with logs_into(world.failures):
        yield world, engine
    world.office.rule_engine.close()
    engine.dispose()


def _make_quick() -> None:
    """Nobody else is served here: no threads, no slow passwords, and examples run elsewhere."""

    async def at_once(work: Callable[..., Any], *given: Any, **_: Any) -> Any:
        return work(*given)

    anyio.to_thread.run_sync = at_once  # type: ignore[assignment]
    publishing.run_once = read_alone  # type: ignore[attr-defined, assignment]
    # What each of these does in a process of its own is tested where it is; here a thousand would be begun.
    deciding_again.coming_changes = lambda *_: []  # type: ignore[attr-defined]
    analysing.run_once = lambda *_: Run((), Ending.DONE)  # type: ignore[attr-defined]
    simulation_starting.start = lambda *_: None
    inquiry_starting.start = lambda *_: None
    accounts.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # type: ignore[misc]
    accounts._NOBODY = accounts.HASHER.hash("nobody has this account")  # type: ignore[misc]


class _Fuzzer:
    def __init__(self, world: World, sender: Sender, engine: Engine, forms: Known | None = None) -> None:
        self._world = world
        self._sender = sender
        self._routes = [(route, method) for route in ROUTES if isinstance(route, Route) for method in _methods(route)]
        self._people = {someone.name: someone for someone in world.people}
        self._forms = together([forms or {}])
        self._changes = Changes()
        self._changes.watch(engine)

    async def run(self, requests: int) -> Outcome:
        outcome = Outcome()
        begun, cpu = perf_counter(), process_time()
        for number in range(requests):
            route, method = self._routes[number % len(self._routes)]
            await self._one(route, method, outcome)
            if number % 2_000 == 1_999:
                print(f"{number + 1} requests, {perf_counter() - begun:.0f} s", flush=True)  # noqa: T201
        outcome.seconds, outcome.cpu_s = perf_counter() - begun, process_time() - cpu
        outcome.changes = self._changes.traced
        outcome.wrong += [f"a write without a trace: {tables}" for tables in dict.fromkeys(self._changes.untraced)]
        outcome.wrong += self._reveals_without_audit(outcome)
        return outcome

    async def learn_forms(self, share: int, of: int) -> Known:
        """Which fields each form has, by looking at a share of all pages as somebody in each role."""
        for route in [route for route, method in self._routes if method == "GET"][share::of]:
            acts = ACTS if "{act}" in route.path else ("",)
            for act in acts:
                path = self._path(route.path, act=act, spoilt=False)
                for someone in self._people.values():
                    if self._may_open(someone, route):
                        self._learn(path, await ask(self._world.app, "GET", path, cookie=someone.cookie))
        return self._forms

    def _may_open(self, someone: Someone, route: Route) -> bool:
        access: Access = getattr(route, "access", PUBLIC)
        return someone.relation in ("own", "") and (access.public or someone.role in access.roles or access.linked)

    def _learn(self, path: str, answer: Answer) -> None:
        if "text/html" not in answer.headers.get("content-type", ""):
            return
        page = Forms(path)
        page.feed(answer.text)
        for to, fields in page.found.items():
            for name, known in fields.items():
                _offer(
                    self._forms.setdefault(to if "/do/" in to else _pattern(to), {}).setdefault(name, Field()), known
                )

    async def _one(self, route: Route, method: str, outcome: Outcome) -> None:
        rng = self._sender.rng
        someone = self._drawn(route)
        path, query = self._path(route.path, spoilt=True), self._sender.query()
        body, headers = None, self._headers()
        if method != "GET":
            known = self._forms.get(path) or self._forms.get(route.path, {})
            fields = self._sender.fields(known, someone.csrf)
            body = form(fields) if rng.random() < 0.85 else _multipart(fields, rng)
        answer = await ask(
            self._world.app, method, path, query=query, cookie=someone.cookie, body=body, headers=headers
        )
        outcome.statuses[answer.status] += 1
        told = f"{method} {route.path} as {someone.name}"
        sent = f"{path}?{query}" + (body[0].decode("latin-1") if body else "")
        outcome.wrong += [f"{told}: {what} · {sent[:300]}" for what in self._faults(route, someone, answer, sent)]
        if "/reveal/" in route.path and method == "POST" and answer.status == 200:
            outcome.reveals += 1
        if any(cookie.startswith("yizhan=") for cookie in answer.cookies):
            self._people |= {each.name: each for each in come_in(self._world)}  # somebody was signed out

    def _drawn(self, route: Route) -> Someone:
        """Mostly somebody the page is for: the others meet the first check, which is tried often enough."""
        rng = self._sender.rng
        access: Access = getattr(route, "access", PUBLIC)
        fitting = [
            each
            for each in self._people.values()
            if each.role in access.roles or (access.linked and each.worker_id) or access.public
        ]
        return rng.choice(fitting if rng.random() < 0.8 else list(self._people.values()))

    def _path(self, pattern: str, *, act: str = "", spoilt: bool) -> str:
        named = {"act": act or self._sender.rng.choice(ACTS)}
        samples = dict(self._world.samples) | named | OWN_SAMPLES.get(pattern, {})
        draw = self._sender.part if spoilt else str
        return PART.sub(lambda part: draw(samples[part[1]]), pattern)

    def _headers(self) -> dict[str, str]:
        rng = self._sender.rng
        drawn: dict[str, str] = {}
        if rng.random() < 0.03:
            drawn["origin"] = rng.choice(("null", "http://evil.example", "http://yizhan.test", "::::"))
        if rng.random() < 0.03:
            drawn["sec-fetch-site"] = rng.choice(("cross-site", "same-site", "same-origin", "none", "x"))
        if rng.random() < 0.03:
            drawn["accept-language"] = self._sender.value()[:200]
        return drawn

    def _faults(self, route: Route, someone: Someone, answer: Answer, sent: str) -> Iterator[str]:
        if answer.status >= FAILED:
            yield f"{answer.status} {self._world.failures[-1] if self._world.failures else ''}"
        if "content-security-policy" not in answer.headers:
            yield "no security headers"
        if "stolen=1" in str(answer.headers.get("set-cookie", "")):
            yield "a header that was smuggled in"
        text = answer.text
        if SCRIPT in text:
            yield "a script of the sender's on the page"
        if EVALUATED in text and EVALUATED not in sent:
            yield "a template evaluated what was sent"
        for canary in self._world.foreign(someone):
            if canary in text and canary not in sent:
                yield f"shows {canary}, which is not theirs to see"
        if "/reveal/" not in route.path:
            yield from (f"shows the number {n} unmasked" for n in self._world.numbers if n in text and n not in sent)

    def _reveals_without_audit(self, outcome: Outcome) -> Iterator[str]:
        with read(self._world.office.station.engine) as connection:
            query = select(func.count()).where(audit_event.c.kind.like("reveal-%"))
            written = connection.scalar(query) or 0
        if written < outcome.reveals:
            yield f"{outcome.reveals} values were shown, and {written} looks written down"


def _offer(held: Field, known: Field) -> None:
    held.offered = list(dict.fromkeys([*held.offered, *known.offered]))[:MOST_OFFERED]


def _methods(route: Route) -> list[str]:
    return sorted((route.methods or set()) - {"HEAD"})


def _pattern(path: str) -> str:
    scope = {"type": "http", "path": path, "method": "POST", "root_path": "", "headers": []}
    for route in ROUTES:
        if isinstance(route, Route) and route.matches(scope)[0] is Match.FULL:
            return route.path
    return path


def _multipart(fields: Mapping[str, list[str]], rng: random.Random) -> tuple[bytes, str]:
    """The same as a form with a file in it, or as something that is no form at all."""
    if rng.random() < 0.3:
        return rng.randbytes(rng.randrange(2_000)), rng.choice(
            (
                "application/json",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "text/plain",
                "x/y; charset=z",
            )
        )
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode("utf-8", "replace")
        for name, values in fields.items()
        for value in values
        if "\r" not in name and '"' not in name
    ]
    file = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="../x.xlsx"\r\n\r\n'
        + rng.randbytes(500)
        + b"\r\n"
    )
    return b"".join([*parts, file, b"--b--\r\n"]), "multipart/form-data; boundary=b"
