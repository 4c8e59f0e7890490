"""A window of the browser, as one person uses it in their language; what it complains of is kept for the end."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Browser, Locator, Page

from cases.wording import Language
from tests.browser.looking import PHONE, WIDE, wider_than_window
from tests.web.chromium import Watched

# How the browser says of a page that it is an answer to a form that was not accepted, or that came second.
ANSWERED_NO: Final = re.compile(r"error: Failed to load resource: the server responded with a status of (?:422|409) ")
PATIENCE_MS: Final = 10_000
CLOCK: Final = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True)
class Window:
    watched: Watched
    language: Language

    @property
    def page(self) -> Page:
        return self.watched.page

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.watched.address)

    def t(self, zh: str, en: str) -> str:
        return zh if self.language is Language.ZH else en

    def open(self, path: str) -> None:
        answer = self.page.goto(self.watched.address + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def sign_in(self, login: str, password: str) -> None:
        self.open("/sign-in")
        self.page.locator("#login").fill(login)
        self.page.locator("#password").fill(password)
        self.press("登录", "Sign in")
        assert not self.path.startswith("/sign-in"), self.page.locator("main").inner_text()

    def press(self, zh: str, en: str, within: Locator | None = None) -> None:
        """The button or link with these words; the page that comes is waited for."""
        pressed = (within or self.page.locator("main")).locator("a, button").filter(has_text=self.t(zh, en))
        self.go(pressed.locator("visible=true").first)

    def go(self, to: Locator) -> None:
        with self.page.expect_navigation():
            to.click()
        assert list(wider_than_window(self.page)) == []

    def save(self) -> None:
        """Save the act of this form; what is hard to take back is looked at once more."""
        self.go(self.page.locator("button[name=press][value=save]"))
        if "/confirm" in self.path:
            self.go(self.page.locator("main form .govuk-button").first)

    def sees(self, zh: str, en: str, within: str = "main") -> None:
        """Without waiting: a page is complete when it comes."""
        words = self.page.locator(within).inner_text()
        assert self.t(zh, en) in words, words

    def sees_errors(self, number: int) -> None:
        assert self.page.title().startswith(self.t("错误：", "Error: "))
        assert self.page.locator(".govuk-error-summary__list li").count() == number

    def saved(self) -> str:
        """What the page says was saved, which names the time."""
        said = self.page.locator(".yz-notice--saved").first.inner_text()
        assert CLOCK.search(said), said
        return said


@contextmanager
def a_window(
    browser: Browser, address: str, language: Language, *, script: bool = True, phone: bool = False
) -> Iterator[Window]:
    context = browser.new_context(java_script_enabled=script, viewport=PHONE if phone else WIDE, accept_downloads=True)
    context.add_cookies([{"name": "yizhan-language", "value": language.value, "url": address}])
    context.set_default_timeout(PATIENCE_MS)
    window = Window(Watched.by(context, address), language)
    yield window
    assert [said for said in window.watched.complaints if not ANSWERED_NO.match(said)] == []
    assert window.watched.asked_elsewhere == []
    context.close()
