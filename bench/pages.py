"""The pages of the counter with few and with many open cases in the database, and against an empty page of the stack.

make bench ARGS="pages"                      (docs/bench.md says how to read it)
python -m bench.pages --cases 100000 --rounds 5 --requests 40 --databases sqlite --json
"""

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Final

import httpx2
from starlette.responses import Response

from activities.bootstrap import open_station
from activities.demo.planting import plant_demo
from bench.crowd import Crowd, settle, templates
from bench.processes import leave
from store.accounts import add_account
from store.engine import write
from store.migrate import upgrade
from store.settings import Settings
from tests.databases import postgres_cluster
from web.app import create_app
from web.office import Office
from web.roles import CASE_WORK
from web.serving import Page
from web.visit import Visit

FEW: Final = 100
AIM: Final = 1.5
PASSWORD: Final = "天亮以前再核对一遍"  # noqa: S105  # of invented people
QUEUE, WHOLE, CASE, PERSON, EMPTY = "queue", "queue, whole station", "case", "person", "empty page"
PAGES: Final = (QUEUE, WHOLE, CASE, PERSON, EMPTY)
AGAINST_AIM: Final = (QUEUE, WHOLE, CASE, PERSON)
WARM_UP: Final = 10


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one page."""

    median: float
    p95: float


@dataclass(frozen=True)
class Result:
    """One kind of database: its pages with few and with many cases, taken in turns. `ratios`: of each round's p95."""

    database: str
    cases: int
    few: Mapping[str, Timing]
    many: Mapping[str, Timing]
    ratios: Mapping[str, tuple[float, ...]]

    def ratio(self, page: str) -> float:
        return median(self.ratios[page])

    @property
    def holds(self) -> bool:
        return all(self.ratio(page) <= AIM for page in AGAINST_AIM)


@dataclass
class Counter:
    """A database with so many cases, and a caseworker's browser at it."""

    browser: httpx2.AsyncClient
    caseworker: str
    looked_at: Sequence[tuple[str, str]]
    dice: Random

    async def sign_in(self) -> None:
        self.browser.cookies.clear()
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', (await self.browser.get("/sign-in")).text)
        fields = {"csrf": found[1] if found else "", "login": self.caseworker, "password": PASSWORD}
        answer = await self.browser.post("/sign-in", data=fields)
        if answer.status_code != httpx2.codes.SEE_OTHER:
            raise RuntimeError(f"signing in answered {answer.status_code}")

    async def one(self, page: str) -> float:
        """Milliseconds of one request."""
        path = self._path(page)
        began = time.perf_counter()
        answer = await self.browser.get(path)
        took = 1000 * (time.perf_counter() - began)
        if answer.status_code != httpx2.codes.OK:
            raise RuntimeError(f"{page} answered {answer.status_code}")
        return took

    def _path(self, page: str) -> str:
        case_id, worker_id = self.dice.choice(self.looked_at)
        return {
            QUEUE: "/queue",
            WHOLE: "/queue?view=station",
            CASE: f"/cases/{case_id}",
            PERSON: f"/workers/{worker_id}",
            EMPTY: "/bench/empty",
        }[page]


def empty(visit: Visit) -> Response:
    return visit.render("base.html")


@asynccontextmanager
async def a_counter(database_url: str, folder: Path, cases: int) -> AsyncIterator[Counter]:
    """Everything in this process: what is measured is the application and its database, and no network."""
    settings = Settings(data=folder, external_database=database_url, temporal_address="127.0.0.1:1")
    now = datetime.now(UTC)
    with open_station(settings) as station:
        upgrade(station.engine)
        began = time.perf_counter()
        plant_demo(station, now, PASSWORD)
        place = settle(station, now)
        looked_at = Crowd(station, place, templates(station), now).load(cases)
        _, caseworker = place.looked_at
        with write(station.engine) as connection:
            add_account(connection, caseworker, caseworker, PASSWORD, now)
        sys.stderr.write(f"{station.engine.dialect.name}: {cases} cases in {time.perf_counter() - began:.0f} s\n")
        app = create_app(settings, Office(settings, station))
        app.router.routes.insert(0, Page("/bench/empty", empty, CASE_WORK))
        async with app.router.lifespan_context(app):
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://bench") as browser:
                yield Counter(browser, caseworker, looked_at, Random(1))  # noqa: S311  # dice, not keys


