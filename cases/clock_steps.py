"""How a due instant came about, step by step, in both languages."""

from collections.abc import Iterable
from datetime import date

from cases.calendars import Calendar, Holiday
from cases.clocks import Clock, ClockTerms, Counts, Unit
from cases.counting import Count
from cases.days import ONE_DAY, add_months, is_weekend, shown_instant, shown_time
from cases.wording import Wording

WEEKDAYS = (
    Wording("周一", "a Monday"),
    Wording("周二", "a Tuesday"),
    Wording("周三", "a Wednesday"),
    Wording("周四", "a Thursday"),
    Wording("周五", "a Friday"),
    Wording("周六", "a Saturday"),
    Wording("周日", "a Sunday"),
)


def steps(clock: Clock, calendar: Calendar, counted: Count) -> tuple[Wording, ...]:
    taken = [
        _exchanged(clock, calendar, counted),
        _passed_over(clock, counted),
        _end(clock, counted),
        _rolled(calendar, counted),
        _due(clock, counted),
        _provisional(calendar, counted),
    ]
    return tuple(step for step in taken if step)


def _exchanged(clock: Clock, calendar: Calendar, counted: Count) -> Wording | None:
    """Holidays and make-up days that a count of working days met on its way."""
    if clock.terms.counts is not Counts.WORKING:
        return None
    last = counted.end or counted.start
    met = [(day, holiday) for day in counted.relied_on if day <= last and (holiday := calendar.holiday(day))]
    off = [(day, holiday) for day, holiday in met if not is_weekend(day)]
    worked = [day for day, _ in met if is_weekend(day)]
    if not met:
        return None
    zh = [f"{_holidays(off, zh=True)}放假，不计"] if off else []
    en = [f"not counted, for holidays: {_holidays(off, zh=False)}"] if off else []
    if worked:
        zh.append(f"{'、'.join(map(str, worked))}为调休上班日，计入")
        en.append(f"counted, for they are worked in exchange: {', '.join(map(str, worked))}")
    sentence = "; ".join(en)
    return Wording("；".join(zh) + "。", sentence[0].upper() + sentence[1:] + ".")


def _holidays(off: list[tuple[date, Holiday]], *, zh: bool) -> str:
    titles = list(dict.fromkeys(holiday.title for _, holiday in off))
    named = [(title, _spans(day for day, holiday in off if holiday.title == title)) for title in titles]
    if zh:
        return "、".join(f"{title.zh}（{_shown(spans, '至', '、')}）" for title, spans in named)
    return ", ".join(f"{title.en} ({_shown(spans, ' to ', ', ')})" for title, spans in named)


def _passed_over(clock: Clock, counted: Count) -> Wording | None:
    if not counted.passed_over:
        return None
    number, spans = len(counted.passed_over), _spans(counted.passed_over)
    return Wording(
        f"暂停期间不计：{_shown(spans, '至', '、')}，共{number}{_unit(clock.terms).zh}。",
        f"Paused and not counted: {_shown(spans, ' to ', ', ')}, {_amount(number, clock.terms)}.",
    )


def _end(clock: Clock, counted: Count) -> Wording:
    terms, start = clock.terms, counted.start
    begins = Wording(f"自{terms.starts.zh}（{start}）次日起算", f"from {terms.starts.en} {start}")
    if counted.end is None:
        used = counted.length - counted.left
        since = shown_instant(clock.pauses[-1].from_at)
        return Wording(
            f"{begins.zh}，已计{used}{_unit(terms).zh}，尚余{counted.left}；{since}起暂停，恢复后方可确定到期日。",
            f"Used up {begins.en}: {_amount(used, terms)}, {counted.left} left; paused since {since}, "
            "so the due date is open until the clock resumes.",
        )
    if not counted.length:
        return Wording(
            f"当日届满：{terms.starts.zh}（{start}）。", f"Ends on the day itself: {terms.starts.en} {start}."
        )
    ends = "ends" if terms.length == 1 else "end"
    if terms.unit is Unit.DAY:
        return Wording(
            f"{begins.zh}，{terms.length}{_unit(terms).zh}，至{counted.end}届满。",
            f"{_amount(terms.length, terms)} {begins.en} {ends} on {counted.end}.",
        )
    anniversary = add_months(start, terms.length)
    clamped = anniversary.day != start.day
    return Wording(
        f"{begins.zh}，{terms.length}个月，至{counted.end}届满{'（该月无对应日，以月末日为准）' if clamped else ''}。",
        f"{terms.length} month{'' if terms.length == 1 else 's'} {begins.en} {ends} on {counted.end}"
        f"{', for the month has no such day and its last day counts' if clamped else ''}.",
    )


def _rolled(calendar: Calendar, counted: Count) -> Wording | None:
    end, due = counted.end, counted.due
    if end is None or end == due:
        return None
    holiday = calendar.holiday(end)
    why = holiday.title if holiday else WEEKDAYS[end.weekday()]
    rest = not calendar.is_working(end)
    if due is None:
        return Wording(
            f"{end}{f'为休息日（{why.zh}）' if rest else ''}，暂停中，恢复后方可确定到期日。",
            f"{end} is {f'a rest day ({why.en})' if rest else 'reached'}, and the clock is paused: "
            "the due date is open until it resumes.",
        )
    moved = "提前" if due < end else "顺延"
    return Wording(
        f"{end}{f'为休息日（{why.zh}）' if rest else '时暂停'}，{moved}至{due}。",
        f"{end} {f'is a rest day ({why.en})' if rest else 'was paused'}, so {due}.",
    )


def _due(clock: Clock, counted: Count) -> Wording | None:
    if counted.due is None:
        return None
    at = shown_time(clock.terms.due_time)
    return Wording(f"到期：{counted.due} {at}。", f"Due {counted.due} at {at}.")


def _provisional(calendar: Calendar, counted: Count) -> Wording | None:
    unsettled = [day for day in counted.relied_on if not calendar.settles(day)]
    years = sorted({day.year if not calendar.knows(day.year) else day.year + 1 for day in unsettled})
    if not years:
        return None
    named = ", ".join(map(str, years))
    return Wording(
        f"预估：{'、'.join(map(str, years))}年节假日安排尚无日历，暂按周末推算，日历到后重新计算。",
        f"Provisional: there is no calendar of {named} yet, so only weekends rest; "
        "it is reckoned again when the calendar arrives.",
    )


def _unit(terms: ClockTerms) -> Wording:
    return Wording("个工作日", "working day") if terms.counts is Counts.WORKING else Wording("个自然日", "natural day")


def _amount(number: int, terms: ClockTerms) -> str:
    return f"{number} {_unit(terms).en}{'' if number == 1 else 's'}"


def _spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in order, as spans of neighbours."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and spans[-1][1] + ONE_DAY == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def _shown(spans: list[tuple[date, date]], to: str, between: str) -> str:
    return between.join(str(first) if first == last else f"{first}{to}{last}" for first, last in spans)
