import socket
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from activities.printing.faults import AddressRefused, TooLarge
from activities.printing.layout import LaidOut, Layout
from activities.printing.templates import NOTICE

# WeasyPrint leaves the file of its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning")

DAY = date(2026, 3, 2)


def lay_out(layout: Layout, body: str, head: str = "") -> LaidOut:
    html = f'<html lang="zh-CN"><head><title>试</title>{head}</head><body>{body}</body></html>'
    return layout.lay_out(html, NOTICE, b"{}", DAY)


class Listener:
    """A web server that must never be asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.asked += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


ATTACKS = {
    "an image": '<img src="{url}" alt="x">',
    "a background": '<p style="background:url({url})">x</p>',
    "a list marker": '<ul style="list-style-image:url({url})"><li>x</li></ul>',
    "an embedded object": '<object data="{url}">x</object>',
    "a style sheet": '<link rel="stylesheet" href="{url}">',
    "an import": '<style>@import "{url}";</style>',
    "an attachment": '<link rel="attachment" href="{url}">',
    "an attached link": '<a rel="attachment" href="{url}">x</a>',
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_nothing_outside_the_paper_is_fetched(layout: Layout, attack: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    listener = Listener()
    for url in (listener.address, secret.as_uri()):
        with pytest.raises(AddressRefused):
            lay_out(layout, attack.replace("{url}", url))
    listener.close()
    assert listener.asked == 0


def test_a_picture_in_a_picture_is_not_fetched_and_the_paper_stays(layout: Layout) -> None:
    listener = Listener()
    picture = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='{listener.address}'/></svg>"
    laid = lay_out(layout, f'<img alt="x" src="data:image/svg+xml,{quote(picture)}">')
    listener.close()
    assert listener.asked == 0
    assert laid.warnings  # and a paper with a warning does not leave the press


def test_a_font_from_outside_is_not_loaded_either(layout: Layout) -> None:
    listener = Listener()
    rule = f'<style>@font-face {{ font-family: "F"; src: url({listener.address}) }} p {{ font-family: "F" }}</style>'
    with pytest.raises(AddressRefused):
        lay_out(layout, "<p>字</p>", rule)
    listener.close()
    assert listener.asked == 0


def test_a_paper_without_end_of_depth_is_refused(layout: Layout) -> None:
    with pytest.raises(TooLarge):
        lay_out(layout, "<div>" * 2_000 + "x")


def test_a_missing_glyph_is_a_warning(layout: Layout) -> None:
    assert lay_out(layout, "<p>张𬭊</p>").warnings == 0
    assert lay_out(layout, "<p>张\U00030ede</p>").warnings == 1


def test_the_text_is_read_in_the_order_of_the_structure(layout: Layout) -> None:
    """A sentence that goes on over the page stays whole, and the page's number is not in the middle of it."""
    sentence = "".join(f"第{number}句。" for number in range(400))
    laid = lay_out(layout, f"<p>{sentence}</p>")
    assert laid.pages > 1
    assert sentence in laid.layer.text


def test_a_box_is_found_where_it_is_drawn(layout: Layout) -> None:
    laid = lay_out(layout, '<div id="sig" style="position:absolute;left:10mm;top:20mm;width:50mm;height:30mm"></div>')
    box = next(box for box in laid.boxes if box.id == "sig")
    millimetre = 72 / 25.4
    # The page's margins are 28 mm to the left and 37 mm above.
    assert box.left == pytest.approx(38 * millimetre, abs=0.1)
    assert box.right - box.left == pytest.approx(50 * millimetre, abs=0.1)
    assert box.top == pytest.approx((297 - 57) * millimetre, abs=0.1)
    assert box.top - box.bottom == pytest.approx(30 * millimetre, abs=0.1)


def test_the_same_html_gives_the_same_bytes(layout: Layout) -> None:
    assert lay_out(layout, "<p>同一份文书</p>").pdf == lay_out(layout, "<p>同一份文书</p>").pdf