async def compare(database: str, urls: tuple[str, str], folder: Path, cases: int, rounds: int, requests: int) -> Result:
    """Few and many take turns, request by request, so that both meet the same machine."""
    async with AsyncExitStack() as stack:
        few, many = [
            await stack.enter_async_context(a_counter(url, _own(folder, name), number))
            for name, url, number in (("few", urls[0], FEW), ("many", urls[1], cases))
        ]
        await _round(few, many, WARM_UP)
        taken = [await _round(few, many, requests) for _ in range(rounds)]
    return Result(
        database,
        cases,
        few={page: _timing([ms for each in taken for ms in each[page][0]]) for page in PAGES},
        many={page: _timing([ms for each in taken for ms in each[page][1]]) for page in PAGES},
        ratios={page: tuple(_p95(each[page][1]) / _p95(each[page][0]) for each in taken) for page in PAGES},
    )


async def _round(few: Counter, many: Counter, requests: int) -> Mapping[str, tuple[list[float], list[float]]]:
    """Of each page the milliseconds with few, and with many cases."""
    for counter in (few, many):  # a session does not outlast the loading of the other database
        await counter.sign_in()
    taken: dict[str, tuple[list[float], list[float]]] = {page: ([], []) for page in PAGES}
    for turn in range(requests):
        for page in PAGES:
            both = ((few, taken[page][0]), (many, taken[page][1]))
            for counter, kept in both if turn % 2 else reversed(both):
                kept.append(await counter.one(page))
    return taken


def _own(folder: Path, name: str) -> Path:
    own = folder / name
    own.mkdir(mode=0o700)
    return own


def _timing(ms: Sequence[float]) -> Timing:
    return Timing(median(ms), _p95(ms))


def _p95(ms: Sequence[float]) -> float:
    return quantiles(ms, n=20)[-1]


def text(result: Result) -> str:
    empty_page, many_cases = result.many[EMPTY].p95, f"{result.cases} cases"
    head = f"{'ms: median / p95':24}{f'{FEW} cases':>18}{many_cases:>18}{'ratio of p95':>22}{'to empty':>12}"
    lines = [f"{result.database}, {result.cases} open cases", head]
    for page in PAGES:
        few, many = result.few[page], result.many[page]
        shown = [f"{each.median:.1f} / {each.p95:.1f}" for each in (few, many)]
        ratios = result.ratios[page]
        ratio = f"{result.ratio(page):.2f} ({min(ratios):.2f} - {max(ratios):.2f})"
        lines.append(f"{page:24}{shown[0]:>18}{shown[1]:>18}{ratio:>22}{many.p95 / empty_page:>12.1f}")
    kept = "held" if result.holds else "MISSED"
    lines.append(f"aim: a ratio of at most {AIM}, the median of {len(result.ratios[QUEUE])} rounds: {kept}")
    return "\n".join(lines)


def run(databases: Sequence[str], cases: int, rounds: int, requests: int) -> list[Result]:
    results = []
    with TemporaryDirectory(prefix="yizhan-bench-") as folder:
        if "sqlite" in databases:
            own = Path(folder) / "sqlite"
            own.mkdir()
            urls = (f"sqlite:///{own}/few.db", f"sqlite:///{own}/many.db")
            results.append(asyncio.run(compare("SQLite", urls, own, cases, rounds, requests)))
        if "postgresql" in databases:
            own = Path(folder) / "postgresql"
            own.mkdir()
            with postgres_cluster() as cluster:
                urls = (cluster.empty_database(), cluster.empty_database())
                results.append(asyncio.run(compare("PostgreSQL", urls, own, cases, rounds, requests)))
    return results


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.pages", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="open cases in the larger database")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=40, help="of each page to each database, in a round")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    results = run(given.databases, given.cases, given.rounds, given.requests)
    if given.json:
        told = [asdict(each) | {"ratio": {page: each.ratio(page) for page in PAGES}} for each in results]
        sys.stdout.write(f"{json.dumps(told, indent=2)}\n")
    else:
        sys.stdout.write("\n\n".join(map(text, results)) + "\n")
    return 0 if all(each.holds for each in results) else 1


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
