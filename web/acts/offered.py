"""What a field that asks the case or the record can be answered with, the likeliest first."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cases.hardship.case import Condition
from cases.hardship.proofs import CONDITIONS
from cases.hardship.stages import ExitReason, ReferralOutcome
from cases.roles import Role
from cases.wording import Wording
from store.choosing import Serving, has_course_in, serving_at, station_place, stations_named
from store.constraints import constraints
from store.courses import CourseFilter, ListedCourse, course, courses_in
from store.employer_register import EmployerFilter, ListedEmployer, employer_in, employers_in
from store.offers import OfferFilter, offer_in
from store.scope import NotInScope
from store.suiting import Suited, suitable_vacancies
from web.acts.asked import PARTS, Ask
from web.acts.at_hand import AtHand
from web.acts.fact_values import question
from web.acts.hardship_hand import HardshipHand
from web.acts.naming import Option, named, parts_of
from web.acts.subsidy_offers import stop_events, unverified_values
from web.acts.words import EXIT_REASONS
from web.employers.naming import shown_employers
from web.vacancies.words import pay_wording

SHOWN: Final = 8
SUITS: Final = Wording("符合本人全部限制条件", "Meets every limit of the worker")
LIKELY: Final = Wording("本案推荐后录用", "Hired after a referral of this case")
NOT_VERIFIED: Final = Wording("未核实", "not verified")
VERIFIED: Final = Wording("已核实", "verified")


def offered(hand: AtHand, ask: Ask, *, words: str = "", chosen: str = "", parts: Iterable[str] = ()) -> list[Option]:
    """What to choose from; `parts` are those that the rules let the act be about now."""
    if ask in PARTS:
        open_to = {*parts, chosen}
        return [
            Option(part.id, named(hand.opened, part))
            for part in parts_of(ask, hand.case)
            if ask is Ask.HELP or part.id in open_to
        ]
    return _OFFERS[ask](hand, words.strip(), chosen)


def is_ours(hand: AtHand, ask: Ask, value: str) -> bool:
    """Whether the reader's place has it: what is elsewhere is to them as if it were not there."""
    connection, scope = hand.connection, hand.visit.scope
    match ask:
        case Ask.VACANCY:
            return offer_in(connection, scope, value, hand.today) is not None
        case Ask.COURSE:
            return has_course_in(connection, scope, value)
        case Ask.EMPLOYER:
            return _employer(hand, value) is not None
        case _:
            return True


def _vacancies(hand: HardshipHand, words: str, chosen: str) -> list[Option]:
    visit, case, connection = hand.visit, hand.case, hand.connection
    limits = constraints(connection, visit.office.station.keyring, case.worker_id, hand.today)
    asked = OfferFilter(words=words)
    taken = {referral.vacancy_id for referral in case.referrals} - {chosen}
    found = [s for s in suitable_vacancies(connection, visit.scope, limits, hand.today, asked) if _id(s) not in taken]
    if chosen and all(_id(suited) != chosen for suited in found):
        every = suitable_vacancies(connection, visit.scope, limits, hand.today)
        found = [suited for suited in every if _id(suited) == chosen] + found
    first = [suited for suited in found if _id(suited) == chosen]
    shown = first + [suited for suited in found if _id(suited) != chosen][: SHOWN - len(first)]
    listed = [employer for suited in shown if (employer := _employer(hand, suited.offer.vacancy.employer_id))]
    firms = {each.listed.id: each.name for each in shown_employers(visit, connection, listed)}
    options = [_vacancy(hand, suited, firms.get(suited.offer.vacancy.employer_id, "—")) for suited in shown]
    if chosen and not first:  # no longer live: it is still said which it was
        gone = offer_in(connection, visit.scope, chosen, hand.today)
        if gone:
            no_longer = hand.opened.speech("已不在招", "no longer live")
            options.insert(0, Option(chosen, gone.vacancy.title, no_longer))
    return options


def _id(suited: Suited) -> str:
    return suited.offer.vacancy.id


def _vacancy(hand: AtHand, suited: Suited, firm: str) -> Option:
    speech, offer = hand.opened.speech, suited.offer.vacancy
    lines = [firm, speech.w(pay_wording(offer)), offer.address or suited.offer.station_name]
    if suited.proved:
        lines.append(speech.w(SUITS))
    for lead, conditions in (
        (Wording("不符合：", "Fails: "), suited.failed),
        (Wording("不清楚：", "Unknown: "), suited.unknown),
    ):
        if conditions:
            lines.append(speech.w(lead) + speech.list(_short(hand, conditions)))
    return Option(offer.id, offer.title, " · ".join(lines))


def _short(hand: AtHand, conditions: tuple[Condition, ...]) -> list[str]:
    return [hand.opened.speech.w(CONDITIONS[condition.name]) for condition in conditions]


def _employer(hand: AtHand, employer_id: str) -> ListedEmployer | None:
    try:
        return employer_in(hand.connection, hand.visit.scope, employer_id, hand.today)
    except NotInScope:
        return None


