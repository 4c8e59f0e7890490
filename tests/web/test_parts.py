"""The parts of the pages: complete in both languages, nothing inline, and usable by everyone in a real browser."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette

from tests.web.chromium import Watched, chromium, served
from tests.web.counter import Counter

PARTS = Path(__file__).parents[2] / "templates" / "pages" / "parts"
FILES = sorted(path for path in PARTS.glob("*.html") if path.name != "sprite.html")
SHOWN = {"title", "aria-label", "placeholder", "alt", "data-label", "data-i18n"}
# What a Chinese page may say in Latin letters: names of formats and units, keys, and the numbers of cases.
LATIN = re.compile(r"%\{count\}|\b(?:PDF|MB|Alt|JavaScript|WCAG|AA|K2026-0417|English|Zhōu Xuàn)\b|[A-Z]\b")


class Words(HTMLParser):
    """The words of a page that a reader sees or hears, outside what is marked as another language."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self.words += [value for name, value in given.items() if name in SHOWN or name.startswith("data-i18n")]
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self._open.append((tag, ("lang" in given and tag != "html") or tag in ("script", "style")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(other for _, other in self._open):
            self.words.append(data.strip())


@pytest.fixture
def gallery(counter: Counter) -> dict[str, str]:
    """The page of the parts, in each language."""
    browser = counter.browser()
    pages = {"zh": browser.get("/parts").text}
    browser.client.cookies.set("yizhan-language", "en")
    pages["en"] = browser.get("/parts").text
    return pages


def read(page: str) -> Words:
    words = Words()
    words.feed(page)
    return words


def test_nothing_english_stands_on_a_chinese_page(gallery: dict[str, str]) -> None:
    english = [words for words in read(gallery["zh"]).words if re.search(r"[A-Za-z]{2,}", LATIN.sub("", words))]
    assert not english


def test_nothing_chinese_stands_on_an_english_page_unless_it_is_marked(gallery: dict[str, str]) -> None:
    chinese = [words for words in read(gallery["en"]).words if re.search(r"[\u3400-\u9fff]", words)]
    assert set(chinese) <= {"周铉"}  # the plain value of a list of facts; pages mark it themselves


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_part_has_a_script_a_style_or_a_handler_inline(gallery: dict[str, str], language: str) -> None:
    for tag, given in read(gallery[language]).tags:
        assert tag != "style"
        assert tag != "script" or given["src"].startswith("/static/")
        assert "style" not in given, (tag, given)
        assert not [name for name in given if name.startswith(("on", "hx-on"))], (tag, given)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_id_is_there_once_and_every_label_finds_its_field(gallery: dict[str, str], language: str) -> None:
    tags = read(gallery[language]).tags
    ids = [given["id"] for _, given in tags if "id" in given]
    assert len(ids) == len(set(ids))
    for tag, given in tags:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            assert set(given.get(name, "").split()) <= set(ids), (tag, given)


def test_an_error_leads_to_its_field(gallery: dict[str, str]) -> None:
    summary = gallery["zh"].split("govuk-error-summary__list")[1].split("</ul>")[0]
    fields = {given.get("id"): given for tag, given in read(gallery["zh"]).tags if tag == "input"}
    linked = re.findall(r'href="#([\w-]+)"', summary)
    assert linked == ["served_on", "how"]
    assert all(name in fields for name in linked)
    assert fields["served_on"]["name"] == "served_on-year"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_macro_says_what_it_takes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = " ".join(re.findall(r"\{#(.*?)#\}", text, re.DOTALL))
    macros = [name for name in re.findall(r"\{% macro (\w+)", text) if not name.startswith("_")]
    assert [name for name in macros if not re.search(rf"\b{name}\(", said)] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def app(counter: Counter) -> Starlette:
    return counter.app


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_program_finds_nothing_wrong_with_any_part(
    app: Starlette, browser: Browser, language: str, width: int
) -> None:
    with served(app) as address:
        for look in ({}, {"yizhan-contrast": "high", "yizhan-text": "c"}):
            context = browser.new_context(viewport={"width": width, "height": 900})
            cookies = {"yizhan-language": language} | look
            context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
            seen = Watched.by(context, address).open("/parts")
            assert seen.violations() == []
            assert seen.complaints == []
            assert seen.asked_elsewhere == []
            assert seen.overflow == 0
            context.close()


@pytest.mark.browser
def test_without_javascript_everything_is_still_there(app: Starlette, browser: Browser) -> None:
    with served(app) as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(address + "/parts")
        assert page.locator("#reason").is_visible()
        assert page.locator("input[type=file]").is_visible()
        assert not page.locator(".yz-quick").first.is_visible()
        context.close()


@pytest.mark.browser
def test_what_belongs_to_an_answer_shows_with_it_and_a_quick_day_fills_three_fields(
    app: Starlette, browser: Browser
) -> None:
    with served(app) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address + "/parts")
        assert page.locator("#reason").is_visible()
        page.get_by_label("录用", exact=True).check()
        assert not page.locator("#reason").is_visible()
        page.get_by_role("button", name="昨天").click()
        filled = [page.locator(f"#served_on{part}").input_value() for part in ("", "-month", "-day")]
        assert filled == ["2026", "11", "22"]
        context.close()


@pytest.mark.browser
def test_text_size_contrast_and_language_are_kept_and_one_comes_back_to_the_page(
    app: Starlette, browser: Browser
) -> None:
    with served(app) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address + "/parts?page=3")
        page.get_by_role("button", name="特大字").click()
        page.get_by_role("button", name="高对比").click()
        page.get_by_role("button", name="English").click()
        root = page.locator("html")
        assert page.url == address + "/parts?page=3"
        assert root.get_attribute("data-text") == "c"
        assert root.get_attribute("data-contrast") == "high"
        assert root.get_attribute("lang") == "en"
        context.close()
