"""What is said on the page of a case after an act was saved: read from the record, never from the address."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from cases.wording import Wording
from store.drafts import drafts_under
from store.steps import FinishedStep, finished_step, step_key
from web.acts.all_forms import FORMS_OF
from web.acts.in_hand import hand_over
from web.acts.sent import unsettled
from web.case.opened_any import Opened
from web.shown import clock_time
from web.visit import Visit

SAVED: Final = Wording("已保存", "Saved")


@dataclass(frozen=True)
class DoneBanner:
    """`words`, such as “推荐已保存 10:46，岗位推荐 2/3”."""

    words: str


def done_banner(connection: Connection, opened: Opened, key: str) -> DoneBanner | None:
    """What the reader's own act under this key came to; None where the record holds no such act."""
    if not key:
        return None
    finished = finished_step(connection, step_key(opened.case.id, "act", key))
    if finished is None or finished.actor != opened.visit.me.owner:
        return None
    return DoneBanner(_words(connection, opened, finished))


def left_open(connection: Connection, visit: Visit, home: str) -> list[dict[str, object]]:
    """What the reader sent for the case at this address that is under way, or was not accepted: each with its page."""
    keyring = visit.office.station.keyring
    return unsettled(visit, drafts_under(connection, keyring, visit.me.owner, f"{home}/sent/"))


def _words(connection: Connection, opened: Opened, finished: FinishedStep) -> str:
    described, speech = FORMS_OF[opened.KIND].get(finished.kind), opened.speech
    done, at = described.done if described else SAVED, clock_time(finished.receipt.at)
    counted = hand_over(connection, opened).served(described) if described else ""
    zh = f"{done.zh} {at}" + (f"，{counted}" if counted else "") + "。"
    en = f"{done.en}, {at}" + (f"; {counted}" if counted else "") + "."
    return speech(zh, en)