def _employers(hand: HardshipHand, words: str, chosen: str) -> list[Option]:
    """Those who hired the worker after a referral, then the verified ones."""
    case, speech = hand.case, hand.opened.speech
    hired = [r.vacancy_id for r in case.referrals if r.outcome is ReferralOutcome.HIRED]
    likely = {v.employer_id for each in hired if (v := hand.opened.names.vacancies.get(each))}
    filters = EmployerFilter(words=words, verified=None if words else True)
    found, _ = employers_in(hand.connection, hand.visit.scope, filters, hand.today, (SHOWN, 0))
    first = [one for each in (chosen, *sorted(likely)) if each and (one := _employer(hand, each))]
    rest = [each for each in found if each.id not in {one.id for one in first}]
    listed = list({one.id: one for one in (*first, *rest)}.values())[:SHOWN]
    options = []
    for each in shown_employers(hand.visit, hand.connection, listed):
        said = [speech.w(VERIFIED if each.listed.verified else NOT_VERIFIED), each.listed.place]
        if each.listed.id in likely:
            said.insert(0, speech.w(LIKELY))
        options.append(Option(each.listed.id, each.name, " · ".join(said)))
    return options


def _courses(hand: AtHand, words: str, chosen: str) -> list[Option]:
    found, _ = courses_in(hand.connection, hand.visit.scope, CourseFilter(words=words), hand.today, (SHOWN, 0))
    listed = list(found)
    if chosen and all(each.course.id != chosen for each in found) and is_ours(hand, Ask.COURSE, chosen):
        held = course(hand.connection, chosen)
        listed = [*([ListedCourse(held, 0)] if held else []), *listed]
    return [_course(hand, each) for each in listed]


def _course(hand: AtHand, listed: ListedCourse) -> Option:
    speech, taught = hand.opened.speech, listed.course
    from_, until = speech.day(taught.begins_on), speech.day(taught.ends_on)
    said = [
        taught.provider,
        taught.place,
        speech(f"{from_}至{until}", f"{from_} to {until}"),
        speech(f"{taught.hours} 课时", f"{taught.hours} hours"),
        speech(f"还有 {listed.seats_left} 个名额", f"{listed.seats_left} seats left"),
    ]
    return Option(taught.id, taught.title, " · ".join(said))


def _staff(roles: frozenset[Role] | None, *, there: bool = False) -> Callable[[AtHand, str, str], list[Option]]:
    """Who serves here, or where a transfer goes to; the reader first, then whoever has the case."""

    def found(hand: AtHand, _: str, __: str) -> list[Option]:
        case, me = hand.case, hand.visit.me.staff_id
        station = _receiving(hand) if there else case.station_id
        serving = serving_at(hand.connection, station, hand.today, roles)
        return [Option(each.id, each.name) for each in sorted(serving, key=_nearest(me, case.caseworker))]

    return found


def _receiving(hand: AtHand) -> str:
    """The station that a transfer of the case goes to."""
    transfer = hand.case.transfer if isinstance(hand, HardshipHand) else None
    return transfer.to_station if transfer else hand.case.station_id


def _nearest(me: str, caseworker: str | None) -> Callable[[Serving], tuple[bool, bool, str]]:
    return lambda each: (each.id != me, each.id != caseworker, each.id)


def _others(hand: AtHand, words: str, chosen: str) -> list[Option]:
    """Every caseworker here but the one who has the case."""
    return [
        each for each in _staff(frozenset({Role.CASEWORKER}))(hand, words, chosen) if each.value != hand.case.caseworker
    ]


def _stations(hand: AtHand, words: str, chosen: str) -> list[Option]:
    found = [*stations_named(hand.connection, words, hand.today, SHOWN + 1)]
    if chosen and all(each.id != chosen for each in found):
        held = station_place(hand.connection, chosen)
        found = [*([held] if held else []), *found]
    return [Option(each.id, each.name, each.within) for each in found if each.id != hand.case.station_id]


def _exits(hand: HardshipHand, _: str, __: str) -> list[Option]:
    """Those that the place lists, in the order of the closed list, with their clause."""
    listed, speech = hand.opened.law.exits, hand.opened.speech
    return [
        Option(reason, speech.w(EXIT_REASONS[reason]), listed[reason].authority.clause)
        for reason in ExitReason
        if reason in listed
    ]


def _pauses(hand: HardshipHand, _: str, __: str) -> list[Option]:
    return [Option(name, hand.opened.speech.w(wording)) for name, wording in hand.opened.law.pause_reasons.items()]


def _facts(hand: AtHand, _: str, chosen: str) -> list[Option]:
    """The one that the page is about; which there are stands on a page of its own."""
    fact = hand.facts.get(chosen)
    return [Option(chosen, hand.opened.speech.w(fact.label), hand.opened.speech.w(question(fact)))] if fact else []


# What only a hardship case asks for takes a hardship case in hand.
_OFFERS: Final[Mapping[Ask, Callable[[Any, str, str], list[Option]]]] = {
    Ask.FACT: _facts,
    Ask.EXIT_REASON: _exits,
    Ask.PAUSE_REASON: _pauses,
    Ask.STOP_EVENT: stop_events,
    Ask.UNVERIFIED: unverified_values,
    Ask.VACANCY: _vacancies,
    Ask.EMPLOYER: _employers,
    Ask.COURSE: _courses,
    Ask.GUIDE: _staff(frozenset({Role.GUIDE})),
    Ask.CASEWORKER: _others,
    Ask.RECEIVING_CASEWORKER: _staff(frozenset({Role.CASEWORKER}), there=True),
    Ask.STAFF: _staff(None),
    Ask.STATION: _stations,
}
