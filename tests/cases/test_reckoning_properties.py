"""Reckoning against an oracle that walks chinesecalendar day by day, and the promises that hold for any clock."""

from datetime import date, datetime, time, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.authorities import Authority, Tag
from cases.calendars import Calendar, CalendarYear, Holiday
from cases.clocks import Clock, Counts, Pause, Rolls, Unit
from cases.days import END_OF_DAY
from cases.reckoning import position, reckon
from cases.wording import Wording
from cases.zone import STATION_ZONE
from tests.cases.clocks import SHIPPED, at, terms

FIRST, LAST = date(2019, 1, 2), date(2026, 2, 1)  # from New Year's Day a term may roll back to 2018, which has no file
HORIZON = 320  # days: four months and ninety-six paused days, or sixty working days, and a holiday
MINUTES = 24 * 60
WORKED = frozenset(day for day in chinese_calendar.get_workdays(date(2018, 1, 1), date(2026, 12, 31)))
MANY = settings(max_examples=400, deadline=None)  # two cores are shared: speed is not what is tested here

instants = st.builds(
    lambda day, minute: at(day) + timedelta(minutes=minute),
    st.dates(FIRST, date(2025, 12, 31)),
    st.integers(0, MINUTES),
)
lengths = st.integers(0, 60)
counting = st.sampled_from(Counts)
rolling = st.sampled_from(Rolls)
due_times = st.sampled_from([END_OF_DAY, time(12, 0), time(17, 30)])


@st.composite
def pauses_from(draw: st.DrawFn, started_at: datetime, *, closed: bool = False) -> tuple[Pause, ...]:
    """Pauses one after the other, within about a hundred days of the start; the last may be open."""
    gaps = draw(st.lists(st.integers(0, 12 * MINUTES), max_size=8))
    if closed and len(gaps) % 2:
        gaps.pop()
    edges = [started_at]
    for gap in gaps:
        edges.append(edges[-1] + timedelta(minutes=gap))
    spans = [(edges[n], edges[n + 1] if n + 1 < len(edges) else None) for n in range(1, len(edges), 2)]
    return tuple(Pause(begun, ended, "等待材料") for begun, ended in spans)


@st.composite
def clocks(draw: st.DrawFn, *, closed: bool = False, rolls: st.SearchStrategy[Rolls] = rolling) -> Clock:
    started_at = draw(instants)
    counts = draw(counting)
    months = counts is Counts.NATURAL and draw(st.booleans())
    of = terms(
        draw(st.integers(0, 4)) if months else draw(lengths),
        counts,
        unit=Unit.MONTH if months else Unit.DAY,
        rolls=draw(rolls),
        due_time=draw(due_times),
    )
    return Clock(of, started_at, draw(pauses_from(started_at, closed=closed)))


def paused_days(clock: Clock) -> set[date]:
    """From the first to the day before the last, by the dates alone; days are those that end at the due time."""
    closing = clock.terms.due_time
    early = timedelta(0) if closing == END_OF_DAY else timedelta(days=1, hours=-closing.hour, minutes=-closing.minute)
    days: set[date] = set()
    for pause in clock.pauses:
        last = pause.until_at or pause.from_at + timedelta(days=HORIZON)
        day = (pause.from_at + early).astimezone(STATION_ZONE).date()
        while day < (last + early).astimezone(STATION_ZONE).date():
            days.add(day)
            day += timedelta(days=1)
    return days


def months_later(start: date, months: int) -> date:
    year, month, day = start.year, start.month + months, start.day
    while month > 12:
        year, month = year + 1, month - 12
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def oracle(clock: Clock) -> date | None:
    """The due day, or None where a pause keeps it away."""
    of = clock.terms
    start = clock.started_at.astimezone(STATION_ZONE).date()
    if of.rolls is Rolls.BACK and clock.pauses:
        earlier = Clock(of, clock.started_at, clock.pauses[:-1])
        before = oracle(earlier)
        if before and clock.closes(before) <= clock.pauses[-1].from_at:
            return before
    following = [start + timedelta(days=n) for n in range(1, HORIZON)]
    paused = paused_days(clock)
    length = of.length if of.unit is Unit.DAY else (months_later(start, of.length) - start).days
    running = [day for day in following if day not in paused]
    if of.counts is Counts.WORKING:
        running = [day for day in running if day in WORKED]
    if length > len(running):
        return None
    end = running[length - 1] if length else start
    if of.rolls is Rolls.BACK:
        back = [end - timedelta(days=n) for n in range(30)]
        landing = next(day for day in back if day in paused or day in WORKED)
        if landing not in paused:
            return landing
    onwards = [end, *(day for day in following if day > end)]
    fit = [day for day in onwards if day not in paused]
    if of.rolls is not Rolls.NONE:
        fit = [day for day in fit if day in WORKED]
    return fit[0] if fit else None


