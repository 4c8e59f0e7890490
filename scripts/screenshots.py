"""Take the pictures of docs/images anew: `make screenshots`, after a change of the pages that is meant.

The demonstration is planted as it would be on one fixed day and its pages are served in this process, so that the same
pages give the same pictures. Nobody is at the workflow server: what is shown was written before.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page

from store.engine import make_engine
from store.key_file import open_or_create_key_ring
from store.migrate import upgrade
from tests.browser.still import VISITOR, WORKER, Still
from tests.demo_record import NOW, planted
from tests.web.chromium import chromium, served

FOLDER: Final = Path(__file__).parents[1] / "docs" / "images"
WIDE, PHONE = 1366, 360
TALLEST: Final = 1500  # of a wide picture: its page goes on
COLOURS: Final = 192
LARGEST: Final = 250_000


@dataclass(frozen=True)
class Shot:
    """`path` may name the case of `life`; `filled`: a form with an answer, and with one thing left out."""

    name: str
    reader: str
    path: str
    life: str = ""
    language: str = "zh"
    filled: bool = False
    width: int = WIDE

    @property
    def file(self) -> str:
        return f"{self.name}{'-en' if self.language == 'en' else ''}.png"


SHOTS: Final = (
    Shot("sign-in", VISITOR, "/sign-in"),
    Shot("queue", "caseworker-1", "/queue"),
    Shot("queue", "caseworker-1", "/queue", language="en"),
    Shot("case", "caseworker-1", "/cases/{case}", "one-does-not-count"),
    Shot("case", "caseworker-1", "/cases/{case}", "one-does-not-count", language="en"),
    Shot("form", "caseworker-1", "/cases/{case}/do/record-referral", "one-does-not-count", filled=True),
    Shot("determination", "officer-1", "/cases/{case}/determinations/{determination}", "facts-missing"),
    Shot("person", "caseworker-1", "/workers/{worker}", "one-does-not-count"),
    Shot("overview", "manager-1", "/overview"),
    Shot("overview", "manager-1", "/overview", language="en"),
    Shot("vacancies", "guide-1", "/vacancies"),
    Shot("closing", "supervisor-1", "/queue"),
    Shot("officer", "officer-1", "/queue"),
    Shot("audit", "auditor-2", "/audit/decisions"),
    Shot("events", "auditor-2", "/audit/events"),
    Shot("stations", "administrator-1", "/stations"),
    Shot("staff", "administrator-1", "/staff/caseworker-1"),
    Shot("phone", WORKER, "/w/case", "one-does-not-count", width=PHONE),
    Shot("phone", WORKER, "/w/case", "one-does-not-count", width=PHONE, language="en"),
)


def main(names: list[str]) -> int:
    """Every picture, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    with _still() as still, served(still.app) as address, chromium() as browser:
        for shot in SHOTS:
            if not names or shot.name in names:
                picture = _small(_taken(browser, address, still, shot))
                if len(picture) > LARGEST:
                    print(f"{shot.file}: {len(picture)} bytes are too many", file=sys.stderr)
                    return 1
                (FOLDER / shot.file).write_bytes(picture)
                print(f"{shot.file}: {len(picture) // 1000} kB")
    return 0


@contextmanager
def _still() -> Iterator[Still]:
    folder = Path(tempfile.mkdtemp())
    try:
        engine = make_engine(f"sqlite:///{folder / 'yizhan.db'}")
        upgrade(engine)
        engine.dispose()
        station = planted(folder / "yizhan.db", open_or_create_key_ring(folder / "master.key"))
        yield Still.of(station, NOW, folder)
        station.engine.dispose()
    finally:
        shutil.rmtree(folder)


def _taken(browser: Browser, address: str, still: Still, shot: Shot) -> bytes:
    phone = shot.width == PHONE
    size = {"width": shot.width, "height": 780 if phone else 900}
    context = browser.new_context(viewport=size, device_scale_factor=2 if phone else 1)  # type: ignore[arg-type]
    cookies = {"yizhan-language": shot.language}
    if shot.reader != VISITOR:
        cookies["yizhan"] = still.token(shot.reader, shot.life)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(address + _path(still, shot), wait_until="networkidle")
    if shot.filled:
        page.locator("main input[type=radio]").first.check()
        page.locator("main input[name$=-day]").first.fill("")
        page.locator("button[name=press][value=save]").click()
        page.wait_for_load_state("networkidle")
    picture = _seen(page, shot.width)
    context.close()
    return picture


def _path(still: Still, shot: Shot) -> str:
    if not shot.life:
        return shot.path
    case = still.case(shot.life)
    return shot.path.format(case=case.id, worker=case.worker_id, determination=case.determinations[-1].id)


def _seen(page: Page, width: int) -> bytes:
    page.evaluate("document.activeElement && document.activeElement.blur(); window.scrollTo(0, 0)")
    tall: int = page.evaluate("document.documentElement.scrollHeight")
    height = tall if width == PHONE else min(tall, TALLEST)
    return page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


def _small(picture: bytes) -> bytes:
    """With as many colours as a page has: a third of the size, and nobody sees it."""
    written = io.BytesIO()
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
