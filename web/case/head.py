"""The band at the top of every page of a case: who, which case, the plan as a road, and the pages of the case."""

from collections.abc import Iterator
from typing import Final

from cases.case_parts import DeterminationState
from cases.days import day_of
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.next_step import CALLED
from cases.hardship.proofs import ItemProof, prove
from cases.hardship.roads import Stop, StopState
from cases.hardship.roads import road as plan_road
from cases.plans import ServiceKind
from cases.wording import Wording
from web.case.marking import pinyin_marked
from web.case.opened import OpenCase
from web.case.person import shown_worker
from web.case.speech import Shown
from web.case.words import SERVICE_KINDS, STATUS, TRAINING_RESULTS

OVERVIEW, TIMELINE, PAPERS, DETERMINATIONS, PEOPLE, CLOCKS = (
    "",
    "/timeline",
    "/papers",
    "/determinations",
    "/people",
    "/clocks",
)
_TABS: Final = (
    (OVERVIEW, Wording("概况", "Overview")),
    (TIMELINE, Wording("时间线", "Timeline")),
    (PAPERS, Wording("材料", "Papers")),
    (DETERMINATIONS, Wording("认定与决定", "Determinations")),
    (CLOCKS, Wording("时限", "Clocks")),
    (PEOPLE, Wording("人员与预约", "People and appointments")),
)
GRANTED, REFUSED, OPEN = (
    Wording("认定", "granted"),
    Wording("不予认定", "not granted"),
    Wording("待决定", "to be decided"),
)
NOT_DETERMINED: Final = Wording("尚未认定", "not determined yet")


def head(opened: OpenCase, here: str) -> Shown:
    """What the head of a page of the case shows; `here` is the page's own part of the address."""
    speech, case = opened.speech, opened.case
    person = shown_worker(opened.person, speech, working=opened.working)
    status = speech(f"困难帮扶 · {_status(opened)}", f"Hardship help · {_status(opened)}")
    return {
        "name": person.name,
        "beside": [words for words in (_reading(person.reading), person.about, status) if words],
        "person": {"identity": person.identity, "phone_tail": person.phone_tail},
        "opened": speech(
            f"{speech.day(case.applied_on)}，第 {_age(opened)} 天", f"{speech.day(case.applied_on)}, day {_age(opened)}"
        ),
        "caseworker": opened.actor(case.caseworker) if case.caseworker else speech("未分派", "nobody yet"),
        "station": opened.names.station(case.station_id),
        "classes": [_class(opened, policy) for policy in (HARDSHIP, DIFFICULTY)],
        "tabs": [_tab(opened, path, words, here) for path, words in _TABS],
        "road": road(opened),
    }


def road(opened: OpenCase) -> list[Shown]:
    """One stop per service that the plan owes, and the house at its end."""
    proofs = prove(opened.law.plan, opened.case)
    stops = {stop.item: stop for stop in plan_road(proofs, opened.case)}
    items = [_item(opened, proof, stops.get(proof.item.id)) for proof in proofs]
    return [*items, _end(opened)]


def decided_as(determination: DeterminationState) -> Wording:
    """What stands of a determination: the officer's decision, or what the rules say while there is none."""
    if determination.granted is None:
        return Wording(
            f"{determination.conclusion.label.zh}，{OPEN.zh}", f"{determination.conclusion.label.en}, {OPEN.en}"
        )
    return GRANTED if determination.granted else REFUSED


def _status(opened: OpenCase) -> str:
    case, speech = opened.case, opened.speech
    words = speech.w(STATUS[case.stage])
    if case.outcome:
        words = f"{words}{speech('：', ': ')}{speech.w(case.outcome.label)}"
    if case.paused:
        words += speech("，已暂停", ", paused")
    return words


def _age(opened: OpenCase) -> int:
    """The day of the application is the first, as in the queue."""
    closed = opened.case.closed_at
    until = opened.visit.today if closed is None else day_of(closed)
    return max((until - opened.case.applied_on).days, 0) + 1


def _class(opened: OpenCase, policy: str) -> Shown:
    current = opened.case.current(policy)
    label = capital(opened.speech.w(CALLED[policy]))
    if current is None:
        return {"label": label, "value": opened.speech.w(NOT_DETERMINED), "href": None}
    href = opened.ways.on(f"{opened.path}/determinations/{current.id}")
    return {"label": label, "value": opened.speech.w(decided_as(current)), "href": href}


def _reading(reading: str) -> str:
    return pinyin_marked(reading) if reading else ""


def numbered(determination: DeterminationState) -> Wording:
    """Which of its policy's determinations it is."""
    number = determination.id.rpartition("-")[2]
    return Wording(f"第 {number} 次", f"No. {number}")


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tab(opened: OpenCase, path: str, words: Wording, here: str) -> Shown:
    case = opened.case
    counts = {
        TIMELINE: len(opened.steps),
        PAPERS: len(case.papers),
        DETERMINATIONS: len(case.determinations),
        CLOCKS: sum(clock.running for clock in case.clocks),
        PEOPLE: sum(appointment.kept is None for appointment in case.appointments),
    }
    href = opened.ways.on(opened.path + path)
    return {"href": href, "words": opened.speech.w(words), "count": counts.get(path), "here": path == here}


def _item(opened: OpenCase, proof: ItemProof, stop: Stop | None) -> Shown:
    owed = proof.item.count
    return {
        "title": opened.speech.w(SERVICE_KINDS[proof.item.kind]),
        "stops": [state.value for state in stop.states] if stop else [StopState.NOT_YET.value] * owed,
        "done": proof.counted,
        "owed": owed,
        "note": opened.speech("；", "; ").join(_notes(opened, proof)),
    }


def _notes(opened: OpenCase, proof: ItemProof) -> Iterator[str]:
    case, speech = opened.case, opened.speech
    match proof.item.kind:
        case ServiceKind.REFERRAL:
            open_ones = sum(service.pending for service in proof.services)
            lost = len(proof.services) - proof.counted - open_ones
            if open_ones:
                yield speech(f"{open_ones} 次进行中", f"{open_ones} under way")
            if lost:
                yield speech(f"另有 {lost} 次不计入", f"{lost} more did not count")
        case ServiceKind.TRAINING if case.trainings:
            yield _training(opened)
        case kind:
            given = [service for service in case.services if service.kind is kind]
            if given:
                yield speech(
                    f"{speech.day(given[-1].held_on)} {opened.actor(given[-1].given_by)}",
                    f"{speech.day(given[-1].held_on)}, {opened.actor(given[-1].given_by)}",
                )
    if not proof.item.required:
        yield speech("方案不强制", "not required by the plan")


def _training(opened: OpenCase) -> str:
    speech, training = opened.speech, opened.case.trainings[-1]
    course = opened.names.courses.get(training.course_id)
    if training.result:
        return speech.w(TRAINING_RESULTS[training.result])
    if course and course.begins_on > opened.visit.today:
        begins = speech.day(course.begins_on)
        return speech(f"已报名，{begins}开班", f"enrolled, starts {begins}")
    return speech(f"已出勤 {training.hours_attended} 课时", f"{training.hours_attended} class hours attended")


def _end(opened: OpenCase) -> Shown:
    case, speech = opened.case, opened.speech
    note = speech.w(case.outcome.label) if case.outcome else speech("或公益性岗位", "or public-welfare post")
    if case.placement:
        note = opened.names.employer(case.placement.employer_id, speech)
    return {"title": speech("就业", "Work"), "stops": ["end"], "note": note}