@MANY
@given(clocks())
def test_due_as_the_oracle_says(clock: Clock) -> None:
    expected = oracle(clock)
    reckoned = reckon(clock, SHIPPED)
    assert reckoned.due_at == (clock.closes(expected) if expected else None)
    assert reckoned.provisional is False
    assert (reckoned.remaining is None) == (expected is not None)


def test_every_start_day_of_seven_years() -> None:
    every_day = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    for of in (terms(5, Counts.WORKING), terms(15), terms(1, unit=Unit.MONTH)):
        plain = [Clock(of, at(day)) for day in every_day]
        assert [reckon(clock, SHIPPED).due_at for clock in plain] == [
            clock.closes(oracle(clock) or LAST) for clock in plain
        ]


@MANY
@given(clocks())
def test_thresholds_rise_to_the_due_instant_and_never_come_late_or_in_a_pause(clock: Clock) -> None:
    reckoned = reckon(clock, SHIPPED)
    instants = [threshold.at for threshold in reckoned.thresholds]
    assert instants == sorted(instants)
    assert all(clock.started_at.date() <= instant.date() for instant in instants if clock.terms.rolls is not Rolls.BACK)
    for threshold in reckoned.thresholds:
        assert not any(pause.holds(threshold.at) for pause in clock.pauses)
        if threshold.percent < 100:
            just_before = threshold.at - timedelta(seconds=1)
            assert position(clock, SHIPPED, just_before).percent < threshold.percent
    if reckoned.due_at:
        assert reckoned.thresholds[-1].percent == 100
        assert reckoned.thresholds[-1].at == reckoned.due_at


@MANY
@given(clocks(closed=True, rolls=st.just(Rolls.NONE)))
def test_a_pause_shifts_the_due_day_by_exactly_its_counted_days(clock: Clock) -> None:
    without = oracle(Clock(clock.terms, clock.started_at))
    due_at = reckon(clock, SHIPPED).due_at
    assert without
    assert due_at
    if not reckon(clock, SHIPPED).counted:
        return  # a term of no days is due on its start day, and only waits for a pause to end
    due = (due_at - timedelta(seconds=1)).astimezone(STATION_ZONE).date()
    between = [without + timedelta(days=n) for n in range(1, (due - without).days + 1)]
    since_start = [
        clock.started_at.date() + timedelta(days=n) for n in range(1, (due - clock.started_at.date()).days + 1)
    ]
    paused = [day for day in since_start if day in paused_days(clock)]
    if clock.terms.counts is Counts.WORKING:
        between = [day for day in between if day in WORKED]
        paused = [day for day in paused if day in WORKED]
    assert len(between) == len(paused)


@MANY
@given(clocks(closed=True), st.integers(0, 30 * MINUTES), st.integers(0, 60 * MINUTES))
def test_resuming_restores_what_was_left(clock: Clock, running: int, standing: int) -> None:
    last = clock.pauses[-1].until_at if clock.pauses else None
    begun = (last or clock.started_at) + timedelta(minutes=running)
    ended = begun + timedelta(minutes=standing)
    resumed = clock.paused(begun, "等待材料").resumed(ended)
    due_before, due_after = reckon(clock, SHIPPED).due_at, reckon(resumed, SHIPPED).due_at
    assert due_before
    assert due_after
    left = reckon(clock.paused(begun, "等待材料"), SHIPPED).remaining
    if due_before <= begun:
        assert left is None
        assert due_after == due_before
    else:
        assert left == position(clock, SHIPPED, begun).remaining == position(resumed, SHIPPED, ended).remaining
        assert due_after > ended
        assert due_after >= due_before or clock.terms.rolls is Rolls.BACK
    assert reckon(clock.paused(begun, "").resumed(begun), SHIPPED).due_at == due_before


@st.composite
def notices(draw: st.DrawFn, year: int) -> CalendarYear:
    """Any notice of a year, which may move the last week of the year before."""
    days = draw(st.sets(st.dates(date(year - 1, 12, 25), date(year, 2, 28)), max_size=20))
    holiday = Holiday(
        Wording("示例节", "Example festival"),
        tuple(sorted(day for day in days if day.weekday() < 5)),
        tuple(sorted(day for day in days if day.weekday() >= 5)),
    )
    return CalendarYear(year, (holiday,), (Authority("示例", Tag.MEMORY),))


@MANY
@given(st.dates(date(2026, 11, 1), date(2026, 12, 31)), counting, rolling, lengths, notices(2027))
def test_a_settled_due_date_never_moves_when_a_notice_comes_out(
    started_on: date, counts: Counts, rolls: Rolls, length: int, notice: CalendarYear
) -> None:
    clock = Clock(terms(length, counts, rolls=rolls), at(started_on))
    before, after = reckon(clock, SHIPPED), reckon(clock, Calendar((*SHIPPED.years, notice)))
    assert before.provisional or (before.due_at, before.thresholds) == (after.due_at, after.thresholds)
    assert after.calendar_hash != before.calendar_hash
