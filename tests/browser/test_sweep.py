"""Every page, in both languages, at 360 and 1366 pixels, with and without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from activities.bootstrap import Station, load_policies
from activities.sequencing import sequence_all
from store.engine import make_engine, write
from store.files import FileStore
from store.keys import KeyRing
from tests.browser.addresses import ACTS, Seen, pages, samples_of
from tests.browser.looking import (
    AXE_SCRIPT,
    PHONE,
    RULES,
    RULES_OF_WIDTH,
    WIDE,
    found_by_axe,
    in_the_wrong_language,
    wider_than_window,
)
from tests.browser.still import VISITOR, Still
from tests.demo_record import NOW, copied
from tests.policy_drafts import plant_proposal
from tests.simulations_planted import plant_simulation
from tests.subsidies_planted import plant_lists
from tests.web.chromium import Watched, served
from web.acts.forms import FORMS
from web.app import ROUTES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def still(demo_file: Path, keyring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Still]:
    folder = tmp_path_factory.mktemp("still")
    copied(demo_file, folder / "yizhan.db", folder / "papers")
    engine = make_engine(f"sqlite:///{folder / 'yizhan.db'}")
    with write(engine) as connection:
        plant_proposal(connection, keyring, NOW)
        plant_simulation(connection, keyring, NOW)
        plant_lists(connection, "station-1", NOW)
    sequence_all(engine, keyring)
    yield Still.of(Station(engine, keyring, load_policies(), FileStore(folder / "papers")), NOW, folder, training=True)
    engine.dispose()


@pytest.fixture(scope="module")
def address(still: Still) -> Iterator[str]:
    with served(still.app) as address:
        yield address


@pytest.fixture(scope="module")
def sweep(still: Still, address: str, browser: Browser) -> "Sweep":
    return Sweep(still, address, browser)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", list(pages(ROUTES)), ids=str)
def test_nothing_is_wrong_with_a_page(sweep: "Sweep", page: Seen, language: str) -> None:
    wrong = sweep.look(page, language)
    assert not wrong, "\n".join(wrong)


def test_every_act_that_has_a_form_is_opened() -> None:
    assert ACTS.keys() == FORMS.keys()


class Sweep:
    """Four windows stay open from page to page, in each language with JavaScript and without; readers take turns."""

    def __init__(self, still: Still, address: str, browser: Browser) -> None:
        self.still, self.address, self.browser = still, address, browser
        self.windows: dict[tuple[str, bool], Watched] = {}
        self.readers: dict[tuple[str, bool], tuple[str, str]] = {}
        self.samples: dict[str, dict[str, str]] = {}

    def look(self, page: Seen, language: str) -> list[str]:
        without = self._without(self._window(page, language, script=False), page)
        return [
            *self._with_script(self._window(page, language, script=True), page, language),
            *(f"without JavaScript: {what}" for what in without),
        ]

    def _with_script(self, window: Watched, page: Seen, language: str) -> Iterator[str]:
        yield from self._opened(window, page)
        yield from wider_than_window(window.page)
        yield from in_the_wrong_language(window.page, language)
        yield from found_by_axe(window.page, RULES)
        window.page.set_viewport_size(PHONE)
        yield from wider_than_window(window.page)
        yield from found_by_axe(window.page, RULES_OF_WIDTH)
        yield from _complaints(window)

    def _without(self, window: Watched, page: Seen) -> Iterator[str]:
        yield from self._opened(window, page)
        yield from wider_than_window(window.page)
        window.page.set_viewport_size(PHONE)
        yield from wider_than_window(window.page)
        yield from _complaints(window)

    def _opened(self, window: Watched, page: Seen) -> Iterator[str]:
        window.asked.clear()
        window.complaints.clear()
        window.page.set_viewport_size(WIDE)
        if page.life not in self.samples:
            self.samples[page.life] = samples_of(self.still, page.life)
        url = self.address + page.path(self.samples[page.life])
        answer = window.page.goto(url)
        if answer is None or answer.status != 200:
            yield f"answers {answer and answer.status}"
        if window.page.url != url:
            yield f"leads to {window.page.url}"

    def _window(self, page: Seen, language: str, *, script: bool) -> Watched:
        key = (language, script)
        if key not in self.windows:
            context = self.browser.new_context(java_script_enabled=script)
            if script:
                context.add_init_script(AXE_SCRIPT)
            self.windows[key] = Watched.by(context, self.address)
        if self.readers.get(key) != (page.reader, page.life):
            self._seat(self.windows[key], page, language)
            self.readers[key] = (page.reader, page.life)
        return self.windows[key]

    def _seat(self, window: Watched, page: Seen, language: str) -> None:
        """Another reader than before, with nothing of the last one's in the browser."""
        cookies = {"yizhan-language": language}
        if page.reader != VISITOR:
            cookies["yizhan"] = self.still.token(page.reader, page.life)
        window.page.context.clear_cookies()
        window.page.context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in cookies.items()])


def _complaints(window: Watched) -> Iterator[str]:
    yield from window.complaints
    yield from (f"asks elsewhere: {url}" for url in window.asked_elsewhere)
