"""From HTML to a PDF/A-3a, with what the gates need to know about it. The only module that knows WeasyPrint."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TypeAlias

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from activities.printing.faults import AddressRefused, LibrariesMissing, TooLarge
from activities.printing.printed import Box
from activities.printing.templates import DOCS
from activities.printing.text_layer import TextLayer, Written, read
from cases.zone import STATION_ZONE

Style: TypeAlias = tuple[str, ...]  # names of sheets, in order

VARIANT = "pdf/a-3a"
POINTS_PER_PIXEL = 0.75
FACTS = "facts.json"  # the name of the attachment


@dataclass(frozen=True)
class LaidOut:
    pdf: bytes
    pages: int
    boxes: tuple[Box, ...]
    layer: TextLayer
    warnings: int


class _Warnings(logging.Handler):
    """Counts, and keeps no text: a warning quotes the paper."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


class Layout:
    """One font configuration for the life of the process: one per paper costs 95 MB, one shared by threads dies."""

    def __init__(self, styles: Iterable[Style]) -> None:
        if ffi.harfbuzz_subset is None:
            raise LibrariesMissing("libharfbuzz-subset is missing: a paper would take 35 times as long. Install it.")
        self._fonts = FontConfiguration()
        self._counters = CounterStyle()
        # Nothing outside the paper is ever fetched. Style sheets have a fetcher of their own.
        self._fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._sheets = {style: [self._sheet(name) for name in style] for style in styles}

    def _sheet(self, name: str) -> CSS:
        text = (DOCS / "shared" / f"{name}.css").read_text(encoding="utf-8")
        return CSS(string=text, url_fetcher=self._fetcher, font_config=self._fonts, counter_style=self._counters)

    def lay_out(self, html: str, style: Style, facts: bytes, issued_on: date) -> LaidOut:
        try:
            with _counted_warnings() as warnings:
                return self._lay_out(html, style, _attached(facts, issued_on), warnings)
        except FatalURLFetchingError as error:  # a BaseException: `except Exception` lets it through
            raise AddressRefused("Something in the paper points to a file or to the network.") from error
        except (RecursionError, MemoryError) as error:
            raise TooLarge("The paper is too deep or too large to lay out.") from error

    def _lay_out(self, html: str, style: Style, attachment: Attachment, warnings: _Warnings) -> LaidOut:
        layers: list[TextLayer] = []

        def finish(document: Document, pdf: Written) -> None:
            layers.append(read(document, pdf))
            pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))  # WeasyPrint names each twice

        page = HTML(string=html, url_fetcher=self._fetcher)
        document = page.render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=self._sheets[style],
            pdf_variant=VARIANT,
        )
        content = document.write_pdf(finisher=finish, pdf_variant=VARIANT, attachments=[attachment])
        return LaidOut(content, len(document.pages), tuple(_boxes(document)), layers[0], warnings.count)


def _attached(facts: bytes, issued_on: date) -> Attachment:
    at = datetime.combine(issued_on, time(), STATION_ZONE).astimezone(UTC)
    return Attachment(string=facts, name=FACTS, created=at, modified=at, relationship="Source")


def _boxes(document: Document) -> Iterator[Box]:
    for number, page in enumerate(document.pages, 1):
        for name, (left, top, right, bottom) in page.anchors.items():
            corners = (left, page.height - bottom, right, page.height - top)
            yield Box(name, number, *(round(corner * POINTS_PER_PIXEL, 2) for corner in corners))


@contextmanager
def _counted_warnings() -> Iterator[_Warnings]:
    logger, counter = logging.getLogger("weasyprint"), _Warnings()
    logger.addHandler(counter)
    try:
        yield counter
    finally:
        logger.removeHandler(counter)
