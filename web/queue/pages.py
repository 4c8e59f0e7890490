"""The page of the queue, and what can be done with a row of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import Connection
from starlette.responses import Response

from cases.days import day_of
from cases.hardship.buckets import Bucket, due_day, horizon
from cases.hardship.progress import ACTS
from cases.hardship.queueing import Turn
from cases.hardship.stages import Stage
from cases.roles import Role
from cases.wording import Language, Wording
from store.agenda import mark_read
from store.case_reading import staff_names, station_names
from store.cover import covered_by
from store.queue_reading import PAGE_ROWS, Asked, Counted, Order, Reading, View
from web.queue.asked import FILTERS, Address, address_of, asked_of, page_of, views
from web.queue.lines import SIGNS, Shown, lines_of
from web.queue.rail import rail
from web.queue.taking import back_path, take_next, take_one
from web.roles import ASSIGNING, CASE_WORK
from web.serving import Page
from web.shown import clock_time, day, weekday
from web.subsidies.waiting import waiting_subsidies
from web.visit import Visit

VIEWS: Final = {
    View.MINE: Wording("我的待办", "My work"),
    View.STATION: Wording("全站", "Whole station"),
    View.UNASSIGNED: Wording("未分派", "Unassigned"),
    View.DECIDE: Wording("待我审批、指导", "To decide"),
}
ORDERS: Final = {
    Order.DUE: Wording("先到期的在前", "First due first"),
    Order.OLDEST: Wording("先立案的在前", "Oldest case first"),
    Order.LATEST: Wording("刚有动静的在前", "Latest event first"),
}
TURNS: Final = {
    Turn.TO_DO: Wording("待办", "To do"),
    Turn.WAITING: Wording("等待对方", "Waiting"),
    Turn.RETURNED: Wording("退回", "Returned"),
    Turn.PAUSED: Wording("已暂停", "Paused"),
}
EMPTY: Final = {
    View.MINE: Wording("您手上没有待办。", "Nothing is on your list."),
    View.STATION: Wording("没有在办的个案。", "No case is open."),
    View.UNASSIGNED: Wording("没有未分派的个案。", "Every case has its caseworker."),
    View.DECIDE: Wording("没有等您审批或指导的事项。", "Nothing waits for your decision."),
}


@dataclass(frozen=True)
class Desk:
    """One reader at the queue: what they asked for, and how it is read."""

    visit: Visit
    connection: Connection
    reading: Reading
    address: Address
    asked: Asked
    stations: Mapping[str, str]


def desk_of(visit: Visit, connection: Connection, given: Mapping[str, str]) -> Desk:
    me = visit.me.staff_id
    covered = [each.staff_id for each in covered_by(connection, me, visit.today)]
    ids = connection.scalars(visit.scope.stations).all()
    stations = station_names(connection, ids) if len(ids) > 1 else dict.fromkeys(ids, "")
    address = address_of(given)
    asked = asked_of(address, visit.roles, me, covered, stations)
    reading = Reading(connection, visit.scope, horizon(visit.now, visit.office.station.policies.calendar))
    return Desk(visit, connection, reading, address, asked, stations)


def queue_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        context = _context(desk_of(visit, connection, visit.request.query_params))
    return visit.render("queue/queue.html", context)


def _context(desk: Desk) -> Shown:
    visit, asked, address, reading = desk.visit, desk.asked, desk.address, desk.reading
    counts = reading.counts(asked)
    total = counts[asked.bucket].rows if asked.bucket else sum(each.rows for each in counts.values())
    page, pages = page_of(address.given, total)
    start = (page - 1) * PAGE_ROWS
    entries = reading.rows(asked, start) if total else ()
    lines = lines_of(visit, desk.connection, reading.horizon, address, entries, start)
    groups = lines.groups(entries)
    for group in groups:
        bucket = group["bucket"]
        group["total"] = counts[bucket].rows if isinstance(bucket, Bucket) else 0
    return {
        "heading": _heading(visit),
        "summary": _summary(desk, counts),
        "buckets": _buckets(desk, counts),
        "views": _views(desk),
        "tags": _tags(desk),
        "groups": groups,
        "total": total,
        "page": page,
        "pages": pages,
        "href": address.with_(page="{page}").replace("%7Bpage%7D", "{page}"),
        "here": address.with_(page=address.given.get("page")),
        "selecting": address.given.get("select") == "yes",
        "select_href": address.with_(select="yes"),
        "export_href": address.with_().replace("/queue", "/queue/export.xlsx", 1),
        "narrowed": any(name in address.given for name in FILTERS),
        "clear": Address({"view": address.given.get("view", "")}).with_(),
        "filters": _filters(desk),
        "asked": asked,
        "given": address.given,
        "empty": EMPTY[asked.view],
        "own_column": asked.view is not View.MINE,
        "key": uuid4().hex,
        "may_reassign": bool(visit.roles & ASSIGNING.roles),
        "may_register": Role.CASEWORKER in visit.roles,
        "subsidies": waiting_subsidies(visit, desk.connection),
        "rail": rail(visit, desk.connection, reading, asked, address),
    }


def _heading(visit: Visit) -> Wording:
    today = visit.today
    zh, en = today.strftime("%-m月%-d日"), today.strftime("%A %-d %B")
    return Wording(f"{zh} {weekday(today, Language.ZH)}", en)


def _summary(desk: Desk, counts: Mapping[Bucket, Counted]) -> Wording:
    """In one sentence: how much today, where to begin, how much altogether."""
    if desk.asked.view is not View.MINE or desk.asked.bucket or any(n in desk.address.given for n in FILTERS):
        total = sum(each.rows for each in counts.values())
        return Wording(f"共 {total} 件。", f"{total} in all.")
    over, today = counts[Bucket.OVERDUE].rows, counts[Bucket.TODAY].rows
    held = sum(each.rows for each in counts.values())
    zh = f"今天要办 {over + today} 件" if over + today else "今天没有到期的事项"
    en = f"{over + today} to do today" if over + today else "Nothing is due today"
    if over:
        zh, en = f"{zh}，先办逾期的 {over} 件", f"{en}; start with the {over} overdue"
    return Wording(f"{zh}。您手上共 {held} 件在办。", f"{en}. You hold {held} open cases.")


def _buckets(desk: Desk, counts: Mapping[Bucket, Counted]) -> list[Shown]:
    return [
        {
            "sign": SIGNS[bucket],
            "words": bucket.label.within(desk.visit.language),
            "count": found.rows,
            "note": _note(desk, bucket, found),
            "href": desk.address.with_(bucket=None if desk.asked.bucket is bucket else bucket.value),
            "here": desk.asked.bucket is bucket,
        }
        for bucket, found in counts.items()
    ]


def _note(desk: Desk, bucket: Bucket, found: Counted) -> str:
    """One detail under a count: since when, until when."""
    visit = desk.visit
    language, today = visit.language, visit.today
    wording = None
    if found.rows and bucket is Bucket.OVERDUE and found.due_at:
        on = day(due_day(found.due_at), language, today)
        wording = Wording(f"最早 {on}", f"since {on}")
    elif found.rows and bucket is Bucket.TODAY and found.due_at:
        at = clock_time(found.due_at)
        at = "24:00" if at == "00:00" else at
        wording = Wording(f"最早 {at} 前", f"first by {at}")
    elif bucket is Bucket.SOON:
        on = day(due_day(desk.reading.horizon.soon_ends), language, today)
        wording = Wording(f"到 {on}", f"to {on}")
    elif found.rows and found.since and bucket in (Bucket.WAITING, Bucket.RETURNED, Bucket.PAUSED):
        gone = (today - day_of(found.since)).days
        wording = Wording(f"最久 {gone} 天", f"longest {gone} days")
    return wording.within(language) if wording else ""


def _views(desk: Desk) -> list[Shown]:
    """The views of this reader; of those that call for somebody the number of rows."""
    shown: list[Shown] = []
    for view in views(desk.visit.roles):
        words = VIEWS[view].within(desk.visit.language)
        if view in (View.UNASSIGNED, View.DECIDE):
            words = f"{words} {desk.reading.total(Asked(view, desk.asked.staff_id))}"
        href = Address({"view": view.value}).with_()
        shown.append({"words": words, "href": href, "here": desk.asked.view is view})
    return shown


def _tags(desk: Desk) -> list[Shown]:
    language, asked = desk.visit.language, desk.asked
    on: dict[str, Wording | None] = {
        "bucket": asked.bucket.label if asked.bucket else None,
        "stage": asked.stage.label if asked.stage else None,
        "turn": TURNS[asked.turn] if asked.turn else None,
        "caseworker": _named(staff_names(desk.connection, [asked.caseworker]).get(asked.caseworker, asked.caseworker))
        if asked.caseworker
        else None,
        "station": _named(desk.stations.get(asked.station, "")) if asked.station else None,
        "act": (ACTS[asked.act].TITLE if asked.act in ACTS else _named(asked.act)) if asked.act else None,
        "due": _due_words(desk) if asked.due is not None else None,
    }
    return [
        {
            "words": wording.within(language),
            "href": desk.address.with_(**{name: None}),
            "remove": Wording("去掉这个筛选", "Remove this filter").within(language),
        }
        for name, wording in on.items()
        if wording
    ]


def _due_words(desk: Desk) -> Wording:
    due = desk.asked.due
    if due is False or due is True or due is None:
        return Wording("没有期限", "No due date")
    shown = day(due, desk.visit.language, desk.visit.today)
    return Wording(f"{shown}到期", f"Due {shown}")


def _named(name: str) -> Wording:
    return Wording(name, name)


def _filters(desk: Desk) -> Shown:
    """What each filter offers."""
    language = desk.visit.language

    def spoken(words: Mapping[str, Wording]) -> Sequence[tuple[str, str]]:
        return [(value, wording.within(language)) for value, wording in words.items()]

    holders = staff_names(desk.connection, desk.reading.holders(Asked(desk.asked.view, desk.asked.staff_id)))
    return {
        "stages": spoken({stage.value: stage.label for stage in Stage if stage is not Stage.CLOSED}),
        "turns": spoken({turn.value: words for turn, words in TURNS.items()}),
        "acts": spoken({kind: ACTS[kind].TITLE for kind in NEXT_ACTS}),
        "buckets": spoken({bucket.value: bucket.label for bucket in Bucket}),
        "caseworkers": sorted(holders.items()) if desk.asked.view is not View.MINE else [],
        "stations": sorted(desk.stations.items()) if len(desk.stations) > 1 else [],
        "orders": spoken({order.value: words for order, words in ORDERS.items()}),
    }


NEXT_ACTS: Final = (
    "record-fact",
    "record-guidance",
    "record-referral",
    "deliver-referral",
    "answer-referral",
    "record-referral-outcome",
    "enrol-training",
    "record-training-result",
    "record-placement",
    "record-follow-up",
    "propose-closure",
    "resume",
    "adopt-determination",
    "depart-from-determination",
    "confirm-departure",
    "decide-review",
    "approve-closure",
    "accept-transfer",
)


def read_notices(visit: Visit) -> Response:
    with visit.writing() as connection:
        mark_read(connection, visit.me.staff_id, visit.fields.get("notice", ()), visit.now)
    return visit.go(back_path(visit))


ROUTES: Final = [
    Page("/queue", queue_page, CASE_WORK),
    Page("/queue/notices", read_notices, CASE_WORK, methods=("POST",)),
    Page("/queue/take", take_one, CASE_WORK, methods=("POST",)),
    Page("/queue/take-next", take_next, CASE_WORK, methods=("POST",)),
]
