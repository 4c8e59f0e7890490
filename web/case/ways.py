"""Where the reader of a case came from, carried along in the address so that "back" leads to the row they left."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from cases.wording import Wording
from web.navigation import PLACES
from web.visit import Visit

_DEFAULT: Final = "/queue"
_BACK_TO: Final = {
    "/queue": Wording("回工作台", "Back to today's work"),
    "/cases": Wording("回个案列表", "Back to the cases"),
    "/subsidies": Wording("回补贴列表", "Back to the subsidies"),
    "/employers": Wording("回用工主体", "Back to the employer"),
    "/workers": Wording("回零工", "Back to the worker"),
    "/find": Wording("回查找结果", "Back to what was found"),
    "/overview": Wording("回总览", "Back to the overview"),
    "/audit": Wording("回审计", "Back to the audit"),
}
_THE_CASE: Final = Wording("回个案", "Back to the case")
_ELSEWHERE: Final = Wording("回上一页", "Back")


@dataclass(frozen=True)
class Ways:
    """`given`: whether the address says where from; then every link within the case says it on."""

    back: str
    words: Wording
    given: bool

    def on(self, path: str) -> str:
        """An address of the case's own pages, saying on where the reader came from."""
        if not self.given:
            return path
        path, mark, place = path.partition("#")
        return f"{path}{'&' if '?' in path else '?'}back={quote(self.back, safe='')}{mark}{place}"


def ways_of(visit: Visit) -> Ways:
    asked = visit.asked("back")
    back = asked if _own(asked) else _first(visit)
    first, _, more = urlsplit(back).path.strip("/").partition("/")
    words = _THE_CASE if first in ("cases", "subsidies") and more else _BACK_TO.get(f"/{first}", _ELSEWHERE)
    return Ways(back, words, given=back == asked)


def _own(path: str) -> bool:
    """An address of our own pages, and nothing that a browser would take for another host."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


def _first(visit: Visit) -> str:
    """The queue, or for those without one the first place they can go to."""
    own = [place.path for place in PLACES if visit.roles & place.access.roles]
    return _DEFAULT if _DEFAULT in own or not own else own[0]
